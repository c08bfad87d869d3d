"""Workloads W1 and W2 as one writes them in plain SimPy: a process per caller, ``Resource``, ``request | timeout``.  The yardstick of ``speed``.

Times are minutes.  Every function runs from an empty system to `horizon` and returns its ``Counts``.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import simpy

Process = Generator[simpy.Event, Any, Any]


@dataclass
class Counts:
    """What happened: needs that arose, calls to the agents that ended, those among them abandoned, those that had to wait."""

    needs: int = 0
    served: int = 0
    abandoned: int = 0
    queued: int = 0

    @property
    def abandonment(self) -> float:
        """Share of the ended calls to agents that were abandoned."""
        return self.abandoned / (self.served + self.abandoned)


def _call(env: simpy.Environment, agents: simpy.Resource, rng: random.Random, service: float, patience: float, counts: Counts) -> Process:
    """A call to the agents; returns whether it was served."""
    with agents.request() as request:
        if not request.triggered:
            counts.queued += 1
        result = yield request | env.timeout(rng.expovariate(1 / patience))
        if request not in result:
            counts.abandoned += 1
            return False
        yield env.timeout(rng.expovariate(1 / service))
    counts.served += 1
    return True


def w1(horizon: float, seed: int, rate: float = 20.0, servers: int = 100, service: float = 5.0, patience: float = 5.0) -> Counts:
    """One queue with abandonment (Erlang A)."""
    rng, counts = random.Random(seed), Counts()
    env = simpy.Environment()
    agents = simpy.Resource(env, servers)

    def source() -> Process:
        while True:
            yield env.timeout(rng.expovariate(rate))
            counts.needs += 1
            env.process(_call(env, agents, rng, service, patience, counts))

    env.process(source())
    env.run(until=horizon)
    return counts


def w2(horizon: float, seed: int, rate: float = 23.5, servers: int = 50, service: float = 5.0, patience: float = 3.0) -> Counts:
    """A journey: voice unit, then the queue for 40 %; 30 % of those who abandon redial after 20 min, 15 % of those served call again after a day (means)."""
    rng, counts = random.Random(seed), Counts()
    env = simpy.Environment()
    agents = simpy.Resource(env, servers)

    def citizen() -> Process:
        while True:
            yield env.timeout(rng.expovariate(1 / 2.0))
            if rng.random() >= 0.4:
                return
            if (yield from _call(env, agents, rng, service, patience, counts)):
                again, delay = 0.15, 1440.0
            else:
                again, delay = 0.30, 20.0
            if rng.random() >= again:
                return
            yield env.timeout(rng.expovariate(1 / delay))

    def source() -> Process:
        while True:
            yield env.timeout(rng.expovariate(rate))
            counts.needs += 1
            env.process(citizen())

    env.process(source())
    env.run(until=horizon)
    return counts
