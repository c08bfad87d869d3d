"""The triangular distribution, for what is only known by its limits and its most likely value."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
from pydantic import model_validator

from simcrc.distributions.base import Distribution, Floats, family
from simcrc.distributions.faults import fault
from simcrc.scenario.units import Duration
from simcrc.words import Words


@family("triangular", Words(fr="triangulaire", en="triangular"))
class Triangular(Distribution):
    """Between `low` and `high`, most likely `mode`."""

    low: Duration
    mode: Duration
    high: Duration

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise fault("law_order", [self.low, self.mode, self.high], order="low ≤ mode ≤ high")
        return self

    def quantile(self, u: Floats) -> Floats:
        low, mode, high = float(self.low), float(self.mode), float(self.high)
        rising = low + np.sqrt(u * (high - low) * (mode - low))
        falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
        return np.where(u * (high - low) < mode - low, rising, falling)

    @property
    def mean(self) -> float:
        return (self.low + self.mode + self.high) / 3.0

    @property
    def cv(self) -> float:
        low, mode, high = float(self.low), float(self.mode), float(self.high)
        variance = ((high - low) ** 2 - (mode - low) * (high - mode)) / 18.0
        return math.sqrt(variance) / self.mean if self.mean else 0.0
