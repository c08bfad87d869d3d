"""Small centres whose arrivals are written down, so that a test can say what must happen to the microsecond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simcrc.engine.run import simulate
from simcrc.log import End, Kind, Outcome, Reason
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.scenario.scenario import Scenario

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MONDAY = "2007-01-08"


def document(
    channels: dict[str, Any], *, agents: Any = 1, serves: Sequence[str] = ("phone",), first: str | dict[str, Any] = "phone", **more: Any
) -> dict[str, Any]:
    """A scenario of two days with one service; `agents` a number day and night, or a whole mapping of teams."""
    teams = agents if isinstance(agents, dict) else {"agents": {"serves": list(serves), "schedule": {"week": {"Mon-Sun": {"00:00": agents}}}}}
    shares = {first: 1.0} if isinstance(first, str) else first
    choice = {"first": {"table": {"default": {"default": shares}}}} | more.pop("choice", {})
    return {
        "simcrc": 1,
        "name": "small",
        "start": MONDAY,
        "horizon": "2 days",
        "services": {"info": {}},
        "channels": channels,
        "teams": teams,
        "choice": choice,
    } | more


@dataclass
class Contact:
    """What the log says of one contact."""

    id: int
    station: str
    reason: Reason
    cause: int
    started: int
    rows: list[tuple[Kind, int, tuple[int, int, int]]] = field(default_factory=list)
    outcome: Outcome = Outcome.IN_PROGRESS
    right: bool = False
    ended: int = -1

    def at(self, kind: Kind) -> int:
        """The instant of its first row of `kind`."""
        return next(time for own, time, _ in self.rows if own is kind)

    @property
    def wait(self) -> int:
        return (self.at(Kind.SERVICE_STARTED) if any(kind is Kind.SERVICE_STARTED for kind, _, _ in self.rows) else self.ended) - self.at(Kind.QUEUED)


@dataclass
class Story:
    """A run, read from its log."""

    model: Model
    rows: np.ndarray
    contacts: list[Contact]
    ends: dict[int, End]

    def outcomes(self) -> list[tuple[str, str]]:
        return [(contact.station, contact.outcome.name) for contact in self.contacts]

    def of(self, kind: Kind) -> list[list[int]]:
        return self.rows[self.rows[:, 1] == kind].tolist()


def run(doc: dict[str, Any], arrivals: Sequence[int] = (), *, per_service: dict[int, Sequence[int]] | None = None, replication: int = 0) -> Story:
    """Simulate `doc` with needs at the instants `arrivals` (of the first service), in microseconds from midnight."""
    records = {service: (np.array(times, dtype=np.int64), None) for service, times in (per_service or {0: arrivals}).items()}
    model = compile(Scenario.model_validate(doc), records)
    return tell(model, replication)


def tell(model: Model, replication: int = 0) -> Story:
    """Simulate `model` and read the log."""
    chunks: list[np.ndarray] = []
    simulate(model, replication, chunks.append)
    rows = np.concatenate(chunks)
    contacts: dict[int, Contact] = {}
    ends: dict[int, End] = {}
    for time, code, subject, a, b, c in rows.tolist():
        kind = Kind(code)
        if kind is Kind.CONTACT_STARTED:
            contacts[subject] = Contact(subject, model.stations[a].name, Reason(b), c, time)
        elif kind is Kind.NEED_CLOSED:
            ends[subject] = End(a)
        elif kind in (Kind.NEED_STARTED, Kind.NEED_RESOLVED, Kind.STAFFED, Kind.AGENT_LEFT, Kind.AGENT_FREED):
            continue
        else:
            contacts[subject].rows.append((kind, time, (a, b, c)))
            if kind is Kind.CONTACT_ENDED:
                contacts[subject].outcome, contacts[subject].right, contacts[subject].ended = Outcome(b), bool(c), time
    return Story(model, rows, sorted(contacts.values(), key=lambda contact: (contact.started, contact.id)), ends)
