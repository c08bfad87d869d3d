"""Work classes and groups: contacts that wait together, and agents who have the same skills.

A contact asks for a language or for a service as a skill only where some team that serves the station writes such skills;
contacts with the same demands, priority and head start share one first-come-first-served queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.draws import Purpose, Quantity
from simcrc.model.model import Group, Station, WorkClass
from simcrc.model.staffing import split_skills
from simcrc.rules.route import CONTACT_RULES

if TYPE_CHECKING:
    from simcrc.distributions import Distribution
    from simcrc.scenario.scenario import Scenario
    from simcrc.scenario.teams import Team

DEFAULT_PRIORITY = 5  # the middle of 1 to 9: a written priority may go before or after the unwritten
NOT_READY_UID = 1 << 20  # the uids of the teams' quantities come after those of all channels


def build_classes(
    scenario: Scenario, stations: tuple[Station, ...], segments: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[tuple[WorkClass, ...], npt.NDArray[np.int64]]:
    """The work classes, and the class of each contact: shape (stations, steps, services, segments, languages)."""
    services = tuple(scenario.services)
    most_steps = max((len(station.steps) for station in stations), default=0) or 1
    found: dict[WorkClass, int] = {}
    class_of = np.zeros((len(stations), most_steps, len(services), len(segments), len(languages)), dtype=np.int64)
    for s, station in enumerate(stations):
        for step, asked in enumerate(asked_skills(scenario, station)):
            for i, service in enumerate(services):
                for j, segment in enumerate(segments):
                    spec = scenario.population.segments[segment] if scenario.population else None
                    priority = (spec.priority if spec else None) or scenario.services[service].priority or DEFAULT_PRIORITY
                    for k, language in enumerate(languages):
                        skills = frozenset(({language} if asked[0] else set()) | ({service} if asked[1] else set()))
                        live = not station.steps
                        work = WorkClass(s, step, skills, priority, spec.head_start if spec and live else 0, live)
                        class_of[s, step, i, j, k] = found.setdefault(work, len(found))
    return tuple(found), class_of


def asked_skills(scenario: Scenario, station: Station) -> list[tuple[bool, bool]]:
    """For each step of `station` (one if it has none) whether the language and whether the service is asked of an agent."""
    out = []
    for step in station.steps or (None,):
        skills = {skill for team in scenario.teams.values() if any(covers(entry, station, step) for entry in team.serves) for skill in team.skills}
        services = bool(skills & set(scenario.services))
        out.append((bool(skills - set(scenario.services)), services))
    return out


def covers(entry: str, station: Station, step: str | None) -> bool:
    """Does the `entry` of a team's `serves` mean this station and step?"""
    channel = station.name.partition(".")[0]
    return entry in (channel, station.name) or (step is not None and entry == f"{channel}.{step}")


def build_groups(
    scenario: Scenario, stations: tuple[Station, ...], classes: tuple[WorkClass, ...], languages: tuple[str, ...]
) -> tuple[tuple[Group, ...], list[tuple[str, list[tuple[int, float]]]]]:
    """The groups of agents, and for each team its groups with their shares of the headcount."""
    groups: list[Group] = []
    shares: list[tuple[str, list[tuple[int, float]]]] = []
    for index, (name, team) in enumerate(scenario.teams.items()):
        own: list[tuple[int, float]] = []
        not_ready = _not_ready(scenario, team.not_ready, 2 * index)
        waiting = _not_ready(scenario, team.not_ready_waiting, 2 * index + 1)
        for skills, share in split_skills(team, languages, tuple(scenario.services)):
            own.append((len(groups), share))
            label = name if not team.skills else f"{name} ({', '.join(sorted(skills & set(team.skills)))})"
            groups.append(Group(index, label, skills, _tiers(scenario, team, stations, classes, skills), not_ready, waiting))
        shares.append((name, own))
    return tuple(groups), shares


def _tiers(
    scenario: Scenario, team: Team, stations: tuple[Station, ...], classes: tuple[WorkClass, ...], skills: frozenset[str]
) -> tuple[tuple[int, ...], ...]:
    taken: set[int] = set()
    tiers: list[tuple[int, ...]] = []
    for entry in team.serves:
        tier = []
        for c, work in enumerate(classes):
            station = stations[work.station]
            step = station.steps[work.step] if station.steps else None
            if c not in taken and covers(entry, station, step) and work.skills <= skills:
                tier.append(c)
                taken.add(c)
        if tier:
            tiers.append(tuple(tier))
    return CONTACT_RULES[scenario.routing.contact](tuple(tiers), [work.live for work in classes])


def _not_ready(scenario: Scenario, law: Distribution | None, number: int) -> Quantity | None:
    if law is None:
        return None
    segments = len(scenario.population.segments) if scenario.population else 1
    return Quantity(NOT_READY_UID + number, Purpose.NOT_READY, ((law,) * segments,) * len(scenario.services))
