"""Families fitted to censored durations: the law is known, the fit must find it within its own error, and that error must be true."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.calibration.censored import fit_censored

DRAWS = {
    "exponential": lambda random, n: random.exponential(200, n),
    "lognormal": lambda random, n: random.lognormal(np.log(200) - 0.32, 0.8, n),
    "gamma": lambda random, n: random.gamma(3, 200 / 3, n),
    "weibull": lambda random, n: random.weibull(0.7, n) * 200 / 1.26582,
}
CVS = {"exponential": 1.0, "lognormal": np.sqrt(np.expm1(0.64)), "gamma": 3**-0.5, "weibull": 1.46242}


@pytest.mark.parametrize("family", list(DRAWS))
def test_the_law_is_found_behind_the_censoring(family: str) -> None:
    random = np.random.default_rng(5)
    patience, offered = DRAWS[family](random, 8_000), random.exponential(150, 8_000)
    fit = fit_censored(np.minimum(patience, offered), patience <= offered)
    assert fit.family == family
    assert abs(fit.mean - 200) < 4 * fit.mean_error < 40
    assert abs(fit.cv - CVS[family]) <= 4 * fit.cv_error or (family == "exponential" and fit.cv == pytest.approx(1.0))
    assert fit.observed == int((patience <= offered).sum())
    assert set(fit.log_likelihoods) == set(DRAWS)


def test_the_exponential_is_time_at_risk_over_events() -> None:
    random = np.random.default_rng(6)
    durations, observed = random.exponential(100, 500), random.random(500) < 0.4
    fit = fit_censored(durations, observed)
    mean = durations.sum() / observed.sum()
    assert fit.arguments["exponential"] == pytest.approx((0.0, mean), rel=1e-9)
    if fit.family == "exponential":
        assert fit.mean_error == pytest.approx(mean / observed.sum() ** 0.5, rel=1e-3)


@pytest.mark.parametrize("family", ["weibull", "gamma"])
def test_standard_errors_are_true(family: str) -> None:
    """The spread of many estimates is what each of them says."""
    random = np.random.default_rng(7)
    found = []
    for _ in range(60):
        patience, offered = DRAWS[family](random, 600), random.exponential(200, 600)
        fit = fit_censored(np.minimum(patience, offered), patience <= offered)
        if fit.family == family:
            found.append((fit.mean, fit.mean_error, fit.cv, fit.cv_error))
    table = np.array(found)
    assert len(table) > 40
    assert table[:, 0].std() == pytest.approx(np.median(table[:, 1]), rel=0.35)
    assert table[:, 2].std() == pytest.approx(np.median(table[:, 3]), rel=0.35)


def test_whole_seconds_and_nothing_at_all() -> None:
    random = np.random.default_rng(8)
    patience, offered = np.floor(random.exponential(60, 4_000)), np.floor(random.exponential(60, 4_000))
    fit = fit_censored(np.minimum(patience, offered), patience <= offered)
    assert fit.mean == pytest.approx(60, rel=0.08)
    with pytest.raises(ValueError, match="too few"):
        fit_censored(np.array([1.0, 2.0, 3.0]), np.array([True, True, False]))


def test_many_distinct_durations_are_rounded() -> None:
    random = np.random.default_rng(9)
    durations = random.gamma(2, 50, 60_000)
    fit = fit_censored(durations, np.ones(len(durations), dtype=bool))
    assert fit.family == "gamma"
    assert abs(fit.mean - durations.mean()) < fit.mean_error
