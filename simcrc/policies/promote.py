"""Promote a channel, or stop promoting one: the odds that citizens take it are multiplied, for the first choice and when they choose again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, PositiveFloat

from simcrc.policies.base import Measure, Trouble, measure_kind
from simcrc.scenario.determinants import Odds
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


class Oddly(Measure):
    """What promoting and its contrary share: `odds` of `channel`, for `services` and `segments` (all unless written); at a dose d, odds to the power d."""

    channel: str
    odds: PositiveFloat
    services: tuple[str, ...] | None = None
    segments: tuple[str, ...] | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        return with_odds(scenario, Odds(channel=self.channel, factor=self.odds**dose, services=self.services, segments=self.segments))

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Odds of nothing are nothing: somebody must take the channel already."""
        if self.channel not in scenario.channels or scenario.choice.first.utility is not None:
            return
        segments = list(scenario.population.segments) if scenario.population else ["all"]
        table = scenario.choice.first.table
        rows = [table.get(service, table.get("default", {})) for service in scenario.services if self.services is None or service in self.services]
        shares = [row.get(segment, row.get("default", {})).get(self.channel, 0.0) for row in rows for segment in segments if _meant(self.segments, segment)]
        if not any(shares):
            yield ("channel",), "promotes_nothing", {"found": self.channel}


@measure_kind("promote", Words(fr="promouvoir un canal", en="promote a channel"))
class Promote(Oddly):
    """The odds of `channel` are multiplied by `odds` (at least 1) among those who can take it.

    Promoting a channel that nobody of these takes is an error; ``open`` it with a share instead."""

    odds: Annotated[float, Field(ge=1.0)]


@measure_kind("stop_promoting", Words(fr="cesser de promouvoir un canal", en="stop promoting a channel"))
class StopPromoting(Oddly):
    """The odds of `channel` are multiplied by `odds` (at most 1)."""

    odds: Annotated[float, Field(gt=0.0, le=1.0)]


def with_odds(scenario: Scenario, odds: Odds) -> Scenario:
    """`scenario` with further odds on top."""
    if odds.factor == 1.0:
        return scenario
    choice = scenario.choice.model_copy(update={"odds": (*scenario.choice.odds, odds)})
    return scenario.model_copy(update={"choice": choice})


def _meant(names: tuple[str, ...] | None, name: str) -> bool:
    return names is None or name in names
