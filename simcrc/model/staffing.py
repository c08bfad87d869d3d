"""The staff: how many agents each group has on duty, from now on, at every change.

A team's schedule is given by half hours of the wall clock.  What is on duty is

    schedule x (1 - shrinkage) x (1 - breaks) x (1 - absent share of the day),

a whole number of agents in each slot, the fraction carried over to the next slot of the same day (in agents times minutes, once for all
factors together).  Half hours are cut where a break begins or ends.  How many are absent is drawn once a day, binomial over the
largest number scheduled on that day, and the absent are missing from every slot in proportion.  A team's headcount is divided among
its groups, the agents who have the same skills.  ``split_skills`` says which groups a team has; ``simcrc.model.work`` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import ceil, floor
from typing import TYPE_CHECKING

from simcrc.draws import Philox, Purpose, day_uniform
from simcrc.model.calendar import Calendar, by_weekday
from simcrc.model.counts import binomial

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario
    from simcrc.scenario.teams import Team

Change = tuple[int, int, int]
"""(instant, group, agents from now on)."""
Groups = Sequence[tuple[str, Sequence[tuple[int, float]]]]
Slot = tuple[int, int, float]
"""(first minute, last minute, agents expected) of one day."""

_EPSILON = 1e-9  # products of shares such as 10 x 0.7 may fall short of a whole number by rounding
_MEMORY = 480.0  # minutes: a division that was off by one agent for a working day is made good by one agent


def split_skills(team: Team, languages: Sequence[str], services: Sequence[str]) -> list[tuple[frozenset[str], float]]:
    """The groups of `team`: skills and share of the agents, shares that add up to 1.

    Skills are had independently of each other: the share of a group is the product over its skills.  All agents have all `languages`
    if the team writes none of them, and only the written ones otherwise; so with `services`.  Names that are neither are left out.
    """
    written = {skill: share for skill, share in team.skills.items() if skill in (*languages, *services)}
    common = {skill for sort in (languages, services) if not any(s in written for s in sort) for skill in sort}
    common |= {skill for skill, share in written.items() if share >= 1}
    partial = [(skill, share) for skill, share in written.items() if 0 < share < 1]
    groups = []
    for had in product((True, False), repeat=len(partial)):
        share = 1.0
        for (_, p), has in zip(partial, had, strict=True):
            share *= p if has else 1 - p
        groups.append((frozenset(common | {skill for (skill, _), has in zip(partial, had, strict=True) if has}), share))
    return groups


@dataclass(frozen=True, eq=False)
class TeamStaff:
    """One team: the slots of each weekday, before absence; the largest scheduled headcount of each weekday; its groups and their shares."""

    name: str
    slots: tuple[tuple[Slot, ...], ...]
    most: tuple[int, ...]
    absence: float
    on_holidays: bool
    groups: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Staffing:
    """The staff of a model, for any replication."""

    calendar: Calendar
    teams: tuple[TeamStaff, ...]
    later: tuple[tuple[int, tuple[TeamStaff, ...]], ...]  # day and what the teams are from then on, the last first

    @classmethod
    def of(cls, scenario: Scenario, calendar: Calendar, groups: Groups, later: Sequence[tuple[int, Scenario]] = ()) -> Staffing:
        """The staff of `scenario`, and of what is written `later` in place of it from a day on; `groups` gives for each team its groups (index and share
        of the headcount)."""

        made: dict[int, TeamStaff] = {}  # by the identity of what is written of a team, which lives as long as this

        def teams(written: Scenario) -> tuple[TeamStaff, ...]:
            for name, own in groups:
                if id(written.teams[name]) not in made:
                    made[id(written.teams[name])] = _team(name, written.teams[name], own)
            return tuple(made[id(written.teams[name])] for name, _ in groups)

        return cls(calendar, teams(scenario), tuple((day, teams(other)) for day, other in reversed(later)))

    def on(self, day: int) -> tuple[TeamStaff, ...]:
        """The teams on a day."""
        return next((teams for first, teams in self.later if first <= day), self.teams)

    def changes(self, philox: Philox) -> Iterator[Change]:
        """Every change of a group's headcount until the horizon, sorted by (instant, group), made day by day; first the headcounts at 0."""
        divisions = [Division(team.shares) for team in self.teams]
        now: dict[int, int] = {}
        for day in range(len(self.calendar.dates)):
            coming: list[Change] = [(0, group, 0) for team in self.teams for group in team.groups] if day == 0 else []
            for team, division in zip(self.on(day), divisions, strict=True):
                for start, agents, minutes in self._day(team, philox, day):
                    coming += [(start, group, n) for group, n in zip(team.groups, division.divide(agents, minutes), strict=True)]
            yield from _differences(coming, now)

    def headcounts(self, philox: Philox, team: int, day: int) -> list[tuple[int, int]]:
        """(instant, agents of the team from now on) at each slot of `day`; its last entry holds until the next day."""
        return [(start, agents) for start, agents, _ in self._day(self.on(day)[team], philox, day)]

    def _day(self, team: TeamStaff, philox: Philox, day: int) -> list[tuple[int, int, float]]:
        """(instant, agents, minutes) of the slots of `day`, in order of time."""
        calendar, midnight = self.calendar, self.calendar.midnights[day]
        if calendar.is_holiday[day] and not team.on_holidays:
            return [(midnight, 0, 1440.0)]
        weekday = calendar.dates[day].weekday()
        present = 1.0 - self._absent(team, philox, day, team.most[weekday])
        out: list[tuple[int, int, float]] = []
        for first, last, agents in whole(team.slots[weekday], present):
            out += [(start, agents, float(last - first)) for start, end in calendar.spans(day, first, last) if end > midnight]
        return sorted(out)

    @staticmethod
    def _absent(team: TeamStaff, philox: Philox, day: int, most: int) -> float:
        """The share of the day's agents who are away: each of the `most` scheduled with the team's probability."""
        if team.absence <= 0 or most == 0:
            return 0.0
        return binomial(day_uniform(philox, day, f"team:{team.name}", Purpose.ABSENCE), most, team.absence) / most


