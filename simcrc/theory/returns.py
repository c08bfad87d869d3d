"""Contacts that come back long after: the unresolved after their service, those who gave up in the queue.

The arrivals at the queue are the fresh ones and the returns.  Without abandonment the queue and the delays are an open network of the product
form (Jackson 1957; Erlang-R of Yom-Tov and Mandelbaum 2014): ``ErlangC`` of the total rate is exact for any law of the delay.  With abandonment
``ErlangA`` of the total rate is the limit of long delays, when returns forget the state of the queue.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.errors import TheoryError, positive, share, stable, whole
from simcrc.theory.redial import ENDLESS
from simcrc.theory.registry import model


@model("returns")
@dataclass(frozen=True)
class Returns:
    """Needs at `arrival_rate`; a contact served settles its need with probability `resolution`, else a share `returning` comes back; a share
    `redial` of those who give up comes back too.  `patience` mean (default: endless)."""

    arrival_rate: float
    handle_time: float
    agents: int
    resolution: float
    returning: float = 1.0
    patience: float = math.inf
    redial: float = 0.0

    def __post_init__(self) -> None:
        positive("arrival_rate", self.arrival_rate)
        positive("handle_time", self.handle_time)
        whole("agents", self.agents)
        for name in ("resolution", "returning", "redial"):
            share(name, getattr(self, name))
        positive("patience", self.patience, endless=True)
        if self._back >= 1.0:
            raise TheoryError(ENDLESS, "resolution")
        if self.redial == 1.0 or math.isinf(self.patience):  # everybody is served in the end
            stable(self.arrival_rate * self.handle_time / (1.0 - self._back), self.agents)

    @property
    def _back(self) -> float:
        """Share of the contacts served that come back."""
        return (1.0 - self.resolution) * self.returning

    @cached_property
    def total_rate(self) -> float:
        """Rate of all contacts: Λ = λ + (1 − r)·q·(1 − Pab(Λ))·Λ + p·Pab(Λ)·Λ, solved for Λ."""
        low = self.arrival_rate / (1.0 - self._back)
        if math.isinf(self.patience):
            return low
        from scipy.optimize import brentq

        def missing(rate: float) -> float:
            abandonment = ErlangA(rate, self.handle_time, self.agents, self.patience).abandonment
            return rate * ((1.0 - abandonment) * (1.0 - self._back) + abandonment * (1.0 - self.redial)) - self.arrival_rate

        low = high = self.arrival_rate  # each contact ends a need at most once, so the total is not below
        while missing(high) < 0.0:
            high *= 2.0
        return low if high == low else float(brentq(missing, low, high, xtol=1e-14 * high, rtol=1e-14))

    @cached_property
    def _queue(self) -> ErlangA:
        return ErlangA(self.total_rate, self.handle_time, self.agents, self.patience)

    @property
    def contacts_per_need(self) -> float:
        """Mean number of contacts of a need."""
        return self.total_rate / self.arrival_rate

    @property
    def load(self) -> float:
        """Erlangs offered by all contacts."""
        return self.total_rate * self.handle_time

    @property
    def occupancy(self) -> float:
        """Share of the time that an agent is busy."""
        return self._queue.occupancy

    @property
    def p_wait(self) -> float:
        """Share of all contacts that queue."""
        return self._queue.p_wait

    @property
    def asa(self) -> float:
        """Mean wait of the contacts that are served."""
        return self._queue.asa

    @property
    def abandonment(self) -> float:
        """Share of all contacts that give up."""
        return self._queue.abandonment

    @property
    def queue_length(self) -> float:
        """Mean number who wait."""
        return self._queue.queue_length

    @property
    def resolved(self) -> float:
        """Share of the needs that are settled."""
        return self.contacts_per_need * (1.0 - self.abandonment) * self.resolution

    def service_level(self, within: float, definition: str = "served_over_offered") -> float:
        """Service level of all contacts, by one of the four definitions of ``ErlangA``."""
        return self._queue.service_level(within, definition)
