"""Estimates over replications, against figures computed by hand, and the coverage of the intervals."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.experiment.statistics import Estimate, mean, means, ratio, ratios, t_quantile

T2 = 4.302652729749464  # Student's t, 2 degrees of freedom, 97.5 %


def test_t_quantiles_are_those_of_the_tables() -> None:
    assert t_quantile(2) == pytest.approx(0.95 * (2 / (4 * 0.975 * 0.025)) ** 0.5, rel=1e-12)  # closed form for two degrees
    assert round(t_quantile(1), 3) == 12.706
    assert round(t_quantile(9), 4) == 2.2622
    assert round(t_quantile(29), 4) == 2.0452


def test_mean_by_hand() -> None:
    found = mean([1.0, 2.0, 6.0])  # mean 3, variance 7, half width t √(7/3)
    half = T2 * (7 / 3) ** 0.5
    assert (found.mean, found.low, found.high) == pytest.approx((3.0, 3.0 - half, 3.0 + half))
    assert found.replications == 3


def test_ratio_by_hand() -> None:
    found = ratio([1, 2, 3], [10, 10, 40])
    left_out = np.array([5 / 50, 4 / 50, 3 / 20])
    half = T2 * (2 / 3 * ((left_out - left_out.mean()) ** 2).sum()) ** 0.5
    assert (found.mean, found.low, found.high) == pytest.approx((0.1, 0.1 - half, 0.1 + half))


def test_a_ratio_over_equal_denominators_is_the_mean() -> None:
    over = [0.2, 0.5, 0.4, 0.9]
    assert _same(ratio(over, [1, 1, 1, 1]), mean(over))


def _same(a: Estimate, b: Estimate) -> bool:
    return (a.mean, a.low, a.high) == pytest.approx((b.mean, b.low, b.high))


def test_one_replication_has_no_interval() -> None:
    assert mean([4.0]) == Estimate(4.0, None, None, 1)
    assert ratio([1.0], [4.0]) == Estimate(0.25, None, None, 1)


def test_nothing_to_divide_by() -> None:
    assert ratio([0, 0], [0, 0]) == Estimate(None, None, None, 0)
    assert mean([float("nan")] * 3) == Estimate(None, None, None, 0)


def test_a_replication_without_a_figure_is_left_out() -> None:
    assert mean([1.0, float("nan"), 3.0]) == mean([1.0, 3.0])
    assert ratio([1, 0, 3], [2, 0, 4]).mean == pytest.approx(4 / 6)


def test_the_whole_denominator_in_one_replication_has_no_interval() -> None:
    assert ratio([1, 0], [2, 0]) == Estimate(0.5, None, None, 2)


def test_cells_are_independent_of_each_other() -> None:
    rng = np.random.default_rng(1)
    over, under = rng.random((5, 2, 3)), rng.random((5, 2, 3)) + 1
    many, alone = ratios(over, under), means(over)
    for i, j in np.ndindex(2, 3):
        assert _same(many.at(i, j), ratio(over[:, i, j], under[:, i, j]))
        assert _same(alone.at(i, j), mean(over[:, i, j]))


def test_the_jackknife_interval_covers() -> None:
    """Ten replications of a ratio of correlated sums: the 95 % interval holds the true ratio about 95 times in a hundred."""
    rng = np.random.default_rng(7)
    trials = 4000
    under = rng.poisson(100, (10, trials)).astype(float)
    over = rng.binomial(under.astype(int), 0.3).astype(float)
    found = ratios(over, under)
    share = float(((found.low <= 0.3) & (found.high >= 0.3)).mean())
    assert 0.935 < share < 0.965  # ±4 standard errors of a share of 0.95 over 4000 trials
