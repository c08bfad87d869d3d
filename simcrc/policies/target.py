"""What a measure is about: whether a channel offers a service, who takes it first, whether agents serve it.

Asked of a scenario as it is when the measure begins, to say what a measure cannot do.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from simcrc.scenario.base import Spec, for_service
from simcrc.scenario.privacy import able
from simcrc.scenario.shape import by_service
from simcrc.scenario.week import MIDNIGHT

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.scenario.hours import Hours
    from simcrc.scenario.phases import Phase
    from simcrc.scenario.scenario import Scenario
    from simcrc.scenario.teams import Schedule

HALF_HOUR = 30  # minutes


def meant(names: Sequence[str] | None, name: str) -> bool:
    """Is `name` one of `names`, which are all where none are written?"""
    return names is None or name in names


def segments_of(scenario: Scenario) -> list[str]:
    """The names of the segments; ``all`` for an anonymous stream."""
    return list(scenario.population.segments) if scenario.population else ["all"]


def access_of(scenario: Scenario, segment: str) -> float:
    """The share of a segment that is on line."""
    return scenario.population.segments[segment].access if scenario.population else 1.0


def snapshot(scenario: Scenario, channel: str, segments: Sequence[str]) -> dict[str, float]:
    """Who is on line now, where it matters for `channel`: the access for which a share is meant."""
    return {name: access_of(scenario, name) for name in segments} if scenario.channels[channel].needs_access else {}


def offered(scenario: Scenario, spec: ChannelSpec) -> dict[str, Phase | None]:
    """The services of a channel with their phases, all where none are written."""
    return dict.fromkeys(scenario.services) if spec.offers is None else dict(spec.offers)


def row(scenario: Scenario, service: str, segment: str) -> dict[str, float]:
    """The written shares of the first channel, {} where none are."""
    table = scenario.choice.first.table
    rows = table.get(service, table.get("default", {}))
    return rows.get(segment, rows.get("default", {}))


def targets(scenario: Scenario, services: Sequence[str] | None, segments: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    """The services and segments meant, those that exist."""
    for service in scenario.services:
        for segment in segments_of(scenario):
            if meant(services, service) and meant(segments, segment):
                yield service, segment


def taken(scenario: Scenario, channel: str, service: str, segment: str) -> bool:
    """Does anybody of `segment` take `channel` first for `service`?"""
    spec, shares = scenario.channels[channel], row(scenario, service, segment)
    if service not in offered(scenario, spec):
        return False
    if any(
        opened.share > 0 and opened.channel == channel and meant(opened.services, service) and meant(opened.segments, segment)
        for opened in scenario.choice.opened
    ):
        return True
    if shares or scenario.choice.first.utility is None:
        return shares.get(channel, 0.0) > 0
    return not spec.needs_access or able(scenario, service, segment) > 0


def has_agents(spec: ChannelSpec) -> bool:
    """Do agents serve the channel, rather than a machine?"""
    return "completion" not in type(spec).model_fields or bool(spec.steps())


def front_of(scenario: Scenario, channel: str) -> str | None:
    """The phone that `channel`, a voice unit, answers in front of: one number with it."""
    return next((name for name, spec in scenario.channels.items() if getattr(spec, "via", None) == channel), None)


def unset(part: Spec, service: str) -> Iterator[str]:
    """The values that `part`, a channel or something in it, needs for `service` and does not have."""
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if by_service(info) and info.is_required() and service not in value and "default" not in value:
            yield info.alias or name
        for inner in (value,) if isinstance(value, Spec) else value.values() if isinstance(value, Mapping) else ():
            if isinstance(inner, Spec):
                yield from (f"{info.alias or name}.{field}" for field in unset(inner, service))


def skilled(scenario: Scenario, channel: str, service: str) -> bool:
    """Has somebody who serves `channel` the skill for `service`?  A team that writes no skill of a service has them all."""
    stations = {channel, *scenario.channels[channel].stations(channel)}
    teams = [team for team in scenario.teams.values() if stations & set(team.serves)]
    return not teams or any(team.skills.get(service, 0.0) > 0 or not set(team.skills) & set(scenario.services) for team in teams)


def goes_on(scenario: Scenario, after: str, to: str, service: str) -> bool:
    """Does anybody whom `after` has not settled go on to `to` about `service`?"""
    rows = {name: options for name, options in scenario.choice.next.items() if name.partition(".")[0] == after}
    return service in offered(scenario, scenario.channels[to]) and any(
        to in options and options[to].share > 0 for name, options in rows.items() if name.count(".") < 2 or name.endswith(f".{service}")
    )


def opens(scenario: Scenario, channel: str, service: str) -> bool:
    """Does `channel` offer `service`, at some hour?"""
    hours = for_service(scenario.channels[channel].hours, service, None)
    return service in offered(scenario, scenario.channels[channel]) and not (hours is not None and hours.never)


def served(scenario: Scenario, channel: str, service: str, site: str | None = None) -> bool:
    """Is `channel` there for `service` at all: offered, open at some hour, and staffed then by somebody who knows the service where it needs agents?
    Of several sites one is enough, unless it is one `site` that is meant."""
    spec = scenario.channels[channel]
    hours = for_service(spec.hours, service, None)
    if not opens(scenario, channel, service):
        return False
    if not has_agents(spec):
        return True
    sites, steps = spec.open_sites(), spec.steps()
    if steps:  # items wait until somebody is there
        return all(_staffed(scenario, channel, f"{channel}.{step}", service, None) for step in steps)
    if spec.sites() and not sites:
        return False
    places = [f"{channel}.{name}" for name in sites if site in (None, name)] or [channel]
    return any(_staffed(scenario, channel, place, service, hours) for place in places)


def _staffed(scenario: Scenario, channel: str, station: str, service: str, hours: Hours | None) -> bool:
    """Is somebody on duty at `station` while it is open who knows `service`, in each language spoken?"""
    teams = [
        team.skills
        for team in scenario.teams.values()
        if {channel, station} & set(team.serves) and team.shrinkage < 1.0 and _knows(team.skills, service, scenario.services) and _there(team.schedule, hours)
    ]
    languages = _spoken(scenario)
    return bool(teams) and all(any(_knows(skills, language, languages) for skills in teams) for language in languages)


def _knows(skills: Mapping[str, float], skill: str, sort: Container[str]) -> bool:
    """Do agents with `skills` have `skill`, one of a `sort`?  All have those of a sort of which none is written."""
    return skills.get(skill, 0.0) > 0 or not any(other in sort for other in skills)


def _there(schedule: Schedule, hours: Hours | None) -> bool:
    """Is anybody scheduled in the `hours` (around the clock where none are written)?"""
    for weekdays, agents in schedule.week.items():
        for weekday in weekdays:
            for start, end in ((0, MIDNIGHT),) if hours is None else hours.week[weekday]:
                if any(agents[start // HALF_HOUR : -(-end // HALF_HOUR)]):
                    return True
    return False


def _spoken(scenario: Scenario) -> list[str]:
    """The languages in which somebody wants to be served."""
    population = scenario.population
    if population is None:
        return []
    return sorted(
        {
            language
            for segment in population.segments.values()
            for language, share in (segment.language or population.language).items()
            if share * segment.share * segment.needs > 0
        }
    )
