"""Ramps: the dose goes from 0 to 1 in few steps whose mean is that of the curve."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from policies.town import town
from simcrc.policies.ramp import Ramp, one_ramp
from simcrc.policies.timeline import timeline

AT = date(2007, 1, 8)


def ramp(written: Any) -> Ramp:
    return Ramp.model_validate(one_ramp(written))


def doses(of: Ramp, days: int) -> list[float]:
    return [of.dose(AT, AT + timedelta(day)) for day in range(days)]


def test_step_is_at_once() -> None:
    assert ramp("step") == ramp({}) == Ramp()
    assert ramp("step").steps(AT) == [AT]
    assert [Ramp().dose(AT, AT + timedelta(day)) for day in (-1, 0, 1000)] == [0.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "written",
    [
        {"linear": "10 weeks"},
        {"linear": "3 days"},
        {"s_curve": "1 year"},
        {"s_curve": "92 days"},
        {"bass": {"lasts": "4 years"}},
        {"bass": {"lasts": "50 days"}},
    ],
    ids=str,
)
def test_from_nothing_to_all_never_back(written: Any) -> None:
    own = ramp(written)
    length = own.length(AT)
    found = doses(own, length + 2)
    assert own.dose(AT, AT - timedelta(1)) == 0.0
    assert found[0] > 0
    assert found[-3] < 1.0
    assert found[-2:] == [1.0, 1.0]
    assert all(a <= b for a, b in itertools.pairwise(found))
    changes = [day for day in range(1, length + 1) if found[day] != found[day - 1]]
    assert [AT + timedelta(day) for day in (0, *changes)] == own.steps(AT)
    assert len(own.steps(AT)) <= 1 + (13 if length <= 91 else -(-length // 28))


def test_the_mean_of_the_steps_is_that_of_the_curve() -> None:
    assert np.mean(doses(ramp({"linear": "10 weeks"}), 70)) == pytest.approx(0.5, abs=1e-12)
    assert np.mean(doses(ramp({"linear": "100 days"}), 100)) == pytest.approx(0.5, abs=1e-12)  # with a shorter last step
    assert np.mean(doses(ramp({"s_curve": "52 weeks"}), 364)) == pytest.approx(0.5, abs=1e-12)
    p, q, years = 0.03, 0.38, (date(2011, 1, 8) - AT).days / 365.25
    grown = lambda t: (1 - np.exp(-(p + q) * t)) / (1 + q / p * np.exp(-(p + q) * t))  # noqa: E731
    area, _ = quad(grown, 0, years)
    wanted = area / years / grown(years)
    assert np.mean(doses(ramp({"bass": {"lasts": "4 years"}}), 1461)) == pytest.approx(wanted, abs=5e-4)


def test_half_way() -> None:
    middle = AT + timedelta(35)
    assert ramp({"linear": "10 weeks"}).dose(AT, middle) == pytest.approx((5 + 0.5) / 10)
    assert ramp({"s_curve": "10 weeks"}).dose(AT, middle) == pytest.approx(0.55**2 * (3 - 2 * 0.55))
    early = ramp({"bass": {"innovation": 0.001, "imitation": 2.0, "lasts": "8 years"}})
    assert early.dose(AT, AT + timedelta(730)) < 0.1  # innovations spread late when few innovate


@given(st.integers(1, 3000), st.integers(0, 3100))
def test_doses_are_shares(length: int, day: int) -> None:
    for written in ({"linear": f"{length} days"}, {"s_curve": f"{length} days"}, {"bass": {"lasts": f"{length} days"}}):
        assert 0.0 <= ramp(written).dose(AT, AT + timedelta(day)) <= 1.0


def test_a_measure_comes_into_force_step_by_step() -> None:
    scenario = town({"promote": {"channel": "web", "odds": 4}, "at": "2007-01-15", "ramp": {"linear": "2 weeks"}, "lasts": "3 weeks"}, horizon="8 weeks")
    eras = timeline(scenario)
    assert [str(day) for day, _ in eras] == ["2007-01-15", "2007-01-22", "2007-01-29", "2007-02-05"]
    assert [own.choice.odds[0].factor for _, own in eras[:3]] == pytest.approx([4**0.25, 4**0.75, 4.0])
    assert not eras[3][1].choice.odds


def test_eras_are_no_more_than_needed() -> None:
    two = [
        {"promote": {"channel": "web", "odds": 2}, "ramp": {"linear": "1 year"}},
        {"train": {"channels": ["phone"], "resolution": 0.5}, "ramp": {"s_curve": "1 year"}},
    ]
    assert len(timeline(town(*two, horizon="2 years"))) == 15
