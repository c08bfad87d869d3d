"""The objectives of a policy: met, not met, or not yet clear, from what the two arms differ by in the last months of the period.

``simcrc fidelisation`` judges the arms of its pairs, ``simcrc compare`` the sums of its variants.

An objective is about the share of contacts that some channels have, their volume, or an indicator.  The figure under the policy is set beside that of the
base, over the same months of the same replications: the relative change with its interval decides.  ``up`` by at least x: the change reaches x; ``down``: it
reaches −x; ``not_up`` (contained): it does not pass x.  Met when the whole interval says so, not met when the whole interval denies it, else not yet clear.
Where the base has nothing, the figure under the policy stands for the change.  Sums are kept by month of the calendar: the last months are as many of these as
it takes to look at no less than what was asked, but for half a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from simcrc.experiment.contrasts import relative_change
from simcrc.experiment.naming import by_place, unknown
from simcrc.experiment.statistics import Estimate, ratios
from simcrc.indicators.cells import Where, breakdown, index
from simcrc.indicators.common import CONTACTS
from simcrc.indicators.formulas import OverTime, Ratio, Total
from simcrc.policies.policy import Objective

if TYPE_CHECKING:
    from simcrc.experiment import pairs
    from simcrc.experiment.pairs import Reals
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model
    from simcrc.policies.policy import Policy

MONTH = 365.25 / 12
Verdict = Literal["met", "missed", "unsure"]
Parts = tuple["Reals", "Reals"]
"""A figure of each replication as a numerator and a denominator."""


@dataclass(frozen=True, eq=False)
class Summed:
    """An arm that is no more than its model and the sums of its whole measured period over the replications."""

    model: Model
    whole: Totals


Arm: TypeAlias = "Summed | pairs.Arm"


@dataclass(frozen=True)
class Judged:
    """An objective and what became of it.  `change`: relative to the base; absolute (`relative` false) where the base has nothing.  `days`: how many were
    looked at, the last of the period."""

    policy: Policy
    objective: Objective
    unit: str
    days: int
    base: Estimate
    under_policy: Estimate
    change: Estimate
    relative: bool
    verdict: Verdict


def judged(base: Arm, other: Arm) -> list[Judged]:
    """All objectives of the policies that `other` has and `base` has not, in order; both over the same replications.  Raises UnknownFigureError for an
    indicator that has no such figure."""
    known = base.model.scenario.policies
    return [_judge(base, other, policy, objective) for policy in other.model.scenario.policies if policy not in known for objective in policy.objectives]


def _judge(without: Arm, under_policy: Arm, policy: Policy, objective: Objective) -> Judged:
    months, days = last_months(without, objective.months)
    base, other = (figure(arm, objective, months) for arm in (without, under_policy))
    relative = bool(base[0].sum() != 0 and base[1].sum() != 0)
    before, after = (ratios(*parts).at() for parts in (base, other))
    change = (relative_change(*other, *base) if relative else ratios(*other)).at()
    return Judged(policy, objective, unit_of(without, objective), days, before, after, change, relative, verdict(objective, change, relative))


def last_months(arm: Arm, asked: int) -> tuple[int, int]:
    """How many of the last months of the calendar are looked at, and how many days of the measured period these have."""
    axes = arm.whole.axes
    inside = np.flatnonzero(axes.day >= 0)
    _, first = np.unique(axes.day[inside], return_index=True)
    lengths = np.bincount(axes.month[inside[first]])
    days = np.cumsum(lengths[::-1])
    months = min(int(np.searchsorted(days, (asked - 0.5) * MONTH)) + 1, len(days))
    return months, int(days[months - 1])


def verdict(objective: Objective, change: Estimate, relative: bool = True) -> Verdict:
    """What the interval of the change says; where the base has nothing, whether there is anything."""
    low, high, least = change.low, change.high, objective.by_at_least if relative else 0.0
    if low is None or high is None:
        return "unsure"
    if objective.goes == "not_up":
        return "met" if high <= least else "missed" if low > least else "unsure"
    if objective.goes == "down":
        low, high = -high, -low
    if least == 0:
        return "met" if low > 0 else "missed" if high <= 0 else "unsure"
    return "met" if low >= least else "missed" if high < least else "unsure"


def figure(arm: Arm, objective: Objective, months: int) -> Parts:
    """What an objective looks at in one arm, over the last `months`."""
    if objective.indicator is not None:
        return _indicator(arm, objective.indicator, months)
    axes = arm.whole.axes
    made = CONTACTS.cells(arm.whole, ("channel", "service", "month"))
    assert made is not None
    services = [k for k, name in enumerate(axes.labels["service"]) if objective.services is None or name in objective.services]
    made = made[:, :, services, -months:].sum(axis=(2, 3))
    channels = [k for k, name in enumerate(axes.labels["channel"]) if name in (objective.share or objective.volume)]
    chosen = made[:, channels].sum(axis=1)
    return chosen, made.sum(axis=1) if objective.share else np.ones(len(made))


def unit_of(arm: Arm, objective: Objective) -> str:
    """The unit of the figure of an objective."""
    if objective.indicator is None:
        return "share" if objective.share else "count"
    from simcrc.indicators import indicators

    unit = indicators()[objective.indicator.rpartition(".")[2]].unit
    return unit.replace("money", arm.model.scenario.currency)


def _indicator(arm: Arm, name: str, months: int) -> Parts:
    """An indicator over the last months: sums over them where it is made of sums, else the mean of its months; over the whole period where it has no months."""
    from simcrc.indicators import indicators

    place, _, short = name.rpartition(".")
    known = indicators()[short]
    where = Where(channel=place or None)
    by = breakdown(known, where)
    cell = None if by is None else index(arm.whole.axes, by, where)
    if by is None or cell is None:
        raise unknown(name, by_place(arm.whole.axes))
    formula = known.formula
    if isinstance(formula, Ratio | OverTime | Total):
        over = _last(formula.of if isinstance(formula, Total) else formula.over, arm, by, cell, months)
        under = None if isinstance(formula, Total) else _last(formula.under, arm, by, cell, months)
        if over is not None and (under is not None or isinstance(formula, Total)):
            return over, np.ones(len(over)) if under is None else under
    values = formula.values(arm.whole, (*by, "month"))
    if values is not None:
        chosen = _at(values, cell)[:, -months:]
        with np.errstate(invalid="ignore"):
            return np.nanmean(chosen, axis=1), np.ones(len(chosen))
    whole = formula.values(arm.whole, by)
    if whole is None:
        raise unknown(name, by_place(arm.whole.axes))
    return _at(whole, cell), np.ones(len(whole))


def _last(of: object, arm: Arm, by: tuple[str, ...], cell: tuple[int, ...], months: int) -> Reals | None:
    """The sum of an expression over the last months, in one cell."""
    from simcrc.indicators.expressions import Expression

    assert isinstance(of, Expression)
    values = of.cells(arm.whole, (*by, "month"))
    return None if values is None else np.asarray(_at(values, cell)[:, -months:].sum(axis=1), dtype=np.float64)


def _at(values: Reals, cell: tuple[int, ...]) -> Reals:
    """`values` in one cell: the axes after the replications taken at its indices."""
    for place in cell:
        values = values[:, place]
    return values
