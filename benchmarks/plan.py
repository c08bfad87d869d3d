"""The Régie's four-year action plan at full scale: how long base and plan take in three replications, how much memory, and how much narrower pairs make it.

    python benchmarks/plan.py [--weeks 6 [--start 2009-06-01]] [--replications 3] [--jobs 2] [--base BASE.yaml --plan PLAN.yaml]

What runs is ``simcrc fidelisation`` from end to end, workers, matching, account and all.  Printed: needs, wall-clock time, processor time (which tells
on a machine that has other things to do), the most memory that each process held, the change of contacts per need and the factor by which its interval is
narrower than with independent runs.  With ``--weeks`` the period is cut to its first weeks, or to those from ``--start``, and the whole is estimated from the
days simulated (too high for a few weeks, which bear the costs of starting processes and of the account).
Exit code 1 when the whole plan takes longer than twenty-five minutes or its processes together more than 4 GB.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

from simcrc.cli.progress import bar
from simcrc.experiment.arms import Arms, arms
from simcrc.experiment.fidelisation import Fidelisation, run
from simcrc.experiment.task import Workload
from simcrc.indicators.common import OF_NEEDS

MINUTES, GIGABYTES = 25, 4.0
REGIE = Path(__file__).parent.parent / "scenarios" / "regie"
PLAN, BASE = REGIE / "policies" / "plan-2006-2010.yaml", REGIE / "base-2006-2010.yaml"


class Memory(threading.Thread):
    """Looks twice a second at the memory of this process and of those it has started (Linux; elsewhere it sees none)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most: dict[int, int] = {}
        self.together = 0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.5):
            now = {process: _resident(process) for process in (os.getpid(), *_children(os.getpid()))}
            self.together = max(self.together, sum(now.values()))
            for process, size in now.items():
                self.most[process] = max(size, self.most.get(process, 0))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _children(process: int) -> list[int]:
    try:
        return [int(word) for thread in Path(f"/proc/{process}/task").iterdir() for word in (thread / "children").read_text().split()]
    except OSError:
        return []


def _resident(process: int) -> int:
    """Bytes that a process holds in memory, 0 when it is gone."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def processor() -> float:
    """Processor seconds of this process and of those that it has started and that are over."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def days(made: Arms, replications: int) -> float:
    """The days that are simulated in all, warm-ups and placebo included."""
    scenario = made.base.scenario
    one = (scenario.horizon.after(scenario.start) - scenario.warmup.before(scenario.start)).days
    return one * sum(Workload.of(scenario, range(1, replications + 1)).weights)


def measured(made: Arms, replications: int, jobs: int) -> tuple[Fidelisation, float, float, Memory]:
    """Run the comparison: what was found, seconds by the clock and of the processor, memory."""
    work = Workload.of(made.base.scenario, range(1, replications + 1))
    memory = Memory()
    memory.start()
    begun, used = time.perf_counter(), processor()
    with tempfile.TemporaryDirectory() as folder, bar([f"{task.replication} {task.part}" for task in work.tasks], work.weights) as watch:
        found = run(made, replications, jobs=jobs, output=Path(folder) / "out", watch=watch)
    seconds, spent = time.perf_counter() - begun, processor() - used
    memory.stop()
    return found, seconds, spent, memory


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, help="only the first weeks")
    parser.add_argument("--start", help="begin on this day, 2009-06-01 say, when more of the plan is in force")
    parser.add_argument("--replications", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--base", type=Path, default=BASE)
    parser.add_argument("--plan", type=Path, default=PLAN)
    asked = parser.parse_args()
    settings = [f"start={asked.start}"] if asked.start else []
    made = arms(asked.base, asked.plan, settings + ([f"horizon={asked.weeks} weeks"] if asked.weeks else []))
    found, seconds, spent, memory = measured(made, asked.replications, asked.jobs)
    pairs, delta, factor = found.pairs, found.delta, found.estimate("narrower", None).mean
    needs, contacts = pairs.needs().mean(), pairs.base.over_cohort(OF_NEEDS, ()).mean()
    print(f"{asked.replications} replications of {needs:,.0f} needs in the cohort, {contacts:,.0f} contacts of theirs in the base; {asked.jobs} processes")
    print(f"time          {seconds / 60:8.1f} min by the clock, {spent / 60:.1f} min of the processor")
    most = sorted(memory.most.values(), reverse=True)[: asked.jobs + 1]
    print(f"memory        {', '.join(f'{size / 1e9:.2f}' for size in most)} GB at most in each process, {memory.together / 1e9:.2f} GB together")
    if delta.mean is not None and delta.low is not None and delta.high is not None:
        print(f"change        {delta.mean:+.4f} contacts per need ({delta.low:+.4f} to {delta.high:+.4f})")
    print("narrower      " + ("-" if factor is None else f"{factor:.1f} times than independent runs"))
    if asked.weeks is not None:
        whole = spent * days(arms(asked.base, asked.plan), asked.replications) / days(made, asked.replications)
        print(f"whole plan    about {whole / 60:.0f} min of the processor: {whole / 60 / asked.jobs:.0f} min on {asked.jobs} processors that do nothing else")
        return 0
    return int(seconds > MINUTES * 60 or memory.together > GIGABYTES * 1e9)


if __name__ == "__main__":
    sys.exit(main())
