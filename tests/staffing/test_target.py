"""Targets: how they are written, what is refused, in both languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simcrc.indicators.axes import Axes
from simcrc.model.compile import compile
from simcrc.staffing.errors import TargetError
from simcrc.staffing.target import aims
from tests.staffing.small import MORNING, SHARED, STEADY, study


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, Axes]:
    scenario = study(tmp_path_factory.mktemp("target"), SHARED).scenario
    return scenario, Axes.of(compile(scenario))


@pytest.mark.parametrize(
    ("text", "name", "op", "value"),
    [
        ("phone.service_level>=80%", "phone.service_level", ">=", 0.8),
        ("phone.service_level >= 0.8", "phone.service_level", ">=", 0.8),
        ("phone.asa ≤ 2 min", "phone.asa", "<=", 120.0),
        ("asa<90s", "asa", "<", 90.0),
        ("email.turnaround_mean<=2 days", "email.turnaround_mean", "<=", 2.0),
        ("team:agents.occupancy<=85 %", "team:agents.occupancy", "<=", 0.85),
        ("mail.within_standard>=90%", "mail.within_standard", ">=", 0.9),
    ],
)
def test_targets_are_read_in_the_units_of_the_indicator(shared: tuple, text: str, name: str, op: str, value: float) -> None:
    (aim,) = aims([text], *shared)
    assert (aim.name, aim.op, aim.value) == (name, op, pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "said", "dit"),
    [
        ("phone.service_levle>=80%", 'did you mean "phone.service_level"?', "vouliez-vous dire « phone.service_level » ?"),
        ("fone.asa<=1min", 'did you mean "phone.asa"?', "vouliez-vous dire « phone.asa » ?"),
        ("team:agent.occupancy<=85%", 'did you mean "team:agents.occupancy"?', "vouliez-vous dire « team:agents.occupancy » ?"),
        ("phone.service_level", "an indicator, >= or <=, and a value", "un indicateur, >= ou <=, et une valeur"),
        ("phone.asa<=10", "a duration with its unit", "durée avec son unité"),
        ("phone.service_level>=80s", "a share, in % or from 0 to 1", "part, en % ou de 0 à 1"),
        ("phone.service_level>=80", "a share, in % or from 0 to 1", "part, en % ou de 0 à 1"),
        ("phone.service_level<=80%", "less staff reaches it", "moins de personnel y mène"),
        ("phone.asa>=1min", "less staff reaches it", "moins de personnel y mène"),
        ("paid_hours<=100h", "counts the staff itself", "compte le personnel lui-même"),
    ],
)
def test_what_cannot_be_a_target_is_said(shared: tuple, text: str, said: str, dit: str) -> None:
    with pytest.raises(TargetError) as caught:
        aims([text], *shared)
    assert said in caught.value.say("en")
    assert dit in caught.value.say("fr")


def test_all_that_is_wrong_is_said_at_once(shared: tuple) -> None:
    with pytest.raises(TargetError) as caught:
        aims(["phone.asa<=10", "fone.asa<=1s", "phone.service_level>=80%", "phone.service_level>=90%"], *shared)
    assert len(caught.value.say("en").splitlines()) == 3


def test_without_a_target_those_of_the_scenario_count(tmp_path: Path) -> None:
    scenario = study(tmp_path, MORNING).scenario
    (aim,) = aims([], scenario, Axes.of(compile(scenario)))
    assert (aim.name, aim.value) == ("phone.service_level", 0.75)
    bare = study(tmp_path, STEADY.format(rate=5, patience="")).scenario
    with pytest.raises(TargetError, match="--target"):
        aims([], bare, Axes.of(compile(bare)))


def test_a_target_is_met_at_its_value_and_not_by_what_is_not_there(shared: tuple) -> None:
    (aim,) = aims(["phone.service_level>=80%"], *shared)
    assert aim.met(np.array([0.8, 0.1 + 0.7, 0.79, np.nan])).tolist() == [True, True, False, False]
