"""``expect:``: what is read, in both ways of writing; arguments of theory; that it comes back from YAML and changes nothing of a run."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simcrc.errors import ScenarioError
from simcrc.model.compile import compile
from simcrc.scenario import dump, json_schema, load
from simcrc.scenario.amounts import Amount, Margin
from simcrc.scenario.arguments import Argument, Which, argument
from simcrc.scenario.check_expect import evaluated
from simcrc.scenario.durations import as_written
from simcrc.scenario.positions import read_file

BASE = Path(__file__).parent / "base.yaml"
Write = Callable[..., Path]

BLOCK = """
extends: base.yaml
expect:
  family: erlang_c
  replications: 8
  most: {value: 128, note: enough}
  set: [horizon=2 weeks, "teams.agents.shrinkage=25 %"]
  source: {fr: le bloc, en: the block}
  figures:
    - {indicator: phone.asa, equals: 7.83594 s, margin: 2 %, quick: [6 %, 0.5 s], source: Koole 2013}
    - {indicator: phone.service_level, period: "Mon 10:00", equals: {value: 88.8 %, status: borrowed}, margin: "0,2 point"}
    - {indicator: counter.quebec.asa, equals: 1 min, margin: 1 min}
    - {indicator: "team:agents.occupancy", equals: 0.7, margin: 0.01}
    - {indicator: offered, reason: redial, per: hour, equals: 12.5, margin: 2 %}
    - indicator: phone.blocking_ratio
      margin: [2 %, 0.2 points]
      theory: {erlang_b.blocking: {load: {value: 10, source: made up}, lines: 17}}
    - indicator: contacts_per_need
      margin: 2 %
      theory: {redial.contacts_per_need: {arrival_rate: 1, abandonment: {indicator: phone.abandonment_ratio, service: pension}, redial: 60 %}}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of a folder in which ``base.yaml`` stands."""
    (tmp_path / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")

    def write(text: str, name: str = "scenario.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_block(write: Write) -> None:
    loaded = load(write(BLOCK))
    expect = loaded.scenario.expect
    assert expect is not None
    assert (expect.family, expect.replications, expect.set_) == ("erlang_c", 8, ("horizon=2 weeks", "teams.agents.shrinkage=25 %"))
    assert (expect.cap("long"), expect.cap("quick")) == (128, 64)
    asa, level, site, team, offered, blocked, contacts = expect.figures
    assert asa.equals == Amount(7.83594, "time")
    assert asa.allowed("long") == (Margin(0.02, "relative"),)
    assert asa.allowed("quick") == (Margin(0.06, "relative"), Margin(0.5, "time"))
    assert level.equals == Amount(0.888, "share")
    assert level.allowed("quick") == level.margin == (Margin(0.002, "share"),)
    assert (level.which.place, level.which.name, level.which.period) == ("phone", "service_level", "Mon 10:00")
    assert site.which.place == "counter.quebec"
    assert (site.equals, site.margin) == (Amount(60, "time"), (Margin(60, "time"),))
    assert (team.which.place, team.equals, team.margin) == ("team:agents", Amount(0.7, "number"), (Margin(0.01, "number"),))
    assert offered.name == "offered [reason=redial, per=hour]"
    assert offered.which.place is None
    assert blocked.theory == {"erlang_b.blocking": {"load": 10, "lines": 17}}
    assert contacts.theory is not None
    assert contacts.theory["redial.contacts_per_need"]["abandonment"] == Which("phone.abandonment_ratio", service="pension")
    assert loaded.provenance[("expect", "figures", 0)].source == "Koole 2013"
    assert loaded.provenance[("expect",)].source == {"fr": "le bloc", "en": "the block"}
    assert loaded.provenance[("expect", "figures", 1, "equals")].status == "borrowed"


def test_the_list_alone(write: Write) -> None:
    loaded = load(write("extends: base.yaml\nexpect: [{indicator: fcr, equals: 60 %, margin: 2 %, source: x}]\n"))
    assert loaded.scenario.expect is not None
    assert [figure.name for figure in loaded.scenario.expect.figures] == ["fcr"]
    assert loaded.provenance[("expect", 0)].source == "x"


def test_it_comes_back_from_yaml(write: Write) -> None:
    first = load(write(BLOCK))
    again = load(write(dump(first.document), "again.yaml"))
    assert again.scenario == first.scenario
    assert (again.document, again.digest, again.provenance) == (first.document, first.digest, first.provenance)
    assert pickle.loads(pickle.dumps(first.scenario)) == first.scenario


def test_editors_accept_it(write: Write) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for text in (BLOCK, "extends: base.yaml\nexpect: [{indicator: fcr, equals: 60 %, margin: 2 %}]\n"):
        tree, _ = read_file(write(text), "x")
        assert tree is not None
        assert [error.message for error in validator.iter_errors(tree.document)] == []


def test_a_run_ignores_it(write: Write) -> None:
    with_it, without = (compile(load(path).scenario) for path in (write(BLOCK), BASE))
    assert with_it.scenario.expect is not None
    assert with_it.scenario.model_copy(update={"expect": None}) == without.scenario
    assert (with_it.start, with_it.end, with_it.seed) == (without.start, without.end, without.seed)  # `set` waits for the check


def test_set_reaches_into_it(write: Write) -> None:
    loaded = load(write(BLOCK), set_=["expect.replications=4", "expect.figures.0.equals=8 s", "expect.most=16"])
    assert loaded.scenario.expect is not None
    assert (loaded.scenario.expect.replications, loaded.scenario.expect.most) == (4, 16)
    assert loaded.scenario.expect.figures[0].equals == Amount(8, "time")


def test_the_first_look_is_never_more_than_the_last(write: Write) -> None:
    loaded = load(write("extends: base.yaml\nexpect: {replications: 500, figures: [{indicator: fcr, equals: 60 %, margin: 2 %}]}\n"))
    assert loaded.scenario.expect is not None
    assert (loaded.scenario.expect.cap("quick"), loaded.scenario.expect.cap("long")) == (500, 500)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (14, 14),
        (0.5, 0.5),
        (-1, -1),
        ("180 s", 180.0),
        ("4,5 min", 270.0),
        ("80 %", 0.8),
        ("lognormal", "lognormal"),
        ({"per_hour": 180}, 0.05),
        ({"per_second": 2}, 2.0),
        ({"per_minute": 3}, 0.05),
        ({"per_day": 43_200}, 0.5),
        ({"08:00": 10, "12:30": 14}, ((28_800.0, 10), (45_000.0, 14))),
        ({"0": 10, "4 h": 14, "30 h": 2}, ((0.0, 10), (14_400.0, 14), (108_000.0, 2))),
        ({"00:00": {"per_hour": 3600}, "24:00": {"per_minute": 120}}, ((0.0, 1.0), (86_400.0, 2.0))),
        ({"per_hour": {"08:00": 3600, "12:00": 7200}}, ((28_800.0, 1.0), (43_200.0, 2.0))),
        ({"per_hour": [3600, 7200]}, (1.0, 2.0)),
        ([0.2, "80 %"], (0.2, 0.8)),
        ([[0, 1], [0.5, "3 min"]], ((0, 1), (0.5, 180.0))),
        ([], ()),
        ({"indicator": "phone.asa", "period": "Mon 08:00"}, Which("phone.asa", period="Mon 08:00")),
    ],
)
def test_arguments(written: Any, read: Any) -> None:
    found = TypeAdapter(Argument).validate_python(as_written(written))
    assert found == pytest.approx(read) if isinstance(read, float) else found == read
    assert type(found) is type(read)
    assert hash(found) == hash(argument(written))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (True, "argument"),
        (None, "argument"),
        (float("inf"), "finite"),
        ("3 months", "duration_calendar"),
        ("12 lines", "duration"),
        ({}, "argument"),
        ({"per_year": 3}, "argument"),
        ({"per_hour": "many"}, "argument"),
        ({"per_hour": 3, "per_day": 4}, "argument"),
        ({"08:00": 3, "8": 4}, "duration_unit"),
        ({"25:00": 3}, "time"),
        ({"12:00": 3, "08:00": 4}, "steps"),
        ({"08:00": 3, "8:00": 4}, "steps"),
        ([1, [2, False]], "argument"),
        ({"indicator": "fcr", "slot": "x"}, "unknown_key"),
        ({"indicator": "fcr", "per": "week"}, "choice"),
        ({"indicator": 5}, "argument"),
    ],
)
def test_arguments_refused(written: Any, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Argument).validate_python(as_written(written))
    assert [error["type"] for error in caught.value.errors()] == [code]


@given(st.floats(0, 1e9, allow_nan=False), st.sampled_from(["per_second", "per_minute", "per_hour", "per_day"]))
def test_rates_are_per_second(rate: float, unit: str) -> None:
    seconds = {"per_second": 1, "per_minute": 60, "per_hour": 3600, "per_day": 86_400}[unit]
    assert argument({unit: rate}) * seconds == pytest.approx(rate)


def test_theory_is_computed_once() -> None:
    first = evaluated("erlang_b.blocking", {"load": 10, "lines": 17})
    assert first == pytest.approx(0.012949, abs=5e-7)
    assert evaluated("erlang_b.blocking", {"lines": 17, "load": 10}) == first


def test_the_nearest_names_are_said(write: Write) -> None:
    path = write(
        """extends: base.yaml
