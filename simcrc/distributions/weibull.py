"""The Weibull distribution: hazards that fall (shape < 1) or rise (shape > 1) with the time elapsed, as for patience and chasing."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from simcrc.distributions.base import Cv, Distribution, Floats, family, one_way
from simcrc.scenario.units import Duration, NonNegative
from simcrc.words import Words

LOWEST, HIGHEST = 0.05, 1e4  # shapes


@family("weibull", Words(fr="Weibull", en="Weibull"))
class Weibull(Distribution):
    """By `mean` and `cv`, or by `scale` and `shape`: P(X > t) = exp(−(t/scale)^shape)."""

    mean_: Duration | None = Field(default=None, alias="mean")
    cv_: Annotated[Cv, Field(ge=1e-3)] | None = Field(default=None, alias="cv")
    scale: Duration | None = None
    shape: NonNegative | None = Field(default=None, ge=LOWEST, le=HIGHEST)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        one_way(type(self), {"mean": self.mean_, "cv": self.cv_, "scale": self.scale, "shape": self.shape}, ("mean", "cv"), ("scale", "shape"))
        return self

    def quantile(self, u: Floats) -> Floats:
        scale, shape = self._scale_and_shape
        return scale * (-np.log1p(-u)) ** (1.0 / shape)

    @cached_property
    def _scale_and_shape(self) -> tuple[float, float]:
        if self.scale is not None and self.shape is not None:
            return float(self.scale), self.shape
        shape = _shape_of(float(self.cv_ or 0.0))
        return float(self.mean_ or 0) / math.exp(math.lgamma(1.0 + 1.0 / shape)), shape

    @property
    def mean(self) -> float:
        if self.mean_ is not None:
            return float(self.mean_)
        scale, shape = self._scale_and_shape
        return scale * math.exp(math.lgamma(1.0 + 1.0 / shape))

    @property
    def cv(self) -> float:
        if not self.mean:
            return 0.0
        return self.cv_ if self.cv_ is not None else math.sqrt(_squared_cv(self._scale_and_shape[1]))


def _squared_cv(shape: float) -> float:
    return math.expm1(math.lgamma(1.0 + 2.0 / shape) - 2.0 * math.lgamma(1.0 + 1.0 / shape))


def _shape_of(cv: float) -> float:
    """The shape whose coefficient of variation is `cv`: by bisection, the cv falling as the shape grows."""
    low, high = math.log(LOWEST), math.log(HIGHEST)
    for _ in range(100):
        middle = (low + high) / 2.0
        if _squared_cv(math.exp(middle)) > cv * cv:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2.0)
