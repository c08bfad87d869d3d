"""Figures of a comparison in tidy form: one row a figure, with what it is about and its interval.

Columns: figure, arm (base, policy, change: policy minus base, placebo; missing where neither), channel, service, segment, reason, period (a month), source and
target (of a move), unit, mean, low, high, replications.  Missing where an axis does not apply.  ``simcrc.experiment.effect``, ``saving``, ``segments`` and
``in_role`` add theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Literal

import numpy as np

from simcrc.experiment.statistics import Estimate, Estimates
from simcrc.indicators.expressions import By

if TYPE_CHECKING:
    import pandas as pd

Side = Literal["base", "policy", "change", "placebo"]
COLUMN_OF = {"channel": "channel", "service": "service", "segment": "segment", "reason": "reason", "month": "period", "from": "source", "to": "target"}


@dataclass(frozen=True)
class Figure:
    """One figure."""

    figure: str
    arm: Side | None
    channel: str | None
    service: str | None
    segment: str | None
    reason: str | None
    period: str | None
    source: str | None
    target: str | None
    unit: str
    mean: float | None
    low: float | None
    high: float | None
    replications: int

    @property
    def estimate(self) -> Estimate:
        """Its value and interval."""
        return Estimate(self.mean, self.low, self.high, self.replications)


COLUMNS = tuple(Figure.__dataclass_fields__)
TEXTS = COLUMNS[:10]


@dataclass
class Figures:
    """Figures as they are added; `labels` by axis."""

    labels: Mapping[str, Sequence[str]]
    rows: list[Figure] = field(default_factory=list)

    def add(self, name: str, arm: Side | None, unit: str, by: By, estimates: Estimates | Estimate) -> None:
        """Add a figure in every cell of `by` in which it exists; the whole (`by` empty) always."""
        for index in product(*(range(len(self.labels[axis])) for axis in by)):
            one = estimates if isinstance(estimates, Estimate) else estimates.at(*index)
            if one.mean is not None or not by:
                self.at(name, arm, unit, by, index, one)

    def at(self, name: str, arm: Side | None, unit: str, by: By, index: tuple[int, ...], one: Estimate) -> None:
        """Add a figure in one cell of `by`."""
        where: dict[str, str | None] = dict.fromkeys(COLUMN_OF.values())
        where |= {COLUMN_OF[axis]: self.labels[axis][k] for axis, k in zip(by, index, strict=True)}
        if unit == "share" and arm != "change":
            one = _bounded(one)
        self.rows.append(Figure(name, arm, **where, unit=unit, mean=one.mean, low=one.low, high=one.high, replications=one.replications))

    def frame(self) -> pd.DataFrame:
        """All of them, in the order in which they were added."""
        import pandas as pd

        columns = zip(*(astuple(row) for row in self.rows), strict=True)
        made = {
            name: pd.Series(values, dtype=object if name in TEXTS else "int64" if name == "replications" else "float64")
            for name, values in zip(COLUMNS, columns, strict=True)
        }
        return pd.DataFrame(made)


def _bounded(one: Estimate) -> Estimate:
    """A share with what no share can be cut off its interval."""
    if one.low is None or one.high is None:
        return one
    return Estimate(one.mean, float(np.clip(one.low, 0.0, 1.0)), float(np.clip(one.high, 0.0, 1.0)), one.replications)
