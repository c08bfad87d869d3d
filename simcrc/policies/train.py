"""Train staff: more contacts settle the matter, and they take less (or more) time (orientation 6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from simcrc.distributions.scaled import scaled
from simcrc.policies.base import Measure, Trouble, measure_kind
from simcrc.policies.change import by_service, closing, times, with_channel
from simcrc.policies.target import has_agents
from simcrc.scenario.base import Names
from simcrc.scenario.units import NonNegative, Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.scenario.scenario import Scenario


@measure_kind("train", Words(fr="former le personnel", en="train staff"))
class Train(Measure):
    """On the staffed `channels`, for `services` (all unless written): the part `resolution` of what lacks to full resolution is made good, handle
    times are multiplied by `handle_time`."""

    channels: Names
    services: Names | None = None
    resolution: Share = 0.0
    handle_time: NonNegative = 1.0

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        out = scenario
        for name in self.channels:
            out = with_channel(out, name, lambda spec: self._trained(scenario, spec, dose))
        return out

    def _trained(self, scenario: Scenario, spec: ChannelSpec, dose: float) -> dict[str, Any]:
        own: Any = spec
        out: dict[str, Any] = {"resolution": by_service(scenario, spec.resolution, self.services, 1.0, lambda old: closing(old, self.resolution, dose))}
        factor = times(self.handle_time, dose)
        if factor != 1.0 and hasattr(spec, "handle_time"):
            out["handle_time"] = by_service(scenario, own.handle_time, self.services, None, lambda law: law and scaled(law, factor))
        if factor != 1.0 and spec.steps():
            out["steps_"] = {
                name: step.model_copy(
                    update={"handle_time": by_service(scenario, step.handle_time, self.services, None, lambda law: law and scaled(law, factor))}
                )
                for name, step in own.steps_.items()
            }
        return out

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Only agents are trained."""
        for number, name in enumerate(self.channels):
            if not has_agents(scenario.channels[name]):
                yield ("channels", number), "no_agents", {"found": name}
