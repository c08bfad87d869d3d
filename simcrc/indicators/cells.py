"""One cell of the table of results, found by names: which breakdown of an indicator has it, and at which index.

The same names as in ``Results.estimate``: a channel, ``channel.site``, ``channel>channel`` or ``team:name``, a service, a segment, a reason, a period; and
hours of the week (``Sun-Thu 07:00-24:00``), which are several half hours together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pydantic_core import PydanticCustomError

from simcrc.indicators.expressions import By
from simcrc.indicators.indicator import Indicator

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes

Period = Literal["slot", "month", "day"]

SECONDS = {"s": 1.0, "h": 3_600.0, "days": 86_400.0}
"""Seconds in the units of indicators that are lengths of time."""
_RANGE = re.compile(r"\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}")
_PERIODS: tuple[tuple[Period, str], ...] = (("slot", r"[A-Z][a-z]{2} \d{2}:\d{2}"), ("month", r"\d{4}-\d{2}"), ("day", r"\d{4}-\d{2}-\d{2}"))


@dataclass(frozen=True)
class Where:
    """Which part of an indicator is meant; None: all together."""

    channel: str | None = None
    service: str | None = None
    segment: str | None = None
    reason: str | None = None
    period: str | None = None


def period_axis(period: str) -> Period | None:
    """The axis of a period by its form: ``Mon 08:30`` and ``Sun-Thu 07:00-24:00``, ``2006-04``, ``2006-04-03``; None for anything else."""
    if hours(period) is not None:
        return "slot"
    return next((axis for axis, form in _PERIODS if re.fullmatch(form, period)), None)


def hours(period: str) -> tuple[int, ...] | None:
    """The half hours of the week (0 is Monday, midnight) in hours such as ``Sun-Thu 07:00-24:00``; None for anything else, and for hours that end within
    a half hour."""
    from simcrc.scenario.hours import Hours

    if not _RANGE.search(period):
        return None
    try:
        week = Hours.parse(period).week
    except PydanticCustomError:
        return None
    ranges = [(day * 48, start, end) for day, open_ in enumerate(week) for start, end in open_]
    if any(start % 30 or end % 30 for _, start, end in ranges):
        return None
    return tuple(slot for first, start, end in ranges for slot in range(first + start // 30, first + end // 30))


def breakdown(indicator: Indicator, where: Where) -> By | None:
    """The breakdown of `indicator` that has the cell `where`; None when it has none."""
    asked: list[frozenset[str]] = [frozenset({name}) for name in ("service", "segment", "reason") if getattr(where, name) is not None]
    if where.channel is not None:
        asked.append(_axes_of(where.channel))
    if where.period is not None:
        axis = period_axis(where.period)
        asked.append(frozenset() if axis is None else frozenset({axis}))
    return next((by for by in indicator.by if len(by) == len(asked) and all(any(axis in names for axis in by) for names in asked)), None)


def _axes_of(channel: str) -> frozenset[str]:
    """The axes that have a cell called `channel`."""
    if channel.startswith("team:"):
        return frozenset({"team"})
    if ">" in channel:
        return frozenset({"pair"})
    return frozenset({"station"} if "." in channel else {"channel", "mode"})


def index(axes: Axes, by: By, where: Where) -> tuple[int, ...] | None:
    """The index of the cell `where` along the axes of its breakdown `by`; None when a name is not on its axis, and for hours of the week (``cells``)."""
    names: dict[str, str | None] = {"service": where.service, "segment": where.segment, "reason": where.reason}
    found: list[int] = []
    for axis in by:
        name = names.get(axis, where.period if axis in ("slot", "month", "day") else where.channel)
        if name not in axes.labels[axis]:
            return None
        found.append(axes.labels[axis].index(name))
    return tuple(found)


def cells(axes: Axes, by: By, where: Where) -> tuple[int | tuple[int, ...], ...] | None:
    """As ``index``; for hours of the week the index along the axis of half hours is several."""
    together = None if where.period is None else hours(where.period)
    if not together:
        return index(axes, by, where)
    first = index(axes, by, replace(where, period=axes.labels["slot"][together[0]]))
    return None if first is None else tuple(together if axis == "slot" else each for axis, each in zip(by, first, strict=True))
