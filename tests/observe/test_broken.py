"""A log that breaks its grammar or conservation fails the run, and says why in both languages."""

from __future__ import annotations

import pickle
import re

import pytest

from simcrc.errors import SimulationError
from simcrc.log import CONTACTS_PER_NEED, End, Kind, Outcome
from simcrc.observe import Observer
from simcrc.observe.broken import REASONS, BrokenLogError
from tests.observe.logs import DAY, HOUR, MAIL, MINUTE, PHONE, WEB, Log


def good() -> tuple[Log, int, int]:
    """A log of one need with one contact, closed; the need, the contact."""
    log = Log()
    need = log.need(log.start, 0)
    contact = log.contact(log.start, need, 0, WEB, Outcome.FAILED, MINUTE)
    log.close(log.start + DAY, need)
    return log, need, contact


def broken(log: Log) -> BrokenLogError:
    with pytest.raises(BrokenLogError) as raised:
        log.sums()
    assert isinstance(raised.value, SimulationError)
    assert raised.value.say("fr") != raised.value.say("en")
    return raised.value


def test_the_good_log_is_good() -> None:
    log, _, _ = good()
    assert log.sums() is not None


def test_a_need_that_starts_twice() -> None:
    log, _, _ = good()
    log.need(log.start, 0)
    assert broken(log).reason == "needs_twice"


def test_a_need_that_closes_twice() -> None:
    log, need, _ = good()
    log.close(log.start + DAY, need)
    assert broken(log).reason == "closed_twice"


def test_rows_after_a_need_closed_in_an_earlier_batch() -> None:
    log, need, _ = good()
    log.contact(log.start + DAY + HOUR, need, 1, WEB, Outcome.FAILED, MINUTE)
    with pytest.raises(BrokenLogError) as raised:
        log.sums(chunk=4, least=1)
    assert raised.value.reason == "unknown_need"
    assert raised.value.counts["example"] == need


def test_rows_after_a_need_closed_in_the_same_batch() -> None:
    log, need, _ = good()
    log.contact(log.start + DAY + HOUR, need, 1, WEB, Outcome.FAILED, MINUTE)
    assert broken(log).reason == "after_close"


def test_a_need_that_never_started() -> None:
    log, need, _ = good()
    log.contact(log.start, need + 5, 0, WEB, Outcome.FAILED, MINUTE)
    assert broken(log).reason == "unknown_need"


def test_a_contact_that_never_started() -> None:
    log, _, contact = good()
    log.emit(log.start, Kind.QUEUED, contact + 3, PHONE, 0, -1)
    assert broken(log).reason == "unknown_contact"


def test_contacts_with_one_number() -> None:
    log, need, _ = good()
    log.contact(log.start, need, 0, WEB, Outcome.FAILED, MINUTE)
    assert broken(log).reason == "contact_twice"


def test_a_contact_with_two_outcomes() -> None:
    log, _, contact = good()
    log.emit(log.start + HOUR, Kind.CONTACT_ENDED, contact, WEB, Outcome.CONTAINED)
    assert broken(log).reason == "ended_twice"


def test_a_closed_need_with_an_open_contact() -> None:
    log, need, _ = good()
    log.emit(log.start + HOUR, Kind.CONTACT_STARTED, need * CONTACTS_PER_NEED + 1, MAIL, 0, -1)
    assert broken(log).reason == "never_ended"


def test_resolved_and_given_up() -> None:
    log, need, contact = good()
    log.resolve(log.start + HOUR, need, contact)
    assert broken(log).reason == "end_differs"


def test_closed_as_resolved_without_resolution() -> None:
    log, need, _ = good()
    log.need(log.start, 1)
    log.close(log.start + HOUR, need + 1, End.RESOLVED)
    error = broken(log)
    assert error.reason == "end_differs"
    assert error.counts == {"count": 1, "example": need + 1}


def test_a_need_that_is_resolved_twice() -> None:
    log, need, contact = good()
    for _ in range(2):
        log.resolve(log.start + HOUR, need, contact)
    assert broken(log).reason == "resolved_twice"


def test_times_that_go_back() -> None:
    log, _, _ = good()
    observer = Observer(log.model)
    observer.feed(log.array()[::-1])
    with pytest.raises(BrokenLogError) as raised:
        observer.finish(log.model.end)
    assert raised.value.reason == "order"


def test_rows_after_the_horizon() -> None:
    log, _, _ = good()
    log.emit(log.model.end + 1, Kind.STAFFED, 0, 1, 1)
    assert broken(log).reason == "after_end"


def test_more_departures_than_arrivals() -> None:
    log, _, contact = good()
    log.emit(log.start, Kind.SERVICE_ENDED, contact, WEB, 0, 0)
    assert broken(log).reason == "negative"


def test_the_error_travels_between_processes() -> None:
    error = BrokenLogError("unknown_need", count=3, example=7)
    again = pickle.loads(pickle.dumps(error))
    assert (again.reason, again.counts, str(again)) == (error.reason, error.counts, str(error))
    assert again.say("fr") == error.say("fr")


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_says_the_same_fields_in_both_languages(reason: str) -> None:
    words = REASONS[reason]
    assert set(re.findall(r"{(\w+)}", words.fr)) == set(re.findall(r"{(\w+)}", words.en))
