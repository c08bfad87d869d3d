"""What mail, e-mail and fax share: an item that travels, waits in a backlog for each step of the work, and whose answer travels
back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from simcrc.channels.base import ChannelSpec
from simcrc.distributions import Law
from simcrc.distributions.deterministic import Deterministic
from simcrc.scenario.base import PerService, Spec
from simcrc.scenario.units import Duration, Share

if TYPE_CHECKING:
    from simcrc.model.builder import Builder
    from simcrc.model.stages import Stage


class WorkStep(Spec):
    """One step of the work; its station is ``channel.step`` in a team's `serves`."""

    handle_time: PerService[Law]


class Written(ChannelSpec):
    """An asynchronous channel: always open to send to, worked when its teams are there.

    `transport`: time to the organisation; `reply`: time of the answer back (default: as `transport`).  `incomplete`: share of
    items found incomplete by the last step, sent back, completed by the citizen within `correction` and sent again.  `lost`:
    share of items that never arrive.  `standard`: the published delay by service (default: that of the service)."""

    transport: Law = Deterministic(value=0)
    reply: Law | None = None
    steps_: dict[str, WorkStep] = Field(alias="steps", min_length=1)
    incomplete: PerService[Share] = Field(default_factory=dict)
    correction: Law = Deterministic(value=0)
    lost: Share = 0.0
    standard: PerService[Duration] = Field(default_factory=dict)

    def steps(self) -> tuple[str, ...]:
        return tuple(self.steps_)

    def stages(self, build: Builder) -> list[Stage]:
        return [
            build.transport(self.transport, lost=self.lost),
            build.backlog({name: step.handle_time for name, step in self.steps_.items()}, incomplete=self.incomplete, complex=self.complex),
            build.reply(self.reply or self.transport),
        ]
