"""What citizens remember: the habit that a contact or a guide leaves, the experience of a channel, and that rates of 0 leave nothing."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.small import DAY, HOUR, Story, document, run
from policies.town import base_needs, needs, town
from simcrc.engine.memory import Memory
from simcrc.log import Outcome, Reason
from simcrc.model.citizens import Citizens
from simcrc.model.compile import compile
from simcrc.scenario.determinants import Memory as Rates
from simcrc.scenario.scenario import Scenario

WEB: dict[str, Any] = {"kind": "web", "completion": 1.0, "duration": "1 min"}
PHONE: dict[str, Any] = {"kind": "phone", "handle_time": "1 min"}


def story(arrivals: list[int], *, rate: float = 0.0, habit: float = 0.0, replication: int = 0, **more: Any) -> Story:
    """One citizen, who has all the needs."""
    population = {"size": 1, "segments": {"one": {"share": 1}}, "memory": {"habit_rate": rate}}
    utility = {"habit": {"simple": habit, "weighed": habit}}
    choice = {"first": {"table": {"default": {"default": {"web": 0.5, "phone": 0.5}}}, "utility": utility}} | more.pop("choice", {})
    doc = document({"web": WEB, "phone": PHONE}, population=population, **more)
    return run(doc | {"choice": choice}, arrivals, replication=replication)


def firsts(told: Story) -> list[str]:
    return [contact.station for contact in told.contacts if contact.reason is Reason.FIRST]


ARRIVALS = list(range(0, DAY, HOUR))


def test_a_contact_becomes_the_habit() -> None:
    for replication in range(6):
        taken = firsts(story(ARRIVALS, rate=1.0, habit=40.0, replication=replication))
        assert len(set(taken[1:])) == 1  # the habit decides; the citizen began with one


def test_without_weight_or_rate_it_does_not() -> None:
    assert {*firsts(story(ARRIVALS, rate=1.0))} == {"web", "phone"}
    mixed = [len(set(firsts(story(ARRIVALS, rate=0.0, habit=40.0, replication=number)))) for number in range(4)]
    assert mixed == [1, 1, 1, 1]  # the habit that he began with, for ever


def test_a_guide_changes_the_habit_of_those_whom_agents_served() -> None:
    choice = {"first": {"table": {"default": {"default": {"web": 1e-6, "phone": 1 - 1e-6}}}, "utility": {"habit": {"simple": 40.0}}}}
    guided = choice | {"guided": [{"after": "phone", "to": "web", "share": 1.0}]}
    assert set(firsts(story(ARRIVALS, choice=choice))) == {"phone"}
    assert firsts(story(ARRIVALS, choice=guided))[:3] == ["phone", "web", "web"]
    nobody = choice | {"guided": [{"after": "phone", "to": "web", "share": 0.0}]}
    assert set(firsts(story(ARRIVALS, choice=nobody))) == {"phone"}


def test_a_guide_helps_nobody_who_is_off_line() -> None:
    scenario: dict[str, Any] = {"population": {"size": 1, "segments": {"one": {"share": 1, "access": 0.0}}}}
    choice = {"first": {"table": {"default": {"default": {"phone": 1.0}}}, "utility": {"habit": {"simple": 40.0}}}}
    doc = document({"web": WEB, "phone": PHONE}, **scenario) | {"choice": choice | {"guided": [{"after": "phone", "to": "web", "share": 1.0}]}}
    assert set(firsts(run(doc, ARRIVALS))) == {"phone"}


def memory(rates: Rates, expected: float = 0.5) -> Memory:
    choice = {"first": {"table": {"default": {"default": {"web": 0.5, "phone": 0.5}}}, "utility": {"experience": 1}}}
    population = {"size": 10, "segments": {"one": {"share": 1}}}
    doc = document({"web": WEB | {"completion": expected}, "phone": PHONE}, population=population)
    scenario = Scenario.model_validate(doc | {"choice": choice})
    preference = compile(scenario).eras[0].first.preference
    assert preference is not None
    out = Memory(Citizens.of(scenario), rates, preference)
    out.listen(scenario)
    return out


def visit(index: int, right: bool, outcome: Outcome = Outcome.CONTAINED) -> Any:
    channel = SimpleNamespace(index=index)
    return SimpleNamespace(dialled=channel, channel=channel, outcome=outcome, right=right, place=0)


def need(citizen: int = 3) -> Any:
    return SimpleNamespace(citizen=citizen, case=0, service=0, segment=0, online=1, row=0, block=SimpleNamespace(uniform=lambda *_: 0.5))


def experience(own: Memory, of: Any, channel: int) -> float:
    return dict(own.experience(of)).get(channel, 0.0)


def test_experience_is_what_happened_against_what_was_to_be_expected() -> None:
    own = memory(Rates(experience_rate=0.4), expected=0.75)
    assert experience(own, need(), 0) == 0.0
    own.learn(need(), visit(0, False))
    assert experience(own, need(), 0) == pytest.approx(0.4 * (-1 - 0.5) / 2)
    own.learn(need(), visit(0, True))
    assert experience(own, need(), 0) == pytest.approx(0.6 * 0.4 * -0.75 + 0.4 * 0.25)
    assert experience(own, need(), 1) == 0.0
    assert experience(own, need(4), 0) == 0.0
    for _ in range(200):
        own.learn(need(), visit(0, False))
    assert -1 <= experience(own, need(), 0) == pytest.approx(-0.75)


def test_what_is_no_contact_teaches_nothing_and_strangers_remember_nothing() -> None:
    own = memory(Rates(experience_rate=0.4, habit_rate=1.0))
    for outcome in (Outcome.OPTED_OUT, Outcome.WITHDRAWN):
        own.learn(need(), visit(0, False, outcome))
    own.learn(need(-1), visit(0, False))
    assert not own.experiences.any()
    assert np.all(own.habits == -1)
    own.learn(need(), visit(1, True))
    assert own.habit(need(), 0) == 1


def test_rates_of_zero_keep_nothing() -> None:
    own = memory(Rates())
    assert own.habits.size == own.experiences.size == 0
    own.learn(need(), visit(0, False))
    assert experience(own, need(), 0) == 0.0


SMALL = {"population": {"size": 1500}, "services": {"info": {"volume": {"per_day": 300}}, "form": {"volume": {"per_day": 100}}}}


def test_bad_experience_drives_away() -> None:
    """Who tries to apply on a site that only informs is disappointed, and comes back to it less when he learns."""

    def again(rate: float) -> float:
        choice = {"first": {"utility": {"experience": 4.0}}}
        memory = {"memory": {"experience_rate": rate}}
        found = needs(town(choice=choice, **{**SMALL, "population": SMALL["population"] | memory}))
        own = np.flatnonzero((found.segment == "connected") & (found.at >= 7 * DAY))
        return float(np.mean(found.first[own] == "web"))

    assert again(0.5) < again(0.0) - 0.03


def test_habits_spread_what_is_promoted_for_a_while() -> None:
    """A promotion that ends leaves habits behind; without learning nothing is left."""

    def after(rate: float) -> float:
        measure = {"promote": {"channel": "web", "odds": 8}, "lasts": "2 weeks"}
        changes = {"choice": {"first": {"utility": {"habit": {"simple": 3.0, "weighed": 3.0}}}}, **SMALL}
        changes["population"] = SMALL["population"] | {"memory": {"habit_rate": rate}}
        base, policy = needs(town(**changes)), needs(town(measure, **changes))
        late = (base.at >= 14 * DAY) & (base.segment == "connected") & (base.service == "info")
        return float(np.mean(policy.first[late] == "web") - np.mean(base.first[late] == "web"))

    assert after(0.0) == 0.0
    assert after(1.0) > 0.05


def test_needs_are_the_same_whatever_is_remembered() -> None:
    found = needs(town(population={"memory": {"habit_rate": 0.5}}, choice={"first": {"utility": {"habit": {"simple": 2.0}}}}))
    base = base_needs()
    assert np.array_equal(found.id, base.id)
    assert np.array_equal(found.citizen, base.citizen)
    assert replace(found, first=base.first).shares("info", "elders") == base.shares("info", "elders")


def test_habits_of_old_are_read_off_the_rank() -> None:
    """As the equilibrium has them, for all needs of a day at once; what is learnt comes before them."""
    own = memory(Rates(habit_rate=1.0))
    count = 10
    day: Any = SimpleNamespace(segment=np.zeros(count, dtype=np.int64), online=np.ones(count, dtype=bool), citizen=np.arange(count))
    found = own.first_habits(day)
    at = own.citizens.habits_at(np.arange(count))
    assert found == [min(int((own.start[0, 1] <= each).sum()), 1) for each in at]
    assert set(found) == {0, 1}
    assert [own.habit(need(citizen), habit) for citizen, habit in enumerate(found)] == found
    own.learn(need(3), visit(1 - found[3], True))
    assert own.habit(need(3), found[3]) == 1 - found[3]
