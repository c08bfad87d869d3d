"""Does memory grow with the number of replications, or with the length of the horizon?  It must not: what is looked at are whole runs of ``simcrc run``.

    python benchmarks/memory.py [--replications 400] [--scenario FILE --set horizon=… …] [--only replications years]

Each run is a process of its own; what is measured is the most memory (``VmHWM``) of that process and of each of its workers, which Linux keeps.  Compared are 4
replications with 400 of ``smallest.yaml`` over three days, and one year with four years of it at a fifth of the volume, two replications, without ``--events``.
Exit code 1 when the larger run takes both over 25 % and over 64 MB more than the smaller, in the parent process or in all of them together.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SMALLEST = ROOT / "scenarios" / "smallest.yaml"
SHARE, MEGABYTES = 1.25, 64.0
FIFTH = "services.information.volume.per_day=180"


def peaks(process: int, most: dict[int, float]) -> None:
    """Note the most memory so far, in MB, of a process and of all that it has started."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        children = [int(word) for thread in Path(f"/proc/{process}/task").iterdir() for word in (thread / "children").read_text().split()]
    except OSError:
        return
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            most[process] = int(line.split()[1]) / 1024
    for child in children:
        peaks(child, most)


def measured(scenario: Path, replications: int, jobs: int, sets: Sequence[str]) -> tuple[float, float, float]:
    """Most memory of the parent and of all processes together (the sum of their peaks), in MB, and seconds of a run."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "simcrc", "run", str(scenario), "-r", str(replications), "-j", str(jobs), "-o", f"{folder}/out"]
        command += [part for each in sets for part in ("--set", each)]
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        most: dict[int, float] = {}
        while child.poll() is None:
            peaks(child.pid, most)
            time.sleep(0.05)
        if child.returncode:
            raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}")
    return most[child.pid], sum(most.values()), time.perf_counter() - begun


def compared(small: str, large: str, found: Sequence[tuple[float, float, float]]) -> bool:
    """Print two runs side by side; whether the second is within bounds."""
    fine = True
    for number, what in enumerate(("parent", "all processes")):
        one, other = found[0][number], found[1][number]
        held = other <= max(SHARE * one, one + MEGABYTES)
        fine &= held
        print(f"{what:14} {small}: {one:6.0f} MB   {large}: {other:6.0f} MB   {other - one:+5.0f} MB, × {other / one:.2f}   {'ok' if held else 'TOO MUCH'}")
    print(f"{'seconds':14} {small}: {found[0][2]:6.0f}      {large}: {found[1][2]:6.0f}")
    return fine


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scenario", type=Path, default=SMALLEST)
    parser.add_argument("--set", dest="sets", action="append")
    parser.add_argument("--only", nargs="+", choices=("replications", "years"), default=("replications", "years"))
    asked = parser.parse_args()
    fine = True
    if "replications" in asked.only:
        counts = (4, asked.replications)
        sets = asked.sets or ["horizon=3 days"]
        fine &= compared(*(f"{count} replications" for count in counts), [measured(asked.scenario, count, asked.jobs, sets) for count in counts])
    if "years" in asked.only:
        weeks = (52, 208)
        fine &= compared("1 year", "4 years", [measured(SMALLEST, 2, asked.jobs, [f"horizon={count} weeks", FIFTH]) for count in weeks])
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
