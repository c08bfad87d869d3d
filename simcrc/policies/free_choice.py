"""Free choice ("libre choix", Régie des rentes 2006): what no policy may take from citizens, checked over the whole timeline.

Every service is offered by at least one universal channel (mail or phone); "0" stays available at all times in the voice unit, and leads to an agent
who knows the service; a visitor who comes to an office is not sent home; every segment has a feasible channel for every service that it needs.  A
channel that is never open, or that nobody who knows the service (and each language spoken) serves while it is open, offers nothing.  A rule that the
base itself does not keep is not held against a policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from simcrc.policies.target import offered, opens, served
from simcrc.policies.timeline import base_of, timeline, written_on
from simcrc.scenario.base import for_service
from simcrc.scenario.privacy import able
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.policies.base import Entry
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
    known = set(breaches(base_of(scenario)))
    out = []
    for day, now in timeline(scenario):
        for breach in sorted(breaches(now) - known, key=repr):
            known.add(breach)
            out.append((day, breach))
    return out


def breakers(scenario: Scenario, day: date, breach: Breach) -> list[tuple[int, int]]:
    """The measures of `scenario` (number of the policy, of the measure) that break the rule on `day`: without one of them it is kept; where several
    break it each for itself, those; else all that hold."""
    placed = [(p, m, entry) for p, policy in enumerate(scenario.policies) for m, entry in enumerate(policy.measures) if entry.dose(day) > 0]
    every = [entry for _, _, entry in placed]

    def breaks(kept: list[Entry]) -> bool:
        return breach in breaches(written_on(_with(scenario, kept), day))

    needed = [(p, m) for p, m, entry in placed if not breaks([own for own in every if own is not entry])]
    alone = [(p, m) for p, m, entry in placed if breaks([entry])]
    return needed or alone or [(p, m) for p, m, _ in placed]


def _with(scenario: Scenario, kept: list[Entry]) -> Scenario:
    """`scenario` with the measures `kept` alone."""
    own = {id(entry) for entry in kept}
    policies = tuple(policy.model_copy(update={"measures": tuple(entry for entry in policy.measures if id(entry) in own)}) for policy in scenario.policies)
    return scenario.model_copy(update={"policies": policies})


def _universal(scenario: Scenario) -> Iterator[Breach]:
    for service in scenario.services:
        if not any(spec.universal and served(scenario, name, service) for name, spec in scenario.channels.items()):
            yield Breach(UNIVERSAL, service)


def _zero(scenario: Scenario) -> Iterator[Breach]:
    for name, spec in scenario.channels.items():
        if spec.kind != "ivr":
            continue
        behind = [phone for phone, other in scenario.channels.items() if getattr(other, "via", None) == name]
        for service in scenario.services:
            if not served(scenario, name, service):
                continue
            pressed = for_service(getattr(spec, "opt_out", {}), service, 0.0) > 0
            if not pressed or not any(served(scenario, phone, service) for phone in behind):
                yield Breach(ZERO, service, channel=name)


def _visitor(scenario: Scenario) -> Iterator[Breach]:
    for name, spec in scenario.channels.items():
        if spec.kind != "counter" or not offered(scenario, spec):
            continue  # an office that is no more sends nobody home
        sent_home = getattr(spec, "at_closing", "serve") == "dismiss" or getattr(spec, "waiting_places", None) is not None
        for service in scenario.services:
            if sent_home or not opens(scenario, name, service):
                yield Breach(VISITOR, service, channel=name)
                continue
            for site in spec.open_sites() or (None,):
                if not served(scenario, name, service, site):
                    yield Breach(VISITOR, service, channel=f"{name}.{site}" if site else name)


def _segments(scenario: Scenario) -> Iterator[Breach]:
    segments = scenario.population.segments if scenario.population else {}
    for segment, spec in segments.items():
        for service, asked in scenario.services.items():
            if spec.needs * for_service(asked.needs, segment, 1.0) <= 0:
                continue
            open_to_all = any(served(scenario, name, service) and not channel.needs_access for name, channel in scenario.channels.items())
            online = any(served(scenario, name, service) and channel.needs_access for name, channel in scenario.channels.items())
            if not open_to_all and not (online and able(scenario, service, segment) >= 1.0):
                yield Breach(SEGMENT, service, segment=segment)
