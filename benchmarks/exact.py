"""What the workloads must give: W1 exactly (Erlang A), W2 by a fluid of returning callers in front of an Erlang A queue at each instant.

The fluid of W2 is an approximation: it takes the calls of each instant for a Poisson stream in equilibrium.
"""

from __future__ import annotations

from functools import cache


@cache
def erlang_a(rate: float, servers: int, service: float, patience: float) -> tuple[float, float]:
    """P(wait) and P(abandon) of M/M/c+M, by the states of its birth-death chain; `service` and `patience` are means."""
    blocked, load = 1.0, rate * service
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    weight, total, queue, j = 1.0, 1.0 / blocked, 0.0, 0
    busy = 1.0
    while weight > 1e-16 or j < servers:
        j += 1
        weight *= rate / (servers / service + j / patience)
        total += weight
        busy += weight
        queue += j * weight
    return busy / total, queue / total / patience / rate


def w1() -> float:
    """Share abandoned in W1."""
    return erlang_a(20.0, 100, 5.0, 5.0)[1]


def w2(days: int, step: float = 1.0) -> float:
    """Share of the calls to agents that are abandoned in W2 from an empty system to the horizon; `step` in minutes."""
    redial = repeat = calls = abandoned = 0.0
    for _ in range(round(days * 1440 / step)):
        rate = 0.4 * (23.5 + redial / 20.0 + repeat / 1440.0)
        lost = erlang_a(round(rate, 3), 50, 5.0, 3.0)[1]
        calls += rate * step
        abandoned += rate * lost * step
        redial += step * (0.30 * rate * lost - redial / 20.0)
        repeat += step * (0.15 * rate * (1.0 - lost) - repeat / 1440.0)
    return abandoned / calls
