"""Eras: what is written of an organisation from a day on holds from its first instant, for new contacts and those under way."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from engine.small import DAY, HOUR, MINUTE, Story, document, tell
from simcrc.log import Kind
from simcrc.model.compile import compile
from simcrc.model.era import LATER_UID, era_of_day
from simcrc.policies.promote import with_odds
from simcrc.scenario.determinants import Odds
from simcrc.scenario.scenario import Scenario

PHONE: dict[str, Any] = {"kind": "phone", "handle_time": "5 min"}


def scenario(**more: Any) -> Scenario:
    return Scenario.model_validate(document({"phone": PHONE, "web": {"kind": "web", "completion": 1.0, "duration": "1 min"}}, **more))


def story(base: Scenario, *later: tuple[str, Scenario], arrivals: list[int]) -> Story:
    records = {0: (np.array(arrivals, dtype=np.int64), None)}
    return tell(compile(base, records, [(date.fromisoformat(day), other) for day, other in later]))


def changed(base: Scenario, **channels: Any) -> Scenario:
    specs = {name: type(base.channels[name]).model_validate(spec) for name, spec in channels.items()}
    return base.model_copy(update={"channels": base.channels | specs})


def test_a_scenario_without_changes_has_one_era() -> None:
    model = compile(scenario())
    assert len(model.eras) == 1
    assert model.channels is model.eras[0].channels


def test_the_new_handle_time_holds_from_midnight() -> None:
    base = scenario()
    told = story(base, ("2007-01-09", changed(base, phone=PHONE | {"handle_time": "7 min"})), arrivals=[DAY - HOUR, DAY, DAY + HOUR])
    lengths = [contact.at(Kind.SERVICE_ENDED) - contact.at(Kind.SERVICE_STARTED) for contact in told.contacts]
    assert lengths == [5 * MINUTE, 7 * MINUTE, 7 * MINUTE]


def test_quantities_keep_their_object_until_their_law_changes() -> None:
    base = scenario()
    later = [
        (date(2007, 1, 9), changed(base, web={"kind": "web", "completion": 0.5, "duration": "1 min"})),
        (date(2007, 1, 10), changed(base, phone=PHONE | {"handle_time": "7 min"})),
    ]
    model = compile(base.model_copy(update={"horizon": base.horizon.parse("4 days")}), None, later)
    first, second, third = ([era.channels[0].stages[0].handle, era.channels[1].stages[0].duration] for era in model.eras)  # type: ignore[union-attr]
    assert first[0] is second[0]
    assert first[1] is second[1] is third[1]
    assert third[0].uid >= LATER_UID
    assert [era_of_day(model.eras, day).day for day in range(4)] == [0, 1, 2, 2]


def test_first_choices_follow_the_era_of_the_day() -> None:
    base = scenario(first={"phone": 0.5, "web": 0.5})
    only = {name: with_odds(base, Odds(channel=name, factor=0.0)) for name in ("phone", "web")}
    told = story(only["web"], ("2007-01-09", with_odds(only["web"], Odds(channel="phone", factor=0.0))), arrivals=[0, DAY])
    assert [contact.station for contact in told.contacts] == ["phone"]  # the second has no channel left
    told = story(base, ("2007-01-09", only["phone"]), arrivals=[DAY, DAY + 1, DAY + 2, DAY + 3, DAY + HOUR])
    assert {contact.station for contact in told.contacts} == {"web"}


def test_staff_follow_the_era() -> None:
    base = scenario(agents=1)
    more = base.model_copy(
        update={"teams": {"agents": base.teams["agents"].model_validate({"serves": ["phone"], "schedule": {"week": {"Mon-Sun": {"00:00": 3}}}})}}
    )
    told = story(base, ("2007-01-09", more), arrivals=[0])
    assert [(row[0], row[3]) for row in told.of(Kind.STAFFED)] == [(0, 1), (DAY, 3)]


def test_changes_before_the_origin_hold_from_the_origin_and_after_the_horizon_never() -> None:
    base = scenario()
    early, late = (changed(base, phone=PHONE | {"handle_time": f"{n} min"}) for n in (7, 9))
    told = story(base, ("2006-01-01", early), ("2008-01-01", late), arrivals=[0])
    assert told.contacts[0].at(Kind.SERVICE_ENDED) == 7 * MINUTE
    assert len(told.model.eras) == 1


def test_the_same_scenario_again_changes_nothing() -> None:
    base = scenario()
    arrivals = list(range(0, 2 * DAY, HOUR))
    one, two = story(base, arrivals=arrivals), story(base, ("2007-01-09", base.model_copy()), arrivals=arrivals)
    assert np.array_equal(one.rows, two.rows)
