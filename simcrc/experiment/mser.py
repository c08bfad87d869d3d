"""MSER-5: where to cut the beginning of a series so that what is left is the best estimate of its steady mean.

Observations are averaged in batches of five.  Of all cuts d the one is taken at which the squared standard error of the mean of what is left,

    MSER(d) = Σ_{j > d} (Z_j − mean of Z_{d+1} … Z_m)² / (m − d)²,

is least; a cut in the second half is rejected: the series is too short to tell, or never settles.

Sources: K. P. White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69 (1997) 323; K. P. White, M. J. Cobb and
S. C. Spratt, "A comparison of five steady-state truncation heuristics for simulation", Proc. Winter Simulation Conference 2000, 755.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]

BATCH = 5
LAST = 5
"""Batches at the end at which no cut is tried: the mean of a few numbers that happen to be alike has a small standard error."""


def batches(series: Reals) -> Reals:
    """Means of five observations that follow one another; the first ones of the series are left out where they do not make five."""
    count = len(series) // BATCH
    return np.asarray(series[len(series) - count * BATCH :].reshape(count, BATCH).mean(axis=1), dtype=np.float64)


def cut(means: Reals) -> int | None:
    """How many batches to cut from the beginning; None when the best cut is in the second half."""
    m = len(means)
    if m < 2 * LAST:
        most = max(1, m // 2 + 1)
    else:
        most = m - LAST + 1
    left = np.arange(m, 0, -1, dtype=np.float64)[:most]
    total, squares = (np.cumsum(values[::-1])[::-1][:most] for values in (means - means.mean(), (means - means.mean()) ** 2))
    best = int(np.argmin((squares - total**2 / left) / left**2))
    return best if 2 * best <= m else None
