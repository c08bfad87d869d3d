"""The stage in which the citizen serves himself: Web, voice unit.  It ends contained, failed, or by "0"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.draws import Purpose
from simcrc.engine.events import Timer
from simcrc.engine.order import SELF_SERVICE_END
from simcrc.log import Outcome

if TYPE_CHECKING:
    from simcrc.engine.contact import Visit
    from simcrc.engine.events import Steps
    from simcrc.engine.world import Need, World
    from simcrc.model import stages

RESULT = int(Purpose.RESULT)
OPTED_OUT, CONTAINED, FAILED, BLOCKED = Outcome.OPTED_OUT, Outcome.CONTAINED, Outcome.FAILED, Outcome.BLOCKED


class SelfService:
    """No staff; `ports` bound how many can be in it at once."""

    def __init__(self, spec: stages.SelfService) -> None:
        self.busy = 0
        self.adopt(spec)

    def adopt(self, spec: stages.SelfService) -> None:
        """Work by `spec` from now on."""
        self.duration = spec.duration
        self.completion: list[float] = spec.completion.ravel().tolist()
        self.opt_out: list[float] | None = None if spec.opt_out is None else spec.opt_out.ravel().tolist()
        self.opt_out_after = spec.opt_out_after or spec.duration
        self.complex_duration = spec.complex_duration
        self.ports = spec.ports

    def run(self, world: World, need: Need, visit: Visit) -> Steps:
        if self.ports is not None and self.busy >= self.ports:
            return BLOCKED
        block, row, case = need.block, need.row, need.case
        result = block.uniform(RESULT, row, visit.place)
        leave = 0.0 if self.opt_out is None else self.opt_out[case]
        if result < leave:
            outcome, quantity = OPTED_OUT, self.opt_out_after
        else:
            outcome = CONTAINED if result - leave < (1.0 - leave) * self.completion[case] else FAILED
            quantity = self.duration
        duration = block.duration(quantity, row, visit.place)
        if case & 1:
            duration = round(duration * self.complex_duration)
        self.busy += 1
        yield Timer(world.env, duration, SELF_SERVICE_END | visit.contact)
        self.busy -= 1
        return outcome
