"""simcrc: discrete-event simulation of multichannel contact centres for public organisations.

>>> import simcrc
>>> results = simcrc.load("scenario.yaml").run(replications=10)   # doctest: +SKIP
>>> results.value("phone.service_level")                          # doctest: +SKIP

This is the façade: everything a notebook needs.  Its parts are imported when they are first used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from simcrc.calibration.calibrate import Calibrated
    from simcrc.errors import ScenarioError, SimcrcError, SimulationError
    from simcrc.experiment.backend import Backend
    from simcrc.experiment.compare import Comparison
    from simcrc.experiment.design import Design
    from simcrc.experiment.fidelisation import Fidelisation
    from simcrc.experiment.measurement import Measured
    from simcrc.experiment.results import Results
    from simcrc.experiment.study import Study
    from simcrc.experiment.sweep import Sweep
    from simcrc.fitting.calibrate import Calibration
    from simcrc.fitting.calibrate import Watch as FitWatch
    from simcrc.scenario.scenario import Scenario
    from simcrc.staffing.judge import Period
    from simcrc.staffing.staffed import Staffed
    from simcrc.staffing.trials import Watch as StaffWatch

__version__ = "0.1.0"
__all__ = [
    "Calibrated",
    "Calibration",
    "Comparison",
    "Fidelisation",
    "Measured",
    "Results",
    "Scenario",
    "ScenarioError",
    "SimcrcError",
    "SimulationError",
    "Staffed",
    "Study",
    "Sweep",
    "__version__",
    "calibrate",
    "compare",
    "fidelisation",
    "fit",
    "load",
    "measurement",
    "staff",
    "sweep",
]

_HOMES = {
    "Calibrated": "simcrc.calibration.calibrate",
    "Calibration": "simcrc.fitting.calibrate",
    "Comparison": "simcrc.experiment.compare",
    "Fidelisation": "simcrc.experiment.fidelisation",
    "Measured": "simcrc.experiment.measurement",
    "Results": "simcrc.experiment.results",
    "Scenario": "simcrc.scenario.scenario",
    "ScenarioError": "simcrc.errors",
    "SimcrcError": "simcrc.errors",
    "SimulationError": "simcrc.errors",
    "Staffed": "simcrc.staffing.staffed",
    "Study": "simcrc.experiment.study",
    "Sweep": "simcrc.experiment.sweep",
}


def load(
    path: Path | str,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extensions: Iterable[Path | str] = (),
    policies: Iterable[Path | str] = (),
) -> Study:
    """Read a scenario, or a policy file with its base, and get it ready to run.

    `set_`: replacements, each ``"path=value"``; `data`: folder of the records to replay; `extensions`: Python files that add kinds of
    channels or measures, distributions or indicators; `policies`: policy files laid over it, in order.
    Raises ScenarioError, which holds all that is wrong with the file.
    """
    from simcrc.experiment.study import open_study

    return open_study(path, set_, data, extensions, policies)


def compare(
    base: Study | Path | str,
    alternatives: Mapping[str, Study | Path | str],
    metrics: Sequence[str] = (),
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | Backend = 1,
    output: Path | str | None = None,
    best: str | None = None,
    delta: str | float | None = None,
    max_reps: int = 400,
    fail_on: Sequence[str] = (),
    watch: Callable[[Sequence[float]], None] | None = None,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extensions: Iterable[Path | str] = (),
) -> Comparison:
    """Compare a base with alternatives on the same citizens and the same luck.

    `alternatives`: by name, policy files laid over the base or whole scenarios.  `metrics`: ``"phone.asa"`` …; cost, contacts, queues and backlogs unless some
    are named.  `best`: ``"phone.asa:min"`` selects the best by KN, with more replications as needed, at most `max_reps`; `delta`: the smallest difference that
    matters, ``"5 s"`` or a number in the unit of the metric.  `fail_on`: conditions, ``"phone.service_level<80%"``; ``Comparison.failed`` says whether one
    holds.  `output`: a new or empty folder, or one of an earlier comparison, whose finished runs are not done again; `jobs`: processes, or a Backend.
    Raises ScenarioError, NotPairedError where periods differ, UnknownFigureError, SimcrcError for what cannot be asked, StoreError, SimulationError.
    """
    from simcrc.experiment.compare import Asked, comparison

    asked = Asked(metrics, replications, best, delta, max_reps, fail_on)
    return comparison(base, alternatives, asked, seed, jobs, output, watch, set_, data, extensions)


def sweep(
    path: Path | str,
    vary: Mapping[str, str] | Sequence[str],
    metrics: Sequence[str] = (),
    design: Design = "grid",
    points: int | None = None,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | Backend = 1,
    output: Path | str | None = None,
    watch: Callable[[Sequence[float]], None] | None = None,
    set_: Iterable[str] = (),
    policies: Iterable[Path | str] = (),
    data: Path | str | None = None,
    extensions: Iterable[Path | str] = (),
) -> Sweep:
    """Simulate a scenario at many points, on the same random numbers at all of them.

    `vary`: by path the range or list of values, ``{"teams.agents": "38:50", "phone.patience": "2min:10min"}``, or texts ``"teams.agents=38:50"``; a team stands
    for its peak headcount.  `design`: ``"grid"``, ``"lhs"`` or ``"sobol"``; `points`: how many, of a grid how many levels of each range without step.  The rest
    as in ``compare``.
    Raises SimcrcError with all that is wrong at any of the points, before anything is simulated.
    """
    from pathlib import Path as _Path

    from simcrc.experiment.sweep import plan
    from simcrc.experiment.sweep import sweep as run
    from simcrc.experiment.watching import silent

    varied = [f"{name}={values}" for name, values in vary.items()] if isinstance(vary, Mapping) else list(vary)
    made = plan(path, varied, design, points, seed, set_, policies, data, extensions)
    return run(made, metrics, replications, seed, jobs, None if output is None else _Path(output), silent(watch))


def fidelisation(
    base: Study | Path | str,
    policy: Study | Path | str | Sequence[Path | str],
    replications: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    follow_up: int | str | None = None,
    output: Path | str | None = None,
    watch: Callable[[Sequence[float]], None] | None = None,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extensions: Iterable[Path | str] = (),
    policies: Iterable[Path | str] = (),
) -> Fidelisation:
    """Measure the fidelisation effect of a policy: pairs of the same citizens with the same needs and the same random numbers, with and without it.

    `base`: a scenario; `policy`: a policy file, several that hold together, or a scenario that has the same needs; `policies`: policy files laid over both, so
    that the effect is that of `policy` where they hold already.  `follow_up`: how long every need is followed at least, ``"28 days"``
    (four weeks, or a quarter of a short period).  `output`: a new or empty folder for the results; `watch` is called with the share done of each replication;
    the rest as in ``load`` and ``Study.run``.
    Raises ScenarioError, NotPairedError, FollowUpError, StoreError, SimulationError; Interrupted on Ctrl-C.
    """
    from simcrc.experiment.fidelisation import fidelisation as measure
    from simcrc.scenario.durations import parse_duration

    lasts = parse_duration(follow_up) if isinstance(follow_up, str) else follow_up
    return measure(base, policy, replications, seed, jobs, lasts, output, watch, None, set_, data, extensions, policies)


def measurement(
    base: Path | str,
    plans: Sequence[Path | str],
    outcomes: Sequence[str] = (),
    policy: Path | str | None = None,
    replications: int = 2,
    points: int = 8,
    each: bool = True,
    jobs: int = 1,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extensions: Iterable[Path | str] = (),
    watch: Callable[[float], None] | None = None,
) -> Measured:
    """Weigh plans of measurement: what they cost, which numbers of the scenario `base` they turn from assumed into measured, and how far the outcome may lie
    before and after.

    `plans`: policy files with measures of the kind ``measure``; `outcomes`: indicators (contacts and cost per need unless given); `policy`: a policy file
    whose effect on them is an outcome too; `points`: at which all numbers move together; `each`: also one at a time; `jobs`: processes; `watch` is told the
    share done.
    Raises ScenarioError, NoPlanError for a policy that measures nothing, UnknownFigureError.
    """
    from simcrc.experiment.measurement import measurement as weigh

    return weigh(base, plans, outcomes, policy, replications, points, each, jobs, tuple(set_), data, tuple(extensions), watch)


def fit(
    path: Path | str,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    evaluations: int | None = None,
    check: bool = False,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extensions: Iterable[Path | str] = (),
    watch: FitWatch | None = None,
) -> Calibration:
    """Calibrate a scenario by its ``fit:``: move parameters within their bounds until the figures of its ``expect:`` come out.

    `replications`, `seed` and `evaluations` replace those of the file; `check`: only measure; `watch` is called as replications end.  Nothing is written
    unless ``Calibration.write`` is called.
    Raises ScenarioError, SimulationError, and SimcrcError for figures that do not exist.
    """
    from pathlib import Path as _Path

    from simcrc.experiment import extensions as loads
    from simcrc.fitting.calibrate import calibrate

    asked = loads.asked(extensions)
    loads.load(asked)
    folder = None if data is None else _Path(data)
    return calibrate(
        path, check=check, replications=replications, seed=seed, jobs=jobs, evaluations=evaluations, set_=tuple(set_), data=folder, loads=asked, watch=watch
    )


def calibrate(files: Sequence[Path | str] | Path | str, map: Path | str) -> Calibrated:
    """Estimate a piece of scenario from an organisation's own records: arrivals and busyness, handle times, patience, calls again, agents.

    `files`: paths or patterns (CSV, text with tabs, Parquet); `map`: the mapping file that says which column is what (docs/calibrate.md).
    ``Calibrated.estimates`` holds every figure with its standard error, ``traps`` what was wrong with the records, ``unknown`` what they cannot tell;
    ``write(path)`` writes the piece.
    Raises ScenarioError with all that is wrong with the mapping, the files and their columns.
    """
    from simcrc.calibration.calibrate import calibrate as work_out

    return work_out(files, map)


def staff(
    scenario: Study | Path | str,
    targets: Iterable[str] = (),
    by: Period = "week",
    block: Period = "half-hour",
    teams: Iterable[str] = (),
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | Backend = 1,
    output: Path | str | None = None,
    most: int = 2000,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extensions: Iterable[Path | str] = (),
    policies: Iterable[Path | str] = (),
    watch: StaffWatch | None = None,
    prove: bool = False,
) -> Staffed:
    """Find the least staff, by half hour of the week and team, with which targets are met.

    `targets`: each ``"phone.service_level>=80%"`` (those of the scenario unless given); `by`: what a target must hold in, the whole period (``"week"``), each
    weekday (``"day"``) or each open ``"half-hour"`` of the week; `block`: over what a team's number stays the same; `teams`: whose schedules may change (all
    that are concerned unless given); `replications`: of the search, and as many again on which the answer is measured; `most`: simulations that the search may
    ask for; `prove`: simulate each agent's removal alone in the end, whatever that takes; the rest as in ``load`` and ``Study.run``.
    Raises ScenarioError, TargetError and StaffingError for a question that cannot be asked, UnreachableError for a target that no staff reaches, StoreError,
    SimulationError; Stopped on Ctrl-C.
    """
    from simcrc.experiment.study import Study as _Study
    from simcrc.staffing.staff import staff as search

    study = scenario if isinstance(scenario, _Study) else load(scenario, set_, data, extensions, policies)
    return search(study, tuple(targets), by, block, tuple(teams), replications, seed, jobs, output, most, watch, prove)


def __getattr__(name: str) -> Any:
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
