"""A distribution times a factor: the same law, longer or shorter.  Measures that shorten the work or lengthen a delay write it."""

from __future__ import annotations

import numpy as np

from simcrc.distributions.base import Distribution, Floats, family
from simcrc.distributions.law import Law
from simcrc.scenario.units import NonNegative
from simcrc.words import Words


@family("scaled", Words(fr="multipliée", en="scaled"))
class Scaled(Distribution):
    """Durations of the law `of`, each times `factor`."""

    of: Law
    factor: NonNegative

    def quantile(self, u: Floats) -> Floats:
        out: Floats = self.of.quantile(u) * self.factor if self.factor > 0.0 else np.zeros_like(u)
        return out

    @property
    def mean(self) -> float:
        return self.of.mean * self.factor

    @property
    def cv(self) -> float:
        return self.of.cv if self.factor > 0.0 else 0.0


def scaled(law: Distribution, factor: float) -> Distribution:
    """`law` times `factor`; `law` itself when that is 1."""
    if factor == 1.0:
        return law
    return Scaled(of=law.of, factor=law.factor * factor) if isinstance(law, Scaled) else Scaled(of=law, factor=factor)
