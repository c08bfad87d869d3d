"""Conservation of agents' time: duty = busy − overtime + idle, exactly, for every group of agents.

Duty and overtime are read from the rows of the staff, busy time from those of the contacts, and idle time from neither: it is
clocked at the desk, agent by agent, from the instant at which he has nothing to do to that at which he is taken or goes home.
"""

from __future__ import annotations

from collections import Counter, deque

import pytest
from hypothesis import given

from simcrc.engine import world as engine_world
from simcrc.engine.contact import Visit
from simcrc.engine.desk import Desk, Group
from simcrc.engine.events import Clock
from simcrc.log import Kind
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.observe import Observer
from simcrc.scenario.scenario import Scenario
from tests.engine.small import Story, tell
from tests.properties.profiles import examples
from tests.properties.scenarios import scenarios


class Bench(deque[int]):
    """Where idle agents sit; `time` adds up how long those sat who have left it."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.time = 0

    def popleft(self) -> int:
        since = super().popleft()
        self.time += self.clock.now - since
        return since

    def pop(self, *_: object) -> int:  # type: ignore[override]
        since = super().pop()
        self.time += self.clock.now - since
        return since


class Clocked(Desk):
    """A desk that clocks idle agents, and remembers the wrap-ups."""

    latest: Clocked

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.wrap_ups: list[tuple[int, int, int]] = []  # group, from, length
        for group in self.groups:
            group.idle = Bench(self.env)
        Clocked.latest = self

    def release_after(self, group: Group, delay: int, visit: Visit) -> None:
        self.wrap_ups.append((group.index, self.env.now, delay))
        super().release_after(group, delay, visit)


def clocked(model: Model) -> tuple[Story, Clocked]:
    """A run of `model` with its agents clocked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine_world, "Desk", Clocked)
        return tell(model), Clocked.latest


def area(steps: list[tuple[int, int]], end: int) -> int:
    """The integral until `end` of what changes by the second of each pair at the instant that is the first."""
    return sum((end - time) * step for time, step in steps)


class Staff:
    """Duty, presence and busy time of one group, from the log."""

    def __init__(self, story: Story, group: int) -> None:
        self.duty: list[tuple[int, int]] = []
        self.present: list[tuple[int, int]] = []
        self.busy: list[tuple[int, int]] = []
        self.overtime = 0
        target = present = 0
        for time, kind, subject, a, b, c in story.rows.tolist():
            if kind == Kind.STAFFED and subject == group:
                self.duty.append((time, a - target))
                self.present.append((time, b - present))
                target, present = a, b
            elif kind == Kind.AGENT_LEFT and subject == group:
                self.overtime += a
                if not b:
                    self.present.append((time, -1))
                    present -= 1
            elif kind == Kind.SERVICE_STARTED and c == group:
                self.busy.append((time, 1))
            elif kind == Kind.SERVICE_ENDED and c == group:
                self.busy.append((time, -1))


@examples(60)
@given(scenarios())
def test_duty_is_busy_and_idle_time_overtime_apart(scenario: Scenario) -> None:
    model = compile(scenario)
    story, desk = clocked(model)
    end = model.end
    for group in range(len(model.groups)):
        staff = Staff(story, group)
        wrap_up = sum(min(delay, end - since) for own, since, delay in desk.wrap_ups if own == group)
        bench = desk.groups[group].idle
        assert isinstance(bench, Bench)
        idle = bench.time + sum(end - since for since in bench)
        duty, busy = area(staff.duty, end), area(staff.busy, end) + wrap_up
        assert duty == busy - staff.overtime + idle
        assert area(staff.present, end) == duty + staff.overtime
    told = Counter((row[2], row[0] - row[5], row[5]) for row in story.of(Kind.AGENT_FREED))
    assert told == Counter((own, since, min(delay, end - since)) for own, since, delay in desk.wrap_ups)


@examples(40)
@given(scenarios())
def test_no_more_are_busy_than_present_and_those_in_overtime_are_busy(scenario: Scenario) -> None:
    model = compile(scenario)
    story, desk = clocked(model)
    for group in range(len(model.groups)):
        staff = Staff(story, group)
        changes: dict[int, list[int]] = {}
        wrap_ups = [step for own, since, delay in desk.wrap_ups if own == group for step in ((since, 1), (since + delay, -1))]
        for column, steps in enumerate((staff.duty, staff.present, [*staff.busy, *wrap_ups])):
            for time, step in steps:
                changes.setdefault(time, [0, 0, 0])[column] += step
        duty = present = busy = 0
        for time in sorted(changes):
            duty, present, busy = (level + step for level, step in zip((duty, present, busy), changes[time], strict=True))
            if time < model.end:
                assert 0 <= busy <= present
                assert present == duty or busy == present > duty  # who is there after his shift is at work


@examples(25)
@given(scenarios())
def test_the_observer_measures_the_same_times(scenario: Scenario) -> None:
    model = compile(scenario)
    story, desk = clocked(model)
    observer = Observer(model)
    observer.feed(story.rows)
    arrays = observer.finish(model.end).arrays
    start, end = model.start, model.end
    for team in range(len(model.teams)):
        groups = [index for index, group in enumerate(model.groups) if group.team == team]
        staff = [Staff(story, group) for group in groups]
        duty = sum(area(own.duty, end) - area([step for step in own.duty if step[0] < start], start) for own in staff)
        busy = sum(area(own.busy, end) - area([step for step in own.busy if step[0] < start], start) for own in staff)
        for own, since, delay in desk.wrap_ups:
            if own in groups:
                busy += max(0, min(since + delay, end) - max(since, start))
        for name, expected in (("duty_time", duty), ("busy_time", busy)):
            assert arrays[f"{name}|team,month"].reshape(len(model.teams), -1)[team].sum() == expected
