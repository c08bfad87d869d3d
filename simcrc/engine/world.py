"""What the processes of one replication share: the clock, the log, the desk, the channels with their live state, and the needs
as they arise."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from simcrc.draws import Philox, name_code
from simcrc.engine.backlog import Backlog
from simcrc.engine.choosing import Choosing
from simcrc.engine.desk import Desk, Group, Line
from simcrc.engine.events import Alarm, Clock
from simcrc.engine.memory import Memory
from simcrc.engine.order import ERA, GRANT
from simcrc.engine.queue import Queue
from simcrc.engine.self_service import SelfService
from simcrc.engine.transport import Transport
from simcrc.engine.uses import uses_of
from simcrc.log import Outcome, Row
from simcrc.model import stages
from simcrc.model.model import Model
from simcrc.model.sites import Sites

if TYPE_CHECKING:
    from simcrc.blocks import Block
    from simcrc.engine.choosing import Terms
    from simcrc.engine.contact import Visit
    from simcrc.engine.events import Ticket
    from simcrc.model.era import Era
    from simcrc.model.model import Channel as Spec
    from simcrc.model.opening import Opening

Stage = Transport | SelfService | Queue | Backlog


class Need:
    """One need under way.  `profile` = service × segments + segment; `case` = 2 × profile + complexity; `row` its number in its
    block of draws; `online` whether electronic channels are feasible; `threads` the threads alive."""

    contacts = 0
    resolved = False
    threads = 1
    wary = 0  # on line, but refuses electronic channels for this need
    switched = False  # a contact of it was on another channel than the one before
    terms: Terms  # what the citizen weighs, until he has chosen

    def __init__(
        self,
        id: int,
        block: Block,
        row: int,
        service: int,
        segment: int,
        profile: int,
        complex: int,
        ambiguous: int,
        online: int,
        language: int,
        citizen: int = -1,
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
        self.citizen = citizen


ALONE = Sites((1.0,), (0,))


class Channel:
    """A channel with its live state: the stages, and the lines that calls hold (`busy`)."""

    __slots__ = ("busy", "code", "index", "model", "resolution", "site_limits", "site_owners", "stages", "stations", "unit")

    def __init__(self, world: World, index: int) -> None:
        spec = world.model.channels[index]
        self.index = index
        self.code = name_code(spec.name)
        self.stations = spec.stations
        self.stages = tuple(live_stage(world.model, stage) for stage in spec.stages)
        self.adopt(spec)
        self.busy = 0
        self.unit: Channel | None = None  # the voice unit in front

    def adopt(self, spec: Spec) -> None:
        """Work by `spec` from now on, with the state as it is."""
        self.model = spec
        self.resolution: list[float] = spec.resolution.ravel().tolist()
        sites = next((stage.sites for stage in spec.stages if isinstance(stage, stages.Queue)), ALONE)
        self.site_limits, self.site_owners = sites.limits, sites.owners
        for stage, own in zip(self.stages, spec.stages, strict=True):
            stage.adopt(own)  # type: ignore[arg-type]  # stages of one channel are of the same kinds in all eras

    @property
    def opening(self) -> tuple[Opening, ...]:
        """When it is open, by service."""
        return self.model.opening

    def site(self, uniform: float) -> int:
        """The station of the site that a visitor goes to."""
        return self.stations[self.site_owners[min(bisect(self.site_limits, uniform), len(self.site_owners) - 1)]]


def live_stage(model: Model, spec: stages.Stage) -> Stage:
    """The stage that an engine runs for a compiled one."""
    if isinstance(spec, stages.Transport):
        return Transport(spec)
    if isinstance(spec, stages.SelfService):
        return SelfService(spec)
    if isinstance(spec, stages.Backlog):
        return Backlog(spec)
    to = -1 if spec.transfer_to is None else [channel.name for channel in model.channels].index(spec.transfer_to)
    return Queue(spec, to, to >= 0 and model.channels[to].needs_access)


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
        self.memory = self._memory()
        self.uses = uses_of(model)
        self.choose_by(model.eras[0])
        self.next_need: Callable[[], None] = lambda: None
        for era in model.eras[1:]:
            Alarm(self.env, era.start, ERA, self.enter, era)

    def enter(self, alarm: Alarm) -> None:
        """An era begins."""
        era: Era = alarm.about
        for channel, spec in zip(self.channels, era.channels, strict=True):
            channel.adopt(spec)
        self.desk.adopt(self.model, era.channels)
        self.choose_by(era)

    def _memory(self) -> Memory | None:
        """What citizens remember, where that decides anything."""
        population, preference = self.model.scenario.population, self.model.eras[0].first.preference
        return None if population is None or preference is None else Memory(self.model.demand.citizens, population.memory, preference)

    def choose_by(self, era: Era) -> None:
        """Citizens choose as in `era`."""
        self.era = era
        preference = era.first.preference
        if self.memory is not None:
            self.memory.listen(era.scenario)
        self.choosing = None if preference is None else Choosing(self, preference, self.memory)
        self.first: list[list[float]] = np.asarray(era.first.weights).reshape(-1, len(era.channels)).tolist()  # by case2 = (profile << 1 | online)

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
