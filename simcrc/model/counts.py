"""Integers from uniforms: the inverse distribution functions of the Poisson and the binomial law, and that of the Gamma factor of mean 1.

They are scalars because they are drawn once a day; variates of contacts are in ``simcrc.distributions``.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, sqrt


def poisson(u: float, mean: float) -> int:
    """The smallest n such that a Poisson variate of mean `mean` is at most n with probability `u` or more; 0 < u < 1."""
    from scipy.special import ndtri, pdtr

    if mean <= 0:
        return 0
    z = float(ndtri(u))
    guess = mean + z * sqrt(mean) + (z * z - 1) / 6  # Cornish and Fisher: within one or two of the answer
    return _smallest(u, max(0, ceil(guess - 0.5)), lambda n: float(pdtr(n, mean)))


def binomial(u: float, n: int, p: float) -> int:
    """The smallest k such that a binomial variate of `n` trials of probability `p` is at most k with probability `u` or more; 0 < u < 1."""
    from scipy.special import bdtr, ndtri

    if n <= 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    guess = n * p + float(ndtri(u)) * sqrt(n * p * (1 - p))
    return _smallest(u, min(n, max(0, floor(guess + 0.5))), lambda k: 1.0 if k >= n else float(bdtr(k, n, p)))


def gamma_factor(z: float, shape: float) -> float:
    """The Gamma variate of shape `shape` and mean 1 that stands at the same probability as the standard normal variate `z`."""
    from scipy.special import gammainccinv, gammaincinv, ndtr

    # Each tail from its own side: 1 - ndtr(z) loses its digits for large z.
    return float(gammaincinv(shape, float(ndtr(z))) if z < 0 else gammainccinv(shape, float(ndtr(-z)))) / shape


def _smallest(u: float, guess: int, at_most: Callable[[int], float]) -> int:
    """The smallest n >= 0 with at_most(n) >= u, searched step by step from `guess`."""
    n = guess
    while at_most(n) < u:
        n += 1
    while n > 0 and at_most(n - 1) >= u:
        n -= 1
    return n
