"""Erlang B against its definition in exact fractions, and its properties."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcrc.theory import TheoryError
from simcrc.theory.erlang_b import ErlangB
from tests.theory.reference import erlang_b


def test_published() -> None:
    assert round(ErlangB(10.0, 17).blocking, 6) == 0.012949


@pytest.mark.parametrize(("load", "lines"), [(10.0, 17), (0.5, 1), (1e-6, 3), (1e6, 3), (100.0, 100), (900.5, 1000), (30.0, 90)])
def test_against_the_definition(load: float, lines: int) -> None:
    exact = erlang_b(Fraction(load), lines)
    model = ErlangB(load, lines)
    assert model.blocking == pytest.approx(float(exact), rel=1e-14)
    assert model.carried == pytest.approx(float(Fraction(load) * (1 - exact)), rel=1e-14)
    assert model.occupancy == pytest.approx(float(Fraction(load) * (1 - exact) / lines), rel=1e-14)


def test_ten_thousand_lines() -> None:
    # at load = lines, Ramanujan's expansion of n! / nⁿ Σ nᵏ/k! gives 1/B to 1e-12
    n = 10_000
    inverse = math.sqrt(math.pi * n / 2) + 2 / 3 + math.sqrt(math.pi / (2 * n)) / 12 - 4 / (135 * n)
    assert ErlangB(float(n), n).blocking == pytest.approx(1 / inverse, rel=1e-10)


def test_without_lines_all_is_lost() -> None:
    assert ErlangB(3.0, 0).blocking == 1.0
    assert ErlangB(3.0, 0).occupancy == 0.0


def test_no_load_that_counts() -> None:
    assert ErlangB(1e-300, 10_000).blocking == 0.0
    assert ErlangB(5e-324, 2).blocking == 0.0


@settings(max_examples=50, deadline=None)
@given(st.floats(1e-3, 2e4), st.integers(1, 3000))
def test_more_lines_lose_less_and_more_load_more(load: float, lines: int) -> None:
    model = ErlangB(load, lines)
    assert 0.0 <= model.blocking < 1.0
    assert ErlangB(load, lines + 1).blocking <= model.blocking
    assert ErlangB(load * 1.1, lines).blocking >= model.blocking
    assert model.carried <= min(load, lines) * (1 + 1e-12)


@pytest.mark.parametrize(
    ("load", "lines"), [(0, 3), (-1.0, 3), (math.nan, 3), (math.inf, 3), (True, 3), ("3", 3), (1.0, -1), (1.0, 2.5), (1.0, 10**7), (1.0, None)]
)
def test_nonsense(load: float, lines: int) -> None:
    with pytest.raises(TheoryError) as raised:
        ErlangB(load, lines)
    assert raised.value.argument in ("load", "lines")
    assert all(raised.value.say(lang) and "\n" not in raised.value.say(lang) for lang in ("fr", "en"))
