"""The hyperexponential distribution: a mixture of exponentials, for durations more variable than one exponential."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from simcrc.distributions.base import Cv, Distribution, Floats, family, one_way
from simcrc.distributions.faults import fault
from simcrc.scenario.base import Spec
from simcrc.scenario.units import Duration, Share
from simcrc.words import Words


class Phase(Spec):
    """One exponential of the mixture: its share and its mean (0: at once)."""

    share: Share
    mean: Duration


@family("hyperexponential", Words(fr="hyperexponentielle", en="hyperexponential"))
class Hyperexponential(Distribution):
    """By `mean` and `cv` ≥ 1, two phases of balanced means (share × mean equal), or by its `phases`."""

    mean_: Duration | None = Field(default=None, alias="mean")
    cv_: Annotated[Cv, Field(ge=1.0)] | None = Field(default=None, alias="cv")
    phases: tuple[Phase, ...] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        one_way(type(self), {"mean": self.mean_, "cv": self.cv_, "phases": self.phases}, ("mean", "cv"), ("phases",))
        total = sum(phase.share for phase in self.phases or ())
        if self.phases is not None and abs(total - 1.0) > 1e-6:
            raise fault("law_shares", total, total=f"{total:g}")
        return self

    @cached_property
    def _mixture(self) -> tuple[list[float], list[float]]:
        """Shares and means of the phases."""
        if self.phases:
            total = sum(phase.share for phase in self.phases)
            return [phase.share / total for phase in self.phases], [float(phase.mean) for phase in self.phases]
        mean, squared = float(self.mean_ or 0), float(self.cv_ or 1.0) ** 2
        first = 0.5 * (1.0 + math.sqrt((squared - 1.0) / (squared + 1.0)))
        return [first, 1.0 - first], [mean / (2.0 * first), mean / (2.0 * (1.0 - first))]

    def quantile(self, u: Floats) -> Floats:
        """Solves −log P(X > x) = −log(1 − u) by Newton's method from 0.

        The left side is concave in x, so the steps come from below and never overshoot.  Each element stops by itself:
        its bits do not depend on its neighbours.
        """
        shares, means = self._mixture
        timed = [(share, mean) for share, mean in zip(shares, means, strict=True) if share > 0.0 and mean > 0.0]
        x = np.zeros_like(u)
        at_once = 1.0 - sum(share for share, _ in timed)
        moving = np.flatnonzero(u > at_once) if timed else np.empty(0, dtype=np.intp)
        for _ in range(200):
            if not moving.size:
                break
            here = x[moving]
            survival, density = np.zeros_like(here), np.zeros_like(here)
            for share, mean in timed:
                part = share * np.exp(-here / mean)
                survival += part
                density += part / mean
            step = survival / density * (np.log(survival) - np.log1p(-u[moving]))
            x[moving] = here + np.maximum(step, 0.0)
            moving = moving[step > 1e-13 * here]
        return x

    @property
    def mean(self) -> float:
        return sum(share * mean for share, mean in zip(*self._mixture, strict=True))

    @property
    def cv(self) -> float:
        second = sum(2.0 * share * mean**2 for share, mean in zip(*self._mixture, strict=True))
        return math.sqrt(max(second / self.mean**2 - 1.0, 0.0)) if self.mean else 0.0
