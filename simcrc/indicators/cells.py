"""One cell of the table of results, found by names: which breakdown of an indicator has it, and at which index.

The same names as in ``Results.estimate``: a channel, ``channel.site``, ``channel>channel`` or ``team:name``, a service, a segment, a reason, a period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simcrc.indicators.expressions import By
from simcrc.indicators.indicator import Indicator

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes

Period = Literal["slot", "month", "day"]

SECONDS = {"s": 1.0, "h": 3_600.0, "days": 86_400.0}
"""Seconds in the units of indicators that are lengths of time."""
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
    """The axis of a period by its form: ``Mon 08:30``, ``2006-04``, ``2006-04-03``; None for anything else."""
    return next((axis for axis, form in _PERIODS if re.fullmatch(form, period)), None)


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
    """The index of the cell `where` along the axes of its breakdown `by`; None when a name is not on its axis."""
    names: dict[str, str | None] = {"service": where.service, "segment": where.segment, "reason": where.reason}
    found: list[int] = []
    for axis in by:
        name = names.get(axis, where.period if axis in ("slot", "month", "day") else where.channel)
        if name not in axes.labels[axis]:
            return None
        found.append(axes.labels[axis].index(name))
    return tuple(found)
