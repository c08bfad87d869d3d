"""The desk: who serves whom.  Agents of one team and the same skills are a count and the instants since which the idle ones are
idle; contacts wait in first-come-first-served queues, one a work class.

The cost of finding an agent or a contact depends on neither the number of agents nor the number waiting: tickets of those who
left are dropped when they come to the head."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simpy.events import PENDING

from simcrc.engine.events import Alarm, Clock, Ticket, Timer
from simcrc.engine.order import AGENT_READY, GRANT, STAFF
from simcrc.log import Kind, Row
from simcrc.model.model import Channel, Model
from simcrc.model.stages import Queue
from simcrc.rules.route import AGENT_RULES

if TYPE_CHECKING:
    from simcrc.draws import Quantity
    from simcrc.engine.contact import Visit
    from simcrc.engine.events import Steps


class Line:
    """Contacts of one work class, waiting in order of `since`."""

    __slots__ = ("groups", "last_wait", "priority", "serve_at_closing", "tickets", "waiting")

    def __init__(self, priority: int, serve_at_closing: bool) -> None:
        self.tickets: deque[Ticket] = deque()
        self.waiting = 0
        self.priority = priority
        self.groups: list[Group] = []
        self.serve_at_closing = serve_at_closing
        self.last_wait = 0

    def head(self) -> Ticket | None:
        """The first who still waits."""
        tickets = self.tickets
        while tickets:
            if tickets[0]._value is PENDING:
                return tickets[0]
            tickets.popleft()
        return None


class Group:
    """Agents of one team with the same skills: `target` scheduled, `present` here, `idle` the instants since which idle agents
    are idle, oldest first."""

    __slots__ = ("idle", "index", "lines", "not_ready", "not_ready_waiting", "over", "present", "skills", "target", "tiers")

    def __init__(self, index: int, tiers: tuple[tuple[Line, ...], ...], skills: int, not_ready: Quantity | None, not_ready_waiting: Quantity | None) -> None:
        self.index = index
        self.tiers = tiers
        self.skills = skills
        self.not_ready = not_ready
        self.not_ready_waiting = not_ready_waiting
        self.target = 0
        self.present = 0
        self.idle: deque[int] = deque()
        self.over: deque[int] = deque()  # instants at which shifts ended of agents still busy


def serves_at_closing(channel: Channel) -> bool:
    """Is who waits at closing served?"""
    return any(isinstance(stage, Queue) and stage.serve_at_closing for stage in channel.stages)


class Desk:
    """All groups and lines of a model."""

    def __init__(self, env: Clock, model: Model, emit: Callable[[Row], None]) -> None:
        self.env = env
        self.emit = emit
        self.rule = AGENT_RULES[model.scenario.routing.agent]
        self.lines = [self._line(model, index) for index in range(len(model.classes))]
        self.groups: list[Group] = []
        for index, group in enumerate(model.groups):
            desk_group = Group(
                index, tuple(tuple(self.lines[c] for c in tier) for tier in group.tiers), len(group.skills), group.not_ready, group.not_ready_waiting
            )
            self.groups.append(desk_group)
            for tier in group.tiers:
                for c in tier:
                    self.lines[c].groups.append(desk_group)

    @staticmethod
    def _line(model: Model, index: int) -> Line:
        work = model.classes[index]
        return Line(work.priority, serves_at_closing(model.channels[model.stations[work.station].channel]))

    def adopt(self, model: Model, channels: tuple[Channel, ...]) -> None:
        """Close the queues as `channels` say from now on."""
        for work, line in zip(model.classes, self.lines, strict=True):
            line.serve_at_closing = serves_at_closing(channels[model.stations[work.station].channel])

    def take(self, line: Line) -> Group | None:
        """An idle agent who can serve `line`, now busy; None when there is none."""
        groups = line.groups
        if len(groups) == 1:
            group = groups[0]
            if group.idle:
                group.idle.popleft()
                return group
            return None
        rule = self.rule
        best: Group | None = None
        key: tuple[int, ...] = ()
        for group in groups:
            if group.idle:
                own = rule(group.idle[0], group.skills, group.index)
                if best is None or own < key:
                    best, key = group, own
        if best is not None:
            best.idle.popleft()
        return best

    def join(self, line: Line, ticket: Ticket) -> None:
        """`ticket` waits in `line`.  Every ticket of a line has the same head start, so that arrivals come in order."""
        line.tickets.append(ticket)
        line.waiting += 1

    def leave(self, line: Line, ticket: Ticket, outcome: object, order: int) -> None:
        """`ticket` stops waiting without having been served."""
        line.waiting -= 1
        ticket.call(outcome, order)
        line.head()

    def release(self, group: Group) -> None:
        """An agent of `group` is free: goes home if his shift is over and nobody is left to serve, else takes the next contact,
        else is idle."""
        ticket = None
        if group.present > group.target:
            ticket = self._left_at_closing(group)
            if ticket is None:
                group.present -= 1
                self.emit((self.env.now, Kind.AGENT_LEFT, group.index, self.env.now - group.over.popleft(), 0, 0))
                return
        else:
            ticket = self._next(group)
        if ticket is None:
            group.idle.append(self.env.now)
        else:
            ticket.call(group, GRANT)

    def release_after(self, group: Group, delay: int, visit: Visit) -> None:
        """As ``release``, after `delay` microseconds of wrap-up and time not ready."""
        Alarm(self.env, delay, AGENT_READY | visit.contact, self._ready, (group, delay, visit.contact, visit.station))

    def _ready(self, alarm: Alarm) -> None:
        group, delay, contact, station = alarm.about
        self.emit((self.env.now, Kind.AGENT_FREED, group.index, contact, station, delay))
        self.release(group)

    @staticmethod
    def _next(group: Group) -> Ticket | None:
        for tier in group.tiers:
            chosen: Line | None = None
            first: Ticket | None = None
            for line in tier:
                if line.waiting:
                    head = line.head()
                    if head is not None and (
                        chosen is None or first is None or (line.priority, head.since, head.contact) < (chosen.priority, first.since, first.contact)
                    ):
                        chosen, first = line, head
            if chosen is not None:
                chosen.tickets.popleft()
                chosen.waiting -= 1
                return first
        return None

    def _left_at_closing(self, group: Group) -> Ticket | None:
        """Who waits, at a station that has closed for him and serves those inside, for an agent whose shift is over."""
        now = self.env.now
        for tier in group.tiers:
            best: Line | None = None
            first: Ticket | None = None
            for line in tier:
                if line.waiting and line.serve_at_closing:
                    left = next((ticket for ticket in line.tickets if ticket.waiting and ticket.closes <= now), None)
                    if left is not None and (best is None or first is None or (line.priority, left.since) < (best.priority, first.since)):
                        best, first = line, left
            if best is not None:
                best.waiting -= 1  # the ticket goes from the line when it comes to the head
                return first
        return None

    def end_overtime(self, group: Group) -> None:
        """The longest overtime of `group` is over, and the agent stays."""
        self.emit((self.env.now, Kind.AGENT_LEFT, group.index, self.env.now - group.over.popleft(), 1, 0))

    def close(self) -> None:
        """At the horizon: wrap-ups and overtime count up to here, and nobody waits any more."""
        under_way = [event for event in self.env.coming() if isinstance(event, Alarm) and event.then == self._ready]
        for alarm in sorted(under_way, key=lambda alarm: (alarm.about[2], alarm.at)):
            group, delay, contact, station = alarm.about
            spent = self.env.now - (alarm.at - delay)
            if spent:
                self.emit((self.env.now, Kind.AGENT_FREED, group.index, contact, station, spent))
        for group in self.groups:
            while group.over:
                self.end_overtime(group)
        for line in self.lines:
            line.tickets.clear()

    def staff(self, group: Group, agents: int) -> None:
        """From now on `agents` are scheduled.  Idle agents leave first; busy ones end the contact in hand."""
        group.target = agents
        while group.present > agents and group.idle:
            group.idle.pop()
            group.present -= 1
        while len(group.over) < group.present - agents:
            group.over.append(self.env.now)
        while group.over and len(group.over) > group.present - agents:
            self.end_overtime(group)  # the next shift needs him
        arriving = max(0, agents - group.present)
        group.present += arriving
        self.emit((self.env.now, Kind.STAFFED, group.index, agents, group.present, 0))
        for _ in range(arriving):
            ticket = self._next(group)
            if ticket is None:
                group.idle.append(self.env.now)
            else:
                ticket.call(group, GRANT)

    def roster(self, changes: Iterator[tuple[int, int, int]]) -> Steps:
        """The process of the schedule: (instant, group, agents from then on), in order of time."""
        for instant, group, agents in changes:
            if instant > self.env.now:
                yield Timer(self.env, int(instant - self.env.now), STAFF)
            self.staff(self.groups[group], agents)
