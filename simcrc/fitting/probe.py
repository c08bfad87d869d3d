"""Evaluations of a scenario's figures for a calibration: the same seed and the same replications every time, so that what changes is the parameters' doing.

Several points are evaluated together, one pool of processes for all their replications (``simcrc.bench.work``); figures are those of ``expect:``, as the
benchmarks make and measure them, changes from a base to a policy among them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.bench import work
from simcrc.bench.errors import BenchError
from simcrc.bench.expected import expected
from simcrc.bench.keep import sums_file
from simcrc.bench.lines import Line, Sample
from simcrc.bench.trial import seeded
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.bench.evaluation import Evaluation
    from simcrc.model.model import Model

Reals = npt.NDArray[np.float64]
Watch = Callable[[int, int], None]
"""Called as replications end: how many of how many of the present evaluations."""

NO_MARGIN = Words(
    fr="{line} : une marge de zéro ; pour ajuster il en faut une, dans l'unité de laquelle l'écart est compté",
    en="{line}: a margin of zero; a fit needs one, to count the difference in",
)


@dataclass(frozen=True)
class Point:
    """One evaluation: the lines of all figures, in order, and the sums on which they are measured."""

    lines: list[Line]
    sample: Sample

    def gap(self, number: int) -> float:
        """Measured − expected of figure `number`, in margins; 0 on the side that its bound leaves free."""
        line = self.lines[number]
        measured, expected = self.sample.of(line.measured, line.name), self.sample.of(line.expected, line.name)
        difference = measured.whole - expected.whole
        if (line.bound == "at_least" and difference > 0) or (line.bound == "at_most" and difference < 0):
            return 0.0
        return difference / self.margin(number)

    def margin(self, number: int) -> float:
        """The margin of figure `number`, in its unit.  Raises BenchError when there is none."""
        line = self.lines[number]
        margin = line.margins["long"].around(self.sample.of(line.expected, line.name).whole)
        if margin <= 0:
            raise BenchError(NO_MARGIN, line=line.name)
        return margin

    def spread(self, numbers: Sequence[int]) -> Reals:
        """The covariance of the gaps of some figures, in margins, by the jackknife over replications."""
        left = []
        for number in numbers:
            line = self.lines[number]
            left.append((self.sample.of(line.measured, line.name) - self.sample.of(line.expected, line.name)).left_out / self.margin(number))
        about = np.array(left) - np.mean(left, axis=1, keepdims=True)
        n = about.shape[1]
        return np.asarray((n - 1) / n * (about @ about.T))

    def evaluate(self, number: int, level: float) -> Evaluation:
        """Figure `number` with intervals of probability `level`."""
        return self.lines[number].evaluate(self.sample, level)


@dataclass(frozen=True)
class Probe:
    """Evaluates the figures of the scenario `path` with different values of its numbers.

    `set_`: assignments laid over it every time, before those of a point; `seed` in place of the scenario's; `jobs`: processes; `loads`: extensions.
    """

    path: Path
    set_: tuple[str, ...] = ()
    seed: int | None = None
    jobs: int = 1
    data: Path | None = None
    loads: tuple[Path, ...] = ()
    watch: Watch | None = None

    def __call__(self, points: Sequence[Sequence[str]], replications: Sequence[int]) -> list[Point]:
        """One ``Point`` for the assignments of each of `points`, on these `replications` (numbers from 1).

        Raises ScenarioError, BenchError, SimulationError.
        """
        with tempfile.TemporaryDirectory(prefix="simcrc-fit-") as folder:
            made = [self._ready(point, Path(folder) / f"sums-{number}") for number, point in enumerate(points)]
            plan = Path(folder) / "plan"
            plan.mkdir()
            work.write_plan(plan, [each.case for each in made])
            try:
                self._simulate(plan, [work.number_of(case, number) for case in range(len(made)) for number in replications])
            finally:
                work.forget()
            return [each.measured(replications) for each in made]

    def _ready(self, assignments: Sequence[str], folder: Path) -> _Ready:
        """The scenario with these assignments, compiled, and its base too where figures are about the change from it."""
        from simcrc.bench.base import base_of, two_arms
        from simcrc.experiment.replayed import records_of
        from simcrc.model.compile import compile
        from simcrc.scenario import load

        folder.mkdir()
        set_ = [*self.set_, *assignments]
        loaded = seeded(load(self.path, set_=set_, data=self.data), self.seed)
        records = records_of(loaded)
        model = compile(loaded.scenario, records)
        base = base_of(loaded, set_) if two_arms(loaded) else None
        case = work.Case(loaded.scenario, records, folder, (base.loaded.scenario, base.records) if base else None)
        return _Ready(case, model, base.model if base else None, expected(loaded, model, base.model if base else None))

    def _simulate(self, plan: Path, items: Sequence[int]) -> None:
        from simcrc.experiment.parallel import Pool

        with closing(Pool(work.Work(plan), max(1, min(self.jobs, len(items))), self.loads).results(items)) as results:
            for done, _ in enumerate(results, 1):
                if self.watch:
                    self.watch(done, len(items))


@dataclass(frozen=True)
class _Ready:
    """What is made ready at one point: the case of the workers, the models of its arms, the lines of its figures."""

    case: work.Case
    model: Model
    base: Model | None
    lines: list[Line]

    def measured(self, replications: Sequence[int]) -> Point:
        from simcrc.indicators.sums import Sums

        return Point(self.lines, Sample(self.model, [Sums.load(sums_file(self.case.folder, number)) for number in replications], self.base))
