"""A slow reading of a log, row by row with dictionaries, to hold against the observer."""

from __future__ import annotations

from dataclasses import dataclass, field

from simcrc.log import CONTACTS_PER_NEED, NEEDS_PER_DAY_AND_SERVICE, SERVICES, Kind, Outcome
from tests.observe.logs import DAY, MAIL, MINUTE, Log

HALF_HOUR = 30 * MINUTE


@dataclass
class Contact:
    """What one contact did."""

    need: int
    station: int
    reason: int
    started: int
    rows: list[tuple[int, ...]] = field(default_factory=list)

    def first(self, kind: Kind) -> int | None:
        return next((row[0] for row in self.rows if row[1] == kind), None)

    def last(self, kind: Kind) -> tuple[int, ...] | None:
        return next((row for row in reversed(self.rows) if row[1] == kind), None)

    @property
    def outcome(self) -> int:
        row = self.last(Kind.CONTACT_ENDED)
        return int(Outcome.IN_PROGRESS) if row is None else row[4]

    @property
    def service(self) -> int:
        return self.need // NEEDS_PER_DAY_AND_SERVICE % SERVICES

    def ended(self, horizon: int) -> int:
        row = self.last(Kind.CONTACT_ENDED)
        return horizon if row is None else row[0]

    def waiting(self, horizon: int) -> tuple[int, int] | None:
        """The interval in the live queue."""
        queued = self.first(Kind.QUEUED)
        if queued is None or self.station == MAIL:
            return None
        served = self.first(Kind.SERVICE_STARTED)
        return queued, self.ended(horizon) if served is None else served

    def stocked(self, horizon: int) -> tuple[int, int] | None:
        """The interval in the backlog."""
        received, answered = self.first(Kind.RECEIVED), self.first(Kind.ANSWERED)
        if received is None:
            return None
        return received, self.ended(horizon) if answered is None else answered


def read(log: Log) -> dict[int, Contact]:
    """The contacts of a log by id."""
    out: dict[int, Contact] = {}
    for row in log.array().tolist():
        if row[1] == Kind.CONTACT_STARTED:
            out[row[2]] = Contact(row[2] // CONTACTS_PER_NEED, row[3], row[4], row[0])
        if Kind.CONTACT_STARTED <= row[1] <= Kind.ANSWERED:
            out[row[2]].rows.append(tuple(row))
    return out


def overlap(interval: tuple[int, int], start: int, end: int) -> int:
    """Length of what is common to an interval and [start, end)."""
    return max(0, min(interval[1], end) - max(interval[0], start))


def largest(intervals: list[tuple[int, int]], start: int, end: int) -> int:
    """Most intervals that hold a common instant of [start, end)."""
    instants = [a for a, b in intervals if a < b] + [start]
    return max((sum(a <= t < b for a, b in intervals) for t in instants if start <= t < end), default=0)


def nights(log: Log) -> list[int]:
    """The midnights that end the measured days."""
    return [midnight for midnight in log.model.calendar.midnights if midnight > log.model.start]


__all__ = ["DAY", "HALF_HOUR", "Contact", "largest", "nights", "overlap", "read"]
