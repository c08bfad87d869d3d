"""The objectives of a policy: met, not met, or not yet clear, from what the two arms differ by in the last months of the period.

``simcrc fidelisation`` judges the arms of its pairs, ``simcrc compare`` its variants, one replication at a time.

An objective is about the share of contacts that some channels have, their volume, or an indicator.  The figure under the policy is set beside that of the
base, over the same months of the same replications: the relative change with its interval decides.  ``up`` by at least x: the change reaches x; ``down``: it
reaches −x; ``not_up`` (contained): it does not pass x.  Met when the whole interval says so, not met when the whole interval denies it, else not yet clear.
Where the base has nothing, the figure under the policy stands for the change.  Sums are kept by month of the calendar: the last months are as many of these as
it takes to look at no less than what was asked, but for half a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simcrc.experiment.contrasts import relative_change
from simcrc.experiment.naming import by_place, unknown
from simcrc.experiment.statistics import Estimate, ratios
from simcrc.indicators.axes import Axes
from simcrc.indicators.cells import Where, breakdown, index
from simcrc.indicators.common import CONTACTS
from simcrc.indicators.formulas import OverTime, Ratio, Total
from simcrc.policies.policy import Objective

if TYPE_CHECKING:
    from simcrc.experiment.pairs import Reals
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model
    from simcrc.policies.policy import Policy

MONTH = 365.25 / 12
Verdict = Literal["met", "missed", "unsure"]
Parts = tuple["Reals", "Reals"]
"""A figure of each replication as a numerator and a denominator."""


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


def judged(base: Model, base_totals: Iterable[Totals], other: Model, other_totals: Iterable[Totals]) -> list[Judged]:
    """All objectives of the policies that `other` has and `base` has not, in order.

    Totals: of the same replications on both sides, all together or one by one.  Raises UnknownFigureError for an indicator that has no such figure.
    """
    known = base.scenario.policies
    asked = [(policy, objective) for policy in other.scenario.policies if policy not in known for objective in policy.objectives]
    months = [last_months(Axes.of(base), objective.months) for _, objective in asked]
    looked_at = [(objective, count) for (_, objective), (count, _) in zip(asked, months, strict=True)]
    before, after = (_figures(totals, looked_at) for totals in (base_totals, other_totals))
    return [
        _judge(policy, objective, unit_of(base, objective), days, *parts)
        for (policy, objective), (_, days), *parts in zip(asked, months, before, after, strict=True)
    ]


def _figures(each: Iterable[Totals], looked_at: Sequence[tuple[Objective, int]]) -> list[Parts]:
    """What each objective looks at, over its last months, in all replications."""
    found = [[figure(totals, objective, months) for objective, months in looked_at] for totals in each]
    return [(np.concatenate([over for over, _ in parts]), np.concatenate([under for _, under in parts])) for parts in zip(*found, strict=True)]


def _judge(policy: Policy, objective: Objective, unit: str, days: int, base: Parts, other: Parts) -> Judged:
    relative = bool(base[0].sum() != 0 and base[1].sum() != 0)
    before, after = (ratios(*parts).at() for parts in (base, other))
    change = (relative_change(*other, *base) if relative else ratios(*other)).at()
    return Judged(policy, objective, unit, days, before, after, change, relative, verdict(objective, change, relative))


def last_months(axes: Axes, asked: int) -> tuple[int, int]:
    """How many of the last months of the calendar are looked at, and how many days of the measured period these have."""
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


def figure(totals: Totals, objective: Objective, months: int) -> Parts:
    """What an objective looks at, over the last `months`."""
    if objective.indicator is not None:
        return _indicator(totals, objective.indicator, months)
    axes = totals.axes
    made = CONTACTS.cells(totals, ("channel", "service", "month"))
    assert made is not None
    services = [k for k, name in enumerate(axes.labels["service"]) if objective.services is None or name in objective.services]
    made = made[:, :, services, -months:].sum(axis=(2, 3))
    channels = [k for k, name in enumerate(axes.labels["channel"]) if name in (objective.share or objective.volume)]
    chosen = made[:, channels].sum(axis=1)
    return chosen, made.sum(axis=1) if objective.share else np.ones(len(made))


def unit_of(model: Model, objective: Objective) -> str:
    """The unit of the figure of an objective."""
    if objective.indicator is None:
        return "share" if objective.share else "count"
    from simcrc.indicators import indicators

    unit = indicators()[objective.indicator.rpartition(".")[2]].unit
    return unit.replace("money", model.scenario.currency)


def _indicator(totals: Totals, name: str, months: int) -> Parts:
    """An indicator over the last months: sums over them where it is made of sums, else the mean of its months; over the whole period where it has no months."""
    from simcrc.indicators import indicators

    place, _, short = name.rpartition(".")
    known = indicators()[short]
    where = Where(channel=place or None)
    by = breakdown(known, where)
    cell = None if by is None else index(totals.axes, by, where)
    if by is None or cell is None:
        raise unknown(name, by_place(totals.axes))
    formula = known.formula
    if isinstance(formula, Ratio | OverTime | Total):
        over = _last(formula.of if isinstance(formula, Total) else formula.over, totals, by, cell, months)
        under = None if isinstance(formula, Total) else _last(formula.under, totals, by, cell, months)
        if over is not None and (under is not None or isinstance(formula, Total)):
            return over, np.ones(len(over)) if under is None else under
    values = formula.values(totals, (*by, "month"))
    if values is not None:
        chosen = _at(values, cell)[:, -months:]
        with np.errstate(invalid="ignore"):
            return np.nanmean(chosen, axis=1), np.ones(len(chosen))
    whole = formula.values(totals, by)
    if whole is None:
        raise unknown(name, by_place(totals.axes))
    return _at(whole, cell), np.ones(len(whole))


def _last(of: object, totals: Totals, by: tuple[str, ...], cell: tuple[int, ...], months: int) -> Reals | None:
    """The sum of an expression over the last months, in one cell."""
    from simcrc.indicators.expressions import Expression

    assert isinstance(of, Expression)
    values = of.cells(totals, (*by, "month"))
    return None if values is None else np.asarray(_at(values, cell)[:, -months:].sum(axis=1), dtype=np.float64)


def _at(values: Reals, cell: tuple[int, ...]) -> Reals:
    """`values` in one cell: the axes after the replications taken at its indices."""
    for place in cell:
        values = values[:, place]
    return values
