"""The figures that ``erlang_a`` and ``general_patience`` have in common: shares, waits and the four service levels of a queue with impatience."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

from simcrc.theory.errors import TheoryError, not_negative
from simcrc.words import Words

DEFINITIONS = (
    "served_over_offered",
    "served_over_answered",
    "served_over_offered_minus_early_abandons",
    "served_or_abandoned_over_offered",
)
UNKNOWN = Words(fr="definition : « {value} » ; une de {known} est attendue", en='definition: "{value}"; one of {known} is expected')


class Queue(Protocol):
    """A queue that has been solved: see ``unlimited`` and ``limited``.  All over the offered."""

    @property
    def p_no_wait(self) -> float: ...
    @property
    def p_blocked(self) -> float: ...
    @property
    def p_wait(self) -> float: ...
    @property
    def p_abandon(self) -> float: ...
    @property
    def served(self) -> float: ...
    @property
    def wait(self) -> float: ...
    @property
    def wait_served(self) -> float: ...
    @property
    def wait_of_queued(self) -> float: ...
    def served_within(self, within: float) -> float: ...
    def abandoned_within(self, within: float) -> float: ...


class Waiting(ABC):
    """Figures of a queue with `arrival_rate`, `handle_time` and `agents`.  A mean over nobody (who queues without a place to wait) is nan."""

    arrival_rate: float
    handle_time: float
    agents: int

    @property
    @abstractmethod
    def _queue(self) -> Queue:
        """The queue, solved."""

    @property
    def load(self) -> float:
        """Offered load, erlangs."""
        return self.arrival_rate * self.handle_time

    @property
    def p_no_wait(self) -> float:
        """Share of the offered who are served at once."""
        return self._queue.p_no_wait

    @property
    def p_wait(self) -> float:
        """Share of the offered who queue: neither blocked nor served at once."""
        return self._queue.p_wait

    @property
    def p_blocked(self) -> float:
        """Share of the offered who find neither an agent nor a place to wait."""
        return self._queue.p_blocked

    @property
    def abandonment(self) -> float:
        """Share of the offered who give up."""
        return self._queue.p_abandon

    @property
    def abandoned_rate(self) -> float:
        """Number who give up per unit of time."""
        return self.arrival_rate * self._queue.p_abandon

    @property
    def wait_all(self) -> float:
        """Mean wait of all who are not blocked, served or not; 0 for those served at once."""
        return self._queue.wait / (self._queue.p_no_wait + self._queue.p_wait)

    @property
    def asa(self) -> float:
        """Mean wait of those who are served, at once or later: the average speed of answer."""
        return self._queue.wait_served / (self._queue.p_no_wait + self._queue.served)

    @property
    def wait_of_queued(self) -> float:
        """Mean wait of those who queue, served or not."""
        return self._queue.wait_of_queued

    @property
    def queue_length(self) -> float:
        """Mean number who wait."""
        return self.arrival_rate * self._queue.wait

    @property
    def agents_busy(self) -> float:
        """Mean number of busy agents."""
        return self.load * (self._queue.p_no_wait + self._queue.served)

    @property
    def occupancy(self) -> float:
        """Share of the time that an agent is busy."""
        return self.agents_busy / self.agents

    def service_level(self, within: float, definition: str = DEFINITIONS[0]) -> float:
        """Service level at the threshold `within` by one of the four ``DEFINITIONS``; the blocked are among the offered."""
        not_negative("within", within, endless=True)
        if definition not in DEFINITIONS:
            raise TheoryError(UNKNOWN, "definition", value=str(definition), known=", ".join(DEFINITIONS))
        queue = self._queue
        served = queue.p_no_wait + queue.served_within(within)
        if definition == "served_over_offered":
            return served
        if definition == "served_over_answered":
            return served / (queue.p_no_wait + queue.served)
        early = queue.abandoned_within(within)
        return served + early if definition == "served_or_abandoned_over_offered" else served / (1.0 - early)
