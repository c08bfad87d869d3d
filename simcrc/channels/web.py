"""The Web: self-service without staff, for citizens who are on line, at any hour unless written otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, PositiveInt

from simcrc.channels.base import ChannelSpec, channel_kind, for_all
from simcrc.distributions import Law
from simcrc.distributions.lognormal import Lognormal
from simcrc.scenario.base import PerService
from simcrc.scenario.units import Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.model.builder import Builder
    from simcrc.model.stages import Stage


@channel_kind("web", Words(fr="site Web", en="Web site"))
class Web(ChannelSpec):
    """`completion`: share of visits that get to the end for a citizen of full skill; the segment's skill multiplies it.
    `resolution`: share of completed visits that settle the need."""

    needs_access: ClassVar[bool] = True
    opens_on_holidays: ClassVar[bool] = True

    kind: Literal["web"]
    duration: PerService[Law] = Field(default_factory=lambda: for_all(Lognormal(mean=6 * 60_000_000, cv=1.0)))
    completion: PerService[Share]
    ports: PositiveInt | None = None

    def stages(self, build: Builder) -> list[Stage]:
        return [build.self_service(duration=self.duration, completion=self.completion, complex=self.complex, by_skill=True, ports=self.ports)]
