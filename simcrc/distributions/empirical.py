"""A distribution read off a curve: measured durations, or patience from a Kaplan–Meier estimate whose last share stays below 1."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
from pydantic import model_validator

from simcrc.distributions.base import Distribution, Floats, family
from simcrc.distributions.faults import fault
from simcrc.distributions.law import Law
from simcrc.scenario.units import Duration, Share, format_duration
from simcrc.words import Words


@family("empirical", Words(fr="empirique", en="empirical"))
class Empirical(Distribution):
    """`points`: pairs (duration, cumulative share), both rising, linear in between, from (0, 0) unless they start at 0.

    A first point ``[0 s, 5 %]`` is an atom of 5 % at zero; two points at one duration are an atom there.  What the last
    share leaves is "never" (it never leaves the queue), or, with `tail`, the last duration plus a draw of `tail`.
    """

    points: tuple[tuple[Duration, Share], ...]
    tail: Law | None = None

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if not self.points:
            raise fault("law_points", [])
        for (t, share), (t_next, share_next) in zip(self.points, self.points[1:], strict=False):
            if t_next < t or share_next < share:
                found = f"[{format_duration(t)}, {share:g}]"
                raise fault("law_rising", found, after=found)
        return self

    def _curve(self) -> tuple[Floats, Floats]:
        """Durations and cumulative shares, from a duration of zero on."""
        points = self.points if self.points[0][0] == 0 or self.points[0][1] == 0.0 else ((0, 0.0), *self.points)
        curve = np.array(points, dtype=np.float64)
        return curve[:, 0], curve[:, 1]

    def quantile(self, u: Floats) -> Floats:
        durations, shares = self._curve()
        above = np.searchsorted(shares, u, side="left")  # the first point with a share of at least u
        right = np.minimum(above, len(shares) - 1)
        left = np.maximum(right - 1, 0)
        width = shares[right] - shares[left]
        part = np.clip((u - shares[left]) / np.where(width > 0.0, width, 1.0), 0.0, 1.0)
        out: Floats = durations[left] + (durations[right] - durations[left]) * part
        beyond = above == len(shares)
        if beyond.any():
            out[beyond] = np.inf
            if self.tail is not None:
                out[beyond] = durations[-1] + self.tail.quantile((u[beyond] - shares[-1]) / (1.0 - shares[-1]))
        return out

    @property
    def mean(self) -> float:
        return self._moments()[0]

    @property
    def cv(self) -> float:
        mean, second = self._moments()
        if math.isinf(mean):
            return math.nan
        return math.sqrt(max(second / mean**2 - 1.0, 0.0)) if mean else 0.0

    def _moments(self) -> tuple[float, float]:
        """The first and the second moment."""
        durations, shares = self._curve()
        low, high, mass = durations[:-1], durations[1:], np.diff(shares)
        first = float(durations[0] * shares[0] + np.sum(mass * (low + high) / 2.0))
        second = float(durations[0] ** 2 * shares[0] + np.sum(mass * (low * low + low * high + high * high) / 3.0))
        rest = 1.0 - float(shares[-1])
        if rest <= 0.0:
            return first, second
        if self.tail is None or math.isinf(self.tail.mean):
            return math.inf, math.inf
        last, mean = float(durations[-1]), self.tail.mean
        return first + rest * (last + mean), second + rest * (last**2 + 2.0 * last * mean + mean**2 * (1.0 + self.tail.cv**2))
