"""Integrate files: systems share what they know, so that answers agree and nothing is keyed in twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simcrc.policies.base import Measure, Trouble, measure_kind
from simcrc.policies.change import by_service, times
from simcrc.scenario.base import Names
from simcrc.scenario.units import Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


@measure_kind("integrate", Words(fr="intégrer les dossiers", en="integrate files"))
class Integrate(Measure):
    """What remains of inconsistent answers (`inconsistent`) and of keying in again (`rekeyed`) about `services` (all unless written): 0 takes it away."""

    services: Names | None = None
    inconsistent: Share = 0.0
    rekeyed: Share = 0.0

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        silos = scenario.silos
        if silos is None:
            return scenario
        update = {
            "inconsistent": by_service(scenario, silos.inconsistent, self.services, 0.0, lambda old: old * times(self.inconsistent, dose)),
            "rekeyed": by_service(scenario, silos.rekeyed, self.services, 0.0, lambda old: old * times(self.rekeyed, dose)),
        }
        return scenario.model_copy(update={"silos": silos.model_copy(update=update)})

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Only silos are integrated."""
        if scenario.silos is None:
            yield (), "no_silos", {}
