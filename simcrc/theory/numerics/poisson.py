"""Poisson probabilities that keep their digits at any mean: those of SciPy lose seven at a mean of 1e8."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]


def mass(count: Any, mean: Any) -> FloatArray:
    """P(N = count) for N Poisson of `mean` > 0; arrays broadcast.  Saddle-point form of Loader (2000): Stirling's error and the deviance,
    relative error about 1e-13 up to a mean of 1e6 and 1e-11 at 1e9."""
    k, m = np.broadcast_arrays(np.asarray(count, dtype=np.float64), np.asarray(mean, dtype=np.float64))
    safe = np.where(k > 0, k, 1.0)
    ratio = (m - safe) / safe
    deviance = safe * (ratio - np.log1p(ratio))
    # Near ratio 0 the difference cancels: its series x²/2 − x³/3 + x⁴/4 − …
    small = np.abs(ratio) < 1e-3
    series = ratio * ratio * (0.5 - ratio * (1 / 3 - ratio * (0.25 - ratio * (0.2 - ratio / 6))))
    deviance = np.where(small, safe * series, deviance)
    out = np.exp(-deviance - _stirling_error(safe)) / np.sqrt(2.0 * np.pi * safe)
    return np.where(k > 0, out, np.exp(-m))


def _stirling_error(k: FloatArray) -> FloatArray:
    """ln k! − ln of Stirling's formula, k ≥ 1."""
    large = np.maximum(k, 16.0)
    inverse = 1.0 / (large * large)
    series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / large
    few = np.minimum(k, 16.0)
    exact = special.gammaln(few + 1.0) - ((few + 0.5) * np.log(few) - few + 0.5 * np.log(2.0 * np.pi))
    return np.where(k < 16.0, exact, series)


def at_least(count: Any, mean: Any) -> FloatArray:
    """P(N ≥ count) for N Poisson of `mean` ≤ count, count ≥ 1, whole or not (the incomplete gamma function between whole numbers)."""
    k, m = np.broadcast_arrays(np.asarray(count, dtype=np.float64), np.asarray(mean, dtype=np.float64))
    out = np.array(special.gammainc(k, m), dtype=np.float64)
    # Beyond 4.5 deviations SciPy sums a series cut at 2 000 terms, too few where mean / count is close to 1.
    far = (k - m > 4.0 * np.sqrt(k)) & (m > 0.97 * k) & (k > 200.0)
    if far.any():
        out[far] = _upper_tail(k[far], m[far])
    return out


def _upper_tail(k: FloatArray, m: FloatArray) -> FloatArray:
    """P(N ≥ k) = P(N = k) k/m ∫ exp(v + (k − 1) ln(1 − v/m)) dv over 0 < v < m, a smooth decreasing integrand where m < k − 1: Gauss and Legendre,
    up to where it is e⁻⁴⁰."""
    gap = (k - 1.0) / m - 1.0
    end = 40.0 * 2.0 / (gap + np.sqrt(gap * gap + 80.0 / m))  # δv + v²/2m = 40
    x, weight = np.polynomial.legendre.leggauss(64)
    v = 0.5 * end[..., None] * (1.0 + x)
    part = v / m[..., None]
    # v + (k − 1) ln(1 − v/m) without the cancellation of v against (k − 1) v/m.
    exponent = -gap[..., None] * v + (k - 1.0)[..., None] * (np.log1p(-part) + part)
    return np.asarray(mass(k, m) * (k / m) * 0.5 * end * (np.exp(exponent) @ weight))
