"""What else the teams serve, before and after: the figures that were not aimed at and may pay for the staff that is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simcrc.experiment.statistics import Estimate
from simcrc.staffing.crews import Crew
from simcrc.staffing.judge import Judge
from simcrc.staffing.staffed import Beside

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals

LIVE = ("service_level", "asa", "abandonment_ratio", "blocking_ratio")
WRITTEN = ("within_standard", "turnaround_mean", "stock_end")
GROWTH = 1.5
"""A stock at the end that is this many times that of the written schedule, and 10 items more, is growing."""


def beside(judge: Judge, crews: Sequence[Crew], before: Totals, after: Totals) -> tuple[Beside, ...]:
    """The figures of the stations that the crews serve, those aimed at left out, and contacts a need."""
    axes = judge.axes
    aimed = {aim.name for aim in judge.aims}
    places: dict[str, tuple[str, ...]] = {}
    for crew in crews:
        for indicators, stations in ((LIVE, crew.live), (WRITTEN, crew.written)):
            places |= {axes.labels["station"][k]: indicators for k in stations}
    out = [each for place, names in places.items() for name in names if f"{place}.{name}" not in aimed and (each := _one(place, name, before, after))]
    whole = _one("", "contacts_per_need", before, after)
    return (*out, *([whole] if whole else []))


def _one(place: str, name: str, before: Totals, after: Totals) -> Beside | None:
    from simcrc.indicators import indicators
    from simcrc.indicators.cells import Where, breakdown, index

    indicator = indicators()[name]
    where = Where(channel=place or None)
    by = breakdown(indicator, where)
    at = None if by is None else index(before.axes, by, where)
    if by is None or at is None:
        return None
    pair: list[Estimate] = []
    for totals in (before, after):
        estimates = indicator.formula.estimates(totals, by)
        if estimates is None or np.isnan(estimates.mean[at]):
            return None
        pair.append(estimates.at(*at))
    old, new = pair[0].mean or 0.0, pair[1].mean or 0.0
    return Beside(place, name, indicator.unit, pair[0], pair[1], name == "stock_end" and new > GROWTH * old + 10)
