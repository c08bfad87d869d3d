"""What is estimated from the calls of a centre, each figure with its standard error: demand, services, patience, priority, staff.

Pure: ``simcrc.replay.anonymous_bank`` reads the calls, ``simcrc.replay.write`` writes the figures down, ``simcrc.replay.estimate`` is the program.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.replay.anonymous_bank import DAY, TYPES, Calls
from simcrc.replay.busyness import gamma_shape, shared
from simcrc.replay.families import Fit, fit_family
from simcrc.replay.kaplan_meier import Curve, exponential_tail, kaplan_meier
from simcrc.replay.not_ready import not_ready
from simcrc.replay.sessions import HALF_HOURS, Sessions, presence, sessions, weekly

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

LONG_WEEKDAYS = (6, 0, 1, 2, 3)  # Sunday to Thursday, 7 to 24 h
LOGGED_OFF = 900.0  # seconds without a call
SHORTEST = 10.0  # seconds: less is no service
POINTS = 24
LEAST_FOR_PROFILE = 1000  # calls: a type with fewer gets the shape of all calls

Estimate = tuple[float, float]
"""A figure and its standard error."""


@dataclass(frozen=True, eq=False)
class ServiceEstimates:
    """One type of call.

    `per_day`: calls on the mean day of the week.  `profile`: mean calls by weekday and half hour and their standard errors, shapes (7, 48); None for too few
    calls.  `busyness`: shape of the daily Gamma factor, None when it cannot be told from none.  `work`: time with the agent, seconds.  `patience`:
    its curve, seconds, and the mean of what lies beyond the last point.  `priority`: share of priority callers.
    """

    name: str
    calls: int
    per_day: Estimate
    profile: tuple[Reals, Reals] | None
    busyness: Estimate | None
    work: Fit
    patience: Curve
    tail: Estimate
    priority: Estimate


@dataclass(frozen=True, eq=False)
class Estimates:
    """All of them.  `profile`: of all calls.  `shared`: correlation of busyness.  `roster`: agents by weekday and half hour, with standard errors."""

    services: tuple[ServiceEstimates, ...]
    profile: tuple[Reals, Reals]
    shared: Estimate
    roster: tuple[Reals, Reals]
    not_ready: Curve
    not_ready_waiting: Curve
    calls: Calls


def estimate(calls: Calls) -> Estimates:
    """Every figure of a scenario, from `calls`."""
    counts = table_of_counts(calls)
    days = np.array(calls.weekdays())
    long_days = calls.recorded() & np.isin(days, LONG_WEEKDAYS)
    daily = counts.sum(axis=2)[:, long_days].T.astype(np.float64)  # (days, types)
    shapes = [gamma_shape(daily[:, k], days[long_days]) for k in range(len(TYPES))]
    told = [k for k, (shape, error) in enumerate(shapes) if error < shape]
    logged = sessions_of(calls)
    served, queued = calls.served & (calls.agent >= 0), calls.queued
    idle, waiting = not_ready(logged, calls.start[served], queued[served], calls.arrival[queued], (calls.arrival + calls.wait)[queued])
    return Estimates(
        services=tuple(_service(calls, k, counts[k], shapes[k] if k in told else None) for k in range(len(TYPES))),
        profile=_week(calls, counts.sum(axis=0)),
        shared=shared(daily[:, told], days[long_days], np.array([shapes[k][0] for k in told])),
        roster=_week(calls, roster_by_date(calls)),
        not_ready=idle.thinned(POINTS),
        not_ready_waiting=waiting.thinned(POINTS),
        calls=calls,
    )


def table_of_counts(calls: Calls) -> Integers:
    """Calls by type, day and half hour; shape (types, days, 48)."""
    day, half_hour = (calls.arrival // DAY).astype(np.int64), (calls.arrival % DAY // 1800).astype(np.int64)
    out = np.zeros((len(TYPES), calls.length, HALF_HOURS), dtype=np.int64)
    np.add.at(out, (calls.type, day, half_hour), 1)
    return out


def sessions_of(calls: Calls) -> Sessions:
    """The sessions of the agents, from the calls that a known agent took."""
    served = calls.served & (calls.agent >= 0)
    return sessions(calls.agent[served], calls.start[served], (calls.start + calls.work)[served], LOGGED_OFF)


def roster_by_date(calls: Calls) -> Reals:
    """Agents logged on, on average, by day and half hour; shape (days, 48)."""
    logged = sessions_of(calls)
    return presence(logged.begin, logged.end, calls.length)


def _week(calls: Calls, table: npt.NDArray[np.generic]) -> tuple[Reals, Reals]:
    kept = calls.recorded()
    return weekly(table[kept].astype(np.float64), [day for day, keep in zip(calls.weekdays(), kept, strict=True) if keep])


def _service(calls: Calls, k: int, counts: Integers, busyness: Estimate | None) -> ServiceEstimates:
    own = calls.type == k
    mean, error = _week(calls, counts)
    queued = own & calls.queued
    wait, left = calls.wait[queued], ~calls.served[queued]
    curve = kaplan_meier(wait, left).thinned(POINTS)
    share = float(calls.priority[queued].mean())
    per_day, per_day_error = _mean_day(calls, counts.sum(axis=1).astype(np.float64))
    return ServiceEstimates(
        name=TYPES[k],
        calls=int(own.sum()),
        per_day=(per_day, per_day_error),
        profile=(mean, error) if own.sum() >= LEAST_FOR_PROFILE else None,
        busyness=busyness,
        work=fit_family(calls.work[own & calls.served], SHORTEST),
        patience=curve,
        tail=exponential_tail(wait, left, float(curve.time[-1])),
        priority=(share, float(np.sqrt(share * (1 - share) / queued.sum()))),
    )


def _mean_day(calls: Calls, daily: Reals) -> Estimate:
    """Mean over the seven weekdays of the mean count of each, and its standard error."""
    kept = calls.recorded()
    days = np.array(calls.weekdays())
    means, variances = [], []
    for weekday in range(7):
        own = daily[kept & (days == weekday)]
        means.append(own.mean() if len(own) else 0.0)
        variances.append(own.var(ddof=1) / len(own) if len(own) > 1 else 0.0)
    return float(np.mean(means)), float(np.sqrt(np.sum(variances)) / 7)
