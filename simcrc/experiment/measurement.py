"""Plans of measurement: what they cost, which numbers they turn from assumed into measured, and how far the outcome may lie before and after.

A plan is a policy whose measures are of the kind ``measure``.  Before it, each number that some plan learns lies anywhere in its written range; after it, those
that it learns lie within value × (1 ± precision), inside that range, and the others where they lay.  Numbers that no plan learns stay as written.  The outcome
is run at the ends of the range of each number, one at a time, and with all numbers together at the points of a Latin hypercube: each number takes the
same evenly spaced values of its range, both ends included, in an order of its own that is drawn once.  The points are the same before and after, and for all
plans; all runs have common random numbers.  ``simcrc.experiment.moving`` moves the numbers, ``points`` runs them,
``outcomes`` gives the outcome of one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.errors import SimcrcError
from simcrc.experiment import extensions
from simcrc.experiment.moving import Parameter, assignments, parameter
from simcrc.experiment.outcomes import Outcome, Reals
from simcrc.experiment.points import Found, Said, Work, hypercube, run_all
from simcrc.experiment.statistics import Estimate, mean
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.policies.policy import Policy
    from simcrc.scenario import Loaded

DEFAULT = ("contacts_per_need", "cost_per_need")
NO_PLAN = Words(
    fr="{path} : aucune mesure de genre « measure », donc rien n'est appris",
    en='{path}: no measure of the kind "measure", so that nothing is learnt',
)


class NoPlanError(SimcrcError):
    """A policy that measures nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return NO_PLAN.say(lang, path=self.path)

    def __str__(self) -> str:
        return self.say("en")


@dataclass(frozen=True)
class Plan:
    """A plan of measurement.  `once`, `running`: what its measures of this kind and the policy itself cost until they end; `learnt`: precision by parameter,
    in the order of the file; the finest where a path is learnt twice."""

    name: Words
    once: float
    running: float
    learnt: dict[str, float]


