"""How measures change a scenario: frozen parts are copied with some fields replaced, by service where a field goes by service.

Doses: a multiplier m becomes 1 + (m − 1) × dose, a value that is set moves from the old to the new in proportion, a share of what is missing is
closed in proportion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from simcrc.scenario.base import for_service

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.scenario.population import Segment
    from simcrc.scenario.scenario import Scenario
    from simcrc.scenario.services import Service
    from simcrc.scenario.teams import Team

T = TypeVar("T")


def with_channel(scenario: Scenario, name: str, change: Callable[[ChannelSpec], Mapping[str, Any]]) -> Scenario:
    """`scenario` with fields of a channel replaced by what `change` makes of it."""
    spec = scenario.channels[name]
    return scenario.model_copy(update={"channels": scenario.channels | {name: spec.model_copy(update=dict(change(spec)))}})


def with_services(scenario: Scenario, names: Sequence[str] | None, change: Callable[[Service], Mapping[str, Any]]) -> Scenario:
    """`scenario` with fields of services (all unless named) replaced."""
    new = {name: spec.model_copy(update=dict(change(spec))) if names is None or name in names else spec for name, spec in scenario.services.items()}
    return scenario.model_copy(update={"services": new})


def with_segments(scenario: Scenario, names: Sequence[str] | None, change: Callable[[Segment], Mapping[str, Any]]) -> Scenario:
    """`scenario` with fields of segments (all unless named) replaced; as it is without a population."""
    population = scenario.population
    if population is None:
        return scenario
    new = {name: spec.model_copy(update=dict(change(spec))) if names is None or name in names else spec for name, spec in population.segments.items()}
    return scenario.model_copy(update={"population": population.model_copy(update={"segments": new})})


def with_team(scenario: Scenario, name: str, change: Callable[[Team], Mapping[str, Any]]) -> Scenario:
    """`scenario` with fields of a team replaced."""
    team = scenario.teams[name]
    return scenario.model_copy(update={"teams": scenario.teams | {name: team.model_copy(update=dict(change(team)))}})


def by_service(scenario: Scenario, values: Mapping[str, T], names: Sequence[str] | None, missing: T, change: Callable[[T], T]) -> dict[str, T]:
    """A field that goes by service, with `change` made to the value of each service meant (all unless `names`); `missing` stands where nothing is written.

    What does not change stays as it is written, so that a measure that does nothing gives the scenario that it was given."""
    out = dict(values)
    for service in scenario.services:
        if names is None or service in names:
            old = for_service(values, service, missing)
            new = change(old)
            if new != old:
                out[service] = new
    return out


def times(factor: float, dose: float) -> float:
    """The multiplier `factor` at `dose`."""
    return 1.0 + (factor - 1.0) * dose


def towards(old: float, new: float, dose: float) -> float:
    """The way from `old` to `new` at `dose`."""
    return old + (new - old) * dose


def closing(old: float, part: float, dose: float) -> float:
    """`old` with the share `part` of what it lacks to 1 made good, at `dose`."""
    return old + (1.0 - old) * part * dose
