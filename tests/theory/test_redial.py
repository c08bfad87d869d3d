"""Redial and reconnect against the journey, whose algebra is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.theory import TheoryError, evaluate
from simcrc.theory.journey import Journey
from simcrc.theory.redial import Redial

shares = st.floats(0.0, 0.97)


@given(shares, shares, shares)
def test_against_the_journey(abandonment: float, redial: float, reconnect: float) -> None:
    """Two kinds of contact, abandoned and served."""
    model = Redial(2.0, abandonment, redial, reconnect)
    kinds = (abandonment, 1 - abandonment)
    journey = Journey(kinds, tuple(tuple(again * kind for kind in kinds) for again in (redial, reconnect)), resolution=(0.0, 1 - reconnect))
    assert model.contacts_per_need == pytest.approx(journey.contacts_per_need, rel=1e-9)
    assert model.served_at_last == pytest.approx(journey.resolved, rel=1e-9)
    assert model.total_rate == pytest.approx(2.0 / (1 - redial * abandonment - reconnect * (1 - abandonment)), rel=1e-9)
    assert model.arrival_rate + model.redial_rate + model.reconnect_rate == pytest.approx(model.total_rate, rel=1e-9)


def test_by_name_with_a_measured_abandonment() -> None:
    value = evaluate("redial.total_rate", {"arrival_rate": 1.0, "abandonment": 0.2, "redial": 0.5, "reconnect": 0.25})
    assert value == pytest.approx(1 / (1 - 0.1 - 0.2))


@pytest.mark.parametrize("wrong", [{"abandonment": 1.2}, {"redial": -0.1}, {"reconnect": 1.0, "redial": 1.0}, {"arrival_rate": 0.0}])
def test_wrong_parameters(wrong: dict[str, float]) -> None:
    with pytest.raises(TheoryError):
        Redial(**({"arrival_rate": 1.0, "abandonment": 0.2, "redial": 0.5} | wrong))