@dataclass(frozen=True)
class Spread:
    """The smallest and the largest mean of an outcome over several runs; None where it has none."""

    low: float | None
    high: float | None

    @property
    def width(self) -> float | None:
        """How far apart they are."""
        return None if self.low is None or self.high is None else self.high - self.low

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of `values`, nan left out."""
        known = [value for value in values if not np.isnan(value)]
        return cls(min(known), max(known)) if known else cls(None, None)


@dataclass(frozen=True)
class Learnt:
    """One number (or several under one path): over its range before any plan the outcomes spread over `before`, after plan k over `after[k]` (None: the plan
    does not learn it)."""

    parameter: Parameter
    before: dict[Outcome, Spread]
    after: tuple[dict[Outcome, Spread] | None, ...]


@dataclass(frozen=True)
class Measured:
    """What ``measurement`` gives.  `base`: the outcomes as written; `learnt`: one at a time; `before`, `after` (by plan): all together; `points`: how many
    points the design has; `still`: paths that could not be moved; `refused`: how many points the language refused; `runs`: simulations made."""

    loaded: Loaded
    plans: tuple[Plan, ...]
    outcomes: tuple[Outcome, ...]
    base: dict[Outcome, Estimate]
    learnt: tuple[Learnt, ...]
    before: dict[Outcome, Spread]
    after: tuple[dict[Outcome, Spread], ...]
    points: int
    replications: int
    still: tuple[str, ...]
    refused: int
    runs: int

    def text(self, lang: Lang | None = None) -> str:
        """The account in words, with tables."""
        from simcrc.report.measurement import text
        from simcrc.words import language

        return text(self, lang or language())


def plan_of(path: Path, loaded: Loaded, base: Loaded) -> Plan:
    """The plan that `loaded`, the scenario with the policy file `path` on it, has more than `base`.  Raises NoPlanError when it learns nothing."""
    from simcrc.policies.costs import months_between

    own = [policy for policy in loaded.scenario.policies if policy not in base.scenario.policies]
    entries = [entry for policy in own for entry in policy.measures if entry.verb == "measure"]
    if not entries:
        raise NoPlanError(path)
    end = loaded.scenario.horizon.after(loaded.scenario.start)
    learnt: dict[str, float] = {}
    for entry in entries:
        for each in entry.does.learnt:  # type: ignore[attr-defined]
            learnt[each.path] = min(each.precision, learnt.get(each.path, 1.0))
    costs = [(entry.cost, entry.at, entry.end or end) for entry in entries] + [(policy.cost, _first(policy), end) for policy in own]
    costs = [each for each in costs if each[1] < end]  # what begins with the end of the period is not paid in it
    once = sum(cost.once for cost, _, _ in costs)
    running = sum(cost.per_month * months_between(begins, ends) for cost, begins, ends in costs)
    return Plan(own[-1].name, once, running, learnt)


def _first(policy: Policy) -> Any:
    return min(entry.at for entry in policy.measures)


def measurement(
    base: Path | str,
    plans: Sequence[Path | str],
    wanted: Sequence[str] = (),
    policy: Path | str | None = None,
    replications: int = 2,
    points: int = 8,
    each: bool = True,
    jobs: int = 1,
    set_: Sequence[str] = (),
    data: Path | str | None = None,
    extension_files: Sequence[Path | str] = (),
    watch: Callable[[float], None] | None = None,
) -> Measured:
    """Weigh plans of measurement for the scenario at `base`.

    `plans`: policy files; `wanted`: indicators (``contacts_per_need``, ``phone.asa``; contacts and cost per need unless given); `policy`: a policy file
    whose effect on them (policy minus base) is the outcome too; `points`: of the design in which all numbers move together; `each`: also one at a time;
    `jobs`: processes; `watch` is told the share done.  Raises ScenarioError, NoPlanError, UnknownFigureError.
    """
    from simcrc.scenario import load

    asked = extensions.asked(extension_files)
    extensions.load(asked)
    folder, under = None if data is None else Path(data), None if policy is None else Path(policy)
    loaded = load(base, set_=set_, data=folder)
    read = tuple(plan_of(Path(path), load(base, set_=set_, data=folder, policies=[path]), loaded) for path in plans)
    design = Design.of(loaded, read, points, each)
    work = Work(Path(base), tuple(set_), folder, under, tuple(wanted) or DEFAULT, replications)
    written = work.run(())
    return _measured(loaded, read, design, run_all(work, design.points(), jobs, asked, watch), written, replications)


@dataclass(frozen=True)
class Design:
    """What is run.  `moving`: the numbers by path, over their written ranges; `after`: by plan the same with those that it learns narrowed, and `learns`: which
    these are; `one`: whether one at a time too; `cube`: the positions of all together; `still`: paths without a range."""

    loaded: Loaded
    moving: dict[str, Parameter]
    after: tuple[dict[str, Parameter], ...]
    learns: tuple[frozenset[str], ...]
    one: bool
    cube: Reals
    still: tuple[str, ...]

    @classmethod
    def of(cls, loaded: Loaded, plans: Sequence[Plan], points: int, one: bool) -> Design:
        """The design for some plans."""
        every = {path: parameter(loaded, path) for plan in plans for path in plan.learnt}
        moving = {path: found for path, found in every.items() if found.bounds}
        after = tuple({path: found.within(plan.learnt[path]) if path in plan.learnt else found for path, found in moving.items()} for plan in plans)
        cube = hypercube(points, len(moving), loaded.scenario.seed)
        learns = tuple(frozenset(plan.learnt) for plan in plans)
        return cls(loaded, moving, after, learns, one, cube, tuple(path for path in every if path not in moving))

    def ends(self, found: Parameter) -> list[Said]:
        """One number at both ends."""
        return [tuple(assignments(self.loaded, {found: end})) for end in (0.0, 1.0)]

    def together(self, arm: Mapping[str, Parameter]) -> list[Said]:
        """All numbers at the points of the design."""
        return [tuple(assignments(self.loaded, dict(zip(arm.values(), row, strict=True)))) for row in self.cube.tolist()]

    def points(self) -> Iterator[Said]:
        """Every point to run, but the scenario as written."""
        for arm in (self.moving, *self.after):
            yield from self.together(arm)
        if self.one:
            for path, found in self.moving.items():
                yield from self.ends(found)
                for arm, learns in zip(self.after, self.learns, strict=True):
                    if path in learns:
                        yield from self.ends(arm[path])


def _measured(loaded: Loaded, plans: tuple[Plan, ...], design: Design, found: Mapping[Said, Found | None], written: Found, replications: int) -> Measured:
    """Put together what was run."""

    def spread(points: Sequence[Said]) -> dict[Outcome, Spread]:
        runs = [written, *(values for said in points if (values := found[said]) is not None)]
        return {outcome: Spread.of([float(np.mean(run[outcome])) for run in runs]) for outcome in written}

    learnt = []
    for path, own in design.moving.items() if design.one else ():
        narrowed = [spread(design.ends(arm[path])) if path in learns else None for arm, learns in zip(design.after, design.learns, strict=True)]
        learnt.append(Learnt(own, spread(design.ends(own)), tuple(narrowed)))
    return Measured(
        loaded=loaded,
        plans=plans,
        outcomes=tuple(written),
        base={outcome: mean(values) for outcome, values in written.items()},
        learnt=tuple(learnt),
        before=spread(design.together(design.moving)),
        after=tuple(spread(design.together(arm)) for arm in design.after),
        points=len(design.cube),
        replications=replications,
        still=design.still,
        refused=sum(values is None for values in found.values()),
        runs=1 + sum(values is not None for values in found.values()),
    )
