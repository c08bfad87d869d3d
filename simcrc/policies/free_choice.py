"""Free choice ("libre choix", Régie des rentes 2006): what no policy may take from citizens, checked over the whole timeline.

Every service is offered by at least one universal channel (mail or phone); "0" stays available at all times in the voice unit, and leads to an agent
who knows the service; a visitor is
not sent home; every segment has a feasible channel for every service that it needs.  A rule that the base itself does not keep is not held against a policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from simcrc.scenario.base import for_service
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario

UNIVERSAL = Words(
    fr="le service {service} n'est plus offert par un canal universel (téléphone ou courrier)",
    en="the service {service} is no longer offered by a universal channel (phone or mail)",
)
ZERO = Words(
    fr="le « 0 » n'est plus disponible dans {channel} pour le service {service}", en='"0" is no longer available in {channel} for the service {service}'
)
VISITOR = Words(
    fr="un visiteur qui vient à {channel} pour le service {service} n'est plus servi",
    en="a visitor who comes to {channel} about the service {service} is no longer served",
)
SEGMENT = Words(fr="le segment {segment} n'a plus de canal pour le service {service}", en="the segment {segment} has no channel left for the service {service}")


@dataclass(frozen=True)
class Breach:
    """A rule that is broken: its words and what they are about."""

    rule: Words
    service: str
    channel: str = ""
    segment: str = ""

    def words(self) -> Words:
        """The rule as it is broken here."""
        return Words(*(self.rule.say(lang, service=self.service, channel=self.channel, segment=self.segment) for lang in ("fr", "en")))


def breaches(scenario: Scenario) -> frozenset[Breach]:
    """The rules that `scenario`, at one time, does not keep."""
    return frozenset((*_universal(scenario), *_zero(scenario), *_visitor(scenario), *_segments(scenario)))


def broken(scenario: Scenario) -> list[tuple[date, Breach]]:
    """What the policies of `scenario` break that its base keeps, with the first day on which it is broken."""
    from simcrc.policies.timeline import base_of, timeline

    known = set(breaches(base_of(scenario)))
    out = []
    for day, now in timeline(scenario):
        for breach in sorted(breaches(now) - known, key=repr):
            known.add(breach)
            out.append((day, breach))
    return out


def _offers(scenario: Scenario, channel: str, service: str) -> bool:
    spec = scenario.channels[channel]
    return spec.offers is None or service in spec.offers


def _universal(scenario: Scenario) -> Iterator[Breach]:
    for service in scenario.services:
        if not any(spec.universal and _offers(scenario, name, service) for name, spec in scenario.channels.items()):
            yield Breach(UNIVERSAL, service)


def _zero(scenario: Scenario) -> Iterator[Breach]:
    for name, spec in scenario.channels.items():
        if spec.kind != "ivr":
            continue
        behind = [phone for phone, other in scenario.channels.items() if getattr(other, "via", None) == name]
        for service in scenario.services:
            if not _offers(scenario, name, service):
                continue
            pressed = for_service(getattr(spec, "opt_out", {}), service, 0.0) > 0
            if not pressed or not any(_offers(scenario, phone, service) for phone in behind):
                yield Breach(ZERO, service, channel=name)


def _visitor(scenario: Scenario) -> Iterator[Breach]:
    for name, spec in scenario.channels.items():
        if spec.kind != "counter":
            continue
        sent_home = getattr(spec, "at_closing", "serve") == "dismiss" or getattr(spec, "waiting_places", None) is not None
        for service in scenario.services:
            if sent_home or not _offers(scenario, name, service):
                yield Breach(VISITOR, service, channel=name)


def _segments(scenario: Scenario) -> Iterator[Breach]:
    segments = scenario.population.segments if scenario.population else {}
    for segment, spec in segments.items():
        for service, asked in scenario.services.items():
            if spec.needs * for_service(asked.needs, segment, 1.0) <= 0:
                continue
            open_to_all = any(_offers(scenario, name, service) and not channel.needs_access for name, channel in scenario.channels.items())
            online = any(_offers(scenario, name, service) and channel.needs_access for name, channel in scenario.channels.items())
            if not open_to_all and not (online and spec.access >= 1.0):
                yield Breach(SEGMENT, service, segment=segment)
