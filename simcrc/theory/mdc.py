"""M/D/c: fixed handle times, any number of agents, nobody gives up.  With one agent and other laws, ``mg1``; exponential, ``erlang_c``."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from simcrc.theory.errors import TOO_MANY, TheoryError, not_negative, positive, stable, whole
from simcrc.theory.registry import model

MOST = 10_000  # greatest number in queue for which a service level is computed


@model("mdc")
@dataclass(frozen=True)
class MDC:
    """M/D/c, first come first served.  Crommelin (1932); by Spitzer's identity (1956) rather than by his roots, so that nothing cancels;
    the law of the wait is Franx's (2001)."""

    arrival_rate: float
    handle_time: float
    agents: int

    def __post_init__(self) -> None:
        positive("arrival_rate", self.arrival_rate)
        positive("handle_time", self.handle_time)
        whole("agents", self.agents)
        stable(self.load, self.agents)

    @property
    def load(self) -> float:
        """Offered erlangs."""
        return self.arrival_rate * self.handle_time

    @property
    def occupancy(self) -> float:
        """Share of the time that an agent is busy."""
        return self.load / self.agents

    @cached_property
    def p_wait(self) -> float:
        """Share of the arrivals that wait."""
        from simcrc.theory.numerics.fixed_service import p_wait

        return p_wait(self.load, self.agents)

    @cached_property
    def queue_length(self) -> float:
        """Mean number who wait."""
        from simcrc.theory.numerics.fixed_service import queue_length

        return queue_length(self.load, self.agents)

    @property
    def asa(self) -> float:
        """Mean wait of all."""
        return self.queue_length / self.arrival_rate

    @property
    def wait_of_queued(self) -> float:
        """Mean wait of those who wait."""
        return self.asa / self.p_wait

    def service_level(self, within: float) -> float:
        """Share that waits at most `within`.  With kD the next multiple of the handle time above it, an arrival is served in time when at
        most kc − 1 are left of those in queue and of the Poisson arrivals of kD − within.  Refuses kc above 10 000."""
        from simcrc.theory.numerics.fixed_service import served_within

        times = not_negative("within", within) / self.handle_time
        if (math.floor(times) + 1) * self.agents > MOST:
            raise TheoryError(TOO_MANY, "within", name="(within / handle_time + 1) × agents", value=float((times + 1) * self.agents), most=MOST)
        return served_within(self.load, self.agents, times)
