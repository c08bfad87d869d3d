"""The shares of the channels by month, of each arm; what they change to over the run or beside the base; and the measures that start during it.

A year or more apart, months are compared with the same months: the first twelve with the last twelve.  Beside a base nothing of the season is left, since both
arms have it.  ``shares`` is the picture, ``shares_drawing`` draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.contrasts import of_sums
from simcrc.experiment.statistics import LEVEL, Estimate
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject
    from simcrc.scenario.units import Text

Reals = npt.NDArray[np.float64]
SHARE, FIRST = "channel_share", "first_channel_share"
YEAR = 12
FEW = 10
MOST = 9
"""Channels that are drawn."""


@dataclass(frozen=True)
class Mark:
    """A measure, or a policy, that starts in the period: where along the months (0: the first day of the first), its day, its name, and the names of the
    arms that have it."""

    at: float
    day: date
    name: Words
    arms: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Change:
    """By how much the share of a channel differs: in the last months of an arm from the first ones, or from those of the base; `was`, `now`: the shares."""

    arm: str
    channel: str
    was: float
    now: float
    estimate: Estimate

    @property
    def clear(self) -> bool:
        """Whether the interval is on one side of 0."""
        low, high = self.estimate.low, self.estimate.high
        return low is not None and high is not None and (low > 0 or high < 0)


def months_of(arm: Arm) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The months of the measured period, ``2006-04``; and apart from them those of which fewer than ``FEW`` days are in it, if there are others: the shares
    of a weekend are not those of a month."""
    axes = arm.totals.axes
    inside = axes.month >= 0
    days = np.bincount(np.unique(np.stack([axes.month[inside], axes.day[inside]]), axis=1)[0], minlength=axes.size("month"))
    there = [(label, int(count)) for label, count in zip(axes.labels["month"], days, strict=True) if count > 0]
    kept = tuple(label for label, count in there if count >= FEW) or tuple(label for label, _ in there)
    return kept, tuple(label for label, _ in there if label not in kept)


def channels_of(subject: Subject) -> list[str]:
    """The channels that any arm uses, in the order of the scenarios."""
    known = dict.fromkeys(name for arm in subject.arms for name in arm.scenario.channels)
    used = {channel for arm in subject.arms for channel in known if (arm.mean(SHARE, channel) or 0.0) > 0}
    return [channel for channel in known if channel in used]


def largest(subject: Subject, channels: Sequence[str]) -> list[str]:
    """The ``MOST`` channels with the largest shares in any arm, in their order."""
    size = {channel: max(arm.mean(SHARE, channel) or 0.0 for arm in subject.arms) for channel in channels}
    kept = sorted(channels, key=lambda channel: -size[channel])[:MOST]
    return [channel for channel in channels if channel in kept]


def monthly(arm: Arm, channel: str, months: Sequence[str], indicator: str = SHARE) -> Reals:
    """The share of a channel by month with its interval, shape (3, months): mean, low, high; nan where there is none."""
    out = np.full((3, len(months)), np.nan)
    found = arm.of(indicator)
    found = found[(found["channel"] == channel) & found["segment"].isna() & found["service"].isna() & found["reason"].isna()]
    for period, *figures in found[["period", "mean", "low", "high"]].itertuples(index=False, name=None):
        if period in months:
            out[:, months.index(period)] = figures
    return out


def window(months: Sequence[str]) -> int:
    """How many months make the beginning, and the end: a year of two or more; else one."""
    return YEAR if len(months) >= 2 * YEAR else 1


def changes(subject: Subject, channels: Sequence[str], months: Sequence[str]) -> list[Change]:
    """What the shares of each arm but the base differ by from the base over the last year, or the whole of a shorter run; of a single arm, by how much the end
    differs from the beginning.  Intervals hold together."""
    count = max(1, len(channels) * max(1, len(subject.others)))
    level = 1 - (1 - LEVEL) / count
    if not subject.others:
        n = window(months)
        over, under = _sums(subject.base, channels, months[:n])
        now, of_now = _sums(subject.base, channels, months[-n:])
        return [Change("base", channel, *_compared(over[:, k], under, now[:, k], of_now, level)) for k, channel in enumerate(channels)]
    last = months[-YEAR:] if len(months) > YEAR else None
    over, under = _sums(subject.base, channels, last)
    out = []
    for arm in subject.others:
        now, of_now = _sums(arm, channels, last)
        out += [Change(arm.name, channel, *_compared(over[:, k], under, now[:, k], of_now, level, subject.paired)) for k, channel in enumerate(channels)]
    return out


def _sums(arm: Arm, channels: Sequence[str], months: Sequence[str] | None) -> tuple[Reals, Reals]:
    """The contacts of each channel in the months, all of them where none are named, shape (replications, channels); and those of all channels."""
    from simcrc.indicators.common import CONTACTS

    labels = arm.totals.axes.labels
    found = CONTACTS.cells(arm.totals, ("channel", "month"))
    assert found is not None
    kept = [k for k, label in enumerate(labels["month"]) if months is None or label in months]
    by_channel = found[:, :, kept].sum(axis=2)
    index = [labels["channel"].index(channel) if channel in labels["channel"] else -1 for channel in channels]
    own = np.stack([by_channel[:, k] if k >= 0 else np.zeros(len(found)) for k in index], axis=1)
    return own, by_channel.sum(axis=1)


def _compared(was: Reals, of: Reals, now: Reals, of_now: Reals, level: float, paired: bool = True) -> tuple[float, float, Estimate]:
    """The share at first, at last, and the difference; without an interval where replications do not meet the same citizens."""
    if paired and len(was) == len(now):
        difference = of_sums(lambda a, b, c, d: c / d - a / b, was, of, now, of_now, level=level).at()
        if difference.low is not None and difference.low == difference.high == 0.0:
            difference = Estimate(0.0, 0.0, 0.0, difference.replications)
    else:
        difference = Estimate(float(now.sum() / of_now.sum() - was.sum() / of.sum()), None, None, len(now))
    return float(was.sum() / of.sum()), float(now.sum() / of_now.sum()), difference


def marks(subject: Subject, months: Sequence[str]) -> list[Mark]:
    """The measures of the policies of all arms that start within the months, by day."""
    starts = ((entry.at, entry.name or policy.name, arm.name) for arm in subject.arms for policy in arm.scenario.policies for entry in policy.measures)
    return _marks(starts, months)


def policies(subject: Subject, months: Sequence[str]) -> list[Mark]:
    """The policies of all arms that have measures, each where its first one starts, if that is within the months."""
    starts = (
        (min(entry.at for entry in policy.measures), policy.name, arm.name) for arm in subject.arms for policy in arm.scenario.policies if policy.measures
    )
    return _marks(starts, months)


def _marks(starts: Iterable[tuple[date, Text, str]], months: Sequence[str]) -> list[Mark]:
    """What starts within the months, each once with the arms that have it."""
    found: dict[tuple[date, str, str], list[str]] = {}
    for day, name, arm in starts:
        found.setdefault((day, name.fr, name.en), []).append(arm)
    placed = ((position(day, months), day, Words(fr, en), tuple(dict.fromkeys(arms))) for (day, fr, en), arms in sorted(found.items()))
    return [Mark(at, day, name, arms) for at, day, name, arms in placed if at is not None]


def position(day: date, months: Sequence[str]) -> float | None:
    """Where a day stands along the months, 0 at the first day of the first; None where it is not within them."""
    from calendar import monthrange

    label = f"{day.year:04d}-{day.month:02d}"
    return months.index(label) + (day.day - 1) / monthrange(day.year, day.month)[1] if label in months else None
