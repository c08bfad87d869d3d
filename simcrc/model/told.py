"""What agents tell citizens about other channels at the end of a contact, reluctance of staff included (``simcrc.scenario.reluctance``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.scenario.determinants import Odds

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.scenario.choice import Guided
    from simcrc.scenario.scenario import Scenario


def told(scenario: Scenario) -> tuple[Odds, ...]:
    """The odds of `scenario` as they come out: those that hold after a contact with agents are brought towards 1, and self-service loses after it."""
    reluctance = scenario.reluctance
    if reluctance is None:
        return scenario.choice.odds
    staffed = [name for name, spec in scenario.channels.items() if has_agents(spec)]
    out = [
        odds.model_copy(update={"factor": 1.0 + (odds.factor - 1.0) * (1.0 - reluctance.staff)}) if odds.after in staffed else odds
        for odds in scenario.choice.odds
    ]
    if reluctance.discourages < 1.0:
        alone = [name for name, spec in scenario.channels.items() if not has_agents(spec)]
        out += [Odds(channel=name, factor=reluctance.discourages, after=after) for after in staffed for name in alone]
    return tuple(out)


def shown(scenario: Scenario) -> tuple[Guided, ...]:
    """How many citizens agents show another channel, those who do not care to left out."""
    reluctance = scenario.reluctance
    if reluctance is None or not reluctance.staff:
        return scenario.choice.guided
    return tuple(
        guided.model_copy(update={"share": guided.share * (1.0 - reluctance.staff)}) if has_agents(scenario.channels[guided.after]) else guided
        for guided in scenario.choice.guided
    )


def has_agents(spec: ChannelSpec) -> bool:
    """Do agents serve the channel, live or in writing?"""
    return bool(spec.steps()) or hasattr(spec, "handle_time")
