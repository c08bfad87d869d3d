"""Agents on duty are those of the written schedule, read here by the wall clock, minute by minute: exactly where it is in whole numbers
and nothing is taken off; with shrinkage and breaks, to less than one agent for half an hour a day.  Nobody works on a holiday unless
the team does, and skills divide the team without losing anybody."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from hypothesis import given

from simcrc.draws import Philox
from simcrc.log import Kind
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.teams import Team
from tests.engine.small import DAY, MINUTE, tell
from tests.properties.profiles import examples
from tests.properties.scenarios import scenarios
from tests.properties.test_limits import Clock

HALF_HOUR = 30 * MINUTE


def written(team: Team, weekday: int, minute: int) -> float:
    """Agents on duty at a minute of a weekday, absence apart."""
    agents = next((day[minute // 30] for days, day in team.schedule.week.items() if weekday in days), 0.0)
    away = sum(pause.share for pause in team.breaks if weekday in pause.days and pause.at[0] <= minute < pause.at[1])
    return agents * (1 - team.shrinkage) * (1 - min(away, 1.0))


def expected(model: Model, team: Team) -> dict[int, float]:
    """Agents times microseconds of `team` by day of the run."""
    clock, out = Clock(model), dict.fromkeys(range(len(model.calendar.dates)), 0.0)
    first = clock.local(0).date()
    free = {day: clock.is_holiday(first + timedelta(day)) for day in out}
    for instant in range(0, model.end, MINUTE):
        local = clock.local(instant)
        day = (local.date() - first).days
        if not free[day] or team.schedule.on_holidays == "open":
            out[day] += written(team, local.weekday(), local.hour * 60 + local.minute) * MINUTE
    return out


@examples(25)
@given(scenarios())
def test_agents_on_duty_are_those_of_the_schedule(scenario: Scenario) -> None:
    model = compile(scenario)
    midnights = [*model.calendar.midnights]
    duty: dict[tuple[int, int], int] = defaultdict(int)  # team and day
    level: dict[int, tuple[int, int]] = {}  # group: since, agents
    rows = [(row[0], row[2], row[3]) for row in tell(model).rows.tolist() if row[1] == Kind.STAFFED]
    for time, group, agents in [*rows, *((model.end, group, 0) for group in range(len(model.groups)))]:
        since, before = level.get(group, (0, 0))
        for day in range(len(model.calendar.dates)):
            duty[model.groups[group].team, day] += before * max(0, min(time, midnights[day + 1]) - max(since, midnights[day]))
        level[group] = (time, agents)
    for number, (name, team) in enumerate(scenario.teams.items()):
        plain = not team.shrinkage and not team.breaks and all(agents == int(agents) for day in team.schedule.week.values() for agents in day)
        if team.absence:
            continue
        for day, agents in expected(model, team).items():
            length = midnights[day + 1] - midnights[day]
            short = agents - duty[number, day]
            if plain:
                assert short == 0, f"{name} on day {day}"
            elif length == DAY:
                assert -1 < short < HALF_HOUR, f"{name} on day {day}"


@examples(15)
@given(scenarios())
def test_absence_only_takes_agents_away(scenario: Scenario) -> None:
    teams = {name: team.model_copy(update={"absence": 0.0}) for name, team in scenario.teams.items()}
    model, full = compile(scenario), compile(scenario.model_copy(update={"teams": teams}))
    for number, (name, team) in enumerate(scenario.teams.items()):
        present, scheduled = headcount(model, number), headcount(full, number)
        if not team.absence:
            assert present == scheduled
        for day, most in zip(present, scheduled, strict=True):
            assert 0 <= day < most + HALF_HOUR, name  # fractions are carried over in another way


def headcount(model: Model, team: int) -> list[int]:
    """Agents times microseconds of each day."""
    philox = Philox(model.seed, 0)
    out = []
    for day in range(len(model.calendar.dates)):
        slots = [*model.staffing.headcounts(philox, team, day), (model.calendar.midnights[day + 1], 0)]
        out.append(sum(agents * (after - start) for (start, agents), (after, _) in pairwise(slots)))
    return out
