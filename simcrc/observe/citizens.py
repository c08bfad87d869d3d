"""Which citizens used an electronic channel, one for which one has to be on line: who never migrates.

A citizen counts when he has had a need that started in the measured period, by the contacts of all these needs; an anonymous stream has no citizens to follow,
and a scenario without electronic channels nothing to migrate to.
"""

from __future__ import annotations

import numpy as np

from simcrc.indicators.axes import Axes
from simcrc.indicators.sums import Sums
from simcrc.observe.contacts import Table

CITIZENS, NEVER = "citizens", "citizens_never_electronic"
LAYOUT = ("segment",)


class Citizens:
    """Counts into `sums`, by segment: `citizens` who had needs, and `citizens_never_electronic`, those of them who used no electronic channel."""

    def __init__(self, axes: Axes, sums: Sums) -> None:
        self.axes, self._sums = axes, sums
        model = axes.model
        self._electronic = int((1 << np.flatnonzero(axes.electronic)).sum())
        citizens = model.demand.citizens
        size = 0 if citizens.anonymous or not self._electronic else int(citizens.sizes.sum())
        self._first = np.append(citizens.first, size)
        self._seen, self._used = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)

    def add(self, needs: Table) -> None:
        """Add the needs of a batch."""
        if len(self._seen):
            chosen = np.flatnonzero(needs["measured"])
            citizen = needs["citizen"].take(chosen)
            self._seen[citizen] = True
            self._used[citizen[(needs["channels_used"].take(chosen) & self._electronic) != 0]] = True

    def finish(self) -> None:
        """Count the citizens of each segment."""
        if not len(self._seen):
            return
        for name, chosen in ((CITIZENS, self._seen), (NEVER, self._seen & ~self._used)):
            bounds = np.concatenate([[0], np.cumsum(chosen)])[self._first]
            self._sums.array(name, LAYOUT, self.axes.size("segment"))[:] = np.diff(bounds)
