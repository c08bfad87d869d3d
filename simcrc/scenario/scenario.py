"""The scenario: one frozen declaration of an organisation, its citizens and the question asked.  ``simcrc.scenario.load`` makes
it from YAML."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, NonNegativeInt, PositiveInt

from simcrc.channels import Channel
from simcrc.policies.policy import Policy
from simcrc.scenario.base import Spec
from simcrc.scenario.choice import Choice
from simcrc.scenario.expect import Expected
from simcrc.scenario.fit import Fit
from simcrc.scenario.money import Costs, Satisfaction
from simcrc.scenario.population import Population
from simcrc.scenario.privacy import Privacy
from simcrc.scenario.readiness import Readiness
from simcrc.scenario.reluctance import Reluctance
from simcrc.scenario.replay import Replay
from simcrc.scenario.roles import Roles
from simcrc.scenario.services import Profile, Service, Surge
from simcrc.scenario.silos import Silos
from simcrc.scenario.teams import Routing, Team
from simcrc.scenario.units import Name, Span, Target, Text, TimeZone


def _holidays(value: Any) -> Any:
    items = (value,) if isinstance(value, str | date) else value
    return [date.fromisoformat(item) if _is_date(item) else item for item in items] if isinstance(items, list | tuple) else items


def _is_date(item: Any) -> bool:
    try:
        return isinstance(item, str) and bool(date.fromisoformat(item))
    except ValueError:
        return False  # a code; ``simcrc.scenario.check`` says when there is none of that name


class Scenario(Spec):
    """An organisation over a period.  `start` and `horizon` bound the measured period; `warmup` precedes `start` and is left
    out of the indicators.

    `holidays`: a country or a subdivision (``CA-QC``), or dates.  `policies`: measures laid over all else; a measure that breaks a rule of free choice is
    refused unless `free_choice` says ``warn``.  `expect`: what its figures should be, `fit`: which numbers
    are calibrated so that they are, and `readiness`: what the organisation answers to fourteen questions about itself; a run ignores these.
    """

    simcrc: Literal[1]
    name: Text
    description: Text | None = None
    start: date
    horizon: Span
    warmup: Span = Span(0, "days")
    timezone: TimeZone = "UTC"
    holidays: Annotated[tuple[date | str, ...], BeforeValidator(_holidays)] = ()
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CAD"
    seed: NonNegativeInt = 1
    replications: PositiveInt = 2
    population: Population | None = None
    profiles: dict[Name, Profile] = Field(default_factory=dict)
    services: Annotated[dict[Name, Service], Field(min_length=1, max_length=99)]
    surges: tuple[Surge, ...] = ()
    replay: Replay | None = None
    channels: Annotated[dict[Name, Channel], Field(min_length=1)]
    teams: dict[Name, Team] = Field(default_factory=dict)
    routing: Routing = Routing()
    choice: Choice
    silos: Silos | None = None
    privacy: Privacy | None = None
    reluctance: Reluctance | None = None
    roles: Roles | None = None
    costs: Costs = Costs()
    satisfaction: Satisfaction = Satisfaction()
    targets: tuple[Target, ...] = ()
    expect: Expected | None = None
    fit: Fit | None = None
    readiness: Readiness = Field(default_factory=dict)
    policies: tuple[Policy, ...] = ()
    free_choice: Literal["refuse", "warn"] = "refuse"
