"""The calendar: from wall-clock time of the scenario's time zone to instants and back.

An instant is an integer number of microseconds since the origin, local midnight of the first day of the warm-up; it runs evenly
through changes to and from daylight saving time, so that a day lasts 23, 24 or 25 hours.  Everything that people write (hours,
schedules, profiles, days) is wall-clock time.  Between two changes of the offset from UTC the two differ by a constant: a regime.
``simcrc.model.opening`` holds opening hours as instants; ``staffing`` and ``intensity`` stand beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from simcrc.draws import FAR
from simcrc.model.opening import Interval, Opening

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario
    from simcrc.scenario.units import Hours

__all__ = ["DAY", "HALF_HOUR", "HOUR", "MINUTE", "Calendar", "Opening", "by_weekday"]

T = TypeVar("T")

Instants = npt.NDArray[np.int64]

MINUTE = 60_000_000
HALF_HOUR = 30 * MINUTE
HOUR = 60 * MINUTE
DAY = 24 * HOUR
AFTER = 56  # days after the horizon for which opening hours are known, so that one can wait for an opening
BEFORE = 14  # days before the origin for which holidays are known, so that the first days may be the days after one
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, eq=False)
class Calendar:
    """The days of a run, warm-up included.

    `origin`: local midnight that begins the first day, aware.  `start`, `end`: instants that bound the measured period.
    `dates`: the local days; day i lasts from `midnights[i]` to `midnights[i + 1]`.  `is_holiday`, `after_holiday` (the first
    weekday, not itself a holiday, after a holiday) by day.  `months`: labels such as "2006-04" of the measured period.
    `holidays`: also those shortly before and after.  `month_of_day`: index into `months`, -1 in the warm-up, by day.
    `changes`, `shifts`: regime j holds from changes[j - 1] to changes[j], and in it wall clock = instant + shifts[j].
    """

    origin: datetime
    start: int
    end: int
    dates: tuple[date, ...]
    midnights: list[int]
    is_holiday: tuple[bool, ...]
    after_holiday: tuple[bool, ...]
    months: tuple[str, ...]
    holidays: frozenset[date]
    changes: Instants
    shifts: Instants
    month_of_day: Instants

    @classmethod
    def of(cls, scenario: Scenario) -> Calendar:
        """The calendar of `scenario`: its time zone, warm-up, measured period and holidays.  ValueError for an unknown code of holidays or an empty period."""
        first, last = scenario.warmup.before(scenario.start), scenario.horizon.after(scenario.start)
        return cls.between(first, scenario.start, last, str(scenario.timezone), scenario.holidays)

    @classmethod
    def between(cls, first: date, start: date, last: date, timezone: str, holidays: Iterable[date | str] = ()) -> Calendar:
        """The calendar of the days from `first` to the eve of `last`, measured from `start` on."""
        if not first <= start < last:
            raise ValueError(f"empty period: {first} {start} {last}")
        zone = ZoneInfo(timezone)
        days = (last - first).days
        dates = tuple(first + timedelta(i) for i in range(days))
        origin = _midnight(first, zone)
        midnights = [_since(origin, _midnight(first + timedelta(i), zone)) for i in range(days + 1)]
        feasts = _holidays(holidays, first - timedelta(BEFORE), last + timedelta(AFTER))
        changes, shifts = _regimes(origin, first, days + AFTER + 2)
        labels = sorted({f"{day:%Y-%m}" for day in dates if day >= start})
        index = {label: i for i, label in enumerate(labels)}
        return cls(
            origin=origin,
            start=midnights[(start - first).days],
            end=midnights[-1],
            dates=dates,
            midnights=midnights,
            is_holiday=tuple(day in feasts for day in dates),
            after_holiday=_after(dates, feasts),
            months=tuple(labels),
            holidays=feasts,
            changes=changes,
            shifts=shifts,
            month_of_day=np.array([index[f"{day:%Y-%m}"] if day >= start else -1 for day in dates], dtype=np.int64),
        )

    @property
    def even(self) -> bool:
        """Whether the wall clock runs evenly from 00:00 of the first day: no change of the offset in sight."""
        return len(self.changes) == 0 and self.shifts[0] == 0

    def local(self, t: Instants) -> Instants:
        """Wall-clock microseconds since local midnight of the first day, of the instants `t` (any shape, int64)."""
        t = np.asarray(t, dtype=np.int64)
        if self.even:
            return t
        return t + self.shifts[np.searchsorted(self.changes, t, side="right")]

    def day(self, t: Instants) -> Instants:
        """Index into `dates` of the local day of the instants `t`; beyond it after the horizon."""
        return self.local(t) // DAY

    def half_hour(self, t: Instants) -> Instants:
        """Half hour of the wall clock, 0 to 47, of the instants `t`."""
        return self.local(t) % DAY // HALF_HOUR

    def weekday(self, t: Instants) -> Instants:
        """Weekday of the instants `t`, 0 for Monday."""
        return (self.day(t) + self.dates[0].weekday()) % 7

    def month(self, t: Instants) -> Instants:
        """Index into `months` of the instants `t`; -1 outside the measured period."""
        day = self.day(t)
        month = self.month_of_day[np.clip(day, 0, len(self.dates) - 1)]
        return np.where((day >= 0) & (day < len(self.dates)), month, -1)

    def instant(self, local: datetime) -> int:
        """The instant of a local date and time (aware ones are converted).

        A time that occurs twice, when clocks go back, is its first occurrence; one that does not exist, when they go forward, is
        read with the offset before the change (``fold=0``): 02:30 becomes 03:30.
        """
        return _since(self.origin, local)

    def date_of(self, day: int) -> date:
        """The date of the local day with index `day`, also before the first and after the last of `dates`."""
        return self.dates[0] + timedelta(day)

    def spans(self, day: int, start: int, end: int) -> list[Interval]:
        """The instants at which the wall clock of local day `day` stands in [start, end), in minutes.

        One interval; none within a skipped hour, two where an hour is repeated or where the offset changes.
        """
        a, b = day * DAY + start * MINUTE, day * DAY + end * MINUTE
        if self.even:
            return [(a, b)]
        shifts, changes = self.shifts, self.changes
        low = bisect_right(changes, a - int(shifts.max()))
        high = bisect_right(changes, b - int(shifts.min()))
        out: list[Interval] = []
        for j in range(low, high + 1):
            shift = int(shifts[j])
            from_ = a - shift if j == 0 else max(a - shift, int(changes[j - 1]))
            to = b - shift if j == len(changes) else min(b - shift, int(changes[j]))
            if from_ < to:
                out.append((from_, to))
        return out

    def opening(self, hours: Hours, open_on_holidays: bool, outages: Iterable[Interval] = ()) -> Opening:
        """Written `hours` as instants, until AFTER days past the horizon; closed on holidays unless `open_on_holidays`, and in `outages`."""
        days = range(len(self.dates) + AFTER)
        closed = frozenset() if open_on_holidays else self.holidays
        if hours.always and not any(self.date_of(day) in closed for day in days):
            return Opening.of([(-FAR, FAR)], outages)
        whole = ((0, 1440),)
        first = self.dates[0].weekday()
        intervals: list[Interval] = []
        for day in days:
            if self.date_of(day) not in closed:
                for a, b in whole if hours.always else hours.week[(first + day) % 7]:
                    intervals += self.spans(day, a, b)
        return Opening.of(intervals, outages)


def by_weekday(values: Mapping[tuple[int, ...], T], missing: T) -> list[T]:
    """One value for each weekday from a mapping of groups of weekdays; `missing` for those that no group names."""
    return [next((value for group, value in values.items() if weekday in group), missing) for weekday in range(7)]


def _since(origin: datetime, local: datetime) -> int:
    """Microseconds from `origin` to `local`, counted in UTC: Python subtracts two times of one zone by their wall clocks."""
    if local.tzinfo is None:
        local = local.replace(tzinfo=origin.tzinfo)
    return (local.astimezone(UTC) - origin.astimezone(UTC)) // _MICROSECOND


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which `day` begins: where 00:00 is skipped that of the change, where it occurs twice the second."""
    return max(datetime.combine(day, time(fold=fold), zone).astimezone(UTC) for fold in (0, 1)).astimezone(zone)


