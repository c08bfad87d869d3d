"""Journeys: voice unit and "0", redial, failure demand, verification, induced contacts, giving up."""

from __future__ import annotations

from simcrc.log import End, Kind, Outcome, Reason
from tests.engine.small import DAY, HOUR, MINUTE, document, run

PHONE = {"kind": "phone", "via": "ivr", "handle_time": "10 min"}
UNIT = {"kind": "ivr", "duration": "2 min", "opt_out": "100 %"}


def test_zero_takes_the_call_to_the_agents_on_the_same_line() -> None:
    story = run(document({"ivr": UNIT, "phone": PHONE | {"lines": 1}}), [0, 11 * MINUTE, 12 * MINUTE])
    assert [(c.station, c.outcome, c.reason) for c in story.contacts] == [
        ("ivr", Outcome.OPTED_OUT, Reason.FIRST),
        ("phone", Outcome.SERVED, Reason.ZERO),
        ("phone", Outcome.BLOCKED, Reason.FIRST),
        ("ivr", Outcome.OPTED_OUT, Reason.FIRST),
        ("phone", Outcome.SERVED, Reason.ZERO),
    ]
    assert story.contacts[1].cause == story.contacts[0].id


def test_zero_outside_hours_is_a_closed_contact() -> None:
    story = run(document({"ivr": UNIT, "phone": PHONE | {"hours": "08:30-16:30"}}), [6 * HOUR])
    assert story.outcomes() == [("ivr", "OPTED_OUT"), ("phone", "CLOSED")]
    assert list(story.ends.values()) == [End.GIVEN_UP]


def test_a_service_that_the_unit_does_not_offer_is_put_through() -> None:
    story = run(document({"ivr": UNIT | {"offers": []}, "phone": PHONE}), [0])
    assert story.outcomes() == [("phone", "SERVED")]


def test_containment_settles_the_need() -> None:
    story = run(document({"ivr": UNIT | {"opt_out": 0}, "phone": PHONE}), [0])
    assert story.outcomes() == [("ivr", "CONTAINED")]
    assert [row[0] for row in story.of(Kind.NEED_RESOLVED)] == [2 * MINUTE]


def test_redial_after_a_delay_keeps_patience_per_need() -> None:
    patience = {"exponential": {"mean": "3 min"}}
    nexts = {"phone.abandoned": {"redial": "100 % after 20 min"}}
    channel = {"kind": "phone", "handle_time": "300 min", "patience": patience}
    kept = run(document({"phone": channel}, choice={"next": nexts, "max_contacts": 5}), [0, 1])
    waits = [c.wait for c in kept.contacts[1:]]
    assert len(waits) == 5
    assert len(set(waits)) == 1
    assert [c.reason for c in kept.contacts[1:]] == [Reason.FIRST] + [Reason.REDIAL] * 4
    assert kept.contacts[2].started == kept.contacts[1].ended + 20 * MINUTE
    fresh = run(document({"phone": channel | {"redial_keeps": "per_contact"}}, choice={"next": nexts, "max_contacts": 5}), [0, 1])
    assert len({c.wait for c in fresh.contacts[1:]}) == 5


def test_unresolved_is_failure_demand_and_goes_on_until_it_is_settled() -> None:
    channels = {"phone": {"kind": "phone", "handle_time": "10 min", "resolution": 0}, "counter": {"kind": "counter", "handle_time": "5 min"}}
    story = run(document(channels, serves=["phone", "counter"], choice={"next": {"phone.unresolved": {"counter": "100 % after 1 h"}}}), [0])
    assert [(c.station, c.reason, c.started) for c in story.contacts] == [("phone", Reason.FIRST, 0), ("counter", Reason.FAILURE, 70 * MINUTE)]
    assert list(story.ends.values()) == [End.RESOLVED]


def test_not_reached_and_another_channel_is_a_switch() -> None:
    channels = {"phone": {"kind": "phone", "handle_time": "10 min", "patience": "1 min"}, "web": {"kind": "web", "completion": 1.0}}
    story = run(document(channels, choice={"next": {"phone.abandoned": {"web": 1.0}}}), [0, 1])
    assert (story.contacts[2].station, story.contacts[2].reason) == ("web", Reason.SWITCH)


def test_without_a_row_the_citizen_gives_up() -> None:
    story = run(document({"web": {"kind": "web", "completion": 0}, "phone": {"kind": "phone", "handle_time": "1 min"}}, first="web"), [0])
    assert story.outcomes() == [("web", "FAILED")]
    assert list(story.ends.values()) == [End.GIVEN_UP]


def test_the_row_of_the_service_goes_first() -> None:
    channels = {"web": {"kind": "web", "completion": 0}, "phone": {"kind": "phone", "handle_time": "1 min"}}
    nexts = {"web.failed": {"phone": 1.0}, "web.failed.b": {"give_up": 1.0}}
    story = run(document(channels, first="web", services={"a": {}, "b": {}}, choice={"next": nexts}), per_service={0: [0], 1: [HOUR]})
    assert story.outcomes() == [("web", "FAILED"), ("phone", "SERVED"), ("web", "FAILED")]


def test_offline_citizens_never_take_the_web() -> None:
    population = {"size": 1000, "segments": {"all": {"share": 1.0, "access": 0}}}
    channels = {"web": {"kind": "web", "completion": 1.0}, "phone": {"kind": "phone", "handle_time": "1 min", "resolution": 0}}
    nexts = {"phone.unresolved": {"web": "90 %", "give_up": "10 %"}}
    story = run(document(channels, population=population, choice={"next": nexts}), [0, HOUR, 2 * HOUR])
    assert {c.station for c in story.contacts} == {"phone"}


def test_verification_and_induced_contacts_come_after_resolution_and_belong_to_the_need() -> None:
    channels = {"web": {"kind": "web", "completion": 1.0, "duration": "5 min"}, "phone": {"kind": "phone", "handle_time": "10 min"}}
    choice = {
        "verify": {"web": {"to": "phone", "probability": 1.0, "when": "ambiguous", "after": "1 h"}},
        "induced": {"web": {"to": "phone", "probability": 1.0, "after": "3 h"}},
    }
    story = run(document(channels, first="web", services={"info": {"ambiguity": 1.0}}, choice=choice), [0])
    assert [(c.station, c.reason, c.started) for c in story.contacts] == [
        ("web", Reason.FIRST, 0),
        ("phone", Reason.VERIFICATION, 65 * MINUTE),
        ("phone", Reason.INDUCED, 185 * MINUTE),
    ]
    assert [row[0] for row in story.of(Kind.NEED_CLOSED)] == [195 * MINUTE]
    plain = run(document(channels, first="web", choice=choice), [0])
    assert [c.reason for c in plain.contacts] == [Reason.FIRST, Reason.INDUCED]  # nothing ambiguous, nothing to verify


def test_open_at_the_horizon() -> None:
    story = run(document({"phone": {"kind": "phone", "handle_time": "10 min"}}), [2 * DAY - MINUTE])
    assert story.outcomes() == [("phone", "IN_PROGRESS")]
    assert story.ends == {}
