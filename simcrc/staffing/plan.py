"""A plan: how many agents each team has scheduled in each half hour of the week; the scenario with it, and what it costs.

Scheduled agents, as planners write them: shrinkage, breaks and absences are taken off by the model.  ``crews`` says which half hours may have staff.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.model.calendar import HALF_HOUR, by_weekday
from simcrc.scenario.teams import Schedule
from simcrc.scenario.week import DAYS, HALF_HOURS, format_time

if TYPE_CHECKING:
    from simcrc.experiment.study import Study
    from simcrc.indicators.axes import Axes
    from simcrc.scenario import Scenario

SLOTS = 7 * HALF_HOURS
Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Plan:
    """`agents`: whole numbers, shape (teams, 336), Monday 00:00 first; `teams`: the names of its rows."""

    teams: tuple[str, ...]
    agents: Integers

    @property
    def key(self) -> str:
        """A digest: equal plans have equal keys."""
        return hashlib.sha256(repr(self.teams).encode() + np.ascontiguousarray(self.agents, dtype="<i8").tobytes()).hexdigest()[:16]

    def with_agents(self, agents: npt.ArrayLike) -> Plan:
        """The same teams with other numbers."""
        return replace(self, agents=np.asarray(agents, dtype=np.int64))

    def row(self, team: str) -> Integers:
        """The numbers of a team."""
        out: Integers = self.agents[self.teams.index(team)]
        return out

    def week_hours(self) -> Reals:
        """Agent-hours of an ordinary week, by team."""
        return np.asarray(self.agents.sum(axis=1) / 2.0)

    def overlaid(self, study: Study) -> Study:
        """`study` with these schedules in place of its own, digest included."""
        scenario, loaded = study.scenario, study.loaded
        teams = dict(scenario.teams)
        document: dict[str, Any] = {**loaded.document, "teams": dict(loaded.document["teams"])}
        for name in self.teams:
            written = self.written(name, teams[name].schedule.on_holidays)
            teams[name] = teams[name].model_copy(update={"schedule": Schedule.model_validate(written)})
            document["teams"][name] = {**document["teams"][name], "schedule": written}
        digest = hashlib.sha256(f"{loaded.digest} {self.key}".encode()).hexdigest()
        changed = replace(loaded, scenario=scenario.model_copy(update={"teams": teams}), document=document, digest=digest)
        return replace(study, loaded=changed)

    def written(self, team: str, on_holidays: str = "closed") -> dict[str, Any]:
        """The schedule of a team as a scenario writes it: days that are alike together, times at which the number changes."""
        by_day = [tuple(self.row(team)[day * HALF_HOURS : (day + 1) * HALF_HOURS].tolist()) for day in range(7)]
        week: dict[str, Any] = {}
        for first in range(7):
            if by_day[first] in by_day[:first] or not any(by_day[first]):
                continue
            week[_days([day for day in range(7) if by_day[day] == by_day[first]])] = _changes(by_day[first])
        return {"week": week or {"Mon": {"00:00": 0}}, **({"on_holidays": on_holidays} if on_holidays != "closed" else {})}

    @classmethod
    def of(cls, scenario: Scenario, teams: Sequence[str]) -> tuple[Plan, Reals]:
        """The written schedules of `teams`, rounded up, and as they are written (they may hold fractions)."""
        rows = [np.array(by_weekday(scenario.teams[name].schedule.week, (0.0,) * HALF_HOURS), dtype=np.float64).reshape(-1) for name in teams]
        written = np.array(rows).reshape(len(teams), SLOTS)
        return cls(tuple(teams), np.ceil(written - 1e-9).astype(np.int64)), written


def occurrences(axes: Axes, on_holidays: bool) -> Reals:
    """How often each half hour of the week occurs in the measured period, holidays left out unless `on_holidays`; shape (336,)."""
    calendar = axes.model.calendar
    inside = np.flatnonzero(axes.slot >= 0)
    if not on_holidays:
        free = np.array(calendar.is_holiday)[calendar.day(inside * HALF_HOUR)]
        inside = inside[~free]
    return np.bincount(axes.slot[inside], minlength=SLOTS).astype(np.float64)


def _days(days: Sequence[int]) -> str:
    """``Mon-Fri``, ``Mon,Wed-Thu``."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)


def _changes(day: Sequence[int]) -> Mapping[str, int]:
    out, current = {}, 0
    for half_hour, agents in enumerate(day):
        if agents != current:
            out[format_time(30 * half_hour)] = agents
            current = agents
    return out
