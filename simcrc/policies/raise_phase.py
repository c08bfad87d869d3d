"""Raise an electronic service through the four phases: informational, interactional, transactional, integrated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from simcrc.policies.base import Attribute, Measure, Trouble, measure_kind
from simcrc.policies.change import by_service, towards, with_channel
from simcrc.policies.target import offered
from simcrc.scenario.base import Names
from simcrc.scenario.phases import PHASES, Phase
from simcrc.scenario.units import Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.scenario.scenario import Scenario


@measure_kind("raise", Words(fr="élever un service électronique", en="raise an electronic service"))
class Raise(Measure):
    """`channel` offers `services` at the phase `to` from the first day; the share of visits that get to the end moves to `completion` with the dose."""

    channel: str
    services: Names
    to: Phase
    completion: Share | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        def change(spec: ChannelSpec) -> dict[str, Any]:
            out: dict[str, Any] = {"offers": offered(scenario, spec) | dict.fromkeys(self.services, self.to)}
            aim = self.completion
            if aim is not None:
                own = getattr(spec, "completion", {})
                out["completion"] = by_service(scenario, own, self.services, 1.0, lambda old: towards(old, aim, dose))
            return out

        return with_channel(scenario, self.channel, change)

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        for service in self.services:
            yield "channels", self.channel, "phase", service
            if self.completion is not None:
                yield "channels", self.channel, "completion", service

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Only what is offered is raised, and only upwards; only self-service has visits that get to the end."""
        spec = scenario.channels[self.channel]
        if self.completion is not None and "completion" not in type(spec).model_fields:
            yield ("completion",), "no_self_service", {"found": self.channel}
        now = offered(scenario, spec)
        for number, service in enumerate(self.services):
            if service not in now:
                yield ("services", number), "raises_closed", {"found": service, "channel": self.channel}
            phase = now.get(service)
            if phase is None and service in now and scenario.services[service].asks and self.to != PHASES[-1]:
                phase = PHASES[-1]  # what is offered without a phase is offered whole
            if phase is not None and PHASES.index(phase) > PHASES.index(self.to):
                yield ("to",), "raises_down", {"found": self.to, "phase": phase, "service": service}
