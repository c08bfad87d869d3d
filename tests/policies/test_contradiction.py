"""Two measures that set the same value of the same target at the same time contradict each other; odds and factors multiply."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from policies.town import START, town
from simcrc.policies.contradiction import Contradiction, contradictions
from simcrc.policies.timeline import base_of, written_on


def found(*measures: dict[str, Any]) -> list[Contradiction]:
    scenario = town(*measures)
    return list(contradictions(scenario, base_of(scenario)))


HOURS: dict[str, Any] = {"hours": {"channel": "phone", "hours": "Mon-Fri 08:00-18:00"}}
RAISED: dict[str, Any] = {"raise": {"channel": "web", "services": ["form"], "to": "transactional"}}
OPENED: dict[str, Any] = {"open": {"channel": "fax", "services": ["info"], "share": 0.1, "segments": ["elders"]}}


def test_the_later_one_is_said_with_the_value() -> None:
    (one,) = found(HOURS, {"hours": {"channel": "phone", "hours": "24/7", "services": ["form"]}, "at": "2007-01-20"})
    assert (one.first, one.second) == ((0, 0), (0, 1))
    assert one.attribute == ("channels", "phone", "hours", "form")


@pytest.mark.parametrize(
    "other",
    [
        HOURS,
        {"hours": {"channel": "phone", "hours": "24/7", "services": ["info"]}},
    ],
    ids=["all services", "one"],
)
def test_a_pair_is_said_once(other: dict[str, Any]) -> None:
    assert len(found(HOURS, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RAISED, {"raise": {"channel": "web", "services": ["form"], "to": "integrated"}, "at": "2007-01-20"}),
        (OPENED, {"close": {"channel": "fax", "services": ["info"]}, "at": "2007-01-20"}),
        (OPENED, OPENED),
        ({"give_access": {"segments": ["elders"], "access": 0.5}}, {"give_access": {"segments": ["elders", "offline"], "access": 0.6}}),
        ({"staffing": {"team": "agents", "schedule": {"week": {"Mon": {"08:00": 5}}}}},) * 2,
    ],
    ids=["raised twice", "opened and closed", "opened twice", "access", "schedules"],
)
def test_contradictions(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert len(found(one, other)) == 1
    assert found(one) == found(other) == []


MORE: dict[str, Any] = {"staffing": {"team": "agents", "factor": 1.2}}
WRITTEN: dict[str, Any] = {"staffing": {"team": "agents", "schedule": {"week": {"Mon": {"08:00": 5}}}}}


def test_a_schedule_would_lose_the_factor_that_holds_already() -> None:
    (one,) = found(MORE, WRITTEN | {"at": "2007-01-20"})
    assert (one.first, one.second, one.factor) == ((0, 0), (0, 1), True)
    assert [each.factor for each in found(WRITTEN, MORE)] == [True], "on the same day, in whichever order they are written"
    assert found(MORE | {"lasts": "1 week"}, WRITTEN | {"at": "2007-01-20"}) == []
    assert found(MORE, {"staffing": {"team": "office", "schedule": WRITTEN["staffing"]["schedule"]}}) == []


def test_a_later_factor_multiplies_the_schedule_that_was_set() -> None:
    assert found(WRITTEN, MORE | {"at": "2007-01-20"}) == []
    out = written_on(town(WRITTEN, MORE | {"at": "2007-01-20"}), date(2007, 1, 22))
    assert max(max(day) for day in out.teams["agents"].schedule.week.values()) == pytest.approx(6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HOURS | {"lasts": "1 week"}, HOURS | {"at": "2007-01-15"}),
        (HOURS, {"hours": {"channel": "counter", "hours": "Mon-Fri 08:00-18:00"}}),
        (OPENED, {"open": {"channel": "fax", "services": ["info"], "share": 0.2, "segments": ["offline"]}}),
        (RAISED | {"lasts": "10 days"}, {"raise": {"channel": "web", "services": ["form"], "to": "integrated"}, "at": "2007-01-18"}),
        ({"promote": {"channel": "web", "odds": 2}},) * 2,
        ({"staffing": {"team": "agents", "factor": 1.1}},) * 2,
        ({"simplify": {"incomplete": 0.5}},) * 2,
        ({"train": {"channels": ["phone"], "resolution": 0.5}},) * 2,
    ],
    ids=["one after the other", "another channel", "another segment", "phase after phase", "odds", "staffing", "letters", "training"],
)
def test_no_contradiction(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert found(one, other) == []


def test_odds_factors_and_shares_of_what_is_missing_add_up_as_they_should() -> None:
    scenario = town(
        {"promote": {"channel": "web", "odds": 2}},
        {"promote": {"channel": "web", "odds": 3}},
        {"simplify": {"incomplete": 0.5}},
        {"simplify": {"incomplete": 0.5}},
        {"train": {"channels": ["phone"], "resolution": 0.5}},
        {"train": {"channels": ["phone"], "resolution": 0.5}},
    )
    out: Any = written_on(scenario, scenario.start)
    assert [odds.factor for odds in out.choice.odds] == [2, 3]
    assert out.channels["mail"].incomplete["form"] == pytest.approx(0.2 * 0.25)
    assert out.channels["phone"].resolution["info"] == pytest.approx(1 - 0.2 * 0.25)
    assert str(scenario.start) == START
