"""What the properties have found: the smallest example of each fault, so that it stays mended."""

from __future__ import annotations

from simcrc.log import End, Kind
from tests.engine.small import DAY, HOUR, MINUTE, MONDAY, SECOND, document, run


def test_wrap_ups_under_way_at_the_horizon_are_told() -> None:
    phone = {"kind": "phone", "handle_time": "4 min", "wrap_up": "10 min"}
    story = run(document({"phone": phone}), [2 * DAY - 30 * MINUTE, 2 * DAY - 7 * MINUTE])
    assert [row[::5] for row in story.of(Kind.AGENT_FREED)] == [[2 * DAY - 16 * MINUTE, 10 * MINUTE], [2 * DAY, 3 * MINUTE]]
    story = run(document({"phone": phone}), [2 * DAY - 4 * MINUTE])
    assert story.of(Kind.AGENT_FREED) == []


def test_a_channel_without_hours_that_is_closed_on_holidays_is_closed() -> None:
    phone = {"kind": "phone", "handle_time": "4 min", "when_closed": {"then": "contact"}}
    for written, outcome in (({}, "SERVED"), ({"holidays": "open"}, "SERVED"), ({"holidays": "closed"}, "CLOSED")):
        teams = {"agents": {"serves": ["phone"], "schedule": {"week": {"Mon-Sun": 1}, "on_holidays": "open"}}}
        story = run(document({"phone": phone | written}, agents=teams, holidays=MONDAY), [9 * HOUR, 33 * HOUR])
        assert story.outcomes() == [("phone", outcome), ("phone", "SERVED")]


def test_nobody_is_sent_on_to_a_channel_that_he_has_no_access_to() -> None:
    channels = {
        "phone": {"kind": "phone", "handle_time": "4 min", "transfer": {"to": "web", "share": 1}},
        "web": {"kind": "web", "completion": 1},
    }
    for access, outcomes in ((0, [("phone", "SERVED")]), (1, [("phone", "SERVED"), ("web", "CONTAINED")])):
        population = {"size": 10, "segments": {"all": {"share": 1, "access": access}}}
        story = run(document(channels, population=population), [9 * HOUR])
        assert story.outcomes() == outcomes
        assert [contact.right for contact in story.contacts] == [True] if access == 0 else [False, True]
        assert list(story.ends.values()) == [End.RESOLVED]


def test_letters_that_chase_letters_do_not_go_on_for_ever() -> None:
    """Each used to be chased in its turn: thousands of processes one in another, with one another's random numbers."""
    mail = {"kind": "mail", "transport": "30 days", "steps": {"open": {"handle_time": "1 min"}}}
    choice = {"chase": {"mail": {"to": "mail", "after": "1 s"}}, "max_contacts": 2000}
    story = run(document({"mail": mail}, serves=["mail"], first="mail", choice=choice), [0])
    assert [(contact.reason.name, contact.started) for contact in story.contacts] == [("FIRST", 0), ("CHASE", SECOND), ("CHASE", 2 * SECOND)]
