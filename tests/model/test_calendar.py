"""From the wall clock to instants: daylight saving time, leap years, holidays, opening hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from simcrc.draws import FAR
from simcrc.model.calendar import AFTER, DAY, HALF_HOUR, HOUR, MINUTE, Calendar, by_weekday
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.units import Hours

TORONTO = "America/Toronto"
ZONES = ["UTC", TORONTO, "Europe/Paris", "America/St_Johns", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata"]


def year_2006() -> Calendar:
    return Calendar.between(date(2006, 1, 2), date(2006, 4, 3), date(2007, 4, 2), TORONTO, ("CA-QC",))


def test_bounds_of_a_scenario(make: Callable[..., Scenario]) -> None:
    calendar = Calendar.of(make(timezone=TORONTO, warmup="13 weeks"))
    assert calendar.origin == datetime(2006, 1, 2, tzinfo=ZoneInfo(TORONTO))
    assert (calendar.dates[0], calendar.dates[-1], len(calendar.dates)) == (date(2006, 1, 2), date(2007, 4, 1), 455)
    assert calendar.start == 91 * DAY - HOUR  # clocks went forward on 2 April
    assert calendar.end == 455 * DAY - HOUR  # and on 11 March after they had gone back on 29 October
    assert calendar.months[0] == "2006-04"
    assert calendar.months[-1] == "2007-04"
    assert len(calendar.months) == 13


@pytest.mark.parametrize("zone", ZONES)
def test_wall_clock_agrees_with_zoneinfo(zone: str) -> None:
    first = date(2006, 1, 1)
    calendar = Calendar.between(first, first, date(2008, 1, 1), zone)
    t = np.arange(-3 * HOUR, calendar.end + 30 * DAY, 7 * HOUR // 2 + 13 * MINUTE, dtype=np.int64)
    t = t[t >= 0]
    start = calendar.origin.astimezone(UTC)
    wall = [(start + timedelta(microseconds=int(x))).astimezone(ZoneInfo(zone)).replace(tzinfo=None) for x in t]
    assert [(w - datetime(2006, 1, 1)) // timedelta(microseconds=1) for w in wall] == calendar.local(t).tolist()
    assert [w.weekday() for w in wall] == calendar.weekday(t).tolist()
    assert [w.hour * 2 + w.minute // 30 for w in wall] == calendar.half_hour(t).tolist()
    assert [(w.date() - first).days for w in wall] == calendar.day(t).tolist()


@pytest.mark.parametrize("zone", ZONES)
def test_spans_cover_each_day_by_the_wall_clock(zone: str) -> None:
    calendar = Calendar.between(date(2006, 1, 1), date(2006, 1, 1), date(2008, 1, 1), zone)
    for day in range(len(calendar.dates)):
        for minute in (0, 90, 120, 1380):
            for start, end in calendar.spans(day, minute, minute + 60):
                probe = np.array([start, end - 1], dtype=np.int64)
                local = calendar.local(probe) - day * DAY
                assert minute * MINUTE <= local[0] <= local[1] < (minute + 60) * MINUTE
    whole = sorted(span for day in range(len(calendar.dates)) for span in calendar.spans(day, 0, 1440))
    assert whole[0][0] == 0
    assert all(a[1] == b[0] for a, b in pairwise(whole)), "no instant left out, none twice"
    assert whole[-1][1] == calendar.end


def test_days_of_23_and_25_hours() -> None:
    calendar = year_2006()
    hours = {day: (b - a) / HOUR for day, a, b in zip(calendar.dates, calendar.midnights, calendar.midnights[1:], strict=False)}
    assert {day: h for day, h in hours.items() if h != 24} == {date(2006, 4, 2): 23, date(2006, 10, 29): 25, date(2007, 3, 11): 23}


def test_spans_in_the_skipped_and_the_repeated_hour() -> None:
    calendar = year_2006()
    spring, autumn = calendar.dates.index(date(2006, 4, 2)), calendar.dates.index(date(2006, 10, 29))
    m = calendar.midnights[spring]
    assert calendar.spans(spring, 120, 180) == []
    assert calendar.spans(spring, 90, 210) == [(m + 90 * MINUTE, m + 120 * MINUTE), (m + 120 * MINUTE, m + 150 * MINUTE)]
    m = calendar.midnights[autumn]
    assert calendar.spans(autumn, 60, 90) == [(m + HOUR, m + 90 * MINUTE), (m + 2 * HOUR, m + 150 * MINUTE)]


def test_instants_of_times_that_do_not_exist_or_occur_twice() -> None:
    calendar = year_2006()
    spring, autumn = calendar.dates.index(date(2006, 4, 2)), calendar.dates.index(date(2006, 10, 29))
    assert calendar.instant(datetime(2006, 4, 2, 2, 30)) == calendar.instant(datetime(2006, 4, 2, 3, 30))
    assert calendar.instant(datetime(2006, 4, 2, 3, 30)) == calendar.midnights[spring] + 150 * MINUTE
    assert calendar.instant(datetime(2006, 10, 29, 1, 30)) == calendar.midnights[autumn] + 90 * MINUTE
    assert calendar.instant(datetime(2006, 1, 2, 13, tzinfo=UTC)) == 8 * HOUR


def test_a_day_whose_midnight_is_skipped_or_repeated() -> None:
    skipped = Calendar.between(date(2016, 10, 16), date(2016, 10, 16), date(2016, 10, 18), "America/Sao_Paulo")
    assert skipped.midnights == [0, 23 * HOUR, 47 * HOUR]
    assert int(skipped.local(np.array(0))) == HOUR
    repeated = Calendar.between(date(2006, 10, 28), date(2006, 10, 28), date(2006, 10, 30), "America/St_Johns")  # 00:01 back to 23:01
    assert repeated.midnights == [0, 25 * HOUR, 49 * HOUR]


def test_leap_year() -> None:
    calendar = Calendar.between(date(2024, 1, 1), date(2024, 1, 1), date(2025, 1, 1), "UTC")
    assert (len(calendar.dates), calendar.end, calendar.dates[59]) == (366, 366 * DAY, date(2024, 2, 29))
    counts = np.bincount(calendar.month(np.arange(366, dtype=np.int64) * DAY))
    assert counts.tolist() == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_month_is_of_the_measured_period_only() -> None:
    calendar = year_2006()
    edges = np.array([0, calendar.start - 1, calendar.start, calendar.end - 1, calendar.end], dtype=np.int64)
    assert calendar.month(edges).tolist() == [-1, -1, 0, 12, -1]


def test_holidays_of_quebec() -> None:
    calendar = year_2006()
    holidays = {day for day, free in zip(calendar.dates, calendar.is_holiday, strict=True) if free}
    assert {date(2006, 5, 22), date(2006, 6, 24), date(2006, 7, 1), date(2006, 9, 4), date(2006, 10, 9), date(2006, 12, 25), date(2007, 1, 1)} <= holidays
    after = {day for day, yes in zip(calendar.dates, calendar.after_holiday, strict=True) if yes}
    assert {date(2006, 1, 3), date(2006, 5, 23), date(2006, 6, 26), date(2006, 7, 3), date(2006, 9, 5), date(2006, 12, 26), date(2007, 1, 2)} <= after
    assert not after & holidays


def test_holidays_by_date_and_the_day_after() -> None:
    written = (date(2005, 12, 30), date(2006, 1, 5), date(2006, 1, 6))
    calendar = Calendar.between(date(2006, 1, 1), date(2006, 1, 1), date(2006, 1, 15), "UTC", written)
    assert [day.day for day, free in zip(calendar.dates, calendar.is_holiday, strict=True) if free] == [5, 6]
    assert [day.day for day, yes in zip(calendar.dates, calendar.after_holiday, strict=True) if yes] == [2, 9]


def test_unknown_code_and_empty_period() -> None:
    with pytest.raises(ValueError, match="ZZ-QC"):
        Calendar.between(date(2006, 1, 1), date(2006, 1, 1), date(2006, 1, 2), "UTC", ("ZZ-QC",))
    with pytest.raises(ValueError, match="empty"):
        Calendar.between(date(2006, 1, 1), date(2006, 1, 1), date(2006, 1, 1), "UTC")


def test_opening_hours_over_daylight_saving_time() -> None:
    calendar = year_2006()
    opening = calendar.opening(Hours.parse("Mon-Fri 08:30-16:30"), open_on_holidays=False)
    for day in (date(2006, 1, 3), date(2006, 4, 3), date(2006, 10, 30), date(2007, 3, 12)):
        begins, ends = datetime(day.year, day.month, day.day, 8, 30), datetime(day.year, day.month, day.day, 16, 30)
        assert opening.next_open(calendar.midnights[calendar.dates.index(day)]) == calendar.instant(begins)
        assert opening.closes_at(calendar.instant(begins)) == calendar.instant(ends)
        assert not opening.is_open(calendar.instant(begins) - 1)
        assert not opening.is_open(calendar.instant(ends))


def test_opening_hours_on_holidays_and_after_the_horizon() -> None:
    calendar = year_2006()
    hours = Hours.parse("Mon-Fri 08:30-16:30")
    eve = calendar.instant(datetime(2006, 5, 19, 16, 30))
    assert calendar.opening(hours, open_on_holidays=False).next_open(eve) == calendar.instant(datetime(2006, 5, 23, 8, 30))
    assert calendar.opening(hours, open_on_holidays=True).next_open(eve) == calendar.instant(datetime(2006, 5, 22, 8, 30))
    opening = calendar.opening(hours, open_on_holidays=False)
    assert opening.next_open(calendar.end) == calendar.instant(datetime(2007, 4, 2, 8, 30))
    assert opening.next_open(calendar.instant(datetime(2007, 4, 5, 17))) == calendar.instant(datetime(2007, 4, 9, 8, 30))  # Good Friday
    assert opening.next_open(calendar.end + AFTER * DAY) == FAR


def test_hours_over_midnight_are_one_interval() -> None:
    calendar = year_2006()
    opening = calendar.opening(Hours.parse("Sat 20:00-02:00"), open_on_holidays=True)
    at = calendar.instant(datetime(2006, 1, 7, 20))
    assert opening.closes_at(at) == at + 6 * HOUR
    night = calendar.instant(datetime(2006, 10, 28, 20))
    assert opening.open_time(night, night + DAY) == 7 * HOUR, "the hour from 01:00 to 02:00 occurs twice"
    night = calendar.instant(datetime(2006, 4, 1, 20))
    assert opening.closes_at(night) == night + 6 * HOUR, "02:00 is skipped, after closing"


def test_always_open() -> None:
    calendar = year_2006()
    hours = Hours.parse("24/7")
    assert calendar.opening(hours, open_on_holidays=True).always
    closed = calendar.opening(hours, open_on_holidays=False)
    at = calendar.instant(datetime(2006, 12, 25))
    assert (closed.always, closed.is_open(at - 1), closed.is_open(at), closed.next_open(at)) == (False, True, False, at + DAY)
    down = calendar.opening(hours, True, [(at, at + HOUR)])
    assert (down.always, down.next_open(at), down.open_time(at - HOUR, at + 2 * HOUR)) == (False, at + HOUR, 2 * HOUR)
    assert not calendar.opening(Hours.parse("closed"), True).starts


def test_values_by_weekday() -> None:
    assert by_weekday({(0, 1): "a", (6,): "b"}, "-") == ["a", "a", "-", "-", "-", "-", "b"]


def test_half_hours_count_from_midnight() -> None:
    calendar = year_2006()
    t = np.array([0, HALF_HOUR - 1, HALF_HOUR, DAY - 1, DAY], dtype=np.int64)
    assert calendar.half_hour(t).tolist() == [0, 0, 1, 47, 0]
    assert calendar.half_hour(t.reshape(5, 1)).shape == (5, 1)
