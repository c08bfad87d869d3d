"""``calibrate``: a scenario's parameters are moved until its figures come out, and the figures are measured again on draws that the search has not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from simcrc.bench.sequential import Verdict, overall, verdict
from simcrc.errors import SimcrcError
from simcrc.experiment.files import sha256
from simcrc.fitting.least_squares import End, Solution, minimise
from simcrc.fitting.parameters import Moved, as_set, assignments, parameters_of, written
from simcrc.fitting.probe import Point, Probe, Reals
from simcrc.scenario.fit import Fit, targets
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.bench.evaluation import Evaluation
    from simcrc.scenario import Loaded, Scenario
    from simcrc.scenario.arguments import Which
    from simcrc.scenario.written import Written

LEVEL = 0.95
"""Of all intervals of the fitted figures together (Bonferroni)."""
EDGE = 1e-3
"""A parameter this near to a bound stands at it."""

Watch = Callable[["Progress"], None]

NO_FIT = Words(fr="{path} : ce scénario n'a pas de bloc fit", en="{path}: this scenario has no fit block")


class NoFitError(SimcrcError):
    """A scenario without ``fit:``."""

    def __init__(self, path: Path) -> None:
        super().__init__(NO_FIT.say("en", path=path))
        self._path = path

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return NO_FIT.say(lang, path=self._path)


@dataclass(frozen=True)
class Progress:
    """How far a calibration is: evaluations that are finished, replications done and asked of those under way, the largest gap so far in margins."""

    evaluations: int
    done: int
    asked: int
    gap: float | None


@dataclass(frozen=True)
class Reached:
    """A figure at the values found: the `evaluation` on draws that the search has not seen, its `margin`, and whether it was `fitted` or only compared.

    `which`: what it is a figure of; `before`: what it was at the values written, on the draws of the search; None when nothing was searched.
    """

    name: str
    unit: str
    fitted: bool
    evaluation: Evaluation
    margin: float
    verdict: Verdict
    which: Which
    before: float | None = None


@dataclass(frozen=True)
class Found:
    """A parameter: what was written, what was found, its standard error (in the unit of the model; None where nothing tells), whether it is at a bound."""

    name: str
    before: Written
    after: Written
    error: float | None
    at_bound: bool


@dataclass(frozen=True)
class Calibration:
    """What came out.  `values`: what stands at each path now, the shares that were drawn from among them; `end`: why the search stopped, None without one;
    `level`: of the intervals; `replications` of each evaluation; `digest`: of the file as it was when the calibration began; `scenario`: as it
    was then."""

    path: Path
    digest: str
    scenario: Scenario
    figures: tuple[Reached, ...]
    parameters: tuple[Found, ...]
    values: dict[str, Written]
    end: End | None
    evaluations: int
    replications: int
    seed: int
    level: float
    seconds: float = 0.0

    @property
    def verdict(self) -> Verdict:
        """Equivalent when the interval of every fitted figure lies within its margin, different when one lies outside, else inconclusive."""
        return overall([figure.verdict for figure in self.figures if figure.fitted])

    @property
    def joint(self) -> float:
        """The level of the intervals of the fitted figures taken together."""
        return LEVEL

    def write(self) -> None:
        """Put the values into the file, as ``simcrc.fitting.put_back`` does.

        Raises PutBackError, also when the file is not what it was; ScenarioError, OSError."""
        from simcrc.fitting.put_back import CHANGED, PutBackError, put_back

        if sha256(self.path) != self.digest:
            raise PutBackError(CHANGED, path=self.path)
        put_back(self.path, self.values, [parameter.name for parameter in self.parameters])


@dataclass
class _Calibrator:
    probe: Probe
    fit: Fit
    parameters: list[Moved]
    fitted: list[int]
    replications: int
    watch: Watch | None
    points: dict[tuple[float, ...], Point] = field(default_factory=dict)
    evaluations: int = 0
    gap: float | None = None

    def gaps(self, positions: Sequence[Reals]) -> list[Reals]:
        """The gaps of the fitted figures at some positions, in margins."""
        points = self.evaluated([assignments(self.parameters, each.tolist()) for each in positions], 1)
        self.points.update({tuple(position): point for position, point in zip(positions, points, strict=True)})
        found = [np.array([point.gap(number) for number in self.fitted]) for point in points]
        self.gap = min([*([] if self.gap is None else [self.gap]), *(float(np.abs(each).max()) for each in found)])
        return found

    def evaluated(self, changes: Sequence[Sequence[str]], first: int) -> list[Point]:
        """Points on `replications` replications from number `first` on."""

        def look(done: int, asked: int) -> None:
            if self.watch:
                self.watch(Progress(self.evaluations, done, asked, self.gap))

        probe = Probe(**{**vars(self.probe), "watch": look})
        found = probe(changes, range(first, first + self.replications))
        self.evaluations += len(changes)
        return found

    def errors(self, solution: Solution) -> list[float | None]:
        """The standard errors of the parameters: the noise of the figures, carried over by the Jacobian."""
        carried = np.linalg.pinv(solution.jacobian, rcond=1e-6)
        covariance = carried @ self.points[tuple(solution.at)].spread(self.fitted) @ carried.T
        told = np.linalg.norm(solution.jacobian, axis=0) > 0
        sizes = [parameter.slope(float(position)) for parameter, position in zip(self.parameters, solution.at, strict=True)]
        return [float(np.sqrt(max(0.0, covariance[i, i])) * abs(size)) if told[i] else None for i, size in enumerate(sizes)]


def calibrate(
    path: Path | str,
    *,
    check: bool = False,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    evaluations: int | None = None,
    set_: Sequence[str] = (),
    data: Path | None = None,
    loads: Sequence[Path] = (),
    watch: Watch | None = None,
) -> Calibration:
    """Calibrate the scenario, or policy file, at `path` by its ``fit:``; with `check` only measure the figures at the values that are written.

    `replications`, `seed`, `evaluations` replace those of the file; `set_`: assignments laid over it; `loads`: extensions, loaded already.
    Raises ScenarioError, NoFitError, BenchError, SimulationError.
    """
    begun = perf_counter()
    path = Path(path)
    loaded, fit, laid = _opened(path, set_, data)
    digest = sha256(path)
    count = replications or fit.replications
    probe = Probe(path, laid, seed, jobs, data, tuple(loads))
    expect = loaded.scenario.expect
    assert expect is not None  # simcrc.scenario.check_fit
    made = _Calibrator(probe, fit, parameters_of(loaded), [number for number, _ in targets(expect)], count, watch)
    solution: Solution | None = None
    errors: list[float | None] = [None] * len(made.parameters)
    values = [parameter.start for parameter in made.parameters]
    start = np.array([parameter.position for parameter in made.parameters])
    if not check:
        solution = minimise(made.gaps, start, evaluations or fit.evaluations)
        errors = made.errors(solution)
        values = [parameter.rounded(float(at), error) for parameter, at, error in zip(made.parameters, solution.at, errors, strict=True)]
    (point,) = made.evaluated([as_set(written(made.parameters, values))], count + 1)
    level = 1 - (1 - LEVEL) / len(made.fitted)
    return Calibration(
        path=path,
        digest=digest,
        scenario=loaded.scenario,
        figures=tuple(_reached(made, point, number, expect.figures[number].which, level, start) for number in range(len(point.lines))),
        parameters=tuple(_found(*each) for each in zip(made.parameters, values, errors, strict=True)),
        values=written(made.parameters, values),
        end=solution.end if solution else None,
        evaluations=made.evaluations,
        replications=count,
        seed=loaded.scenario.seed if seed is None else seed,
        level=level,
        seconds=perf_counter() - begun,
    )


def _opened(path: Path, set_: Sequence[str], data: Path | None) -> tuple[Loaded, Fit, tuple[str, ...]]:
    """The scenario, its ``fit:``, and all that is laid over it at every evaluation."""
    from simcrc.scenario import load

    loaded = load(path, set_=set_, data=data)
    fit, expect = loaded.scenario.fit, loaded.scenario.expect
    if fit is None or expect is None:
        raise NoFitError(path)
    return loaded, fit, (*expect.set_, *fit.set_, *set_)


def _reached(made: _Calibrator, point: Point, number: int, which: Which, level: float, start: Reals) -> Reached:
    line, found = point.lines[number], point.evaluate(number, level)
    least, most = line.margin("long", found.expected)
    first = made.points.get(tuple(np.clip(start, 0.0, 1.0)))
    before = None if first is None else first.evaluate(number, level).measured
    said = verdict(found.difference_low, found.difference_high, least, most)
    return Reached(line.name, line.unit, number in made.fitted, found, point.margin(number) if number in made.fitted else most, said, which, before)


def _found(parameter: Moved, value: Written, error: float | None) -> Found:
    wide = parameter.high - parameter.low
    return Found(parameter.name, parameter.start, value, error, min(value.size - parameter.low, parameter.high - value.size) < EDGE * wide)