expect:
  - {indicator: phone.assa, equals: 1 s, margin: 2 %}
  - {indicator: phone.blocking_ratio, theory: {erlang_b.bloking: {load: 10, lines: 17}}, margin: 2 %}
  - {indicator: phone.blocking_ratio, theory: {erlang_b.blocking: {load: 10, line: 17, lines: 17}}, margin: 2 %}
  - {indicator: phone.asa, theory: {erlang_c.asa: {arrival_rate: {per_hour: 200}, handle_time: 180 s, agents: 10}}, margin: 2 %}
"""
    )
    with pytest.raises(ScenarioError) as caught:
        load(path)
    problems = caught.value.problems
    assert [problem.ctx.get("suggestion") for problem in problems] == ["asa", "erlang_b.blocking", "lines", None]
    assert [problem.line for problem in problems] == [3, 4, 5, 6]
    assert [problem.column for problem in problems] == [17, 48, 78, 111]
    assert "10" in problems[3].message("fr")
    assert "surcharge" in problems[3].message("fr")
    assert "overload" in problems[3].message("en")


POLICY = """
policy: {fr: Essai, en: Trial}
base: base.yaml
orientation: 6
measures: [{at: 2006-04-10, train: {channels: [phone], handle_time: 0.9}}]
expect:
  figures:
    - {indicator: phone.offered, segment: offline, change: relative, equals: -29 %, margin: 2 points}
    - {indicator: phone.asa, change: absolute, equals: -20 s, margin: [2 s, 1 %]}
    - {indicator: phone.asa, arm: base, at_most: {value: 1 min, source: x}}
    - {indicator: phone.asa, at_least: {indicator: phone.asa, arm: base, service: pension}, margin: 1 s}
    - {indicator: phone.offered, theory: {redial.total_rate: {arrival_rate: {indicator: phone.offered, arm: base}, abandonment: 0}}, margin: 2 %}
