"""Least squares between bounds, for functions that are dear and a little rough: figures of a simulation on common draws.

Gauss–Newton in a box-shaped region of trust.  Derivatives are differences over steps that are large beside the roughness, all at once, so that they can be
spread over processes; between two such rounds the Jacobian is brought up to date by what each step taught (Broyden's rank-one update).  The linear problem of a
step, with its bounds, is solved by ``scipy.optimize.lsq_linear``.

Sources: Nocedal & Wright, Numerical Optimization (2nd ed. 2006), chapters 4 and 10; C. G. Broyden, Mathematics of Computation 19 (1965).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Function = Callable[[Sequence[Reals]], Sequence[Reals]]
"""Residuals, shape (m,), at each of some points, shape (n,) with all parts in [0, 1]."""
End = Literal["reached", "still", "evaluations"]

STEP = 0.04
"""Difference over which derivatives are taken, as a part of what the bounds are apart."""
REGION = 0.25
"""Largest step at first."""
LEAST = 0.004
"""Region of trust below which nothing more is looked for."""
REACHED = 0.05
"""Residuals that are all smaller than this are as good as none."""
GAIN = 1e-3
"""Reduction of the sum of squares, for each residual, that is not worth another evaluation."""
NEAR = 0.1
"""A Jacobian that was taken so near, and brought up to date since, is that of the solution."""


@dataclass(frozen=True)
class Solution:
    """`at`: the best point that was evaluated; `residuals` and `jacobian` there (shape (m,), (m, n)); how many `evaluations` it took.

    `end`: all residuals are next to nothing, no better point is in sight, or there were as many evaluations as were allowed.
    """

    at: Reals
    residuals: Reals
    jacobian: Reals
    evaluations: int
    end: End


def minimise(function: Function, start: Reals, most: int, step: float = STEP) -> Solution:
    """The point in the unit box with the least sum of squares, from `start`, with at most `most` evaluations, but those of two Jacobians at least."""
    search = _Search(function, np.clip(start, 0.0, 1.0), max(most, 2 * len(start) + 2), step)
    end = search.run()
    return Solution(search.at, search.residuals, search.jacobian, search.evaluations, end)


class _Search:
    def __init__(self, function: Function, start: Reals, most: int, step: float) -> None:
        self.function, self.most, self.step = function, most, step
        self.evaluations = 0
        self.at = start
        self.region = REGION
        self.residuals, self.jacobian = self._differences(start, None)
        self.taken_at = start

    def run(self) -> End:
        """Go on until there is nothing to be gained; the Jacobian is then that of the last point, or was taken near it, if evaluations allowed."""
        while True:
            if np.abs(self.residuals).max() <= REACHED:
                if np.abs(self.at - self.taken_at).max() > NEAR:
                    self._renew()
                return "reached"
            move, gain = self._move()
            if gain <= GAIN * len(self.residuals) or self.region < LEAST:
                if self.fresh or not self._renew():
                    return "still"
                self.region = max(self.region, 2 * LEAST)
                continue
            if self.evaluations >= self.most:
                return "evaluations"
            self._try(move, gain)

    def _try(self, move: Reals, gain: float) -> None:
        """Evaluate at the end of a step, learn from it, and go there if it is better."""
        point = np.clip(self.at + move, 0.0, 1.0)
        (residuals,) = self._evaluate([point])
        done = float(self.residuals @ self.residuals - residuals @ residuals)
        difference = point - self.at
        self.jacobian = self.jacobian + np.outer(residuals - self.residuals - self.jacobian @ difference, difference) / (difference @ difference)
        good = done > 0.1 * gain
        reach = float(np.abs(difference).max())
        if good:
            self.at, self.residuals = point, residuals
        if done > 0.7 * gain:
            self.region = min(1.0, max(self.region, 2 * reach))
        elif not good:
            if not self.fresh and self._renew():  # what was learnt on the way may have misled
                return
            self.region = min(self.region, reach) / 3

    def _move(self) -> tuple[Reals, float]:
        """The best step within the region, and what it would take off the sum of squares if the function were linear."""
        from scipy.optimize import lsq_linear

        low, high = np.maximum(-self.at, -self.region), np.minimum(1.0 - self.at, self.region)
        # A little damping: of steps that are equally good the shortest.
        n, damping = len(self.at), 1e-3 * np.linalg.norm(self.jacobian, 2)
        left = np.vstack([self.jacobian, damping * np.eye(n)])
        right = np.concatenate([-self.residuals, np.zeros(n)])
        move = np.asarray(lsq_linear(left, right, (np.minimum(low, -1e-12), np.maximum(high, 1e-12))).x)
        after = self.residuals + self.jacobian @ move
        return move, float(self.residuals @ self.residuals - after @ after)

    def _renew(self) -> bool:
        """Take the Jacobian anew at the present point, unless it is new or evaluations are spent; whether it is new now."""
        if not self.fresh and self.evaluations + len(self.at) <= self.most:
            _, self.jacobian = self._differences(self.at, self.residuals)
            self.taken_at = self.at
        return self.fresh

    @property
    def fresh(self) -> bool:
        """Whether the Jacobian was taken at the present point."""
        return bool((self.taken_at == self.at).all())

    def _differences(self, point: Reals, residuals: Reals | None) -> tuple[Reals, Reals]:
        """Residuals and Jacobian at `point`, by differences away from the nearer bound."""
        signs = np.where(point + self.step <= 1.0, 1.0, -1.0)
        points = [point + sign * self.step * unit for sign, unit in zip(signs, np.eye(len(point)), strict=True)]
        found = self._evaluate(points if residuals is not None else [*points, point])
        here = found[-1] if residuals is None else residuals
        return here, np.stack([(there - here) / (sign * self.step) for sign, there in zip(signs, found, strict=False)], axis=1)

    def _evaluate(self, points: Sequence[Reals]) -> list[Reals]:
        self.evaluations += len(points)
        return [np.asarray(each, dtype=np.float64) for each in self.function(points)]
