"""The desk on the event log, at every instant: no agent is idle while a contact that he can serve waits; agents serve only what
their team serves and what they have the skills for; and who takes a contact takes the one that the routing rule names.

What an agent can serve is read from the scenario here, not from the compiled model: a team serves what it writes in `serves`, and
an agent who has the citizen's language and the service's skill can serve him.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from simcrc.log import CONTACTS_PER_NEED, Kind
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.scenario.scenario import Scenario
from tests.engine.small import tell
from tests.properties.profiles import examples
from tests.properties.scenarios import scenarios

MIDDLE = 5  # the priority where none is written


@dataclass(frozen=True)
class Waiting:
    """A contact in a queue or backlog: what the desk looks at."""

    contact: int
    station: int
    step: int
    service: int
    segment: int
    language: int
    queued: int


class Rules:
    """The scenario's own words about who serves whom."""

    def __init__(self, model: Model) -> None:
        self.model, self.scenario = model, model.scenario
        self.population = self.scenario.population

    def entry(self, group: int, one: Waiting) -> int | None:
        """The place in the team's `serves` of what covers `one`, the first that does; None when no agent of the group can serve it."""
        own = self.model.groups[group]
        station = self.model.stations[one.station]
        names = {station.name, station.name.partition(".")[0]} | ({f"{station.name}.{station.steps[one.step]}"} if station.steps else set())
        serves = self.scenario.teams[self.model.teams[own.team]].serves
        able = {self.model.languages[one.language], self.model.services[one.service]} <= own.skills
        return next((place for place, entry in enumerate(serves) if entry in names), None) if able else None

    def priority(self, one: Waiting) -> int:
        """The class: the segment's, else the service's."""
        segment = self.population.segments[self.model.segments[one.segment]].priority if self.population else None
        return segment or self.scenario.services[self.model.services[one.service]].priority or MIDDLE

    def since(self, one: Waiting) -> int:
        """The instant that its turn counts from: a head start goes to who waits live."""
        live = not self.model.stations[one.station].steps
        return one.queued - (self.population.segments[self.model.segments[one.segment]].head_start if self.population and live else 0)

    def rank(self, group: int, one: Waiting) -> tuple[int, ...]:
        """Smaller goes first; of equal ones either."""
        place = self.entry(group, one)
        assert place is not None, "an agent who cannot serve it"
        if self.scenario.routing.contact == "longest_wait":
            place = place + 1 if self.model.stations[one.station].steps else 0
        return (place, self.priority(one), self.since(one))


class Desk:
    """What the log says of the desk, row by row."""

    def __init__(self, model: Model) -> None:
        self.rules = Rules(model)
        self.groups = range(len(model.groups))
        self.needs: dict[int, tuple[int, int, int]] = {}
        self.segments = len(model.segments)
        self.waiting: dict[int, Waiting] = {}
        self.taken: list[tuple[int, Waiting]] = []
        self.present: dict[int, int] = defaultdict(int)
        self.target: dict[int, int] = defaultdict(int)
        self.busy: dict[int, int] = defaultdict(int)

    def row(self, time: int, kind: Kind, subject: int, a: int, b: int, c: int) -> None:
        if kind is Kind.NEED_STARTED:
            self.needs[subject] = (a // self.segments, a % self.segments, c >> 8 & 255)
        elif kind is Kind.QUEUED:
            self.waiting[subject] = Waiting(subject, a, b, *self.needs[subject // CONTACTS_PER_NEED], time)
        elif kind is Kind.SERVICE_STARTED:
            one = self.waiting.pop(subject, None)
            fresh = Waiting(subject, a, b, *self.needs[subject // CONTACTS_PER_NEED], time)
            assert self.rules.entry(c, fresh) is not None, "an agent who cannot serve it"
            if one is not None:
                self.taken.append((c, one))
            self.busy[c] += 1
        elif kind is Kind.CONTACT_ENDED:
            self.waiting.pop(subject, None)
        elif kind is Kind.STAFFED:
            self.target[subject], self.present[subject] = a, b
        elif kind is Kind.AGENT_LEFT and not b:
            self.present[subject] -= 1

    def after(self, time: int) -> None:
        """All that happens at `time` has happened."""
        for group in self.groups:
            if self.busy[group] < self.present[group]:
                could = [one for one in self.waiting.values() if self.rules.entry(group, one) is not None]
                assert not could, f"at {time} an agent of group {group} is idle while {could[0]} waits"
        for group, one in self.taken:
            if self.present[group] > self.target[group]:
                continue  # an agent whose shift is over serves only those who are inside at closing
            rank = self.rules.rank(group, one)
            for other in self.waiting.values():
                if other.queued < time and self.rules.entry(group, other) is not None:
                    assert rank <= self.rules.rank(group, other), f"{one} was taken at {time} before {other}"
        self.taken.clear()


@examples(100)
@given(scenarios(), st.sampled_from(["priority", "longest_wait"]), st.sampled_from(["most_idle", "fewest_skills", "team_order"]))
def test_no_agent_is_idle_while_a_contact_that_he_can_serve_waits(scenario: Scenario, contact: str, agent: str) -> None:
    routing = scenario.routing.model_copy(update={"contact": contact, "agent": agent})
    model = compile(scenario.model_copy(update={"routing": routing}))
    desk = Desk(model)
    freed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    story = tell(model)
    for time, _, group, _, _, spent in story.of(Kind.AGENT_FREED):
        freed[time - spent].append((group, 1))  # at work for so long after the service
        freed[time].append((group, -1))
    instants = sorted({*story.rows[:, 0].tolist(), *freed})
    rows = iter(story.rows.tolist())
    row = next(rows, None)
    for time in instants:
        while row is not None and row[0] == time:
            desk.row(time, Kind(row[1]), *row[2:])
            if row[1] == Kind.SERVICE_ENDED:
                desk.busy[row[5]] -= 1
            row = next(rows, None)
        for group, step in freed[time]:
            desk.busy[group] += step
        if time < model.end:
            desk.after(time)