def _regimes(origin: datetime, first: date, days: int) -> tuple[Instants, Instants]:
    """Instants at which the offset from UTC changes within `days` days after `origin`; wall clock minus instant between them."""
    utc, midnight = origin.astimezone(UTC), datetime.combine(first, time())

    def shift(t: int) -> int:
        wall = (utc + timedelta(microseconds=t)).astimezone(origin.tzinfo).replace(tzinfo=None)
        return (wall - midnight) // _MICROSECOND - t

    changes: list[int] = []
    shifts = [shift(0)]
    for a, b in pairwise(range(0, days * DAY + 1, DAY)):
        if shift(b) != shift(a):
            low, high = a, b
            while high - low > 1_000_000:  # changes fall on whole seconds
                middle = (low + high) // 2_000_000 * 1_000_000
                low, high = (middle, high) if shift(middle) == shift(a) else (low, middle)
            changes.append(high)
            shifts.append(shift(b))
    return np.array(changes, dtype=np.int64), np.array(shifts, dtype=np.int64)


def _holidays(written: Iterable[date | str], first: date, last: date) -> frozenset[date]:
    """The holidays from `first` to `last`, from dates and codes: a country ("CA") or one of its subdivisions ("CA-QC")."""
    out: set[date] = set()
    for entry in written:
        if isinstance(entry, date):
            out.add(entry)
            continue
        from holidays import country_holidays

        country, _, subdivision = entry.partition("-")
        try:
            known = country_holidays(country, subdiv=subdivision or None, years=range(first.year, last.year + 1))
        except (NotImplementedError, KeyError) as unknown:
            raise ValueError(f"unknown code of holidays: {entry}") from unknown
        out.update(known)
    return frozenset(day for day in out if first <= day <= last)


def _after(dates: tuple[date, ...], holidays: frozenset[date]) -> tuple[bool, ...]:
    """For each day, whether it is the first weekday, not a holiday, after a holiday."""
    out = []
    after = False
    for day in (*(dates[0] - timedelta(i) for i in range(BEFORE, 0, -1)), *dates):
        free = day in holidays
        works = day.weekday() < 5 and not free
        out.append(after and works)
        after = free or (after and not works)
    return tuple(out[BEFORE:])
