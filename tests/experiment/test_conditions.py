"""Conditions and values as a person writes them: what they mean, and what is said of those that mean nothing."""

from __future__ import annotations

import pytest

import simcrc
from simcrc.errors import SimcrcError
from simcrc.experiment.asked import AskedError, unit_in_words, value_in
from simcrc.experiment.conditions import Condition, conditions
from simcrc.experiment.statistics import Estimate
from simcrc.indicators import indicators
from simcrc.model.compile import compile
from simcrc.model.model import Model
from tests.experiment.rivals import write

NAMES = ("base", "more", "promote")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> list[Model]:
    folder = write(tmp_path_factory.mktemp("conditions"))
    return [compile(simcrc.load(folder / f"{name}.yaml").scenario) for name in NAMES]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("80%", "share", 0.8),
        ("80 %", "share", 0.8),
        ("0,8", "share", 0.8),
        ("60s", "s", 60.0),
        ("2 min", "s", 120.0),
        ("-5 s", "s", -5.0),
        ("90 min", "h", 1.5),
        ("36 h", "days", 1.5),
        ("30 min", "h/need", 0.5),
        ("4.50", "CAD/need", 4.5),
        ("4,50 $", "CAD/need", 4.5),
        ("$4.50", "CAD", 4.5),
        ("4.50 CAD", "CAD", 4.5),
        ("1 200", "count", 1200.0),
        ("1.3", "contacts/need", 1.3),
    ],
)
def test_values_in_the_unit_of_the_indicator(text: str, unit: str, value: float) -> None:
    assert value_in(text, unit, "x") == pytest.approx(value)


def test_points_are_differences_of_shares() -> None:
    assert value_in("1 point", "share", "x", difference=True) == pytest.approx(0.01)
    assert value_in("0.5 pts", "share", "x", difference=True) == pytest.approx(0.005)
    with pytest.raises(AskedError):
        value_in("1 point", "share", "x")


@pytest.mark.parametrize(
    ("text", "unit"), [("80", "share"), ("60", "s"), ("60%", "s"), ("5 EUR", "CAD"), ("5%", "CAD"), ("5 s", "count"), ("x", "count"), ("", "share")]
)
def test_values_that_mean_nothing(text: str, unit: str) -> None:
    with pytest.raises(AskedError) as error:
        value_in(text, unit, "phone.asa")
    assert "phone.asa" in error.value.say("fr")
    assert "phone.asa" in error.value.say("en")


@pytest.mark.parametrize(
    ("text", "arm", "name", "op", "value"),
    [
        ("phone.service_level<80%", None, "phone.service_level", "<", 0.8),
        ("  phone.asa >= 1 min ", None, "phone.asa", ">=", 60.0),
        ("more:phone.asa>60s", "more", "phone.asa", ">", 60.0),
        ("base:fcr<=0.5", "base", "fcr", "<=", 0.5),
        ("team:agents.occupancy>90%", None, "team:agents.occupancy", ">", 0.9),
        ("more:team:agents.occupancy>90%", "more", "team:agents.occupancy", ">", 0.9),
        ("contacts_per_need≥1.2", None, "contacts_per_need", ">=", 1.2),
    ],
)
def test_conditions(models: list[Model], text: str, arm: str | None, name: str, op: str, value: float) -> None:
    (found,) = conditions([text], NAMES, models)
    assert (found.arm, found.metric.name, found.op) == (arm, name, op)
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phone.asa", "INDICATOR<VALUE"),
        ("phone.asa=60s", "INDICATOR<VALUE"),
        ("phone.asa<60s<80s", "INDICATOR<VALUE"),
        ("<80%", "INDICATOR<VALUE"),
        ("phone.asaa<60s", "phone.asa"),
        ("fone.asa<60s", "phone.asa"),
        ("mor:phone.asa<60s", 'did you mean "more"'),
        ("phone.asa<60", "a duration with its unit"),
        ("phone.service_level<80", "a share, such as 80%"),
    ],
)
def test_conditions_that_mean_nothing(models: list[Model], text: str, said: str) -> None:
    with pytest.raises(SimcrcError) as error:
        conditions([text], NAMES, models)
    assert said in error.value.say("en")
    assert "\n" not in error.value.say("fr")


def test_all_that_is_wrong_is_said_at_once(models: list[Model]) -> None:
    with pytest.raises(AskedError) as error:
        conditions(["phone.asa", "phone.azza<60s", "phone.asa<60"], NAMES, models)
    assert len(error.value.say("fr").splitlines()) == 3


def test_the_estimate_decides_and_the_interval_says_how_clearly(models: list[Model]) -> None:
    def judged(text: str, *estimate: float | None) -> tuple[bool, bool]:
        condition: Condition = conditions([text], NAMES, models)[0]
        return condition.holds(Estimate(*estimate, 3)), condition.clear(Estimate(*estimate, 3))  # type: ignore[arg-type]

    assert judged("phone.asa>60s", 61.0, 60.5, 61.5) == (True, True)
    assert judged("phone.asa>60s", 61.0, 55.0, 67.0) == (True, False)
    assert judged("phone.asa>60s", 60.0, 59.0, 61.0) == (False, False)
    assert judged("phone.asa>=60s", 60.0, 60.0, 61.0) == (True, True)
    assert judged("phone.asa>60s", 61.0, None, None) == (True, False)
    assert judged("phone.asa>60s", None, None, None) == (True, False)  # what cannot be checked does not pass


def test_units_have_words() -> None:
    for each in indicators().values():
        for lang in ("fr", "en"):
            assert "{" not in unit_in_words(each.unit.replace("money", "CAD")).say(lang)
    assert unit_in_words("contacts/need").say("fr") == "contacts par besoin"
    assert unit_in_words("CAD/need").say("fr") == "CAD par besoin"
