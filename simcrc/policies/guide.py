"""Guide: at the end of a contact agents show citizens another channel, so that they take it the next time (orientation 5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from simcrc.policies.base import Measure, Trouble, measure_kind
from simcrc.policies.promote import with_odds
from simcrc.policies.target import goes_on, has_agents, meant
from simcrc.scenario.base import Names
from simcrc.scenario.choice import Guided
from simcrc.scenario.determinants import Odds
from simcrc.scenario.units import NonNegative, Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


@measure_kind("guide", Words(fr="guider vers un canal", en="guide to a channel"))
class Guide(Measure):
    """After a contact on `after` the odds of `to` are multiplied by `odds` when the citizen goes on with the need, and with
    the probability `habit` it becomes the channel of habit, which the next needs feel (where the scenario has habit)."""

    after: str
    to: str
    odds: Annotated[NonNegative, Field(gt=0.0)] = 1.0
    habit: Share = 0.0
    services: Names | None = None
    segments: Names | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        odds = Odds(channel=self.to, factor=self.odds**dose, services=self.services, segments=self.segments, after=self.after)
        out = with_odds(scenario, odds)
        if self.habit <= 0:
            return out
        guided = Guided(after=self.after, to=self.to, share=self.habit * dose, services=self.services, segments=self.segments)
        return out.model_copy(update={"choice": out.choice.model_copy(update={"guided": (*out.choice.guided, guided)})})

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Only agents guide; a habit must be able to count, and odds to act on somebody."""
        if not has_agents(scenario.channels[self.after]):
            yield ("after",), "no_agents", {"found": self.after}
        if self.habit > 0 and (scenario.population is None or scenario.choice.first.utility is None):
            yield ("habit",), "no_habit", {}
        there = [service for service in scenario.services if meant(self.services, service) and goes_on(scenario, self.after, self.to, service)]
        if self.odds != 1.0 and not there:
            yield ("to",), "guides_nobody", {"found": self.to, "after": self.after}
