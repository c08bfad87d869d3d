"""Estimates of what two arms differ by: against formulas and against chance."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.experiment.contrasts import fieller, narrower, of_sums, ratio_difference, relative_change
from simcrc.experiment.statistics import mean, ratio, t_quantile


def test_a_ratio_of_sums_is_that_of_statistics() -> None:
    over, under = np.array([3.0, 5.0, 4.0, 8.0]), np.array([10.0, 11.0, 9.0, 14.0])
    found, expected = of_sums(np.divide, over, under).at(), ratio(over, under)
    assert (found.mean, found.low, found.high) == pytest.approx((expected.mean, expected.low, expected.high))


def test_no_interval_with_one_replication_and_no_figure_without_denominator() -> None:
    one = ratio_difference(np.array([3.0]), np.array([10.0]), np.array([2.0]), np.array([10.0])).at()
    assert one.mean == pytest.approx(0.1)
    assert one.low is None
    none = relative_change(np.array([3.0, 1.0]), np.array([10.0, 2.0]), np.zeros(2), np.array([1.0, 1.0])).at()
    assert none.mean is None
    assert none.low is None


def test_equal_arms_differ_by_nothing() -> None:
    over, under = np.array([3.0, 5.0, 4.0]), np.array([10.0, 11.0, 9.0])
    for found in (ratio_difference(over, under, over, under), relative_change(over, under, over, under)):
        assert (found.at().mean, found.at().low, found.at().high) == (0.0, 0.0, 0.0)


def test_fieller_solves_its_equation() -> None:
    """At both ends the t statistic of over − ratio × under is the quantile."""
    rng = np.random.default_rng(3)
    under = rng.normal(10, 1, 8)
    over = 0.4 * under + rng.normal(0, 1, 8)
    found = fieller(over, under)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.mean == pytest.approx(over.mean() / under.mean())
    for end in (found.low, found.high):
        left = over - end * under
        assert abs(left.mean()) / (left.std(ddof=1) / 8**0.5) == pytest.approx(t_quantile(7))


def test_fieller_has_no_interval_where_the_denominator_may_be_zero() -> None:
    under = np.array([1.0, -1.0, 2.0, -1.5])
    assert fieller(np.ones(4), under) is None
    low, high = mean(under).low, mean(under).high
    assert low is not None
    assert high is not None
    assert low < 0 < high
    assert fieller([1.0], [2.0]) is None


def test_fieller_covers_as_often_as_it_says() -> None:
    """95 % over 2 000 samples, within four standard deviations of that count."""
    rng = np.random.default_rng(11)
    hits = 0
    for _ in range(2_000):
        under = rng.normal(5, 1, 6)
        found = fieller(rng.normal(2, 1, 6) + 0.5 * (under - 5), under)
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= 0.4 <= found.high
    assert abs(hits / 2_000 - 0.95) < 4 * (0.05 * 0.95 / 2_000) ** 0.5


def test_how_much_narrower_pairs_are() -> None:
    """Two arms that share nearly everything; nothing to say where they share all, or of one replication."""
    rng = np.random.default_rng(5)
    needs = np.full(400, 100.0)
    base = rng.normal(150, 10, 400)
    policy = base + rng.normal(2, 1, 400)
    found = narrower(policy - base, base, policy, needs)
    assert found == pytest.approx(np.hypot(base.std(), policy.std()) / (policy - base).std(), rel=1e-9)
    assert narrower(np.zeros(400), base, base, needs) is None
    assert narrower(np.ones(1), base[:1], policy[:1], needs[:1]) is None
