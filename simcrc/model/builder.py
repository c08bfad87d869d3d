"""What a channel kind is given to compose its stages with: quantities and probabilities from the values written in the
scenario.

``simcrc.model.compile`` makes one builder a channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from simcrc.draws import Purpose, Quantity
from simcrc.model.era import Quantities
from simcrc.model.sites import Sites
from simcrc.model.stages import Backlog, Chances, Queue, Rekeying, SelfService, Step, Transport
from simcrc.scenario.base import for_service

if TYPE_CHECKING:
    from simcrc.channels.base import Complex
    from simcrc.distributions import Distribution
    from simcrc.scenario.scenario import Scenario

Laws = Mapping[str, "Distribution"]


class Builder:
    """Builds the parts of the channel `channel` of `scenario`, which holds in one era; `base`: what holds without policies.  `stations` are the indices of its
    stations, `segments` the names ("all" for an anonymous stream)."""

    def __init__(
        self, scenario: Scenario, channel: str, stations: tuple[int, ...], segments: tuple[str, ...], first_uid: int, make: Quantities, base: Scenario
    ) -> None:
        self.scenario = scenario
        self.base = base
        self.channel = channel
        self.stations = stations
        self.services = tuple(scenario.services)
        self.segments = segments
        self.uid = first_uid
        self.make = make

    def quantity(self, laws: Laws | Distribution, purpose: int, *, segments_first: Mapping[str, Distribution] | None = None) -> Quantity:
        """A quantity with a law by service (None: never), or a segment's own law where `segments_first` has one."""
        by_service = laws if isinstance(laws, Mapping) else {"default": laws}
        own = segments_first or {}
        table = tuple(tuple(own.get(segment, for_service(by_service, service, None)) for segment in self.segments) for service in self.services)
        self.uid += 1
        return self.make(self.uid, purpose, table)

    def chances(self, values: Mapping[str, float], missing: float, complex_factor: float = 1.0, by_skill: bool = False) -> Chances:
        """Probabilities by service, segment and complexity."""
        out = np.empty((len(self.services), len(self.segments), 2))
        for i, service in enumerate(self.services):
            for j in range(len(self.segments)):
                value = for_service(values, service, missing)
                if by_skill and self.scenario.population:
                    value *= self.scenario.population.segments[self.segments[j]].skill
                out[i, j] = (value, value * complex_factor)
        return out

    def rekeying(self) -> Rekeying | None:
        """What staff key in again, where the scenario has silos."""
        silos = self.scenario.silos
        self.uid += 1  # whether there are silos or not, so that eras number alike
        if silos is None or not any(silos.rekeyed.values()) or not silos.rekeying:
            return None
        chance = tuple(for_service(silos.rekeyed, service, 0.0) for service in self.services)
        laws = tuple((for_service(silos.rekeying, service, None),) * len(self.segments) for service in self.services)
        return Rekeying(chance, self.make(self.uid, Purpose.REKEYING, laws))

    def self_service(
        self,
        *,
        duration: Laws,
        completion: Mapping[str, float],
        complex: Complex,
        by_skill: bool,
        opt_out: Mapping[str, float] | None = None,
        opt_out_after: Distribution | None = None,
        ports: int | None = None,
    ) -> SelfService:
        """A stage without staff."""
        return SelfService(
            duration=self.quantity(duration, Purpose.WORK),
            completion=self.chances(completion, 1.0, complex.completion, by_skill),
            opt_out=None if opt_out is None else self.chances(opt_out, 0.0),
            opt_out_after=None if opt_out_after is None else self.quantity(opt_out_after, Purpose.OPT_OUT_AFTER),
            ports=ports,
            complex_duration=complex.handle_time,
        )

    def queue(
        self,
        *,
        handle: Laws,
        complex: Complex,
        sites: Mapping[str, float] | None = None,
        patience: Laws | None = None,
        balking: float = 0.0,
        announce: str | None = None,
        places: int | None = None,
        serve_at_closing: bool = True,
        wrap_up: Laws | None = None,
        transfer: tuple[str, Mapping[str, float]] | None = None,
    ) -> Queue:
        """A staffed stage in which the citizen waits."""
        population = self.scenario.population
        own = {name: segment.patience for name, segment in population.segments.items() if segment.patience is not None} if population else {}
        if population and population.patience is not None and not patience:
            patience = {"default": population.patience}
        return Queue(
            stations=self.stations,
            sites=Sites.of(tuple(self.base.channels[self.channel].site_shares().values()), tuple(sites.values())) if sites else Sites.of((1.0,), (1.0,)),
            handle=self.quantity(handle, Purpose.WORK),
            patience=self.quantity(patience or {}, Purpose.PATIENCE, segments_first=own) if patience or own else None,
            balking=balking,
            announce=announce,
            places=places,
            serve_at_closing=serve_at_closing,
            wrap_up=self.quantity(wrap_up, Purpose.WRAP_UP) if wrap_up else None,
            transfer=None if transfer is None else self.chances(transfer[1], 0.0),
            transfer_to=None if transfer is None else transfer[0],
            complex_handle=complex.handle_time,
            rekeying=self.rekeying(),
        )

    def transport(self, time: Distribution, lost: float = 0.0) -> Transport:
        """The way of an item to the organisation."""
        return Transport(self.quantity(time, Purpose.THERE), lost)

    def reply(self, time: Distribution) -> Transport:
        """The way of the answer back to the citizen."""
        return Transport(self.quantity(time, Purpose.BACK))

    def backlog(self, steps: Mapping[str, Laws], *, incomplete: Mapping[str, float], complex: Complex) -> Backlog:
        """A staffed stage in which the item waits for each step."""
        return Backlog(
            station=self.stations[0],
            steps=tuple(Step(name, self.quantity(laws, Purpose.STEP + k)) for k, (name, laws) in enumerate(steps.items())),
            incomplete=self.chances(incomplete, 0.0),
            complex_handle=complex.handle_time,
            rekeying=self.rekeying(),
        )
