"""Estimates of what two arms with common random numbers differ by: functions of sums over replications, and Fieller's interval for a ratio of two estimates.

Differences of means are means of differences (``simcrc.experiment.statistics.means``).  Whatever is computed from sums over all replications, a difference of
two ratios or a relative change, has the jackknife interval of its leave-one-out values.  The arms of a replication enter together, so what they share cancels.

Source: E. C. Fieller, "Some problems in interval estimation", JRSS B 16 (1954), 175–185.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import LEVEL, Estimate, Estimates, t_quantile

Reals = npt.NDArray[np.float64]


def of_sums(figure: Callable[..., Reals], *parts: Reals, level: float = LEVEL) -> Estimates:
    """`figure` of the sums of `parts` over the replications (their first axis), cell by cell, with a jackknife interval.

    `figure` works element by element and gives nan where there is no figure; there is no interval where it has none without one replication.
    """
    n = len(parts[0])
    totals = [part.sum(axis=0) for part in parts]
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = np.asarray(figure(*totals), dtype=np.float64)
        left_out = np.asarray(figure(*(total - part for total, part in zip(totals, parts, strict=True))), dtype=np.float64)
        whole, left_out = (np.where(np.isfinite(values), values, np.nan) for values in (whole, left_out))
        variance = (n - 1) / n * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
        half = np.sqrt(variance) * (t_quantile(n - 1, level) if n > 1 else np.nan)
    return Estimates(whole, whole - half, whole + half, np.where(np.isnan(whole), 0, n).astype(np.int64))


def ratio_difference(over: Reals, under: Reals, base_over: Reals, base_under: Reals, level: float = LEVEL) -> Estimates:
    """``over / under − base_over / base_under``, each a ratio of sums."""
    return of_sums(lambda a, b, c, d: a / b - c / d, over, under, base_over, base_under, level=level)


def relative_change(over: Reals, under: Reals, base_over: Reals, base_under: Reals) -> Estimates:
    """``(over / under) / (base_over / base_under) − 1``, each a ratio of sums."""
    return of_sums(lambda a, b, c, d: (a / b) / (c / d) - 1.0, over, under, base_over, base_under)


def fieller(over: npt.ArrayLike, under: npt.ArrayLike, level: float = LEVEL) -> Estimate | None:
    """The ratio of the means of two figures, one a replication each, with Fieller's interval.

    None when the denominator's own t interval holds 0, or cannot be had (one replication): then the ratio has no bounded interval.
    """
    a, b = np.asarray(over, dtype=np.float64), np.asarray(under, dtype=np.float64)
    n = len(a)
    if n < 2:
        return None
    k = t_quantile(n - 1, level) ** 2 / n
    (s_aa, s_ab), (_, s_bb) = np.cov(a, b)
    m_a, m_b = float(a.mean()), float(b.mean())
    square = m_b * m_b - k * s_bb
    if square <= 0:
        return None
    middle = m_a * m_b - k * s_ab
    root = float(np.sqrt(max(0.0, middle * middle - square * (m_a * m_a - k * s_aa))))
    return Estimate(m_a / m_b, (middle - root) / square, (middle + root) / square, n)


def narrower(change: Reals, base: Reals, policy: Reals, needs: Reals) -> float | None:
    """How many times narrower the interval of a difference per need is with pairs than with independent runs of the same length, from the spread of both
    arms: √(variance of the base + variance of the policy) ÷ √(variance of the paired difference), all of ratios of sums by jackknife.

    None with one replication, and where nothing differs between the pairs.
    """
    if len(needs) < 2:
        return None
    spread = [
        float(each.high - each.mean)
        for each in (of_sums(np.divide, part, needs).at() for part in (change, base, policy))
        if each.high is not None and each.mean is not None
    ]
    if len(spread) < 3 or spread[0] <= 0:
        return None
    return float(np.hypot(spread[1], spread[2]) / spread[0])
