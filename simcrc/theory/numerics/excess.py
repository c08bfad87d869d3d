"""Repeated integrals of the tail of a handle time: what a step in the rate of arrival adds to the number of busy agents."""

from __future__ import annotations

import math

from scipy import special


def partial_moment(law: str, mean: float, cv: float, x: float, power: int) -> float:
    """E[Sⁿ; S ≤ x] for n = `power` of 0, 1, 2."""
    if x <= 0.0:
        return 0.0
    if law == "deterministic":
        return mean**power if x >= mean else 0.0
    if law == "lognormal":
        variance = math.log1p(cv * cv)
        mu = math.log(mean) - 0.5 * variance
        whole = math.exp(power * mu + 0.5 * power * power * variance)
        return whole * float(special.ndtr((math.log(x) - mu - power * variance) / math.sqrt(variance)))
    shape = 1.0 if law == "exponential" else 1.0 / (cv * cv)
    scale = mean / shape
    whole = (1.0, shape * scale, shape * (shape + 1.0) * scale * scale)[power]
    return whole * float(special.gammainc(shape + power, x / scale))


def survival(law: str, mean: float, cv: float, x: float) -> float:
    """P(S > x)."""
    if x <= 0.0:
        return 1.0
    if law == "deterministic":
        return float(x < mean)
    if law == "lognormal":
        variance = math.log1p(cv * cv)
        return float(special.ndtr((math.log(mean) - 0.5 * variance - math.log(x)) / math.sqrt(variance)))
    shape = 1.0 if law == "exponential" else 1.0 / (cv * cv)
    return float(special.gammaincc(shape, x * shape / mean))


def excess(law: str, mean: float, cv: float, x: float, order: int) -> float:
    """∫ P(S > u) du over 0 … x = E[min(S, x)] (`order` 1), or the integral of that again (`order` 2)."""
    if order == 1:
        return partial_moment(law, mean, cv, x, 1) + x * survival(law, mean, cv, x)
    inside = x * partial_moment(law, mean, cv, x, 1) - 0.5 * partial_moment(law, mean, cv, x, 2)
    return inside + 0.5 * x * x * survival(law, mean, cv, x)


def remainder(law: str, mean: float, cv: float, x: float, order: int) -> float:
    """What the integral of `order` still lacks beyond x ≥ 0: E[(S − x)⁺], or E[((S − x)⁺)²] / 2."""
    if law == "deterministic":
        left = max(mean - x, 0.0)
        return left if order == 1 else 0.5 * left * left
    if law == "lognormal":
        variance = math.log1p(cv * cv)
        mu, sd = math.log(mean) - 0.5 * variance, math.sqrt(variance)
        depth = math.log(x) if x > 0.0 else -math.inf
        upper = [math.exp(n * mu + 0.5 * n * n * variance) * float(special.ndtr((mu + n * variance - depth) / sd)) for n in range(3)]
    else:
        shape = 1.0 if law == "exponential" else 1.0 / (cv * cv)
        scale = mean / shape
        whole = (1.0, mean, mean * (shape + 1.0) * scale)
        upper = [whole[n] * float(special.gammaincc(shape + n, x / scale)) for n in range(3)]
    if order == 1:
        return max(upper[1] - x * upper[0], 0.0)
    return max(0.5 * upper[2] - x * upper[1] + 0.5 * x * x * upper[0], 0.0)
