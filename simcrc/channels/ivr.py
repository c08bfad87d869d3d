"""The voice unit (IVR): self-service on the phone lines, "0" always accepted.  A phone channel with `via` puts it in front of
its agents: one number, one choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from simcrc.channels.base import ChannelSpec, channel_kind, for_all
from simcrc.distributions import Law
from simcrc.distributions.lognormal import Lognormal
from simcrc.scenario.base import PerService
from simcrc.scenario.units import Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.model.builder import Builder
    from simcrc.model.stages import Stage


@channel_kind("ivr", Words(fr="RVI", en="IVR"))
class Ivr(ChannelSpec):
    """`opt_out`: share of calls that press "0"; of the others the share `completion` is contained, the rest fails.

    `opt_out_after`: time before the "0" (default: as `duration`).  Its `hours` are those of self-service; calls about services
    that it does not offer are put through at once."""

    opens_on_holidays: ClassVar[bool] = True

    kind: Literal["ivr"]
    duration: PerService[Law] = Field(default_factory=lambda: for_all(Lognormal(mean=2 * 60_000_000, cv=0.8)))
    opt_out: PerService[Share]
    opt_out_after: Law | None = None
    completion: PerService[Share] = Field(default_factory=lambda: {"default": 1.0})

    def stages(self, build: Builder) -> list[Stage]:
        return [
            build.self_service(
                duration=self.duration, completion=self.completion, complex=self.complex, by_skill=False, opt_out=self.opt_out, opt_out_after=self.opt_out_after
            )
        ]
