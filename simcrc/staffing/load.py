"""The load that ample staff would carry, and the plan that Erlang A asks for it: where the search starts.

With ample staff nobody waits, and the mean number of busy agents in a half hour is the modified offered load (Jennings, Mandelbaum, Massey and Whitt 1996):
arrivals seen through the handle time, so that the staff follows the load, not the calls.  It is measured by simulating the scenario with ample staff, as
in Feldman, Mandelbaum, Massey and Whitt (2008), so that it holds whatever the handle times, the follow-ups and the days are.  Callers who give up and call
again add to it; ``updated`` takes what a plan's own run shows.  A plan of the family is load + β·√load agents on duty, β one number for all half hours
of a cell, divided by the presence (shrinkage, absences, breaks) and rounded up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.model.calendar import HALF_HOUR
from simcrc.staffing.crews import Crew, Group
from simcrc.staffing.judge import Period, cell_of, cells_in
from simcrc.staffing.plan import SLOTS, Plan, occurrences
from simcrc.staffing.target import TEAM, Aim

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals

Reals = npt.NDArray[np.float64]
LOWEST, HIGHEST = 20, 50_000
"""Ample staff at least, and at most."""
NOBODY = 1e-6  # agents that are none but for rounding
FREE = 0.4  # of ample staff at most this share is busy


@dataclass(frozen=True, eq=False)
class Loads:
    """Mean busy agents with ample staff.

    `stations`: by station and half hour of the week, shape (stations, 336), holidays apart; `handle`: mean time, in seconds, that a contact keeps an agent, by
    station; `offered`: contacts in the replications of the search, by station and half hour; `teams`: the load of each crew, shape (crews, 336).
    """

    stations: Reals
    handle: Reals
    offered: Reals
    teams: Reals


def ample(crews: Sequence[Crew], base: Plan, factor: int = 1) -> Plan:
    """A plan with far more agents than needed wherever there may be some; `factor`: that many times more."""
    rows = [np.where(crew.may, factor * max(LOWEST, 4 * int(row.max())), 0) for crew, row in zip(crews, base.agents, strict=True)]
    return base.with_agents(np.array(rows))


def enough(totals: Totals, crews: Sequence[Crew], plan: Plan) -> bool:
    """Whether `plan` was ample: in no half hour is much of it busy."""
    from simcrc.indicators.staff import BUSY, DUTY

    names = list(totals.axes.labels["team"])
    busy, duty = (part.cells(totals, ("team", "slot")) for part in (BUSY, DUTY))
    assert busy is not None
    assert duty is not None
    if int(plan.agents.max(initial=0)) >= HIGHEST:
        return True
    rows = [(names.index(TEAM + crew.name), crew.may & (crew.presence > 0)) for crew in crews if crew.live]  # who ends a contact after hours is not on duty
    return all(bool((busy.sum(axis=0)[k][may] <= FREE * duty.sum(axis=0)[k][may]).all()) for k, may in rows)


def measured(totals: Totals, searched: Totals, crews: Sequence[Crew], aims: Sequence[Aim], written: Reals) -> Loads:
    """The loads that `totals`, of ample staff, show; `searched`: those of them that the search uses, for ``updated``; `written`: the schedules of the crews, by
    which teams that share a station divide it."""
    from simcrc.indicators.common import LIVE
    from simcrc.indicators.load import SERVICE_TIME

    axes = totals.axes
    teams = axes.model.scenario.teams
    often = np.maximum(occurrences(axes, any(teams[crew.name].schedule.on_holidays == "open" for crew in crews)), 1e-9)
    time = SERVICE_TIME.cells(totals, ("station", "slot"))
    live = LIVE.cells(totals, ("station", "slot"))
    assert time is not None
    assert live is not None
    busy, offered = time.mean(axis=0), live.mean(axis=0)
    stations = np.where(often >= 1, busy / HALF_HOUR / often, 0.0).reshape(len(busy), 7, -1)
    seen = (often >= 1).reshape(7, -1)
    others = stations.sum(axis=1) / np.maximum(seen.sum(axis=0), 1)  # a weekday that a short period does not have is like the others
    stations = np.where(seen, stations, others[:, None, :]).reshape(busy.shape)
    handle = busy.sum(axis=1) / 1e6 / np.maximum(offered.sum(axis=1), 1.0)
    own = LIVE.cells(searched, ("station", "slot"))
    assert own is not None
    return _shared(Loads(stations, handle, own.mean(axis=0), np.zeros((len(crews), SLOTS))), crews, aims, written, axes.written)


def updated(loads: Loads, totals: Totals, crews: Sequence[Crew], aims: Sequence[Aim], written: Reals) -> tuple[Loads, float]:
    """The loads, each in the proportion in which more contacts come to the live stations with the plan of `totals`, and by how much that changed them all."""
    from simcrc.indicators.common import LIVE

    live = LIVE.cells(totals, ("station", "slot"))
    assert live is not None
    now = live.mean(axis=0)
    factor = np.where(loads.offered > 0, now / np.maximum(loads.offered, 1e-9), 1.0)
    factor = np.where(totals.axes.live[:, None], np.clip(factor, 0.5, 3.0), 1.0)
    stations = loads.stations * factor
    moved = float(stations.sum() / max(1e-9, loads.stations.sum()) - 1.0)
    return _shared(replace(loads, stations=stations, offered=np.where(factor != 1.0, now, loads.offered)), crews, aims, written, totals.axes.written), moved


def _shared(loads: Loads, crews: Sequence[Crew], aims: Sequence[Aim], written: Reals, items: npt.NDArray[np.bool_]) -> Loads:
    """The loads of the crews: each live station divided among those that serve it, as their written schedules stand; the work of backlogs, where it matters
    (a target on it, or nothing but backlogs to serve), spread evenly over the hours of those who do it."""
    teams = np.zeros((len(crews), SLOTS))
    duty = np.array([row * crew.presence for row, crew in zip(written, crews, strict=True)]).reshape(len(crews), SLOTS)
    for station, load in enumerate(loads.stations):
        serving = [k for k, crew in enumerate(crews) if station in crew.live + crew.written]
        weight = np.array([np.where(crews[k].may, duty[k] + 1e-6, 0.0) for k in serving]).reshape(len(serving), SLOTS)
        if not serving or not weight.sum():
            continue
        if items[station]:
            if not _matters(crews, aims, serving):
                continue
            work = load.sum()
            teams[serving] += work * weight / weight.sum()
        else:
            teams[serving] += load * weight / np.maximum(weight.sum(axis=0), 1e-12)
    return replace(loads, teams=teams)


def _matters(crews: Sequence[Crew], aims: Sequence[Aim], serving: Sequence[int]) -> bool:
    from simcrc.staffing.target import FALLS

    backlog = ("within_standard", *(name for name in FALLS if name.startswith(("turnaround", "stock", "oldest", "items"))))
    return any(not crews[k].live for k in serving) or any(aim.indicator.startswith(backlog) or not aim.place for aim in aims)


@dataclass(frozen=True, eq=False)
class Family:
    """Plans by β.  `block`: over what a team's number stays the same; `period`: the cells of β, never finer than the blocks."""

    crews: tuple[Crew, ...]
    groups: tuple[Group, ...]
    loads: Loads
    base: Plan
    period: Period
    block: Period

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and cells of β."""
        return len(self.groups), cells_in(self.period)

    def plan(self, beta: Reals, offsets: Reals | None = None) -> Plan:
        """The plan of `beta` (groups, cells); `offsets`: added for each crew."""
        return self.of_slots(beta[:, cell_of(self.period)], offsets)

    def of_slots(self, beta: Reals, offsets: Reals | None = None) -> Plan:
        """The plan of `beta` by half hour, shape (groups, 336); over a block it is averaged."""
        rows = np.zeros((len(self.crews), SLOTS), dtype=np.int64)
        for number, group in enumerate(self.groups):
            for k in group.crews:
                rows[k] = self._row(k, beta[number] + (0.0 if offsets is None else offsets[k]))
        return self.base.with_agents(rows)

    def even(self, crew: int, values: Reals) -> Reals:
        """`values` by half hour, averaged over each block of a crew where it may have agents."""
        return averaged(values, cell_of(self.block), self.crews[crew].may)

    def _row(self, k: int, beta: Reals) -> npt.NDArray[np.int64]:
        crew = self.crews[k]
        load, beta, presence = (self.even(k, each) for each in (self.loads.teams[k], beta, crew.presence))
        duty = np.maximum(load + beta * np.sqrt(load), 0.0)
        wanted = np.where(presence > NOBODY, duty / np.maximum(presence, NOBODY), 0.0)
        if crew.shape is not None:  # a team of backlogs alone: its day keeps its shape
            return shaped(crew, int(np.ceil(wanted[crew.may].sum() / crew.shape.sum() - NOBODY)))
        agents = np.maximum(np.ceil(wanted - NOBODY).astype(np.int64), crew.floor)
        return np.where(crew.may, agents, 0)


def averaged(values: Reals, block: npt.NDArray[np.int64], inside: npt.NDArray[np.bool_]) -> Reals:
    """The mean over each block, of the half hours `inside`, in all its half hours."""
    count = np.bincount(block, weights=inside)
    return np.asarray((np.bincount(block, weights=np.where(inside, values, 0.0)) / np.maximum(count, 1.0))[block])


def shaped(crew: Crew, most: int) -> npt.NDArray[np.int64]:
    """The schedule of a team of backlogs alone that has `most` agents when it has most."""
    assert crew.shape is not None
    return np.where(crew.may, np.floor(most * crew.shape + 0.5), 0).astype(np.int64)
