"""The stage in which an item travels: post to the organisation, post back, a fax machine, a mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.draws import Purpose
from simcrc.engine.events import Timer
from simcrc.engine.order import TRANSPORT_END
from simcrc.log import Outcome

if TYPE_CHECKING:
    from simcrc.engine.contact import Visit
    from simcrc.engine.events import Steps
    from simcrc.engine.world import Need, World
    from simcrc.model import stages

LOST = int(Purpose.LOST)


class Transport:
    """Takes time and nobody; the item may get lost, or be withdrawn on its way."""

    def __init__(self, spec: stages.Transport) -> None:
        self.adopt(spec)

    def adopt(self, spec: stages.Transport) -> None:
        """Work by `spec` from now on."""
        self.time = spec.time
        self.lost = spec.lost

    def run(self, world: World, need: Need, visit: Visit) -> Steps:
        time = need.block.duration(self.time, need.row, visit.place)
        if time:
            yield Timer(world.env, time, TRANSPORT_END | visit.contact)
        if visit.cut is Outcome.WITHDRAWN:
            return visit.cut
        if self.lost and need.block.uniform(LOST, need.row, visit.place) < self.lost:
            return Outcome.LOST
        return None
