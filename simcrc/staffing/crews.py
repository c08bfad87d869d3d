"""The teams that a staffing may change: those that serve where the targets are, the half hours in which they may have agents, and how many of a
scheduled agent are on duty.

Teams that are tied by a common target are one group: what one lacks another may make good.  Groups are searched side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.indicators.axes import Axes
from simcrc.scenario.faults import nearest
from simcrc.scenario.week import HALF_HOURS
from simcrc.staffing.errors import StaffingError, Trouble
from simcrc.staffing.plan import SLOTS, Plan, occurrences
from simcrc.staffing.target import TEAM, Aim
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.model.model import Model
    from simcrc.scenario import Scenario
    from simcrc.scenario.hours import Hours
    from simcrc.scenario.teams import Team

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NOBODY = Words(fr="« {aim} » : aucune équipe ne sert {place}", en='"{aim}": no team serves {place}')
NO_TEAM = Words(fr="--team {name} : aucune équipe de ce nom{near}", en="--team {name}: no team of that name{near}")
NEAR = Words(fr=" ; vouliez-vous dire « {guess} » ?", en='; did you mean "{guess}"?')
NO_HOURS = Words(
    fr="équipe {team} : son horaire n'a aucune heure ; écrivez celles où elle peut travailler",
    en="team {team}: its schedule has no hours; write those in which it may work",
)
MOVED = Words(
    fr="équipe {team} : une politique change son effectif au cours de la période ; retirez cette mesure, ou cherchez sans --policy",
    en="team {team}: a policy changes its staff during the period; take that measure away, or search without --policy",
)
ROSTER = Words(
    fr="ce scénario rejoue un tableau de présence (replay.roster), qui passe avant tout horaire ; retirez-le avec --set replay.roster=",
    en="this scenario replays a roster (replay.roster), which goes before any schedule; take it away with --set replay.roster=",
)


@dataclass(frozen=True, eq=False)
class Crew:
    """A team whose schedule may change.  Arrays by half hour of the week, shape (336,).

    `live`, `written`: stations that it serves, by index.  `open`: some station where citizens wait is open; `may`: half hours that may have agents, the
    open ones and those of the written schedule; `floor`: the least scheduled agents (one where it is open and staffed as written); `presence`: agents on duty
    for each scheduled one; `shape`: the day's shape of a team that serves backlogs alone, else None; `rate`: cost of an hour, None when not written;
    `seen`: half hours that the period has.
    """

    name: str
    live: tuple[int, ...]
    written: tuple[int, ...]
    open: Flags
    may: Flags
    floor: npt.NDArray[np.int64]
    presence: Reals
    shape: Reals | None
    rate: float | None
    seen: Flags


@dataclass(frozen=True)
class Group:
    """Aims and crews (by index) that hang together."""

    aims: tuple[int, ...]
    crews: tuple[int, ...]


def crews(model: Model, aims: Sequence[Aim], only: Sequence[str] = ()) -> tuple[tuple[Crew, ...], tuple[Group, ...]]:
    """The teams concerned by `aims` (of `only`, when given) and the groups.  Raises StaffingError."""
    scenario = model.scenario
    troubles: list[Trouble] = [(NO_TEAM, {"name": name, "near": _near(name, scenario)}) for name in only if name not in scenario.teams]
    if scenario.replay is not None and scenario.replay.roster is not None:
        troubles.append((ROSTER, {}))
    serving: list[list[str]] = []
    for aim in aims:
        names = [name for name, team in scenario.teams.items() if _concerns(aim, name, team) and (not only or name in only)]
        if not names and not troubles:
            troubles.append((NOBODY, {"aim": aim.text, "place": aim.place or "–"}))
        serving.append(names)
    chosen = [name for name in scenario.teams if any(name in names for names in serving)]
    for name in chosen:
        schedules = [era.scenario.teams[name].schedule for era in model.eras]
        if any(each.week != scenario.teams[name].schedule.week for each in schedules):
            troubles.append((MOVED, {"team": name}))
        elif not any(any(day) for day in scenario.teams[name].schedule.week.values()):
            troubles.append((NO_HOURS, {"team": name}))
    if troubles:
        raise StaffingError(troubles)
    axes = Axes.of(model)
    made = tuple(_crew(model, axes, name) for name in chosen)
    return made, _groups([[chosen.index(name) for name in names] for names in serving])


def _near(name: str, scenario: Scenario) -> str | Words:
    guess = nearest(name, scenario.teams)
    return "" if guess is None else Words(NEAR.say("fr", guess=guess), NEAR.say("en", guess=guess))


def _concerns(aim: Aim, name: str, team: Team) -> bool:
    """Does the team serve the place of the aim?"""
    if aim.place.startswith(TEAM):
        return aim.place == TEAM + name
    channel, _, site = aim.place.partition(".")
    return any(not aim.place or (entry.partition(".")[0] == channel and (not site or entry in (channel, aim.place))) for entry in team.serves)


def _crew(model: Model, axes: Axes, name: str) -> Crew:
    team = model.scenario.teams[name]
    stations = [k for k, station in enumerate(model.stations) if any(_serves(entry, station.name, station.steps) for entry in team.serves)]
    live = tuple(k for k in stations if not model.channels[model.stations[k].channel].asynchronous)
    open_ = np.zeros(SLOTS, dtype=bool)
    for k in live:
        open_ |= open_hours(model, model.stations[k].channel)
    plan, _ = Plan.of(model.scenario, [name])
    base = plan.agents[0]
    return Crew(
        name=name,
        live=live,
        written=tuple(k for k in stations if k not in live),
        open=open_,
        may=open_ | (base > 0),
        floor=(open_ & (base > 0)).astype(np.int64),
        presence=_presence(team),
        shape=None if live else base / base.max(),
        rate=team.cost_per_hour,
        seen=occurrences(axes, team.schedule.on_holidays == "open") > 0,
    )


def _serves(entry: str, station: str, steps: Sequence[str]) -> bool:
    channel, _, part = entry.partition(".")
    return entry == station or (station.partition(".")[0] == channel and (not part or part in steps))


def open_hours(model: Model, channel: int) -> Flags:
    """The half hours of the week in which a channel is open, for some service, at some time of the run; shape (336,)."""
    out = np.zeros(SLOTS, dtype=bool)
    for era in model.eras:
        spec = era.scenario.channels[model.channels[channel].name]
        written = list(spec.hours.values())
        if not written or ("default" not in spec.hours and any(name not in spec.hours for name in model.services)):
            out[:] = True  # what is not written is open around the clock
        for hours in written:
            out |= _slots(hours)
    return out


def _slots(hours: Hours) -> Flags:
    out = np.zeros(SLOTS, dtype=bool)
    for day, ranges in enumerate(hours.week):
        for start, end in ranges:
            out[day * HALF_HOURS + start // 30 : day * HALF_HOURS + -(-end // 30)] = True
    return out


def _presence(team: Team) -> Reals:
    """Agents on duty, on average, for each scheduled one."""
    out = np.full(SLOTS, (1.0 - team.shrinkage) * (1.0 - team.absence))
    away = np.zeros(SLOTS)
    for pause in team.breaks:
        for day in pause.days:
            for half_hour in range(HALF_HOURS):
                start, end = max(pause.at[0], 30 * half_hour), min(pause.at[1], 30 * half_hour + 30)
                away[day * HALF_HOURS + half_hour] += pause.share * max(0, end - start) / 30
    return np.asarray(np.maximum(out * (1.0 - np.minimum(away, 1.0)), 0.0))


def _groups(teams_of: Sequence[Sequence[int]]) -> tuple[Group, ...]:
    """Aims whose teams overlap, by way of others or not, belong together."""
    found: list[tuple[set[int], set[int]]] = []
    for aim, teams in enumerate(teams_of):
        joined = [each for each in found if each[1] & set(teams)]
        found = [each for each in found if each not in joined]
        found.append(({aim}.union(*(each[0] for each in joined)), set(teams).union(*(each[1] for each in joined))))
    return tuple(Group(tuple(sorted(own)), tuple(sorted(teams))) for own, teams in sorted(found, key=lambda each: min(each[0])))
