"""Which of several systems is best, and how sure that is: the procedure KN, fully sequential, with common random numbers.

All systems have `first` replications.  From then on, replication by replication, a system leaves when its mean so far lies further behind that of another than
a bound that shrinks to 0; what remains at the end is selected.  Guarantee: if figures of replications are normal and the best mean is better than every other
by at least δ, the best is selected with probability `level` or more, whatever the correlation between systems.  Where several lie within δ of the best, one
of these is what is wanted.  Nothing here knows what a system is: ``simcrc.experiment.best`` runs variants.

Source: S.-H. Kim and B. L. Nelson, "A fully sequential procedure for indifference-zone selection in simulation", ACM TOMACS 11(3), 2001, 251–273; c = 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Sampler = Callable[[Sequence[int], range], Reals]
"""Figures of some systems (by number, from 0) in some replications (from 1): shape (replications, systems).  The larger the better."""

FIRST, CAP, LEVEL = 10, 400, 0.95
AHEAD, SHARE = 4, 8
"""Replications are asked for some at a time, so that several processes have work: 4, or an eighth of those that there are.  How many does not change what is
selected, and does not depend on the number of processes."""


@dataclass(frozen=True)
class Selected:
    """What was selected.  By system: `means` and `replications` over which they are, those after which it left (`left`: None for those that stayed).

    `best`: the number of the leader; `sure`: whether it was selected with the guarantee, or only leads where the cap came first; `replications`: how many
    the last decision looked at; `most`: how many the procedure could have asked for.
    """

    best: int
    sure: bool
    means: tuple[float, ...]
    left: tuple[int | None, ...]
    replications: int
    most: int

    @property
    def stayed(self) -> tuple[int, ...]:
        """The systems that are still in the running: the best alone where it is sure."""
        return tuple(k for k, left in enumerate(self.left) if left is None)


def select(sample: Sampler, systems: int, delta: float, first: int = FIRST, cap: int = CAP, level: float = LEVEL) -> Selected:
    """Select the system with the largest mean.  `delta`: the smallest difference that matters, above 0; `first`: replications of the first stage, at least 2;
    `cap`: at most so many.  ValueError for figures that are not finite, and for arguments out of range."""
    if delta <= 0 or first < 2 or cap < first or systems < 1:
        raise ValueError("delta must be above 0, first at least 2, cap at least first, and there must be a system")
    figures = _sampled(sample, range(systems), range(1, first + 1))
    reach = 2.0 * eta(systems, first, level) * (first - 1) * _spread(figures) / delta**2  # of each pair: beyond so many replications it is decided
    most = max(first, math.floor(reach.max(initial=0.0)) + 1)
    race = _Race(figures, reach, delta)
    while len(race.alive) > 1 and race.count < min(most, cap):
        ahead = range(race.count + 1, 1 + min(most, cap, race.count + max(AHEAD, race.count // SHARE)))
        running = tuple(race.alive)
        for row in _sampled(sample, running, ahead):
            race.go_on(dict(zip(running, row.tolist(), strict=True)))
            if len(race.alive) == 1:
                break
    best = max(race.alive, key=lambda system: (race.means[system], -system))
    sure = len(race.alive) == 1 or race.count >= most
    left = [race.left.get(system, race.count if sure and system != best else None) for system in range(systems)]
    return Selected(best, sure, tuple(race.means.tolist()), tuple(left), race.count, most)


def eta(systems: int, first: int, level: float = LEVEL) -> float:
    """The constant η of the procedure, for systems that may be correlated."""
    if systems < 2:
        return 0.0
    return 0.5 * (math.pow(2.0 * (1.0 - level) / (systems - 1), -2.0 / (first - 1)) - 1.0)


class _Race:
    """The systems in the running after `count` replications, the mean of each, and after how many the others left."""

    def __init__(self, figures: Reals, reach: Reals, delta: float) -> None:
        self.count, self._reach, self._delta = len(figures), reach, delta
        self._sums = figures.sum(axis=0)
        self.means = self._sums / self.count
        self.alive, self.left = list(range(len(self.means))), dict[int, int]()
        self._screen()

    def go_on(self, row: dict[int, float]) -> None:
        """One replication more, with the figures of those in the running."""
        self.count += 1
        for system in self.alive:
            self._sums[system] += row[system]
            self.means[system] = self._sums[system] / self.count
        self._screen()

    def _screen(self) -> None:
        """Those leave that are behind another by more than δ/2r · (h²S²/δ² − r)."""
        bound = np.maximum(0.0, self._delta / (2.0 * self.count) * (self._reach - self.count))
        kept = [one for one in self.alive if all(self.means[one] >= self.means[other] - bound[one, other] for other in self.alive)]
        self.left |= {system: self.count for system in self.alive if system not in kept}
        self.alive = kept


def _sampled(sample: Sampler, systems: Sequence[int], replications: range) -> Reals:
    figures = np.asarray(sample(systems, replications), dtype=np.float64)
    if not np.isfinite(figures).all():
        raise ValueError("a replication has no figure")
    return figures


def _spread(figures: Reals) -> Reals:
    """The variance of the difference of each pair of systems over the replications."""
    differences = figures[:, :, None] - figures[:, None, :]
    return np.asarray(differences.var(axis=0, ddof=1), dtype=np.float64)
