"""Estimates over independent replications and their 95 % intervals.

Means: Student's t over the replications.  Ratios: the sums of all replications first, then the jackknife over replications with Student's t (so a replication
counts by its size, and the interval holds for the ratio of sums).  One replication has no interval.  Arrays have the replications as their first axis and
use nan for what does not exist; ``Estimate``, for people and files, has None.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval: None where it does not exist.  `replications`: how many entered it."""

    mean: float | None
    low: float | None
    high: float | None
    replications: int


@dataclass(frozen=True, eq=False)
class Estimates:
    """The same for many cells at once: arrays of one shape, nan where there is none."""

    mean: Reals
    low: Reals
    high: Reals
    replications: npt.NDArray[np.int64]

    def at(self, *index: int) -> Estimate:
        """The estimate of one cell."""
        mean, low, high = (None if np.isnan(values[index]) else float(values[index]) for values in (self.mean, self.low, self.high))
        return Estimate(mean, low, high, int(self.replications[index]))


@cache
def t_quantile(degrees: int, level: float = LEVEL) -> float:
    """The two-sided quantile of Student's t with `degrees` degrees of freedom (at least 1)."""
    from scipy.stats import t

    return float(t.ppf(0.5 + level / 2, degrees))


def _factor(count: npt.NDArray[np.int64], level: float) -> Reals:
    """The t quantile for each number of replications; nan below two."""
    table = np.array([np.nan if n < 2 else t_quantile(n - 1, level) for n in range(int(count.max(initial=0)) + 1)])
    return np.asarray(table[count], dtype=np.float64)


def means(values: Reals, level: float = LEVEL) -> Estimates:
    """Mean over replications with a t interval, cell by cell; `values` of shape (replications, …), nan where a replication has none (it is left out
    of that cell)."""
    present = ~np.isnan(values)
    count = present.sum(axis=0).astype(np.int64)
    filled = np.where(present, values, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = filled.sum(axis=0) / count
        variance = (np.where(present, filled - mean, 0.0) ** 2).sum(axis=0) / (count - 1)
        half = _factor(count, level) * np.sqrt(variance / count)
    return Estimates(mean, mean - half, mean + half, count)


def ratios(numerator: Reals, denominator: Reals, level: float = LEVEL) -> Estimates:
    """Ratio of sums with a jackknife interval, cell by cell; both of shape (replications, …).  No value where the denominators add up to 0; no
    interval where they do without one replication."""
    n = len(numerator)
    above, below = numerator.sum(axis=0), denominator.sum(axis=0)
    count = np.where(below != 0, n, 0).astype(np.int64)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(below != 0, above / below, np.nan)
        rest = below - denominator
        left_out = np.where(rest != 0, (above - numerator) / rest, np.nan)
        variance = (n - 1) / n * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
        half = _factor(count, level) * np.sqrt(variance)
    return Estimates(ratio, ratio - half, ratio + half, count)


def mean(values: npt.ArrayLike, level: float = LEVEL) -> Estimate:
    """Mean of one figure over replications (nan: a replication without it), with a t interval."""
    return means(np.asarray(values, dtype=np.float64), level).at()


def ratio(numerator: npt.ArrayLike, denominator: npt.ArrayLike, level: float = LEVEL) -> Estimate:
    """Ratio of sums of one pair of figures over replications, with a jackknife interval."""
    return ratios(np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64), level).at()
