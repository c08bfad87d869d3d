"""Hours of the week in which more work comes than the staff on duty can do, and weeks in which it does so on the whole.

Half hours that follow one another are taken together: what comes in the first is still there in the next.  A peak lasts an hour at least and is above the staff
time beyond what chance does: by two and a half standard errors over the replications, and never less than what a Poisson stream of so many contacts would
scatter.  Weekdays with peaks at much the same hours make one peak, of the hours that they have in common.  ``simcrc.experiment.overload`` gathers the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.overload import Loads, Overload, names
from simcrc.model.calendar import HALF_HOUR

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes

Reals = npt.NDArray[np.float64]
Pool = tuple[list[int], list[int]]

LEAST = 2
"""Half hours of a peak, at least."""
NEARLY = 0.95
"""A half hour between two above 1 that has at least this load belongs to the peak."""
BEYOND = 2.5
"""Standard errors by which the load of a peak is above 1."""
ABOVE = 1.05
"""The least load of a peak: less than that hardly makes a queue."""
ALIKE = 0.6
"""Peaks of two weekdays are one when the hours that they have in common are this part of the hours of either."""
LEFT = 0.1
"""A queue is not empty at the end of the day with more than this many waiting for each agent (and one at least)."""
SPREAD = 1.5
"""Standard deviation of the work of a contact stream over that of as many contacts, ÷ the mean work of one: Poisson, handle times of cv about 1."""


@dataclass(frozen=True)
class Range:
    """Half hours `first` to `last` (not included) of a weekday."""

    weekday: int
    first: int
    last: int

    def common(self, other: Range) -> int:
        """How many half hours of the day both have."""
        return max(0, min(self.last, other.last) - max(self.first, other.first))


def lasting(axes: Axes, loads: Loads, pool: Pool) -> list[Overload]:
    """The pool, when over the whole week more work comes than its staff can do."""
    work, duty = _work(loads, pool), loads.duty[:, pool[1]].sum(axis=(1, 2)).astype(np.float64)
    load, error = _ratio(work.sum(axis=2).sum(axis=1), duty, _contacts(loads, pool))
    if not load - BEYOND * error > 1.0:
        return []
    return [Overload("lasting", *_named(axes, loads, pool), load)]


def peaks(axes: Axes, loads: Loads, pool: Pool) -> list[Overload]:
    """The peaks of the pool, the longest part of the week first."""
    work, duty = _work(loads, pool).sum(axis=1), loads.duty[:, pool[1]].sum(axis=1, dtype=np.float64)
    ranges = [found for found in _ranges(work.sum(axis=0), duty.sum(axis=0)) if _above(loads, pool, work, duty, [found])]
    out = []
    crew = duty.sum(axis=0) / _often(axes, loads, range(336))
    for group in _grouped(ranges):
        first, last = max(each.first for each in group), min(each.last for each in group)
        hours = _slots([Range(each.weekday, first, last) for each in group])
        load, _ = _ratio(work[:, hours].sum(axis=1), duty[:, hours].sum(axis=1), 1.0)
        days = tuple(each.weekday for each in group)
        closing = _closing(duty.sum(axis=0), days)
        left = _mean_queue(axes, loads, pool, closing) < max(1.0, LEFT * float(crew[closing].mean()))
        about = {"weekdays": days, "start": first * 30, "end": last * 30, "queue": _mean_queue(axes, loads, pool, hours), "empties": left}
        out.append(Overload("hours", *_named(axes, loads, pool), load, **about))  # type: ignore[arg-type]
    return sorted(out, key=lambda found: -len(found.weekdays) * ((found.end or 0) - (found.start or 0)))


def _named(axes: Axes, loads: Loads, pool: Pool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    work = _work(loads, pool).sum(axis=(0, 2))
    return names(axes, [pool[0][k] for k in np.argsort(-work, kind="stable")], pool[1])


def _work(loads: Loads, pool: Pool) -> Reals:
    """Work that comes, in microseconds: shape (replications, stations of the pool, 336)."""
    return np.asarray(loads.offered[:, pool[0]] * loads.work[:, pool[0], None], dtype=np.float64)


def _contacts(loads: Loads, pool: Pool, slots: Sequence[int] | None = None) -> float:
    offered = loads.offered[:, pool[0]]
    return float((offered if slots is None else offered[:, :, slots]).sum())


def _ratio(work: Reals, duty: Reals, contacts: float) -> tuple[float, float]:
    """Work ÷ duty, sums first, and its standard error: over replications, but no less than a Poisson stream of so many contacts has."""
    above, below, n = float(work.sum()), float(duty.sum()), len(work)
    if below <= 0 or contacts <= 0:
        return (np.inf if above > 0 else 0.0), 0.0
    load = above / below
    over = float(np.sqrt(n / max(1, n - 1) * ((work - load * duty) ** 2).sum()) / below) if n > 1 else 0.0
    return load, max(over, load * SPREAD / np.sqrt(contacts))


def _above(loads: Loads, pool: Pool, work: Reals, duty: Reals, group: Sequence[Range]) -> bool:
    slots = _slots(group)
    load, error = _ratio(work[:, slots].sum(axis=1), duty[:, slots].sum(axis=1), _contacts(loads, pool, slots))
    return np.isfinite(load) and load >= ABOVE and load - BEYOND * error > 1.0


def _ranges(work: Reals, duty: Reals) -> list[Range]:
    """Half hours of one weekday that follow one another, with more work than duty; agents are there in all of them."""
    out = []
    for weekday in range(7):
        day = slice(48 * weekday, 48 * weekday + 48)
        there = duty[day] > 0
        load = np.where(there, work[day] / np.where(there, duty[day], 1.0), 0.0)
        above = load >= 1.0
        between = (load >= NEARLY) & np.roll(above, 1) & np.roll(above, -1)
        edges = np.flatnonzero(np.diff((above | between).astype(np.int64), prepend=0, append=0))
        out += [Range(weekday, int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= LEAST]
    return out


def _grouped(ranges: Sequence[Range]) -> list[list[Range]]:
    """Ranges of several weekdays that are much alike, together."""
    groups: list[list[Range]] = []
    for each in ranges:
        for group in groups:
            near = all(each.common(other) >= ALIKE * max(each.last - each.first, other.last - other.first) for other in group)
            apart = all(each.weekday != other.weekday for other in group)
            wide = min(*(other.last for other in group), each.last) - max(*(other.first for other in group), each.first) >= LEAST
            if near and apart and wide:
                group.append(each)
                break
        else:
            groups.append([each])
    return groups


def _slots(ranges: Sequence[Range]) -> list[int]:
    return [48 * each.weekday + half for each in ranges for half in range(each.first, each.last)]


def _closing(duty: Reals, days: Sequence[int]) -> list[int]:
    """The last half hour of each of these weekdays with somebody on duty."""
    return [48 * day + int(np.flatnonzero(duty[48 * day : 48 * day + 48])[-1]) for day in days]


def _often(axes: Axes, loads: Loads, slots: Sequence[int]) -> Reals:
    """Microseconds of these half hours of the week in all replications, holidays included."""
    count = np.bincount(axes.slot[axes.slot >= 0], minlength=336)[list(slots)] * len(loads.queue)
    return np.maximum(count, 1).astype(np.float64) * HALF_HOUR


def _mean_queue(axes: Axes, loads: Loads, pool: Pool, slots: Sequence[int]) -> float:
    """How many wait on the mean in these half hours, at all the stations of the pool."""
    return float(loads.queue[:, pool[0]][:, :, slots].sum()) / float(_often(axes, loads, slots).sum())
