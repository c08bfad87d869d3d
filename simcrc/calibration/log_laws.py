"""The families as the fits need them: log-density, log of the share that lasts longer and of the share that does not, mean and coefficient of variation.

A point of the parameters is the logarithm of the scale (lognormal: of the median) and, but for the exponential law, that of the shape.  ``censored`` and
``families`` find the point of the greatest likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

Reals = npt.NDArray[np.float64]
LEAST = 1e-300
"""Shares under it are taken as it, so that their logarithm is finite."""
EXTENT = 12.0
"""Logarithms of shapes beyond ± this are no shapes: durations nearly alike, or of no scale at all."""


@dataclass(frozen=True)
class LogLaw:
    """One family; `density`, `longer`, `within` of (log times, point), `mean` and `cv` of (point), `parameters`: how many.

    `shapes`: logarithms of shapes from which a search may start.
    """

    density: Callable[[Reals, Reals], Reals]
    longer: Callable[[Reals, Reals], Reals]
    within: Callable[[Reals, Reals], Reals]
    mean: Callable[[Reals], float]
    cv: Callable[[Reals], float]
    parameters: int
    shapes: tuple[float, ...]

    def arguments(self, point: Reals) -> tuple[float, ...]:
        """SciPy's arguments: shape parameters, 0, scale."""
        scale = float(np.exp(point[0]))
        return (0.0, scale) if self.parameters == 1 else (float(np.exp(point[1])), 0.0, scale)


def log_law(family: str) -> LogLaw:
    """The family of that name: lognormal, gamma, weibull or exponential."""
    return {"lognormal": _lognormal, "gamma": _gamma, "weibull": _weibull, "exponential": _exponential}[family]()


def _log(share: Any) -> Reals:
    return np.asarray(np.log(np.maximum(share, LEAST)), dtype=np.float64)


def _lognormal() -> LogLaw:
    from scipy.special import log_ndtr

    def standard(log_times: Reals, point: Reals) -> Reals:
        return np.asarray((log_times - point[0]) * np.exp(-point[1]), dtype=np.float64)

    return LogLaw(
        density=lambda times, point: -times - point[1] - 0.5 * np.log(2 * np.pi) - 0.5 * standard(times, point) ** 2,
        longer=lambda times, point: np.asarray(log_ndtr(-standard(times, point)), dtype=np.float64),
        within=lambda times, point: np.asarray(log_ndtr(standard(times, point)), dtype=np.float64),
        mean=lambda point: float(np.exp(point[0] + 0.5 * np.exp(2 * point[1]))),
        cv=lambda point: float(np.sqrt(np.expm1(np.exp(2 * point[1])))),
        parameters=2,
        shapes=(-1.5, -0.5, 0.0, 0.5, 1.0),
    )


def _gamma() -> LogLaw:
    from scipy.special import gammainc, gammaincc, gammaln

    def density(times: Reals, point: Reals) -> Reals:
        shape = np.exp(point[1])
        return np.asarray((shape - 1) * times - np.exp(times - point[0]) - shape * point[0] - gammaln(shape), dtype=np.float64)

    def longer(times: Reals, point: Reals) -> Reals:
        shape, ratio = np.exp(point[1]), np.exp(times - point[0])
        share = gammaincc(shape, ratio)
        far = (shape - 1) * (times - point[0]) - ratio - gammaln(shape)  # where the share is too small for a number
        return np.where(share > LEAST, _log(share), np.minimum(far, np.log(LEAST)))

    return LogLaw(
        density=density,
        longer=longer,
        within=lambda times, point: _log(gammainc(np.exp(point[1]), np.exp(times - point[0]))),
        mean=lambda point: float(np.exp(point[0] + point[1])),
        cv=lambda point: float(np.exp(-0.5 * point[1])),
        parameters=2,
        shapes=(-1.0, -0.3, 0.3, 1.0, 2.0, 3.0),
    )


def _weibull() -> LogLaw:
    from scipy.special import gammaln

    def hazard(times: Reals, point: Reals) -> Reals:
        return np.asarray(np.exp(np.exp(point[1]) * (times - point[0])), dtype=np.float64)

    def moment(power: int, shape: float) -> float:
        return float(gammaln(1 + power / shape))

    return LogLaw(
        density=lambda times, point: point[1] - times + np.exp(point[1]) * (times - point[0]) - hazard(times, point),
        longer=lambda times, point: -hazard(times, point),
        within=lambda times, point: _log(-np.expm1(-hazard(times, point))),
        mean=lambda point: float(np.exp(point[0] + moment(1, np.exp(point[1])))),
        cv=lambda point: float(np.sqrt(np.expm1(moment(2, np.exp(point[1])) - 2 * moment(1, np.exp(point[1]))))),
        parameters=2,
        shapes=(-0.9, -0.4, 0.0, 0.5, 1.0, 1.8),
    )


def _exponential() -> LogLaw:
    return LogLaw(
        density=lambda times, point: -point[0] - np.exp(times - point[0]),
        longer=lambda times, point: -np.exp(times - point[0]),
        within=lambda times, point: _log(-np.expm1(-np.exp(times - point[0]))),
        mean=lambda point: float(np.exp(point[0])),
        cv=lambda point: 1.0,
        parameters=1,
        shapes=(),
    )
