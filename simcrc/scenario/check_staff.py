"""Checks of the staff: what teams serve, that someone serves every station in every language and service, schedules,
routing rules."""

from __future__ import annotations

from simcrc.channels import ChannelSpec
from simcrc.channels.staffed import Staffed
from simcrc.scenario.positions import Place
from simcrc.scenario.scope import Scope
from simcrc.scenario.teams import Team

MOST_PARTIAL_SKILLS = 8  # every partial skill doubles the groups of a team


def check_staff(scope: Scope) -> None:
    """All checks of this module."""
    from simcrc.rules.route import AGENT_RULES, CONTACT_RULES

    scope.known("unknown_rule", scope.scenario.routing.contact, CONTACT_RULES, ("routing", "contact"))
    scope.known("unknown_rule", scope.scenario.routing.agent, AGENT_RULES, ("routing", "agent"))
    entries = _entries(scope)
    for name, team in scope.scenario.teams.items():
        _team(scope, ("teams", name), team, entries)
    for name, channel in scope.scenario.channels.items():
        for station in _stations(name, channel):
            _served(scope, name, station)


def _is_staffed(channel: ChannelSpec) -> bool:
    return isinstance(channel, Staffed) or bool(channel.steps())


def _is_self_service(channel: ChannelSpec) -> bool:
    return not _is_staffed(channel) and "completion" in type(channel).model_fields


def _stations(name: str, channel: ChannelSpec) -> tuple[str, ...]:
    """What must be served of a channel, one site or step at a time."""
    return (channel.stations(name) or (name,)) if _is_staffed(channel) else ()


def _entries(scope: Scope) -> list[str]:
    """What `serves` may name."""
    out: list[str] = []
    for name in scope.channels:
        channel = scope.scenario.channels.get(name)
        if channel is None:
            out.append(name)
        elif not _is_self_service(channel):
            out += [name, *channel.stations(name)]
    return out


def _team(scope: Scope, path: Place, team: Team, entries: list[str]) -> None:
    for index, entry in enumerate(team.serves):
        part = entry.partition(".")[0]
        if part in scope.channels and not scope.sure(("channels", part)):
            continue
        scope.known("unknown_station", entry, entries, (*path, "serves", index))
    known = [*_languages(scope), *scope.services]
    for skill in team.skills if scope.sure(("population",)) else ():
        scope.known("unknown_skill", skill, known, (*path, "skills", skill), key=True)
    if sum(0 < share < 1 for share in team.skills.values()) > MOST_PARTIAL_SKILLS:
        scope.say("too_many_skills", (*path, "skills"), key=True, limit=MOST_PARTIAL_SKILLS)
    schedule = (*path, "schedule")
    if not team.schedule.week and scope.sure(schedule) and not scope.written((*schedule, "file")):
        file_was_read = scope.written((*schedule, "week"))
        if not file_was_read:
            scope.say("exactly_one", schedule, key=True, keys=["week", "file"], given="-")


def _languages(scope: Scope) -> list[str]:
    population = scope.scenario.population
    return (
        list(dict.fromkeys(language for segment in population.segments.values() for language in (segment.language or population.language)))
        if population
        else []
    )


def _serves(team: Team, channel: str, station: str) -> bool:
    return any(entry in (channel, station) for entry in team.serves)


def _served(scope: Scope, channel: str, station: str) -> None:
    """Someone must serve `station`, in every language spoken and every service offered."""
    if not scope.sure(("teams",), ("channels", channel)):
        return
    site = (*("channels", channel),)
    teams = [team for team in scope.scenario.teams.values() if _serves(team, channel, station)]
    if not teams:
        scope.say("no_team", site, key=True, found=station)
        return
    languages = [language for language in _languages(scope) if _spoken(scope, language)]
    services = [service for service in scope.scenario.services if scope.offered(channel, service)]
    missing = [skill for sort in (languages, services) for skill in sort if not any(_has(team, skill, sort) for team in teams)]
    for skill in missing:
        scope.say("no_skill", site, key=True, skill=skill, found=station)
    for language in languages:
        for service in services:
            pair = {language, service}
            if not pair & set(missing) and not any(_has(team, language, languages) and _has(team, service, services) for team in teams):
                scope.say("no_skill", site, key=True, skill=f"{language} + {service}", found=station)


def _spoken(scope: Scope, language: str) -> bool:
    population = scope.scenario.population
    return population is not None and any(
        segment.share * segment.needs * (segment.language or population.language).get(language, 0.0) > 0 for segment in population.segments.values()
    )


def _has(team: Team, skill: str, sort: list[str]) -> bool:
    """Has the team agents with `skill`?  All have it when the team writes no skill of that `sort`."""
    return team.skills.get(skill, 0.0) > 0 if any(other in team.skills for other in sort) else True
