"""Privacy and security: citizens who are on line, and refuse electronic channels for what asks them to prove who they are.

One of the five issues that hold a migration back (Lemire, CEGO 2009, 6.1): for looking at a site trust does not matter, for a transaction it is a barrier.
A service says how it makes sure of the citizen (``authentication``); the shares here say who refuses.  A citizen who refuses does so for life, whatever the
promotion; like those who are off line, he is within the written shares, and cannot be moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from simcrc.scenario.base import Spec
from simcrc.scenario.units import Share

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario

Authentication = Literal["none", "simple", "strong"]
"""How a service makes sure who the citizen is: not at all, by something known, or by a code or a document."""

BySegment = dict[str, Share]


class Privacy(Spec):
    """Shares of those who are on line, by segment (or ``default``), who refuse electronic channels for services with `simple` authentication, and with
    `strong`; who refuses the former refuses the latter too."""

    simple: BySegment = Field(default_factory=dict)
    strong: BySegment = Field(default_factory=dict)


def refusing(scenario: Scenario, service: str, segment: str) -> float:
    """The share of a segment's citizens on line who refuse electronic channels for a service."""
    privacy, authentication = scenario.privacy, scenario.services[service].authentication
    if privacy is None or authentication == "none" or scenario.population is None:
        return 0.0
    simple, strong = (shares.get(segment, shares.get("default", 0.0)) for shares in (privacy.simple, privacy.strong))
    return simple if authentication == "simple" else max(simple, strong)


def able(scenario: Scenario, service: str, segment: str) -> float:
    """The share of a segment that can take electronic channels for a service: on line, and not refusing.  All, without a population."""
    population = scenario.population
    if population is None or segment not in population.segments:
        return 1.0
    return population.segments[segment].access * (1.0 - refusing(scenario, service, segment))
