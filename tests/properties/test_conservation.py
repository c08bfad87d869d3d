"""Nothing is dropped, on scenarios of all sorts: needs, contacts and their order, and no time is negative."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from inspect import GEN_SUSPENDED, getgeneratorstate

import numpy as np
import pytest
from hypothesis import given

from simcrc.engine.events import Alarm, Clock, Ticket
from simcrc.engine.world import Need, World
from simcrc.log import CONTACTS_PER_NEED, End, Kind, Outcome, Reason
from simcrc.model.compile import compile
from simcrc.model.stages import Backlog, Queue
from simcrc.observe import Observer
from simcrc.scenario.scenario import Scenario
from tests.engine.small import Contact, tell
from tests.properties.profiles import examples
from tests.properties.scenarios import scenarios

LETTERS = {Kind.RECEIVED: "R", Kind.QUEUED: "Q", Kind.SERVICE_STARTED: "S", Kind.SERVICE_ENDED: "E", Kind.ANSWERED: "A", Kind.CONTACT_ENDED: "X"}
LIVE = {"SERVED": "Q?SEX", "ABANDONED": "QX", "DISMISSED": "QX", "BALKED": "X", "BLOCKED": "X", "CLOSED": "X", "IN_PROGRESS": "Q|Q?S"}
ALONE = {"CONTAINED": "X", "FAILED": "X", "OPTED_OUT": "X", "BLOCKED": "X", "CLOSED": "X", "IN_PROGRESS": ""}
WRITTEN = {"SERVED": "R(Q?SE){n}AX", "RETURNED": "R(Q?SE){n}AX", "LOST": "X", "WITHDRAWN": "(RQ)?X", "CLOSED": "X", "IN_PROGRESS": "|R(Q?SE)*(Q|Q?S)?A?"}
AT_ONCE = (Outcome.BALKED, Outcome.BLOCKED, Outcome.CLOSED)


@examples(40)
@given(scenarios())
def test_every_contact_has_one_outcome_and_is_told_in_order(scenario: Scenario) -> None:
    story = tell(compile(scenario))
    channels = {station.name: story.model.channels[station.channel] for station in story.model.stations}
    for contact in story.contacts:
        channel = channels[contact.station]
        backlog = next((stage for stage in channel.stages if isinstance(stage, Backlog)), None)
        grammar = WRITTEN if backlog else LIVE if any(isinstance(stage, Queue) for stage in channel.stages) else ALONE
        told = "".join(LETTERS[kind] for kind, _, _ in contact.rows)
        assert contact.outcome.name in grammar, f"{contact.station} cannot end {contact.outcome.name}"
        pattern = grammar[contact.outcome.name].replace("{n}", f"{{{len(backlog.steps)}}}" if backlog else "")
        assert re.fullmatch(pattern, told), f"{contact.outcome.name}: {told}"
        times = [contact.started, *(time for _, time, _ in contact.rows)]
        assert times == sorted(times)
        assert times[-1] <= story.model.end
        if contact.outcome in AT_ONCE:
            assert contact.ended == contact.started
    started = story.rows[story.rows[:, 1] == Kind.CONTACT_STARTED, 2].tolist()
    assert len(started) == len(set(started)) == len(story.contacts)


@examples(40)
@given(scenarios())
def test_needs_started_are_resolved_given_up_or_open(scenario: Scenario) -> None:
    story = tell(compile(scenario))
    started, resolved, closed = (story.of(kind) for kind in (Kind.NEED_STARTED, Kind.NEED_RESOLVED, Kind.NEED_CLOSED))
    needs = {row[2] for row in started}
    settled = {row[2]: row[3] for row in resolved}
    assert len(needs) == len(started)
    assert len(settled) == len(resolved)
    assert len(story.ends) == len(closed)
    assert settled.keys() | story.ends.keys() <= needs
    assert all((end is End.RESOLVED) == (need in settled) for need, end in story.ends.items())
    contacts = {contact.id: contact for contact in story.contacts}
    for by in settled.values():
        assert contacts[by].outcome in (Outcome.SERVED, Outcome.CONTAINED)
        assert contacts[by].right or chased(contacts, contacts[by])
    over: dict[int, int] = {}
    for index, (_, kind, subject, *_rest) in enumerate(story.rows.tolist()):
        need = subject if kind < Kind.CONTACT_STARTED else subject // CONTACTS_PER_NEED if kind < Kind.AGENT_FREED else -1
        assert need not in over, f"row {index} of a need that is closed"
        if kind == Kind.NEED_CLOSED:
            over[need] = index
    numbers: dict[int, list[int]] = defaultdict(list)
    for contact in story.contacts:
        need = contact.id // CONTACTS_PER_NEED
        numbers[need].append(contact.id % CONTACTS_PER_NEED)
        assert need not in story.ends or contact.outcome is not Outcome.IN_PROGRESS
    assert all(sorted(found) == list(range(len(found))) for found in numbers.values())


def chased(contacts: dict[int, Contact], contact: Contact) -> bool:
    """Whether a contact is a chase, or came of one (which met a voice unit first, or was not reached at once)."""
    while contact.reason is not Reason.CHASE:
        if contact.cause < 0:
            return False
        contact = contacts[contact.cause]
    return True


FOLLOWS: dict[Reason, tuple[Outcome, ...]] = {
    Reason.REDIAL: (Outcome.ABANDONED, Outcome.BALKED, Outcome.BLOCKED, Outcome.CLOSED, Outcome.DISMISSED),
    Reason.SWITCH: (Outcome.ABANDONED, Outcome.BALKED, Outcome.BLOCKED, Outcome.CLOSED, Outcome.DISMISSED),
    Reason.ZERO: (Outcome.OPTED_OUT,),
    Reason.TRANSFER: (Outcome.SERVED,),
    Reason.FAILURE: (Outcome.FAILED, Outcome.SERVED, Outcome.CONTAINED, Outcome.OPTED_OUT),
    Reason.RESEND: (Outcome.RETURNED, Outcome.LOST),
    Reason.VERIFICATION: (Outcome.SERVED, Outcome.CONTAINED),
    Reason.INDUCED: (Outcome.SERVED, Outcome.CONTAINED),
}


@examples(40)
@given(scenarios())
def test_every_contact_has_a_cause_that_explains_it(scenario: Scenario) -> None:
    story = tell(compile(scenario))
    contacts: dict[int, Contact] = {contact.id: contact for contact in story.contacts}
    for contact in story.contacts:
        if contact.reason is Reason.FIRST:
            assert (contact.cause, contact.id % CONTACTS_PER_NEED) == (-1, 0)
            continue
        cause = contacts[contact.cause]
        assert cause.id // CONTACTS_PER_NEED == contact.id // CONTACTS_PER_NEED
        assert cause.id < contact.id
        if contact.reason is Reason.CHASE:
            assert cause.started <= contact.started
            continue
        assert cause.outcome in FOLLOWS[contact.reason]
        assert cause.ended <= contact.started
        assert cause.right == (contact.reason in (Reason.VERIFICATION, Reason.INDUCED))


@examples(30)
@given(scenarios())
def test_no_time_is_negative_and_the_observer_counts_what_the_log_says(scenario: Scenario) -> None:
    model = compile(scenario)
    story = tell(model)
    assert (np.diff(story.rows[:, 0]) >= 0).all()
    assert story.rows[:, 0].min(initial=0) >= 0
    assert story.rows[:, 0].max(initial=0) <= model.end
    freed, left = (np.array(story.of(kind)).reshape(-1, 6) for kind in (Kind.AGENT_FREED, Kind.AGENT_LEFT))
    assert (freed[:, 5] > 0).all()
    assert (left[:, 3] >= 0).all()
    contacts: list[dict[str, np.ndarray]] = []
    needs: list[dict[str, np.ndarray]] = []
    observer = Observer(model, on_contacts=contacts.append, on_needs=needs.append, least=50)
    for first in range(0, len(story.rows), 37):
        observer.feed(story.rows[first : first + 37])
    observer.finish(model.end)
    seen = Counter(Outcome(code) for table in contacts for code in table["outcome"].tolist())
    assert seen == Counter(contact.outcome for contact in story.contacts)
    waits = {id: wait for table in contacts for id, wait in zip(table["contact"].tolist(), table["waited"].tolist(), strict=True)}
    handled = {id: time for table in contacts for id, time in zip(table["contact"].tolist(), table["handled"].tolist(), strict=True)}
    for contact in story.contacts:
        own = [time for kind, time, _ in contact.rows if kind in (Kind.SERVICE_STARTED, Kind.SERVICE_ENDED)]
        own += [model.end] * (len(own) % 2)
        assert handled[contact.id] == sum(own[1::2]) - sum(own[::2])
    for table in (*contacts, *needs):
        assert all((table[name] >= 0).all() for name in ("waited", "citizen_time", "cost", "contacts", "handled", "labour") if name in table)
        assert all((table[name] >= -1).all() for name in table if table[name].dtype == np.int64)
    assert all(wait >= 0 for wait in waits.values())
    assert sum(len(table["need"]) for table in needs) == len(story.of(Kind.NEED_STARTED))


@examples(30)
@given(scenarios())
def test_no_open_need_is_forgotten(scenario: Scenario) -> None:
    """Whoever is not finished at the horizon waits for something; only a lost item that nobody asks for is open for ever."""
    waiting: set[int] = set()

    def close(world: World) -> None:
        waiting.update(need.id for need in pending(world))
        original(world)

    original = World.close
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(World, "close", close)
        story = tell(compile(scenario))
    lost = {contact.id // CONTACTS_PER_NEED for contact in story.contacts if contact.outcome is Outcome.LOST}
    started = {row[2] for row in story.of(Kind.NEED_STARTED)}
    assert waiting.isdisjoint(story.ends)
    assert started - story.ends.keys() - waiting <= lost


def pending(world: World) -> Iterator[Need]:
    """The needs that have begun and that something is to happen to."""
    clock: Clock = world.env
    events = [entry[3] for entry in clock.agenda] + [event for span in clock.far.values() for event in span]
    events += [ticket for line in world.desk.lines for ticket in line.tickets if ticket.waiting]
    for event in events:
        if isinstance(event, Alarm) and isinstance(event.about, Ticket) and event.about.waiting:
            event = event.about
        if event.go_on is not None:
            steps = event.go_on.__self__
            if getgeneratorstate(steps) == GEN_SUSPENDED and "need" in steps.gi_frame.f_locals:
                yield steps.gi_frame.f_locals["need"]
