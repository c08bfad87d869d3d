"""How a distribution is written in a scenario: accepted forms, errors with their place, and a family that an extension adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from pydantic import Field, ValidationError

from simcrc.distributions import Distribution, Law, families, family
from simcrc.distributions import base as registry
from simcrc.distributions.base import Floats
from simcrc.distributions.deterministic import Deterministic
from simcrc.distributions.empirical import Empirical
from simcrc.distributions.exponential import Exponential
from simcrc.distributions.gamma import Gamma
from simcrc.distributions.lognormal import Lognormal
from simcrc.scenario.base import PerService, Spec
from simcrc.scenario.faults import WORDS
from simcrc.scenario.units import Duration, as_written
from simcrc.words import Words

MINUTE = 60_000_000


class Desk(Spec):
    handle: PerService[Law] = Field(default_factory=dict)
    patience: Law | None = None


def problems(value: Any) -> list[tuple[tuple[Any, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        Desk.model_validate(as_written({"patience": value}))
    return [(error["loc"][1:], error["type"]) for error in caught.value.errors()]


@pytest.mark.parametrize(
    ("written", "law"),
    [
        ("3 min", Deterministic(value=3 * MINUTE)),
        (0, Deterministic(value=0)),
        ({"deterministic": {"value": "3 min"}}, Deterministic(value=3 * MINUTE)),
        ({"exponential": {"mean": "5 min"}}, Exponential(mean=5 * MINUTE)),
        ({"exponential": "5 min"}, Exponential(mean=5 * MINUTE)),
        ({"lognormal": {"mean": "4,2 min", "cv": 1.1}}, Lognormal(mean=252_000_000, cv=1.1)),
        (Gamma(mean=1, cv=2.0), Gamma(mean=1, cv=2.0)),
        (
            {"empirical": {"points": [["0 s", "5 %"], ["1 min", 0.5]], "tail": {"exponential": "2 min"}}},
            Empirical(points=((0, 0.05), (MINUTE, 0.5)), tail=Exponential(mean=2 * MINUTE)),
        ),
    ],
)
def test_accepted_forms(written: Any, law: Distribution) -> None:
    desk = Desk.model_validate(as_written({"patience": written, "handle": written}))
    assert desk.patience == law
    assert desk.handle == {"default": law}
    again = Desk.model_validate(desk.model_dump(mode="json"))
    assert again == desk


@pytest.mark.parametrize(
    ("written", "place", "code"),
    [
        ("3", (), "duration_unit"),
        (5, (), "duration_unit"),
        (True, (), "law"),
        ([], (), "law"),
        ({}, (), "law_one"),
        ({"exponential": "1 s", "gamma": "1 s"}, (), "law_one"),
        ({"mean": "4 min", "cv": 1}, (), "law_family"),
        ({"lognormall": {"mean": "4 min", "cv": 1}}, (), "unknown_family"),
        ({7: "4 min"}, (), "unknown_family"),
        ({"exponential": {"mean": "4"}}, ("exponential", "mean"), "duration_unit"),
        ({"exponential": {"mean": "-4 min"}}, ("exponential", "mean"), "duration_negative"),
        ({"exponential": {}}, ("exponential", "mean"), "missing"),
        ({"exponential": {"mean": "4 min", "cv": 2}}, ("exponential", "cv"), "extra_forbidden"),
        ({"lognormal": {"mean": "4 min"}}, ("lognormal",), "law_parameters"),
        ({"lognormal": {"mean": "4 min", "cv": 1, "sigma": 1}}, ("lognormal",), "law_parameters"),
        ({"lognormal": {"mean": "4 min", "cv": -1}}, ("lognormal", "cv"), "negative"),
        ({"gamma": {"mean": "4 min", "cv": 0}}, ("gamma", "cv"), "greater_than_equal"),
        ({"erlang": {"mean": "4 min", "phases": 0}}, ("erlang", "phases"), "greater_than"),
        ({"weibull": {"scale": "4 min", "cv": 1}}, ("weibull",), "law_parameters"),
        ({"uniform": {"low": "4 min", "high": "3 min"}}, ("uniform",), "law_order"),
        ({"triangular": {"low": "4 min", "mode": "9 min", "high": "8 min"}}, ("triangular",), "law_order"),
        ({"hyperexponential": {"mean": "4 min", "cv": 0.5}}, ("hyperexponential", "cv"), "greater_than_equal"),
        ({"hyperexponential": {"phases": [{"share": "60 %", "mean": "4 min"}]}}, ("hyperexponential",), "law_shares"),
        ({"hyperexponential": {"phases": [{"share": 2, "mean": "4 min"}]}}, ("hyperexponential", "phases", 0, "share"), "share"),
        ({"empirical": {"points": [["2 min", 0.5], ["1 min", 0.6]]}}, ("empirical",), "law_rising"),
        ({"empirical": {"points": [["1 min", 0.5], ["2 min", 0.4]]}}, ("empirical",), "law_rising"),
        ({"empirical": {"points": []}}, ("empirical",), "law_points"),
        ({"empirical": {"points": [["1 min", 0.5]], "tail": {"gama": "1 s"}}}, ("empirical", "tail"), "unknown_family"),
        ({"empirical": {"points": [["1 min", 0.5]], "tail": {"gamma": {"mean": 3, "cv": 1}}}}, ("empirical", "tail", "gamma", "mean"), "duration_unit"),
    ],
)
def test_errors_have_their_place(written: Any, place: tuple[Any, ...], code: str) -> None:
    assert problems(written) == [(place, code)]


def test_several_errors_at_once() -> None:
    assert problems({"lognormal": {"mean": "4", "cv": "much"}}) == [(("lognormal", "mean"), "duration_unit"), (("lognormal", "cv"), "number")]


def test_unknown_family_names_the_known() -> None:
    with pytest.raises(ValidationError) as caught:
        Desk.model_validate({"patience": {"lognormall": {}}})
    ctx = caught.value.errors()[0]["ctx"]
    assert ctx["found"] == "lognormall"
    assert ctx["known"] == sorted(families())


def test_faults_are_said_in_both_languages() -> None:
    for code in ("law", "law_one", "law_family", "unknown_family", "law_parameters", "law_order", "law_points", "law_rising", "law_shares"):
        assert WORDS[code].fr
        assert WORDS[code].en


def test_json_schema_knows_the_families() -> None:
    schema = Desk.model_json_schema()
    Draft202012Validator.check_schema(schema)
    valid = Draft202012Validator(schema).is_valid
    assert valid({"patience": "3 min"})
    assert valid({"patience": {"weibull": {"scale": "40 days", "shape": 2}}})
    assert valid({"patience": {"exponential": "5 min"}})
    assert valid({"patience": {"empirical": {"points": [["1 min", "50 %"]], "tail": {"gamma": {"mean": "2 s", "cv": 1}}}}})
    assert not valid({"patience": {"weibul": {"scale": "40 days", "shape": 2}}})
    assert not valid({"patience": {"weibull": {"scal": "40 days", "shape": 2}}})
    assert not valid({"patience": {"empirical": {"points": [["1 min", "50 %"]], "tail": {"gama": {"mean": "2 s", "cv": 1}}}}})


@pytest.fixture
def pareto() -> Iterator[None]:
    @family("pareto", Words(fr="Pareto", en="Pareto"))
    class Pareto(Distribution):
        least: Duration
        index: float = Field(gt=2.0)

        def quantile(self, u: Floats) -> Floats:
            return self.least * (1.0 - u) ** (-1.0 / self.index)

        @property
        def mean(self) -> float:
            return self.least * self.index / (self.index - 1.0)

        @property
        def cv(self) -> float:
            return float(1.0 / np.sqrt(self.index * (self.index - 2.0)))

    yield
    del registry._FAMILIES["pareto"]


@pytest.mark.usefixtures("pareto")
def test_a_new_family_can_be_written_at_once() -> None:
    desk = Desk.model_validate({"handle": {"pareto": {"least": "1 min", "index": 3}}})
    law = desk.handle["default"]
    assert law.words.en == "Pareto"
    assert law.mean == 1.5 * MINUTE
    assert law.quantile(np.array([0.875])).tolist() == pytest.approx([2.0 * MINUTE])
    assert desk.model_dump(mode="json")["handle"]["default"] == {"pareto": {"least": MINUTE, "index": 3.0}}
    assert "pareto" in str(Desk.model_json_schema())


def test_every_family_has_words_in_both_languages() -> None:
    for name, cls in families().items():
        assert cls.name == name
        assert cls.words.fr
        assert cls.words.en
        assert cls.__doc__
