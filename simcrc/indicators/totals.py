"""Totals of several replications along the axes of a breakdown: the smallest array that has the axes, the others summed away.

Of hundreds of replications whose sums stand in files (``Sums.open``) only what is being looked at is in memory, and some of what was looked at last.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from simcrc.indicators.axes import Axes
from simcrc.indicators.histogram import Histograms
from simcrc.indicators.sums import Sums, key
from simcrc.indicators.terms import Terms

if TYPE_CHECKING:
    from simcrc.model.model import Model

Reals = npt.NDArray[np.float64]
Layout = tuple[str, ...]
Reduce = Literal["sum", "max"]

FINER = {"channel": ("station", "live_station", "written_station"), "station": ("live_station", "written_station")}
"""Axes from which another can be had."""


class Totals:
    """The sums of the replications of one scenario."""

    def __init__(self, model: Model, sums: Sequence[Sums]) -> None:
        self.axes = Axes.of(model)
        self.terms = Terms.of(model)
        self._sums = list(sums)
        self._cells = _Latest()
        self._histograms = _Latest()

    def __len__(self) -> int:
        return len(self._sums)

    def cells(self, name: str, layouts: Sequence[Layout], by: Layout, reduce: Reduce) -> Reals | None:
        """The measure `name`, kept in `layouts`, by the axes `by`: shape (replications, *sizes); None when no layout has these axes or a replication
        lacks the measure."""
        found = self._cells.get((name, by))
        if found is None:
            layout = self._layout(name, layouts, by)
            if layout is None:
                return None
            found = np.empty((len(self._sums), *self.axes.shape(by)))
            for number, sums in enumerate(self._sums):
                found[number] = self._one(sums.arrays[key(name, layout)], layout, by, reduce)
            self._cells.keep((name, by), found, found.nbytes)
        return np.asarray(found, dtype=np.float64)

    def raw(self, name: str, layout: Layout) -> Reals | None:
        """An array whose axes are its own (``transitions``), as it is kept: shape (replications, its size); None when a replication lacks it."""
        found = [sums.arrays.get(key(name, layout)) for sums in self._sums]
        return None if any(each is None for each in found) else np.array(found, dtype=np.float64)

    def histograms(self, name: str, layouts: Sequence[Layout], by: Layout) -> Iterator[Histograms] | None:
        """The histograms of each replication in the cells of `by`, from a measure kept in `layouts` (the last axis of which is the bin)."""
        layout = self._layout(name, layouts, by)
        if layout is None:
            return None
        found = self._histograms.get((name, by))
        return self._reading(name, layout, by) if found is None else iter(found)

    def _reading(self, name: str, layout: Layout, by: Layout) -> Iterator[Histograms]:
        """One histogram after the other; those of all replications are kept when they are small enough."""
        kept, size = [], 0
        for sums in self._sums:
            one = self._histogram(sums.arrays[key(name, layout)], layout, by)
            size += one.nbytes
            if size <= self._histograms.room:
                kept.append(one)
            yield one
        if len(kept) == len(self._sums):
            self._histograms.keep((name, by), kept, size)

    def _layout(self, name: str, layouts: Sequence[Layout], by: Layout) -> Layout | None:
        """The smallest of `layouts` that has the axes `by`; None when there is none, or a replication lacks it."""
        able = [layout for layout in layouts if all(_source(axis, layout) for axis in by)]
        if not able or {"channel", "station"} <= set(by):
            return None
        layout = min(able, key=self._size)
        return None if any(key(name, layout) not in sums.arrays for sums in self._sums) else layout

    def _histogram(self, flat: npt.NDArray[Any], layout: Layout, by: Layout) -> Histograms:
        index = np.flatnonzero(flat)
        along = dict(zip(layout, np.unravel_index(index, self.axes.shape(layout)), strict=True))
        cells = np.zeros(len(index), dtype=np.int64)
        for axis in by:
            source = str(_source(axis, layout))
            code = along[source]
            if source != axis:
                code = self._map(source, axis)[code]
            cells = cells * self.axes.size(axis) + code
        return Histograms.of(self._size(by), cells, along["bin"].astype(np.int64), flat[index].astype(np.int64))

    def _size(self, layout: Layout) -> int:
        return int(np.prod(self.axes.shape(layout), dtype=np.int64))

    def _one(self, flat: npt.NDArray[Any], layout: Layout, by: Layout, reduce: Reduce) -> Reals:
        sources = [_source(axis, layout) for axis in by]
        gone = tuple(i for i, axis in enumerate(layout) if axis not in sources)
        values = flat.reshape(self.axes.shape(layout))
        if gone:
            values = values.sum(axis=gone, dtype=np.int64) if reduce == "sum" else values.max(axis=gone, initial=0)
        kept = [axis for axis in layout if axis in sources]
        values = values.transpose([kept.index(source) for source in sources if source]) if by else values
        for place, (axis, source) in enumerate(zip(by, sources, strict=True)):
            if source != axis:
                values = self._coarser(values, place, str(source), axis, reduce)
        return values.astype(np.float64)

    def _coarser(self, values: npt.NDArray[Any], place: int, source: str, axis: str, reduce: Reduce) -> npt.NDArray[np.int64]:
        """`values` with the axis at `place` turned from `source` into `axis`."""
        moved = np.moveaxis(values, place, 0)
        out = np.zeros((self.axes.size(axis), *moved.shape[1:]), dtype=np.int64)
        (np.maximum if reduce == "max" else np.add).at(out, self._map(source, axis), moved.astype(np.int64))
        return np.moveaxis(out, 0, place)

    def _map(self, source: str, axis: str) -> npt.NDArray[np.int64]:
        """The index along `axis` of each index along the finer axis `source`."""
        stations = np.arange(self.axes.size("station")) if source == "station" else self.axes.stations[source]
        return stations if axis == "station" else self.axes.channel_of[stations]


def _source(axis: str, layout: Layout) -> str | None:
    """The axis of `layout` that gives `axis`."""
    return next((name for name in (axis, *FINER.get(axis, ())) if name in layout), None)


class _Latest:
    """What was used last, by key, up to `room` bytes."""

    room = 4 << 20

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Layout], tuple[Any, int]] = OrderedDict()
        self._bytes = 0

    def get(self, name: tuple[str, Layout]) -> Any | None:
        if name not in self._kept:
            return None
        self._kept.move_to_end(name)
        return self._kept[name][0]

    def keep(self, name: tuple[str, Layout], value: Any, size: int) -> None:
        if size > self.room or name in self._kept:
            return
        self._kept[name] = (value, size)
        self._bytes += size
        while self._bytes > self.room:
            self._bytes -= self._kept.popitem(last=False)[1][1]
