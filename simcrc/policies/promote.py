"""Promote a channel, or stop promoting one: the odds that citizens take it are multiplied, for the first choice and when they choose again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from simcrc.policies.base import Measure, Trouble, measure_kind
from simcrc.policies.target import taken, targets
from simcrc.scenario.base import Names
from simcrc.scenario.determinants import Odds
from simcrc.scenario.units import NonNegative
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


class Oddly(Measure):
    """What promoting and its contrary share: `odds` of `channel`, for `services` and `segments` (all unless written); at a dose d, odds to the power d."""

    channel: str
    odds: NonNegative
    services: Names | None = None
    segments: Names | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        return with_odds(scenario, Odds(channel=self.channel, factor=self.odds**dose, services=self.services, segments=self.segments))

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Odds of nothing are nothing: somebody must take the channel already."""
        if not any(taken(scenario, self.channel, service, segment) for service, segment in targets(scenario, self.services, self.segments)):
            yield ("channel",), "promotes_nothing", {"found": self.channel}


@measure_kind("promote", Words(fr="promouvoir un canal", en="promote a channel"))
class Promote(Oddly):
    """The odds of `channel` are multiplied by `odds` (at least 1) among those who can take it.

    Promoting a channel that nobody of these takes is an error; ``open`` it with a share instead."""

    odds: Annotated[NonNegative, Field(ge=1.0)]


@measure_kind("stop_promoting", Words(fr="cesser de promouvoir un canal", en="stop promoting a channel"))
class StopPromoting(Oddly):
    """The odds of `channel` are multiplied by `odds` (at most 1)."""

    odds: Annotated[NonNegative, Field(gt=0.0, le=1.0)]


def with_odds(scenario: Scenario, odds: Odds) -> Scenario:
    """`scenario` with further odds on top."""
    if odds.factor == 1.0:
        return scenario
    choice = scenario.choice.model_copy(update={"odds": (*scenario.choice.odds, odds)})
    return scenario.model_copy(update={"choice": choice})
