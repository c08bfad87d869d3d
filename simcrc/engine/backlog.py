"""The stage in which an item waits for each step of the work: scanning, indexing, processing, matching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.draws import Purpose
from simcrc.engine.events import Ticket, Timer
from simcrc.engine.order import SERVICE_END
from simcrc.engine.queue import keyed_again
from simcrc.log import Kind, Outcome

if TYPE_CHECKING:
    from simcrc.engine.contact import Visit
    from simcrc.engine.events import Steps
    from simcrc.engine.world import Need, World
    from simcrc.model import stages

RECEIVED, QUEUED, SERVICE_STARTED, SERVICE_ENDED, ANSWERED = (
    int(kind) for kind in (Kind.RECEIVED, Kind.QUEUED, Kind.SERVICE_STARTED, Kind.SERVICE_ENDED, Kind.ANSWERED)
)
RESULT = int(Purpose.RESULT)


class Backlog:
    """A staffed, asynchronous stage: the item waits, the citizen does not."""

    def __init__(self, spec: stages.Backlog) -> None:
        self.adopt(spec)

    def adopt(self, spec: stages.Backlog) -> None:
        """Work by `spec` from now on; an item goes on with the steps that it has begun."""
        self.steps = spec.steps
        self.complex_handle = spec.complex_handle
        self.rekeying = spec.rekeying
        self.incomplete: list[float] = spec.incomplete.ravel().tolist()

    def run(self, world: World, need: Need, visit: Visit) -> Steps:
        env, emit, contact, station = world.env, world.emit, visit.contact, visit.station
        emit((env.now, RECEIVED, contact, station, 0, 0))
        for k, step in enumerate(self.steps):
            line = world.line(station, k, need)
            agent = world.desk.take(line)
            if agent is None:
                emit((env.now, QUEUED, contact, station, k, -1))
                visit.ticket = Ticket(env, contact, env.now)
                world.desk.join(line, visit.ticket)
                agent = yield visit.ticket
                visit.ticket = None
                if agent is Outcome.WITHDRAWN:
                    return agent
            visit.started = True
            emit((env.now, SERVICE_STARTED, contact, station, k, agent.index))
            handle = need.block.duration(step.handle, need.row, visit.place)
            if need.case & 1:
                handle = round(handle * self.complex_handle)
            if k == 0 and need.switched and self.rekeying is not None:
                handle += keyed_again(self.rekeying, need, visit.place)
            yield Timer(env, handle, SERVICE_END | contact)
            emit((env.now, SERVICE_ENDED, contact, station, k, agent.index))
            world.free(need, visit, agent, 0)
        if self.incomplete[need.case] and need.block.uniform(RESULT, need.row, visit.place) < self.incomplete[need.case]:
            visit.cut = Outcome.RETURNED
        emit((env.now, ANSWERED, contact, station, 0, 0))
        return None
