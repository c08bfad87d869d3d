"""Expected needs: the year adds up, surges integrate, days of 23 and 25 hours keep their needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from math import log
from typing import Any

import numpy as np
import pytest

from simcrc.model.calendar import DAY, Calendar
from simcrc.model.intensity import Intensity
from simcrc.scenario.scenario import Scenario

OFFICE = {"week": {"Mon-Fri": {"08:00": 2, "10:00": 5, "12:00": 3, "16:30": 0}, "Sat": {"09:00": 1, "12:00": 0}}}


def of(make: Callable[..., Scenario], volume: dict[str, Any], **parts: Any) -> tuple[Calendar, Intensity]:
    scenario = make(services={"information": {"volume": volume}}, **parts)
    calendar = Calendar.of(scenario)
    return calendar, Intensity.of(scenario, calendar, "information")


@pytest.mark.parametrize(
    "volume",
    [
        {},
        {"season": {"jan": 1.3, "jul": 0.8, "feb": 2}},
        {"profile": OFFICE, "weekdays": {"Mon": 1.4, "Sat": 0.5}, "season": {"dec": 0.2}},
        {"weekdays": {"Mon-Fri": 1, "Sat,Sun": 0.1}},
    ],
)
def test_the_mean_year_is_per_year(make: Callable[..., Scenario], volume: dict[str, Any]) -> None:
    """28 years hold each date of the year on each weekday equally often."""
    scenario = make(services={"a": {"volume": {"per_year": 900_000, **volume}}}, start=date(2001, 1, 1), horizon="28 years")
    intensity = Intensity.of(scenario, Calendar.of(scenario), "a")
    assert len(intensity.days) == 28 * 365.25
    assert intensity.days.sum() / 28 == pytest.approx(900_000, rel=1e-12)


@pytest.mark.parametrize(("volume", "mean"), [({"per_day": 60}, 60), ({"per_hour": 60}, 1440), ({"per_minute": 1.5}, 2160), ({"per_year": 36_525}, 100)])
def test_the_mean_day(make: Callable[..., Scenario], volume: dict[str, Any], mean: float) -> None:
    _, intensity = of(make, volume)
    assert intensity.days == pytest.approx([mean] * 364)
    assert intensity.pieces(3)[1] == pytest.approx([mean / 48] * 48)


def test_profile_shapes_week_and_day_and_weekdays_multiply(make: Callable[..., Scenario]) -> None:
    _, intensity = of(make, {"per_day": 100, "profile": OFFICE, "weekdays": {"Mon": 2}})
    weights = np.array([4 * 2 + 4 * 5 + 9 * 3] * 5 + [6, 0]) * [2, 1, 1, 1, 1, 1, 1]
    assert intensity.days[:7] == pytest.approx(weights / weights.mean() * 100)
    _, monday = intensity.pieces(0)
    assert monday[16:34] / monday[16] == pytest.approx([1] * 4 + [2.5] * 4 + [1.5] * 9 + [0])
    assert not monday[:16].any()
    assert not intensity.pieces(6)[1].any()


def test_days_of_23_and_25_hours_keep_their_needs(make: Callable[..., Scenario]) -> None:
    calendar, intensity = of(make, {"per_day": 100, "profile": OFFICE}, timezone="America/Toronto", start=date(2006, 3, 27))
    for day, hours in ((date(2006, 4, 2), 23), (date(2006, 10, 29), 25), (date(2006, 4, 3), 24)):
        i = calendar.dates.index(day)
        edges, expected = intensity.pieces(i)
        assert len(expected) == 2 * hours
        assert expected.sum() == pytest.approx(intensity.days[i])
    _, flat = of(make, {"per_day": 100}, timezone="America/Toronto", start=date(2006, 3, 27))
    edges, expected = flat.pieces(calendar.dates.index(date(2006, 10, 29)))
    assert expected == pytest.approx([2.0] * 50)
    monday = calendar.dates.index(date(2006, 4, 3))
    edges, expected = intensity.pieces(monday)
    assert edges[np.flatnonzero(expected)[0]] == calendar.instant(datetime(2006, 4, 3, 8))


def test_a_day_that_is_no_multiple_of_half_an_hour(make: Callable[..., Scenario]) -> None:
    calendar, intensity = of(make, {"per_day": 95}, timezone="Asia/Kathmandu", start=date(1985, 12, 30), horizon="1 weeks")
    lengths = np.diff(calendar.midnights)
    assert sorted({int(length) for length in lengths}) == [DAY - DAY // 96, DAY]  # clocks went forward by a quarter of an hour
    expected = intensity.pieces(int(lengths.argmin()))[1]
    assert expected == pytest.approx([2.0] * 47 + [1.0])


def test_holidays(make: Callable[..., Scenario]) -> None:
    calendar, intensity = of(make, {"per_day": 100, "on_holidays": 0.2}, holidays="CA-QC")
    expected = [20.0 if free else 100.0 for free in calendar.is_holiday]
    assert intensity.days == pytest.approx(expected)
    assert sum(calendar.is_holiday) >= 8


def test_surges_multiply_and_end(make: Callable[..., Scenario]) -> None:
    surges = [
        {"at": datetime(2006, 4, 4, 10, 15), "lasts": "2 h", "factor": 3},
        {"at": datetime(2006, 4, 4, 12), "lasts": "30 min", "factor": 2},
        {"at": datetime(2006, 4, 4), "lasts": "1 days", "factor": 9, "services": ["other"]},
    ]
    scenario = make(services={"information": {"volume": {"per_day": 48}}, "other": {}}, surges=surges)
    calendar = Calendar.of(scenario)
    pieces = [Intensity.of(scenario, calendar, "information").pieces(day)[1] for day in (0, 1, 2)]
    assert pieces[0] == pytest.approx([1.0] * 48)
    assert pieces[2] == pytest.approx([1.0] * 48)
    assert pieces[1][20:26] == pytest.approx([2, 3, 3, 3, 4, 1])
    assert not Intensity.of(scenario, calendar, "other").pieces(1)[1].any()


def test_a_surge_that_fades(make: Callable[..., Scenario]) -> None:
    surge = {"at": datetime(2006, 4, 4, 9), "lasts": "10 days", "factor": 3, "half_life": "1 days"}
    _calendar, intensity = of(make, {"per_day": 48}, surges=[surge])
    extra = intensity.total(range(14)) - 14 * 48
    k = log(2)
    assert extra == pytest.approx(48 * 2 * (1 - 2.0**-10) / k, rel=1e-9)
    first = intensity.pieces(1)[1]
    assert first[17] == pytest.approx(1)
    assert first[18] == pytest.approx(1 + 2 * (1 - 2 ** (-1 / 48)) / (k / 48))


def test_surges_after_holidays(make: Callable[..., Scenario]) -> None:
    calendar, intensity = of(make, {"per_day": 48}, surges=[{"after_holidays": True, "lasts": "1 days", "factor": 1.5}], holidays="CA-QC")
    totals = [intensity.total([day]) for day in range(len(calendar.dates))]
    assert totals == pytest.approx([72.0 if after else 48.0 for after in calendar.after_holiday])
    assert intensity.pulses[0].end - intensity.pulses[0].start == DAY


def test_no_volume_and_volumes_that_cannot_be(make: Callable[..., Scenario]) -> None:
    scenario = make(services={"information": {}})
    assert Intensity.of(scenario, Calendar.of(scenario), "information").total(range(7)) == 0
    with pytest.raises(ValueError, match="zero"):
        of(make, {"per_day": 1, "weekdays": {"Mon-Sun": 0}})
