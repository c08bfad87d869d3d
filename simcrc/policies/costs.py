"""What policies cost: at once, on the day on which they begin, and while they last, by the months of the calendar.

A cost at once counts when its day is in the measured period; a running cost counts from its first day in it to the end of the measure or of the period, a
month cut by these bounds by its days.  What a policy costs beside its measures begins with the first of them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simcrc.policies.base import PolicyCost
    from simcrc.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]


def spans(scenario: Scenario, base: Scenario | None = None) -> Iterator[tuple[PolicyCost, date, date]]:
    """Each cost of the policies of `scenario`, but those of `base`, with its first day and the day after its last."""
    end = scenario.horizon.after(scenario.start)
    for policy in scenario.policies:
        if base is not None and policy in base.policies:
            continue
        yield policy.cost, min((entry.at for entry in policy.measures), default=scenario.start), end
        for entry in policy.measures:
            yield entry.cost, entry.at, min(end, entry.end or end)


def policy_cost(scenario: Scenario, base: Scenario | None = None) -> tuple[float, float]:
    """What the policies of `scenario`, but those of `base`, cost in the measured period: at once, and while they last."""
    start, end = scenario.start, scenario.horizon.after(scenario.start)
    once = running = 0.0
    for cost, begins, ends in spans(scenario, base):
        once += cost.once if start <= begins < end else 0.0
        running += cost.per_month * months_between(max(start, begins), ends)
    return once, running


def by_month(scenario: Scenario, months: Sequence[str]) -> tuple[Reals, Reals]:
    """What all policies of `scenario` cost in each of `months` (``2006-04``) of the measured period: at once, and while they last; they add up to
    ``policy_cost``."""
    start, end = scenario.start, scenario.horizon.after(scenario.start)
    once, running = np.zeros(len(months)), np.zeros(len(months))
    bounds = [(max(start, first), min(end, after)) for first, after in map(_bounds, months)]
    for cost, begins, ends in spans(scenario):
        for number, (first, after) in enumerate(bounds):
            once[number] += cost.once if first <= begins < after else 0.0
            running[number] += cost.per_month * months_between(max(first, begins), min(after, ends))
    return once, running


def _bounds(month: str) -> tuple[date, date]:
    first = date(int(month[:4]), int(month[5:]), 1)
    return first, first + timedelta(monthrange(first.year, first.month)[1])


def months_between(start: date, end: date) -> float:
    """Months from `start` to `end`, not included; a month cut by its bounds counts by its days.  0 where the end is not after the start."""
    months, day = 0.0, start
    while day < end:
        length = monthrange(day.year, day.month)[1]
        following = min(end, day.replace(day=1) + timedelta(length))
        months += (following - day).days / length
        day = following
    return months
