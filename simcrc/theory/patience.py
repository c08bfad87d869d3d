"""How long callers are ready to wait: the laws of patience that ``erlang_a`` and ``general_patience`` take.

A law gives its survival function S(v) = P(patience > v) and the integrals of it that the queue needs, in closed form where there is one.
A law by its survival function alone stands in ``survival``.  ``simcrc.distributions`` holds the laws of the simulator, which draws from them.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcrc.theory.quadrature import Floats

SMALL = 0.01
SERIES = 0.5  # |y| below which y − 1 + exp(−y) is summed as a series


def bend_of_exponential(y: Floats) -> Floats:
    """y − 1 + exp(−y) ≥ 0, without the loss of digits near 0."""
    import numpy as np

    small = np.abs(y) < SERIES
    x = np.where(small, y, 0.0)
    term = x * x / 2.0
    total = np.array(term)
    for k in range(3, 20):
        term = term * (-x / k)
        total += term
    with np.errstate(over="ignore"):
        return np.where(small, total, y + np.expm1(-y))


class Patience(ABC):
    """A law of patience.  Arguments are times, arrays of any shape."""

    @abstractmethod
    def survival(self, v: Floats) -> Floats:
        """P(patience > v)."""

    @abstractmethod
    def kept(self, v: Floats) -> Floats:
        """∫₀ᵛ S(u) du, the mean of the lesser of patience and v."""

    @property
    @abstractmethod
    def edges(self) -> tuple[float, ...]:
        """Times where S is not smooth or falls fast."""

    def leaving(self, v: Floats) -> Floats:
        """P(patience ≤ v)."""
        return 1.0 - self.survival(v)

    def bend(self, start: float, v: Floats) -> Floats:
        """∫ from `start` to v of S(start) − S(u) du, never negative."""
        import numpy as np

        at = np.asarray(start, dtype=np.float64)
        return self.survival(at) * (v - start) - (self.kept(v) - self.kept(at))


@dataclass(frozen=True)
class Exponential(Patience):
    """Mean `mean`; infinite: nobody ever gives up."""

    mean: float

    def survival(self, v: Floats) -> Floats:
        import numpy as np

        return np.exp(-v / self.mean)

    def leaving(self, v: Floats) -> Floats:
        import numpy as np

        return -np.expm1(-v / self.mean)

    def kept(self, v: Floats) -> Floats:
        return v if math.isinf(self.mean) else self.mean * self.leaving(v)

    def bend(self, start: float, v: Floats) -> Floats:
        import numpy as np

        if math.isinf(self.mean):
            return np.zeros_like(v)
        return self.mean * math.exp(-start / self.mean) * bend_of_exponential((v - start) / self.mean)

    @property
    def edges(self) -> tuple[float, ...]:
        return () if math.isinf(self.mean) else (self.mean,)


@dataclass(frozen=True)
class Uniform(Patience):
    """Between `low` and `high`; both the same: deterministic."""

    low: float
    high: float

    def survival(self, v: Floats) -> Floats:
        import numpy as np

        if self.low == self.high:
            return np.where(v < self.low, 1.0, 0.0)
        return np.clip((self.high - v) / (self.high - self.low), 0.0, 1.0)

    def kept(self, v: Floats) -> Floats:
        import numpy as np

        falling = np.clip(v, self.low, self.high) - self.low
        curved = falling * falling / (2.0 * (self.high - self.low)) if self.high > self.low else 0.0
        return np.asarray(np.minimum(v, self.low) + falling - curved)

    @property
    def edges(self) -> tuple[float, ...]:
        return (math.nextafter(self.low, 0.0), self.low, math.nextafter(self.high, 0.0), self.high)  # a jump lies between neighbours


@dataclass(frozen=True)
class Gamma(Patience):
    """Mean `mean`, shape `shape`; Erlang when the shape is whole."""

    mean: float
    shape: float

    def survival(self, v: Floats) -> Floats:
        import numpy as np
        from scipy.special import gammaincc

        return np.asarray(gammaincc(self.shape, v * (self.shape / self.mean)), dtype=np.float64)

    def leaving(self, v: Floats) -> Floats:
        import numpy as np
        from scipy.special import gammainc

        return np.asarray(gammainc(self.shape, v * (self.shape / self.mean)), dtype=np.float64)

    def kept(self, v: Floats) -> Floats:
        import numpy as np
        from scipy.special import gammainc

        return np.asarray(self.mean * gammainc(self.shape + 1.0, v * (self.shape / self.mean)) + v * self.survival(v), dtype=np.float64)

    @property
    def edges(self) -> tuple[float, ...]:
        return _around(self.mean, min(1.0, self.shape**-0.5))


@dataclass(frozen=True)
class Weibull(Patience):
    """Mean `mean`, shape `shape`: S(v) = exp(−(v/scale)^shape)."""

    mean: float
    shape: float

    @cached_property
    def _scale(self) -> float:
        return self.mean / math.exp(math.lgamma(1.0 + 1.0 / self.shape))

    def _power(self, v: Floats) -> Floats:
        import numpy as np

        with np.errstate(over="ignore"):
            power: Floats = (v / self._scale) ** self.shape
        return power

    def survival(self, v: Floats) -> Floats:
        import numpy as np

        return np.exp(-self._power(v))

    def leaving(self, v: Floats) -> Floats:
        import numpy as np

        return -np.expm1(-self._power(v))

    def kept(self, v: Floats) -> Floats:
        """Incomplete gamma; a series where the power may be too small for it."""
        import numpy as np
        from scipy.special import gammainc

        power = self._power(v)
        x = np.minimum(power, SMALL)
        series: Any = sum((-x) ** n / (math.factorial(n) * (n * self.shape + 1.0)) for n in range(8))
        kept: Floats = np.where(power < SMALL, v * series, self.mean * gammainc(1.0 / self.shape, power))
        return kept

    @property
    def edges(self) -> tuple[float, ...]:
        return _around(self.mean, min(1.0, 1.3 / self.shape))


@dataclass(frozen=True)
class Lognormal(Patience):
    """Mean `mean`, standard deviation of the logarithm `sigma` > 0."""

    mean: float
    sigma: float

    def _reduced(self, v: Floats, moment: float) -> Floats:
        import numpy as np

        with np.errstate(divide="ignore"):
            return np.asarray((np.log(v / self.mean) + self.sigma**2 / 2.0) / self.sigma - moment * self.sigma, dtype=np.float64)

    def survival(self, v: Floats) -> Floats:
        import numpy as np
        from scipy.special import ndtr

        return np.asarray(ndtr(-self._reduced(v, 0.0)), dtype=np.float64)

    def leaving(self, v: Floats) -> Floats:
        import numpy as np
        from scipy.special import ndtr

        return np.asarray(ndtr(self._reduced(v, 0.0)), dtype=np.float64)

    def kept(self, v: Floats) -> Floats:
        import numpy as np
        from scipy.special import ndtr

        return np.asarray(self.mean * ndtr(self._reduced(v, 1.0)) + v * self.survival(v), dtype=np.float64)

    @property
    def edges(self) -> tuple[float, ...]:
        return tuple(self.mean * math.exp(self.sigma * k) for k in range(-8, 9))


@dataclass(frozen=True)
class Mixture(Patience):
    """Exponentials of means `means` in the shares `shares`: hyperexponential."""

    shares: tuple[float, ...]
    means: tuple[float, ...]

    def _sum(self, part: Callable[[Exponential], Floats]) -> Floats:
        total: Any = sum(share * part(Exponential(mean)) for share, mean in zip(self.shares, self.means, strict=True))
        value: Floats = total
        return value

    def survival(self, v: Floats) -> Floats:
        return self._sum(lambda law: law.survival(v))

    def leaving(self, v: Floats) -> Floats:
        return self._sum(lambda law: law.leaving(v))

    def kept(self, v: Floats) -> Floats:
        return self._sum(lambda law: law.kept(v))

    def bend(self, start: float, v: Floats) -> Floats:
        return self._sum(lambda law: law.bend(start, v))

    @property
    def edges(self) -> tuple[float, ...]:
        return tuple(edge for mean in self.means for edge in Exponential(mean).edges)


def _around(mean: float, cv: float) -> tuple[float, ...]:
    """Times about the mean, as close together as a small coefficient of variation asks."""
    return tuple(mean * (1.0 + cv * k / 2.0) for k in range(-12, 17) if 2.0 + cv * k > 0.0)
