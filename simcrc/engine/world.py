"""What the processes of one replication share: the clock, the log, the desk, the channels with their live state, and the needs
as they arise."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from simcrc.draws import Philox, name_code
from simcrc.engine.backlog import Backlog
from simcrc.engine.desk import Desk, Group, Line
from simcrc.engine.events import Clock
from simcrc.engine.order import GRANT
from simcrc.engine.queue import Queue
from simcrc.engine.self_service import SelfService
from simcrc.engine.transport import Transport
from simcrc.log import Outcome, Row
from simcrc.model import stages
from simcrc.model.model import Model

if TYPE_CHECKING:
    from simcrc.blocks import Block
    from simcrc.engine.contact import Visit
    from simcrc.engine.events import Alarm, Ticket
    from simcrc.model.opening import Opening

Stage = Transport | SelfService | Queue | Backlog


class Need:
    """One need under way.  `profile` = service × segments + segment; `case` = 2 × profile + complexity; `row` its number in its
    block of draws; `threads` the threads alive."""

    contacts = 0
    resolved = False
    threads = 1

    def __init__(
        self, id: int, block: Block, row: int, service: int, segment: int, profile: int, complex: int, ambiguous: int, online: int, language: int
    ) -> None:
        self.id = id
        self.block = block
        self.row = row
        self.service = service
        self.segment = segment
        self.profile = profile
        self.case = profile << 1 | complex
        self.ambiguous = ambiguous
        self.online = online
        self.language = language


class Channel:
    """A channel with its live state: the stages, and the lines that calls hold (`busy`)."""

    __slots__ = ("busy", "code", "index", "model", "resolution", "site_limits", "stages", "stations", "unit")

    def __init__(self, world: World, index: int) -> None:
        spec = world.model.channels[index]
        self.index = index
        self.model = spec
        self.code = name_code(spec.name)
        self.stations = spec.stations
        self.resolution: list[float] = spec.resolution.ravel().tolist()
        self.stages = tuple(live_stage(world.model, stage) for stage in spec.stages)
        shares = next((stage.site_shares for stage in spec.stages if isinstance(stage, stages.Queue)), (1.0,))
        self.site_limits = list(accumulate(shares))
        self.busy = 0
        self.unit: Channel | None = None  # the voice unit in front

    @property
    def opening(self) -> tuple[Opening, ...]:
        """When it is open, by service."""
        return self.model.opening

    def site(self, uniform: float) -> int:
        """The station of the site that a visitor goes to."""
        return self.stations[min(bisect(self.site_limits, uniform), len(self.stations) - 1)]


def live_stage(model: Model, spec: stages.Stage) -> Stage:
    """The stage that an engine runs for a compiled one."""
    if isinstance(spec, stages.Transport):
        return Transport(spec)
    if isinstance(spec, stages.SelfService):
        return SelfService(spec)
    if isinstance(spec, stages.Backlog):
        return Backlog(spec)
    means = [0.0 if law is None else law.mean for laws in spec.handle.laws for law in laws]
    to = -1 if spec.transfer_to is None else [channel.name for channel in model.channels].index(spec.transfer_to)
    return Queue(spec, means, to, to >= 0 and model.channels[to].needs_access)


class World:
    """One replication."""

    def __init__(self, model: Model, replication: int, emit: Callable[[Row], None]) -> None:
        self.model = model
        self.env = Clock()
        self.emit = emit
        self.philox = Philox(model.seed, replication)
        self.desk = Desk(self.env, model, emit)
        self.channels = [Channel(self, index) for index in range(len(model.channels))]
        for channel in self.channels:
            if channel.model.via is not None:
                channel.unit = self.channels[channel.model.via]
        population = model.scenario.population
        self.head_start = [population.segments[name].head_start for name in model.segments] if population else [0]
        self.segments = len(model.segments)
        self.lines = self._lines()
        self.first: list[list[float]] = np.asarray(model.first).reshape(-1, len(model.channels)).tolist()  # by case2 = (profile << 1 | online)
        self.next_need: Callable[[], None] = lambda: None

    def _lines(self) -> list[list[list[list[Line]]]]:
        """The line of a contact: [station][step][profile][language]."""
        table = self.model.class_of
        shape = table.shape
        flat = table.reshape(shape[0], shape[1], shape[2] * shape[3], shape[4])
        return [[[[self.desk.lines[c] for c in languages] for languages in profiles] for profiles in steps] for steps in flat.tolist()]

    def line(self, station: int, step: int, need: Need) -> Line:
        """Where a contact of `need` waits."""
        return self.lines[station][step][need.profile][need.language]

    def free(self, need: Need, visit: Visit, agent: Group, wrap_up: int) -> None:
        """The agent is done with the contact: free after `wrap_up` and the team's own time not ready."""
        delay = wrap_up
        not_ready = agent.not_ready
        if agent.not_ready_waiting is not None and any(line.waiting for tier in agent.tiers for line in tier):
            not_ready = agent.not_ready_waiting
        if not_ready is not None:
            delay += need.block.duration(not_ready, need.row, visit.place)
        if delay:
            self.desk.release_after(agent, delay, visit)
        else:
            self.desk.release(agent)

    def close(self) -> None:
        """At the horizon: let go of what is still under way."""
        self.desk.close()
        self.env.clear()
        self.next_need = lambda: None

    def stop_waiting(self, alarm: Alarm) -> None:
        """Patience or the day has ended: who still waits leaves."""
        line, ticket, outcome, order = alarm.about
        if ticket.waiting:
            self.desk.leave(line, ticket, outcome, order)

    def withdraw(self, need: Need, visit: Visit) -> bool:
        """Take back an item that nobody has begun to work on; False when it is too late."""
        ticket: Ticket | None = visit.ticket
        if visit.started or (ticket is not None and not ticket.waiting):  # begun, or taken by an agent at this very instant
            return False
        visit.cut = Outcome.WITHDRAWN
        if ticket is not None:
            self.desk.leave(self.line(visit.station, 0, need), ticket, Outcome.WITHDRAWN, GRANT)
        return True
