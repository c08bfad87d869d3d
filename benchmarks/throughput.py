"""How much more do two workers get done than one?  Runs of ``simcrc run`` on the Régie's scenario, by turns with ``-j 1`` and ``-j 2``.

    python benchmarks/throughput.py [--replications 4] [--horizon "26 weeks"] [--rounds 2] [--scenario FILE]

Each run is a process of its own, from the start of Python to the tables on disk (the report left out), so what does not share out (starting, reading the
scenario, the sum at the end) counts too: the horizon must be long enough beside it.  Wanted is an idle machine of two cores at least; a round is one run with
each, in an order that alternates.  Printed are seconds by round and the ratio of the throughputs, that of the medians.  Exit code 1 when it is under 1.7.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
REGIE = ROOT / "scenarios" / "regie" / "depart.yaml"
WANTED = 1.7


def seconds(scenario: Path, replications: int, jobs: int, horizon: str) -> float:
    """How long a run takes, by the clock."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "simcrc", "run", "--no-report", str(scenario), "-r", str(replications), "-j", str(jobs), "-o", f"{folder}/out"]
        begun = time.perf_counter()
        subprocess.run([*command, "--set", f"horizon={horizon}"], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - begun


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=4)
    parser.add_argument("--horizon", default="26 weeks")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--scenario", type=Path, default=REGIE)
    asked = parser.parse_args()
    found: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(asked.rounds):
        for jobs in (1, 2) if turn % 2 == 0 else (2, 1):
            found[jobs].append(seconds(asked.scenario, asked.replications, jobs, asked.horizon))
        print(f"round {turn + 1}: one worker {found[1][-1]:7.1f} s, two {found[2][-1]:7.1f} s, × {found[1][-1] / found[2][-1]:.2f}", flush=True)
    ratio = statistics.median(found[1]) / statistics.median(found[2])
    print(f"throughput of two workers over one: {ratio:.2f} (wanted: {WANTED})")
    return 0 if ratio >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
