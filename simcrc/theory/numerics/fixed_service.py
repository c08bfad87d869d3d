"""The queue of M/D/c as a random walk: between two instants one handle time apart, Poisson(a) arrive and up to c begin.

Number in queue at such instants: L' = max(0, L + A − c), so L is the maximum of a walk and Spitzer's identity (1956) gives its law as sums
over m of Poisson(ma) against mc.  All terms are positive: nothing cancels at any size, unlike with the roots of Crommelin (1932).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simcrc.theory.numerics.poisson import FloatArray, at_least, mass

TERMS = 512  # summed one by one; the smooth rest by Euler and Maclaurin
NODES, PANELS = 20, 16


def spitzer(term: Callable[[FloatArray], FloatArray], load: float, agents: int) -> FloatArray:
    """Σ term(m), m = 1, 2, …, where terms fall like exp(−m c (ρ − 1 − ln ρ)) / m.  `term` takes an array (n,) of m, real as well as whole, and
    gives (…, n); the sum has shape (…).  Relative error about 1e-12."""
    rho = load / agents
    gap = 1.0 - rho
    decay = agents * (-gap - np.log1p(-gap))
    last = 1 + int(min(TERMS, 45.0 / decay))
    total = np.sum(term(np.arange(1.0, last + 1.0)), axis=-1)
    if last <= TERMS:
        return np.asarray(total)
    # From `last` on: the integral, with m = last · e^u, less half the first term and a twelfth of its slope, both counted already.
    end = np.log1p(45.0 / (decay * last))
    x, weight = np.polynomial.legendre.leggauss(NODES)
    edges = np.linspace(0.0, end, PANELS + 1)
    half = 0.5 * (edges[1:] - edges[:-1])[:, None]
    u = (0.5 * (edges[1:] + edges[:-1])[:, None] + half * x).ravel()
    m = last * np.exp(u)
    rest = np.sum(term(m) * (m * (half * weight).ravel()), axis=-1)
    near = term(np.array([last - 1.0, float(last), last + 1.0]))
    return np.asarray(total + rest - near[..., 1] / 2 - (near[..., 2] - near[..., 0]) / 24)


def queue_length(load: float, agents: int) -> float:
    """E[L] = Σ E[(Poisson(ma) − mc)⁺] / m."""

    def term(m: FloatArray) -> FloatArray:
        places = m * agents
        return load * mass(places, m * load) - (agents - load) * at_least(places + 1.0, m * load)

    return float(spitzer(term, load, agents))


def queue_law(load: float, agents: int, most: int) -> FloatArray:
    """P(L = j) for j = 0 … most, shape (most + 1,): the logarithm of the generating function of L has the coefficients
    b_j = Σ P(Poisson(ma) = mc + j) / m, and j q_j = Σ i b_i q_{j−i} (all positive)."""
    b = np.zeros(most + 1)
    step = 64  # numbers in queue at once, to bound the memory
    for first in range(1, most + 1, step):
        j = np.arange(first, min(first + step, most + 1))[:, None]
        b[first : first + step] = spitzer(lambda m, j=j: mass(m * agents + j, m * load) / m, load, agents)  # type: ignore[misc]
    q = np.zeros(most + 1)
    q[0] = np.exp(-float(spitzer(lambda m: at_least(m * agents + 1.0, m * load) / m, load, agents)))
    weighted = b * np.arange(most + 1)
    for n in range(1, most + 1):
        q[n] = weighted[1 : n + 1] @ q[n - 1 :: -1][:n] / n
    return q


def p_wait(load: float, agents: int) -> float:
    """P(an arrival finds all agents busy) = 1 − exp(−Σ P(Poisson(ma) ≥ mc) / m)."""
    return float(-np.expm1(-spitzer(lambda m: at_least(m * agents, m * load) / m, load, agents)))


def served_within(load: float, agents: int, times: float) -> float:
    """P(wait ≤ `times` handle times): Σ_j P(L ≤ kc − 1 − j) P(Poisson(a (k − times)) = j), k the whole number above `times`."""
    k = int(np.floor(times)) + 1
    at_most = np.cumsum(queue_law(load, agents, k * agents - 1))
    return float(at_most[::-1] @ mass(np.arange(k * agents), load * (k - times)))
