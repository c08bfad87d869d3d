"""Models, figures and arguments by name; every model that ships keeps the rules of the registry."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
import subprocess
import sys

import pytest

from simcrc import theory
from simcrc.theory import TheoryError
from simcrc.theory.registry import parameters

ARGUMENTS = {"arrival_rate": 100 / 1800, "handle_time": 180, "agents": 14}


def test_known_models() -> None:
    assert {"erlang_a", "erlang_b", "erlang_c", "general_patience", "square_root"} <= set(theory.models())
    assert theory.figures("erlang_b") == ["blocking", "occupancy", "carried"]
    assert "service_level" in theory.figures("erlang_a")


@pytest.mark.parametrize("name", sorted(theory.models()))
def test_every_model_keeps_the_rules(name: str) -> None:
    cls = theory.models()[name]
    assert dataclasses.is_dataclass(cls)
    assert cls.__dataclass_params__.frozen
    assert cls.__doc__
    assert getattr(theory, cls.__name__) is cls
    assert theory.figures(name)
    fields = {field.name for field in dataclasses.fields(cls)}
    for figure in theory.figures(name):
        member = inspect.getattr_static(cls, figure)
        assert inspect.getdoc(getattr(member, "fget", None) or getattr(member, "func", None) or member), f"{name}.{figure} says nothing of itself"
        assert len(parameters(cls, figure)) >= len(fields), "an argument of the figure has the name of a field"


def test_evaluate_splits_the_arguments() -> None:
    model = theory.ErlangC(**ARGUMENTS)
    assert theory.evaluate("erlang_c.asa", ARGUMENTS) == model.asa
    assert theory.evaluate("erlang_c.service_level", ARGUMENTS | {"within": 20}) == model.service_level(20)
    assert theory.evaluate("erlang_c.asa", ARGUMENTS | {"agents": 14.0}) == model.asa
    assert theory.evaluate("erlang_a.abandonment", ARGUMENTS | {"patience": 300}) == theory.ErlangA(**ARGUMENTS, patience=300).abandonment


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("erlang", {}, '"erlang": model.figure is expected, such as erlang_c.asa'),
        ("erlang_d.asa", {}, 'unknown model "erlang_d"; did you mean "erlang_'),
        ("zzz.asa", {}, 'unknown model "zzz"'),
        ("erlang_c.aza", ARGUMENTS, 'erlang_c does not give "aza"; did you mean "asa"?'),
        ("erlang_c._free", ARGUMENTS, 'erlang_c does not give "_free"'),
        ("erlang_c.arrival_rate", ARGUMENTS, 'erlang_c does not give "arrival_rate"'),
        ("erlang_c.asa", ARGUMENTS | {"agent": 3}, 'erlang_c.asa does not take "agent"; did you mean "agents"?'),
        ("erlang_c.asa", ARGUMENTS | {"within": 20}, 'erlang_c.asa does not take "within"'),
        ("erlang_c.service_level", ARGUMENTS, "erlang_c.service_level: within is missing"),
        ("erlang_c.asa", {"agents": 3}, "erlang_c.asa: arrival_rate is missing"),
        ("erlang_c.asa", ARGUMENTS | {"agents": 14.5}, "agents: 14.5; a whole number of at least 1 is expected"),
        ("erlang_c.asa", ARGUMENTS | {"agents": "many"}, "agents: 'many'; a number is expected"),
        ("erlang_c.asa", ARGUMENTS | {"arrival_rate": float("nan")}, "arrival_rate: nan; a number is expected"),
        ("erlang_c.asa", ARGUMENTS | {"agents": 7}, "overload: 10 erlangs for 7 agents, the queue grows without end; at least 11 are needed"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(name: str, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(TheoryError) as raised:
        theory.evaluate(name, arguments)
    assert raised.value.say("en").startswith(said)
    french = raised.value.say("fr")
    assert french != raised.value.say("en")
    assert "\n" not in french + raised.value.say("en")


def test_unknown_figures() -> None:
    with pytest.raises(TheoryError):
        theory.figures("erlang")
    with pytest.raises(AttributeError):
        _ = theory.ErlangZ


def test_an_error_travels_between_processes() -> None:
    with pytest.raises(TheoryError) as raised:
        theory.evaluate("erlang_c.asa", ARGUMENTS | {"agents": 7})
    again = pickle.loads(pickle.dumps(raised.value))
    assert again.say("fr") == raised.value.say("fr")
    assert again.argument == "agents"
    assert isinstance(again, ValueError)


def test_a_model_of_an_extension() -> None:
    """In a process of its own, since models stay registered."""
    code = """
from dataclasses import dataclass
from simcrc import theory
@theory.model("constant")
@dataclass(frozen=True)
class Constant:
    value: float
    def times(self, factor: float) -> float:
        return self.value * factor
assert theory.evaluate("constant.times", {"value": 2, "factor": 3}) == 6.0
try:
    @theory.model("constant")
    @dataclass(frozen=True)
    class Other:
        value: float
except ValueError:
    print("refused")
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "refused\n"
