"""Service times: mean and coefficient of variation with standard errors, and the family that fits best.

The family is chosen by maximum likelihood on the services long enough to be one (a few seconds are a caller lost at the pick-up, not a
service); mean and cv are those of all services, since each of them keeps an agent busy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.calibration.log_laws import EXTENT, log_law

Reals = npt.NDArray[np.float64]
CANDIDATES = ("lognormal", "gamma", "weibull", "exponential")
CONSTANT = "deterministic"
"""What a law is called all of whose durations are the same."""
MOST = 100_000
"""More durations than these are thinned, evenly in rank, for the choice of the family."""
ALIKE = 1e-10
"""Durations are alike where the logarithm of their mean and the mean of their logarithms differ by no more."""


@dataclass(frozen=True)
class Fit:
    """A law by `family`, `mean` and `cv`, with standard errors.

    `n` durations, of which `short` were left out of the choice of the family; `log_likelihoods` and `arguments` (those of SciPy's law) by family.
    """

    family: str
    mean: float
    mean_error: float
    cv: float
    cv_error: float
    n: int
    short: int
    log_likelihoods: dict[str, float]
    arguments: dict[str, tuple[float, ...]]

    @property
    def lead(self) -> float:
        """By how much Schwarz's criterion of the family chosen is below that of the next."""
        criteria = sorted(-2 * criterion(family, score, self.n - self.short) for family, score in self.log_likelihoods.items())
        return criteria[1] - criteria[0] if len(criteria) > 1 else float("inf")


def criterion(family: str, score: float, n: int) -> float:
    """Schwarz's criterion (BIC) over -2: the log-likelihood `score` less half the logarithm of `n` observations a parameter.  With many observations it takes
    a law with one parameter for what it is, where Akaike's takes one with two in a sixth of the cases."""
    return score - 0.5 * parameters(family) * float(np.log(max(n, 1)))


def parameters(family: str) -> int:
    """How many parameters a family has."""
    return 1 if family == "exponential" else 2


def law(family: str) -> Any:
    """SciPy's law of a family."""
    from scipy import stats

    return {"lognormal": stats.lognorm, "gamma": stats.gamma, "weibull": stats.weibull_min, "exponential": stats.expon}[family]


def fit_family(durations: Reals, shortest: float = 0.0) -> Fit:
    """The law of `durations` (seconds); those under `shortest` count for mean and cv only.  ValueError with fewer than three that count."""
    durations = np.asarray(durations, dtype=np.float64)
    long = durations[(durations >= shortest) & (durations > 0)]
    if len(long) < 3:
        raise ValueError("too few durations")
    mean, mean_error, cv, cv_error = moments(durations)
    if long.min() == long.max() and len(long) == len(durations):
        return Fit(CONSTANT, mean, mean_error, 0.0, 0.0, len(durations), 0, {}, {})
    weight, thinned = 1.0, long
    if len(long) > MOST:
        thinned = np.sort(long)[np.linspace(0, len(long) - 1, MOST).astype(np.int64)]
        weight = len(long) / MOST
    found = dict(_fits(thinned))
    scores = {family: weight * score for family, (score, _) in found.items()}
    # of durations too much alike for any family mean and cv are all that there is to say
    best = max(scores, key=lambda family: criterion(family, scores[family], len(long)), default="lognormal")
    arguments = {family: own for family, (_, own) in found.items()}
    return Fit(best, mean, mean_error, cv, cv_error, len(durations), int((durations < shortest).sum()), scores, arguments)


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


def _fits(durations: Reals) -> Iterator[tuple[str, tuple[float, tuple[float, ...]]]]:
    """Each family that can be fitted: greatest log-likelihood, and SciPy's arguments there (shape parameters, 0, scale)."""
    logs = np.log(durations)
    if np.log(durations.mean()) - logs.mean() < ALIKE:
        return
    for family in CANDIDATES:
        own = log_law(family)
        point = _greatest(family, durations, logs)
        if point is None or np.abs(point[1:]).max(initial=0.0) > EXTENT:
            continue
        score = float(own.density(logs, point).sum())
        if np.isfinite(score):
            yield family, (score, own.arguments(point))


def _greatest(family: str, durations: Reals, logs: Reals) -> Reals | None:
    """The point of the greatest likelihood (see ``log_laws``): a formula, or the one root of an equation; None where it is out of reach."""
    from scipy.optimize import brentq
    from scipy.special import digamma

    mean, log_mean = float(durations.mean()), float(logs.mean())
    spread = np.log(mean) - log_mean
    if family == "exponential":
        return np.array([np.log(mean)])
    if family == "lognormal":
        return np.array([log_mean, np.log(logs.std())])
    if family == "gamma":
        shape = brentq(lambda x: x - digamma(np.exp(x)) - spread, -EXTENT - 1, 25.0, xtol=1e-10)
        return np.array([np.log(mean) - shape, shape])
    top = float(logs.max())  # powers of numbers of at most 1 do not overflow

    def lack(x: float) -> float:
        powers = np.exp(np.exp(x) * (logs - top))
        return float((powers * logs).sum() / powers.sum()) - float(np.exp(-x)) - log_mean

    if lack(EXTENT) < 0:
        return None
    shape = brentq(lack, -EXTENT, EXTENT, xtol=1e-10)
    return np.array([top + float(np.log(np.exp(np.exp(shape) * (logs - top)).mean())) * np.exp(-shape), shape])
