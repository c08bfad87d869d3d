"""A queue with unlimited waiting places and patience of any law (M/M/c+G), solved by the density of the wait that patience is held against.

The time that a caller of endless patience would wait has, on the waiting callers, a density in proportion to
exp(−cµv + λ ∫₀ᵛ S(u) du)  (Baccelli and Hébuterne 1981; Zeltyn and Mandelbaum 2005).  Its logarithm is concave, so one peak and its two
flanks are all there is to integrate; everything is taken relative to the peak, and no sum runs over the states of the queue, so that a patience
of years is as exact as one of seconds.  With limited places, see ``limited``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simcrc.theory.erlang_b import inverse_blocking
from simcrc.theory.errors import stable
from simcrc.theory.patience import Patience
from simcrc.theory.quadrature import integral

if TYPE_CHECKING:
    from simcrc.theory.quadrature import Floats

DEPTH = 80.0  # what lies so far below the peak, in natural logarithms, is left out
FLANK = (0.01, 0.03, 0.08, 0.2, 0.45, 1.0)  # where a flank is first cut
GRADES = 50  # cuts towards 0, where a short patience shows
DOUBLINGS = 400


@dataclass(frozen=True)
class Unlimited:
    """`arrival_rate` λ, mean `handle_time` 1/µ, `agents` c, `patience`.  Shares are of all the offered; times are summed over them too.

    Raises TheoryError when the queue grows without end: too few agents for those who never give up.
    """

    arrival_rate: float
    handle_time: float
    agents: int
    patience: Patience

    @property
    def _drain(self) -> float:
        return self.agents / self.handle_time

    def _overloaded(self) -> None:
        stable(self.arrival_rate * self.handle_time, self.agents)

    @cached_property
    def _peak(self) -> float:
        """About where the density is greatest: where as many leave the queue as join it."""
        import numpy as np

        def grows(v: float) -> bool:
            return self.arrival_rate * float(self.patience.survival(np.asarray(v))) > self._drain

        if not grows(0.0):
            return 0.0
        low, high = 0.0, self.handle_time / self.agents
        for _ in range(DOUBLINGS):
            if not grows(high):
                break
            low, high = high, 2.0 * high
        else:
            self._overloaded()
        for _ in range(60):
            middle = (low + high) / 2.0
            low, high = (middle, high) if grows(middle) else (low, middle)
        return high

    @cached_property
    def _slope(self) -> float:
        import numpy as np

        return self.arrival_rate * float(self.patience.survival(np.asarray(self._peak))) - self._drain

    def _height(self, v: Floats) -> Floats:
        """Logarithm of the density relative to the peak."""
        return self._slope * (v - self._peak) - self.arrival_rate * self.patience.bend(self._peak, v)

    def _flank(self, start: float, side: float) -> float:
        """A distance from `start` at which the density is negligible beside what it is at `start`."""
        import numpy as np

        reach = self.handle_time / self.agents
        level = float(self._height(np.asarray(start))) - DEPTH
        for _ in range(DOUBLINGS):
            place = start + side * reach
            if place <= 0.0 or float(self._height(np.asarray(place))) < level:
                return reach
            reach *= 2.0
        self._overloaded()
        return reach

    def _integral(self, weights: Callable[[Floats], list[Floats]], since: float = 0.0, until: float = math.inf) -> list[float]:
        """∫ weight(v) × density relative to the peak, for each of the weights."""
        import numpy as np

        if until <= since:
            return [0.0] * len(weights(np.zeros((1, 1))))
        top = min(max(self._peak, since), until)
        right, left = self._flank(top, 1.0), self._flank(top, -1.0) if top > 0.0 else 0.0
        end = min(until, top + right)
        cuts = [top + right * part for part in FLANK] + [top - left * part for part in FLANK]
        cuts += [end * 2.0**-k for k in range(1, GRADES)]
        edges = [since, top, end, *(cut for cut in (*cuts, *self.patience.edges) if since < cut < end)]
        total = integral(lambda v: np.exp(self._height(v)) * np.stack(weights(v)), edges)
        return [float(part) for part in total]

    @cached_property
    def _sums(self) -> tuple[float, float, float, float, float]:
        """Over the density relative to the peak: ∫ 1, P(gives up), P(served), mean wait, mean wait where served."""
        import numpy as np

        def weights(v: Floats) -> list[Floats]:
            stays = self.patience.survival(v)
            return [np.ones_like(v), self.patience.leaving(v), stays, self.patience.kept(v), v * stays]

        queued, gone, served, wait, wait_served = self._integral(weights)
        return queued, gone, served, wait, wait_served

    @cached_property
    def _scale(self) -> float:
        """π(c) cµ relative to the peak: turns an integral into a share of the offered."""
        return self._drain / (self._free + self._drain * self._sums[0])

    @cached_property
    def _free(self) -> float:
        """P(an agent is free) ÷ π(c), relative to the peak."""
        load = self.arrival_rate * self.handle_time
        zero = self._peak * self._slope + self.arrival_rate * float(self._bend_to_zero)
        return self.agents / load * inverse_blocking(load, self.agents - 1) * math.exp(-zero)

    @property
    def _bend_to_zero(self) -> float:
        import numpy as np

        return float(self.patience.bend(self._peak, np.asarray(0.0)))

    @cached_property
    def p_no_wait(self) -> float:
        """Share who find a free agent."""
        return self._free * self._scale / self._drain if self._scale else 1.0

    @property
    def p_blocked(self) -> float:
        """Share who find no place: none."""
        return 0.0

    @property
    def p_wait(self) -> float:
        """Share who join the queue."""
        return self._scale * self._sums[0]

    @property
    def p_abandon(self) -> float:
        """Share who give up."""
        return self._scale * self._sums[1]

    @property
    def served(self) -> float:
        """Share who queue and are served."""
        return self._scale * self._sums[2]

    @property
    def wait(self) -> float:
        """Mean wait, over all the offered, of those who queue, served or not."""
        return self._scale * self._sums[3]

    @property
    def wait_served(self) -> float:
        """Mean wait, over all the offered, of those who queue and are served."""
        return self._scale * self._sums[4]

    @property
    def wait_of_queued(self) -> float:
        """Mean wait of those who queue, served or not."""
        return self._sums[3] / self._sums[0]

    def served_within(self, within: float) -> float:
        """Share who queue and are served within that time."""
        return self._scale * self._integral(lambda v: [self.patience.survival(v)], until=within)[0]

    def abandoned_within(self, within: float) -> float:
        """Share who give up within that time."""
        import numpy as np

        (early,) = self._integral(lambda v: [self.patience.leaving(v)], until=within)
        (later,) = self._integral(lambda v: [np.ones_like(v)], since=within)
        return self._scale * (early + float(self.patience.leaving(np.asarray(within))) * later)
