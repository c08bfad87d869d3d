"""The Erlang distribution: a sum of equal exponential phases."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
from pydantic import Field, PositiveInt

from simcrc.distributions.base import Distribution, Floats, family
from simcrc.scenario.units import Duration
from simcrc.words import Words


@family("erlang", Words(fr="Erlang", en="Erlang"))
class Erlang(Distribution):
    """`phases` exponential phases one after the other, of total mean `mean`; cv = 1/√phases."""

    mean_: Duration = Field(alias="mean")
    phases: Annotated[PositiveInt, Field(le=1_000_000)]

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import gammaincinv

        return self.mean / self.phases * np.asarray(gammaincinv(self.phases, u), dtype=np.float64)

    @property
    def mean(self) -> float:
        return float(self.mean_)

    @property
    def cv(self) -> float:
        return 1.0 / math.sqrt(self.phases) if self.mean_ else 0.0