def whole(slots: Sequence[Slot], factor: float = 1.0) -> list[tuple[int, int, int]]:
    """(first minute, last minute, agents) with whole numbers of agents: rounded down, the fraction carried over in agents times minutes.

    Slots of equal numbers are joined.  A slot has at most one agent more than its own number rounded down, and none where none is
    expected; over a day the agents times minutes are those expected, short of less than one agent for half an hour.
    """
    out: list[tuple[int, int, int]] = []
    carry = 0.0
    for first, last, expected in slots:
        minutes = last - first
        agents = floor(expected * factor)
        fraction = expected * factor - agents
        carry += fraction * minutes
        if fraction > _EPSILON and carry >= minutes - _EPSILON:
            agents += 1
            carry -= minutes
        if out and out[-1][2] == agents:
            out[-1] = (out[-1][0], last, agents)
        else:
            out.append((first, last, agents))
    return out


class Division:
    """Divides a team's headcount among groups by their shares: the parts add up to it at every instant.

    When the headcount changes, agents come to the groups furthest below their share and leave those furthest above, what was amiss
    before (in agents times minutes) counting with the present; nobody changes skills while the headcount stays.
    """

    def __init__(self, shares: Sequence[float]) -> None:
        self.shares = tuple(shares)
        self.agents = [0] * len(self.shares)
        self.owed = [0.0] * len(self.shares)

    def divide(self, total: int, minutes: float) -> list[int]:
        """The headcount of each group while the team has `total` agents, for `minutes`."""
        agents, shares, owed = self.agents, self.shares, self.owed
        lacking = [share * total - n + debt / _MEMORY for share, n, debt in zip(shares, agents, owed, strict=True)]
        missing = total - sum(agents)
        while missing > 0:
            group = max(range(len(shares)), key=lacking.__getitem__)
            agents[group] += 1
            lacking[group] -= 1
            missing -= 1
        while missing < 0:
            group = min((g for g in range(len(shares)) if agents[g] > 0), key=lacking.__getitem__)
            agents[group] -= 1
            lacking[group] += 1
            missing += 1
        for group, share in enumerate(shares):
            owed[group] += (share * total - agents[group]) * minutes
        return list(agents)


def _team(name: str, team: Team, own: Sequence[tuple[int, float]]) -> TeamStaff:
    week = by_weekday(team.schedule.week, (0.0,) * 48)
    return TeamStaff(
        name=name,
        slots=tuple(_slots(team, weekday, agents) for weekday, agents in enumerate(week)),
        most=tuple(ceil(max(agents)) for agents in week),
        absence=team.absence,
        on_holidays=team.schedule.on_holidays == "open",
        groups=tuple(group for group, _ in own),
        shares=tuple(share for _, share in own),
    )


def _slots(team: Team, weekday: int, schedule: Sequence[float]) -> tuple[Slot, ...]:
    breaks = [(*pause.at, pause.share) for pause in team.breaks if weekday in pause.days]
    edges = sorted({*range(0, 1441, 30), *(minute for start, end, _ in breaks for minute in (start, end))})
    out = []
    for first, last in pairwise(edges):
        away = min(1.0, sum(share for start, end, share in breaks if start <= first < end))
        out.append((first, last, schedule[first // 30] * (1 - team.shrinkage) * (1 - away)))
    return tuple(out)


def _differences(coming: list[Change], now: dict[int, int]) -> Iterator[Change]:
    """What of `coming` changes a headcount, sorted by (instant, group); of several for one group at one instant the last counts."""
    last = {(instant, group): n for instant, group, n in coming}
    for (instant, group), n in sorted(last.items()):
        if now.get(group) != n:
            now[group] = n
            yield instant, group, n
