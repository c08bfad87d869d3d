"""Tasks: the parts in which the pairs of a comparison are shared out over processes, and what a worker does with one.

A task is one arm of one replication, the placebo, or the match of the arms of a replication that have run.  An arm leaves its sums and the columns of its
cohort (``simcrc.experiment.cohort``, some twenty bytes a need) in a folder of its own; the match reads two of these, counts what they differ by
(``simcrc.experiment.pair``), writes the sums of the replication and removes the folders.  So arms may run in any order and anywhere, memory is bounded
by the needs of one arm, and the files are the same whoever ran what.  ``simcrc.experiment.pairs`` hands the tasks out.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

from simcrc.experiment import board
from simcrc.experiment.cohort import Side
from simcrc.experiment.files import atomic
from simcrc.experiment.landing import Landings
from simcrc.experiment.pair import beside, joined, one_arm
from simcrc.experiment.parallel import orphaned
from simcrc.experiment.placebo import Placebo
from simcrc.experiment.store import sums_file
from simcrc.indicators.sums import Sums

if TYPE_CHECKING:
    from simcrc.scenario import Scenario

Part = Literal["base", "policy", "placebo", "match"]
SUMS = "sums.npz"


@dataclass(frozen=True)
class Task:
    """A part of the work on replication number `replication` (from 1)."""

    replication: int
    part: Part


@dataclass(frozen=True)
class Job:
    """What all tasks share.  `base`, `policy`: the scenarios, with one seed; `records`: what each replays; `follow_up`: microseconds; `placebo`: what null
    measure is laid over which replication; `folder`: where sums go; `sides`: where arms wait for one another; `board`: file where progress is noted, and
    `rows`, the tasks in the order of its cells."""

    base: Scenario
    policy: Scenario
    records: tuple[Any, Any]
    follow_up: int
    placebo: Placebo
    folder: Path
    sides: Path
    board: Path
    rows: tuple[Task, ...]

    def side(self, replication: int, part: Part) -> Path:
        """The folder of an arm that has run."""
        return self.sides / f"{replication:04d}.{part}"


@dataclass(frozen=True)
class Done:
    """A task that is finished and whose files are in place."""

    task: Task
    seconds: float


@dataclass(frozen=True)
class Workload:
    """The simulations of a comparison in the order in which they are handed out: what takes longest first, the placebo last.  `weights`: what each costs,
    in arms of the base."""

    tasks: tuple[Task, ...]
    weights: tuple[float, ...]
    placebo: Placebo

    @classmethod
    def of(cls, base: Scenario, numbers: Sequence[int]) -> Workload:
        """The work on the replications `numbers` of the scenario `base`."""
        placebo = Placebo.of(base, min(numbers))
        parts: tuple[Part, ...] = ("policy", "base")
        arms = [Task(number, part) for number in numbers for part in parts]
        return cls((*arms, Task(placebo.replication, "placebo")), (*(1.0 for _ in arms), placebo.work(base)), placebo)


def perform(job: Job, task: Task, *, watch: Callable[[], None] | None = None) -> Done:
    """Do `task`; `watch` is called whenever progress was noted.  Raises PairsError when the needs of the arms are not the same."""
    begun = perf_counter()

    def progress(share: float) -> None:
        if orphaned():
            raise SystemExit
        board.note(job.board, job.rows.index(task) + 1, share)
        if watch:
            watch()

    if task.part == "match":
        _match(job, task.replication)
    elif task.part == "placebo":
        _placebo(job, task.replication, progress)
    else:
        scenario, records = (job.base, job.records[0]) if task.part == "base" else (job.policy, job.records[1])
        sums, side = one_arm(scenario, records, Landings.of(job.base, job.policy), job.follow_up, task.replication, progress)
        folder = job.side(task.replication, task.part)
        side.save(folder)
        sums.save(folder / SUMS)
    return Done(task, perf_counter() - begun)


def _placebo(job: Job, replication: int, progress: Callable[[float], None]) -> None:
    """Run the null measure: over the whole period beside the base that runs anyway, or over a shorter stretch with a base of its own."""
    placebo, landings, folder = job.placebo, Landings.of(job.base, job.policy), job.side(replication, "placebo")
    follow_up = placebo.follow_up(job.follow_up)

    def run(share: Callable[[float], float], later: Any = None) -> Side:
        return one_arm(placebo.scenario, job.records[0], landings, follow_up, replication, lambda done: progress(share(done)), later)[1]

    if placebo.days is None:
        run(lambda done: done, placebo.nothing()).save(folder)
        return
    base = run(lambda done: done / 2)
    null = run(lambda done: (1 + done) / 2, placebo.nothing())
    folder.mkdir()
    beside(base, null, landings, replication).save(folder / SUMS)


def _match(job: Job, replication: int) -> None:
    """Set the arms of a replication side by side, write its sums, and remove what the arms have left."""
    landings = Landings.of(job.base, job.policy)
    folders = {part: job.side(replication, part) for part in ("base", "policy", "placebo")}
    base, policy = Side.load(folders["base"]), Side.load(folders["policy"])
    found = {"base": Sums.load(folders["base"] / SUMS), "policy": Sums.load(folders["policy"] / SUMS)}
    found |= {"cohort_base": base.sums, "cohort_policy": policy.sums, "pairs": beside(base, policy, landings, replication)}
    del policy
    if replication == job.placebo.replication:
        found["placebo"] = _of_placebo(job, base, landings, folders["placebo"])
    with atomic(sums_file(job.folder, replication)) as temporary:
        joined(found).save(temporary)
    del base
    for folder in folders.values():
        shutil.rmtree(folder, ignore_errors=True)


def _of_placebo(job: Job, base: Side, landings: Landings, folder: Path) -> Sums:
    if job.placebo.days is not None:
        return Sums.load(folder / SUMS)
    return beside(base, Side.load(folder), landings, job.placebo.replication)
