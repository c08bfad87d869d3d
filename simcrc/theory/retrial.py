"""Blocked calls that try again after a while: M/M/c/c with retrials, the lines of a number that gives the busy tone.

Falin and Templeton (1997); no closed form beyond two lines, so the chain (busy, in orbit) is solved numerically, in ``numerics.orbit``.  Calls that
give up at once when blocked: ``erlang_b``; returns so late that the queue has forgotten: ``returns``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simcrc.theory.errors import positive, share, stable, whole
from simcrc.theory.registry import model

if TYPE_CHECKING:
    from simcrc.theory.numerics.orbit import Orbit

MOST_AGENTS = 10_000


@model("retrial")
@dataclass(frozen=True)
class Retrial:
    """`agents` (lines) without waiting places; who finds them all taken tries again with probability `again`, each time after an exponential
    time of mean `retrial_time`.  The orbit is cut where its probability is 1e-16; figures are exact to about 1e-12."""

    arrival_rate: float
    handle_time: float
    agents: int
    retrial_time: float
    again: float = 1.0

    def __post_init__(self) -> None:
        positive("arrival_rate", self.arrival_rate)
        positive("handle_time", self.handle_time)
        whole("agents", self.agents, most=MOST_AGENTS)
        positive("retrial_time", self.retrial_time)
        if share("again", self.again) == 1.0:
            stable(self.load, self.agents)

    @property
    def load(self) -> float:
        """Erlangs of the fresh calls."""
        return self.arrival_rate * self.handle_time

    @cached_property
    def _solved(self) -> Orbit:
        from simcrc.theory.numerics.orbit import solve

        return solve(self.arrival_rate, 1.0 / self.handle_time, self.agents, 1.0 / self.retrial_time, self.again)

    @property
    def orbit(self) -> float:
        """Mean number between a blocked attempt and the next."""
        return self._solved.orbit

    @property
    def p_blocked(self) -> float:
        """Share of the first attempts that are blocked: of the time that all agents are busy."""
        return self._solved.full

    @property
    def blocking(self) -> float:
        """Share of all attempts that are blocked."""
        return (self.arrival_rate * self._solved.full + self._solved.orbit_full / self.retrial_time) / (self.arrival_rate * self.attempts_per_need)

    @property
    def attempts_per_need(self) -> float:
        """Mean number of attempts, the first included."""
        return 1.0 + self.orbit / (self.retrial_time * self.arrival_rate)

    @property
    def lost(self) -> float:
        """Share of the calls that give up unserved."""
        return (1.0 - self.again) * self.blocking * self.attempts_per_need

    @property
    def agents_busy(self) -> float:
        """Mean number of busy agents."""
        return self._solved.busy

    @property
    def occupancy(self) -> float:
        """Share of the time that an agent is busy."""
        return self.agents_busy / self.agents

    @property
    def time_in_orbit(self) -> float:
        """Mean time from the first attempt to the last, over all calls (Little)."""
        return self.orbit / self.arrival_rate
