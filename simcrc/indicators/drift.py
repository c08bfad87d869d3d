"""Drift: how far first choices move by themselves in the measured period, when citizens learn.

Memory begins at the equilibrium of habits, but experience begins at nothing, so that the shares of a base with learning on may move though nobody does
anything.  The drift of a channel is its share of first choices in the last third of the months minus that in the first third, at the same mix of services and
segments, so that seasons, and services that come and go, do not count as drift.  In a run with a policy it holds what the policy moved as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simcrc.indicators.expressions import By, Expression, Reals
from simcrc.indicators.formulas import Formula
from simcrc.indicators.indicator import Indicator, register
from simcrc.indicators.migration import FIRST
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals

PART = 3


@dataclass(frozen=True, eq=False)
class Drift(Formula):
    """The share of each channel among `of` in the last third of the months minus that in the first third, by service and segment, weighted by how many each
    service and segment has in the whole period.  No figure with fewer than two months."""

    of: Expression

    def expressions(self) -> tuple[Expression, ...]:
        return (self.of,)

    def values(self, totals: Totals, by: By) -> Reals | None:
        if by not in (("channel",), ("channel", "segment")):
            return None
        cells = self.of.cells(totals, ("channel", "service", "segment", "month"))
        if cells is None:
            return None
        if cells.shape[-1] < 2:
            return np.full((len(totals), *totals.axes.shape(by)), np.nan)
        length = max(1, cells.shape[-1] // PART)
        early, late = cells[..., :length].sum(axis=-1), cells[..., -length:].sum(axis=-1)
        both = (early.sum(axis=1) > 0) & (late.sum(axis=1) > 0)  # a share needs somebody: (replications, services, segments)
        weights = np.where(both, cells.sum(axis=(1, 4)), 0.0)[:, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            moved = np.where(both[:, None], late / late.sum(axis=1, keepdims=True) - early / early.sum(axis=1, keepdims=True), 0.0)
            axes = (2,) if "segment" in by else (2, 3)
            out: Reals = (moved * weights).sum(axis=axes) / weights.sum(axis=axes)
        return out


register(
    Indicator(
        name="first_channel_drift",
        label=Words(fr="dérive des premiers choix", en="drift of first choices"),
        definition=Words(
            fr="Part des premiers choix dans le dernier tiers des mois − dans le premier tiers, à mélange égal de services et de segments.",
            en="Share of first choices in the last third of the months − in the first third, at the same mix of services and segments.",
        ),
        unit="share",
        formula=Drift(FIRST),
        by=(("channel",), ("channel", "segment")),
    )
)
