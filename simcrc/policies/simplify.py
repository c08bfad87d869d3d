"""Simplify letters, forms and rules: fewer items come back incomplete, fewer needs are ambiguous or complex, the work is shorter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from simcrc.distributions.scaled import scaled
from simcrc.policies.base import Measure, Trouble, measure_kind
from simcrc.policies.change import by_service, times, with_channel, with_services
from simcrc.scenario.base import Names
from simcrc.scenario.units import NonNegative, Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.scenario.scenario import Scenario


@measure_kind("simplify", Words(fr="simplifier lettres et formulaires", en="simplify letters and forms"))
class Simplify(Measure):
    """Factors (1: as before) on the share of items that come back `incomplete` on the `channels` (all with items unless written), on the `handle_time`
    of these items, and on `ambiguity` and `complexity` of the `services`."""

    services: Names | None = None
    channels: Names | None = None
    incomplete: Share = 1.0
    ambiguity: Share = 1.0
    complexity: Share = 1.0
    handle_time: NonNegative = 1.0

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        out = with_services(
            scenario,
            self.services,
            lambda spec: {"ambiguity": spec.ambiguity * times(self.ambiguity, dose), "complexity": spec.complexity * times(self.complexity, dose)},
        )
        for name, spec in scenario.channels.items():
            if spec.steps() and (self.channels is None or name in self.channels):
                out = with_channel(out, name, lambda spec: self._items(scenario, spec, dose))
        return out

    def _items(self, scenario: Scenario, spec: ChannelSpec, dose: float) -> dict[str, Any]:
        own: Any = spec
        factor = times(self.handle_time, dose)
        steps = {
            name: step.model_copy(update={"handle_time": by_service(scenario, step.handle_time, self.services, None, lambda law: law and scaled(law, factor))})
            for name, step in own.steps_.items()
        }
        incomplete = by_service(scenario, own.incomplete, self.services, 0.0, lambda old: old * times(self.incomplete, dose))
        return {"incomplete": incomplete} | ({"steps_": steps} if factor != 1.0 else {})

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Only letters, forms and the like come back incomplete."""
        for number, name in enumerate(self.channels or ()):
            if not scenario.channels[name].steps():
                yield ("channels", number), "no_items", {"found": name}
