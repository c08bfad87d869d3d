"""Whether targets are met: over the whole period, on each weekday, or in each half hour of the week.

A cell is what a target must hold in: one, seven or 336 of them.  A figure of a cell is estimated as in the table of results (ratios: sums of all replications
first), and a target is met when the estimate meets it; how sure that is, its interval says.  Cells in which even ample staff gives no figure, because nobody
comes, are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import LEVEL, Estimates, means, ratios
from simcrc.scenario.week import HALF_HOURS
from simcrc.staffing.crews import open_hours
from simcrc.staffing.errors import TargetError, Trouble
from simcrc.staffing.plan import SLOTS
from simcrc.staffing.target import Aim
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes
    from simcrc.indicators.expressions import By
    from simcrc.indicators.totals import Totals

Period = Literal["half-hour", "day", "week"]
Verdict = Literal["met", "missed", "unsure"]
PERIODS: tuple[Period, ...] = ("half-hour", "day", "week")
Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NOT_BY = Words(
    fr="« {aim} » : cet indicateur n'existe pas par demi-heure ; il ne peut être visé qu'avec --by week",
    en='"{aim}": the indicator does not exist by half hour; it can be a target with --by week only',
)


def cell_of(period: Period) -> npt.NDArray[np.int64]:
    """The cell of each half hour of the week; shape (336,)."""
    slots = np.arange(SLOTS)
    return slots if period == "half-hour" else slots // HALF_HOURS if period == "day" else np.zeros(SLOTS, dtype=np.int64)


def cells_in(period: Period) -> int:
    """How many cells there are."""
    return int(cell_of(period).max()) + 1


def _at(values: Reals, index: tuple[int, ...]) -> Reals:
    """The cell `index` of each replication."""
    where: tuple[Any, ...] = (slice(None), *index)
    return np.asarray(values[where], dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Look:
    """What a plan gave.  By aim: `estimates` (of its cells), `met` (cells that are left out count as met), `margins`: by half hour, how far beyond the target
    the sums of all replications are (numerator against value × denominator), None for what is no ratio of sums."""

    estimates: tuple[Estimates, ...]
    met: tuple[Flags, ...]
    margins: tuple[Reals | None, ...]

    @property
    def all_met(self) -> bool:
        """Whether every target is met in every cell."""
        return all(bool(each.all()) for each in self.met)


@dataclass(eq=False)
class Judge:
    """Measures `aims` on totals.  `counted`: by aim the cells that count, once ``count`` has looked at ample staff."""

    aims: tuple[Aim, ...]
    period: Period
    axes: Axes
    counted: list[Flags] = field(default_factory=list)

    def __post_init__(self) -> None:
        troubles: list[Trouble] = [(NOT_BY, {"aim": aim.text}) for aim in self.aims if self.period != "week" and not self._by_slot(aim)]
        if troubles:
            raise TargetError(troubles)

    def _by_slot(self, aim: Aim) -> bool:
        from simcrc.indicators import indicators
        from simcrc.indicators.formulas import Quantile, Ratio

        indicator = indicators()[aim.indicator]
        ratio = isinstance(indicator.formula, Ratio)
        return any("slot" in by for by in indicator.by) and (ratio or (self.period == "half-hour" and isinstance(indicator.formula, Quantile)))

    def count(self, totals: Totals) -> None:
        """Let the cells count in which the place of the aim is open and `totals`, of ample staff, has a figure."""
        self.counted = [~np.isnan(self.estimates(aim, totals).mean) & self._open(aim) for aim in self.aims]

    def _open(self, aim: Aim) -> Flags:
        """The cells in which the place of an aim is open; all for teams and for the whole."""
        slots = np.ones(SLOTS, dtype=bool)
        channel = aim.place.partition(".")[0]
        if self.period == "half-hour" and channel in self.axes.labels["channel"]:
            slots = open_hours(self.axes.model, self.axes.labels["channel"].index(channel))
        return np.bincount(cell_of(self.period), weights=slots) > 0

    def look(self, totals: Totals) -> Look:
        """How a plan does."""
        estimates = tuple(self.estimates(aim, totals) for aim in self.aims)
        met = tuple(aim.met(each.mean) | ~counted for aim, each, counted in zip(self.aims, estimates, self.counted, strict=True))
        return Look(estimates, met, tuple(self._margins(aim, totals) for aim in self.aims))

    def estimates(self, aim: Aim, totals: Totals, period: Period | None = None, level: float = LEVEL) -> Estimates:
        """The figure of an aim in each cell, shape (cells,); `period`: by other cells; `level`: of the intervals (that of the whole stays at 95 %)."""
        from simcrc.indicators import indicators

        period = period or self.period
        formula = indicators()[aim.indicator].formula
        if period == "week":
            by, index = self._where(aim)
            whole = formula.estimates(totals, by)
            assert whole is not None
            pick = [values[index] for values in (whole.mean, whole.low, whole.high, whole.replications)]
            return Estimates(*(np.atleast_1d(values) for values in pick))
        sums = self._sums(aim, totals)
        if sums is not None:
            over, under = (np.stack([np.bincount(cell_of(period), weights=row) for row in each]).astype(np.float64) for each in sums)
            return ratios(over, under, level)
        by, index = self._where(aim)
        values = formula.values(totals, (*by, "slot"))
        return means(np.full((len(totals), SLOTS), np.nan) if values is None else _at(values, index), level)

    def values(self, aim: Aim, totals: Totals) -> Reals:
        """The figure of an aim over the whole period in each replication; shape (replications,)."""
        from simcrc.indicators import indicators

        by, index = self._where(aim)
        values = indicators()[aim.indicator].formula.values(totals, by)
        assert values is not None
        return _at(values, index)

    def by_slot(self, aim: Aim, totals: Totals) -> Estimates | None:
        """The figure by half hour of the week, shape (336,); None when it has none."""
        from simcrc.indicators import indicators

        return self.estimates(aim, totals, "half-hour") if any("slot" in by for by in indicators()[aim.indicator].by) else None

    def _margins(self, aim: Aim, totals: Totals) -> Reals | None:
        sums = self._sums(aim, totals)
        if sums is None:
            return None
        over, under = (each.sum(axis=0) for each in sums)
        return np.asarray(over - aim.value * under if aim.upward else aim.value * under - over)

    def _sums(self, aim: Aim, totals: Totals) -> tuple[Reals, Reals] | None:
        """Numerator and denominator by half hour, shape (replications, 336); None for what is no ratio of sums."""
        from simcrc.indicators import indicators
        from simcrc.indicators.formulas import Ratio

        formula = indicators()[aim.indicator].formula
        if not isinstance(formula, Ratio):
            return None
        by, index = self._where(aim)
        over, under = (part.cells(totals, (*by, "slot")) for part in (formula.over, formula.under))
        if over is None or under is None:
            return None
        return _at(over, index), _at(under, index)

    def _where(self, aim: Aim) -> tuple[By, tuple[int, ...]]:
        from simcrc.indicators import indicators
        from simcrc.indicators.cells import Where, breakdown, index

        where = Where(channel=aim.place or None)
        by = breakdown(indicators()[aim.indicator], where)
        at = None if by is None else index(self.axes, by, where)
        assert by is not None  # ``target`` has seen to it
        assert at is not None
        return by, at

    def verdicts(self, totals: Totals) -> tuple[Verdict, ...]:
        """By aim, on totals that the search has not seen: met when the whole interval says so in each cell that counts, missed when in some cell it
        says the contrary, else unsure; intervals of 95 % for all cells together (Bonferroni)."""
        out: list[Verdict] = []
        for aim, counted in zip(self.aims, self.counted, strict=True):
            level = 1.0 - (1.0 - LEVEL) / max(1, int(counted.sum()))
            seen = self.estimates(aim, totals, level=level)
            near, far = (seen.low, seen.high) if aim.upward else (seen.high, seen.low)
            sure, lost = aim.met(near) | ~counted, ~aim.met(far) & ~np.isnan(far) & counted
            out.append("met" if sure.all() else "missed" if lost.any() else "unsure")
        return tuple(out)
