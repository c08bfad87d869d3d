"""The needs of one service that are expected: year, season, weekday, time of day, holidays and surges, by half hour of each day.

The rate is constant within a half hour.  An ``Intensity`` knows nothing of chance: ``simcrc.model.demand`` draws needs from it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.model.calendar import HALF_HOUR, Calendar, by_weekday

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario
    from simcrc.scenario.services import Profile, Surge, Volume

Reals = npt.NDArray[np.float64]
Instants = npt.NDArray[np.int64]

YEAR = 365.25  # days
PIECES = 48
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_DAYS = np.array([28.25 if m == 2 else monthrange(2001, m)[1] for m in range(1, 13)])


@dataclass(frozen=True, slots=True)
class Pulse:
    """A surge in instants: from `start` to `end` the rate is multiplied by `factor`; what that adds halves every `half_life`
    microseconds (None: does not fade)."""

    start: int
    end: int
    factor: float
    half_life: int | None

    def means(self, edges: Instants) -> Reals:
        """The mean factor over each piece between `edges`."""
        a = np.clip(edges[:-1], self.start, self.end) - self.start
        b = np.clip(edges[1:], self.start, self.end) - self.start
        if self.half_life is None:
            added = (b - a).astype(np.float64)
        else:
            k = log(2) / self.half_life
            added = (np.exp(-k * a) - np.exp(-k * b)) / k
        return 1.0 + (self.factor - 1.0) * added / np.diff(edges)


@dataclass(frozen=True, eq=False)
class Intensity:
    """The needs of one service that are expected.

    `days`: expected needs of each day before surges, shape (days,).  `week`: share of each half hour in its day, shape (7, 48), rows
    that add up to 1 (or to 0, where nothing arises).  `pulses`: the surges that touch the service.
    """

    calendar: Calendar
    days: Reals
    week: Reals
    pulses: tuple[Pulse, ...]

    @classmethod
    def of(cls, scenario: Scenario, calendar: Calendar, service: str) -> Intensity:
        """The intensity of `service`; zero without a volume."""
        pulses = tuple(p for surge in scenario.surges if surge.services is None or service in surge.services for p in _pulses(surge, calendar))
        volume = scenario.services[service].volume
        if volume is None:
            return cls(calendar, np.zeros(len(calendar.dates)), np.full((7, PIECES), 1 / PIECES), pulses)
        profile = scenario.profiles[volume.profile] if isinstance(volume.profile, str) else volume.profile
        shape = week_shape(profile)
        totals = shape.sum(axis=1)
        weekdays = _mean_one(totals * np.array(by_weekday(volume.weekdays, 1.0)), np.ones(7))
        season = _mean_one(np.array([volume.season.get(month, 1.0) for month in MONTHS]), MONTH_DAYS)  # type: ignore[call-overload]
        mean = daily_mean(volume)
        days = np.array(
            [
                mean * season[day.month - 1] * weekdays[day.weekday()] * (volume.on_holidays if free else 1.0)
                for day, free in zip(calendar.dates, calendar.is_holiday, strict=True)
            ]
        )
        return cls(calendar, days, shape / np.where(totals > 0, totals, 1.0)[:, None], pulses)

    def pieces(self, day: int) -> tuple[Instants, Reals]:
        """Edges of the pieces of `day`, shape (pieces + 1,), and the needs expected in each.

        A day of 23 or 25 hours has the needs of its date all the same, spread by the wall clock.  A surge acts on each piece by its
        mean over it; several multiply.
        """
        first, last = self.calendar.midnights[day], self.calendar.midnights[day + 1]
        edges = np.append(np.arange(first, last, HALF_HOUR, dtype=np.int64), last)
        row = self.week[self.calendar.dates[day].weekday()]
        if last - first == PIECES * HALF_HOUR:
            expected = self.days[day] * row
        else:
            weights = row[(self.calendar.local(edges[:-1]) // HALF_HOUR) % PIECES] * np.diff(edges)
            total = weights.sum()
            expected = self.days[day] * weights / total if total > 0 else weights
        for pulse in self.pulses:
            if pulse.start < last and first < pulse.end:
                expected = expected * pulse.means(edges)
        return edges, expected

    def total(self, days: Iterable[int]) -> float:
        """The needs expected on `days`, surges included."""
        return float(sum(self.pieces(day)[1].sum() for day in days))


def daily_mean(volume: Volume) -> float:
    """Needs of the mean day; a year has 365.25 days."""
    if volume.per_year is not None:
        return volume.per_year / YEAR
    return (volume.per_day or 0.0) + 24 * (volume.per_hour or 0.0) + 1440 * (volume.per_minute or 0.0)


def week_shape(profile: Profile | None) -> Reals:
    """The weights of the half hours of a week, shape (7, 48); flat without a profile, 0 on weekdays that a profile leaves out."""
    if profile is None:
        return np.ones((7, PIECES))
    return np.array(by_weekday(profile.week, (0.0,) * PIECES), dtype=np.float64)


def _pulses(surge: Surge, calendar: Calendar) -> list[Pulse]:
    if surge.after_holidays:
        starts = [calendar.midnights[day] for day, after in enumerate(calendar.after_holiday) if after]
    else:
        starts = [] if surge.at is None else [calendar.instant(surge.at)]
    return [Pulse(start, start + surge.lasts, surge.factor, surge.half_life) for start in starts]


def _mean_one(factors: Reals, weights: Reals) -> Reals:
    """`factors` over their mean weighted by `weights`.  ValueError when all are zero."""
    mean = float((factors * weights).sum() / weights.sum())
    if mean <= 0:
        raise ValueError("all factors of demand are zero")
    return factors / mean
