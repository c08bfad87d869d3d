"""What is bounded stays within its bounds, and what is closed is closed: lines, places in the queue, ports, opening hours, access,
offers, patience, the number of contacts.

Hours are read from the scenario by the wall clock here, minute by minute, not from the compiled calendar.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime

from holidays import country_holidays
from hypothesis import given

from simcrc.channels.base import ChannelSpec
from simcrc.log import CONTACTS_PER_NEED, Kind, Outcome, Reason
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.scenario.base import for_service
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.units import Hours
from tests.engine.small import Contact, Story, tell
from tests.properties.profiles import examples
from tests.properties.scenarios import scenarios

ALWAYS = Hours.parse("24/7")
NOBODY = (Outcome.CLOSED, Outcome.BLOCKED)


class Clock:
    """The wall clock of a scenario, and what is open by it."""

    def __init__(self, model: Model) -> None:
        self.model, self.scenario = model, model.scenario
        self.origin = model.calendar.origin

    def local(self, instant: int) -> datetime:
        """Wall-clock time of an instant, naive."""
        seconds, micros = divmod(instant, 1_000_000)
        return datetime.fromtimestamp(self.origin.timestamp() + seconds, tz=self.origin.tzinfo).replace(microsecond=micros, tzinfo=None)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is one of the scenario's holidays."""
        for entry in self.scenario.holidays:
            if isinstance(entry, date):
                if day == entry:
                    return True
            else:
                country, _, part = entry.partition("-")
                if day in country_holidays(country, subdiv=part or None, years=day.year):
                    return True
        return False

    def is_open(self, spec: ChannelSpec, service: str, instant: int) -> bool:
        """Whether the channel is open for `service`."""
        local = self.local(instant)
        hours = for_service(spec.hours, service, ALWAYS)
        on_holidays = spec.opens_on_holidays or hours.always if spec.holidays is None else spec.holidays == "open"
        if self.is_holiday(local.date()) and not on_holidays:
            return False
        for outage in spec.outages:
            begins = self.model.calendar.instant(outage.at)
            if begins <= instant < begins + outage.lasts:
                return False
        minute = local.hour * 60 + local.minute
        return any(start <= minute < end for start, end in hours.week[local.weekday()])


@examples(60)
@given(scenarios())
def test_closed_is_closed(scenario: Scenario) -> None:
    model = compile(scenario)
    clock = Clock(model)
    story = tell(model)
    for contact in story.contacts:
        name = contact.station.partition(".")[0]
        spec, service = scenario.channels[name], service_of(story, contact)
        assert spec.offers is None or service in spec.offers, f"{name} does not offer {service}"
        behind = getattr(spec, "via", None)
        if contact.outcome not in NOBODY:
            assert clock.is_open(spec, service, contact.started), f"{name} is closed for {service} at {clock.local(contact.started)}"
        elif contact.outcome is Outcome.CLOSED:
            assert not clock.is_open(spec, service, contact.started)
            assert spec.when_closed.then == "contact" or contact.reason is Reason.ZERO
        elif behind is None:
            assert clock.is_open(spec, service, contact.started), "nobody is blocked where it is closed"


def service_of(story: Story, contact: Contact) -> str:
    """The service of a contact's need, which its id tells."""
    return story.model.services[contact.id // CONTACTS_PER_NEED // 1_000_000 % 100]


@examples(50)
@given(scenarios())
def test_lines_places_and_ports_hold(scenario: Scenario) -> None:
    model = compile(scenario)
    story = tell(model)
    lines = {name: spec.lines for name, spec in scenario.channels.items() if getattr(spec, "lines", None) is not None}
    front = {spec.via: name for name, spec in scenario.channels.items() if getattr(spec, "via", None) is not None}
    stations = {station.name: scenario.channels[station.name.partition(".")[0]] for station in model.stations}
    held: Counter[str] = Counter()
    queue: Counter[str] = Counter()
    waits: set[int] = set()
    by_id = {contact.id: contact for contact in story.contacts}
    for _, code, subject, *_ in story.rows.tolist():
        if not Kind.CONTACT_STARTED <= code < Kind.AGENT_FREED:
            continue
        contact, kind = by_id[subject], Kind(code)
        name = contact.station.partition(".")[0]
        number = front.get(name, name)
        if kind is Kind.CONTACT_STARTED and contact.outcome not in NOBODY:
            held[number] += 1
            assert held[number] <= (lines.get(number) or len(by_id))
        elif kind is Kind.CONTACT_ENDED and contact.outcome not in NOBODY:
            held[number] -= 1
        if kind is Kind.QUEUED:
            waits.add(subject)
            queue[contact.station] += 1
        elif subject in waits:
            waits.discard(subject)
            queue[contact.station] -= 1
        places = getattr(stations[contact.station], "waiting_places", None)
        assert places is None or queue[contact.station] <= places
        ports = getattr(stations[contact.station], "ports", None)
        assert ports is None or held[name] <= ports
        if contact.outcome is Outcome.BLOCKED and kind is Kind.CONTACT_ENDED:
            assert places is not None or ports is not None or number in lines


@examples(50)
@given(scenarios())
def test_citizens_use_what_they_have_access_to_and_lose_patience_only_if_they_have_any(scenario: Scenario) -> None:
    model = compile(scenario)
    story = tell(model)
    online = {row[2]: bool(row[5] & 4) for row in story.of(Kind.NEED_STARTED)}
    segment = {row[2]: model.segments[row[3] % len(model.segments)] for row in story.of(Kind.NEED_STARTED)}
    made: dict[int, int] = defaultdict(int)
    for contact in story.contacts:
        need = contact.id // CONTACTS_PER_NEED
        spec = scenario.channels[contact.station.partition(".")[0]]
        made[need] += 1
        assert online[need] or not spec.needs_access, f"{contact.station} by a citizen who is off line, as {contact.reason.name}"
        if contact.outcome is Outcome.ABANDONED:
            own = scenario.population.segments[segment[need]].patience if scenario.population else None
            assert own is not None or for_service(getattr(spec, "patience", {}), service_of(story, contact), None) is not None
        if contact.outcome is Outcome.DISMISSED:
            assert getattr(spec, "at_closing", "") == "dismiss"
            assert not Clock(model).is_open(spec, service_of(story, contact), contact.ended)
            assert Clock(model).is_open(spec, service_of(story, contact), contact.ended - 1)
        if contact.outcome is Outcome.BALKED:
            assert getattr(spec, "balking", 0.0) > 0 or getattr(spec, "announce", None)
    # a call may meet the voice unit and an agent, and threads that overlap each make their last contact
    assert max(made.values(), default=0) <= scenario.choice.max_contacts + 3
