"""Benchmarks that compare a policy with its base: both arms in each replication, changes with the jackknife, bounds, stored figures, what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from simcrc.bench import exact, keep, wording
from simcrc.bench.base import base_of, two_arms
from simcrc.bench.catalogue import Benchmark
from simcrc.bench.errors import BenchError
from simcrc.bench.lines import Sample, lines
from simcrc.bench.quantities import Change, InBase, Number
from simcrc.bench.runner import Ask, Report, run, update
from simcrc.bench.trial import KINDS, trial
from simcrc.experiment.arms import NotPairedError
from simcrc.experiment.contrasts import relative_change
from simcrc.indicators.sums import Sums
from simcrc.model.compile import compile
from simcrc.scenario import dump, load
from tests.bench.tiny import GOOD, text, verdicts

LINES = frozenset(KINDS) - {"exact"}
POLICY = """\
policy: {fr: Un préposé de plus, en: One more agent}
base: tiny.yaml
orientation: 6
measures: [{at: 2024-01-08, staffing: {team: agents, factor: 1.2}}]
expect:
  replications: 8
  quick_most: 8
  figures:
{figures}
"""
FIGURES = """\
    - {indicator: phone.offered, change: relative, equals: 0 %, margin: 0.001 points}
    - {indicator: phone.asa, change: absolute, equals: -45 s, margin: 2 min}
    - {indicator: phone.asa, change: relative, at_most: -20 %}
    - {indicator: phone.asa, at_most: {indicator: phone.asa, arm: base}}
    - {indicator: phone.offered, arm: base, equals: 960, margin: 40 %}
