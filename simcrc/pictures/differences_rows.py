"""What each arm changes of the usual metrics: paired differences to the base, with intervals that hold together, absolute and as a part of the base's figure.

A relative difference is the absolute one with both ends of its interval, divided by the figure of the base: another unit, not another estimate, so that both
say the same about zero.  Metrics, level and intervals are those of ``simcrc compare``.  ``differences`` is the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simcrc.experiment.metrics import Metric, metrics, usual
from simcrc.experiment.statistics import LEVEL, Estimate

if TYPE_CHECKING:
    from simcrc.pictures.subject import Subject

Reading = Literal["better", "worse", "more", "less", "same", "unclear"]
SENSE = {
    "cost_per_need_resolved": -1,
    "contacts_per_need": -1,
    "fcr": 1,
    "service_level": 1,
    "asa": -1,
    "abandonment_ratio": -1,
    "oldest_item": -1,
    "turnaround_mean": -1,
}
"""1: more is better, −1: less is; whatever is not here is neither by itself, as the share of self-service."""


@dataclass(frozen=True, eq=False)
class Row:
    """A metric of an arm beside the base.  `relative`: the difference divided by the size of the base's figure; None where that is 0 or its interval
    holds 0, so that a part of it means nothing."""

    arm: str
    metric: Metric
    base: Estimate
    under: Estimate
    absolute: Estimate
    relative: Estimate | None

    @property
    def reading(self) -> Reading:
        """What the simultaneous interval says."""
        low, high, mean = self.absolute.low, self.absolute.high, self.absolute.mean
        if low is None or high is None:
            return "same" if mean == 0 else "unclear"
        if low == high == 0:
            return "same"
        if low <= 0 <= high:
            return "unclear"
        sense = SENSE.get(self.metric.indicator, 0)
        up = low > 0
        return ("more" if up else "less") if sense == 0 else "better" if (sense > 0) == up else "worse"

    @property
    def clear(self) -> bool:
        """Whether there is a difference for certain."""
        return self.reading not in ("same", "unclear")


@dataclass(frozen=True, eq=False)
class Rows:
    """All differences.  `level`: of each interval; `metrics`: those that the base and some arm have, in their order; `count`: comparisons made together."""

    rows: tuple[Row, ...]
    metrics: tuple[Metric, ...]
    level: float
    count: int

    def of(self, arm: str) -> list[Row]:
        """Those of an arm."""
        return [row for row in self.rows if row.arm == arm]


def differences(subject: Subject) -> Rows:
    """The differences of all arms but the base in the usual metrics."""
    models = [arm.model for arm in subject.arms]
    wanted = metrics(usual(models), models)
    count = len(wanted) * len(subject.others)
    level = 1 - (1 - LEVEL) / count
    base = {metric.name: subject.base.parts(metric.name) for metric in wanted}
    rows = []
    for arm in subject.others:
        for metric in wanted:
            parts = arm.parts(metric.name)
            absolute = parts.minus(base[metric.name], level)
            if absolute.mean is not None:
                was = base[metric.name].within(metric.unit)
                rows.append(Row(arm.name, metric, was, parts.within(metric.unit), absolute, _relative(absolute, was)))
    there = {row.metric.name for row in rows}
    return Rows(tuple(rows), tuple(metric for metric in wanted if metric.name in there), level, count)


def _relative(absolute: Estimate, base: Estimate) -> Estimate | None:
    """A difference as a part of the base's figure."""
    if not base.mean or absolute.mean is None or (base.low is not None and base.high is not None and base.low <= 0.0 <= base.high):
        return None
    size = abs(base.mean)
    low, high = (None if end is None else end / size for end in (absolute.low, absolute.high))
    return Estimate(absolute.mean / size, low, high, absolute.replications)
