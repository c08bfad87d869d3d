"""Promote a channel: the odds that citizens take it are multiplied, for the first choice and when they choose again.  Stop promoting: odds below 1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import PositiveFloat

from simcrc.policies.base import Measure, measure_kind
from simcrc.scenario.determinants import Odds
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


@measure_kind("promote", Words(fr="promouvoir un canal", en="promote a channel"))
class Promote(Measure):
    """`odds` of `channel`, for `services` and `segments` (all unless written); at a dose d, odds to the power d.

    Promoting a channel that nobody of these takes is an error: odds of nothing are nothing; open it with a share instead."""

    channel: str
    odds: PositiveFloat
    services: tuple[str, ...] | None = None
    segments: tuple[str, ...] | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        return with_odds(scenario, Odds(channel=self.channel, factor=self.odds**dose, services=self.services, segments=self.segments))

    def problems(self, scenario: Scenario) -> Iterable[tuple[tuple[str | int, ...], str, dict[str, Any]]]:
        return ()


def with_odds(scenario: Scenario, odds: Odds) -> Scenario:
    """`scenario` with further odds on top."""
    if odds.factor == 1.0:
        return scenario
    choice = scenario.choice.model_copy(update={"odds": (*scenario.choice.odds, odds)})
    return scenario.model_copy(update={"choice": choice})
