"""A single queue of the scenario language against Erlang C and Erlang A: the exact values lie in the run's own 99.9 % intervals, and the
intervals are narrow (±2 % of the value)."""

from __future__ import annotations

from pathlib import Path

import pytest
from scipy.stats import t

import simcrc
from oracles import ErlangC, erlang_a

SCENARIO = """
simcrc: 1
name: one queue
start: 2007-01-08
horizon: {days} days
warmup: 1 day
seed: 77
services: {{calls: {{volume: {{per_minute: {rate}}}}}}}
channels:
  phone:
    kind: phone
    handle_time: {{exponential: {handle}}}
    {patience}
    service_level: {{within: 20 s, definition: served_over_offered}}
teams: {{agents: {{serves: [phone], schedule: {{week: {{Mon-Sun: {{"00:00": {agents}}}}}, on_holidays: open}}}}}}
choice: {{first: {{table: {{default: {{default: {{phone: 100 %}}}}}}}}}}
"""


def measured(tmp_path: Path, replications: int, **fields: object) -> dict[str, tuple[float, float]]:
    """Mean and half-width of the 99.9 % interval of each indicator of the phone."""
    path = tmp_path / "queue.yaml"
    path.write_text(SCENARIO.format(**fields), encoding="utf-8")
    frame = simcrc.load(path).run(replications=replications).indicators
    whole = frame[frame.channel.isin(["phone", "team:agents"]) & frame[["service", "segment", "reason", "period"]].isna().all(axis=1)]
    wider = float(t.ppf(0.9995, replications - 1) / t.ppf(0.975, replications - 1))
    return {row.indicator: (row.mean, (row.high - row.low) / 2 * wider) for row in whole.itertuples()}


def check(found: dict[str, tuple[float, float]], name: str, exact: float) -> None:
    """The interval holds the exact value, and is no wider than 2 % of it either way."""
    mean, half = found[name]
    assert abs(mean - exact) <= half, f"{name}: {mean} ± {half}, exact {exact}"
    assert half <= 0.02 * exact, f"{name}: ± {half} is more than 2 % of {exact}"


def test_erlang_c(tmp_path: Path) -> None:
    exact = ErlangC(1 / 60, 1 / 60, 2)
    found = measured(tmp_path, 30, days=60, rate=1, handle="60 s", patience="", agents=2)
    for name, value in {
        "asa": exact.mean_wait,
        "service_level": exact.served_within(20),
        "occupancy": exact.occupancy,
        "queue_length": exact.mean_queue,
    }.items():
        check(found, name, value)


def test_erlang_a(tmp_path: Path) -> None:
    exact = erlang_a(12 / 60, 1 / 60, 10, 60)
    found = measured(tmp_path, 20, days=3, rate=12, handle="60 s", patience="patience: {exponential: 60 s}", agents=10)
    for name, value in {
        "abandonment_ratio": exact.p_abandon,
        "wait_all": exact.mean_wait,
        "occupancy": exact.occupancy,
        "queue_length": exact.mean_queue,
    }.items():
        check(found, name, value)


def test_a_wrong_value_is_noticed(tmp_path: Path) -> None:
    """The same check fails against a queue whose callers are half as patient again."""
    wrong = erlang_a(12 / 60, 1 / 60, 10, 90)
    found = measured(tmp_path, 20, days=3, rate=12, handle="60 s", patience="patience: {exponential: 60 s}", agents=10)
    with pytest.raises(AssertionError, match="exact"):
        check(found, "abandonment_ratio", wrong.p_abandon)
