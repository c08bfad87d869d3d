"""Variance of daily counts: exact moments of the mixed Poisson, and the shape recovered."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma, poisson

from simcrc.theory import TheoryError
from simcrc.theory.busyness import Busyness


def test_against_the_mixture() -> None:
    days = Busyness(12.0, 3.5)

    x, weight = np.polynomial.legendre.leggauss(200)
    factor = 6.0 * (1.0 + x)
    n = np.arange(160)
    law = poisson.pmf(n[:, None], 12.0 * factor) @ (6.0 * weight * gamma.pdf(factor, 3.5, scale=1 / 3.5))
    assert law @ n == pytest.approx(12.0, rel=1e-8)
    assert law @ n**2 - (law @ n) ** 2 == pytest.approx(days.daily_variance, rel=1e-8)
    assert days.p_at_most(9.5) == pytest.approx(law[:10].sum(), abs=1e-9)


@given(st.floats(0.5, 1e6), st.floats(0.1, 1e4))
def test_the_shape_is_recovered(mean: float, shape: float) -> None:
    days = Busyness(mean, shape)
    assert days.daily_cv == pytest.approx(math.sqrt(days.daily_variance) / mean, rel=1e-9)
    assert days.index_of_dispersion == pytest.approx(days.daily_variance / mean, rel=1e-9)
    assert days.shape_of(days.daily_variance) == pytest.approx(shape, rel=1e-7 * (1 + shape / mean))


def test_calm_days_are_poisson() -> None:
    days = Busyness(20.0)
    assert days.daily_variance == 20.0
    assert days.index_of_dispersion == 1.0
    assert days.factor_cv == 0.0
    assert days.p_at_most(20) == pytest.approx(float(poisson.cdf(20, 20.0)))
    assert days.p_at_most(-1) == 0.0


def test_wrong_parameters() -> None:
    for mean, shape in ((0.0, 1.0), (1.0, 0.0), (math.inf, 1.0), (1.0, math.nan)):
        with pytest.raises(TheoryError):
            Busyness(mean, shape)
    with pytest.raises(TheoryError):
        Busyness(20.0, 5.0).shape_of(20.0)
