"""The journey of a need: its contacts one after the other, why each is made, and how it ends.

A journey has threads: the main one (0), and those that may overlap with it: the chases of an item, a verification, an induced
contact (``branch``).  Draws are addressed by thread and ordinal within the thread (``place``), so that what one thread does
moves no draw of another."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from simcrc.draws import Decision, Purpose, about, branch
from simcrc.engine.chase import send
from simcrc.engine.choosing import divert
from simcrc.engine.contact import Visit, make, refused
from simcrc.engine.events import Timer, live
from simcrc.engine.order import RETURN
from simcrc.log import CONTACTS_PER_NEED, End, Kind, Outcome, Reason
from simcrc.model.model import GIVE_UP, REDIAL, AfterModel, Way
from simcrc.rules.choose import choose
from simcrc.rules.follow import NOT_REACHED, REACHED, ROWS, reason_after

if TYPE_CHECKING:
    from simcrc.engine.events import Steps
    from simcrc.engine.world import Channel, Need, World

CHASE, VERIFICATION, INDUCED = 1, 2, 3  # kinds of branches
UNCHASED = 1 << 50  # places on the branch of a branch: an item sent to chase another is asked for itself, one sent to chase that one is not
MAIN = 0
NEED_STARTED, NEED_RESOLVED, NEED_CLOSED = int(Kind.NEED_STARTED), int(Kind.NEED_RESOLVED), int(Kind.NEED_CLOSED)


def journey(world: World, need: Need, channel: Channel | None) -> Steps:
    """A need from its first contact, on `channel` (None: the citizen chooses now), to its end."""
    world.next_need()
    traits = need.case & 1 | need.ambiguous << 1 | (need.online | need.wary) << 2 | need.wary << 3 | need.language << 8
    world.emit((world.env.now, NEED_STARTED, need.id, need.profile, need.citizen, traits))
    if channel is None:
        channel = world.choosing(need) if world.choosing is not None else None
        if channel is None:
            close(world, need)  # nothing is feasible for this citizen
            return
    if world.era.first.diverted:
        channel = divert(world.era, world, need, channel)
    last = yield from contacts(world, need, MAIN, channel, Reason.FIRST, -1)
    if last is None:
        return  # an item is lost and nobody will ever ask for it: open for ever
    if last.right and REACHED[last.outcome]:
        yield from afterwards(world, need, last)
    close(world, need)


def contacts(world: World, need: Need, place: int, channel: Channel, reason: Reason, cause: int) -> Steps:
    """The contacts of one thread, the first at `place`, until the matter is settled or given up.  Returns the last Visit; None
    when the citizen waits for ever."""
    main = place == MAIN
    need.switched = need.switched or not main
    kept = -1  # where a redialling citizen's patience and work content were drawn
    while True:
        visit = yield from meet(world, need, channel, place, kept, reason, cause)
        place = visit.place + 1
        outcome, channel = visit.outcome, visit.dialled
        if world.memory is not None:
            world.memory.learn(need, visit)
        if world.uses is not None:
            world.uses.count(need, visit)
        if main and visit.right and not need.resolved:
            resolve(world, need, visit)
        if REACHED[outcome] and visit.transfer_to < 0 and (visit.right or not main):
            return visit
        if outcome is Outcome.WITHDRAWN or need.contacts >= world.model.max_contacts or (main and need.resolved):
            return visit
        cause, kept = visit.contact, -1
        delay = 0
        if visit.transfer_to >= 0:
            channel, reason, need.switched = world.channels[visit.transfer_to], Reason.TRANSFER, True
        elif outcome is Outcome.RETURNED or outcome is Outcome.LOST:
            if outcome is Outcome.LOST and (not visit.chased or visit.resigned):
                return visit if visit.resigned else None
            reason = Reason.RESEND
            if outcome is Outcome.RETURNED and channel.model.correction is not None:
                delay = need.block.duration(channel.model.correction, need.row, visit.place)
        else:
            way = decide(need, visit.channel.model.next[need.profile].get(ROWS[outcome], ()), visit.place)
            if way is None:
                return visit
            target = channel if way.channel == REDIAL else world.channels[way.channel]
            reason = reason_after(outcome, target is channel)
            if way.after is not None:
                delay = need.block.duration(way.after, need.row, visit.place)
            if target is channel is visit.channel and target.model.redial_keeps and NOT_REACHED[outcome]:
                kept = visit.content
            need.switched = need.switched or target is not channel
            channel = target
        if delay:
            yield Timer(world.env, delay, RETURN | visit.contact)


def meet(world: World, need: Need, channel: Channel, place: int, kept: int, reason: Reason, cause: int) -> Steps:
    """The contact on `channel` if it is open, else what the scenario says of a closed channel; the process returns its
    Visit."""
    if not opens(channel, need, world.env.now) or holds_back(channel, need, place, world.env.now):
        return find_closed(world, need, channel, place, kept, reason, cause)
    if channel.model.asynchronous and channel.model.chase is not None and place < UNCHASED:
        return send(world, need, channel, place, reason, cause)
    if channel.unit is not None or channel.model.lines is not None:
        return call(world, need, channel, place, kept, reason, cause)
    return make(world, need, channel, place, kept if kept >= 0 else place, reason, cause)


def find_closed(world: World, need: Need, channel: Channel, place: int, kept: int, reason: Reason, cause: int) -> Steps:
    """The citizen finds `channel` closed: makes a contact that comes to nothing, takes another channel, or waits for the
    opening."""
    then = channel.model.when_closed
    if then == "contact":
        return refused(world, need, channel, place, kept if kept >= 0 else place, reason, cause, Outcome.CLOSED)
    other = reroute(world, need, channel, place) if then == "other" else None
    if other is None:
        yield Timer(world.env, until_open(need, channel, place, world.env.now), RETURN | need.id * CONTACTS_PER_NEED + need.contacts)
        other = channel
    visit = yield from meet(world, need, other, place, kept if other is channel else -1, reason, cause)
    visit.dialled = other
    return visit


def opens(channel: Channel, need: Need, now: int) -> bool:
    """Is there anybody or anything at `channel` for this need now?  A number with a voice unit answers as long as the unit
    does."""
    opening = channel.model.opening[need.service]
    if opening.always or opening.is_open(now):
        return True
    unit = channel.unit
    return unit is not None and unit.model.offered[need.service] and opens(unit, need, now)


def holds_back(channel: Channel, need: Need, place: int, now: int) -> bool:
    """Does the citizen, who knows that the agents are away, leave the voice unit alone?"""
    if channel.model.tries >= 1.0:
        return False
    opening = channel.model.opening[need.service]
    return not (opening.always or opening.is_open(now)) and need.block.uniform(Purpose.TRIES, need.row, place) >= channel.model.tries


def until_open(need: Need, channel: Channel, place: int, now: int) -> int:
    """Microseconds until the channel is open: its next opening plus a drawn spread; the opening itself where the spread would miss it."""
    opening = channel.model.opening[need.service]
    start = opening.next_open(now)
    at = start + need.block.duration(channel.model.spread, need.row, place)
    return (at if opening.is_open(at) else start) - now


def reroute(world: World, need: Need, closed: Channel, place: int) -> Channel | None:
    """Another first channel that is open now; None when there is none."""
    weights = world.first[need.profile << 1 | need.online]
    now = world.env.now
    options = [
        channel
        for channel in world.channels
        if channel is not closed and weights[channel.index] > 0.0 and opens(channel, need, now) and not holds_back(channel, need, place, now)
    ]
    if not options:
        return None
    gumbels = [need.block.gumbel(about(Decision.REROUTE, channel.code), need.row, place) for channel in options]
    return options[choose([weights[channel.index] for channel in options], gumbels)]


def call(world: World, need: Need, channel: Channel, place: int, kept: int, reason: Reason, cause: int) -> Steps:
    """A phone call: it holds a line from the first ring to the end, meets the voice unit if there is one, and "0" takes it to
    the agents."""
    unit = channel.unit
    if unit is not None and not (unit.model.offered[need.service] and opens(unit, need, world.env.now)):
        unit = None
    content, lines = kept if kept >= 0 else place, channel.model.lines
    if lines is not None and channel.busy >= lines:
        return refused(world, need, channel, place, content, reason, cause, Outcome.BLOCKED)
    channel.busy += 1
    if unit is not None:
        visit = yield from make(world, need, unit, place, place, reason, cause)
        if visit.outcome is Outcome.OPTED_OUT:
            place, reason, cause = place + 1, Reason.ZERO, visit.contact
            content = kept if kept >= 0 else place
            opening = channel.model.opening[need.service]
            if opening.always or opening.is_open(world.env.now):
                visit = yield from make(world, need, channel, place, content, reason, cause)
            else:
                visit = refused(world, need, channel, place, content, reason, cause, Outcome.CLOSED)
        visit.dialled = channel
    else:
        visit = yield from make(world, need, channel, place, content, reason, cause)
    channel.busy -= 1
    return visit


def decide(need: Need, ways: tuple[Way, ...], place: int) -> Way | None:
    """The way that the citizen takes among those that are feasible for him, by Gumbel-max (``simcrc.rules.choose``); None to give up."""
    chosen: Way | None = None
    if len(ways) == 1:
        chosen = ways[0] if need.online or not ways[0].online else None
    else:
        block, row, best = need.block, need.row, -inf
        for way in ways:
            if need.online or not way.online:
                # The draw that decides what follows a contact stands at the place of the next one.
                score = way.log_weight + block.gumbel(way.choice, row, place + 1)
                if score > best:
                    chosen, best = way, score
    return None if chosen is None or chosen.channel == GIVE_UP else chosen


def resolve(world: World, need: Need, visit: Visit) -> None:
    """The contact that settles the need fixes its time to resolution."""
    need.resolved = True
    world.emit((world.env.now, NEED_RESOLVED, need.id, visit.contact, 0, 0))


def close(world: World, need: Need) -> None:
    """One thread less; the need is closed when none is left."""
    need.threads -= 1
    if not need.threads:
        world.emit((world.env.now, NEED_CLOSED, need.id, End.RESOLVED if need.resolved else End.GIVEN_UP, 0, 0))


def afterwards(world: World, need: Need, visit: Visit) -> Steps:
    """After resolution: an induced contact in a life of its own, a verification in this one."""
    induced, verify = visit.channel.model.induced, visit.channel.model.verify
    if induced is not None and happens(world, need, visit, induced, Purpose.INDUCE):
        need.threads += 1
        live(world.env, alone(world, need, visit, induced, INDUCED), 0, RETURN | visit.contact)
    if verify is not None and happens(world, need, visit, verify, Purpose.VERIFY):
        yield from one_more(world, need, visit, verify, VERIFICATION)


def happens(world: World, need: Need, visit: Visit, after: AfterModel, purpose: int) -> bool:
    """Is the contact after resolution made?"""
    chance = after.chances[need.service][need.ambiguous]
    if after.first is not None and world.uses is not None:
        chance += world.uses.excess(need, visit, after.first)
    return chance > 0.0 and need.block.uniform(purpose, need.row, visit.place) < chance


def one_more(world: World, need: Need, visit: Visit, after: AfterModel, kind: int) -> Steps:
    """The contact after resolution, on a thread of its own."""
    if after.after is not None:
        delay = need.block.duration(after.after, need.row, visit.place)
        if delay:
            yield Timer(world.env, delay, RETURN | visit.contact)
    way = decide(need, after.ways[need.service], visit.place)
    if way is not None and need.contacts < world.model.max_contacts:
        reason = Reason.INDUCED if kind == INDUCED else Reason.VERIFICATION
        yield from contacts(world, need, branch(visit.place, kind), world.channels[way.channel], reason, visit.contact)


def alone(world: World, need: Need, visit: Visit, after: AfterModel, kind: int) -> Steps:
    """``one_more`` as a process."""
    yield from one_more(world, need, visit, after, kind)
    close(world, need)
