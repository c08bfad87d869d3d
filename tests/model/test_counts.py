"""Inverse distribution functions of counts, held against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simcrc.model.counts import binomial, gamma_factor, poisson

UNIT = st.floats(2.0**-53, 1 - 2.0**-53)


@given(UNIT, st.floats(1e-6, 20_000))
def test_poisson_is_the_smallest_count_that_reaches(u: float, mean: float) -> None:
    n = poisson(u, mean)
    law = stats.poisson(mean)
    assert law.cdf(n) >= u
    assert n == 0 or law.cdf(n - 1) < u


@given(UNIT, st.integers(1, 3000), st.floats(0.001, 0.999))
def test_binomial_is_the_smallest_count_that_reaches(u: float, n: int, p: float) -> None:
    k = binomial(u, n, p)
    law = stats.binom(n, p)
    assert 0 <= k <= n
    # SciPy's cdf of the binomial comes from another routine: they may differ in the last digits.
    assert law.cdf(k) >= u * (1 - 1e-11)
    assert k == 0 or law.cdf(k - 1) < u * (1 + 1e-11)


def test_edges() -> None:
    assert (poisson(0.5, 0.0), binomial(0.5, 0, 0.3), binomial(0.5, 7, 0.0), binomial(0.5, 7, 1.0)) == (0, 0, 0, 7)


@pytest.mark.parametrize("shape", [0.5, 4.0, 25.0, 400.0])
def test_gamma_factor_has_the_quantiles_of_a_gamma_of_mean_one(shape: float) -> None:
    z = np.linspace(-6, 6, 49)
    expected = np.where(z < 0, stats.gamma.ppf(stats.norm.cdf(z), shape), stats.gamma.isf(stats.norm.sf(z), shape)) / shape
    assert [gamma_factor(float(x), shape) for x in z] == pytest.approx(expected.tolist(), rel=1e-9)
