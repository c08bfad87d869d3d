"""Numbers that go up and down in time (a queue, lines, agents), by key: their integral in each month, half hour of the week and day, and their largest value.

Memory is that of the keys and of the periods of the results; the half hours of a batch are folded into them when the batch is done.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simcrc.indicators.axes import Axes
from simcrc.indicators.sums import Sums
from simcrc.model.calendar import HALF_HOUR

Integers = npt.NDArray[np.int64]
PERIODS = ("month", "slot", "day")


class Levels:
    """The levels of the keys of an axis, kept in `sums` as `name` by axis and period (microseconds times level); `run`: also by day of the run, warm-up
    included."""

    def __init__(self, name: str, axis: str, axes: Axes, sums: Sums, run: bool = False) -> None:
        self.name, self.axes = name, axes
        self.keys = axes.size(axis)
        self.level = np.zeros(self.keys, dtype=np.int64)
        self._until = 0
        periods = (*PERIODS, "run_day") if run else PERIODS
        self._into = {period: sums.array(name, (axis, period), self.keys * axes.size(period)).reshape(self.keys, axes.size(period)) for period in periods}

    def add(self, times: Integers, keys: Integers, steps: Integers, until: int) -> None:
        """Steps of the levels, at `times` up to `until`, in any order; earlier batches ended before their own `until`, and steps that come late count
        from their own time."""
        low = min(int(times.min()) if len(times) else self._until, self._until) // HALF_HOUR
        width = until // HALF_HOUR - low + 1
        flat, rest = (np.zeros(self.keys * width, dtype=np.int64) for _ in range(2))
        bins = times // HALF_HOUR
        cells = keys * width + (bins - low)
        np.add.at(flat, cells, steps)
        np.add.at(rest, cells, steps * ((bins + 1) * HALF_HOUR - times))
        counts, parts = flat.reshape(self.keys, width), rest.reshape(self.keys, width)
        at = self._until // HALF_HOUR
        counts[:, at - low] += self.level
        parts[:, at - low] += self.level * ((at + 1) * HALF_HOUR - self._until)
        after = np.cumsum(counts, axis=1)
        time = parts + HALF_HOUR * (after - counts)
        time[:, -1] -= after[:, -1] * ((until // HALF_HOUR + 1) * HALF_HOUR - until)
        np.add.at(self.level, keys, steps)
        self._until = until
        self._fold(time, low, width)

    def _fold(self, time: Integers, low: int, width: int) -> None:
        for period, into in self._into.items():
            code = getattr(self.axes, period)[low : low + width]
            inside = np.flatnonzero(code >= 0)
            np.add.at(into.T, code[inside], time[:, inside].T)


class Peaks:
    """The largest level of each key in the measured period, kept in `sums` as `name`; levels at the end of each instant, when all that is
    simultaneous has happened."""

    def __init__(self, name: str, axis: str, axes: Axes, sums: Sums) -> None:
        self.keys, self.model = axes.size(axis), axes.model
        self.level = np.zeros(self.keys, dtype=np.int64)
        self._since = np.full(self.keys, -1, dtype=np.int64)
        self._most = sums.array(name, (axis,), self.keys)

    def add(self, times: Integers, keys: Integers, steps: Integers) -> None:
        """Steps in the order of time, none before those of earlier calls."""
        for key in np.unique(keys):
            chosen = np.flatnonzero(keys == key)
            when = np.concatenate([[self._since[key]], times.take(chosen)])
            level = self.level[key] + np.concatenate([[0], np.cumsum(steps.take(chosen))])
            # A level counts if it lasts, and lasts into the measured period; the last one is judged when the next step, or the end, is known.
            lasts = (when[1:] > when[:-1]) & (when[1:] > self.model.start) & (when[:-1] < self.model.end)
            self._most[key] = max(int(self._most[key]), int(level[:-1][lasts].max(initial=0)))
            self.level[key], self._since[key] = level[-1], when[-1]

    def finish(self, end: int) -> None:
        """Judge the levels that last until `end`."""
        lasting = self._since < end
        self._most[lasting] = np.maximum(self._most, self.level)[lasting]
