"""The queue stage: waiting, patience, blocking, balking, closing, overtime, priorities, skills."""

from __future__ import annotations

import pytest

from simcrc.log import Kind, Outcome, Reason
from tests.engine.small import DAY, HOUR, MINUTE, document, run


def phone(**more: object) -> dict[str, object]:
    return {"phone": {"kind": "phone", "handle_time": "10 min"} | more}


def test_first_come_first_served() -> None:
    story = run(document(phone()), [0, MINUTE, 2 * MINUTE])
    assert [contact.outcome for contact in story.contacts] == [Outcome.SERVED] * 3
    assert [contact.ended for contact in story.contacts] == [10 * MINUTE, 20 * MINUTE, 30 * MINUTE]
    assert [contact.wait for contact in story.contacts[1:]] == [9 * MINUTE, 18 * MINUTE]


def test_patience_ends_the_wait_and_service_wins_a_tie() -> None:
    story = run(document(phone(patience="9 min")), [0, MINUTE, 2 * MINUTE])
    assert [contact.outcome for contact in story.contacts] == [Outcome.SERVED, Outcome.SERVED, Outcome.ABANDONED]
    assert story.contacts[2].ended == 11 * MINUTE


def test_lines_block_and_are_held_to_the_end() -> None:
    story = run(document(phone(lines=2)), [0, MINUTE, 2 * MINUTE, 10 * MINUTE])
    assert [contact.outcome for contact in story.contacts] == [Outcome.SERVED, Outcome.SERVED, Outcome.BLOCKED, Outcome.SERVED]


def test_waiting_places() -> None:
    story = run(document(phone(waiting_places=1)), [0, MINUTE, 2 * MINUTE])
    assert [contact.outcome for contact in story.contacts] == [Outcome.SERVED, Outcome.SERVED, Outcome.BLOCKED]


def test_announced_wait_above_patience_is_balking() -> None:
    story = run(document(phone(patience="15 min", announce="expected")), [0, MINUTE, 2 * MINUTE])
    assert [contact.outcome for contact in story.contacts] == [Outcome.SERVED, Outcome.SERVED, Outcome.BALKED]  # announced 10, then 20 minutes
    assert story.of(Kind.QUEUED)[0][5] == 10 * MINUTE


def test_announced_wait_below_patience_changes_nothing() -> None:
    told = run(document(phone(patience="25 min", announce="expected")), [0, MINUTE, 2 * MINUTE])
    assert [contact.ended for contact in told.contacts] == [10 * MINUTE, 20 * MINUTE, 30 * MINUTE]


@pytest.mark.parametrize(("at_closing", "last"), [("serve", Outcome.SERVED), ("dismiss", Outcome.DISMISSED)])
def test_closing(at_closing: str, last: Outcome) -> None:
    doc = document(
        phone(hours="Mon-Fri 08:30-16:30", at_closing=at_closing),
        agents={"agents": {"serves": ["phone"], "schedule": {"week": {"Mon-Fri": {"08:30": 1, "16:30": 0}}}}},
    )
    closing = 16 * HOUR + 30 * MINUTE
    story = run(doc, [closing - 5 * MINUTE, closing - 4 * MINUTE])
    assert [contact.outcome for contact in story.contacts] == [Outcome.SERVED, last]
    assert story.contacts[1].ended == (closing + 15 * MINUTE if last is Outcome.SERVED else closing)
    assert [row[3] for row in story.of(Kind.AGENT_LEFT)] == [15 * MINUTE if last is Outcome.SERVED else 5 * MINUTE]  # overtime


def test_a_shift_ends_with_the_contact_in_hand() -> None:
    story = run(
        document(phone(), agents={"agents": {"serves": ["phone"], "schedule": {"week": {"Mon": {"00:00": 1, "12:00": 0}, "Tue": {"00:00": 1}}}}}),
        [12 * HOUR - MINUTE, 12 * HOUR],
    )
    assert story.contacts[0].ended == 12 * HOUR + 9 * MINUTE
    assert story.contacts[1].at(Kind.SERVICE_STARTED) == DAY  # the line is open all night: the citizen waits for the next shift
    assert [(row[0], row[3]) for row in story.of(Kind.AGENT_LEFT)] == [(12 * HOUR + 9 * MINUTE, 9 * MINUTE)]


