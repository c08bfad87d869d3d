"""The staff: teams, what they serve, when and how many, with which skills."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from simcrc.distributions import Law
from simcrc.scenario.base import Spec
from simcrc.scenario.units import ByWeekday, DataPath, DaySchedule, NonNegative, Share, Text, TimeRange, Weekday


class Break(Spec):
    """Part of the agents on duty away at the same time, e.g. half of them from 12:00 to 13:00."""

    at: TimeRange
    share: Share
    days: Weekday = (0, 1, 2, 3, 4, 5, 6)


class Schedule(Spec):
    """Agents by half hour and weekday, before shrinkage: written out, or in a file (columns weekday, time, agents, and team if
    several share it)."""

    week: ByWeekday[DaySchedule] = Field(default_factory=dict)
    file: DataPath | None = None
    on_holidays: Literal["closed", "open"] = "closed"


class Team(Spec):
    """Agents who share a schedule.

    `serves`: stations in order of preference, ``channel``, ``channel.site`` (counter) or ``channel.step`` (mail, e-mail, fax):
    the one place that says who serves what. `skills`: share of the agents who have each skill, a skill being a language of the
    population or a service; without any language (service) here, all agents have them all. `shrinkage`: share of paid time not
    on duty, taken once from the headcount, fractions carried over within the day.  `absence`: probability that an agent is away
    for the day. `not_ready`: time after a contact before the agent takes the next one, the citizen gone."""

    name: Text | None = None
    serves: tuple[str, ...]
    skills: dict[str, Share] = Field(default_factory=dict)
    schedule: Schedule
    shrinkage: Share = 0.0
    breaks: tuple[Break, ...] = ()
    absence: Share = 0.0
    not_ready: Law | None = None
    not_ready_waiting: Law | None = None  # when somebody waits at the end of the contact; as `not_ready` when not written
    cost_per_hour: NonNegative | None = None


class Routing(Spec):
    """Which contact an agent takes (`contact`) and which idle agent a contact gets (`agent`).

    contact: ``priority`` takes the team's order of `serves`, then the priority class, then the longest wait; ``longest_wait``
    takes the longest wait among all who wait live, backlog after them. agent: ``most_idle``; ``fewest_skills`` keeps the
    versatile free; ``team_order`` takes teams as written."""

    contact: str = "priority"
    agent: str = "most_idle"
