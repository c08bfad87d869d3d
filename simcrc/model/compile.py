"""Compiling: a Scenario becomes a Model, with integer ids and arrays in place of names.

Neighbours: ``builder`` serves the channel kinds, ``calendar`` turns local hours into instants, ``staffing`` schedules into
headcounts, ``demand`` volumes into needs, ``work`` contacts into work classes and agents into groups, ``era`` holds what changes with time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import inf, log
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.distributions.uniform import Uniform
from simcrc.draws import Decision, Purpose, Quantity, about, name_code
from simcrc.model.builder import Builder
from simcrc.model.calendar import Calendar, Opening
from simcrc.model.demand import Demand, languages_of
from simcrc.model.era import Era, Quantities
from simcrc.model.first import Choices, log_odds, settles
from simcrc.model.intensity import Intensity
from simcrc.model.model import GIVE_UP, REDIAL, AfterModel, Channel, ChaseModel, FirstUses, Model, Station, Way, Ways
from simcrc.model.staffing import Staffing
from simcrc.model.stages import Backlog
from simcrc.model.told import told
from simcrc.model.work import build_classes, build_groups
from simcrc.policies.timeline import base_of, timeline
from simcrc.scenario.base import for_service
from simcrc.scenario.choice import After
from simcrc.scenario.phases import reached
from simcrc.scenario.units import Hours

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec, Outage
    from simcrc.scenario.choice import Option
    from simcrc.scenario.scenario import Scenario

HOUR = 3_600_000_000
ALWAYS = Hours.parse("24/7")


def compile(scenario: Scenario, records: Mapping[int, Any] | None = None, later: Sequence[tuple[date, Scenario]] | None = None) -> Model:
    """The model of `scenario`; `records` (replay) gives the instants of some services in place of generated demand, by service
    index; `later`: what is written from a day on in place of `scenario`, in order of time (else what its policies make of it).

    Raises ``ScenarioError`` only for what could not be seen when the scenario was loaded.
    """
    calendar = Calendar.of(scenario)
    services, segments, languages = tuple(scenario.services), segments_of(scenario), languages_of(scenario)
    stations = _stations(scenario)
    classes, class_of = build_classes(scenario, stations, segments, languages)
    groups, shares = build_groups(scenario, stations, classes, languages)
    eras = _eras(base_of(scenario), timeline(scenario) if later is None else later, calendar, stations, segments)
    first, changes = eras[0].scenario, [(era.day, era.scenario) for era in eras[1:]]  # measures may hold before the origin
    model = Model(
        scenario=scenario,
        calendar=calendar,
        start=calendar.start,
        end=calendar.end,
        services=services,
        segments=segments,
        languages=languages,
        teams=tuple(scenario.teams),
        eras=eras,
        stations=stations,
        classes=classes,
        class_of=class_of,
        groups=groups,
        staffing=Staffing.of(first, calendar, shares, changes),
        demand=Demand.of(first, calendar, records, changes),
        max_contacts=scenario.choice.max_contacts,
        seed=scenario.seed,
    )
    fit = getattr(records, "fit", None)  # records may bring more than instants: work, patience, the roster
    return fit(model) if fit else model


def _eras(
    scenario: Scenario, later: Sequence[tuple[date, Scenario]], calendar: Calendar, stations: tuple[Station, ...], segments: tuple[str, ...]
) -> tuple[Era, ...]:
    """The first era and those that begin before the horizon; of several that begin at once, or before the origin, the last counts."""
    written = {0: scenario}
    for day, other in later:
        index = max(0, (day - calendar.dates[0]).days)
        if index < len(calendar.dates):
            written[index] = other
    make, openings = Quantities(), Openings(calendar)
    choices, expected = Choices(scenario, lambda service: closed_when(scenario, calendar, openings, service)), settling(scenario, segments)
    return tuple(
        Era(
            day=day,
            start=calendar.midnights[day],
            scenario=own,
            channels=_Channels(own, openings, stations, segments, make, scenario).all(),
            first=choices.era(own, expected),
        )
        for day, own in sorted(written.items(), key=lambda item: item[0])
    )


def segments_of(scenario: Scenario) -> tuple[str, ...]:
    """The names of the segments; ("all",) for an anonymous stream."""
    return tuple(scenario.population.segments) if scenario.population else ("all",)


def settling(scenario: Scenario, segments: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """The probability that a contact settles a need, as written, shape (services, segments, 2, channels)."""
    names = list(scenario.channels)
    return np.array(
        [[[[settles(scenario, service, segment, hard, name) for name in names] for hard in (0, 1)] for segment in segments] for service in scenario.services]
    )


def _stations(scenario: Scenario) -> tuple[Station, ...]:
    out: list[Station] = []
    for index, (name, spec) in enumerate(scenario.channels.items()):
        for site in spec.sites() or (None,):
            out.append(Station(name if site is None else f"{name}.{site}", index, site, spec.steps()))
    return tuple(out)


def closed_when(scenario: Scenario, calendar: Calendar, openings: Openings, service: str) -> list[tuple[list[bool], float]]:
    """Which channels are closed when the needs for `service` of the measured period arise, with their share of these needs."""
    intensity = Intensity.of(scenario, calendar, service)
    hours = [openings.of(spec, service) for spec in scenario.channels.values()]
    found: dict[tuple[bool, ...], float] = {}
    days = [intensity.pieces(day) for day in range(calendar.midnights.index(calendar.start), len(calendar.dates))]
    expected = np.concatenate([needs for _, needs in days])
    middles = np.concatenate([(edges[:-1] + edges[1:]) // 2 for edges, _ in days])[expected > 0]
    closed = np.stack([~opening.are_open(middles) for opening in hours], axis=1)
    for needs, *shut in zip(expected[expected > 0].tolist(), *closed.T.tolist(), strict=True):
        found[tuple(shut)] = found.get(tuple(shut), 0.0) + needs
    total = sum(found.values())
    return [(list(shut), needs / total) for shut, needs in found.items()] or [([False] * len(hours), 1.0)]


class Openings:
    """Makes opening hours of written ones, each once."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._known: dict[tuple[Hours, bool, tuple[Outage, ...]], Opening] = {}

    def of(self, spec: ChannelSpec, service: str) -> Opening:
        """When a channel is open for `service`."""
        hours = for_service(spec.hours, service, ALWAYS)
        # what is open around the clock is open on holidays too, unless the scenario says that it is closed
        on_holidays = spec.opens_on_holidays or hours.always if spec.holidays is None else spec.holidays == "open"
        outages = spec.outages
        key = (hours, on_holidays, outages)
        if key not in self._known:
            calendar = self._calendar
            away = [(at := calendar.instant(outage.at), at + outage.lasts) for outage in outages]
            self._known[key] = calendar.opening(hours, on_holidays, away)
        return self._known[key]


