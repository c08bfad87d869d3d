"""Exact values of the elementary queues, against which the engine is tested: Erlang B, C and A, and the queue with limited places.

Written for the tests and independent of simcrc: sums over the states of birth-death chains, in rates per unit of time (any unit, the same for all).
``tests/test_oracles.py`` checks them against published figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


def erlang_b(load: float, servers: int) -> float:
    """Probability that a call is lost: offered load `load` (erlangs), no waiting place.  By the recursion B(n) = aB / (n + aB)."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


@dataclass(frozen=True)
class ErlangC:
    """M/M/c without abandonment: arrivals `rate`, services `service` (rates), `servers` > rate / service."""

    rate: float
    service: float
    servers: int

    @property
    def occupancy(self) -> float:
        """Share of the time that a server is busy."""
        return self.rate / (self.service * self.servers)

    @property
    def p_wait(self) -> float:
        """Probability of a wait."""
        blocked = erlang_b(self.rate / self.service, self.servers)
        return blocked / (1.0 - self.occupancy * (1.0 - blocked))

    @property
    def mean_wait(self) -> float:
        """Mean wait of all (ASA)."""
        return self.p_wait / (self.servers * self.service - self.rate)

    def served_within(self, threshold: float) -> float:
        """Probability of a wait of at most `threshold`."""
        return 1.0 - self.p_wait * math.exp(-(self.servers * self.service - self.rate) * threshold)

    @property
    def mean_queue(self) -> float:
        """Mean number of those who wait."""
        return self.rate * self.mean_wait


@dataclass(frozen=True)
class Chain:
    """M/M/c/K+M: `servers`, `places` to wait in, exponential patience of rate `leaving` (0: nobody leaves).  Covers Erlang A (many places) and M/M/c/K."""

    rate: float
    service: float
    servers: int
    leaving: float = 0.0
    places: int = 100_000

    def _states(self) -> tuple[float, list[float]]:
        """P(fewer than c in the system) and P(c + j) for j = 0, 1, …; the sum ends where terms no longer count."""
        below = 1.0 / erlang_b(self.rate / self.service, self.servers) - 1.0  # relative to state c
        weights = [1.0]
        for j in range(1, self.places + 1):
            weights.append(weights[-1] * self.rate / (self.servers * self.service + j * self.leaving))
            if weights[-1] < 1e-18 * max(weights[0], weights[-2]) and weights[-1] < weights[-2]:
                break
        total = below + math.fsum(weights)
        return below / total, [weight / total for weight in weights]

    @property
    def p_no_wait(self) -> float:
        """Probability that an arrival finds a free server."""
        return self._states()[0]

    @property
    def p_blocked(self) -> float:
        """Probability that an arrival finds all places taken."""
        states = self._states()[1]
        return states[-1] if len(states) == self.places + 1 else 0.0

    @property
    def p_wait(self) -> float:
        """Probability that an arrival has to wait (blocked ones do not)."""
        return 1.0 - self.p_no_wait - self.p_blocked

    @property
    def mean_queue(self) -> float:
        """Mean number of those who wait."""
        return math.fsum(j * p for j, p in enumerate(self._states()[1]))

    @property
    def p_abandon(self) -> float:
        """Share of arrivals who leave before service."""
        return self.leaving * self.mean_queue / self.rate

    @property
    def mean_wait(self) -> float:
        """Mean time in queue over all arrivals who are not blocked, served or not (by Little's law)."""
        return self.mean_queue / (self.rate * (1.0 - self.p_blocked))

    @property
    def occupancy(self) -> float:
        """Share of the time that a server is busy."""
        return self.rate * (1.0 - self.p_blocked - self.p_abandon) / (self.service * self.servers)


def erlang_a(rate: float, service: float, servers: int, patience: float) -> Chain:
    """M/M/c+M with mean patience `patience`."""
    return Chain(rate, service, servers, leaving=1.0 / patience)
