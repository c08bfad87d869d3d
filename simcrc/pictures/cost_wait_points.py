"""Where the arms of a comparison stand between cost and wait, which of them are on the front of Pareto, and which are dominated, for certain or by their means.

Less of both is better.  An arm is dominated by another that costs no more and makes nobody wait longer, and is better in one of the two.  That is certain where
the intervals of both paired differences say so, all pairs of arms and both figures taken together (Bonferroni).  ``cost_wait`` is the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simcrc.experiment.statistics import LEVEL, Estimate

if TYPE_CHECKING:
    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject

COST = "cost_per_need_resolved"
WAITS = ("wait_mean", "turnaround_mean", "time_to_resolution")
"""The wait in queues; where nobody queues, of written requests; where there are none, until a need is resolved."""


@dataclass(frozen=True, eq=False)
class Point:
    """An arm by cost and wait.  `beaten`: the names of those that dominate it by their means; `surely`: of those that do so for certain."""

    arm: Arm
    cost: Estimate
    wait: Estimate
    beaten: tuple[str, ...] = field(default=())
    surely: tuple[str, ...] = field(default=())

    @property
    def front(self) -> bool:
        """Whether no mean of another arm dominates its own."""
        return not self.beaten


@dataclass(frozen=True, eq=False)
class Pair:
    """By how much the cost and the wait of `one` differ from those of `other`, with simultaneous intervals."""

    one: str
    other: str
    cost: Estimate
    wait: Estimate

    @property
    def sure(self) -> bool:
        """Whether `one` dominates `other` for certain."""
        ends = [self.cost.high, self.wait.high]
        return all(end is not None and end <= 0 for end in ends) and any(end is not None and end < 0 for end in ends)


def wait_of(arms: Sequence[Arm]) -> str | None:
    """The first of ``WAITS`` that at least two of the arms have."""
    return next((name for name in WAITS if sum(arm.mean(name) is not None for arm in arms) > 1), None)


def unit_of(arm: Arm, name: str) -> str:
    """The unit of a figure of the whole run; empty where there is none."""
    found = arm.of(name)
    return str(found["unit"].iloc[0]) if len(found) else ""


def pairs(subject: Subject, arms: Sequence[Arm], wait: str) -> dict[tuple[str, str], Pair]:
    """Every arm minus every other; empty where the arms are not paired."""
    if not subject.paired or len(arms) < 2:
        return {}
    level = 1 - (1 - LEVEL) / (len(arms) * (len(arms) - 1))
    parts = {(arm.name, name): arm.parts(name) for arm in arms for name in (COST, wait)}
    out = {}
    for one in arms:
        for other in arms:
            if one is not other:
                cost, waits = (parts[one.name, name].minus(parts[other.name, name], level) for name in (COST, wait))
                out[one.name, other.name] = Pair(one.name, other.name, cost, waits)
    return out


def points(subject: Subject) -> tuple[list[Point], dict[tuple[str, str], Pair], str | None]:
    """The arms that have both figures, the differences between them, and the name of the wait; no points where fewer than two have them."""
    wait = wait_of(subject.arms)
    if wait is None:
        return [], {}, None
    found = [Point(arm, arm.estimate(COST), arm.estimate(wait)) for arm in subject.arms]
    found = [point for point in found if point.cost.mean is not None and point.wait.mean is not None]
    if len(found) < 2:
        return [], {}, wait
    apart = pairs(subject, [point.arm for point in found], wait)
    return [_judged(point, found, apart) for point in found], apart, wait


def _judged(point: Point, all_: Sequence[Point], apart: dict[tuple[str, str], Pair]) -> Point:
    """`point` with those that dominate it."""
    beaten = tuple(other.arm.name for other in all_ if dominates(other, point))
    surely = tuple(name for name in beaten if (pair := apart.get((name, point.arm.name))) and pair.sure)
    return Point(point.arm, point.cost, point.wait, beaten, surely)


def dominates(one: Point, other: Point) -> bool:
    """Whether the means of `one` are no worse in both and better in one."""
    less_cost, less_wait = _sign(one.cost, other.cost), _sign(one.wait, other.wait)
    return max(less_cost, less_wait) <= 0 and min(less_cost, less_wait) < 0


def _sign(one: Estimate, other: Estimate) -> float:
    """Below 0 where the mean of `one` is less."""
    return (one.mean or 0.0) - (other.mean or 0.0)
