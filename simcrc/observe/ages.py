"""The ages of the items in the backlog at the end of each day, by bands, and the age of the oldest at the horizon.

An item counts, at each midnight of the measured period between its receipt and its departure, in the band of its age.  Items are added when their need closes,
as differences over the days; ``finish`` sums them up.
"""

from __future__ import annotations

import numpy as np

from simcrc.indicators.axes import BANDS, Axes
from simcrc.indicators.sums import Sums
from simcrc.model.calendar import DAY
from simcrc.observe.contacts import NOTHING, Table


class Ages:
    """Counts into `sums`: `ages` by station, band and day, and by station, band and month; `oldest_end` by station (microseconds)."""

    def __init__(self, axes: Axes, sums: Sums) -> None:
        self.axes = axes
        days = axes.size("day")
        self._midnights = np.array(axes.model.calendar.midnights[-days:], dtype=np.int64)  # the end of each measured day
        self._stations = axes.size("written_station")
        self._steps = np.zeros(self._stations * len(BANDS) * (days + 1), dtype=np.int64)
        self._by_day = sums.array("ages", ("written_station", "band", "day"), self._stations * len(BANDS) * days)
        self._by_month = sums.array("ages", ("written_station", "band", "month"), self._stations * len(BANDS) * axes.size("month"))
        self._oldest = sums.array("oldest_end", ("written_station",), self._stations)

    def add(self, contacts: Table, end: int) -> None:
        """Add the items of a table of contacts; `end` is the horizon, for those that are still there."""
        index = np.flatnonzero(contacts["received"] != NOTHING)
        received = contacts["received"].take(index)
        left = contacts["answered"].take(index)
        left = np.where(left == NOTHING, contacts["ended"].take(index), left)
        still = left == NOTHING
        station = self.axes.rank["written_station"].take(contacts["station"].take(index))
        np.maximum.at(self._oldest, station[still], end - received[still])
        width = len(self._midnights) + 1
        last = np.where(still, width - 1, np.searchsorted(self._midnights, left, side="left"))
        begins = np.searchsorted(self._midnights, received, side="left")
        for band, (_, high) in enumerate(BANDS):
            ends = last if high is None else np.minimum(np.searchsorted(self._midnights, received + high * DAY, side="right"), last)
            row = (station * len(BANDS) + band) * width
            np.add.at(self._steps, row + begins, 1)
            np.add.at(self._steps, row + ends, -1)
            begins = ends

    def finish(self) -> None:
        """Turn differences into counts."""
        width = len(self._midnights) + 1
        counts = np.cumsum(self._steps.reshape(self._stations, len(BANDS), width), axis=2)[:, :, :-1]
        self._by_day[:] = counts.reshape(-1)
        inside = np.flatnonzero(self.axes.day >= 0)
        month = np.zeros(width - 1, dtype=np.int64)
        month[self.axes.day[inside]] = self.axes.month[inside]
        by_month = self._by_month.reshape(self._stations, len(BANDS), self.axes.size("month"))
        for day, at in enumerate(month):
            by_month[:, :, at] += counts[:, :, day]
