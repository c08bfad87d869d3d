"""Around a plan: what one agent more or less in each team does, and the curve of staff against the targets.

All on the replications of the search, so that differences are those of the plans and not of the draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimate, mean
from simcrc.staffing.crews import Crew
from simcrc.staffing.judge import Judge
from simcrc.staffing.load import shaped
from simcrc.staffing.plan import Plan, occurrences
from simcrc.staffing.target import TEAM, Aim

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals
    from simcrc.scenario import Scenario

Reals = npt.NDArray[np.float64]
SHARES = (0.85, 0.9, 0.95, 0.975, 1.0, 1.025, 1.05, 1.1, 1.15)
"""Of the staff found: the points of the curve."""


@dataclass(frozen=True)
class Point:
    """A plan in figures.  `hours`: paid, over the measured period, of the teams looked at; `week`: of an ordinary week; `cost`: of `hours`, None when an hour's
    cost is not written for each team; by aim the `figures` over the whole period and their `changes` from the plan found, on the same random numbers;
    `occupancy` by team; `missed`: cells in which some target is missed."""

    label: str
    hours: float
    week: float
    cost: float | None
    figures: tuple[Estimate, ...]
    changes: tuple[Estimate, ...] | None
    occupancy: dict[str, Estimate]
    missed: int


@dataclass(frozen=True)
class Effect:
    """What one agent more (`agents` 1) or less (-1) of a `team`, in all its half hours with staff, does."""

    team: str
    agents: int
    point: Point
    hours: float
    cost: float | None


class Meter:
    """Puts plans into figures."""

    def __init__(self, judge: Judge, crews: Sequence[Crew], scenario: Scenario) -> None:
        self.judge, self.crews = judge, tuple(crews)
        self.often = np.array([occurrences(judge.axes, scenario.teams[crew.name].schedule.on_holidays == "open") for crew in crews])

    def hours(self, agents: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> Reals:
        """Paid hours of the measured period, by team, of numbers by half hour of shape (teams, 336)."""
        return np.asarray((agents * self.often).sum(axis=1) / 2.0)

    def cost(self, hours: Reals) -> float | None:
        """What they cost; None when the cost of an hour is not written for each team."""
        rates = [crew.rate for crew in self.crews]
        return None if any(rate is None for rate in rates) else float(sum(rate * each for rate, each in zip(rates, hours, strict=True) if rate is not None))

    def point(self, label: str, agents: npt.NDArray[np.float64] | npt.NDArray[np.int64], totals: Totals, found: Totals | None = None) -> Point:
        """A plan (its numbers and its sums) in figures; `found`: the sums of the plan to compare with."""
        from simcrc.indicators import indicators

        judge, hours = self.judge, self.hours(agents)
        look = judge.look(totals)
        by = ("team",)
        busy = indicators()["occupancy"].formula.estimates(totals, by)
        assert busy is not None
        names = list(totals.axes.labels["team"])
        return Point(
            label=label,
            hours=float(hours.sum()),
            week=float(agents.sum() / 2.0),
            cost=self.cost(hours),
            figures=tuple(judge.estimates(aim, totals, "week").at(0) for aim in judge.aims),
            changes=None if found is None else tuple(self._change(aim, totals, found) for aim in judge.aims),
            occupancy={crew.name: busy.at(names.index(TEAM + crew.name)) for crew in self.crews},
            missed=sum(int((~each).sum()) for each in look.met),
        )

    def _change(self, aim: Aim, totals: Totals, found: Totals) -> Estimate:
        return mean(self.judge.values(aim, totals) - self.judge.values(aim, found))


def shifted(plan: Plan, crew: int, crews: Sequence[Crew], by: int) -> Plan:
    """`plan` with `by` agents more in every half hour in which the crew has staff."""
    agents = plan.agents.copy()
    own = crews[crew]
    if own.shape is not None:
        agents[crew] = shaped(own, max(0, int(agents[crew].max()) + by))
    else:
        agents[crew] = np.where(agents[crew] > 0, np.maximum(agents[crew] + by, 0), 0)
    return plan.with_agents(agents)


def scaled(plan: Plan, crews: Sequence[Crew], share: float) -> Plan:
    """`plan` with about this share of its agents; what is rounded in one half hour is made good in the next."""
    if share == 1.0:
        return plan
    rows = []
    for row, crew in zip(plan.agents, crews, strict=True):
        if crew.shape is not None:
            rows.append(shaped(crew, round(share * int(row.max()))))
            continue
        whole = np.floor(np.cumsum(row * share) + 0.5).astype(np.int64)
        rows.append(np.diff(whole, prepend=0))
    return plan.with_agents(np.array(rows))
