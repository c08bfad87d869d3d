"""An item and the citizen who asks for it.

The item lives its own life (``item``); the citizen who sent it waits for the answer (``send``) and, each time the chase clock
runs out, asks on another channel.  A chase informs and no more, unless it is drawn as resolving: then an item not yet started
is withdrawn, a started one is finished as redundant work.  The clock starts again after each chase, and runs for lost items
too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.draws import Purpose, branch
from simcrc.engine import journey
from simcrc.engine.contact import Visit, begin, end
from simcrc.engine.events import Alarm, Ticket, live
from simcrc.engine.order import RETURN, TRANSPORT_END
from simcrc.log import Outcome, Reason
from simcrc.rules.follow import REACHED

if TYPE_CHECKING:
    from simcrc.engine.events import Steps
    from simcrc.engine.world import Channel, Need, World

CLOCK, ANSWER = "clock", "answer"


class Wait:
    """What the citizen waits on while the item is away."""

    __slots__ = ("ticket",)

    def __init__(self) -> None:
        self.ticket: Ticket | None = None


def send(world: World, need: Need, channel: Channel, place: int, reason: Reason, cause: int) -> Steps:
    """Send an item and wait for its answer, asking for it now and then; returns its Visit.  The outcome is LOST once the
    citizen has learnt that, WITHDRAWN when a chase settled the need."""
    spec = channel.model.chase
    assert spec is not None
    visit = begin(world, need, channel, place, place, reason, cause)
    visit.chased = True
    wait = Wait()
    need.threads += 1
    live(world.env, item(world, need, visit, wait), 0, TRANSPORT_END | visit.contact)
    thread = branch(place, journey.CHASE)
    turn = thread  # where the draws of the next chase stand: room for 256 contacts each
    while True:
        wait.ticket = ticket = Ticket(world.env, visit.contact, world.env.now)
        clock = need.block.duration(spec.after, need.row, turn)
        alarm = Alarm(world.env, clock, RETURN | visit.contact, _ring, ticket)
        if (yield ticket) is ANSWER:
            world.env.cancel(alarm)
            return visit
        wait.ticket = None
        if need.contacts >= world.model.max_contacts:
            return (yield from _resign(world, need, visit, wait))
        way = journey.decide(need, spec.ways[need.service], turn)
        if way is None:
            return (yield from _resign(world, need, visit, wait))
        chase = yield from journey.contacts(world, need, turn, world.channels[way.channel], Reason.CHASE, visit.contact)
        if chase is not None and REACHED[chase.outcome] and chase.transfer_to < 0:
            if not need.resolved and need.block.uniform(Purpose.CHASE_RESOLVES, need.row, turn) < spec.resolves:
                journey.resolve(world, need, chase)
                world.withdraw(need, visit)
                return visit if visit.outcome is not None else _settled(visit)
            if visit.outcome is Outcome.LOST:
                return visit
        if visit.outcome is not None and visit.outcome is not Outcome.LOST:
            return visit
        turn += 256


def _ring(alarm: Alarm) -> None:
    ticket: Ticket = alarm.about
    if ticket.waiting:
        ticket.call(CLOCK, RETURN)


def _resign(world: World, need: Need, visit: Visit, wait: Wait) -> Steps:
    """The citizen asks no more: he waits for the answer, or gives up when there will be none."""
    visit.resigned = True
    if visit.outcome is None:
        wait.ticket = Ticket(world.env, visit.contact, world.env.now)
        yield wait.ticket
    return visit


def _settled(visit: Visit) -> Visit:
    """What the main thread sees of an item that a chase made redundant: nothing more to do.  The item itself goes on."""
    done = Visit(visit.channel, visit.contact, visit.station, visit.place, visit.content)
    done.outcome = Outcome.WITHDRAWN
    return done


def item(world: World, need: Need, visit: Visit, wait: Wait) -> Steps:
    """The life of an item: its stages, then the answer to the citizen who waits for it."""
    outcome = None
    for stage in visit.channel.stages:
        outcome = yield from stage.run(world, need, visit)
        if outcome is not None:
            break
    outcome = visit.cut if outcome is None else outcome
    end(world, need, visit, outcome)
    if visit.right and not need.resolved and visit.place >> 32 == 0:  # on another thread an answer informs, it settles nothing
        journey.resolve(world, need, visit)
    if (outcome is not Outcome.LOST or visit.resigned) and wait.ticket is not None and wait.ticket.waiting:
        wait.ticket.call(ANSWER, TRANSPORT_END)
    journey.close(world, need)
