"""Families fitted to durations of which some are only known to be longer: the law of patience as a formula, beside its Kaplan–Meier curve.

Maximum likelihood with right-censoring; standard errors of mean and coefficient of variation from the observed information (second differences of the
log-likelihood) by the delta method.  Meeker & Escobar, Statistical Methods for Reliability Data (1998), chapters 7 and 8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.calibration.families import CANDIDATES, criterion, law

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
DISTINCT = 3_000
"""More distinct durations than these are rounded."""
STEP = 1e-4


@dataclass(frozen=True)
class Censored:
    """The family that fits best by Schwarz's criterion (its n: those observed): `mean` and `cv` with standard errors, from `n` durations of which `observed`
    are exact.

    `log_likelihoods` and `arguments` (those of SciPy's law) by family.
    """

    family: str
    mean: float
    mean_error: float
    cv: float
    cv_error: float
    n: int
    observed: int
    log_likelihoods: dict[str, float]
    arguments: dict[str, tuple[float, ...]]


def fit_censored(durations: Reals, observed: Flags) -> Censored:
    """The law of `durations`, of which those not `observed` are only known to be longer.  ValueError with fewer than three observed."""
    durations, observed = np.asarray(durations, dtype=np.float64), np.asarray(observed, dtype=np.bool_)
    if int(observed.sum()) < 3:
        raise ValueError("too few observed durations")
    times, events, censored = _table(durations, observed)
    fits: dict[str, tuple[float, Reals, Likelihood]] = {}
    for family in CANDIDATES:
        likelihood = Likelihood(family, times, events, censored)
        point = likelihood.greatest()
        fits[family] = (likelihood(point), point, likelihood)
    best = max(fits, key=lambda family: criterion(family, fits[family][0], int(observed.sum())))
    _, point, likelihood = fits[best]
    covariance = likelihood.covariance(point)
    (mean, mean_error), (cv, cv_error) = (_delta(of, point, covariance) for of in (likelihood.mean, likelihood.cv))
    return Censored(
        family=best,
        mean=mean,
        mean_error=mean_error,
        cv=cv,
        cv_error=0.0 if best == "exponential" else cv_error,
        n=len(durations),
        observed=int(observed.sum()),
        log_likelihoods={family: found[0] for family, found in fits.items()},
        arguments={family: found[2].arguments(found[1]) for family, found in fits.items()},
    )


class Likelihood:
    """The log-likelihood of a family at a point of its parameters, each the logarithm of a positive number (lognormal: the first is the mean of logarithms)."""

    def __init__(self, family: str, times: Reals, events: Reals, censored: Reals) -> None:
        self.family, self.times, self.events, self.censored = family, times, events, censored
        self.law = law(family)

    def arguments(self, point: Reals) -> tuple[float, ...]:
        """SciPy's arguments: shape parameters, 0, scale."""
        scale = float(np.exp(point[0]))
        return (0.0, scale) if self.family == "exponential" else (float(np.exp(point[1])), 0.0, scale)

    def __call__(self, point: Reals) -> float:
        arguments = self.arguments(point)
        with np.errstate(all="ignore"):
            exact, longer = self.law.logpdf(self.times, *arguments), self.law.logsf(self.times, *arguments)
            total = float(np.sum(np.where(self.events > 0, self.events * exact, 0.0)) + np.sum(np.where(self.censored > 0, self.censored * longer, 0.0)))
        return total if np.isfinite(total) else -1e300

    def greatest(self) -> Reals:
        """The point of the greatest likelihood."""
        from scipy.optimize import minimize

        rate = float(self.events.sum()) / float((self.times * (self.events + self.censored)).sum())
        start = np.array([-np.log(rate)]) if self.family == "exponential" else np.array([-np.log(rate), 0.0])
        if self.family == "exponential":
            return start  # time at risk over events
        found = minimize(lambda point: -self(point), start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-7, "maxiter": 2000})
        out: Reals = found.x
        return out

    def covariance(self, point: Reals) -> Reals:
        """Of the parameters, from the observed information; nan where that is no information."""
        n = len(point)
        steps = np.eye(n) * STEP * 10
        information = np.empty((n, n))
        for i in range(n):
            for j in range(n):
                a, b = steps[i], steps[j]
                information[i, j] = -(self(point + a + b) - self(point + a - b) - self(point - a + b) + self(point - a - b)) / (4 * (STEP * 10) ** 2)
        try:
            return np.asarray(np.linalg.inv(information), dtype=np.float64)
        except np.linalg.LinAlgError:
            return np.full((n, n), np.nan)

    def mean(self, point: Reals) -> float:
        """The mean of the law at `point`."""
        return float(self.law.mean(*self.arguments(point)))

    def cv(self, point: Reals) -> float:
        """Its coefficient of variation."""
        arguments = self.arguments(point)
        return float(self.law.std(*arguments) / self.law.mean(*arguments))


def _delta(of: Callable[[Reals], float], point: Reals, covariance: Reals) -> tuple[float, float]:
    """A function of the parameters and its standard error."""
    gradient = np.array([(of(point + step) - of(point - step)) / (2 * STEP) for step in np.eye(len(point)) * STEP])
    variance = float(gradient @ covariance @ gradient)
    return of(point), float(np.sqrt(variance)) if variance >= 0 else float("nan")


def _table(durations: Reals, observed: Flags) -> tuple[Reals, Reals, Reals]:
    """Distinct durations, how many ended at each, how many were only longer.  A duration of nothing counts as half the least that is more."""
    positive = durations[durations > 0]
    least = float(positive.min()) / 2 if len(positive) else 0.5
    rounded = np.maximum(durations, least)
    for places in (1, 0):
        times, place = np.unique(rounded, return_inverse=True)
        if len(times) <= DISTINCT:
            break
        rounded = np.maximum(np.round(durations, places), least)
    times, place = np.unique(rounded, return_inverse=True)
    exact, longer = (np.bincount(place, weights=flags.astype(np.float64)).astype(np.float64) for flags in (observed, ~observed))
    return times, exact, longer