"""


def test_changes_arms_and_bounds(write: Write) -> None:
    loaded = load(write(POLICY))
    assert loaded.scenario.expect is not None
    calls, wait, base, bound, theory = loaded.scenario.expect.figures
    assert (calls.change, calls.arm, calls.name) == ("relative", None, "phone.offered [segment=offline, change=relative]")
    assert (calls.given, calls.margin) == (Amount(-0.29, "share"), (Margin(0.02, "share"),))
    assert wait.given == Amount(-20.0, "time")
    assert (base.at_most, base.margin, base.allowed("quick"), base.name) == (Amount(60.0, "time"), None, (), "phone.asa [arm=base]")
    assert bound.given == bound.at_least == Which("phone.asa", service="pension", arm="base")
    assert theory.theory == {"redial.total_rate": {"arrival_rate": Which("phone.offered", arm="base"), "abandonment": 0}}
    again = load(write(dump(loaded.document), "again.yaml"))  # resolved, it is a scenario that writes its policies itself
    assert again.scenario == loaded.scenario
    assert pickle.loads(pickle.dumps(loaded.scenario)) == loaded.scenario
    tree, _ = read_file(write(POLICY), "x")
    assert tree is not None
    assert [error.message for error in jsonschema.Draft202012Validator(json_schema()).iter_errors(tree.document)] == []


def test_a_bound_is_an_amount_or_a_figure(write: Write) -> None:
    for wrong, code in (("{indicatr: phone.asa}", "amount"), ("[1 s]", "amount"), ("{indicator: 3}", "argument"), ("soon", "amount")):
        with pytest.raises(ScenarioError) as caught:
            load(write(f"extends: base.yaml\nexpect: [{{indicator: phone.asa, at_least: {wrong}}}]\n"))
        assert [problem.code for problem in caught.value.problems] == [code], wrong
