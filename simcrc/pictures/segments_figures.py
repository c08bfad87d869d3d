"""How each segment is served: four figures by segment and arm, the gap between the best and the worst served, and whether it is more than chance.

The gap is the largest minus the smallest in each replication, so chance alone makes it positive.  Beside it stands the difference between the two segments that
are best and worst on the whole, with an interval that allows for their having been chosen among all pairs.  ``segments`` is the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simcrc.experiment.contrasts import of_sums
from simcrc.experiment.statistics import LEVEL, Estimate
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject

NEEDS = "needs_started"
MOST = 10
"""Segments that are shown."""
MEASURES: dict[str, tuple[Words, bool]] = {
    "wait_mean": (Words(fr="Attente", en="Wait"), False),
    "completion": (Words(fr="Libre-service mené à terme", en="Self-service completed"), True),
    "contacts_per_need": (Words(fr="Contacts par besoin", en="Contacts per need"), False),
    "cost_per_need": (Words(fr="Coût par besoin", en="Cost per need"), False),
}
"""What each is called, and whether more of it is better."""


@dataclass(frozen=True, eq=False)
class Measure:
    """One figure by segment.  `each`: by arm and segment; `whole`: by arm of all together; `gap`: by arm; `ends`: by arm the best and the worst
    served, and the difference of the worst from the best."""

    name: str
    unit: str
    each: dict[tuple[str, str], Estimate]
    whole: dict[str, Estimate]
    gap: dict[str, Estimate]
    ends: dict[str, Ends]

    @property
    def label(self) -> Words:
        """What it is called."""
        return MEASURES[self.name][0]

    @property
    def better_more(self) -> bool:
        """Whether more of it is better."""
        return MEASURES[self.name][1]


@dataclass(frozen=True)
class Ends:
    """The best and the worst served segment, their figures, and worst minus best, with an interval that holds for all pairs."""

    best: str
    worst: str
    low: float
    high: float
    apart: Estimate

    @property
    def clear(self) -> bool:
        """Whether the two differ by more than chance."""
        low, high = self.apart.low, self.apart.high
        return low is not None and high is not None and (low > 0 or high < 0)

    @property
    def relative(self) -> float:
        """The difference beside the size of the figures, to tell which figure is the most unequal."""
        size = max(abs(self.low), abs(self.high))
        return abs(self.apart.mean or 0.0) / size if size else 0.0


def segments_of(subject: Subject) -> list[str]:
    """The segments of the base that have needs, the largest first where they are more than ``MOST``, else in their order."""
    found = subject.base.of(NEEDS)
    found = found[found["segment"].notna() & found[["channel", "service", "reason", "period"]].isna().all(axis=1)]
    size = {str(name): float(mean) for name, mean in zip(found["segment"], found["mean"], strict=True) if mean > 0}
    population = subject.base.scenario.population
    order = [name for name in (population.segments if population else size) if name in size]
    return order if len(order) <= MOST else sorted(order, key=lambda name: -size[name])


def measures(subject: Subject, segments: Sequence[str]) -> list[Measure]:
    """The figures that at least two segments of the base have."""
    out = []
    for name in MEASURES:
        each = {(arm.name, segment): arm.estimate(name, segment=segment) for arm in subject.arms for segment in segments}
        if sum(each[subject.base.name, segment].mean is not None for segment in segments) < 2:
            continue
        unit = str(subject.base.of(name)["unit"].iloc[0])
        whole = {arm.name: arm.estimate(name) for arm in subject.arms}
        gap = {arm.name: arm.estimate(f"{name}_gap") for arm in subject.arms}
        ends = {arm.name: found for arm in subject.arms if (found := _ends(arm, name, segments)) is not None}
        out.append(Measure(name, unit, each, whole, gap, ends))
    return out


def _ends(arm: Arm, name: str, segments: Sequence[str]) -> Ends | None:
    """The best and the worst served of `segments`, and how far apart they are; None where fewer than two have the figure."""
    from simcrc.indicators import indicators
    from simcrc.indicators.formulas import Ratio

    means = {segment: mean for segment in segments if (mean := arm.mean(name, segment=segment)) is not None}
    formula = indicators()[name].formula
    if len(means) < 2 or not isinstance(formula, Ratio):
        return None
    order = sorted(means, key=lambda segment: means[segment], reverse=MEASURES[name][1])
    best, worst = order[0], order[-1]
    labels = arm.totals.axes.labels["segment"]
    over, under = (part.cells(arm.totals, ("segment",)) for part in (formula.over, formula.under))
    if over is None or under is None:
        return None
    one, other = labels.index(worst), labels.index(best)
    level = 1 - (1 - LEVEL) / (len(means) * (len(means) - 1) / 2)
    apart = of_sums(
        lambda a, b, c, d: a / b - c / d, *(np.asarray(x[:, k]) for x, k in ((over, one), (under, one), (over, other), (under, other))), level=level
    )
    return Ends(best, worst, means[best], means[worst], apart.at())


def gap_changes(subject: Subject, found: Sequence[Measure]) -> dict[tuple[str, str], Estimate]:
    """By arm and measure by how much the gap differs from that of the base, with intervals that hold together."""
    count = max(1, len(subject.others) * len(found))
    level = 1 - (1 - LEVEL) / count
    return {(arm.name, one.name): subject.difference(arm, f"{one.name}_gap", level) for arm in subject.others for one in found}
