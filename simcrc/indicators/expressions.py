"""What indicators are made of: additive measures, and linear expressions in them.

A ``Measure`` is a count, a sum or a histogram of the rows of a frame; a ``Stored`` one comes from ``simcrc.observe.follow``
(quantities followed in time).  Both are accumulated for each replication in ``Sums``.  An ``Expression`` gives for each
replication its value in every cell of a breakdown, or None where the breakdown does not exist for it.  ``formulas`` turns
expressions into estimates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from simcrc.indicators.frames import LAYOUTS, Frame, Layout
from simcrc.model.calendar import HALF_HOUR

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes
    from simcrc.indicators.totals import Totals

Reals = npt.NDArray[np.float64]
By = tuple[str, ...]
"""Axes of a breakdown, in order; () for the whole run."""


class Expression:
    """Something that has one value a replication and cell; linear in the measures that it is made of."""

    def cells(self, totals: Totals, by: By) -> Reals | None:
        """Values of shape (replications, *sizes of `by`), or None where the breakdown does not exist."""
        raise NotImplementedError

    def parts(self) -> Iterator[Expression]:
        """This expression and all that it is made of."""
        yield self

    def __add__(self, other: Expression) -> Expression:
        return Combined(((self, 1.0), (other, 1.0)))

    def __sub__(self, other: Expression) -> Expression:
        return Combined(((self, 1.0), (other, -1.0)))

    def __mul__(self, factor: float) -> Expression:
        return Combined(((self, factor),))


@dataclass(frozen=True, eq=False)
class Measure(Expression):
    """An additive measure on the rows of `frame`.

    `value` gives for each row True or False (counted), an integer (summed exactly), or, with `axis`, the level of the row along that axis (counted by
    level; negative: not counted).
    `reduce` max keeps the largest instead of the sum.  `layouts` replace those of the frame.  Names are unique.
    """

    name: str
    frame: str
    value: Callable[[Frame], npt.NDArray[Any]]
    axis: str | None = None
    reduce: Literal["sum", "max"] = "sum"
    layouts: tuple[Layout, ...] | None = None

    def kept(self) -> tuple[Layout, ...]:
        """The layouts in which it is accumulated, without the axis of its own."""
        return self.layouts or LAYOUTS[self.frame]

    def full(self, layout: Layout) -> Layout:
        """`layout` with the axis of its own."""
        return layout if self.axis is None else (*layout, self.axis)

    def cells(self, totals: Totals, by: By) -> Reals | None:
        return totals.cells(self.name, tuple(self.full(layout) for layout in self.kept()), by, self.reduce)


@dataclass(frozen=True, eq=False)
class Stored(Expression):
    """A measure that the observer accumulates itself, under `name` in `layouts`."""

    name: str
    layouts: tuple[Layout, ...]
    reduce: Literal["sum", "max"] = "sum"

    def cells(self, totals: Totals, by: By) -> Reals | None:
        return totals.cells(self.name, self.layouts, by, self.reduce)


@dataclass(frozen=True, eq=False)
class Combined(Expression):
    """A sum of expressions times factors."""

    terms: tuple[tuple[Expression, float], ...]

    def parts(self) -> Iterator[Expression]:
        yield self
        for term, _ in self.terms:
            yield from term.parts()

    def cells(self, totals: Totals, by: By) -> Reals | None:
        out: Reals | None = None
        for term, factor in self.terms:
            values = term.cells(totals, by)
            if values is None:
                return None
            out = values * factor if out is None else out + values * factor
        return out


@dataclass(frozen=True, eq=False)
class FirstOf(Expression):
    """The same figure kept in several places: the first that has the breakdown."""

    choices: tuple[Expression, ...]

    def parts(self) -> Iterator[Expression]:
        yield self
        for choice in self.choices:
            yield from choice.parts()

    def cells(self, totals: Totals, by: By) -> Reals | None:
        return next((values for choice in self.choices if (values := choice.cells(totals, by)) is not None), None)


@dataclass(frozen=True, eq=False)
class Pick(Expression):
    """The part of `of` at the indices `at` of `axis`."""

    of: Expression
    axis: str
    at: tuple[int, ...]

    def parts(self) -> Iterator[Expression]:
        yield self
        yield from self.of.parts()

    def cells(self, totals: Totals, by: By) -> Reals | None:
        if self.axis in by:
            return None
        values = self.of.cells(totals, (*by, self.axis))
        return None if values is None else values[..., list(self.at)].sum(axis=-1)


@dataclass(frozen=True, eq=False)
class Across(Expression):
    """`of` without the axes `axes`: the same value in each of their cells, so that parts add up over one denominator."""

    of: Expression
    axes: tuple[str, ...]

    def parts(self) -> Iterator[Expression]:
        yield self
        yield from self.of.parts()

    def cells(self, totals: Totals, by: By) -> Reals | None:
        values = self.of.cells(totals, tuple(axis for axis in by if axis not in self.axes))
        if values is None:
            return None
        shape = [1 if axis in self.axes else totals.axes.size(axis) for axis in by]
        return np.broadcast_to(values.reshape(len(values), *shape), (len(values), *totals.axes.shape(by)))


@dataclass(frozen=True, eq=False)
class Weighted(Expression):
    """`of` times `weights`, an array over `axes` that depends on the model only (prices, flags of channels); the axes that `by` does not ask for are summed."""

    of: Expression
    axes: tuple[str, ...]
    weights: Callable[[Totals], npt.NDArray[Any]]

    def parts(self) -> Iterator[Expression]:
        yield self
        yield from self.of.parts()

    def cells(self, totals: Totals, by: By) -> Reals | None:
        finer = tuple(axis for axis in self.axes if axis not in by and not (axis == "channel" and "station" in by))
        values = self.of.cells(totals, (*by, *finer))
        if values is None:
            return None
        weights, have = self.weights(totals), list(self.axes)
        if "channel" in have and "station" in by:
            weights = weights.take(totals.axes.channel_of, axis=have.index("channel"))
            have[have.index("channel")] = "station"
        order = [axis for axis in (*by, *finer) if axis in have]
        weights = weights.transpose([have.index(axis) for axis in order])
        shape = [totals.axes.size(axis) if axis in have else 1 for axis in (*by, *finer)]
        product: Reals = values * weights.reshape(shape)
        return np.asarray(product.sum(axis=tuple(range(product.ndim - len(finer), product.ndim)))) if finer else product


@dataclass(frozen=True, eq=False)
class Given(Expression):
    """What the model says and no run changes (paid hours, fixed costs): `values` gives an array over `axis` and one of the `periods` (month, slot, day)."""

    axis: str
    periods: tuple[str, ...]
    values: Callable[[Axes, str], Reals]

    def cells(self, totals: Totals, by: By) -> Reals | None:
        asked = [axis for axis in by if axis != self.axis]
        if len(asked) > 1 or any(axis not in self.periods for axis in asked):
            return None
        values = self.values(totals.axes, asked[0] if asked else self.periods[0])
        values = values if asked else values.sum(axis=1)
        if self.axis not in by:
            values = values.sum(axis=0)
        elif by[0] != self.axis:
            values = values.T
        return np.broadcast_to(values, (len(totals), *totals.axes.shape(by)))


@dataclass(frozen=True, eq=False)
class Length(Expression):
    """The length of the period in each cell: the denominator of means over time.  In microseconds, or in days, which half hours of the week do not have."""

    in_days: bool = False

    def cells(self, totals: Totals, by: By) -> Reals | None:
        axes, period = totals.axes, [axis for axis in by if axis in ("month", "slot", "day")]
        if len(period) > 1 or (self.in_days and period == ["slot"]):
            return None
        whole = float(axes.size("day")) if self.in_days else float(axes.model.end - axes.model.start)
        lengths = self._by(axes, period[0]) if period else np.array([whole])
        shape = [axes.size(axis) if axis in period else 1 for axis in by]
        return np.broadcast_to(lengths.reshape(shape), (len(totals), *axes.shape(by)))

    def _by(self, axes: Axes, period: str) -> Reals:
        code: npt.NDArray[np.int64] = getattr(axes, period)
        inside = axes.day >= 0
        if self.in_days:
            code = code[np.flatnonzero(inside & (np.diff(axes.day, prepend=-1) != 0))]
            return np.bincount(code, minlength=axes.size(period)).astype(np.float64)
        return np.asarray(np.bincount(code[inside], minlength=axes.size(period)) * float(HALF_HOUR), dtype=np.float64)


LENGTH = Length()
DAYS = Length(in_days=True)
