"""The checks themselves are checked: broken models (``mutants``) each fail the check that is there for them, and the unbroken model passes it.

A check is a line of a benchmark, judged as ``simcrc bench check`` judges it, or a property of tests/properties on one organisation.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simcrc.bench.catalogue import Benchmark
from simcrc.bench.runner import Ask, run
from simcrc.errors import SimulationError
from tests.bench import mutants
from tests.properties import test_agents_time, test_little, test_no_idle, test_one_more_agent, test_order
from tests.properties.scenarios import read

SMALL = """\
simcrc: 1
name: {{fr: Petit, en: Small}}
start: 2024-01-01
horizon: {horizon}
{more}
services: {{calls: {{volume: {volume}}}}}
channels: {{phone: {{kind: phone, handle_time: {{exponential: 180 s}}, {phone}}}}}
teams: {{agents: {{serves: [phone], schedule: {{week: {{Mon-Sun: {agents}}}, on_holidays: open}}}}}}
choice: {{first: {{table: {{default: {{default: {{phone: 100 %}}}}}}}}{following}}}
expect:
  replications: 8
  quick_most: 16
  figures:
{figures}
"""


def text(figures: list[str], *, volume: str, phone: str, agents: str, horizon: str = "6 days", more: str = "warmup: 1 day", following: str = "") -> str:
    lines = "\n".join(f"    - {{indicator: {figure}}}" for figure in figures)
    return SMALL.format(figures=lines, volume=volume, phone=phone, agents=agents, horizon=horizon, more=more, following=following)


ERLANG_A = "{arrival_rate: {per_hour: 100}, handle_time: 180 s, agents: 5, patience: 3 min}"
ERLANG_C = "{arrival_rate: {per_hour: 32}, handle_time: 180 s, agents: 2}"
REDIAL = "{arrival_rate: 1, abandonment: {indicator: phone.abandonment_ratio}, redial: 60 %}"
DAY = "rates: {per_hour: {'00:00': 0, '08:00': 100, '16:00': 0}}, agents: {'00:00': 0, '08:00': 8, '12:00': 5, '16:00': 0}, until: 24 h"
TRANSIENT = f"{{{DAY}, handle_time: 180 s, patience: 3 min}}"

BENCHMARKS = {
    "queue with abandonment": text(
        [
            "phone.offered, per: hour, equals: 100, margin: 5 %",
            f"phone.abandonment_ratio, theory: {{erlang_a.abandonment: {ERLANG_A}}}, margin: 3 points",
            f"phone.service_level, theory: {{erlang_a.service_level: {ERLANG_A[:-1]}, within: 60 s}}}}, margin: 3 points",
            f"phone.wait_all, theory: {{erlang_a.wait_all: {ERLANG_A}}}, margin: 25 %",
        ],
        volume="{per_hour: 100}",
        phone="patience: {exponential: 3 min}, service_level: {within: 60 s}",
        agents='{"00:00": 5}',
    ),
    "queue": text(
        [
            f"phone.asa, theory: {{erlang_c.asa: {ERLANG_C}}}, margin: 25 %",
            f"phone.service_level, theory: {{erlang_c.service_level: {ERLANG_C[:-1]}, within: 10 min}}}}, margin: 4 points",
        ],
        volume="{per_hour: 32}",
        phone="service_level: {within: 10 min}",
        agents='{"00:00": 2}',
        horizon="20 days",
    ),
    "shifts": text(
        [
            f"phone.abandonment_ratio, theory: {{transient.abandonment: {TRANSIENT}}}, margin: 3 points",
            f"phone.queued_ratio, theory: {{transient.p_wait: {TRANSIENT}}}, margin: 5 points",
        ],
        volume='{per_day: 800, profile: {week: {Mon-Sun: {"00:00": 0, "08:00": 1, "16:00": 0}}}}',
        phone="patience: {exponential: 3 min}",
        agents='{"00:00": 0, "08:00": 8, "12:00": 5, "16:00": 0}',
        horizon="14 days",
        more="",
    ),
    "redials": text(
        [
            "'offered', reason: first, per: hour, equals: 100, margin: 5 %",
            f"contacts_per_need, theory: {{redial.contacts_per_need: {REDIAL}}}, margin: 3 %",
        ],
        volume="{per_hour: 100}",
        phone="patience: {exponential: 3 min}",
        agents='{"00:00": 5}',
        following=", next: {phone.abandoned: {redial: 60 % after 10 min, give_up: 40 %}}",
    ),
}

ORGANISATION: dict[str, Any] = {
    "simcrc": 1,
    "name": "two shifts",
    "start": "2024-01-01",
    "horizon": "3 days",
    "seed": 4,
    "services": {"calls": {"volume": {"per_hour": 40}}},
    "channels": {"phone": {"kind": "phone", "handle_time": {"exponential": "6 min"}, "wrap_up": {"exponential": "1 min"}, "resolution": 0.8}},
    "teams": {"agents": {"serves": ["phone"], "schedule": {"week": {"Mon-Sun": {"00:00": 4, "08:00": 8, "16:00": 5}}, "on_holidays": "open"}}},
    "choice": {"first": {"table": {"default": {"default": {"phone": 1}}}}},
}
IMPATIENT = ORGANISATION | {"channels": {"phone": {"kind": "phone", "handle_time": {"exponential": "6 min"}, "patience": {"exponential": "3 min"}}}}


def _inner(test: Any) -> Callable[..., None]:
    """The property itself, without Hypothesis."""
    inner: Callable[..., None] = test.hypothesis.inner_test
    return inner


PROPERTIES: dict[str, Callable[[], None]] = {
    "agents' time": lambda: _inner(test_agents_time.test_duty_is_busy_and_idle_time_overtime_apart)(read(IMPATIENT)),
    "no agent idle": lambda: _inner(test_no_idle.test_no_agent_is_idle_while_a_contact_that_he_can_serve_waits)(read(IMPATIENT), "priority", "most_idle"),
    "one more agent": lambda: _inner(test_one_more_agent.test_one_more_agent_never_raises_a_wait)(ORGANISATION, 1),
    "order of replications": lambda: _inner(test_order.test_the_order_of_replications_changes_nothing)(read(ORGANISATION)),
    "Little's identity": lambda: _inner(test_little.test_levels_in_time_are_sums_over_contacts)(read(IMPATIENT)),
}


def failures(check: str, folder: Path, fine: tuple[str, ...] = ("equivalent",)) -> set[str]:
    """What the check named `check` finds wrong: lines of a benchmark whose verdict is none of those that are `fine`, or itself."""
    if check in PROPERTIES:
        try:
            PROPERTIES[check]()
        except AssertionError:
            return {check}
        return set()
    path = folder / "small.yaml"
    path.write_text(BENCHMARKS[check], encoding="utf-8")
    ask = Ask(frozenset(("statistical", "oracle")), "quick")
    try:
        report = run([Benchmark("small", path, folder / "none.json")], ask)
    except SimulationError:
        return {f"{check}: conservation of needs and contacts"}
    (trial,) = report.trials
    return {f"{check}: {name}" for name, judged in trial.judged.items() if judged.verdict not in fine}


CAUGHT: dict[Callable[[pytest.MonkeyPatch], None], set[str]] = {
    mutants.patience_is_not_applied: {"queue with abandonment: phone.abandonment_ratio", "queue with abandonment: phone.service_level"},
    mutants.an_agent_is_lost_at_the_end_of_a_shift: {"shifts: phone.abandonment_ratio", "shifts: phone.queued_ratio", "agents' time", "no agent idle"},
    mutants.the_service_level_is_over_those_answered: {"queue with abandonment: phone.service_level"},
    mutants.draws_follow_the_order_of_events: {"one more agent", "order of replications"},
    mutants.a_redial_is_a_first_contact: {"redials: offered [reason=first, per=hour]"},
    mutants.handle_times_do_not_vary: {"queue: phone.asa"},
    mutants.the_last_come_is_first_served: {"queue: phone.service_level", "no agent idle", "one more agent"},
    mutants.the_warm_up_counts: {"queue with abandonment: phone.offered [per=hour]"},
    mutants.a_contact_is_forgotten: {"queue with abandonment: conservation of needs and contacts"},
    mutants.who_gave_up_never_waited: {"queue with abandonment: phone.wait_all"},
    mutants.who_gave_up_stays_in_the_queue: {"queue with abandonment: little phone", "Little's identity"},
}
"""Each broken model, and the checks that must find it; a check may find more than is named here."""


@pytest.mark.parametrize("check", [*BENCHMARKS, *PROPERTIES])
def test_the_unbroken_model_passes(check: str, tmp_path: Path) -> None:
    assert failures(check, tmp_path) == set()


@pytest.mark.parametrize("mutant", [pytest.param(mutant, id=mutant.__name__) for mutant in CAUGHT])
def test_a_broken_model_is_caught(mutant: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = CAUGHT[mutant]
    checks = dict.fromkeys(name.partition(": ")[0] for name in sorted(expected))
    mutant(monkeypatch)
    found = set[str]().union(*(failures(check, tmp_path, ("equivalent", "inconclusive")) for check in checks))
    print(f"{mutant.__doc__} Found by: {', '.join(sorted(found)) or 'nothing'}")
    assert expected <= found
