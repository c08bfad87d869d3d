"""Metrics: figures that variants are compared by, ``fcr`` or ``phone.asa``, each as one or two numbers a replication.

Figures are those of the whole measured period.  A ratio keeps its numerator and denominator, so that over replications sums come first; any other figure is
one number a replication.  ``simcrc.experiment.variants`` runs what is compared, ``statistics`` and ``contrasts`` give estimates, ``outcomes`` gives the
figure of a replication.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.experiment.contrasts import ratio_difference
from simcrc.experiment.naming import by_place, unknown
from simcrc.experiment.statistics import LEVEL, Estimate, mean, ratio

if TYPE_CHECKING:
    from simcrc.experiment.variants import Variants
    from simcrc.indicators.axes import Axes
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model

Reals = npt.NDArray[np.float64]

WHOLE = ("cost_per_need_resolved", "contacts_per_need", "fcr", "self_service_share")
LIVE = ("service_level", "asa", "abandonment_ratio")
WRITTEN = ("oldest_item", "turnaround_mean")
"""What is compared unless metrics are named: of the whole, of each channel where citizens wait for an agent, of each with a backlog."""


@dataclass(frozen=True)
class Metric:
    """A figure by its name, with its unit."""

    name: str
    unit: str

    @property
    def place(self) -> str:
        """The channel, site or team; "" for the whole."""
        return self.name.rpartition(".")[0]

    @property
    def indicator(self) -> str:
        """The indicator without its place."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, eq=False)
class Parts:
    """A metric of one variant, one entry a replication: numerators and denominators of a ratio, or figures (`under` None); nan where there is none."""

    over: Reals
    under: Reals | None

    def __len__(self) -> int:
        return len(self.over)

    @property
    def values(self) -> Reals:
        """The figure of each replication, nan where there is none."""
        if self.under is None:
            return self.over
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.under != 0, self.over / self.under, np.nan)

    def estimate(self, level: float = LEVEL) -> Estimate:
        """The figure over all replications: ratio of sums with a jackknife interval, or mean with a t interval."""
        if not self._there:
            return Estimate(None, None, None, 0)
        return mean(self.over, level) if self.under is None else ratio(self.over, self.under, level)

    def within(self, unit: str) -> Estimate:
        """``estimate``, its interval cut to what a figure in this `unit` can be, as in the table of results: nothing below 0, no share above 1."""
        found = self.estimate()
        if found.mean is None or found.low is None or found.high is None:
            return found
        top = 1.0 if unit in ("share", "score") else np.inf
        low = max(found.low, 0.0) if found.mean >= 0.0 else found.low
        return Estimate(found.mean, low, min(found.high, top) if found.mean <= top else found.high, found.replications)

    def minus(self, base: Parts, level: float = LEVEL) -> Estimate:
        """By how much the figure differs from that of `base` in the same replications: paired, so that what both share cancels."""
        if not self._there or not base._there:
            return Estimate(None, None, None, 0)
        if self.under is None or base.under is None:
            return mean(self.values - base.values, level)
        return ratio_difference(self.over, self.under, base.over, base.under, level).at()

    @property
    def _there(self) -> bool:
        return bool(np.isfinite(self.over).any())


def metrics(names: Iterable[str], models: Sequence[Model]) -> list[Metric]:
    """The metrics called `names`, each once.  Raises UnknownFigureError for what none of the `models` has."""
    from simcrc.indicators import indicators
    from simcrc.indicators.axes import Axes

    axes = [Axes.of(model) for model in models]
    out = []
    for name in dict.fromkeys(names):
        if not any(_cell(name, each) for each in axes):
            raise unknown(name, by_place(axes[0]))
        unit = indicators()[name.rpartition(".")[2]].unit
        out.append(Metric(name, unit.replace("money", models[0].scenario.currency)))
    return out


