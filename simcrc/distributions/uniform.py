"""The uniform distribution."""

from __future__ import annotations

import math
from typing import Self

from pydantic import model_validator

from simcrc.distributions.base import Distribution, Floats, family
from simcrc.distributions.faults import fault
from simcrc.scenario.units import Duration
from simcrc.words import Words


@family("uniform", Words(fr="uniforme", en="uniform"))
class Uniform(Distribution):
    """Between `low` and `high`."""

    low: Duration
    high: Duration

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise fault("law_order", [self.low, self.high], order="low ≤ high")
        return self

    def quantile(self, u: Floats) -> Floats:
        return self.low + (self.high - self.low) * u

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2.0

    @property
    def cv(self) -> float:
        return (self.high - self.low) / math.sqrt(12.0) / self.mean if self.mean else 0.0
