"""Square-root staffing: printed values of the Halfin–Whitt function, and the exact formulas for ever more agents."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcrc.theory import TheoryError
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.square_root import SquareRoot


def normal(x: float) -> tuple[float, float]:
    """Density and distribution function."""
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi), math.erfc(-x / math.sqrt(2)) / 2


@pytest.mark.parametrize("beta", [1e-6, 0.1, 0.5, 1.0, 2.0, 3.0])
def test_halfin_and_whitt(beta: float) -> None:
    density, below = normal(beta)
    assert SquareRoot(50.0).p_wait(beta) == pytest.approx(1 / (1 + beta * below / density), rel=1e-13)


@pytest.mark.parametrize("beta", [-2.0, -0.5, 0.0, 0.5, 2.0])
@pytest.mark.parametrize("ratio", [0.1, 1.0, 4.0])
def test_garnett(beta: float, ratio: float) -> None:
    root = math.sqrt(ratio)
    density, below = normal(-beta)
    other, lower = normal(beta * root)
    exact = 1 / (1 + other / (1 - lower) / root / (density / (1 - below)))
    assert SquareRoot(50.0).p_wait(beta, ratio) == pytest.approx(exact, rel=1e-11)


@pytest.mark.parametrize("beta", [0.2, 1.0, 2.0])
def test_it_is_the_limit_of_erlang_c(beta: float) -> None:
    errors = []
    for root in (10, 30, 90):
        load = root * root
        rule = SquareRoot(load)
        agents = round(rule.agents(beta))
        exact = ErlangC(load, 1.0, agents).p_wait
        errors.append(abs(rule.p_wait((agents - load) / root) / exact - 1))
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 0.03


@pytest.mark.parametrize("beta", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("ratio", [0.5, 1.0, 5.0])
def test_it_is_the_limit_of_erlang_a(beta: float, ratio: float) -> None:
    waits, leaves = [], []
    for root in (10, 30, 90):
        load = root * root
        rule = SquareRoot(load)
        agents = round(rule.agents(beta))
        exact = ErlangA(load, 1.0, agents, ratio)
        waits.append(abs(rule.p_wait((agents - load) / root, ratio) / exact.p_wait - 1))
        leaves.append(abs(rule.abandonment((agents - load) / root, ratio) / exact.abandonment - 1))
    for errors in (waits, leaves):
        assert errors[2] < 0.02
        assert errors[2] < errors[0] or errors[0] < 1e-3


def test_patience_without_end_is_halfin_and_whitt() -> None:
    rule = SquareRoot(100.0)
    assert rule.p_wait(0.7, 1e16) == pytest.approx(rule.p_wait(0.7), rel=1e-9)
    assert rule.abandonment(0.7) == 0.0
    assert rule.abandonment(0.7, 1e12) < 1e-9


@settings(max_examples=50, deadline=None)
@given(st.floats(1e-6, 1.0, exclude_max=True), st.floats(1e-3, 1e3) | st.just(math.inf))
def test_beta_for_goes_back(share: float, ratio: float) -> None:
    rule = SquareRoot(100.0)
    assert rule.p_wait(rule.beta_for(share, ratio), ratio) == pytest.approx(share, rel=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.floats(-30.0, 30.0), st.floats(0.001, 5.0), st.floats(1e-4, 1e8))
def test_more_agents_less_waiting(beta: float, more: float, ratio: float) -> None:
    rule = SquareRoot(10_000.0)
    assert 0.0 <= rule.p_wait(beta + more, ratio) <= rule.p_wait(beta, ratio) <= 1.0
    assert rule.abandonment(beta + more, ratio) <= rule.abandonment(beta, ratio) * (1 + 1e-9)


def test_nonsense() -> None:
    rule = SquareRoot(100.0)
    for load in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(TheoryError):
            SquareRoot(load)
    for beta in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(TheoryError):
            rule.p_wait(beta)
    with pytest.raises(TheoryError):
        rule.p_wait(1.0, 0.0)
    with pytest.raises(TheoryError):
        rule.agents(-10.0)
    for share in (0.0, 1.0, -0.1, math.nan):
        with pytest.raises(TheoryError):
            rule.beta_for(share)
