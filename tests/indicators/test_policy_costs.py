"""What policies cost: worked out by hand, by month and in all, and nothing where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

import simcrc
from simcrc.policies.costs import by_month, policy_cost
from simcrc.scenario import load
from tests.experiment.paired import BASE

PLAN = """\
policy: Plan
base: base.yaml
cost: {once: 500, per_month: 31}
measures:
  - {at: 2024-01-15, promote: {channel: web, odds: 2}, cost: {once: 1000, per_month: 310}, lasts: 12 days}
  - {at: 2024-01-01, promote: {channel: web, odds: 2}, cost: {once: 7000, per_month: 62}}
"""
"""Measured from 8 January to 4 February; the second measure begins before, so that its cost at once is none of this period's."""
JANUARY, FEBRUARY = 31 * 24 / 31 + 310 * 12 / 31 + 62 * 24 / 31, (31 + 62) * 4 / 29


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("costs")
    (out / "base.yaml").write_text(BASE, encoding="utf-8")
    (out / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return out


def test_by_hand(folder: Path) -> None:
    scenario = load(folder / "plan.yaml").scenario
    once, running = policy_cost(scenario)
    assert once == 1000  # the policy itself begins with the first measure, before the period
    assert running == pytest.approx(JANUARY + FEBRUARY)
    monthly = by_month(scenario, ["2024-01", "2024-02"])
    assert monthly[0].tolist() == [1000, 0]
    assert monthly[1] == pytest.approx([JANUARY, FEBRUARY])
    assert policy_cost(scenario, scenario) == (0.0, 0.0)


def test_in_an_ordinary_run(folder: Path) -> None:
    results = simcrc.load(folder / "plan.yaml").run(2)
    assert results.value("policy_cost_once") == 1000
    assert results.value("policy_cost") == pytest.approx(1000 + JANUARY + FEBRUARY)
    assert results.value("policy_cost", period="2024-02") == pytest.approx(FEBRUARY)
    found = results.estimate("policy_cost_running")
    assert found.low == found.high == found.mean  # no run changes it
    plain = simcrc.load(folder / "base.yaml", ["horizon=1 week"]).run(1)
    assert not plain.indicators["indicator"].str.startswith("policy_cost").any()
