"""Logs for tests: a small organisation, rows written by hand, and random logs that keep the grammar of ``simcrc.log``."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import numpy as np

from simcrc.indicators.sums import Sums
from simcrc.log import CONTACTS_PER_NEED, NEEDS_PER_DAY_AND_SERVICE, SERVICES, End, Kind, Outcome, Reason
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.observe import Observer
from simcrc.scenario.scenario import Scenario

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

WEB, IVR, PHONE, QUEBEC, MONTREAL, MAIL = range(6)  # stations
INFO, PENSION = 0, 1
YOUNG, OLD = 0, 1
AGENTS, CLERKS = 0, 1


def document(**more: Any) -> dict[str, Any]:
    """Two weeks from Monday 3 April 2006, after a week of warm-up; on 2 April clocks went forward."""
    return {
        "simcrc": 1,
        "name": "test",
        "start": "2006-04-03",
        "horizon": "2 weeks",
        "warmup": "1 week",
        "timezone": "America/Toronto",
        "population": {"size": 1000, "segments": {"young": {"share": 0.5}, "old": {"share": 0.5}}},
        "services": {"info": {}, "pension": {"standard": "10 days"}},
        "channels": {
            "web": {"kind": "web", "completion": 0.7, "cost": {"per_contact": 0.65, "per_month": 1000, "once": 5000}},
            "ivr": {"kind": "ivr", "opt_out": 0.3, "cost": {"per_contact": 1.85}},
            "phone": {
                "kind": "phone",
                "via": "ivr",
                "lines": 10,
                "handle_time": "4 min",
                "service_level": {"within": "2 min"},
                "cost": {"per_contact": {"info": 4.5, "pension": 6.5}},
            },
            "counter": {"kind": "counter", "sites": {"quebec": {}, "montreal": {}}, "handle_time": "10 min", "cost": {"per_contact": 20}},
            "mail": {
                "kind": "mail",
                "steps": {"scan": {"handle_time": "2 min"}, "process": {"handle_time": "12 min"}},
                "standard": {"info": "2 days"},
                "cost": {"per_contact": 9},
            },
        },
        "teams": {
            "agents": {"serves": ["phone", "counter"], "schedule": {"week": {"Mon-Fri": {"08:30": 4, "16:30": 0}}}, "shrinkage": 0.5, "cost_per_hour": 38},
            "clerks": {"serves": ["mail"], "schedule": {"week": {"Mon-Fri": {"08:30": 2, "16:30": 0}}}, "cost_per_hour": 30},
        },
        "choice": {"first": {"table": {"default": {"default": {"web": 0.3, "phone": 0.4, "counter": 0.1, "mail": 0.2}}}}},
    } | more


@cache
def organisation() -> Model:
    """The model of ``document()``."""
    return compile(Scenario.model_validate(document()))


def variant(**more: Any) -> Model:
    """The model of ``document`` with other parts."""
    return compile(Scenario.model_validate(document(**more)))


class Log:
    """Rows of a log, written in any order and sorted by time; those of one instant stay as written."""

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or organisation()
        self.start = self.model.start
        self.rows: list[tuple[int, ...]] = []

    def emit(self, time: int, kind: Kind, subject: int, a: int = 0, b: int = 0, c: int = 0) -> None:
        self.rows.append((time, int(kind), subject, int(a), int(b), int(c)))

    def need(self, time: int, number: int, service: int = INFO, segment: int = YOUNG, traits: int = 4) -> int:
        """A need starts; returns its id."""
        id = (time // DAY * SERVICES + service) * NEEDS_PER_DAY_AND_SERVICE + number
        self.emit(time, Kind.NEED_STARTED, id, service * len(self.model.segments) + segment, 7, traits)
        return id

    def close(self, time: int, need: int, end: End = End.GIVEN_UP) -> None:
        self.emit(time, Kind.NEED_CLOSED, need, end)

    def resolve(self, time: int, need: int, by: int) -> None:
        self.emit(time, Kind.NEED_RESOLVED, need, by)

    def contact(
        self,
        time: int,
        need: int,
        number: int,
        station: int,
        outcome: Outcome,
        lasts: int,
        *,
        reason: Reason = Reason.FIRST,
        cause: int = -1,
        right: bool = False,
    ) -> int:
        """A contact without service, or the frame of one with; returns its id."""
        id = need * CONTACTS_PER_NEED + number
        self.emit(time, Kind.CONTACT_STARTED, id, station, reason, cause)
        self.emit(time + lasts, Kind.CONTACT_ENDED, id, station, outcome, right)
        return id

    def call(
        self,
        time: int,
        need: int,
        number: int,
        station: int,
        wait: int,
        service: int,
        *,
        right: bool = True,
        reason: Reason = Reason.FIRST,
        cause: int = -1,
        group: int = AGENTS,
    ) -> int:
        """A contact that is served, after a wait if that is not 0; returns its id."""
        id = need * CONTACTS_PER_NEED + number
        self.emit(time, Kind.CONTACT_STARTED, id, station, reason, cause)
        if wait:
            self.emit(time, Kind.QUEUED, id, station, 0, -1)
        self.emit(time + wait, Kind.SERVICE_STARTED, id, station, 0, group)
        self.emit(time + wait + service, Kind.SERVICE_ENDED, id, station, 0, group)
        self.emit(time + wait + service, Kind.CONTACT_ENDED, id, station, Outcome.SERVED, right)
        return id

    def array(self) -> np.ndarray:
        """The rows in order of time, shape (n, 6)."""
        return np.array(sorted(self.rows, key=lambda row: row[0]), dtype=np.int64).reshape(-1, 6)

    def sums(self, chunk: int = 10**9, **options: Any) -> Sums:
        """What an observer makes of it, fed `chunk` rows at a time."""
        observer = Observer(self.model, **options)
        rows = self.array()
        for i in range(0, len(rows), chunk):
            observer.feed(rows[i : i + chunk])
        return observer.finish(self.model.end)


def random_log(seed: int, needs: int = 300, model: Model | None = None) -> Log:
    """A random log: journeys of up to four contacts on any station, items that are chased, needs open at the horizon, simultaneous events."""
    draw = random.Random(seed)
    log = Log(model)
    numbers: dict[tuple[int, int], int] = {}
    for _ in range(needs):
        time = draw.randrange(log.model.end) // MINUTE * MINUTE  # whole minutes, so that much happens at once
        service = draw.randrange(2)
        number = numbers[time // DAY, service] = numbers.get((time // DAY, service), -1) + draw.randint(1, 3)
        journey(log, draw, log.need(time, number, service, draw.randrange(2), draw.randrange(8) | draw.randrange(2) << 8), time)
    for group in (AGENTS, CLERKS):
        for _ in range(40):
            agents = draw.randrange(9)
            log.emit(draw.randrange(log.model.end), Kind.STAFFED, group, agents, agents)
        for _ in range(10):
            over = draw.randrange(HOUR)
            log.emit(over + draw.randrange(log.model.end - over), Kind.AGENT_LEFT, group, over)
    log.rows = [row for row in log.rows if row[0] <= log.model.end]
    return log


def journey(log: Log, draw: random.Random, need: int, time: int) -> None:
    """The contacts of one need."""
    right = -1
    cause, reason = -1, Reason.FIRST
    last = time
    for number in range(draw.randint(0, 4)):
        time += draw.randrange(4 * DAY) // MINUTE * MINUTE if number else 0
        id, end, solved = meeting(log, draw, need, number, time, reason, cause)
        if solved and right < 0:
            right = id
            log.resolve(end, need, id)
        cause, reason = id, draw.choice(list(Reason)[1:])
        last = max(last, end)
        time = time if draw.random() < 0.2 else end  # sometimes the next contact begins while this one lasts
    if draw.random() < 0.9:
        log.close(last, need, End.RESOLVED if right >= 0 else End.GIVEN_UP)


def meeting(log: Log, draw: random.Random, need: int, number: int, time: int, reason: Reason, cause: int) -> tuple[int, int, bool]:
    """One contact on a random station: its id, its end, and whether it gave the right answer."""
    station = draw.randrange(6)
    right = draw.random() < 0.5
    if station in (WEB, IVR):
        outcome = draw.choice([Outcome.CONTAINED, Outcome.FAILED, Outcome.OPTED_OUT, Outcome.BLOCKED, Outcome.CLOSED])
        lasts = 0 if outcome in (Outcome.BLOCKED, Outcome.CLOSED) else draw.randint(0, 20) * MINUTE
        right = right and outcome is Outcome.CONTAINED
        return log.contact(time, need, number, station, outcome, lasts, reason=reason, cause=cause, right=right), time + lasts, right
    if station == MAIL:
        return item(log, draw, need, number, time, reason, cause, right)
    kind = draw.random()
    wait, service = draw.randint(0, 30) * MINUTE, draw.randint(0, 20) * MINUTE
    if kind < 0.7:
        id = log.call(time, need, number, station, wait, service, right=right, reason=reason, cause=cause)
        end = time + wait + service
        if draw.random() < 0.5:
            log.emit(end + 2 * MINUTE, Kind.AGENT_FREED, AGENTS, id, station, 2 * MINUTE)
        return id, end, right
    outcome = draw.choice([Outcome.ABANDONED, Outcome.DISMISSED, Outcome.BALKED, Outcome.BLOCKED])
    waits = outcome in (Outcome.ABANDONED, Outcome.DISMISSED)
    id = log.contact(time, need, number, station, outcome, wait if waits else 0, reason=reason, cause=cause)
    if waits:
        log.rows.insert(-1, (time, int(Kind.QUEUED), id, station, 0, -1))
    return id, time + (wait if waits else 0), False


def item(log: Log, draw: random.Random, need: int, number: int, time: int, reason: Reason, cause: int, right: bool) -> tuple[int, int, bool]:
    """A letter: lost, or received and worked on in two steps, or withdrawn while it waits for the second."""
    id = need * CONTACTS_PER_NEED + number
    log.emit(time, Kind.CONTACT_STARTED, id, MAIL, reason, cause)
    now = time + draw.randrange(3 * DAY)
    if draw.random() < 0.1:
        log.emit(now, Kind.CONTACT_ENDED, id, MAIL, Outcome.LOST)
        return id, now, False
    log.emit(now, Kind.RECEIVED, id, MAIL)
    for step in range(2):
        log.emit(now, Kind.QUEUED, id, MAIL, step, -1)
        now += draw.randrange(8 * DAY) // MINUTE * MINUTE
        if step and draw.random() < 0.2:
            log.emit(now, Kind.CONTACT_ENDED, id, MAIL, Outcome.WITHDRAWN)
            return id, now, False
        log.emit(now, Kind.SERVICE_STARTED, id, MAIL, step, CLERKS)
        now += draw.randrange(HOUR)
        log.emit(now, Kind.SERVICE_ENDED, id, MAIL, step, CLERKS)
    log.emit(now, Kind.ANSWERED, id, MAIL)
    now += DAY
    outcome = draw.choice([Outcome.SERVED, Outcome.RETURNED])
    right = right and outcome is Outcome.SERVED
    log.emit(now, Kind.CONTACT_ENDED, id, MAIL, outcome, right)
    return id, now, right
