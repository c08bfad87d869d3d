"""The exponential distribution."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import Field

from simcrc.distributions.base import Distribution, Floats, family
from simcrc.scenario.units import Duration
from simcrc.words import Words


@family("exponential", Words(fr="exponentielle", en="exponential"))
class Exponential(Distribution):
    """The memoryless distribution of mean `mean`."""

    sole: ClassVar[str | None] = "mean"

    mean_: Duration = Field(alias="mean")

    def quantile(self, u: Floats) -> Floats:
        return -float(self.mean_) * np.log1p(-u)

    @property
    def mean(self) -> float:
        return float(self.mean_)

    @property
    def cv(self) -> float:
        return 1.0 if self.mean_ else 0.0
