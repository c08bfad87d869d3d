"""Pairs: two arms over several replications, with the same random numbers: their sums side by side, and the run that makes them.

``Pairs`` is what ``pairs`` gives: the ordinary sums of both arms, so that any indicator of theirs can be compared, the sums over the cohort, and the counts of
the pairs.  What is handed to workers is one arm at a time (``simcrc.experiment.task``), and the match of two arms as soon as both have run;
``simcrc.experiment.fidelisation`` makes figures of all this.
"""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.errors import SimcrcError
from simcrc.experiment import replayed
from simcrc.experiment.board import Board
from simcrc.experiment.in_role import judged_alike
from simcrc.experiment.landing import Landings
from simcrc.experiment.pair import CELL, MOVES, PARTS, part_of
from simcrc.experiment.parallel import Pool
from simcrc.experiment.store import REPLICATIONS, sums_file
from simcrc.experiment.study import Study, Watch
from simcrc.experiment.task import Done, Job, Task, Workload, perform
from simcrc.indicators.common import NEEDS
from simcrc.indicators.expressions import By, Expression
from simcrc.indicators.sums import Sums, key
from simcrc.indicators.totals import Totals
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.model.model import Model

Reals = npt.NDArray[np.float64]
DAY = 86_400_000_000
FOLLOW_UP = 28 * DAY
TOO_LONG = Words(
    fr="le suivi ({days} {days:jour|jours}) ne laisse aucun besoin dans la période mesurée ({period} {period:jour|jours})",
    en="the follow-up ({days} {days:day|days}) leaves no need in the measured period ({period} {period:day|days})",
)


@dataclass(frozen=True, eq=False)
class Arm:
    """One arm: its study, its model, the sums of its whole measured period and those over the cohort, over all replications."""

    study: Study
    model: Model
    whole: Totals
    cohort: Totals
    cohort_sums: tuple[Sums, ...]

    def over_cohort(self, of: Expression, by: By) -> Reals:
        """`of` over the cohort by the axes `by`, shape (replications, *sizes).  KeyError when it has not got these axes."""
        found = of.cells(self.cohort, by)
        if found is None:
            raise KeyError(by)
        return found


@dataclass(frozen=True, eq=False)
class Pairs:
    """The pairs of all replications.  `counts`: of each replication (``simcrc.experiment.pair.beside``); `placebo`: of the first, for a null measure, over the
    first `placebo_days` days (None: all).

    `follow_up`: microseconds; `numbers`: of the replications.  Arrays have the replications as their first axis.
    """

    base: Arm
    policy: Arm
    landings: Landings
    counts: tuple[Sums, ...]
    placebo: Sums
    placebo_days: int | None
    follow_up: int
    numbers: tuple[int, ...]
    _temporary: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    @cached_property
    def shape(self) -> tuple[int, int, int]:
        """How many services, segments and months."""
        axes = self.base.cohort.axes
        return axes.size("service"), axes.size("segment"), axes.size("month")

    def count(self, name: str, by: By = ()) -> Reals:
        """A count of the pairs (``simcrc.experiment.pair.COUNTS``, ``change``, ``change_moved``) by some of service, segment and month."""
        return np.stack([_by(sums.arrays[key(name, CELL)].reshape(self.shape), by) for sums in self.counts])

    def placebo_count(self, name: str) -> int:
        """The same of the placebo, in all."""
        return int(self.placebo.arrays[key(name, CELL)].sum(dtype=np.int64))

    @property
    def placebo_needs(self) -> int:
        """The needs of the placebo: each landed somewhere, or nowhere, in both arms."""
        return int(self.placebo.arrays[key("moves", MOVES)].sum(dtype=np.int64))

    def moves(self) -> npt.NDArray[np.int64]:
        """Needs by service, segment, landing of the first contact in the base and under the policy."""
        landings = len(self.landings.names)
        return np.stack([sums.arrays[key("moves", MOVES)].reshape(*self.shape[:2], landings, landings).astype(np.int64) for sums in self.counts])

    def citizens(self, name: str) -> Reals:
        """``citizens`` or ``citizens_never`` by segment."""
        return np.stack([sums.arrays[key(name, ("segment",))].astype(np.float64) for sums in self.counts])

    def needs(self, by: By = ()) -> Reals:
        """The needs of the cohort, the same in both arms."""
        return self.base.over_cohort(NEEDS, by)


def _by(values: npt.NDArray[np.int64], by: By) -> Reals:
    """`values` by service, segment and month, summed over the axes that `by` does not ask for."""
    summed = values.sum(axis=tuple(k for k, axis in enumerate(CELL) if axis not in by), dtype=np.int64)
    kept = [axis for axis in CELL if axis in by]
    return np.asarray(summed, dtype=np.float64).transpose([kept.index(axis) for axis in by])


