"""The constant."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from simcrc.distributions.base import Distribution, Floats, family
from simcrc.scenario.units import Duration
from simcrc.words import Words


@family("deterministic", Words(fr="constante", en="deterministic"))
class Deterministic(Distribution):
    """Always `value`."""

    sole: ClassVar[str | None] = "value"

    value: Duration

    def quantile(self, u: Floats) -> Floats:
        return np.full_like(u, float(self.value))

    @property
    def mean(self) -> float:
        return float(self.value)

    @property
    def cv(self) -> float:
        return 0.0
