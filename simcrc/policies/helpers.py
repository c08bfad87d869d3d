"""Helpers ("accompagnateurs") and access: the two levels of the digital divide, which no other measure changes (orientation 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simcrc.policies.base import Attribute, Measure, measure_kind
from simcrc.policies.change import closing, towards, with_segments
from simcrc.scenario.choice import Opened
from simcrc.scenario.units import Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


@measure_kind("helpers", Words(fr="encourager les accompagnateurs", en="encourage helpers"))
class Helpers(Measure):
    """Helpers make good the part `helped` of what the `segments` lack in ability: of the attempts on the Web that ability spoils, so many come out
    after all."""

    segments: tuple[str, ...]
    helped: Share

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        return with_segments(scenario, self.segments, lambda spec: {"skill": closing(spec.skill, self.helped, dose)})


@measure_kind("give_access", Words(fr="donner accès", en="give access"))
class GiveAccess(Measure):
    """The share `access` of the `segments` is on line once the dose is 1; nobody loses access.

    Where nobody of a segment took a channel that needs access, `share` says how many of its first choices `channel` then gets."""

    segments: tuple[str, ...]
    access: Share
    channel: str | None = None
    share: Share | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        out = with_segments(scenario, self.segments, lambda spec: {"access": towards(spec.access, max(spec.access, self.access), dose)})
        if self.channel is None or self.share is None:
            return out
        entrant = Opened(channel=self.channel, share=self.share * dose, segments=self.segments)
        return out.model_copy(update={"choice": out.choice.model_copy(update={"opened": (*out.choice.opened, entrant)})})

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        return [("population", "segments", segment, "access") for segment in self.segments]
