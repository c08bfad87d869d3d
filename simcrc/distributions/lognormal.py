"""The lognormal distribution, the usual law of handle times."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from typing import Self

import numpy as np
from pydantic import Field, model_validator

from simcrc.distributions.base import Cv, Distribution, Floats, family, one_way
from simcrc.scenario.units import Duration, NonNegative
from simcrc.words import Words


@family("lognormal", Words(fr="lognormale", en="lognormal"))
class Lognormal(Distribution):
    """By `mean` and `cv`, or by `median` and `sigma` (standard deviation of the logarithm)."""

    mean_: Duration | None = Field(default=None, alias="mean")
    cv_: Cv | None = Field(default=None, alias="cv")
    median: Duration | None = None
    sigma: NonNegative | None = Field(default=None, le=10.0)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        one_way(type(self), {"mean": self.mean_, "cv": self.cv_, "median": self.median, "sigma": self.sigma}, ("mean", "cv"), ("median", "sigma"))
        return self

    def quantile(self, u: Floats) -> Floats:
        middle, sigma, ndtri = self._parts
        quantile: Floats = middle * np.exp(sigma * ndtri(u))
        return quantile

    @cached_property
    def _parts(self) -> tuple[float, float, Callable[[Floats], Floats]]:
        """The median, the standard deviation of the logarithm, and the quantile function of the normal law."""
        from scipy.special import ndtri

        if self.median is not None and self.sigma is not None:
            return float(self.median), self.sigma, ndtri
        return self.mean / math.sqrt(1.0 + self.cv**2), math.sqrt(math.log1p(self.cv**2)), ndtri

    @property
    def mean(self) -> float:
        if self.median is not None and self.sigma is not None:
            return self.median * math.exp(self.sigma**2 / 2.0)
        return float(self.mean_ or 0)

    @property
    def cv(self) -> float:
        if not self.mean:
            return 0.0
        return math.sqrt(math.expm1(self.sigma**2)) if self.sigma is not None else float(self.cv_ or 0.0)
