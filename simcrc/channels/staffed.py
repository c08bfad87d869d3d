"""What the phone and the counter share: a staffed queue in opening hours, in which citizens wait live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, NonNegativeInt

from simcrc.channels.base import ChannelSpec, ServiceLevel
from simcrc.distributions import Law
from simcrc.scenario.base import PerService, Spec
from simcrc.scenario.units import Share

if TYPE_CHECKING:
    from simcrc.model.builder import Builder
    from simcrc.model.stages import Stage


class Transfer(Spec):
    """Agents send the share `share` of contacts, by service, on to the channel `to`."""

    to: str
    share: PerService[Share]


class Staffed(ChannelSpec):
    """A queue with agents.

    `patience`: total wait that the citizen bears (a segment's own patience goes before; without either nobody leaves).
    `redial_keeps`: a redialling citizen keeps patience and work content (``per_need``) or draws anew (``per_contact``).
    `announce`: what is told on entering, ``expected`` (agents and queue) or ``last_wait``; an announced wait above patience is
    balking. `balking`: share who turn back at a queue whatever is announced.  `waiting_places`: how many may wait.
    `at_closing`: who waits at closing is served or dismissed. `wrap_up`: work after the contact, the citizen gone."""

    handle_time: PerService[Law]
    patience: PerService[Law] = Field(default_factory=dict)
    redial_keeps: Literal["per_need", "per_contact"] = "per_need"
    announce: str | None = None
    balking: Share = 0.0
    waiting_places: NonNegativeInt | None = None
    at_closing: Literal["serve", "dismiss"] = "serve"
    wrap_up: PerService[Law] = Field(default_factory=dict)
    service_level: ServiceLevel | None = None
    transfer: Transfer | None = None

    def stages(self, build: Builder) -> list[Stage]:
        return [
            build.queue(
                sites=self.site_shares(),
                handle=self.handle_time,
                complex=self.complex,
                patience=self.patience,
                balking=self.balking,
                announce=self.announce,
                places=self.waiting_places,
                serve_at_closing=self.at_closing == "serve",
                wrap_up=self.wrap_up,
                transfer=(self.transfer.to, self.transfer.share) if self.transfer else None,
            )
        ]
