"""Choice: written shares come out whatever decides beside them, odds act on classes of access, and opening moves only whom it touches."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from policies.town import DAY, UTILITY, Needs, base_needs, close, log, needs, town
from simcrc.errors import ScenarioError
from simcrc.log import CONTACTS_PER_NEED, Kind
from simcrc.model.compile import compile
from simcrc.rules.utility import solve
from simcrc.scenario.scenario import Scenario

OFFICE = {"hours": "Mon-Fri 08:30-16:30", "holidays": "open", "when_closed": {"then": "contact"}}


def utility(*terms: str) -> dict[str, Any]:
    return {"first": {"utility": {name: UTILITY[name] for name in terms}}}


def as_written(found: Needs, scenario: Scenario, **other: Any) -> None:
    for service, rows in scenario.choice.first.table.items():
        for segment, wanted in rows.items():
            n, shares = found.shares(service, segment)
            assert n > 1000
            for channel, share in (wanted | other).items():
                assert close(shares.get(channel, 0.0), n, share), (service, segment, channel, shares, wanted)
            assert set(shares) <= set(wanted)


@pytest.mark.parametrize(
    "terms",
    [(), ("habit",), ("task",), ("circumstances",), ("habit", "task", "circumstances", "experience")],
    ids=lambda terms: "+".join(terms) or "shares alone",
)
def test_written_shares_come_out(terms: tuple[str, ...]) -> None:
    scenario = town(choice=utility(*terms) if terms else {}, channels={"phone": OFFICE, "counter": OFFICE})
    as_written(needs(scenario), scenario)


def test_written_shares_come_out_with_very_strong_habits() -> None:
    scenario = town(choice={"first": {"utility": {"habit": {"simple": 8.0, "weighed": 6.0}}}})
    as_written(needs(scenario), scenario)


@pytest.mark.parametrize("terms", [(), ("habit", "task")], ids=["shares alone", "habit and task"])
def test_written_shares_come_out_when_all_who_are_on_line_take_the_web(terms: tuple[str, ...]) -> None:
    rows = {"info": {"elders": {"web": 0.4, "phone": 0.5, "counter": 0.1}}}
    scenario = town(choice={"first": {"table": rows, **utility(*terms)["first"]}} if terms else {"first": {"table": rows}})
    found = needs(scenario)
    as_written(found, scenario)
    elders = (found.segment == "elders") & (found.service == "info")
    assert set(found.first[elders & (found.online == 1)]) == {"web"}


def test_the_task_moves_complex_needs_and_not_the_margin() -> None:
    found = needs(town(choice=utility("task")))
    own = (found.service == "info") & (found.segment == "connected")
    web = {hard: np.mean(found.first[own & (found.complex == hard)] == "web") for hard in (0, 1)}
    assert web[1] < web[0] - 0.2


def test_habit_is_kept_from_need_to_need() -> None:
    """Citizens with several needs of one service take the same channel more often than chance would have it."""

    def again(found: Needs) -> float:
        own = np.flatnonzero((found.service == "info") & (found.segment == "elders"))
        order = own[np.argsort(found.citizen[own], kind="stable")]
        pairs = order[:-1][found.citizen[order][:-1] == found.citizen[order][1:]], order[1:][found.citizen[order][:-1] == found.citizen[order][1:]]
        return float(np.mean(found.first[pairs[0]] == found.first[pairs[1]]))

    assert again(needs(town(choice=utility("habit")))) > again(base_needs()) + 0.1


def test_odds_are_the_mixture_over_access_classes_computed_by_hand() -> None:
    # 90 % on line; 36 % take the Web: 40 % of those on line, where it weighs 0.36 · 0.64 / (0.9 − 0.36) = 0.42667 against 0.64.  Odds of 2: 0.85333.
    promoted = {"web": 0.9 * 0.853333333 / 1.493333333, "phone": 0.9 * 0.54 / 1.493333333 + 0.1 * 0.54 / 0.64}
    promoted["counter"] = 1 - promoted["web"] - promoted["phone"]
    assert promoted["web"] == pytest.approx(0.5142857)
    scenario = town({"promote": {"channel": "web", "odds": 2, "services": ["info"]}})
    weights = compile(scenario).eras[-1].first.weights[0, 0]
    rows = weights / weights.sum(axis=1, keepdims=True)
    assert (0.1 * rows[0] + 0.9 * rows[1])[:3] == pytest.approx(list(promoted.values()), abs=1e-9)
    found = needs(scenario)
    n, shares = found.shares("info", "connected")
    assert all(close(shares[channel], n, share) for channel, share in promoted.items())
    n, shares = found.shares("info", "offline")
    assert close(shares["phone"], n, 0.7)  # nobody there is on line
    n, shares = found.shares("form", "connected")
    assert close(shares["web"], n, 0.5)  # not meant


def test_odds_on_the_phone_act_on_line_and_off() -> None:
    # Off line the phone weighs 0.54 against 0.1; on line against 0.1 + 0.42667.  Odds of 1/3: 0.18.
    phone = 0.9 * 0.18 / (0.18 + 0.1 + 0.426666667) + 0.1 * 0.18 / 0.28
    found = needs(town({"stop_promoting": {"channel": "phone", "odds": 1 / 3, "segments": ["connected"], "services": ["info"]}}))
    n, shares = found.shares("info", "connected")
    assert close(shares["phone"], n, phone)


def moved(one: Needs, other: Needs) -> np.ndarray:
    """The needs that took another channel first, as pairs of channels, shape (n, 2)."""
    assert np.array_equal(one.id, other.id)
    assert np.array_equal(one.at, other.at)
    assert np.array_equal(one.citizen, other.citizen)
    differ = one.first != other.first
    return np.stack([one.first[differ], other.first[differ]], axis=1)


WEIGHED = utility("habit", "task", "circumstances")


@pytest.mark.parametrize("choice", [{}, WEIGHED], ids=["shares alone", "utility"])
def test_opening_moves_nobody_between_two_channels_that_it_does_not_touch(choice: dict[str, Any]) -> None:
    measure = {"open": {"channel": "fax", "services": ["info"], "share": 0.1}}
    base, policy = needs(town(choice=choice)), needs(town(measure, choice=choice))
    pairs = moved(base, policy)
    assert len(pairs) > 500
    assert set(pairs[:, 1]) == {"fax"}
    n, shares = policy.shares("info", "elders")
    assert close(shares["fax"], n, 0.1)
    if not choice:  # in proportion
        assert close(shares["phone"] / (1 - shares["fax"]), n, 0.6)


def test_a_channel_on_line_that_opens_gets_its_share_of_the_whole_segment() -> None:
    policy = needs(town({"open": {"channel": "email", "services": ["info"], "share": 0.25, "segments": ["connected", "elders"]}}))
    for segment in ("connected", "elders"):
        n, shares = policy.shares("info", segment)
        assert close(shares["email"], n, 0.25)
    assert not np.any(policy.online[policy.first == "email"] == 0)
    pairs = moved(base_needs(), policy)
    assert set(pairs[:, 1]) == {"email"}


@pytest.mark.parametrize("choice", [{}, WEIGHED], ids=["shares alone", "utility"])
def test_opening_may_draw_from_some_alone(choice: dict[str, Any]) -> None:
    measure = {"open": {"channel": "fax", "services": ["info", "form"], "share": 0.15, "draws_from": ["phone"]}}
    base, policy = needs(town(choice=choice)), needs(town(measure, choice=choice))
    pairs = moved(base, policy)
    assert {tuple(pair) for pair in pairs.tolist()} == {("phone", "fax")}
    for service, segment, phone in (("info", "elders", 0.6), ("form", "offline", 0.2)):
        n, shares = policy.shares(service, segment)
        assert close(shares["fax"], n, 0.15)
        assert close(shares["phone"], n, phone - 0.15)


def test_two_that_draw_from_the_same_both_get_their_share() -> None:
    found = needs(
        town(
            {"open": {"channel": "fax", "services": ["info"], "share": 0.2, "draws_from": ["phone"]}},
            {"open": {"channel": "mail", "services": ["info"], "share": 0.3, "draws_from": ["phone"]}},
        )
    )
    n, shares = found.shares("info", "elders")
    assert close(shares["fax"], n, 0.2)
    assert close(shares["mail"], n, 0.3)
    assert close(shares["phone"], n, 0.1)


def test_odds_move_only_towards_what_is_promoted() -> None:
    pairs = moved(base_needs(), needs(town({"promote": {"channel": "counter", "odds": 3}})))
    assert len(pairs) > 500
    assert set(pairs[:, 1]) == {"counter"}


@pytest.mark.parametrize(
    "measures",
    [
        [{"promote": {"channel": "web", "odds": 50}}],
        [{"stop_promoting": {"channel": name, "odds": 0.02}} for name in ("phone", "counter")],
        [{"guide": {"after": "phone", "to": "web", "odds": 20}}],
        [{"helpers": {"segments": ["offline", "elders"], "helped": 1.0}}],
        [{"raise": {"channel": "web", "services": ["form"], "to": "integrated", "completion": 1.0}}],
    ],
    ids=lambda measures: next(iter(measures[0])),
)
def test_the_divide_does_not_melt(measures: list[dict[str, Any]]) -> None:
    """Who has no access never meets the Web, whatever is promoted: neither first nor later."""
    rows = log(town(*measures, horizon="7 days"))
    offline = set(rows[(rows[:, 1] == Kind.NEED_STARTED) & (rows[:, 5] >> 2 & 1 == 0), 2].tolist())
    web = rows[(rows[:, 1] == Kind.CONTACT_STARTED) & (rows[:, 3] == 0)]
    assert len(web) > 500
    assert not offline & set((web[:, 2] // CONTACTS_PER_NEED).tolist())


def test_only_access_changes_it_and_takes_it_from_nobody() -> None:
    base, policy = base_needs(), needs(town({"give_access": {"segments": ["offline"], "access": 0.3, "channel": "web", "share": 0.2}}))
    assert np.all(policy.online[base.online == 1] == 1)
    assert np.all(policy.online[base.segment != "offline"] == base.online[base.segment != "offline"])
    own = base.segment == "offline"
    assert np.mean(policy.online[own]) == pytest.approx(0.3, abs=0.01)
    n, shares = policy.shares("form", "offline")
    assert close(shares["web"], n, 0.2)
    pairs = moved(base, policy)
    assert set(pairs[:, 1]) == {"web"}


def test_who_gets_access_chooses_as_those_of_the_segment_who_had_it() -> None:
    found = needs(town({"give_access": {"segments": ["elders"], "access": 0.8}}))
    n, shares = found.shares("info", "elders")
    assert close(shares["web"], n, 0.8 * 0.1 / 0.4)


def test_access_that_comes_later_adds_to_a_channel_that_opened() -> None:
    rows = {"connected": {"phone": 0.6, "counter": 0.4}, "elders": {"phone": 0.5, "counter": 0.5}, "offline": {"phone": 0.7, "counter": 0.3}}
    scenario = town(
        {"open": {"channel": "web", "services": ["info"], "share": 0.2, "segments": ["elders"]}},
        {"give_access": {"segments": ["elders"], "access": 0.8}, "at": "2007-01-22"},
    )
    first = scenario.choice.first.model_copy(update={"table": {"form": scenario.choice.first.table["form"], "info": rows}})
    scenario = scenario.model_copy(update={"choice": scenario.choice.model_copy(update={"first": first})})
    scenario = scenario.model_copy(update={"channels": scenario.channels | {"web": scenario.channels["web"].model_copy(update={"offers": {"form": None}})}})
    found = needs(scenario)
    middle = 14 * DAY
    before = found.first[(found.service == "info") & (found.segment == "elders") & (found.at < middle)]
    assert close(float(np.mean(before == "web")), len(before), 0.2)
    n, shares = found.shares("info", "elders", since=middle)
    assert close(shares["web"], n, 0.4)  # half of those on line, of whom there are now twice as many


def test_promoting_acts_on_a_channel_that_opened() -> None:
    opened = {"open": {"channel": "fax", "services": ["info"], "share": 0.2, "segments": ["offline"]}}
    drawn = {"open": {"channel": "fax", "services": ["form"], "share": 0.1, "segments": ["offline"], "draws_from": ["phone"]}}
    found = needs(town(opened, drawn, {"promote": {"channel": "fax", "odds": 3}}))
    n, shares = found.shares("info", "offline")
    assert close(shares["fax"], n, 0.6 / 1.4)  # 0.2 against 0.8, three times
    n, shares = found.shares("form", "offline")
    assert close(shares["fax"], n, 0.2 * 1.5 / 2)  # half of the phone's 20 %: one to one, three times
    assert close(shares["mail"], n, 0.5)


def test_constants_are_solved_to_what_is_written() -> None:
    terms = np.log([[1.0, 2.0, 5.0], [4.0, 1.0, 0.2]])
    weights, written = np.array([0.3, 0.7]), np.array([0.5, 0.3, 0.2])
    constants = solve(written, terms, weights)
    powers = np.exp(constants + terms)
    assert weights @ (powers / powers.sum(axis=1, keepdims=True)) == pytest.approx(written, abs=1e-12)
    assert constants.sum() == pytest.approx(0.0, abs=1e-12)


def test_without_shares_the_utility_decides_alone() -> None:
    terms = {"channel": {"phone": 1.0, "counter": 0.0, "web": 0.5}, "personal": {"offline": {"phone": -1.0}}}
    document = {"services": {"info": {"complexity": 0.0, "ambiguity": 0.0}}, "choice": {"first": {"utility": terms}}}
    scenario = town(**document)
    table = {"form": scenario.choice.first.table["form"]}
    first = scenario.choice.first.model_copy(update={"table": table})
    scenario = scenario.model_copy(update={"choice": scenario.choice.model_copy(update={"first": first})})
    found = needs(scenario)
    n, shares = found.shares("info", "offline")
    assert close(shares["phone"], n, 0.5)
    n, shares = found.shares("info", "connected")
    e, h, i = np.exp(1.0), np.exp(0.5), 1.0
    assert close(shares["phone"], n, float(0.9 * e / (e + h + i) + 0.1 * e / (e + i)))


def test_terms_beyond_reckoning_are_refused_and_large_ones_are_not() -> None:
    """Habit and task pull apart by e^40: shares to the last digit would hang on the last digit of a constant."""
    terms = {"habit": {"simple": 50.0, "weighed": 50.0}, "task": {"complex": {"phone": 50.0}, "ambiguous": {"mail": -50.0}}}
    with pytest.raises(ScenarioError) as caught:
        compile(town(choice={"first": {"utility": terms | {"experience": 50.0, "circumstances": {"closed": -50.0}}}}, channels={"phone": OFFICE}))
    assert [problem.code for problem in caught.value.problems] == ["utility_large"]
    large = {"habit": {"simple": 8.0, "weighed": 8.0}, "task": {"complex": {"phone": 8.0}, "ambiguous": {"mail": -8.0}}}
    compile(town(choice={"first": {"utility": large | {"experience": 8.0, "circumstances": {"closed": -8.0}}}}, channels={"phone": OFFICE}))
