"""Kaplan–Meier against a published table, and against samples of which the law is known."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.calibration.kaplan_meier import exponential_tail, kaplan_meier, left_censored

# Remission of leukaemia under 6-MP, weeks, + censored: Freireich et al., Blood 21 (1963); table of Kalbfleisch & Prentice, 2nd ed., 2002, § 1.4.
WEEKS = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
SURVIVAL = {6: (0.857, 0.0764), 7: (0.807, 0.0869), 10: (0.753, 0.0963), 13: (0.690, 0.1068), 16: (0.627, 0.1141), 22: (0.538, 0.1282), 23: (0.448, 0.1346)}


def test_a_published_table() -> None:
    weeks = np.array(WEEKS, dtype=float)
    curve = kaplan_meier(np.abs(weeks), weeks > 0)
    assert curve.time.tolist() == list(SURVIVAL)
    for time, share, error in zip(curve.time, curve.share, curve.standard_error, strict=True):
        assert (1 - share, error) == pytest.approx(SURVIVAL[int(time)], abs=6e-4)
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]


def test_without_censoring_it_is_the_empirical_distribution() -> None:
    values = np.array([3.0, 1.0, 2.0, 2.0])
    for estimate in (kaplan_meier, left_censored):
        curve = estimate(values, np.ones(4, dtype=bool))
        assert curve.time.tolist() == [1, 2, 3]
        assert curve.share == pytest.approx([0.25, 0.75, 1.0])


def test_right_censored_waits_give_back_the_law() -> None:
    random = np.random.default_rng(5)
    patience, offered = random.weibull(0.7, 40_000) * 100, random.exponential(60, 40_000)
    curve = kaplan_meier(np.minimum(patience, offered), patience <= offered)
    for time in (5.0, 30.0, 100.0, 200.0):
        share, error = curve.at(time)
        assert abs(share - (1 - np.exp(-((time / 100) ** 0.7)))) < 3.3 * error
        assert error < 0.02
    # the mean of abandoned waits is not the mean of patience
    assert patience[patience <= offered].mean() < 0.5 * patience.mean()


def test_left_censored_gaps_give_back_the_law() -> None:
    random = np.random.default_rng(6)
    ready, call = random.exponential(20, 40_000), random.exponential(30, 40_000)
    curve = left_censored(np.maximum(ready, call), ready >= call)
    for time in (5.0, 20.0, 60.0):
        share, error = curve.at(time)
        assert abs(share - (1 - np.exp(-time / 20))) < 3.3 * error
        assert error < 0.02


def test_an_exponential_tail() -> None:
    random = np.random.default_rng(7)
    patience, offered = random.exponential(300, 20_000), random.exponential(200, 20_000)
    mean, error = exponential_tail(np.minimum(patience, offered), patience <= offered, 250.0)
    assert abs(mean - 300) < 3.3 * error
    assert exponential_tail(np.array([1.0, 400.0]), np.array([True, False]), 250.0) == (np.inf, np.inf)


def test_thinning_keeps_points_of_the_curve() -> None:
    random = np.random.default_rng(8)
    curve = kaplan_meier(random.exponential(100, 2_000), random.random(2_000) < 0.5)
    thin = curve.thinned(20)
    assert len(thin.time) <= 20
    assert thin.at_risk.min() >= 30
    full = dict(zip(curve.time, curve.share, strict=True))
    assert all(full[time] == share for time, share in zip(thin.time, thin.share, strict=True))
    assert np.all(np.diff(thin.share) > 0)
    assert curve.quantile(0.5) == curve.time[np.argmax(curve.share >= 0.5)]


def test_nothing_observed_is_refused() -> None:
    with pytest.raises(ValueError, match="observed"):
        kaplan_meier(np.array([1.0]), np.array([False]))
