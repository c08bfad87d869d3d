"""Who was logged on, read off the calls that agents took: sessions, and the agents present by half hour.

Records tell what agents did, not when they were there.  An agent is taken to be logged on from the first call of a session to the end of its
last, and logged off after a gap without a call (15 minutes for Anonymous Bank).  Distinct agents per half hour would overstate the staff.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
HALF_HOUR = 1800.0
HALF_HOURS = 48


@dataclass(frozen=True, eq=False)
class Sessions:
    """`agent` index, `begin` and `end` in seconds, by session.

    For each call but the first of its session: `call`, its row, and `gap`, the seconds since the agent's last one ended.
    """

    agent: Integers
    begin: Reals
    end: Reals
    call: Integers
    gap: Reals


def sessions(agent: Integers, begin: Reals, end: Reals, longest_gap: float) -> Sessions:
    """The sessions of the calls (`agent` index, `begin` and `end` of service in seconds, shape (n,))."""
    order = np.lexsort((end, begin, agent))
    who, first, last = agent[order], begin[order], end[order]
    # the end of the agent's work so far: an agent may have two calls at a time
    reached = last.copy()
    for k in range(1, len(reached)):
        if who[k] == who[k - 1]:
            reached[k] = max(reached[k], reached[k - 1])
    gap = np.append(0.0, first[1:] - reached[:-1])
    new = np.append(True, who[1:] != who[:-1]) | (gap > longest_gap)
    starts = np.flatnonzero(new)
    stops = np.append(starts[1:], len(who)) - 1
    inner = np.flatnonzero(~new)
    return Sessions(who[starts], first[starts], reached[stops], order[inner], gap[inner])


def presence(begin: Reals, end: Reals, days: int) -> Reals:
    """Agents present on average in each half hour, shape (days, 48), from intervals in seconds since midnight of day 0."""
    out = np.zeros(days * HALF_HOURS)
    edges = np.arange(days * HALF_HOURS + 1) * HALF_HOUR
    for a, b in zip(begin, end, strict=True):
        low, high = int(a // HALF_HOUR), min(int(b // HALF_HOUR) + 1, len(out))
        if low < len(out):
            out[low:high] += np.clip(np.minimum(b, edges[low + 1 : high + 1]) - np.maximum(a, edges[low:high]), 0.0, None) / HALF_HOUR
    return out.reshape(days, HALF_HOURS)


def whole_agents(table: Reals) -> Reals:
    """Whole numbers of agents for a `table` (days, 48) of averages: at every moment of a day as many agent hours as it has, to half an agent."""
    sums = np.floor(np.cumsum(table, axis=1) + 0.5)
    return np.diff(sums, axis=1, prepend=0.0)


def weekly(table: Reals, weekday: Sequence[int]) -> tuple[Reals, Reals]:
    """Mean by weekday and half hour of a `table` (days, 48), and its standard error over days; shapes (7, 48).

    Zeros for a weekday without days; errors are nan with one day.
    """
    days = np.asarray(weekday)
    mean, error = np.zeros((7, HALF_HOURS)), np.zeros((7, HALF_HOURS))
    for day in range(7):
        own = table[days == day]
        if len(own):
            mean[day] = own.mean(axis=0)
            error[day] = own.std(axis=0, ddof=1) / np.sqrt(len(own)) if len(own) > 1 else np.nan
    return mean, error
