"""A queue with limited waiting places and exponential patience (M/M/c/K+M), solved by its states.

Who finds j callers ahead waits, if his patience lasts, for j + 1 departures at the rates cµ + jθ, …, cµ + θ, cµ; then exp(−θ wait) has a beta
distribution, and without abandonment the wait an Erlang one: what is served or given up in time is exact, state by state.  Everything is taken
relative to the likeliest state.  With unlimited places, see ``unlimited``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simcrc.theory.erlang_b import inverse_blocking

if TYPE_CHECKING:
    from simcrc.theory.quadrature import Floats

MOST_PLACES = 1_000_000
NEGLIGIBLE = 1e-30  # a share that changes no digit of a figure


@dataclass(frozen=True)
class Limited:
    """`arrival_rate` λ, mean `handle_time` 1/µ, `agents` c, mean `patience` 1/θ (may be infinite), waiting `places` K.

    Shares are of all the offered; times are summed over them too.
    """

    arrival_rate: float
    handle_time: float
    agents: int
    patience: float
    places: int

    @property
    def _drain(self) -> float:
        return self.agents / self.handle_time

    @cached_property
    def _ahead(self) -> Floats:
        """0, 1, …, K − 1: how many are ahead of who joins the queue."""
        import numpy as np

        return np.arange(self.places, dtype=np.float64)

    @cached_property
    def _weights(self) -> tuple[float, Floats]:
        """P(all are busy and nobody waits), as a logarithm, and P(all are busy and j wait) for j = 0, …, K, relative to the likeliest of these."""
        import numpy as np

        out = self._drain + (self._ahead + 1.0) / self.patience
        ratios = self.arrival_rate / out  # π(j + 1) ÷ π(j), falling with j
        steps = np.where(np.abs(ratios - 1.0) < 0.5, np.log1p((self.arrival_rate - out) / out), np.log(ratios))
        top = int(np.count_nonzero(steps > 0.0))
        below = np.cumsum(steps[:top][::-1])[::-1]
        heights = np.concatenate([-below, [0.0], np.cumsum(steps[top:])])
        return float(heights[0]), np.exp(heights)

    @cached_property
    def _states(self) -> tuple[float, Floats]:
        """P(an agent is free), and P(all are busy and j wait) for j = 0, …, K."""
        first, weights = self._weights
        load = self.arrival_rate * self.handle_time
        free = self.agents / load * inverse_blocking(load, self.agents - 1)
        if not math.isfinite(free):
            return 1.0, weights * 0.0
        free = math.exp(math.log(free) + first)
        total = free + math.fsum(weights)
        return free / total, weights / total

    @property
    def p_no_wait(self) -> float:
        """Share who find a free agent."""
        return self._states[0]

    @property
    def p_blocked(self) -> float:
        """Share who find no place."""
        return float(self._states[1][-1])

    @property
    def _joining(self) -> Floats:
        """Share who join the queue behind j others."""
        return self._states[1][:-1]

    @cached_property
    def p_wait(self) -> float:
        """Share who join the queue."""
        return math.fsum(self._joining)

    @cached_property
    def _served(self) -> Floats:
        """P(served) of who joins behind j others."""
        return self._drain / (self._drain + (self._ahead + 1.0) / self.patience)

    @cached_property
    def p_abandon(self) -> float:
        """Share who give up."""
        return math.fsum(self._joining * (self._ahead + 1.0) / (self._drain * self.patience + self._ahead + 1.0)) if math.isfinite(self.patience) else 0.0

    @cached_property
    def served(self) -> float:
        """Share who queue and are served."""
        return math.fsum(self._joining * self._served)

    @cached_property
    def wait(self) -> float:
        """Mean wait, over all the offered, of those who queue, served or not: by Little's law."""
        return math.fsum(self._states[1][1:] * (self._ahead + 1.0)) / self.arrival_rate

    @property
    def wait_of_queued(self) -> float:
        """Mean wait of those who queue, served or not; nan without a place to wait."""
        weights = self._weights[1]
        if not self.places:
            return math.nan
        return math.fsum(weights[1:] * (self._ahead + 1.0)) / self.arrival_rate / math.fsum(weights[:-1])

    @cached_property
    def wait_served(self) -> float:
        """Mean wait, over all the offered, of those who queue and are served."""
        import numpy as np

        return math.fsum(self._joining * self._served * np.cumsum(1.0 / (self._drain + (self._ahead + 1.0) / self.patience)))

    def _waited_out(self, within: float, extra: float) -> Floats:
        """P(the j + 1 departures take at most `within`), each `extra` / patience faster; 1 where next to nobody joins."""
        import numpy as np
        from scipy.special import betainc, gammainc

        out: Floats = np.ones_like(self._ahead)
        if math.isinf(within):
            return out
        likely = self._joining > NEGLIGIBLE
        places = self._ahead[likely] + 1.0
        if math.isinf(self.patience):
            out[likely] = gammainc(places, self._drain * within)
        else:
            out[likely] = betainc(places, self._drain * self.patience + extra, -math.expm1(-within / self.patience))
        return out

    def served_within(self, within: float) -> float:
        """Share who queue and are served within that time."""
        return math.fsum(self._joining * self._served * self._waited_out(within, 1.0))

    def abandoned_within(self, within: float) -> float:
        """Share who give up within that time: neither served by then nor still there."""
        still = math.exp(-within / self.patience) * (1.0 - self._waited_out(within, 0.0))
        return max(0.0, math.fsum(self._joining * (1.0 - still - self._served * self._waited_out(within, 1.0))))
