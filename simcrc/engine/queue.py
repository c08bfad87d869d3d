"""The stage in which the citizen waits for an agent and is served: phone, counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.draws import FAR, Purpose
from simcrc.engine.events import Alarm, Ticket, Timer
from simcrc.engine.order import CLOSING, PATIENCE, SERVICE_END
from simcrc.log import Kind, Outcome
from simcrc.rules.announce import ANNOUNCE_RULES

if TYPE_CHECKING:
    from simcrc.engine.contact import Visit
    from simcrc.engine.desk import Line
    from simcrc.engine.events import Steps
    from simcrc.engine.world import Need, World
    from simcrc.model import stages

QUEUED, SERVICE_STARTED, SERVICE_ENDED = int(Kind.QUEUED), int(Kind.SERVICE_STARTED), int(Kind.SERVICE_ENDED)
BALK, TRANSFER, REKEYED = int(Purpose.BALK), int(Purpose.TRANSFER), int(Purpose.REKEYED)
SERVED, BLOCKED, BALKED, ABANDONED, DISMISSED = Outcome.SERVED, Outcome.BLOCKED, Outcome.BALKED, Outcome.ABANDONED, Outcome.DISMISSED


def keyed_again(rekeying: stages.Rekeying, need: Need, place: int) -> int:
    """Microseconds that staff take to key in again what another channel knows of the need."""
    if need.block.uniform(REKEYED, need.row, place) >= rekeying.chance[need.service]:
        return 0
    return need.block.duration(rekeying.time, need.row, place)


class Queue:
    """A staffed, synchronous stage."""

    def __init__(self, spec: stages.Queue, transfer_to: int, transfer_online: bool) -> None:
        self.transfer_to = transfer_to
        self.transfer_online = transfer_online  # only citizens who are on line can be sent there
        self.waiting: dict[int, int] = dict.fromkeys(spec.stations, 0)
        self.adopt(spec)

    def adopt(self, spec: stages.Queue) -> None:
        """Work by `spec` from now on."""
        self.handle = spec.handle
        self.complex_handle = spec.complex_handle
        self.rekeying = spec.rekeying
        self.patience = spec.patience
        self.balking = spec.balking
        self.announce = ANNOUNCE_RULES[spec.announce] if spec.announce else None
        self.means = [0.0 if law is None else law.mean for laws in spec.handle.laws for law in laws]  # by profile, for the announcement
        self.places = spec.places
        self.serve_at_closing = spec.serve_at_closing
        self.wrap_up = spec.wrap_up
        self.transfer: list[float] | None = None if spec.transfer is None else spec.transfer.ravel().tolist()

    def run(self, world: World, need: Need, visit: Visit) -> Steps:
        env, block, row, station = world.env, need.block, need.row, visit.station
        line = world.line(station, 0, need)
        agent = world.desk.take(line)
        if agent is None:
            answer = yield from self.wait(world, need, visit, line)
            if isinstance(answer, Outcome):
                return answer
            agent = answer
        world.emit((env.now, SERVICE_STARTED, visit.contact, station, 0, agent.index))
        handle = block.duration(self.handle, row, visit.content)
        if need.case & 1:
            handle = round(handle * self.complex_handle)
        if need.switched and self.rekeying is not None:
            handle += keyed_again(self.rekeying, need, visit.place)
        yield Timer(env, handle, SERVICE_END | visit.contact)
        world.emit((env.now, SERVICE_ENDED, visit.contact, station, 0, agent.index))
        if self.transfer is not None and (need.online or not self.transfer_online) and block.uniform(TRANSFER, row, visit.place) < self.transfer[need.case]:
            visit.transfer_to = self.transfer_to
        world.free(need, visit, agent, 0 if self.wrap_up is None else block.duration(self.wrap_up, row, visit.place))
        return SERVED

    def wait(self, world: World, need: Need, visit: Visit, line: Line) -> Steps:
        """Wait in `line`; returns the agent, or the outcome without one."""
        env, station = world.env, visit.station
        if self.places is not None and self.waiting[station] >= self.places:
            return BLOCKED
        now = env.now
        patience = FAR if self.patience is None else need.block.duration(self.patience, need.row, visit.content)
        announced = -1
        if self.announce is not None:
            agents = sum(group.present for group in line.groups)
            announced = self.announce(self.waiting[station], agents, self.means[need.profile], line.last_wait)
            if announced > patience:
                return BALKED
        if self.balking and need.block.uniform(BALK, need.row, visit.place) < self.balking:
            return BALKED
        world.emit((now, QUEUED, visit.contact, station, 0, announced))
        ticket = Ticket(env, visit.contact, now - world.head_start[need.segment])
        opening = visit.channel.opening[need.service]
        if not opening.always:
            ticket.closes = opening.closes_at(now)
        self.waiting[station] += 1
        world.desk.join(line, ticket)
        self.set_limit(world, need, visit, line, ticket, patience)
        agent = yield ticket
        self.waiting[station] -= 1
        if not isinstance(agent, Outcome):
            line.last_wait = env.now - now
        return agent

    def set_limit(self, world: World, need: Need, visit: Visit, line: Line, ticket: Ticket, patience: int) -> None:
        """The wait ends unserved when patience does, or at closing where the queue is then dismissed."""
        env = world.env
        if not self.serve_at_closing:
            left = ticket.closes - env.now
            if left < patience:
                Alarm(env, left, CLOSING | visit.contact, world.stop_waiting, (line, ticket, DISMISSED, CLOSING))
                return
        if patience < FAR:
            Alarm(env, patience, PATIENCE | visit.contact, world.stop_waiting, (line, ticket, ABANDONED, PATIENCE))
