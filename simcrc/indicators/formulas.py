"""How an indicator is computed from expressions: a total, a ratio of sums, a mean of daily ratios, a quantile, a largest value, a gap between segments.

Totals, maxima, quantiles, daily means and gaps are figures of one replication: their mean over replications has a t interval.  A ratio takes the sums of all
replications first and has a jackknife interval (``simcrc.experiment.statistics``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimates, means, ratios
from simcrc.indicators.expressions import By, Expression, Measure, Reals

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals


class Formula:
    """What an indicator computes."""

    def expressions(self) -> tuple[Expression, ...]:
        """The expressions that it is made of."""
        raise NotImplementedError

    def parts(self) -> Iterator[Expression]:
        """All expressions in it, their parts included."""
        for expression in self.expressions():
            yield from expression.parts()

    def estimates(self, totals: Totals, by: By) -> Estimates | None:
        """One estimate a cell of `by`; None when the breakdown does not exist for it."""
        values = self.values(totals, by)
        return None if values is None else means(values)

    def values(self, totals: Totals, by: By) -> Reals | None:
        """The figure of each replication, nan where it has none; shape (replications, *sizes of `by`)."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Total(Formula):
    """A sum.  With `where`, there is none in the cells where that is 0 (nothing was there to be counted)."""

    of: Expression
    where: Expression | None = None

    def expressions(self) -> tuple[Expression, ...]:
        return (self.of,) if self.where is None else (self.of, self.where)

    def values(self, totals: Totals, by: By) -> Reals | None:
        values = self.of.cells(totals, by)
        where = self.where.cells(totals, by) if self.where is not None and by else None
        if values is None or where is None:
            return values
        return np.where((where != 0).any(axis=0), values, np.nan)


@dataclass(frozen=True, eq=False)
class Ratio(Formula):
    """A ratio of sums."""

    over: Expression
    under: Expression

    def expressions(self) -> tuple[Expression, ...]:
        return (self.over, self.under)

    def estimates(self, totals: Totals, by: By) -> Estimates | None:
        over, under = self.over.cells(totals, by), self.under.cells(totals, by)
        return None if over is None or under is None else ratios(over, under)

    def values(self, totals: Totals, by: By) -> Reals | None:
        over, under = self.over.cells(totals, by), self.under.cells(totals, by)
        if over is None or under is None:
            return None
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(under != 0, over / under, np.nan)


@dataclass(frozen=True, eq=False)
class OverTime(Formula):
    """A mean over time: a ratio whose denominator, the length of the period, is the same in every replication.  `where` as in ``Total``."""

    over: Expression
    under: Expression
    where: Expression | None = None

    def expressions(self) -> tuple[Expression, ...]:
        return (self.over, self.under) if self.where is None else (self.over, self.under, self.where)

    def values(self, totals: Totals, by: By) -> Reals | None:
        values = Ratio(self.over, self.under).values(totals, by)
        where = self.where.cells(totals, by) if self.where is not None and by else None
        if values is None or where is None:
            return values
        return np.where((where != 0).any(axis=0), values, np.nan)


@dataclass(frozen=True, eq=False)
class DailyMean(Formula):
    """The mean of daily ratios, over the days of the measured period on which `where` is not 0: every day counts the same."""

    over: Expression
    under: Expression
    where: Expression

    def expressions(self) -> tuple[Expression, ...]:
        return (self.over, self.under, self.where)

    def values(self, totals: Totals, by: By) -> Reals | None:
        if "day" in by:
            return None
        daily = Ratio(self.over, self.under).values(totals, (*by, "day"))
        where = self.where.cells(totals, (*by, "day"))
        return None if daily is None or where is None else _mean(np.where(where != 0, daily, np.nan))


@dataclass(frozen=True, eq=False)
class Quantile(Formula):
    """The quantile `q` of a histogram, in microseconds times `factor`."""

    of: Measure
    q: float
    factor: float = 1.0

    def expressions(self) -> tuple[Expression, ...]:
        return (self.of,)

    def values(self, totals: Totals, by: By) -> Reals | None:
        found = totals.histograms(self.of.name, tuple(self.of.full(layout) for layout in self.of.kept()), by)
        if found is None:
            return None
        return np.stack([each.quantile(self.q) for each in found]).reshape(len(totals), *totals.axes.shape(by)) * self.factor


@dataclass(frozen=True, eq=False)
class Gap(Formula):
    """The largest difference of `of` between two segments; none with fewer than two segments that have a figure."""

    of: Formula

    def expressions(self) -> tuple[Expression, ...]:
        return self.of.expressions()

    def values(self, totals: Totals, by: By) -> Reals | None:
        if "segment" in by:
            return None
        values = self.of.values(totals, (*by, "segment"))
        if values is None:
            return None
        known = ~np.isnan(values)
        gap = np.where(known, values, -np.inf).max(axis=-1) - np.where(known, values, np.inf).min(axis=-1)
        return np.where(known.sum(axis=-1) >= 2, gap, np.nan)


def _mean(values: Reals) -> Reals:
    known: npt.NDArray[np.bool_] = ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(known, values, 0.0).sum(axis=-1) / known.sum(axis=-1), dtype=np.float64)
