"""How each segment fares with and without the policy, over the cohort: waits, completion, satisfaction, contacts and cost of a need, and how far apart the best
and the worst served are.

For each figure of ``SERVED``: the figure by segment in both arms and their change; ``…_gap``: the largest minus the smallest between segments, taken in each
replication.  Chance alone makes a gap positive, so the gap is read beside that of the other arm, which meets the same chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simcrc.experiment.contrasts import ratio_difference
from simcrc.experiment.statistics import means, ratios
from simcrc.indicators.formulas import Gap, Ratio
from simcrc.indicators.journeys import CONTACTS_PER_NEED, RESOLVED
from simcrc.indicators.money import COST_PER_NEED
from simcrc.indicators.queues import WAIT_MEAN
from simcrc.indicators.satisfaction import SATISFACTION
from simcrc.indicators.self_service import COMPLETION

if TYPE_CHECKING:
    from simcrc.experiment.figures import Figures
    from simcrc.experiment.pairs import Pairs


@dataclass(frozen=True)
class Served:
    """One figure of how segments are served, and which end of it is the better."""

    name: str
    unit: str
    formula: Ratio
    better: Literal["low", "high"]


SERVED = (
    Served("wait_mean", "s", WAIT_MEAN, "low"),
    Served("completion", "share", COMPLETION, "high"),
    Served("resolved_ratio", "share", RESOLVED, "high"),
    Served("satisfaction", "score", SATISFACTION, "high"),
    Served("contacts_per_need", "contacts/need", CONTACTS_PER_NEED, "low"),
    Served("cost_per_need", "money/need", COST_PER_NEED, "low"),
)


def add_segments(figures: Figures, pairs: Pairs) -> None:
    """Add all these figures; ``contacts_per_need`` by segment is there already (``simcrc.experiment.effect``), its gap is not."""
    arms = (pairs.base, pairs.policy)
    for served in SERVED:
        unit = served.unit.replace("money", pairs.base.model.scenario.currency)
        for by in ((), ("segment",)):
            over = [arm.over_cohort(served.formula.over, by) for arm in arms]
            under = [arm.over_cohort(served.formula.under, by) for arm in arms]
            if served.name != "contacts_per_need":
                figures.add(served.name, "base", unit, by, ratios(over[0], under[0]))
                figures.add(served.name, "policy", unit, by, ratios(over[1], under[1]))
                figures.add(served.name, "change", unit, by, ratio_difference(over[1], under[1], over[0], under[0]))
        if pairs.shape[1] < 2:
            continue
        gaps = [Gap(served.formula).values(arm.cohort, ()) for arm in arms]
        if gaps[0] is not None and gaps[1] is not None:
            figures.add(f"{served.name}_gap", "base", unit, (), means(gaps[0]))
            figures.add(f"{served.name}_gap", "policy", unit, (), means(gaps[1]))
            figures.add(f"{served.name}_gap", "change", unit, (), means(gaps[1] - gaps[0]))
