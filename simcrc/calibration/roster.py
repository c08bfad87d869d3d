"""Agents by half hour, read off the calls that they took: logged on (sessions), distinct ones who were busy, and what they need between calls.

Records tell what agents did, not when they were there.  ``sessions`` and ``not_ready`` are the estimators.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simcrc.calibration.calls import Calls, Reals
from simcrc.calibration.demand import week
from simcrc.calibration.kaplan_meier import Curve
from simcrc.calibration.not_ready import not_ready
from simcrc.calibration.sessions import HALF_HOUR, HALF_HOURS, Sessions, presence, sessions
from simcrc.calibration.traps import Flags, Integers

SLIGHT = 0.98
"""With so large a share of gaps of at most a second, agents take calls at once."""


@dataclass(frozen=True, eq=False)
class Roster:
    """`by_date`: agents logged on, on average, by day and half hour, shape (days, 48); `week`, `distinct`: means by weekday and half hour with standard errors,
    of those logged on and of the different ones who were busy.  `not_ready`, `not_ready_waiting`: time from a call until the next can be
    taken, seconds, None where it cannot be told or is nothing.  `sessions`: how many.  `overlapping`: calls that began before the agent's last had ended."""

    by_date: Reals
    week: tuple[Reals, Reals]
    distinct: tuple[Reals, Reals]
    not_ready: Curve | None
    not_ready_waiting: Curve | None
    sessions: int
    overlapping: Flags


def roster(calls: Calls, logged_off: float, points: int, between: bool) -> Roster | None:
    """The agents of `calls`, logged off after `logged_off` seconds without a call; None when no agent is known.

    `between`: whether to estimate the time not ready."""
    part = calls.part
    served = (part.agent >= 0) & np.isfinite(part.start)
    if not served.any():
        return None
    wall = part.local[served] - part.arrival[served]  # from instants to the wall clock
    begin, work = part.start[served], np.where(np.isnan(part.work[served]), 0.0, part.work[served])
    logged = sessions(part.agent[served], begin, begin + work, logged_off)
    shift = float(np.median(wall)) if np.ptp(wall) == 0 else np.interp(logged.begin, part.arrival[served], wall)
    by_date = presence(np.maximum(logged.begin + shift, 0.0), np.maximum(logged.end + shift, 0.0), calls.length)
    idle, waiting = _between(calls, served, logged, points) if between else (None, None)
    overlapping = np.zeros(len(part), dtype=np.bool_)
    overlapping[np.flatnonzero(served)[logged.call[logged.gap < 0]]] = True
    distinct = _distinct(calls, part.agent[served], begin + wall, begin + work + wall)
    return Roster(by_date, week(calls, by_date), week(calls, distinct), idle, waiting, len(logged.begin), overlapping)


def _between(calls: Calls, served: Flags, logged: Sessions, points: int) -> tuple[Curve | None, Curve | None]:
    """The time not ready after calls that ended with nobody waiting, and with somebody waiting."""
    part = calls.part
    queued = part.queued
    joined = part.arrival[queued]
    left = joined + np.where(np.isnan(part.wait[queued]), 0.0, part.wait[queued])
    try:
        curves = not_ready(logged, part.start[served], queued[served], joined, left)
    except ValueError:  # of one kind of call there is none that tells
        return None, None
    if all(curve.at(1.0)[0] >= SLIGHT for curve in curves):
        return None, None
    idle, waiting = (_thinned(curve, points) for curve in curves)
    return idle, waiting


def _thinned(curve: Curve, points: int) -> Curve:
    out = curve.thinned(points)
    return out if len(out.time) else curve.thinned(points, 1)


def _distinct(calls: Calls, agent: Integers, begin: Reals, end: Reals) -> Reals:
    """Different agents busy at some time of each half hour; shape (days, 48)."""
    first = np.maximum(begin // HALF_HOUR, 0).astype(np.int64)
    last = np.maximum(np.ceil(end / HALF_HOUR) - 1, first).astype(np.int64)
    length = last - first + 1
    slot = np.repeat(first, length) + np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    who = np.repeat(agent, length)
    inside = slot < calls.length * HALF_HOURS
    pairs = np.unique(slot[inside] * np.int64(len(calls.agents)) + who[inside])
    counts = np.bincount(pairs // len(calls.agents), minlength=calls.length * HALF_HOURS)
    return counts.reshape(calls.length, HALF_HOURS).astype(np.float64)


def offered(calls: Calls, profile: Reals, mean_work: float) -> Reals:
    """Agents by weekday and half hour for a week of `profile` calls of `mean_work` seconds each, where no agent is known: offered load, and its square root
    on top.  An assumption, not an estimate."""
    load = profile * mean_work / HALF_HOUR
    staffed = np.ceil(load + np.sqrt(load))
    return np.where(profile > 0, np.maximum(staffed, 1.0), 0.0)


__all__ = ["Roster", "offered", "roster"]
