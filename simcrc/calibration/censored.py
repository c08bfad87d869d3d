"""Families fitted to durations of which some are only known to be longer: the law of patience as a formula, beside its Kaplan–Meier curve.

Maximum likelihood with right-censoring; standard errors of mean and coefficient of variation from the observed information (second differences of the
log-likelihood) by the delta method.  Meeker & Escobar, Statistical Methods for Reliability Data (1998), chapters 7 and 8.  ``log_laws`` holds the families.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.calibration.families import CANDIDATES, criterion
from simcrc.calibration.log_laws import EXTENT, LogLaw, log_law

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
SECOND = 1.0
"""What ended within a second counts as that and no more: telephones do not tell it finer, and a density that is infinite at nought would make a nought, or a
millionth, decide between families."""
DISTINCT = 2_000
"""More distinct durations than these are put together with those within half a per cent: the same for short ones and long ones."""
GRAIN = 0.005
STEP = 1e-3
ENOUGH = 1e-7
"""A search ends where one more step of Newton's promises less likelihood than this (half of it in logarithm)."""


@dataclass(frozen=True)
class Censored:
    """The family that fits best by Schwarz's criterion (its n: those observed): `mean` and `cv` with standard errors, from `n` durations of which `observed`
    are exact.

    `log_likelihoods` and `arguments` (those of SciPy's law) by family; a family without a greatest likelihood is not there.
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
    """The law of `durations` (seconds), of which those not `observed` are only known to be longer.

    ValueError with fewer than three observed that last a second or more.
    """
    durations, observed = np.asarray(durations, dtype=np.float64), np.asarray(observed, dtype=np.bool_)
    if int((observed & (durations >= SECOND)).sum()) < 3:
        raise ValueError("too few observed durations")
    fits: dict[str, tuple[float, Reals, Likelihood]] = {}
    for family in CANDIDATES:
        likelihood = Likelihood(log_law(family), durations, observed)
        point = likelihood.greatest()
        if point is not None:
            fits[family] = (likelihood(point), point, likelihood)
    best = max(fits, key=lambda family: criterion(family, fits[family][0], int(observed.sum())))
    _, point, likelihood = fits[best]
    covariance = likelihood.covariance(point)
    (mean, mean_error), (cv, cv_error) = (_delta(of, point, covariance) for of in (likelihood.law.mean, likelihood.law.cv))
    return Censored(
        family=best,
        mean=mean,
        mean_error=mean_error,
        cv=cv,
        cv_error=0.0 if best == "exponential" else cv_error,
        n=len(durations),
        observed=int(observed.sum()),
        log_likelihoods={family: found[0] for family, found in fits.items()},
        arguments={family: found[2].law.arguments(found[1]) for family, found in fits.items()},
    )


class Likelihood:
    """The log-likelihood of a family at a point of its parameters (see ``log_laws``)."""

    def __init__(self, law: LogLaw, durations: Reals, observed: Flags) -> None:
        self.law = law
        short = durations < SECOND
        self.within = float((observed & short).sum())
        self.ended, self.ends = _table(durations[observed & ~short])
        self.longer, self.stays = _table(durations[~observed & (durations > 0)])
        self.usual = float(np.log(np.maximum(durations, SECOND / 2).sum() / observed.sum()))  # time at risk over events, were it exponential
        self.exact = law.parameters == 1 and not self.within and bool((durations[observed] > 0).all())
        if self.exact:
            self.usual = float(np.log(durations.sum() / observed.sum()))

    def __call__(self, point: Reals) -> float:
        if np.abs(point[1:]).max(initial=0.0) > EXTENT:
            return -1e300
        with np.errstate(all="ignore"):
            total = float(self.ends @ self.law.density(self.ended, point))
            if len(self.longer):
                total += float(self.stays @ self.law.longer(self.longer, point))
            if self.within:
                total += self.within * float(self.law.within(np.zeros(1) + np.log(SECOND), point)[0])
        return total if np.isfinite(total) else -1e300

    def greatest(self) -> Reals | None:
        """The point of the greatest likelihood: Newton's method from the best of several starts, and from the others where that leads nowhere; None where
        there is none."""
        if self.exact:
            return np.array([self.usual])  # time at risk over events
        for start in sorted(self._starts(), key=self, reverse=True):
            found = self._climbed(start)
            if found is not None:
                return found
        return None

    def _starts(self) -> list[Reals]:
        """For each usual shape the scale that gives the mean of an exponential law, and the same a factor e longer."""
        if self.law.parameters == 1:
            return [np.array([self.usual])]
        unit = [(shape, np.log(self.law.mean(np.array([0.0, shape])))) for shape in self.law.shapes]
        return [np.array([self.usual - log_mean + more, shape]) for shape, log_mean in unit for more in (0.0, 1.0)]

    def _climbed(self, point: Reals) -> Reals | None:
        """The top reached from `point`; None where none is reached."""
        here = self(point)
        for _ in range(100):
            gradient, information = self._gradient(point), self._information(point, here)
            if not (np.isfinite(gradient).all() and np.isfinite(information).all()):
                return None
            values, vectors = np.linalg.eigh(information)
            direction = vectors @ ((vectors.T @ gradient) / np.maximum(np.abs(values), 1e-6 * max(float(np.abs(values).max()), 1e-12)))
            promise = float(gradient @ direction)
            if promise < ENOUGH:
                return point if values.min() > 0 else None
            step = min(1.0, 1.5 / float(np.abs(direction).max()))
            while step > 1e-8:
                there = point + step * direction
                reached = self(there)
                if reached >= here + 1e-4 * step * promise:
                    break
                step /= 2
            else:
                return None
            point, here = there, reached
        return None

    def _gradient(self, point: Reals) -> Reals:
        return np.array([(self(point + step) - self(point - step)) / (2 * STEP) for step in np.eye(len(point)) * STEP])

    def _information(self, point: Reals, here: float) -> Reals:
        """Minus the second derivatives."""
        n, steps = len(point), np.eye(len(point)) * STEP
        out = np.empty((n, n))
        for i in range(n):
            out[i, i] = -(self(point + steps[i]) - 2 * here + self(point - steps[i])) / STEP**2
            for j in range(i):
                a, b = steps[i], steps[j]
                out[i, j] = out[j, i] = -(self(point + a + b) - self(point + a - b) - self(point - a + b) + self(point - a - b)) / (4 * STEP**2)
        return out

    def covariance(self, point: Reals) -> Reals:
        """Of the parameters, from the observed information; nan where that is no information."""
        try:
            return np.asarray(np.linalg.inv(self._information(point, self(point))), dtype=np.float64)
        except np.linalg.LinAlgError:
            return np.full((len(point), len(point)), np.nan)


def _delta(of: Callable[[Reals], float], point: Reals, covariance: Reals) -> tuple[float, float]:
    """A function of the parameters and its standard error."""
    gradient = np.array([(of(point + step) - of(point - step)) / (2 * STEP) for step in np.eye(len(point)) * STEP])
    variance = float(gradient @ covariance @ gradient)
    return of(point), float(np.sqrt(variance)) if variance >= 0 else float("nan")


def _table(durations: Reals) -> tuple[Reals, Reals]:
    """Logarithms of the distinct durations, and how many there are of each."""
    times, count = np.unique(np.log(durations), return_counts=True)
    if len(times) > DISTINCT:
        times, count = np.unique(np.round(np.log(np.maximum(durations, SECOND / 2)) / GRAIN), return_counts=True)
        times = times * GRAIN
    return times, count.astype(np.float64)
