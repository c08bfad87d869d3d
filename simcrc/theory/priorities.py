"""Two classes of contacts at one team: the high class goes first, nobody is interrupted (M/M/c, non-preemptive priority).

Agents who differ in skills: ``skills``.  One class: ``erlang_c``, which gives the probability of a wait here too, since the number
of busy agents does not depend on who is taken first.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass
from functools import cached_property

from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.errors import not_negative, positive, stable, whole
from simcrc.theory.registry import model


@model("priorities")
@dataclass(frozen=True)
class Priorities:
    """M/M/c with two classes of the same handle time, first come first served in each.  Means are over all of a class, the wait of those
    who do not wait being 0.  Cobham (1954), Kella and Yechiali (1985)."""

    rate_high: float
    rate_low: float
    handle_time: float
    agents: int

    def __post_init__(self) -> None:
        positive("rate_high", self.rate_high)
        positive("rate_low", self.rate_low)
        positive("handle_time", self.handle_time)
        whole("agents", self.agents)
        stable((self.rate_high + self.rate_low) * self.handle_time, self.agents)

    @cached_property
    def _all(self) -> ErlangC:
        return ErlangC(arrival_rate=self.rate_high + self.rate_low, handle_time=self.handle_time, agents=self.agents)

    @property
    def _capacity(self) -> float:
        return self.agents / self.handle_time

    @property
    def occupancy(self) -> float:
        """Share of the time that an agent is busy."""
        return (self.rate_high + self.rate_low) / self._capacity

    @property
    def p_wait(self) -> float:
        """Share that waits, the same in both classes (Erlang C of the total)."""
        return self._all.p_wait

    @property
    def wait_all(self) -> float:
        """Mean wait of both classes together: that of Erlang C (conservation, Kleinrock 1965)."""
        return self._all.asa

    @property
    def wait_high(self) -> float:
        """Mean wait of the high class: P(wait) / (cµ − λ_high)."""
        return self.p_wait / (self._capacity - self.rate_high)

    @property
    def wait_low(self) -> float:
        """Mean wait of the low class: the high one's over 1 − ρ."""
        return self.wait_high / (1.0 - self.occupancy)

    @property
    def queue_high(self) -> float:
        """Mean number of the high class who wait."""
        return self.rate_high * self.wait_high

    @property
    def queue_low(self) -> float:
        """Mean number of the low class who wait."""
        return self.rate_low * self.wait_low

    def service_level_high(self, within: float) -> float:
        """Share of the high class that waits at most `within`.  While all agents are busy the high queue is an M/M/1 with services at
        cµ, geometric, so that the wait of those who wait is exponential of rate cµ − λ_high."""
        return 1.0 - self.p_wait * math.exp(-(self._capacity - self.rate_high) * not_negative("within", within))

    def service_level_low(self, within: float) -> float:
        """Share of the low class that waits at most `within`.  Who waits has an exponential(cµ − λ) work before him, prolonged by the
        high class that comes meanwhile (a delayed busy period: Kella and Yechiali 1985); its transform is inverted by Talbot's
        contour, to about 1e-12."""
        from simcrc.theory.numerics.laplace import invert

        if not_negative("within", within) == 0.0:
            return 1.0 - self.p_wait
        high, capacity = self.rate_high, self._capacity
        rate = capacity - high - self.rate_low
        near, far = (math.sqrt(capacity) - math.sqrt(high)) ** 2, (math.sqrt(capacity) + math.sqrt(high)) ** 2

        def tail(s: complex) -> complex:
            """Transform of P(wait > t | wait)."""
            root = cmath.sqrt(s + near) * cmath.sqrt(s + far)  # of (s + λ + cµ)² − 4 λ cµ, cut on the negative axis only
            busy = 2.0 * capacity / (s + high + capacity + root)  # transform of the busy period of the high class
            slowed = s + high * (1.0 - busy)
            return slowed / (s * (rate + slowed))

        return 1.0 - self.p_wait * invert(tail, within)
