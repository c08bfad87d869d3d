"""Open a channel for services, or close it; or sites of an office."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, PositiveFloat

from simcrc.policies import sites as offices
from simcrc.policies.base import Attribute, Measure, Trouble, measure_kind
from simcrc.policies.change import with_channel
from simcrc.policies.target import front_of, meant, offered, row, segments_of, skilled, snapshot, taken, targets, unset
from simcrc.rules.choose import constants
from simcrc.scenario.base import Names
from simcrc.scenario.choice import Opened
from simcrc.scenario.phases import Phase
from simcrc.scenario.privacy import able, refusing
from simcrc.scenario.quantities import percent
from simcrc.scenario.units import Share
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario

SLACK = 1e-9
Weights = Annotated[dict[str, PositiveFloat], Field(min_length=1)]
"""By site its weight among those of the channel."""


@measure_kind("open", Words(fr="ouvrir un canal", en="open a channel"))
class Open(Measure):
    """`channel` offers `services` (at `phase`) from now on, and gets `share` of the first choices of the `segments` (all unless written) about them;
    at a dose d, the share times d.

    The other channels lose in proportion, or only those of `draws_from`.  The share is meant for the citizens who are on line when the channel opens;
    access that is given later adds to it.  A voice unit in front of a phone has no share: all calls about these services meet it.

    Or `sites` of an office open, each with its weight among them, at a dose d the weight times d."""

    channel: str
    services: Names | None = None
    share: Share | None = None
    phase: Phase | None = None
    segments: Names | None = None
    draws_from: Names | None = None
    sites: Weights | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        services = self.services
        if services is None:
            return offices.weighed(scenario, self.channel, self.sites or {}, dose)
        out = with_channel(scenario, self.channel, lambda spec: {"offers": offered(scenario, spec) | dict.fromkeys(services, self.phase)})
        if self.share is None:
            return out
        entrant = Opened(
            channel=self.channel,
            share=self.share * dose,
            services=self.services,
            segments=self.segments,
            draws_from=self.draws_from,
            access=snapshot(scenario, self.channel, [name for name in segments_of(scenario) if meant(self.segments, name)]),
        )
        return out.model_copy(update={"choice": out.choice.model_copy(update={"opened": (*out.choice.opened, entrant)})})

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        if self.services is None:
            return offices.attributes(self.channel, self.sites or {})
        named = [name for name in segments_of(scenario) if meant(self.segments, name)]
        return [("channels", self.channel, "offers", service, segment) for service in self.services for segment in named]

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """What is opened must have been closed: a share is written for what nobody could take."""
        if self.sites is not None:
            keys = [key for key in ("share", "phase", "segments", "draws_from") if getattr(self, key) is not None]
            yield from offices.troubles(scenario, self.channel, self.sites, self.services, tuple(keys))
            return
        if self.services is None:
            yield (), "exactly_one", {"keys": ["services", "sites"], "given": "-"}
            return
        spec = scenario.channels[self.channel]
        already = offered(scenario, spec)
        for number, service in enumerate(self.services):
            others = [own for own in scenario.choice.opened if own.channel == self.channel and meant(own.services, service)]
            if service in already and not others:  # one may be opened to one segment after the other, each with its share
                yield ("services", number), "opens_open", {"found": service, "channel": self.channel}
                return
            for field in unset(spec, service):
                yield ("services", number), "no_value_of", {"found": service, "channel": self.channel, "field": field}
            if not skilled(scenario, self.channel, service):
                yield ("services", number), "no_skill", {"skill": service, "found": self.channel}
            for given_number, given in enumerate(self.draws_from or ()):
                if given == self.channel or service not in offered(scenario, scenario.channels[given]):
                    yield ("draws_from", given_number), "not_offered", {"channel": given, "found": service}
        phone = front_of(scenario, self.channel)
        if self.share is None or phone is not None:
            if phone is None:
                yield (), "missing_beside", {"found": self.channel, "missing": "share"}
            elif self.share is not None:
                yield ("share",), "one_number", {"found": self.channel, "phone": phone}
            return
        for service, segment in targets(scenario, self.services, self.segments):
            access = able(scenario, service, segment)
            if spec.needs_access and self.share > access + SLACK:
                fields = {"share": percent(self.share), "segment": segment, "access": percent(access), "willing": percent(access), "service": service}
                yield ("share",), "above_willing" if refusing(scenario, service, segment) else "above_access", fields
                return
        yield from self._draws_too_much(scenario, self.share)

    def _draws_too_much(self, scenario: Scenario, share: float) -> Iterable[Trouble]:
        """Those who would have taken one of `draws_from` and can take the channel must be enough."""
        if self.draws_from is None or scenario.choice.first.utility is not None:
            return  # with a utility only the compiled choice can tell
        names, bound = list(scenario.channels), [spec.needs_access for spec in scenario.channels.values()]
        for service, segment in targets(scenario, self.services, self.segments):
            shares, access = row(scenario, service, segment), able(scenario, service, segment)
            if any(not taken(scenario, given, service, segment) for given in self.draws_from if given not in shares):
                continue
            weights = constants([shares.get(name, 0.0) for name in names], bound, access)
            part = [sum(row[names.index(given)] for given in self.draws_from) / sum(row) if sum(row) else 0.0 for row in weights]
            source = access * part[1] + (0.0 if scenario.channels[self.channel].needs_access else (1 - access) * part[0])
            if share > source + SLACK and not scenario.choice.opened:
                fields = {"found": self.channel, "service": service, "segment": segment, "share": percent(share), "source": percent(source)}
                yield ("share",), "draws_too_much", fields
                return


@measure_kind("close", Words(fr="fermer un canal", en="close a channel"))
class Close(Measure):
    """`channel` offers `services` (all unless written) no more, once the dose is 1; until then fewer and fewer take it.  Or its `sites` close: whoever went
    there goes to those that remain."""

    channel: str
    services: Names | None = None
    sites: Names | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        if self.sites is not None:
            return offices.weighed(scenario, self.channel, dict.fromkeys(self.sites, 0.0), dose)
        from simcrc.policies.promote import with_odds
        from simcrc.scenario.determinants import Odds

        gone = set(scenario.services if self.services is None else self.services)
        if dose < 1.0:
            return with_odds(scenario, Odds(channel=self.channel, factor=1.0 - dose, services=tuple(sorted(gone))))
        return with_channel(
            scenario, self.channel, lambda spec: {"offers": {name: phase for name, phase in offered(scenario, spec).items() if name not in gone}}
        )

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        if self.sites is not None:
            return offices.attributes(self.channel, dict.fromkeys(self.sites, 0.0))
        gone = scenario.services if self.services is None else self.services
        return [("channels", self.channel, "offers", service, segment) for service in gone for segment in segments_of(scenario)]

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """Only what is open is closed, and not every site of an office."""
        if self.sites is not None:
            yield from offices.troubles(scenario, self.channel, dict.fromkeys(self.sites, 0.0), self.services, ())
            return
        now = offered(scenario, scenario.channels[self.channel])
        for number, service in enumerate(self.services or ()):
            if service not in now:
                yield ("services", number), "not_offered", {"found": service, "channel": self.channel}
