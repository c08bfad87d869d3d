"""Corners in which an earlier engine went wrong."""

from __future__ import annotations

import pytest

from simcrc.log import CONTACTS_PER_NEED, End, Kind, Outcome, Reason
from tests.engine.small import DAY, HOUR, MINUTE, document, run
from tests.engine.test_items import mail, two_weeks
from tests.engine.test_journey import PHONE, UNIT


def test_a_blocked_call_is_the_phones_although_a_voice_unit_stands_in_front() -> None:
    nexts = {"phone.blocked": {"redial": "100 % after 20 min"}}
    story = run(document({"ivr": UNIT, "phone": PHONE | {"lines": 1}}, choice={"next": nexts}), [0, MINUTE])
    assert story.outcomes() == [("ivr", "OPTED_OUT"), ("phone", "BLOCKED"), ("phone", "SERVED"), ("ivr", "OPTED_OUT"), ("phone", "SERVED")]
    assert story.contacts[3].started == 21 * MINUTE


def test_redial_and_the_same_channel_by_name_are_two_options() -> None:
    nexts = {"phone.unresolved": {"redial": "40 % after 5 min", "phone": "40 % after 10 h", "give_up": "20 %"}}
    channels = {"phone": {"kind": "phone", "handle_time": "1 s", "resolution": 0}}
    story = run(document(channels, choice={"next": nexts, "max_contacts": 2}), range(0, 4_000 * MINUTE // 10, MINUTE // 10))
    second = [c.started - c.id // CONTACTS_PER_NEED % 1_000_000 * MINUTE // 10 for c in story.contacts if c.reason is Reason.FAILURE]
    soon = sum(delay < HOUR for delay in second) / 4_000
    late = sum(delay > HOUR for delay in second) / 4_000
    assert soon == pytest.approx(0.4, abs=0.03)
    assert late == pytest.approx(0.4, abs=0.03)


def test_closing_is_that_of_the_service() -> None:
    channels = {"phone": {"kind": "phone", "handle_time": "20 min", "hours": {"a": "08:00-20:00", "b": "08:00-16:00"}}}
    agents = {"agents": {"serves": ["phone"], "schedule": {"week": {"Mon-Fri": {"08:00": 1, "16:00": 0}}}}}
    story = run(document(channels, agents=agents, services={"a": {}, "b": {}}), per_service={0: [], 1: [15 * HOUR + 45 * MINUTE, 15 * HOUR + 50 * MINUTE]})
    assert story.contacts[1].at(Kind.SERVICE_STARTED) == 16 * HOUR + 5 * MINUTE


def test_overtime_is_counted_when_the_next_shift_begins_and_at_the_horizon() -> None:
    channels = {"phone": {"kind": "phone", "handle_time": "90 min"}}
    day = {"agents": {"serves": ["phone"], "schedule": {"week": {"Mon-Sun": {"08:00": 1, "12:00": 0, "13:00": 1, "23:30": 0}}}}}
    doc = document(channels, agents=day) | {"horizon": "1 day"}
    story = run(doc, [11 * HOUR + 50 * MINUTE, 23 * HOUR])
    assert [(row[0], row[3], row[4]) for row in story.of(Kind.AGENT_LEFT)] == [(13 * HOUR, HOUR, 1), (DAY, 30 * MINUTE, 1)]


def test_an_item_taken_by_the_agent_who_settled_it_is_redundant_work() -> None:
    channels = {"mail": mail(transport="0 s", steps={"process": {"handle_time": "30 min"}}), "phone": {"kind": "phone", "handle_time": "10 min"}}
    agents = {"agents": {"serves": ["phone", "mail"], "schedule": {"week": {"Mon-Sun": {"00:00": 1}}}}}
    choice = {
        "chase": {"mail": {"to": "phone", "after": "20 min", "resolves": 1.0}},
        "first": {"table": {"a": {"default": {"mail": 1.0}}, "b": {"default": {"phone": 1.0}}}},
    }
    doc = two_weeks(channels, agents=agents, first="mail", services={"a": {}, "b": {}}) | {"choice": choice}
    story = run(doc, per_service={0: [1], 1: [0, 5 * MINUTE, 15 * MINUTE]})
    item = next(c for c in story.contacts if c.station == "mail")
    worked = any(kind is Kind.SERVICE_STARTED for kind, _, _ in item.rows)
    assert (item.outcome is Outcome.WITHDRAWN) != worked


def test_a_chase_can_settle_the_need_of_a_lost_item() -> None:
    choice = {"chase": {"mail": {"to": "phone", "after": "1 day", "resolves": 1.0}}}
    doc = two_weeks({"mail": mail(lost=1.0), "phone": {"kind": "phone", "handle_time": "10 min"}}, serves=["mail", "phone"], first="mail", choice=choice)
    story = run(doc, [0])
    assert story.outcomes() == [("mail", "LOST"), ("phone", "SERVED")]
    assert list(story.ends.values()) == [End.RESOLVED]


def test_whoever_may_ask_no_more_for_a_lost_item_gives_up() -> None:
    choice = {"chase": {"mail": {"to": "phone", "after": "1 day"}}, "max_contacts": 2}
    doc = two_weeks(
        {"mail": mail(lost=1.0), "phone": {"kind": "phone", "handle_time": "10 min", "resolution": 0}}, serves=["mail", "phone"], first="mail", choice=choice
    )
    assert list(run(doc, [0]).ends.values()) == [End.GIVEN_UP]


def test_work_content_does_not_pass_from_one_channel_to_another() -> None:
    law = {"exponential": {"mean": "10 min"}}
    channels = {
        "phone": {"kind": "phone", "handle_time": law, "patience": "1 min", "transfer": {"to": "experts", "share": 1.0}},
        "experts": {"kind": "phone", "handle_time": law},
    }
    story = run(document(channels, serves=["phone", "experts"], choice={"next": {"phone.abandoned": {"redial": "100 % after 2 h"}}}), [0, 1])
    times = [c.ended - c.at(Kind.SERVICE_STARTED) for c in story.contacts if c.outcome is Outcome.SERVED]
    assert len(times) == 4
    assert len(set(times)) == 4


def test_two_numbers_that_are_left_alone_at_night() -> None:
    number = {"kind": "phone", "via": "ivr", "handle_time": "1 min", "hours": "08:00-16:00", "when_closed": {"then": "other", "tries": 0, "spread": "1 h"}}
    story = run(document({"ivr": UNIT, "one": number, "two": number}, serves=["one", "two"], first={"one": 0.5, "two": 0.5}), [HOUR])
    assert [c.started for c in story.contacts] == [9 * HOUR, 9 * HOUR + 2 * MINUTE]


def test_a_patient_citizen_may_try_hundreds_of_times() -> None:
    """A retrial queue: one agent busy for half a day, a call that comes back every minute until it gets through."""
    channel = {"kind": "phone", "handle_time": "12 h", "waiting_places": 0}
    choice = {"next": {"phone.blocked": {"redial": "100 % after 1 min"}}, "max_contacts": 9_000}
    story = run(document({"phone": channel}, choice=choice), [0, MINUTE // 2])
    tries = [contact for contact in story.contacts if contact.id // CONTACTS_PER_NEED == story.contacts[1].id // CONTACTS_PER_NEED]
    assert [contact.outcome for contact in tries] == [Outcome.BLOCKED] * 720 + [Outcome.SERVED]
    assert [contact.id % CONTACTS_PER_NEED for contact in tries] == list(range(721))
