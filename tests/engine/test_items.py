"""Written channels: transport, steps, incomplete and lost items, chasing, withdrawal, redundant work."""

from __future__ import annotations

from typing import Any

from simcrc.log import End, Kind, Outcome, Reason
from tests.engine.small import DAY, HOUR, MINUTE, document, run

STEPS = {"scan": {"handle_time": "2 min"}, "process": {"handle_time": "20 min"}}
PHONE = {"kind": "phone", "handle_time": "10 min"}


def mail(**more: Any) -> dict[str, Any]:
    return {"kind": "mail", "transport": "1 h", "steps": STEPS} | more


def two_weeks(*args: Any, **more: Any) -> dict[str, Any]:
    return document(*args, **more) | {"horizon": "14 days"}


def test_the_way_of_an_item() -> None:
    story = run(two_weeks({"mail": mail()}, serves=["mail"], first="mail"), [0, 1])
    first, second = story.contacts
    assert [first.at(k) for k in (Kind.RECEIVED, Kind.SERVICE_STARTED, Kind.ANSWERED)] == [HOUR, HOUR, HOUR + 24 * MINUTE]  # the second is scanned in between
    assert (first.outcome, first.ended) == (Outcome.SERVED, 2 * HOUR + 24 * MINUTE)
    assert second.ended == 2 * HOUR + 44 * MINUTE
    assert list(story.ends.values()) == [End.RESOLVED] * 2


def test_incomplete_items_go_back_and_come_again() -> None:
    story = run(two_weeks({"mail": mail(incomplete=1.0, correction="1 day")}, serves=["mail"], first="mail", choice={"max_contacts": 3}), [0])
    assert [(c.outcome, c.reason) for c in story.contacts] == [(Outcome.RETURNED, Reason.FIRST)] + [(Outcome.RETURNED, Reason.RESEND)] * 2
    assert story.contacts[1].started == story.contacts[0].ended + DAY
    assert list(story.ends.values()) == [End.GIVEN_UP]


def test_a_lost_item_stays_open_without_a_chase() -> None:
    story = run(two_weeks({"mail": mail(lost=1.0)}, serves=["mail"], first="mail"), [0])
    assert story.outcomes() == [("mail", "LOST")]
    assert story.ends == {}


def test_a_chase_finds_that_an_item_was_lost_and_it_is_sent_again() -> None:
    choice = {"chase": {"mail": {"to": "phone", "after": "1 day"}}, "max_contacts": 6}
    story = run(two_weeks({"mail": mail(lost=1.0), "phone": PHONE}, serves=["mail", "phone"], first="mail", choice=choice), [9 * HOUR])
    assert [(c.station, c.reason) for c in story.contacts[:4]] == [
        ("mail", Reason.FIRST),
        ("phone", Reason.CHASE),
        ("mail", Reason.RESEND),
        ("phone", Reason.CHASE),
    ]
    assert story.contacts[2].started == 9 * HOUR + DAY + 10 * MINUTE


def slow(**more: Any) -> dict[str, Any]:
    """Analysts who come only on the fourth day."""
    teams = {
        "analysts": {"serves": ["mail"], "schedule": {"week": {"Thu": {"08:00": 1, "18:00": 0}}}},
        "agents": {"serves": ["phone"], "schedule": {"week": {"Mon-Sun": {"00:00": 1}}}},
    }
    return two_weeks({"mail": mail(), "phone": PHONE}, agents=teams, first="mail", **more)


def test_the_clock_of_the_chase_starts_again_after_each_chase() -> None:
    story = run(slow(choice={"chase": {"mail": {"to": "phone", "after": "1 day"}}}), [0])
    assert [c.started for c in story.contacts] == [0, DAY, 2 * DAY + 10 * MINUTE, 3 * DAY + 20 * MINUTE]
    assert [c.reason for c in story.contacts[1:]] == [Reason.CHASE] * 3
    item = story.contacts[0]
    assert item.outcome is Outcome.SERVED
    assert [row[3] for row in story.of(Kind.NEED_RESOLVED)] == [item.id]


def test_a_resolving_chase_withdraws_an_item_not_yet_started() -> None:
    story = run(slow(choice={"chase": {"mail": {"to": "phone", "after": "1 day", "resolves": 1.0}}}), [0])
    item, chase = story.contacts
    assert (item.outcome, item.ended, item.at(Kind.RECEIVED)) == (Outcome.WITHDRAWN, DAY + 10 * MINUTE, HOUR)
    assert not any(kind is Kind.SERVICE_STARTED for kind, _, _ in item.rows)
    assert [row[3] for row in story.of(Kind.NEED_RESOLVED)] == [chase.id]
    assert list(story.ends.values()) == [End.RESOLVED]


def test_a_started_item_is_finished_as_redundant_work() -> None:
    channels = {"mail": mail(transport="0 s", steps={"process": {"handle_time": "10 h"}}), "phone": PHONE}
    choice = {"chase": {"mail": {"to": "phone", "after": "1 h", "resolves": 1.0}}}
    story = run(two_weeks(channels, agents=2, serves=["mail", "phone"], first="mail", choice=choice), [0])
    item, chase = story.contacts
    assert (item.outcome, item.ended) == (Outcome.SERVED, 10 * HOUR)
    assert [(row[0], row[3]) for row in story.of(Kind.NEED_RESOLVED)] == [(70 * MINUTE, chase.id)]
    assert [row[0] for row in story.of(Kind.NEED_CLOSED)] == [10 * HOUR]


def test_a_call_under_way_goes_on_when_the_answer_comes_first() -> None:
    channels = {"mail": mail(transport="1 h", steps={"process": {"handle_time": "1 h"}}), "phone": PHONE}
    choice = {"chase": {"mail": {"to": "phone", "after": "175 min"}}}
    story = run(two_weeks(channels, agents=2, serves=["mail", "phone"], first="mail", choice=choice), [0])
    item, chase = story.contacts
    assert (item.ended, chase.started, chase.ended, chase.outcome) == (180 * MINUTE, 175 * MINUTE, 185 * MINUTE, Outcome.SERVED)


def test_backlog_is_worked_when_nobody_waits_live() -> None:
    channels = {"email": {"kind": "email", "steps": {"answer": {"handle_time": "10 min"}}}, "phone": PHONE}
    doc = two_weeks(channels, serves=["phone", "email"], first={"phone": 1.0}, services={"a": {}, "b": {}})
    doc["choice"]["first"]["table"] = {"a": {"default": {"email": 1.0}}, "b": {"default": {"phone": 1.0}}}
    story = run(doc, per_service={0: [0, 1, 2], 1: [MINUTE, 2 * MINUTE]})
    ended = {(c.station, c.started): c.ended for c in story.contacts}
    assert [ended["email", 0], ended["phone", MINUTE], ended["phone", 2 * MINUTE], ended["email", 1], ended["email", 2]] == [
        m * MINUTE for m in (10, 20, 30, 40, 50)
    ]
