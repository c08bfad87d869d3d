"""How calls arrive: means by weekday and half hour, calls a day, busyness of the day, each with its standard error over days.

``sessions.weekly`` averages, ``busyness`` estimates the Gamma factor; the days are those with records.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simcrc.calibration.busyness import gamma_shape, shared
from simcrc.calibration.calls import Calls, Reals
from simcrc.calibration.sessions import HALF_HOURS, weekly
from simcrc.calibration.traps import Flags, Integers

Estimate = tuple[float, float]
"""A figure and its standard error (nan: cannot be told)."""

LEAST_FREE = 5
"""Busyness is estimated from at least so many days more than weekdays."""


@dataclass(frozen=True, eq=False)
class Demand:
    """Arrivals of one service, or of all.

    `calls` counted; `per_day`: on the mean day of the week.  `profile`: mean calls by weekday and half hour and their standard errors, shapes (7, 48).
    `busyness`: shape of the daily Gamma factor, None when it cannot be told from none.
    """

    calls: int
    per_day: Estimate
    profile: tuple[Reals, Reals]
    busyness: Estimate | None


def count(calls: Calls, counted: Flags) -> Integers:
    """Calls by service, day and half hour, of those `counted`; shape (services, days, 48)."""
    out = np.zeros((len(calls.services), calls.length, HALF_HOURS), dtype=np.int64)
    np.add.at(out, (calls.part.service[counted], calls.day[counted], calls.half_hour[counted]), 1)
    return out


def estimate(calls: Calls, table: Integers, days: tuple[int, ...] | None) -> tuple[Demand, list[Demand], Estimate]:
    """The demand of all services together and of each, and the correlation of their busyness; `table`: from ``count``; `days`: weekdays that busyness is
    estimated from."""
    weekdays = calls.weekdays
    usual = calls.recorded & np.isin(weekdays, weekdays[calls.recorded] if days is None else np.array(days))
    group = weekdays[usual]
    daily = table.sum(axis=2)[:, usual].T.astype(np.float64)
    enough = len(group) - len(np.unique(group)) >= LEAST_FREE
    shapes = [gamma_shape(daily[:, k], group) if enough and daily[:, k].any() else (np.inf, np.inf) for k in range(daily.shape[1])]
    told = [k for k, (shape, error) in enumerate(shapes) if error < shape]
    correlation = shared(daily[:, told], group, np.array([shapes[k][0] for k in told]))
    services = [_demand(calls, table[k], shapes[k] if k in told else None) for k in range(len(table))]
    return _demand(calls, table.sum(axis=0), None), services, correlation


def _demand(calls: Calls, table: Integers, busyness: Estimate | None) -> Demand:
    return Demand(int(table.sum()), _mean_day(calls, table.sum(axis=1).astype(np.float64)), week(calls, table.astype(np.float64)), busyness)


def week(calls: Calls, table: Reals) -> tuple[Reals, Reals]:
    """Means by weekday and half hour of a `table` (days, 48) over the days with records, and their standard errors."""
    return weekly(table[calls.recorded], calls.weekdays[calls.recorded].tolist())


def _mean_day(calls: Calls, daily: Reals) -> Estimate:
    """Mean over the seven weekdays of the mean count of each, and its standard error (nan where a weekday with calls has one day only)."""
    means, variances = [], []
    for weekday in range(7):
        own = daily[calls.recorded & (calls.weekdays == weekday)]
        means.append(own.mean() if len(own) else 0.0)
        variances.append(own.var(ddof=1) / len(own) if len(own) > 1 else np.nan if len(own) else 0.0)
    return float(np.mean(means)), float(np.sqrt(np.sum(variances)) / 7)
