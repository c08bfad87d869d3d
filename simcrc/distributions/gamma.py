"""The gamma distribution."""

from __future__ import annotations

import math
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from simcrc.distributions.base import Cv, Distribution, Floats, family, one_way
from simcrc.scenario.units import Duration, NonNegative
from simcrc.words import Words


@family("gamma", Words(fr="gamma", en="gamma"))
class Gamma(Distribution):
    """By `mean` and `cv`, or by `mean` and `shape` (cv = 1/√shape)."""

    mean_: Duration = Field(alias="mean")
    cv_: Annotated[Cv, Field(ge=1e-3)] | None = Field(default=None, alias="cv")
    shape: NonNegative | None = Field(default=None, ge=1e-4, le=1e6)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        one_way(type(self), {"mean": self.mean_, "cv": self.cv_, "shape": self.shape}, ("mean", "cv"), ("mean", "shape"))
        return self

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import gammaincinv

        shape = self.shape if self.shape is not None else float(self.cv_ or 1.0) ** -2
        return self.mean / shape * np.asarray(gammaincinv(shape, u), dtype=np.float64)

    @property
    def mean(self) -> float:
        return float(self.mean_)

    @property
    def cv(self) -> float:
        if not self.mean_:
            return 0.0
        return 1.0 / math.sqrt(self.shape) if self.shape is not None else float(self.cv_ or 0.0)
