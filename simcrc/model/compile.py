"""Compiling: a Scenario becomes a Model, with integer ids and arrays in place of names.

Neighbours: ``builder`` serves the channel kinds, ``calendar`` turns local hours into instants, ``staffing`` schedules into
headcounts, ``demand`` volumes into needs, ``work`` contacts into work classes and agents into groups."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, log
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.distributions.uniform import Uniform
from simcrc.draws import Decision, Purpose, Quantity, about, name_code
from simcrc.model.builder import Builder
from simcrc.model.calendar import Calendar, Opening
from simcrc.model.demand import Demand, languages_of
from simcrc.model.model import GIVE_UP, REDIAL, AfterModel, Channel, ChaseModel, Model, Station, Way, Ways
from simcrc.model.staffing import Staffing
from simcrc.model.stages import Backlog
from simcrc.model.work import build_classes, build_groups
from simcrc.rules.choose import constants
from simcrc.scenario.base import for_service
from simcrc.scenario.units import Hours

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.scenario.choice import After, Option
    from simcrc.scenario.scenario import Scenario

HOUR = 3_600_000_000
ALWAYS = Hours.parse("24/7")


def compile(scenario: Scenario, records: Mapping[int, Any] | None = None) -> Model:
    """The model of `scenario`; `records` (replay) gives the instants of some services in place of generated demand, by service
    index.

    Raises ``ScenarioError`` only for what could not be seen when the scenario was loaded.
    """
    calendar = Calendar.of(scenario)
    services, segments, languages = tuple(scenario.services), segments_of(scenario), languages_of(scenario)
    stations = _stations(scenario)
    classes, class_of = build_classes(scenario, stations, segments, languages)
    groups, shares = build_groups(scenario, stations, classes, languages)
    model = Model(
        scenario=scenario,
        calendar=calendar,
        start=calendar.start,
        end=calendar.end,
        services=services,
        segments=segments,
        languages=languages,
        teams=tuple(scenario.teams),
        channels=_Channels(scenario, calendar, stations, segments).all(),
        stations=stations,
        classes=classes,
        class_of=class_of,
        groups=groups,
        staffing=Staffing.of(scenario, calendar, shares),
        demand=Demand.of(scenario, calendar, records),
        first=first_weights(scenario, segments),
        max_contacts=scenario.choice.max_contacts,
        seed=scenario.seed,
    )
    fit = getattr(records, "fit", None)  # records may bring more than instants: work, patience, the roster
    return fit(model) if fit else model


def segments_of(scenario: Scenario) -> tuple[str, ...]:
    """The names of the segments; ("all",) for an anonymous stream."""
    return tuple(scenario.population.segments) if scenario.population else ("all",)


def first_weights(scenario: Scenario, segments: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """Weights of the first channel, shape (services, segments, 2, channels), solved from the written shares."""
    names = list(scenario.channels)
    bound = [scenario.channels[name].needs_access for name in names]
    out = np.zeros((len(scenario.services), len(segments), 2, len(names)))
    table = scenario.choice.first.table
    for i, service in enumerate(scenario.services):
        row = table.get(service, table.get("default", {}))
        for j, segment in enumerate(segments):
            shares = row.get(segment, row.get("default", {}))
            access = scenario.population.segments[segment].access if scenario.population else 1.0
            out[i, j, 0], out[i, j, 1] = constants([shares.get(name, 0.0) for name in names], bound, access)
    return out


def _stations(scenario: Scenario) -> tuple[Station, ...]:
    out: list[Station] = []
    for index, (name, spec) in enumerate(scenario.channels.items()):
        for site in spec.sites() or (None,):
            out.append(Station(name if site is None else f"{name}.{site}", index, site, spec.steps()))
    return tuple(out)


class _Channels:
    """Compiles the channels one after the other, numbering their quantities."""

    def __init__(self, scenario: Scenario, calendar: Calendar, stations: tuple[Station, ...], segments: tuple[str, ...]) -> None:
        self.scenario, self.calendar, self.stations, self.segments = scenario, calendar, stations, segments
        self.names = list(scenario.channels)
        self.uid = 0

    def all(self) -> tuple[Channel, ...]:
        return tuple(self.one(index, name, spec) for index, (name, spec) in enumerate(self.scenario.channels.items()))

    def one(self, index: int, name: str, spec: ChannelSpec) -> Channel:
        own = tuple(k for k, station in enumerate(self.stations) if station.channel == index)
        build = Builder(self.scenario, name, own, self.segments, self.uid)
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
            opening=tuple(self.opening(spec, service) for service in self.scenario.services),
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
            verify=self.after(build, name, choice.verify.get(name), Purpose.VERIFY_AFTER),
            induced=self.after(build, name, choice.induced.get(name), Purpose.INDUCE_AFTER),
            correction=None if correction is None else build.quantity(correction, Purpose.CORRECTION),
        )
        self.uid = build.uid
        return channel

    def opening(self, spec: ChannelSpec, service: str) -> Opening:
        hours = for_service(spec.hours, service, ALWAYS)
        # what is open around the clock is open on holidays too, unless the scenario says that it is closed
        on_holidays = spec.opens_on_holidays or hours.always if spec.holidays is None else spec.holidays == "open"
        outages = []
        for outage in spec.outages:
            at = self.calendar.instant(outage.at)
            outages.append((at, at + outage.lasts))
        return self.calendar.opening(hours, on_holidays, outages)

    def next(self, build: Builder, channel: str) -> tuple[dict[str, tuple[Way, ...]], ...]:
        """By service: outcome name → ways; the row of the service goes before that of all services."""
        rows = {tuple(row.split(".")[1:]): options for row, options in self.scenario.choice.next.items() if row.partition(".")[0] == channel}
        delays = {key: {to: self.delay(build, option) for to, option in options.items()} for key, options in rows.items()}
        out = []
        for number, service in enumerate(self.scenario.services):
            ways: dict[str, tuple[Way, ...]] = {}
            for key, options in sorted(rows.items(), key=lambda item: len(item[0])):
                if key[1:] in ((), (service,)):
                    shares = {to: option.share for to, option in options.items()}
                    ways[key[0]] = self.ways(channel, number, shares, delays[key], Decision.CHANNEL)
            out.append(ways)
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
        return AfterModel(self.shared(channel, spec.to, Decision.AFTER), spec.probability, spec.when == "ambiguous", delay)