"""


def policy(folder: Path, figures: str = FIGURES, body: str = POLICY, **base: str) -> Benchmark:
    """A policy file over a tiny queue, in which `figures` are expected."""
    (folder / "tiny.yaml").write_text(text(**{"handle": "300 s", **base}), encoding="utf-8")
    path = folder / "policy.yaml"
    path.write_text(body.replace("{figures}", figures.rstrip("\n")), encoding="utf-8")
    return Benchmark("policy", path, folder / "exact" / "policy.json")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return run([policy(tmp_path_factory.mktemp("change"))], Ask(kinds=LINES))


def test_changes_bounds_and_arms_are_judged(report: Report) -> None:
    assert {name: verdict for name, (verdict, _) in verdicts(report).items()} == {
        "policy phone.offered [change=relative]": "equivalent",
        "policy phone.asa [change=absolute]": "equivalent",
        "policy phone.asa [change=relative]": "equivalent",
        "policy phone.asa": "equivalent",
        "policy phone.offered [arm=base]": "equivalent",
    }


def test_the_laws_are_asked_of_both_arms(report: Report) -> None:
    judged = report.trials[0].judged
    for name in ("little phone", "conservation needs", "conservation contacts", "conservation agents"):
        assert judged[name].verdict == judged[f"{name} [arm=base]"].verdict == "equivalent"
    waits = [judged[name].evaluation for name in ("little phone", "little phone [arm=base]")]
    assert waits[0] is not None
    assert waits[1] is not None
    assert waits[0].measured < waits[1].measured


def test_a_change_is_the_ratio_of_ratios_over_the_replications_of_both_arms(tmp_path: Path) -> None:
    found = run([policy(tmp_path)], Ask(kinds=LINES, keep=tmp_path / "kept"))
    one = found.trials[0]
    sample = Sample(one.model, one.sums(8), one.base_model)
    assert sample.base is not None
    line = next(line for line in one.lines if line.name == "phone.asa [change=relative]")
    assert isinstance(line.measured, Change)
    assert isinstance(line.measured.base, InBase)
    parts = []
    for each in (sample, sample.base):
        formula = line.measured.policy.formula  # type: ignore[attr-defined]
        parts += [part.cells(each.totals, ("channel",))[:, 0] for part in (formula.over, formula.under)]
    known = relative_change(*parts).at()
    judged = line.evaluate(sample, 0.95)
    assert (judged.measured, judged.low, judged.high) == pytest.approx((known.mean, known.low, known.high), rel=1e-12)
    each = line.measured.each(sample, line.name)
    assert each is not None
    assert each == pytest.approx((parts[0] / parts[1]) / (parts[2] / parts[3]) - 1)
    assert np.ptp(each) > 0


def test_both_arms_meet_the_same_needs(report: Report) -> None:
    found = report.trials[0].judged["phone.offered [change=relative]"].evaluation
    assert found is not None
    assert (found.measured, found.half_width) == (0.0, 0.0)


def test_without_a_change_a_policy_file_has_one_arm(tmp_path: Path) -> None:
    one = trial(policy(tmp_path, GOOD), ["oracle"], "quick")
    assert one.base is None
    assert not two_arms(one.loaded)
    assert one.digest == keep.scenario_digest(one.loaded)


def test_what_is_kept_belongs_to_both_scenarios(tmp_path: Path) -> None:
    asked = Ask(kinds=LINES, keep=tmp_path / "kept")
    first = run([policy(tmp_path)], asked).trials[0]
    again = run([policy(tmp_path)], asked).trials[0]
    assert (first.made, again.made, again.reused) == (8, 0, 8)
    assert run([policy(tmp_path, handle="170 s")], asked).trials[0].made == 8  # the base alone has changed
    assert run([policy(tmp_path, GOOD)], asked).trials[0].made == 8  # one arm only


def test_figures_of_changes_are_stored_and_compared(tmp_path: Path) -> None:
    one = policy(tmp_path)
    ((_, old, new),) = update([one], Ask())
    assert old is None
    assert new.figures["phone.asa [change=relative]"].unit == "share"
    assert {"phone.offered", "phone.offered [arm=base]", "phone.asa [change=absolute]"} <= set(new.figures)
    exact.write(one.exact, new)
    asked = Ask(kinds=frozenset({"exact"}))
    stored = run([one], asked).trials[0].stored
    assert stored is not None
    assert (stored.status, stored.moved) == ("same", False)
    found = json.loads(one.exact.read_text(encoding="utf-8"))
    found["figures"]["phone.asa [change=relative]"]["values"][2] += 1e-9
    one.exact.write_text(json.dumps(found), encoding="utf-8")
    stored = run([one], asked).trials[0].stored
    assert stored is not None
    assert [change.name for change in stored.changes] == ["phone.asa [change=relative]"]


def test_a_scenario_that_writes_its_policies_is_compared_with_itself_without_them(tmp_path: Path) -> None:
    body = text(figures="    - {indicator: phone.asa, change: relative, at_most: 0 %}\n")
    body += "policies: [{name: More, orientation: 6, measures: [{at: 2024-01-08, staffing: {team: agents, factor: 1.2}}]}]\n"
    path = tmp_path / "inline.yaml"
    path.write_text(body, encoding="utf-8")
    loaded = load(path)
    base = base_of(loaded)
    assert base.loaded.scenario.policies == ()
    assert base.loaded.scenario.seed == loaded.scenario.seed
    # a policy file that was resolved and written again is such a scenario
    resolved = tmp_path / "resolved.yaml"
    resolved.write_text(dump(load(policy(tmp_path).path).document), encoding="utf-8")
    assert base_of(load(resolved)).loaded.scenario.policies == ()


def test_assignments_reach_both_arms_but_for_those_about_policies(tmp_path: Path) -> None:
    body = POLICY.replace("  replications: 8\n", '  replications: 8\n  set: [horizon=2 days, "policies.0.measures.0.staffing.factor=1.4"]\n')
    one = trial(policy(tmp_path, body=body), ["oracle"], "quick", seed=11)
    assert one.base is not None
    assert [each.scenario.seed for each in (one.loaded, one.base.loaded)] == [11, 11]
    assert one.model.end == one.base.model.end == 2 * 86_400_000_000
    assert one.loaded.scenario.policies[0].measures[0].staffing.factor == 1.4


def test_arms_with_other_needs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotPairedError):
        trial(policy(tmp_path, body=POLICY + "horizon: 2 days\n"), ["oracle"], "quick")


def test_what_the_base_does_not_have_names_its_line(tmp_path: Path) -> None:
    loaded = load(policy(tmp_path, "    - {indicator: phone.asa, change: absolute, equals: 0 s, margin: 1 s}\n").path)
    model = compile(loaded.scenario)
    with pytest.raises(BenchError, match=r"phone.asa"):
        lines(loaded, model)
    (line, *_) = lines(loaded, model, model)
    none = Change(Number(1.0), InBase(Number(0.0)), relative=True)
    sums = run_sums(tmp_path)
    with pytest.raises(BenchError, match=r"here.*0"):
        Sample(model, sums, model).of(none, "here")
    assert line.base is model


def run_sums(folder: Path) -> list[Sums]:
    """The sums of two replications of two arms."""
    found = run([policy(folder)], Ask(kinds=LINES, keep=folder / "kept"))
    return found.trials[0].sums(2)


def test_it_is_said_in_words(report: Report) -> None:
    rows = {row.cells[0]: row.cells for row in wording.rows(report.trials[0], "fr")}
    assert rows["phone.asa [change=relative]"][1].startswith("≤\u00a0−20") or rows["phone.asa [change=relative]"][1].startswith("≤\u00a0-20")
    assert rows["phone.asa [change=relative]"][1].endswith("\u00a0%")