class _Channels:
    """Compiles the channels one after the other, numbering their quantities."""

    def __init__(
        self, scenario: Scenario, openings: Openings, stations: tuple[Station, ...], segments: tuple[str, ...], make: Quantities, base: Scenario
    ) -> None:
        self.scenario, self.openings, self.stations, self.segments, self.make, self.base = scenario, openings, stations, segments, make, base
        self.names = list(scenario.channels)
        self.uid = 0

    def all(self) -> tuple[Channel, ...]:
        return tuple(self.one(index, name, spec) for index, (name, spec) in enumerate(self.scenario.channels.items()))

    def one(self, index: int, name: str, spec: ChannelSpec) -> Channel:
        own = tuple(k for k, station in enumerate(self.stations) if station.channel == index)
        build = Builder(self.scenario, name, own, self.segments, self.uid, self.make, self.base)
        stages = tuple(spec.stages(build))
        chase, choice = self.scenario.choice.chase.get(name), self.scenario.choice
        spread = spec.when_closed.spread or Uniform(low=0, high=2 * HOUR)
        offers = tuple(spec.offers is None or service in spec.offers for service in self.scenario.services)
        correction = getattr(spec, "correction", None)
        via = getattr(spec, "via", None)
        channel = Channel(
            name=name,
            kind=spec.kind,
            needs_access=spec.needs_access,
            asynchronous=any(isinstance(stage, Backlog) for stage in stages),
            stations=own,
            stages=stages,
            offered=offers,
            opening=tuple(self.openings.of(spec, service) for service in self.scenario.services),
            when_closed=spec.when_closed.then,
            tries=spec.when_closed.tries,
            spread=build.quantity(spread, Purpose.SPREAD),
            via=self.names.index(via) if via else None,
            lines=getattr(spec, "lines", None),
            redial_keeps=getattr(spec, "redial_keeps", "per_contact") == "per_need",
            resolution=build.chances(spec.resolution, 1.0, spec.complex.resolution),
            next=self.next(build, name),
            chase=None
            if chase is None
            else ChaseModel(self.shared(name, chase.to, Decision.CHASE), build.quantity(chase.after, Purpose.CHASE_AFTER), chase.resolves),
            verify=self.verify(build, name),
            induced=self.after(build, name, choice.induced.get(name), Purpose.INDUCE_AFTER),
            correction=None if correction is None else build.quantity(correction, Purpose.CORRECTION),
            reach=self.reach(spec),
        )
        self.uid = build.uid
        return channel

    def next(self, build: Builder, channel: str) -> tuple[dict[str, tuple[Way, ...]], ...]:
        """By profile: outcome name → ways; the row of the service goes before that of all services, odds act on top."""
        rows = {tuple(row.split(".")[1:]): options for row, options in self.scenario.choice.next.items() if row.partition(".")[0] == channel}
        delays = {key: {to: self.delay(build, option) for to, option in options.items()} for key, options in rows.items()}
        out = []
        odds = log_odds(told(self.scenario), list(self.scenario.services), self.segments, self.names, self.dialled(channel))
        for number, service in enumerate(self.scenario.services):
            ways: dict[str, tuple[Way, ...]] = {}
            for key, options in sorted(rows.items(), key=lambda item: len(item[0])):
                if key[1:] in ((), (service,)):
                    shares = {to: option.share for to, option in options.items()}
                    ways[key[0]] = self.ways(channel, number, shares, delays[key], Decision.CHANNEL)
            weighed: dict[bytes, dict[str, tuple[Way, ...]]] = {np.zeros(len(self.names)).tobytes(): ways}
            for own in odds[number]:
                known = own.tobytes()  # few odds are of one segment alone
                if known not in weighed:
                    weighed[known] = {row: tuple(_weighed(way, own) for way in options) for row, options in ways.items()}
                out.append(weighed[known])
        return tuple(out)

    def ways(self, channel: str, service: int, shares: Mapping[str, float], delays: Mapping[str, Quantity | None], decision: Decision) -> tuple[Way, ...]:
        """The options of `shares` that are feasible for `service` after a contact on `channel`."""
        out = []
        for to, share in shares.items():
            if to == "give_up":
                out.append(Way(GIVE_UP, log(share) if share else -inf, None, about(decision, name_code(to)), False))
                continue
            name = self.dialled(channel) if to == "redial" else to
            spec = self.scenario.channels[name]
            index = REDIAL if to == "redial" else self.names.index(name)
            offered = spec.offers is None or list(self.scenario.services)[service] in spec.offers
            if share > 0.0 and offered:
                out.append(Way(index, log(share), delays.get(to), about(decision, name_code("redial" if to == "redial" else name)), spec.needs_access))
        return tuple(out)

    def dialled(self, channel: str) -> str:
        """What a citizen chose who met `channel`: the phone where that is the voice unit in front of it."""
        return next((name for name, spec in self.scenario.channels.items() if getattr(spec, "via", None) == channel), channel)

    def shared(self, channel: str, shares: Mapping[str, float], decision: Decision) -> Ways:
        """Ways without delays, by service."""
        return tuple(self.ways(channel, number, shares, {}, decision) for number in range(len(self.scenario.services)))

    @staticmethod
    def delay(build: Builder, option: Option) -> Quantity | None:
        return None if option.after is None else build.quantity(option.after, Purpose.DELAY)

    def after(self, build: Builder, channel: str, spec: After | None, purpose: Purpose) -> AfterModel | None:
        if spec is None:
            return None
        delay = None if spec.after is None else build.quantity(spec.after, purpose)
        always, services = float(spec.when == "always"), len(self.scenario.services)
        chance, first = spec.probability, None
        if spec.first_use is not None:
            excess = chance * (spec.first_use.factor - 1.0)
            first = FirstUses(((always * excess, excess),) * services, 1.0 - spec.first_use.fades)
        return AfterModel(self.shared(channel, spec.to, Decision.AFTER), ((always * chance, chance),) * services, delay, first)

    def verify(self, build: Builder, channel: str) -> AfterModel | None:
        """The verification of what a channel settled: because it was ambiguous, or because silos gave another answer elsewhere."""
        own = self.after(build, channel, self.scenario.choice.verify.get(channel), Purpose.VERIFY_AFTER)
        silos = self.scenario.silos
        if silos is None or not any(silos.inconsistent.values()) or not silos.to:
            return own
        other = self.after(build, channel, After(to=silos.to, probability=1.0, after=silos.after), Purpose.VERIFY_AFTER)
        assert other is not None
        differs = [for_service(silos.inconsistent, service, 0.0) for service in self.scenario.services]
        before = ((0.0, 0.0),) * len(differs) if own is None else own.chances
        chances = tuple((1 - (1 - a) * (1 - q), 1 - (1 - b) * (1 - q)) for (a, b), q in zip(before, differs, strict=True))
        if own is None or own.first is None:
            return replace(own or other, chances=chances)
        excess = tuple((a * (1 - q), b * (1 - q)) for (a, b), q in zip(own.first.excess, differs, strict=True))
        return replace(own, chances=chances, first=replace(own.first, excess=excess))

    def reach(self, spec: ChannelSpec) -> tuple[float, ...] | None:
        """By service the share of the needs that the phase of a channel can settle; None when all."""
        if spec.offers is None:
            return None
        out = tuple(reached(service.asks, spec.offers.get(name)) for name, service in self.scenario.services.items())
        return None if min(out) >= 1.0 else out


def _weighed(way: Way, odds: npt.NDArray[np.float64]) -> Way:
    """`way` with the logarithms of the odds by channel added; calling the same number again, and giving up, have none."""
    return way if way.channel < 0 else Way(way.channel, way.log_weight + float(odds[way.channel]), way.after, way.choice, way.online)
