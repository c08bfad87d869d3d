"""Policy files: laid over a base, including others, laid over from outside; places, digests and provenance stay right."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simcrc.errors import ScenarioError
from simcrc.scenario import dump, load
from simcrc.scenario.provenance import Provenance

BASE = Path(__file__).parent / "base.yaml"
Write = Callable[..., Path]

PROMOTE = """
policy: {fr: "Promouvoir le Web", en: "Promote the Web"}
base: base.yaml
status: assumed
orientation: 3
measures:
  - {at: 2006-04-10, promote: {channel: web, odds: {value: 2, range: [1.5, 3], source: "x", status: borrowed}}, cost: {once: 1000}}
"""
STAFF = """
policy: "Staff"
base: base.yaml
measures:
  - {at: 2006-04-12, staffing: {team: agents, factor: 1.2}}
"""
PLAN = """
policy: "Plan"
base: base.yaml
includes: [promote.yaml, staff.yaml]
orientation: [3, 6]
measures:
  - {at: 2006-04-05, train: {channels: [phone], resolution: 20 %}}
objectives:
  - {share: web, goes: up, by_at_least: 5 %, months: 1}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of a folder with the base and three policies."""

    def write(text: str, name: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    for name, text in (("base.yaml", BASE.read_text(encoding="utf-8")), ("promote.yaml", PROMOTE), ("staff.yaml", STAFF), ("plan.yaml", PLAN)):
        write(text, name)
    return write


def names(loaded: Any) -> list[str]:
    return [policy.name.en for policy in loaded.scenario.policies]


def test_a_policy_file_is_a_scenario(write: Write, tmp_path: Path) -> None:
    loaded = load(tmp_path / "promote.yaml")
    (policy,) = loaded.scenario.policies
    assert policy.name.fr == "Promouvoir le Web"
    assert policy.orientation == (3,)
    assert policy.measures[0].verb == "promote"
    assert policy.measures[0].cost.once == 1000
    assert loaded.scenario.model_copy(update={"policies": ()}) == load(BASE).scenario
    assert "base" not in loaded.document
    assert "extends" not in loaded.document


def test_the_status_of_a_policy_is_not_that_of_its_base(tmp_path: Path, write: Write) -> None:
    provenance = load(tmp_path / "promote.yaml").provenance
    assert provenance[("policies", 0)] == Provenance(None, status="assumed")
    assert () not in provenance
    assert provenance[("policies", 0, "measures", 0, "promote", "odds")] == Provenance(2, "x", "borrowed", (1.5, 3))


def test_a_plan_includes_others_before_its_own_measures(write: Write, tmp_path: Path) -> None:
    assert names(load(tmp_path / "plan.yaml")) == ["Promote the Web", "Staff", "Plan"]
    write("policy: Whole\nbase: base.yaml\nincludes: [plan.yaml]\n", "whole.yaml")
    assert names(load(tmp_path / "whole.yaml")) == ["Promote the Web", "Staff", "Plan", "Whole"]


def test_policies_laid_over_from_outside_in_order(write: Write, tmp_path: Path) -> None:
    assert names(load(tmp_path / "base.yaml", policies=[tmp_path / "staff.yaml", tmp_path / "promote.yaml"])) == ["Staff", "Promote the Web"]
    assert names(load(tmp_path / "promote.yaml", policies=[tmp_path / "staff.yaml"])) == ["Promote the Web", "Staff"]
    one, other = load(tmp_path / "base.yaml", policies=[tmp_path / "plan.yaml"]), load(tmp_path / "plan.yaml")
    assert one.scenario == other.scenario
    assert one.digest == other.digest != load(tmp_path / "base.yaml").digest


def test_a_policy_needs_no_base_where_it_is_laid_over(write: Write, tmp_path: Path) -> None:
    path = write("policy: p\nmeasures:\n  - {at: 2006-04-10, promote: {channel: web, odds: 2}}\n", "free.yaml")
    assert names(load(tmp_path / "base.yaml", policies=[path])) == ["p"]
    elsewhere = write("policy: q\nincludes: [other.yaml]\n", "far/away/plan.yaml")
    write("policy: r\nmeasures: []\n", "far/away/other.yaml")
    write((tmp_path / "base.yaml").read_text(encoding="utf-8"), "here/deep/base.yaml")
    assert names(load(tmp_path / "here" / "deep" / "base.yaml", policies=[elsewhere])) == ["r", "q"]


def test_a_base_that_has_policies_keeps_them(write: Write, tmp_path: Path) -> None:
    write("policy: Next\nbase: plan.yaml\nmeasures: []\n", "next.yaml")
    assert names(load(tmp_path / "next.yaml")) == ["Promote the Web", "Staff", "Plan", "Next"]
    write("extends: plan.yaml\nseed: 8\n", "child.yaml")
    assert names(load(tmp_path / "child.yaml")) == ["Promote the Web", "Staff", "Plan"]
    write("extends: plan.yaml\npolicies: []\n", "without.yaml")
    assert names(load(tmp_path / "without.yaml")) == []  # a list replaces the parent's


def test_what_else_a_policy_writes_extends_the_base(write: Write, tmp_path: Path) -> None:
    path = write("policy: p\nbase: base.yaml\nchannels: {phone: {lines: 200}}\nname: {fr: x, en: y}\nmeasures: []\n", "more.yaml")
    scenario = load(path).scenario
    assert scenario.channels["phone"].lines == 200  # type: ignore[attr-defined]
    assert scenario.channels["phone"].kind == "phone"
    assert scenario.name.en == "y"


@pytest.mark.parametrize(
    ("text", "line", "column", "path"),
    [
        (
            "policy: p\nbase: base.yaml\nmeasures:\n  - at: 2006-04-10\n    promote:\n      channel: wbe\n      odds: 2\n",
            6,
            16,
            "policies.0.measures.0.promote.channel",
        ),
        (
            "policy: p\nbase: base.yaml\nincludes: [staff.yaml]\nmeasures:\n  - {at: 2006-04-10, promote: {channel: wbe, odds: 2}}\n",
            5,
            41,
            "policies.1.measures.0.promote.channel",
        ),
        ("policy: p\nbase: base.yaml\norientation: 9\nmeasures: []\n", 3, 14, "policies.0.orientation.0"),
    ],
    ids=["in a block", "behind those that it includes", "its own key"],
)
def test_places_are_those_of_the_file(write: Write, text: str, line: int, column: int, path: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(write(text, "policy.yaml"))
    (problem,) = caught.value.problems
    assert (Path(problem.file).name, problem.line, problem.column) == ("policy.yaml", line, column)
    assert problem.path.startswith(path[:20])


def test_what_is_wrong_in_an_included_file_has_its_place_there(write: Write, tmp_path: Path) -> None:
    write(STAFF.replace("agents", "agent"), "staff.yaml")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "plan.yaml")
    (problem,) = caught.value.problems
    assert (Path(problem.file).name, problem.line, problem.ctx["suggestion"]) == ("staff.yaml", 5, "agents")


def test_it_is_written_out_and_read_again_to_the_same(write: Write, tmp_path: Path) -> None:
    loaded = load(tmp_path / "plan.yaml")
    again = load(write(dump(loaded.document), "again.yaml"))
    assert again.scenario == loaded.scenario
    assert again.digest == loaded.digest
    assert pickle.loads(pickle.dumps(loaded.scenario)) == loaded.scenario


def test_a_schedule_of_a_measure_may_stand_in_a_file(write: Write) -> None:
    write("weekday,time,agents,team\nMon-Fri,08:30,9,quebec\nMon-Fri,16:00,0,quebec\nMon-Fri,08:30,3,agents\n", "tables/more.csv")
    path = write("policy: p\nbase: base.yaml\nmeasures:\n  - {at: 2006-04-10, staffing: {team: quebec, schedule: {file: tables/more.csv}}}\n", "policy.yaml")
    loaded = load(path)
    measure: Any = loaded.scenario.policies[0].measures[0].does
    assert measure.schedule.week[(0,)][17:20] == (9.0, 9.0, 9.0)
    assert loaded.document["policies"][0]["measures"][0]["staffing"]["schedule"] == {"file": "tables/more.csv"}
    assert load(write(dump(loaded.document), "again.yaml")).scenario == loaded.scenario


def test_set_reaches_into_measures(write: Write, tmp_path: Path) -> None:
    settings = ["policies.0.measures.0.promote.odds.value=3", "policies.1.measures.0.staffing.factor=1.5", "policies.1.measures.0.ramp.linear=2 weeks"]
    loaded = load(tmp_path / "plan.yaml", set_=settings)
    promote, staff = (loaded.scenario.policies[number].measures[0] for number in (0, 1))
    assert promote.does.odds == 3  # type: ignore[attr-defined]
    assert staff.does.factor == 1.5  # type: ignore[attr-defined]
    assert str(staff.ramp.linear) == "2 weeks"
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "plan.yaml", set_=["policies.0.measures.0.promote.ods=3"])
    assert caught.value.problems[0].ctx["suggestion"] == "odds"


def test_the_usual_months_of_an_objective_give_way_to_a_short_period(write: Write) -> None:
    path = write(PLAN.replace(", months: 1}", "}"), "short.yaml")
    loaded = load(path)
    assert loaded.scenario.policies[-1].objectives[0].months == 12
    with pytest.raises(ScenarioError) as caught:
        load(write(PLAN.replace("months: 1}", "months: 3}"), "long.yaml"))
    assert [problem.message("en") for problem in caught.value.problems] == ["at most 1 month, the simulated period"]
