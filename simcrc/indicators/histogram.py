"""Histograms of durations from which quantiles are read in bounded memory.

Bin 0 holds durations under a millisecond; the edges of the others grow by 1 % each, from 1 ms to over 9 years.  A quantile is read as the geometric middle of
its bin, so that its relative error is at most √1.01 − 1 < 0.5 % (from 1 ms up); durations beyond the last edge count in the last bin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

FIRST = 1_000  # microseconds: upper edge of bin 0
GROWTH = 1.01
BINS = 2_655  # the last bin ends after FIRST * GROWTH ** (BINS - 1) microseconds, about 9.3 years
_STEP = float(np.log(GROWTH))
_LOG_FIRST = float(np.log(FIRST))


def bins(durations: Integers) -> Integers:
    """The bin of each duration (microseconds, 0 or more)."""
    logs = np.log(np.maximum(durations, 1)) - _LOG_FIRST
    found = np.floor(logs / _STEP).astype(np.int64) + 1
    return np.clip(found, 0, BINS - 1)


def middles() -> npt.NDArray[np.float64]:
    """The duration (microseconds) that stands for each bin."""
    values = np.asarray(FIRST * GROWTH ** (np.arange(BINS) - 0.5), dtype=np.float64)
    values[0] = 0.0
    return values


@dataclass(frozen=True, eq=False)
class Histograms:
    """Histograms of `size` cells, of which only what is counted is kept: `cells` and `found` (bins) in order, and the counts cumulated over all of them."""

    size: int
    cells: Integers
    found: Integers
    cumulated: Integers

    @classmethod
    def of(cls, size: int, cells: Integers, found: Integers, counts: Integers) -> Histograms:
        """From counts in any order, several of one bin allowed."""
        order = np.argsort(cells * BINS + found, kind="stable")
        return cls(size, cells[order], found[order], np.cumsum(counts[order]))

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return self.cells.nbytes + self.found.nbytes + self.cumulated.nbytes

    def quantile(self, q: float) -> npt.NDArray[np.float64]:
        """For each cell the duration (microseconds) at or below which at least the share `q` of its counts lies; nan where nothing is counted."""
        edges = np.searchsorted(self.cells, np.arange(self.size + 1))
        before = np.concatenate([[0], self.cumulated])[edges]
        total = np.diff(before)
        target = before[:-1] + np.maximum(np.ceil(q * total - 1e-9), 1).astype(np.int64)
        at = np.minimum(np.searchsorted(self.cumulated, target), max(len(self.found) - 1, 0))
        out = np.full(self.size, np.nan)
        some = total > 0
        out[some] = middles()[self.found[at[some]]]
        return out
