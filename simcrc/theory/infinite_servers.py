"""Ample agents, rate of arrival that varies over time: M(t)/G/∞.  The number busy is Poisson; its mean is the rate seen through the law of the
handle time (Eick, Massey and Whitt 1993).  With few agents, ``transient``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from simcrc.theory.errors import TheoryError, finite, not_negative, positive, share
from simcrc.theory.registry import model
from simcrc.theory.steps import Steps, pieces, steps
from simcrc.words import Words

LAWS = ("exponential", "deterministic", "gamma", "lognormal")
UNKNOWN = Words(fr="law : « {value} » ; une de {known} est attendue", en='law: "{value}"; one of {known} is expected')
CV = Words(fr="cv : la loi {law} en demande un, positif", en="cv: the law {law} needs one, positive")
SPAN = Words(fr="period : {value} ; après le dernier palier ({last}) est attendu", en="period: {value}; beyond the last step ({last}) is expected")
PERIODS = 1_000_000  # periods looked back, at most


@model("infinite_servers")
@dataclass(frozen=True)
class InfiniteServers:
    """Arrivals at `rates` (steps: (instant, rate from then on), the first at 0), repeated every `period` since for ever, or from empty at 0 when
    `period` is None.  `law` of the handle time of mean `handle_time`: exponential, deterministic, gamma, lognormal, the last two with `cv`."""

    rates: Steps
    handle_time: float
    law: str = "exponential"
    cv: float | None = None
    period: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "rates", steps("rates", self.rates))
        positive("handle_time", self.handle_time)
        if self.law not in LAWS:
            raise TheoryError(UNKNOWN, "law", value=str(self.law), known=", ".join(LAWS))
        if self.law in LAWS[2:] and self.cv is None:
            raise TheoryError(CV, "cv", law=self.law)
        if self.cv is not None:
            positive("cv", self.cv)
        if self.period is not None and positive("period", self.period) <= self.rates[-1][0]:
            raise TheoryError(SPAN, "period", value=float(self.period), last=self.rates[-1][0])

    def busy(self, at: float) -> float:
        """Mean number of busy agents at the instant `at`: ∫ λ(at − u) P(S > u) du."""
        return self._seen(finite("at", at), 1)

    def mean_busy(self, since: float, until: float) -> float:
        """Mean number of busy agents, averaged over an interval."""
        if not finite("since", since) < finite("until", until):
            return self.busy(since)
        return (self._seen(until, 2) - self._seen(since, 2)) / (until - since)

    def p_more(self, at: float, agents: float) -> float:
        """Probability that more than `agents` are busy at the instant `at` (Poisson)."""
        from scipy.special import pdtrc

        mean = self.busy(at)
        return float(pdtrc(math.floor(not_negative("agents", agents)), mean)) if mean > 0 else 0.0

    @cached_property
    def _mean_rate(self) -> float:
        return sum((b - a) * rate for a, b, rate in pieces(self.rates, 0.0, self.period)) / self.period if self.period else 0.0

    def _seen(self, at: float, order: int) -> float:
        """Mean busy at `at` (order 1), or its integral up to there (order 2; the mean of a periodic one is counted from 0)."""
        from simcrc.theory.numerics.excess import excess

        def area(x: float) -> float:
            return excess(self.law, self.handle_time, self.cv or 1.0, max(x, 0.0), order)

        if self.period is None:
            return math.fsum(rate * (area(at - a) - area(at - b)) for a, b, rate in pieces(self.rates, 0.0, max(at, 0.0)))
        # The rate is its mean and a deviation that sums to 0 over each period: far periods fade with the tail of the handle time.
        begun = self.period * math.floor(at / self.period)
        deviations = [(a, b, rate - self._mean_rate) for a, b, rate in pieces(self.rates, 0.0, self.period)]
        total = [self._mean_rate * self.handle_time * (at if order == 2 else 1.0)]
        total += [rate * (area(at - begun - a) - area(at - begun - b)) for a, b, rate in deviations]
        for back in range(1, PERIODS):
            since = at - begun + back * self.period
            left = [(rate, self._rest(since - b, order), self._rest(since - a, order)) for a, b, rate in deviations]
            total += [rate * (near - far) for rate, near, far in left]
            if abs(left[-1][1]) <= 1e-17 * self.handle_time**order:
                break
        return math.fsum(total)

    def _rest(self, x: float, order: int) -> float:
        from simcrc.theory.numerics.excess import remainder

        return (1.0 if order == 1 else -1.0) * remainder(self.law, self.handle_time, self.cv or 1.0, x, order)


@model("sinusoidal_servers")
@dataclass(frozen=True)
class SinusoidalServers:
    """M(t)/M/∞ whose rate is mean_rate · (1 + amplitude · sin(2πt / period)) since for ever; `amplitude` between 0 and 1.
    Closed form of Eick, Massey and Whitt (1993, Management Science)."""

    mean_rate: float
    amplitude: float
    period: float
    handle_time: float

    def __post_init__(self) -> None:
        positive("mean_rate", self.mean_rate)
        share("amplitude", self.amplitude)
        positive("period", self.period)
        positive("handle_time", self.handle_time)

    @property
    def _turn(self) -> float:
        """Radians in a handle time."""
        return 2.0 * math.pi * self.handle_time / self.period

    @property
    def mean(self) -> float:
        """Mean number of busy agents over a period."""
        return self.mean_rate * self.handle_time

    @property
    def lag(self) -> float:
        """Time by which the peak of the busy follows that of the rate."""
        return math.atan(self._turn) * self.period / (2.0 * math.pi)

    @property
    def peak(self) -> float:
        """Greatest mean number of busy agents."""
        return self.mean * (1.0 + self.amplitude / math.hypot(1.0, self._turn))

    def busy(self, at: float) -> float:
        """Mean number of busy agents at the instant `at`."""
        angle = 2.0 * math.pi * math.fmod(finite("at", at), self.period) / self.period
        swing = (math.sin(angle) - self._turn * math.cos(angle)) / (1.0 + self._turn**2)
        return self.mean * (1.0 + self.amplitude * swing)

    def mean_busy(self, since: float, until: float) -> float:
        """Mean number of busy agents, averaged over an interval."""
        if not finite("since", since) < finite("until", until):
            return self.busy(since)
        speed = 2.0 * math.pi / self.period
        middle, half = 0.5 * (since + until), 0.5 * (until - since)
        faded = math.sin(speed * half) / (speed * half)
        return self.mean + (self.busy(middle) - self.mean) * faded