def usual(models: Sequence[Model]) -> list[str]:
    """The names of the metrics of those who named none: cost, contacts, first-contact resolution, self-service; the queues and backlogs of each channel."""
    from simcrc.indicators.axes import Axes

    found = dict.fromkeys(WHOLE)
    for model in models:
        axes = Axes.of(model)
        for kept, names in ((axes.live, LIVE), (axes.written, WRITTEN)):
            channels = [axes.labels["channel"][k] for k in dict.fromkeys(axes.channel_of[kept].tolist())]
            found |= dict.fromkeys(f"{channel}.{name}" for channel in channels for name in names)
    return list(found)


def parts(variants: Variants, name: str, wanted: Sequence[Metric], replications: Iterable[int]) -> dict[str, Parts]:
    """By name each of the metrics `wanted` in the `replications` of a variant, which have run; one replication at a time is in memory."""
    return gathered(wanted, variants.each(name, replications))


def gathered(wanted: Sequence[Metric], each: Iterable[Totals]) -> dict[str, Parts]:
    """By name each of the metrics `wanted` in replications that come one by one."""
    rows = [[_of(totals, metric) for metric in wanted] for totals in each]
    out = {}
    for metric, pairs in zip(wanted, zip(*rows, strict=True), strict=True):
        over = np.array([over for over, _ in pairs], dtype=np.float64)
        under = np.array([1.0 if under is None else under for _, under in pairs], dtype=np.float64)
        made = Parts(over, under)
        out[metric.name] = made if all(under is not None for _, under in pairs) else Parts(made.values, None)
    return out


def part(totals: Totals, name: str) -> Parts:
    """The metric called `name` in all replications of `totals` at once; nan where the variant has no such figure."""
    from simcrc.indicators import indicators
    from simcrc.indicators.formulas import Ratio

    nothing = Parts(np.full(len(totals), np.nan), None)
    found, known = _cell(name, totals.axes), indicators()
    if found is None:
        return nothing
    formula, (by, cell) = known[name.rpartition(".")[2]].formula, found
    arrays = [formula.over.cells(totals, by), formula.under.cells(totals, by)] if isinstance(formula, Ratio) else [formula.values(totals, by)]
    everywhere: tuple[Any, ...] = (slice(None), *cell)
    taken = [np.asarray(array[everywhere], dtype=np.float64) for array in arrays if array is not None]
    return nothing if len(taken) < len(arrays) else Parts(taken[0], taken[1] if len(taken) == 2 else None)


def joined(one: Parts, other: Parts) -> Parts:
    """The replications of `one`, then those of `other`."""
    if one.under is None or other.under is None:
        return Parts(np.concatenate([one.values, other.values]), None)
    return Parts(np.concatenate([one.over, other.over]), np.concatenate([one.under, other.under]))


def _of(totals: Totals, metric: Metric) -> tuple[float, float | None]:
    """Numerator and denominator, or figure and None, in the one replication of `totals`; nan where the variant has no such figure."""
    from simcrc.indicators import indicators
    from simcrc.indicators.formulas import Ratio

    found = _cell(metric.name, totals.axes)
    if found is None:
        return np.nan, None
    formula, (by, cell) = indicators()[metric.indicator].formula, found
    arrays = [formula.over.cells(totals, by), formula.under.cells(totals, by)] if isinstance(formula, Ratio) else [formula.values(totals, by)]
    known = [float(array[(0, *cell)]) for array in arrays if array is not None]
    if len(known) < len(arrays):
        return np.nan, None
    return known[0], known[1] if len(known) == 2 else None


def _cell(name: str, axes: Axes) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    """The breakdown and the index of a figure; None where there is none."""
    from simcrc.indicators import indicators
    from simcrc.indicators.cells import Where, breakdown, index

    place, _, short = name.rpartition(".")
    known = indicators()
    where = Where(channel=place or None)
    by = breakdown(known[short], where) if short in known else None
    cell = None if by is None else index(axes, by, where)
    return None if by is None or cell is None else (by, cell)
