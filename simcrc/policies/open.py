"""Open a channel for services, or close it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simcrc.policies.base import Attribute, Measure, Trouble, measure_kind
from simcrc.policies.change import with_channel
from simcrc.scenario.choice import Opened
from simcrc.scenario.phases import Phase
from simcrc.scenario.units import Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.scenario.scenario import Scenario


def offered(scenario: Scenario, spec: ChannelSpec) -> dict[str, Phase | None]:
    """The services of a channel with their phases, all where none are written."""
    return dict.fromkeys(scenario.services) if spec.offers is None else dict(spec.offers)


@measure_kind("open", Words(fr="ouvrir un canal", en="open a channel"))
class Open(Measure):
    """`channel` offers `services` (at `phase`) from now on, and gets `share` of the first choices of the `segments` (all unless written) about them;
    at a dose d, the share times d.

    The other channels lose in proportion, or only those of `draws_from`."""

    channel: str
    services: tuple[str, ...]
    share: Share
    phase: Phase | None = None
    segments: tuple[str, ...] | None = None
    draws_from: tuple[str, ...] | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        out = with_channel(scenario, self.channel, lambda spec: {"offers": offered(scenario, spec) | dict.fromkeys(self.services, self.phase)})
        entrant = Opened(channel=self.channel, share=self.share * dose, services=self.services, segments=self.segments, draws_from=self.draws_from)
        return out.model_copy(update={"choice": out.choice.model_copy(update={"opened": (*out.choice.opened, entrant)})})

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        return [("channels", self.channel, "offers", service) for service in self.services]

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """What is opened must have been closed: a share is written for what nobody could take."""
        spec = scenario.channels.get(self.channel)
        if spec is not None:
            already = offered(scenario, spec)
            for number, service in enumerate(self.services):
                if service in already:
                    yield ("services", number), "opens_open", {"found": service, "channel": self.channel}


@measure_kind("close", Words(fr="fermer un canal", en="close a channel"))
class Close(Measure):
    """`channel` offers `services` (all unless written) no more, once the dose is 1; until then fewer and fewer take it."""

    channel: str
    services: tuple[str, ...] | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        from simcrc.policies.promote import with_odds
        from simcrc.scenario.determinants import Odds

        gone = set(scenario.services if self.services is None else self.services)
        if dose < 1.0:
            return with_odds(scenario, Odds(channel=self.channel, factor=1.0 - dose, services=tuple(sorted(gone))))
        return with_channel(
            scenario, self.channel, lambda spec: {"offers": {name: phase for name, phase in offered(scenario, spec).items() if name not in gone}}
        )

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        return [("channels", self.channel, "offers", service) for service in (scenario.services if self.services is None else self.services)]
