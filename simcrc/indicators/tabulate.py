"""The table of results: every indicator in every breakdown, in tidy form.

One row a figure: indicator, channel, service, segment, reason, period, unit, mean, low, high, replications.  Text columns have None where an axis
does not apply;
`period` is None for the whole run, "2006-04" for a month, "Mon 08:30" for a half hour of the week, "2006-04-03" for a day.  A site is ``channel.site``, a team
``team:name`` in the column of the channel.  Rows stand in the order of the indicators' names, of their breakdowns, and of the scenario.
Figures that do not exist are left out, except for the whole run, where they are missing (nan in the frame; None in ``records``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimates
from simcrc.indicators import indicators
from simcrc.indicators.axes import Axes
from simcrc.indicators.expressions import By
from simcrc.indicators.indicator import Indicator
from simcrc.indicators.sums import Sums
from simcrc.indicators.totals import Totals

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.model.model import Model

TEXTS = ("indicator", "channel", "service", "segment", "reason", "period", "unit")
FIGURES = ("mean", "low", "high")
COLUMNS = (*TEXTS, *FIGURES, "replications")
COLUMN_OF = {
    "channel": "channel",
    "station": "channel",
    "mode": "channel",
    "pair": "channel",
    "team": "channel",
    "service": "service",
    "segment": "segment",
    "reason": "reason",
    "month": "period",
    "slot": "period",
    "day": "period",
}
Part = dict[str, npt.NDArray[Any]]


def tabulate(model: Model, sums: Sequence[Sums], names: Sequence[str] | None = None, axes: Collection[str] | None = None) -> pd.DataFrame:
    """The table of the indicators (`names`: only these, in this order) over the replications whose `sums` are given; at least one.  With `axes`, only
    breakdowns by these."""
    return table(Totals(model, sums), names, axes)


def table(totals: Totals, names: Sequence[str] | None = None, axes: Collection[str] | None = None) -> pd.DataFrame:
    """``tabulate`` of sums that were read already."""
    import pandas as pd

    known = indicators()
    labels = _labels(totals.axes)
    wanted = ((known[name], by) for name in (known if names is None else names) for by in known[name].by if axes is None or set(by) <= set(axes))
    parts = [part for indicator, by in wanted if (part := _part(indicator, by, totals, labels)) is not None]
    columns = {column: np.concatenate([part[column] for part in parts]) if parts else np.zeros(0) for column in COLUMNS}
    return pd.DataFrame({column: pd.Series(values, dtype=object) if column in TEXTS else values for column, values in columns.items()})


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as mappings for JSON: None, never nan, where a figure does not exist."""
    columns = {}
    for column in frame.columns:
        values = frame[column].tolist()
        columns[column] = [None if isinstance(value, float) and value != value else value for value in values] if column in FIGURES else values
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _labels(axes: Axes) -> dict[str, npt.NDArray[np.object_]]:
    return {axis: np.array(labels, dtype=object) for axis, labels in axes.labels.items()}


def _part(indicator: Indicator, by: By, totals: Totals, labels: dict[str, npt.NDArray[np.object_]]) -> Part | None:
    """The rows of one indicator in one breakdown, by column."""
    estimates = indicator.formula.estimates(totals, by)
    if estimates is None:
        return None
    index = np.flatnonzero(_shown(estimates, by, totals.axes))
    if not len(index):
        return None
    places = np.unravel_index(index, totals.axes.shape(by)) if by else ()
    part: Part = {column: np.full(len(index), None, dtype=object) for column in TEXTS}
    part["indicator"][:] = indicator.name
    part["unit"][:] = indicator.unit.replace("money", totals.axes.model.scenario.currency)
    for axis, place in zip(by, places, strict=True):
        part[COLUMN_OF[axis]] = labels[axis][place]
    for column in FIGURES:
        part[column] = np.atleast_1d(getattr(estimates, column)).reshape(-1)[index]
    # An interval of t knows no bounds: what cannot be is cut off.
    top = 1.0 if indicator.unit in ("share", "score") else np.inf
    mean, low, high = part["mean"], part["low"], part["high"]
    part["low"] = np.where(mean >= 0.0, np.maximum(low, 0.0), low)
    part["high"] = np.where(mean <= top, np.minimum(high, top), high)
    part["replications"] = np.atleast_1d(estimates.replications).reshape(-1)[index]
    return part


def _shown(estimates: Estimates, by: By, axes: Axes) -> npt.NDArray[np.bool_]:
    """Which cells are printed: those that have a figure; sites only where a channel has several places."""
    if not by:
        return np.ones(1, dtype=bool)
    shown = ~np.isnan(estimates.mean)
    if "station" in by:
        sites = np.array([station.site is not None for station in axes.model.stations])
        shown = shown & sites.reshape([-1 if axis == "station" else 1 for axis in by])
    return shown.reshape(-1)
