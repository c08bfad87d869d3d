"""Calibrations whose answer is known: on one scenario, and on a policy whose change from its base is a function of its measure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import simcrc
from simcrc.fitting.calibrate import Calibration, NoFitError, Progress, calibrate
from simcrc.fitting.put_back import PutBackError
from simcrc.fitting.wording import numbers
from simcrc.scenario import load
from tests.fitting.small import TEXT, write


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    return calibrate(write(tmp_path_factory.mktemp("fit")), replications=4)


def test_the_answer_that_is_known(found: Calibration) -> None:
    """70 % of the visits are completed where that is written; of the others 40 % call, so that 12 % of the needs do."""
    completion, phone = found.parameters
    assert completion.after.size == pytest.approx(0.7, abs=0.03)
    assert phone.after.size == pytest.approx(0.4, abs=0.05)
    assert found.values["choice.next.web.failed.give_up"].size == pytest.approx(0.8 - phone.after.size)
    assert found.end in ("reached", "still")
    assert completion.error is not None
    assert phone.error is not None
    assert 0 < completion.error < 0.02
    assert 0 < phone.error < 0.05
    assert not completion.at_bound


def test_figures_that_are_fitted_and_compared(found: Calibration) -> None:
    first, second, third = found.figures
    assert (first.fitted, second.fitted, third.fitted) == (True, True, False)
    assert first.evaluation.measured == pytest.approx(0.7, abs=0.02)
    assert first.before == pytest.approx(0.5, abs=0.03)
    assert third.evaluation.measured == pytest.approx(0.06, abs=0.02)
    assert found.level == pytest.approx(0.975)


def test_numbers_are_plain(found: Calibration) -> None:
    told = json.loads(json.dumps(numbers(found), allow_nan=False))
    assert told["verdict"] == found.verdict
    assert told["values"].keys() == found.values.keys()


def test_values_written_are_found_again(found: Calibration) -> None:
    """What is checked after writing is what was measured before, on the same draws."""
    found.write()
    again = calibrate(found.path, replications=4, check=True)
    assert [each.evaluation.measured for each in again.figures] == [each.evaluation.measured for each in found.figures]
    assert again.evaluations == 1
    found.path.write_text(found.path.read_text(encoding="utf-8") + "# changed since\n", encoding="utf-8")
    with pytest.raises(PutBackError, match="has changed"):
        again.write()
    assert again.end is None
    assert all(each.before is None for each in again.figures)


def test_what_cannot_be_reached_is_said(tmp_path: Path) -> None:
    text = TEXT.replace("within: [5 %, 95 %]", "within: [45 %, 55 %]").replace("replications: 2", "replications: 4")
    seen: list[Progress] = []
    stopped = simcrc.fit(write(tmp_path, text), watch=seen.append, seed=9)
    assert stopped.parameters[0].at_bound
    assert stopped.parameters[0].after.size == pytest.approx(0.55, abs=0.001)
    assert stopped.verdict == "different"
    assert stopped.seed == 9
    assert seen[-1].evaluations == stopped.evaluations - 1
    assert seen[-1].done == seen[-1].asked == 4


def test_assignments_and_horizon_of_the_fit(tmp_path: Path) -> None:
    text = TEXT.replace("  replications: 2\n", "  replications: 2\n  set: [horizon=1 day]\n")
    path = write(tmp_path, text)
    short = calibrate(path, check=True, set_=["services.calls.volume.per_hour=120"])
    plain = calibrate(path, check=True)
    assert short.figures[0].evaluation.measured != plain.figures[0].evaluation.measured


def test_a_scenario_without_fit(tmp_path: Path) -> None:
    with pytest.raises(NoFitError, match="no fit block"):
        calibrate(write(tmp_path, TEXT.partition("fit:")[0]))


BASE = """\
simcrc: 1
name: {fr: Base, en: Base}
start: 2024-01-08
horizon: 2 days
services: {calls: {volume: {per_hour: 100}}}
channels:
  web: {kind: web, completion: 100 %, duration: 1 min}
  phone: {kind: phone, handle_time: 1 min}
teams: {agents: {serves: [phone], schedule: {week: {Mon-Sun: {"00:00": 20}}, on_holidays: open}}}
choice: {first: {table: {default: {default: {web: 50 %, phone: 50 %}}}}}
"""
POLICY = """\
policy: {fr: Promouvoir, en: Promote}
base: base.yaml
orientation: 3
measures: [{at: 2024-01-08, promote: {channel: web, odds: 3}}]
expect: [{indicator: web.used, change: absolute, equals: 10 %, margin: 1 point}]
fit:
  replications: 4
  parameters: [{path: policies.0.measures.0.promote.odds, within: [1, 5], scale: log}]
"""


def test_a_change_between_a_base_and_a_policy(tmp_path: Path) -> None:
    """Odds k on one of two equal channels give it k ÷ (1 + k): ten points more for odds of 1.5, and pairs of needs that share their draws say so closely."""
    write(tmp_path, BASE, "base.yaml")
    path = write(tmp_path, POLICY, "policy.yaml")
    promoted = calibrate(path)
    assert promoted.parameters[0].after.size == pytest.approx(1.5, rel=0.1)
    assert promoted.figures[0].before == pytest.approx(0.25, abs=0.02)
    promoted.write()
    (policy,) = load(path).scenario.policies
    assert policy.measures[0].promote.odds == pytest.approx(promoted.parameters[0].after.size)  # type: ignore[attr-defined]
