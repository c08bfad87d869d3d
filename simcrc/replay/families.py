"""Service times: mean and coefficient of variation with standard errors, and the family that fits best.

The family is chosen by maximum likelihood on the services long enough to be one (a few seconds are a caller lost at the pick-up, not a
service); mean and cv are those of all services, since each of them keeps an agent busy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
CANDIDATES = ("lognormal", "gamma", "weibull", "exponential")


@dataclass(frozen=True)
class Fit:
    """A law by `family`, `mean` and `cv`, with standard errors.

    `n` durations, of which `short` were left out of the choice of the family; `log_likelihoods` by family.
    """

    family: str
    mean: float
    mean_error: float
    cv: float
    cv_error: float
    n: int
    short: int
    log_likelihoods: dict[str, float]


def fit_family(durations: Reals, shortest: float = 0.0) -> Fit:
    """The law of `durations` (seconds); those under `shortest` count for mean and cv only.  ValueError with fewer than three that count."""
    durations = np.asarray(durations, dtype=np.float64)
    long = durations[(durations >= shortest) & (durations > 0)]
    if len(long) < 3:
        raise ValueError("too few durations")
    scores = {family: _log_likelihood(family, long) for family in CANDIDATES}
    # one parameter less: Akaike's criterion
    best = max(scores, key=lambda family: scores[family] - (1 if family == "exponential" else 2))
    mean, mean_error, cv, cv_error = moments(durations)
    return Fit(best, mean, mean_error, cv, cv_error, len(durations), int((durations < shortest).sum()), scores)


def moments(durations: Reals) -> tuple[float, float, float, float]:
    """Mean and its standard error, cv and its standard error (jackknife)."""
    n = len(durations)
    total, squares = durations.sum(), (durations**2).sum()
    mean, cv = float(total / n), float(np.std(durations, ddof=1) / (total / n))
    means = (total - durations) / (n - 1)
    variances = np.maximum((squares - durations**2) - (n - 1) * means**2, 0.0) / (n - 2)
    cvs = np.sqrt(variances) / means
    cv_error = float(np.sqrt((n - 1) / n * np.sum((cvs - cvs.mean()) ** 2)))
    return mean, float(np.std(durations, ddof=1) / np.sqrt(n)), cv, cv_error


def _log_likelihood(family: str, durations: Reals) -> float:
    from scipy import stats

    if family == "exponential":
        return float(stats.expon.logpdf(durations, scale=durations.mean()).sum())
    law = {"lognormal": stats.lognorm, "gamma": stats.gamma, "weibull": stats.weibull_min}[family]
    return float(law.logpdf(durations, *law.fit(durations, floc=0)).sum())
