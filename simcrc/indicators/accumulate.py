"""Accumulating: every measure that some indicator needs, over the batches of one replication.  The sums stay the same size however long the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcrc.indicators.axes import Axes
from simcrc.indicators.expressions import Measure
from simcrc.indicators.frames import Frame, Table, frames
from simcrc.indicators.sums import Sums
from simcrc.indicators.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable


class Accumulator:
    """Adds batches of contacts and needs to `sums`."""

    def __init__(self, axes: Axes, terms: Terms, measures: Iterable[Measure]) -> None:
        self.axes, self.terms = axes, terms
        self.sums = Sums()
        self._measures = tuple(measures)

    def add(self, contacts: Table, needs: Table) -> None:
        """Add a batch."""
        made = frames(contacts, needs, self.axes, self.terms)
        for measure in self._measures:
            if measure.frame in made:
                self.measure(measure, made[measure.frame])

    def measure(self, measure: Measure, frame: Frame) -> None:
        """Add one measure of one frame."""
        values = measure.value(frame)
        index = None
        weights: np.ndarray[tuple[int, ...], np.dtype[np.int64]] | int = 1
        if measure.axis is not None:
            if len(values) and values.min() < 0:
                index = np.flatnonzero(values >= 0)
                values = values.take(index)
        elif values.dtype == np.bool_:
            index = np.flatnonzero(values)
        else:
            index = np.flatnonzero(values)
            weights = values.take(index).astype(np.int64, copy=False)
        levels = 1 if measure.axis is None else self.axes.size(measure.axis)
        for layout in measure.kept():
            full = measure.full(layout)
            size = int(np.prod(self.axes.shape(full), dtype=np.int64))
            into = self.sums.array(measure.name, full, size)
            codes = frame.codes(layout)
            if index is not None:
                codes = codes.take(index)
            if measure.axis is not None:
                codes = codes * levels + values
            if measure.reduce == "max":
                np.maximum.at(into, codes, weights)
            else:
                np.add.at(into, codes, weights)
