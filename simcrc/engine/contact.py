"""One contact, from its first instant to its outcome: the stages of its channel, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.draws import Purpose
from simcrc.log import CONTACTS_PER_NEED, Kind, Outcome, Reason

if TYPE_CHECKING:
    from simcrc.engine.events import Steps, Ticket
    from simcrc.engine.world import Channel, Need, World

CONTACT_STARTED, CONTACT_ENDED = int(Kind.CONTACT_STARTED), int(Kind.CONTACT_ENDED)
RESOLVED, SITE, ASKS = int(Purpose.RESOLVED), int(Purpose.SITE), int(Purpose.ASKS)
SERVED, CONTAINED, RETURNED = Outcome.SERVED, Outcome.CONTAINED, Outcome.RETURNED


class Visit:
    """A contact under way.  `place` (thread << 32 | ordinal) addresses its draws, `content` those of patience and work, which a
    redialling citizen may keep."""

    outcome: Outcome | None = None
    right = False  # gave the right and complete answer
    transfer_to = -1  # the channel that an agent sends the citizen on to
    started = False  # somebody has begun to work on the item
    cut = Outcome.SERVED  # RETURNED when the work found the item incomplete, WITHDRAWN when the citizen took it back
    ticket: Ticket | None = None  # what the item waits on
    chased = False  # the citizen asks for the item while it is away …
    resigned = False  # … and does so no more

    def __init__(self, channel: Channel, contact: int, station: int, place: int, content: int) -> None:
        self.channel = channel
        self.dialled = channel  # as chosen by the citizen: the phone, where `channel` is the voice unit in front of it
        self.contact = contact
        self.station = station
        self.place = place
        self.content = content


def begin(world: World, need: Need, channel: Channel, place: int, content: int, reason: Reason, cause: int) -> Visit:
    """A contact starts."""
    station = channel.stations[0] if len(channel.stations) == 1 else channel.site(need.block.uniform(SITE, need.row, place))
    visit = Visit(channel, need.id * CONTACTS_PER_NEED + need.contacts, station, place, content)
    need.contacts += 1
    world.emit((world.env.now, CONTACT_STARTED, visit.contact, station, reason, cause))
    return visit


def end(world: World, need: Need, visit: Visit, outcome: Outcome) -> Visit:
    """A contact ends; what was served or contained is right with the probability of its channel."""
    if outcome is SERVED or outcome is CONTAINED:
        chance = visit.channel.resolution[need.case]
        visit.right = visit.transfer_to < 0 and (chance >= 1.0 or need.block.uniform(RESOLVED, need.row, visit.place) < chance)
        reach = visit.channel.model.reach
        if reach is not None and visit.right and reach[need.service] < 1.0:
            visit.right = need.block.uniform(ASKS, need.row, 0) < reach[need.service]
    visit.outcome = outcome
    world.emit((world.env.now, CONTACT_ENDED, visit.contact, visit.station, outcome, visit.right))
    return visit


def refused(world: World, need: Need, channel: Channel, place: int, content: int, reason: Reason, cause: int, outcome: Outcome) -> Visit:
    """A contact that comes to nothing at once: blocked or closed."""
    return end(world, need, begin(world, need, channel, place, content, reason, cause), outcome)


def make(world: World, need: Need, channel: Channel, place: int, content: int, reason: Reason, cause: int) -> Steps:
    """A contact on `channel`; returns its Visit."""
    visit = begin(world, need, channel, place, content, reason, cause)
    for stage in channel.stages:
        outcome = yield from stage.run(world, need, visit)
        if outcome is not None:
            return end(world, need, visit, outcome)
    return end(world, need, visit, visit.cut)