class FollowUpError(SimcrcError):
    """A follow-up that leaves no need."""

    def __init__(self, follow_up: int, period: int) -> None:
        super().__init__(follow_up, period)
        self._fields = {"days": f"{follow_up / DAY:g}", "period": period // DAY}

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return TOO_LONG.say(lang, **self._fields)

    def __str__(self) -> str:
        return self.say("en")


def chosen_follow_up(study: Study, asked: int | None) -> int:
    """The follow-up in microseconds: what was asked for, else four weeks, or a quarter of the measured period where that is shorter.

    Raises FollowUpError when nothing of the period would be left.
    """
    scenario = study.scenario
    period = (scenario.horizon.after(scenario.start) - scenario.start).days * DAY
    follow_up = min(FOLLOW_UP, period // 4) if asked is None else asked
    if not 0 <= follow_up < period:
        raise FollowUpError(follow_up, period)
    return follow_up


def pairs(
    base: Study,
    policy: Study,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    follow_up: int | None = None,
    watch: Watch | None = None,
    folder: Path | None = None,
    order: Sequence[int] | None = None,
    finished: Callable[[int, float], None] | None = None,
) -> Pairs:
    """Run both arms of every replication with the same random numbers.

    `replications` and `seed` replace those of the base; `jobs`: processes; `follow_up`: microseconds (``chosen_follow_up``); `folder`: where the sums of the
    replications are kept (else a temporary one); `order`: in which order to run the replications (nothing depends on it); `watch` is called with the share
    done of each arm (in the order of ``simcrc.experiment.task.Workload``); `finished` with the number of each replication that is done and its seconds of work.
    Raises PairsError, SimulationError.
    """
    seed = base.scenario.seed if seed is None else seed
    base, policy = judged_alike(base.seeded(seed), policy.seeded(seed))
    count = base.scenario.replications if replications is None else replications
    if count < 1 or jobs < 1:
        raise ValueError("replications and jobs must be at least 1")
    temporary = tempfile.TemporaryDirectory(prefix="simcrc-") if folder is None else None
    place = Path(temporary.name) if temporary else Path(folder)  # type: ignore[arg-type]
    (place / REPLICATIONS).mkdir(parents=True, exist_ok=True)
    records = (replayed.records_of(base.loaded), replayed.records_of(policy.loaded))
    numbers = list(order or range(1, count + 1))
    load = Workload.of(base.scenario, numbers)
    with ExitStack() as stack:
        shown = stack.enter_context(Board(len(load.tasks)))
        sides = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="arms-", dir=place, ignore_cleanup_errors=True)))
        job = Job(
            base=base.scenario,
            policy=policy.scenario,
            records=records,
            follow_up=chosen_follow_up(base, follow_up),
            placebo=load.placebo,
            folder=place,
            sides=sides,
            board=shown.path,
            rows=load.tasks,
        )
        look = (lambda: watch(shown.shares())) if watch else None
        workers = min(jobs, len(load.tasks))
        work = partial(perform, job, watch=look) if workers == 1 else partial(perform, job)
        queue = deque(load.tasks)
        with closing(Pool(work, workers, base.extensions, look).results(queue)) as results:
            hand_out(results, queue, finished)
    return gathered(job, base, policy, sorted(numbers), temporary)


def hand_out(results: Iterator[Done], queue: deque[Task], finished: Callable[[int, float], None] | None) -> None:
    """Take the results of the tasks in `queue`; have a replication matched once all its arms have run, before any other."""
    missing = Counter(task.replication for task in queue)
    seconds = dict.fromkeys(missing, 0.0)
    for result in results:
        number = result.task.replication
        seconds[number] += result.seconds
        if result.task.part == "match":
            if finished:
                finished(number, seconds[number])
            continue
        missing[number] -= 1
        if not missing[number]:
            queue.appendleft(Task(number, "match"))


def gathered(job: Job, base: Study, policy: Study, numbers: Sequence[int], temporary: tempfile.TemporaryDirectory[str] | None = None) -> Pairs:
    """The sums of all replications, read from the folder."""
    from simcrc.model.compile import compile

    found = [Sums.load(sums_file(job.folder, number)) for number in numbers]
    parts = {name: [part_of(sums, name) for sums in found] for name in PARTS}
    made = []
    for name, study, records in zip(("base", "policy"), (base, policy), job.records, strict=True):
        model, cohort = compile(study.scenario, records), parts[f"cohort_{name}"]
        made.append(Arm(study, model, Totals(model, parts[name]), Totals(model, cohort), tuple(cohort)))
    return Pairs(
        base=made[0],
        policy=made[1],
        landings=Landings.of(job.base, job.policy),
        counts=tuple(parts["pairs"]),
        placebo=next(sums for sums in parts["placebo"] if sums.arrays),
        placebo_days=job.placebo.days,
        follow_up=job.follow_up,
        numbers=tuple(numbers),
        _temporary=temporary,
    )
