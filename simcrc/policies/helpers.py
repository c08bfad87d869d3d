"""Helpers ("accompagnateurs") and access: the two levels of the digital divide, which no other measure changes (orientation 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simcrc.policies.base import Attribute, Measure, Trouble, measure_kind
from simcrc.policies.change import closing, towards, with_segments
from simcrc.policies.target import access_of, snapshot, taken
from simcrc.scenario.base import Names
from simcrc.scenario.choice import Opened
from simcrc.scenario.quantities import percent
from simcrc.scenario.units import Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


@measure_kind("helpers", Words(fr="encourager les accompagnateurs", en="encourage helpers"))
class Helpers(Measure):
    """Helpers make good the part `helped` of what the `segments` lack in ability: of the attempts on the Web that ability spoils, so many come out
    after all; as many fewer as partners are reluctant (``reluctance.partners``)."""

    segments: Names
    helped: Share

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        helped = self.helped * (1.0 - scenario.reluctance.partners) if scenario.reluctance else self.helped
        return with_segments(scenario, self.segments, lambda spec: {"skill": closing(spec.skill, helped, dose)})

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Ability is a trait of segments."""
        if scenario.population is None:
            yield (), "no_citizens", {}


@measure_kind("give_access", Words(fr="donner accès", en="give access"))
class GiveAccess(Measure):
    """The share `access` of the `segments` is on line once the dose is 1; nobody loses access.

    Who is put on line chooses as those of the segment who were on line before.  Where nobody of a segment took a channel that needs access, `share` says
    how many of its first choices `channel` then gets."""

    segments: Names
    access: Share
    channel: str | None = None
    share: Share | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        out = with_segments(scenario, self.segments, lambda spec: {"access": towards(spec.access, max(spec.access, self.access), dose)})
        if self.channel is None or self.share is None:
            return out
        entrant = Opened(channel=self.channel, share=self.share * dose, segments=self.segments, access=snapshot(out, self.channel, self.segments))
        return out.model_copy(update={"choice": out.choice.model_copy(update={"opened": (*out.choice.opened, entrant)})})

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        return [("population", "segments", segment, "access") for segment in self.segments]

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Access is a trait of segments, and only grows; a share is written for a channel on line that nobody of them took."""
        if scenario.population is None:
            yield (), "no_citizens", {}
            return
        for number, segment in enumerate(self.segments):
            if access_of(scenario, segment) > self.access:
                yield ("segments", number), "takes_access", {"found": segment, "access": percent(access_of(scenario, segment))}
        if (self.channel is None) != (self.share is None):
            yield (), "together", {"keys": ["channel", "share"], "given": "channel" if self.share is None else "share"}
        if self.channel is None or self.share is None:
            return
        if not scenario.channels[self.channel].needs_access:
            yield ("channel",), "not_online", {"found": self.channel}
        if self.share > self.access:
            yield ("share",), "above_access", {"share": percent(self.share), "segment": self.segments[0], "access": percent(self.access)}
        for service in scenario.services:
            for segment in self.segments:
                if taken(scenario, self.channel, service, segment):
                    yield ("share",), "takes_already", {"found": self.channel, "service": service, "segment": segment}
                    return
