"""The chain (busy, in orbit) of a queue with retrials, level by level of the orbit, without subtractions.

Only from `c` busy does the orbit grow, so that each level is known up to a factor from the one above: given what comes down from there, the law
within the level solves a tridiagonal system with the state of all busy as its unit, and the flows across the cut between levels give the factor
(a matrix-analytic method with matrices of rank one: Latouche and Ramaswami 1999; the truncation of Falin and Templeton 1997).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simcrc.theory.errors import TOO_MANY, TheoryError
from simcrc.theory.numerics.poisson import FloatArray

MOST_STATES = 100_000_000
LEFT = 1e-16  # probability of the last level, relative to all
BLOCK = 256  # levels factored at once


@dataclass(frozen=True)
class Orbit:
    """Means: `busy` agents, number in `orbit`, probability that all are busy (`full`), number in orbit times that (`orbit_full`)."""

    busy: float
    orbit: float
    full: float
    orbit_full: float


def solve(rate: float, service: float, agents: int, retrial: float, again: float) -> Orbit:
    """The stationary means; the orbit is cut at a level that grows until nothing is left there."""
    levels = 64
    if again == 1.0:  # the tail falls like that of M/M/c, as powers of the load per agent
        levels += int(40.0 / -math.log(rate / (service * agents)))
    while True:
        if levels * (agents + 1) > MOST_STATES:
            raise TheoryError(TOO_MANY, "retrial_time", name="(busy, orbit)", value=levels * (agents + 1), most=MOST_STATES)
        mass, busy, full = _levels(rate, service, agents, retrial, again, levels)
        total = mass.sum()
        if mass[-1] * levels <= LEFT * total:
            break
        levels += levels // 2
    number = np.arange(levels + 1.0)
    return Orbit(float(busy.sum() / total), float(number @ mass / total), float(full.sum() / total), float(number @ full / total))


def _levels(rate: float, service: float, agents: int, retrial: float, again: float, last: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """By level 0 … last, up to one common factor: probability, mean busy × probability, probability that all are busy; shapes (last + 1,)."""
    shape_mass, shape_busy, ratio = np.empty(last + 1), np.empty(last + 1), np.ones(last + 1)
    coming = np.zeros(agents)  # into 0 … c − 1 from the level above, relative to the state (c, j)
    number = np.arange(agents + 1.0)
    for top in range(last, -1, -BLOCK):
        low = max(top - BLOCK + 1, 0)
        out = _eliminated(rate, service, agents, retrial, np.arange(float(low), top + 1.0))
        for j in range(top, low - 1, -1):
            law = _law(rate, service, agents, out[j - low], coming)
            shape_mass[j], shape_busy[j] = law.sum(), law @ number
            if j:
                down = retrial * j * law
                down[agents] *= 1.0 - again
                ratio[j] = rate * again / down.sum()  # of (c, j) to (c, j − 1), by the cut between the levels
                coming = np.concatenate([[0.0], ratio[j] * down[: agents - 1]])
    with np.errstate(divide="ignore"):
        logs = np.concatenate([[0.0], np.cumsum(np.log(ratio[1:]))])
    full = np.exp(logs - np.max(logs + np.log(shape_mass)))
    return full * shape_mass, full * shape_busy, full


def _eliminated(rate: float, service: float, agents: int, retrial: float, levels: FloatArray) -> FloatArray:
    """For each level (rows) and each of its states i < c (columns) the rate out of 0 … i upwards or to the level below, after i − 1, …, 0 are eliminated;
    all sums, no differences (Grassmann, Taksar and Heyman 1985)."""
    away = retrial * levels
    out = np.empty((agents, levels.size))
    spare = away  # of the rate out of state i what does not go up
    for i in range(agents):
        if i:
            spare = away + service * i * spare / (rate + spare)
        out[i] = rate + spare
    return np.ascontiguousarray(out.T)


def _law(rate: float, service: float, agents: int, out: FloatArray, coming: FloatArray) -> FloatArray:
    """The states of a level relative to its last, given what comes into each but the last from the level above."""
    from scipy.linalg import lapack

    law = np.ones(agents + 1)
    none = np.zeros(agents - 1)
    up = service * np.arange(1.0, agents + 1.0)
    if agents == 1:
        law[0] = (coming[0] + service) / out[0]
        return law
    gathered = lapack.dgtsv(-rate / out[:-1], np.ones(agents), none, coming)[3]
    gathered[-1] += up[-1]
    law[:-1] = lapack.dgtsv(none, out, -up[:-1], gathered)[3]
    return law
