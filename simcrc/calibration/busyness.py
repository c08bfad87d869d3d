"""Busyness of the day: the Gamma factor that makes daily counts vary more than Poisson ones, and how far services share it.

Counts of a day are Poisson given mean × factor, the factor Gamma of mean 1 and shape r, hence negative binomial.  Means by weekday are
nuisance parameters; with four or five days each they bias plain maximum likelihood, so the likelihood is adjusted (Cox & Reid, JRSS B 49, 1987).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
MOST = 1e5
"""A shape beyond which days are as even as Poisson ones."""


def log_likelihood(shape: float, counts: Reals, group: Integers) -> float:
    """Adjusted profile log-likelihood of `shape`, the mean of each group (weekday) at its maximum; up to a constant."""
    from scipy.special import gammaln

    total = float(np.sum(gammaln(counts + shape)) - len(counts) * gammaln(shape))
    for g in np.unique(group):
        own = counts[group == g]
        mean = own.mean()
        if mean > 0:
            total += float(np.sum(shape * np.log(shape / (shape + mean)) + own * np.log(mean / (shape + mean))))
            total -= 0.5 * float(np.log(len(own) * mean * shape / (shape + mean)))
    return total


def gamma_shape(counts: Reals, group: Integers) -> tuple[float, float]:
    """Shape of the Gamma factor of the day and its standard error (inf, inf when the counts vary no more than Poisson ones).

    `counts`: contacts of each day; `group`: what days have the same mean (weekday).
    """
    from scipy.optimize import minimize_scalar

    counts = np.asarray(counts, dtype=np.float64)
    best = minimize_scalar(lambda x: -log_likelihood(float(np.exp(x)), counts, group), bounds=(np.log(0.1), np.log(MOST)), method="bounded")
    x = float(best.x)
    if x > np.log(MOST) - 0.5:
        return np.inf, np.inf
    step = 1e-3
    values = [log_likelihood(float(np.exp(x + d)), counts, group) for d in (-step, 0.0, step)]
    information = -(values[0] - 2 * values[1] + values[2]) / step**2  # in log shape
    shape = float(np.exp(x))
    return shape, shape / float(np.sqrt(information)) if information > 0 else np.inf


def shared(counts: Reals, group: Integers, shapes: Reals) -> tuple[float, float]:
    """Correlation of the factors of several services, pooled over their pairs, and its standard error (jackknife over days).

    `counts`: shape (days, services); `shapes`: of each service, as ``gamma_shape`` gives them.  In [0, 1]; (0, nan) with fewer than two.
    """
    if len(shapes) < 2:
        return 0.0, np.nan
    days = np.arange(len(counts))
    estimate = _correlation(counts, group, shapes)
    leave = np.array([_correlation(counts[days != d], group[days != d], shapes) for d in days])
    n = len(days)
    error = float(np.sqrt((n - 1) / n * np.sum((leave - leave.mean()) ** 2)))
    return float(np.clip(estimate, 0.0, 1.0)), error


def _correlation(counts: Reals, group: Integers, shapes: Reals) -> float:
    # cov(count i, count j) = mean i × mean j × correlation / sqrt(shape i × shape j) for Poisson counts with Gamma factors
    means = np.empty_like(counts, dtype=np.float64)
    free = len(counts)
    for g in np.unique(group):
        means[group == g] = counts[group == g].mean(axis=0)
        free -= 1
    ratio = np.where(means > 0, counts / np.where(means > 0, means, 1.0) - 1.0, 0.0)  # a service may be closed on some weekdays
    covariance = ratio.T @ ratio / max(free, 1)
    above = np.triu_indices(len(shapes), k=1)
    scale = 1.0 / np.sqrt(np.outer(shapes, shapes))
    return float(covariance[above].sum() / scale[above].sum())
