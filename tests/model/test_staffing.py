"""Headcounts: sums with the fraction carried over, groups that add up, breaks, absence, holidays, daylight saving time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.draws import Philox
from simcrc.model.calendar import DAY, HALF_HOUR, MINUTE, Calendar
from simcrc.model.staffing import Change, Division, Staffing, split_skills, whole
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.teams import Team

LANGUAGES, SERVICES = ("fr", "en"), ("information", "pension")
WEEK = {"Mon-Fri": {"08:30": 10, "12:00": 6, "13:30": 10, "16:30": 0}}


def team(**parts: Any) -> dict[str, Any]:
    return {"serves": ("phone",), "schedule": {"week": WEEK}} | parts


def of(make: Callable[..., Scenario], groups: list[tuple[int, float]] | None = None, calendar: dict[str, Any] | None = None, **parts: Any) -> Staffing:
    scenario = make(teams={"agents": team(**parts)}, **(calendar or {}))
    return Staffing.of(scenario, Calendar.of(scenario), [("agents", groups or [(0, 1.0)])])


def agents_at(changes: list[Change], group: int, t: int) -> int:
    return [n for instant, g, n in changes if g == group and instant <= t][-1]


def agent_time(changes: list[Change], groups: tuple[int, ...], start: int, end: int) -> int:
    """Agents times microseconds of `groups` in [start, end)."""
    total = 0
    for group in groups:
        own = [(t, n) for t, g, n in changes if g == group] + [(end, 0)]
        total += sum(n * max(0, min(b, end) - max(a, start)) for (a, n), (b, _) in pairwise(own))
    return total


@pytest.mark.parametrize(
    ("skills", "expected"),
    [
        ({}, {frozenset({"fr", "en", "information", "pension"}): 1.0}),
        ({"fr": 1, "en": 0.25}, {frozenset({"fr", "en", "information", "pension"}): 0.25, frozenset({"fr", "information", "pension"}): 0.75}),
        ({"fr": 1}, {frozenset({"fr", "information", "pension"}): 1.0}),
        ({"fr": 1, "en": 0}, {frozenset({"fr", "information", "pension"}): 1.0}),
        ({"information": 1.0, "unneeded": 0.5}, {frozenset({"fr", "en", "information"}): 1.0}),
        (
            {"en": 0.25, "fr": 1, "information": 1, "pension": 0.5},
            {
                frozenset({"fr", "en", "information", "pension"}): 0.125,
                frozenset({"fr", "en", "information"}): 0.125,
                frozenset({"fr", "information", "pension"}): 0.375,
                frozenset({"fr", "information"}): 0.375,
            },
        ),
    ],
)
def test_groups_of_a_team(skills: dict[str, float], expected: dict[frozenset[str], float]) -> None:
    groups = split_skills(Team.model_validate(team(skills=skills)), LANGUAGES, SERVICES)
    assert dict(groups) == pytest.approx(expected)
    assert len(groups) == len(expected)


def test_a_schedule_in_whole_agents(make: Callable[..., Scenario]) -> None:
    changes = list(of(make).changes(Philox(1, 0)))
    hour = 60 * MINUTE
    assert changes[:5] == [(0, 0, 0), (17 * HALF_HOUR, 0, 10), (12 * hour, 0, 6), (27 * HALF_HOUR, 0, 10), (33 * HALF_HOUR, 0, 0)]
    assert changes[5][0] == DAY + 17 * HALF_HOUR
    assert len(changes) == 1 + 4 * 5 * 52


def test_night_shifts_go_on_over_midnight(make: Callable[..., Scenario]) -> None:
    changes = list(of(make, schedule={"week": {"Mon-Sun": 3}}).changes(Philox(1, 0)))
    assert changes == [(0, 0, 3)]


@given(st.lists(st.floats(0, 12), min_size=48, max_size=48), st.floats(0, 1))
def test_half_hours_add_up_to_what_is_expected(schedule: list[float], factor: float) -> None:
    slots = [(30 * k, 30 * k + 30, agents) for k, agents in enumerate(schedule)]
    expected = np.array(schedule) * factor
    parts = np.concatenate([[n] * ((last - first) // 30) for first, last, n in whole(slots, factor)])
    short = np.cumsum(expected) - np.cumsum(parts)
    assert np.all((short >= -1e-6) & (short < 1 + 1e-6))
    assert np.all(parts <= np.floor(expected) + 1)
    assert not parts[expected < 1e-9].any()


@given(st.lists(st.tuples(st.integers(1, 30), st.floats(0, 12)), min_size=1, max_size=40))
def test_uneven_slots_carry_less_than_half_an_hour_of_an_agent(pieces: list[tuple[int, float]]) -> None:
    edges = np.concatenate([[0], np.cumsum([minutes for minutes, _ in pieces])])
    slots = [(int(a), int(b), agents) for a, b, (_, agents) in zip(edges, edges[1:], pieces, strict=False)]
    given_ = sum((last - first) * n for first, last, n in whole(slots))
    expected = sum((last - first) * agents for first, last, agents in slots)
    assert -1e-6 <= expected - given_ < 30 + 1e-6


def test_shares_that_are_whole_after_rounding_stay_whole() -> None:
    assert 100 * 0.57 < 57
    assert whole([(0, 30, 100 * 0.57), (30, 60, 10 * (0.1 + 0.2))]) == [(0, 30, 57), (30, 60, 3)]


def test_the_fraction_carried_over_calls_nobody_where_nobody_is_expected() -> None:
    assert whole([(0, 30, 0.9), (30, 35, 0.0), (35, 65, 0.2)]) == [(0, 35, 0), (35, 65, 1)]


def test_shrinkage_is_exact_over_the_day(make: Callable[..., Scenario]) -> None:
    changes = list(of(make, shrinkage=0.35).changes(Philox(1, 0)))
    worked = agent_time(changes, (0,), 0, DAY) / HALF_HOUR
    assert worked == int(0.65 * (13 * 10 + 3 * 6))


def test_breaks_on_their_own_minutes(make: Callable[..., Scenario]) -> None:
    breaks = ({"at": "10:10-10:25", "share": 0.5}, {"at": "15:00-15:15", "share": 0.2, "days": "Tue"})
    changes = list(of(make, breaks=breaks).changes(Philox(1, 0)))
    monday = [(t // MINUTE, n) for t, _, n in changes if 8 * 60 * MINUTE < t < 12 * 60 * MINUTE]
    assert monday == [(510, 10), (610, 5), (625, 10)]
    tuesday = [(t // MINUTE - 1440, n) for t, _, n in changes if DAY + 14 * 60 * MINUTE < t < DAY + 16 * 60 * MINUTE]
    assert tuesday == [(900, 8), (915, 10)]


@given(
    st.lists(st.integers(1, 100), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 600)), min_size=1, max_size=80),
)
def test_groups_add_up_at_every_instant(weights: list[int], totals: list[tuple[int, int]]) -> None:
    division = Division([w / sum(weights) for w in weights])
    for total, minutes in totals:
        parts = division.divide(total, minutes)
        assert sum(parts) == total
        assert min(parts) >= 0


def test_groups_follow_their_shares(make: Callable[..., Scenario]) -> None:
    shares = (0.125, 0.125, 0.375, 0.375)
    changes = list(of(make, list(enumerate(shares)), shrinkage=0.35).changes(Philox(1, 0)))
    together = agent_time(changes, (0, 1, 2, 3), 0, 364 * DAY)
    for group, share in enumerate(shares):
        assert agent_time(changes, (group,), 0, 364 * DAY) / together == pytest.approx(share, rel=0.005)
        day = agent_time(changes, (group,), 0, DAY) / agent_time(changes, (0, 1, 2, 3), 0, DAY)
        assert day == pytest.approx(share, abs=0.1)
    assert changes == sorted(changes)
    one = list(of(make, shrinkage=0.35).changes(Philox(1, 0)))
    for t in sorted({t for t, _, _ in changes})[::97]:
        assert sum(agents_at(changes, group, t) for group in range(4)) == agents_at(one, 0, t)


def test_a_lone_agent_shares_days_among_skills(make: Callable[..., Scenario]) -> None:
    changes = list(of(make, [(0, 0.35), (1, 0.65)], schedule={"week": {"Mon-Fri": {"08:00": 1, "16:00": 0}}}).changes(Philox(1, 0)))
    days = agent_time(changes, (0,), 0, 364 * DAY) / (16 * HALF_HOUR)
    assert days == pytest.approx(0.35 * 260, abs=1)


def test_nobody_changes_skills_while_the_headcount_stays(make: Callable[..., Scenario]) -> None:
    changes = list(of(make, [(0, 0.35), (1, 0.65)]).changes(Philox(1, 0)))
    assert {t % DAY // HALF_HOUR for t, _, _ in changes} == {0, 17, 24, 27, 33}


def test_absence_takes_its_share_in_the_mean(make: Callable[..., Scenario]) -> None:
    staffing = of(make, absence=0.1, calendar={"horizon": "600 weeks"})
    philox = Philox(11, 0)
    at_work = np.array([dict(staffing.headcounts(philox, 0, day)) for day in range(4200) if day % 7 < 5])
    morning = np.array([max(day.values()) for day in at_work])
    assert morning.max() == 10
    assert morning.mean() == pytest.approx(9, abs=4 * np.sqrt(0.9 / len(morning)))
    assert morning.var() == pytest.approx(0.9, rel=4 * np.sqrt(2 / len(morning)))


def test_absence_is_addressed_by_day_and_team(make: Callable[..., Scenario]) -> None:
    staffing = of(make, absence=0.2)
    philox = Philox(5, 1)
    forward = [staffing.headcounts(philox, 0, day) for day in range(20)]
    assert [staffing.headcounts(Philox(5, 1), 0, day) for day in reversed(range(20))] == forward[::-1]
    assert list(staffing.changes(Philox(5, 1))) == list(staffing.changes(philox))
    assert list(staffing.changes(Philox(5, 2))) != list(staffing.changes(philox))


def test_holidays_close_unless_open(make: Callable[..., Scenario]) -> None:
    calendar = {"holidays": (date(2006, 4, 4),)}
    closed = list(of(make, calendar=calendar).changes(Philox(1, 0)))
    assert agent_time(closed, (0,), DAY, 2 * DAY) == 0
    assert agent_time(closed, (0,), 0, DAY) == (13 * 10 + 3 * 6) * HALF_HOUR
    opened = list(of(make, calendar=calendar, schedule={"week": WEEK, "on_holidays": "open"}).changes(Philox(1, 0)))
    assert agent_time(opened, (0,), DAY, 2 * DAY) == (13 * 10 + 3 * 6) * HALF_HOUR


def test_daylight_saving_time(make: Callable[..., Scenario]) -> None:
    parts = {"timezone": "America/Toronto", "start": date(2006, 3, 27)}
    staffing = of(make, calendar=parts, schedule={"week": {"Sun": {"00:00": 1, "01:30": 4, "08:30": 2}, "Mon": {"00:00": 0, "08:30": 5, "16:30": 0}}})
    changes, calendar = list(staffing.changes(Philox(1, 0))), staffing.calendar
    assert changes == sorted(changes)
    spring, autumn = (calendar.midnights[calendar.dates.index(day)] for day in (date(2006, 4, 2), date(2006, 10, 29)))
    assert agent_time(changes, (0,), spring, spring + 23 * 2 * HALF_HOUR) == (3 * 1 + 12 * 4 + 31 * 2) * HALF_HOUR
    night = [(t - autumn, n) for t, _, n in changes if autumn <= t < autumn + 4 * 2 * HALF_HOUR]
    assert night == [(0, 1), (3 * HALF_HOUR, 4), (4 * HALF_HOUR, 1), (5 * HALF_HOUR, 4)], "01:00 to 02:00 occurs twice"
    for monday in (datetime(2006, 4, 3, 8, 30), datetime(2006, 10, 30, 8, 30)):
        assert (calendar.instant(monday), 0, 5) in changes


def test_a_midnight_that_occurs_twice(make: Callable[..., Scenario]) -> None:
    parts = {"timezone": "America/St_Johns", "start": date(2006, 10, 28), "horizon": "3 days"}  # on Sunday at 00:01 back to 23:01
    staffing = of(make, calendar=parts, schedule={"week": {"Sat": {"00:00": 1, "23:30": 2}, "Sun": {"00:00": 3, "12:00": 4}}})
    changes = list(staffing.changes(Philox(1, 0)))
    half = [(t / HALF_HOUR, n) for t, _, n in changes]
    assert half[:2] == [(0, 1), (47, 2)]
    assert half[2:5] == [(48 + 1 / 30, 1), (49, 2), (50, 3)]
    assert changes == sorted(changes)
