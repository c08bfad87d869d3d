"""The jackknife over replications, for any figure: its value on all replications, and its values when each replication is left out in turn.

A figure here may be a ratio of sums, a mean over replications, or a function of several of these (theory at a measured abandonment): whatever it is, the
spread of its leave-one-out values gives its interval.  ``quantities`` makes them.

Source: Miller, "The jackknife – a review", Biometrika 61 (1974), section 2; B. Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982), ch. 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import t_quantile

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Jackknifed:
    """One figure: `whole` on all replications, `left_out` (shape (replications,)) without each of them; at least 2 replications."""

    whole: float
    left_out: Reals

    def __sub__(self, other: Jackknifed) -> Jackknifed:
        return Jackknifed(self.whole - other.whole, self.left_out - other.left_out)

    def half_width(self, level: float) -> float:
        """Half the interval of probability `level`: Student's t with n − 1 degrees of freedom × √((n − 1)/n · Σ(left out − their mean)²)."""
        n = len(self.left_out)
        spread = float(((self.left_out - self.left_out.mean()) ** 2).sum())
        return t_quantile(n - 1, level) * float(np.sqrt((n - 1) / n * spread))


def constant(value: float, replications: int) -> Jackknifed:
    """A figure that no replication changes."""
    return Jackknifed(value, np.full(replications, value))


def mean(values: Reals) -> Jackknifed:
    """The mean of one value a replication, shape (replications,)."""
    n = len(values)
    return Jackknifed(float(values.mean()), (values.sum() - values) / (n - 1))


def ratio(over: Reals, under: Reals) -> Jackknifed:
    """The ratio of sums of two values a replication, each of shape (replications,); the denominators must not add up to 0 without any replication."""
    above, below = float(over.sum()), float(under.sum())
    return Jackknifed(above / below, (above - over) / (below - under))
