"""M/M/c/K+M with many decimals, for the tests of ``simcrc.theory``: sums over states, waits by partial fractions of the hypoexponential law.

Written apart from simcrc, by another method: a wait behind j others is a sum of exponentials with the rates cµ + iθ, i = 0 … j.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from functools import cached_property

DIGITS = 250


def erlang_b(load: Fraction, lines: int) -> Fraction:
    """By the definition: (aⁿ/n!) ÷ Σ aᵏ/k!."""
    term, total = Fraction(1), Fraction(1)
    for k in range(1, lines + 1):
        term = term * load / k
        total += term
    return term / total


def decimal(value: float) -> Decimal:
    """The float, exactly."""
    return Decimal(value)


@dataclass(frozen=True)
class Chain:
    """Rates of arrival, of service by one of `agents`, of leaving the queue; `places` to wait (the more the better stands for no limit)."""

    rate: Decimal
    service: Decimal
    agents: int
    leaving: Decimal
    places: int

    @cached_property
    def _states(self) -> list[Decimal]:
        weights = [Decimal(1)]
        for n in range(1, self.agents + self.places + 1):
            out = min(n, self.agents) * self.service + max(0, n - self.agents) * self.leaving
            weights.append(weights[-1] * self.rate / out)
        total = sum(weights)
        return [weight / total for weight in weights]

    def figures(self, within: float) -> dict[str, float]:
        """Every figure of ErlangA, the service levels under the names of their definitions."""
        with localcontext() as context:
            context.prec = DIGITS
            return {name: float(value) for name, value in self._figures(decimal(within)).items()}

    def _figures(self, within: Decimal) -> dict[str, Decimal]:
        states, joining = self._states, self._states[self.agents : self.agents + self.places]
        free, blocked = sum(states[: self.agents], Decimal(0)), states[-1]
        drain = self.agents * self.service
        served = early_served = early_left = waited_served = Decimal(0)
        rates: list[tuple[Decimal, Decimal]] = []
        factors: list[Decimal] = []
        mean = Decimal(0)
        for j, share in enumerate(joining):
            mine, early, left = self._behind(j, rates, factors, within)
            served += share * mine
            early_served += share * early
            early_left += share * left
            mean += 1 / (drain + (j + 1) * self.leaving)
            waited_served += share * mine * mean
        queue = sum((n * state for n, state in enumerate(states[self.agents :])), Decimal(0))
        queued = sum(joining, Decimal(0))
        in_time = free + early_served
        return {
            "p_no_wait": free,
            "p_wait": queued,
            "p_blocked": blocked,
            "abandonment": self.leaving * queue / self.rate,
            "wait_all": queue / self.rate / (1 - blocked),
            "asa": waited_served / (free + served),
            "wait_of_queued": queue / self.rate / queued,
            "queue_length": queue,
            "agents_busy": sum((min(n, self.agents) * state for n, state in enumerate(states)), Decimal(0)),
            "served_over_offered": in_time,
            "served_over_answered": in_time / (free + served),
            "served_over_offered_minus_early_abandons": in_time / (1 - early_left),
            "served_or_abandoned_over_offered": in_time + early_left,
        }

    def _behind(self, j: int, rates: list[tuple[Decimal, Decimal]], factors: list[Decimal], within: Decimal) -> tuple[Decimal, Decimal, Decimal]:
        """Behind j others: P(served), P(served in time), P(left in time).

        `rates` (each with its exponential) and `factors` are those of j − 1, and are brought to j.
        """
        if not self.leaving:
            return Decimal(1), self._gamma(j, within), Decimal(0)
        new = self.agents * self.service + j * self.leaving
        product = Decimal(1)
        for i, (rate, _) in enumerate(rates):
            factors[i] *= new / (new - rate)
            product *= rate / (rate - new)
        rates.append((new, (-new * within).exp()))
        factors.append(product)
        served = self.agents * self.service / (new + self.leaving)
        stays = (-self.leaving * within).exp()
        in_time = still = Decimal(0)
        for (rate, ends), factor in zip(rates, factors, strict=True):
            in_time += factor * rate / (rate + self.leaving) * (1 - ends * stays)
            still += factor * ends
        return served, in_time, 1 - stays * still - in_time

    def _gamma(self, j: int, within: Decimal) -> Decimal:
        """P(the sum of j + 1 exponentials of rate cµ ≤ within)."""
        x = self.agents * self.service * within
        term = total = Decimal(1)
        for i in range(1, j + 1):
            term = term * x / i
            total += term
        return 1 - (-x).exp() * total


assert getcontext().prec < DIGITS