@pytest.mark.parametrize(("then", "outcomes"), [("contact", [Outcome.CLOSED]), ("wait", [Outcome.SERVED])])
def test_closed(then: str, outcomes: list[Outcome]) -> None:
    doc = document(phone(hours="Mon-Fri 08:30-16:30", when_closed={"then": then, "spread": "20 min"}))
    story = run(doc, [6 * HOUR])
    assert [contact.outcome for contact in story.contacts] == outcomes
    assert story.contacts[0].started == (6 * HOUR if then == "contact" else 8 * HOUR + 50 * MINUTE)


def test_closed_takes_another_channel_that_is_open() -> None:
    channels = phone(hours="Mon-Fri 08:30-16:30", when_closed={"then": "other"}) | {"web": {"kind": "web", "completion": 1.0, "duration": "5 min"}}
    story = run(document(channels, first={"phone": "99.99 %", "web": "0.01 %"}), [6 * HOUR])
    assert story.outcomes() == [("web", "CONTAINED")]


def test_wrap_up_and_not_ready_keep_the_agent_not_the_citizen() -> None:
    agents = {"agents": {"serves": ["phone"], "schedule": {"week": {"Mon-Sun": {"00:00": 1}}}, "not_ready": "3 min"}}
    story = run(document(phone(wrap_up="2 min"), agents=agents), [0, MINUTE])
    assert [contact.ended for contact in story.contacts] == [10 * MINUTE, 25 * MINUTE]
    assert [row[5] for row in story.of(Kind.AGENT_FREED)] == [5 * MINUTE] * 2


def test_priority_is_not_preemptive() -> None:
    services = {"common": {}, "urgent": {"priority": 1}}
    story = run(document(phone(), services=services), per_service={0: [0, MINUTE], 1: [2 * MINUTE]})
    common, waiting, urgent = story.contacts
    assert (common.ended, urgent.ended, waiting.ended) == (10 * MINUTE, 20 * MINUTE, 30 * MINUTE)


def test_head_start_counts_as_waiting_time() -> None:
    segments = {"regular": {"share": "50 %"}, "early": {"share": "50 %", "head_start": "90 s"}}
    doc = document(phone(), population={"size": 100, "segments": segments}, services={"a": {"needs": {"early": 0}}, "b": {"needs": {"regular": 0}}})
    story = run(doc, per_service={0: [0, MINUTE, 4 * MINUTE], 1: [2 * MINUTE]})
    assert [contact.ended for contact in story.contacts] == [10 * MINUTE, 30 * MINUTE, 20 * MINUTE, 40 * MINUTE]  # 2:00 − 1:30 goes before 1:00


def test_skills_are_respected_and_no_agent_is_idle_while_he_could_serve() -> None:
    agents = {
        "french": {"serves": ["phone"], "skills": {"a": "100 %"}, "schedule": {"week": {"Mon-Sun": {"00:00": 1}}}},
        "both": {"serves": ["phone"], "skills": {"a": "100 %", "b": "100 %"}, "schedule": {"week": {"Mon-Sun": {"00:00": 1}}}},
    }
    doc = document(phone(), agents=agents, services={"a": {}, "b": {}}, routing={"agent": "fewest_skills"})
    story = run(doc, per_service={0: [0, 2 * MINUTE], 1: [MINUTE]})
    first, b, second = story.contacts
    assert (first.rows[0][2][2], b.rows[0][2][2]) == (0, 1)  # the specialist takes the first, the versatile agent stays for b
    assert second.at(Kind.SERVICE_STARTED) == 10 * MINUTE
    assert second.rows[-2][2][2] == 0


def test_transfer() -> None:
    channels = phone(transfer={"to": "experts", "share": "100 %"}) | {"experts": {"kind": "phone", "handle_time": "20 min"}}
    story = run(document(channels, agents=2, serves=["phone", "experts"]), [0])
    assert [(contact.station, contact.reason, contact.started, contact.ended) for contact in story.contacts] == [
        ("phone", Reason.FIRST, 0, 10 * MINUTE),
        ("experts", Reason.TRANSFER, 10 * MINUTE, 30 * MINUTE),
    ]
    assert [contact.right for contact in story.contacts] == [False, True]


def test_sites_are_stations_of_their_own() -> None:
    channels = {"counter": {"kind": "counter", "handle_time": "10 min", "sites": {"quebec": {"share": 1}, "hull": {"share": 0}}}}
    story = run(document(channels, serves=["counter.quebec"], first="counter"), [0, MINUTE])
    assert story.outcomes() == [("counter.quebec", "SERVED")] * 2
