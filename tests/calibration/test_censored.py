"""Families fitted to censored durations: the law is known, the fit must find it within its own error, and that error must be true."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.calibration.censored import SECOND, Censored, Likelihood, fit_censored
from simcrc.calibration.families import law
from simcrc.calibration.log_laws import log_law

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
    durations = random.exponential(100, 500)
    observed = (random.random(500) < 0.4) & (durations >= SECOND)
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
        patience, offered = DRAWS[family](random, 400), random.exponential(200, 400)
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


@pytest.mark.parametrize("draw", range(4))
def test_the_family_does_not_hang_on_the_luck_of_the_draw(draw: int) -> None:
    """Weibull of shape 0.7, of which the shortest of thousands lasts some millionths of a second: neither rounding nor that one decides."""
    random = np.random.default_rng(draw)
    patience, offered = DRAWS["weibull"](random, 8_000), random.exponential(150, 8_000)
    durations, observed = np.minimum(patience, offered), patience <= offered
    fine = fit_censored(durations, observed)
    assert fine.family == "weibull"
    least = durations.copy()
    least[np.argmin(durations)] = 1e-12
    assert fit_censored(least, observed).mean == pytest.approx(fine.mean, rel=1e-3)
    seconds = fit_censored(np.round(durations), observed)  # as most telephones write them
    assert seconds.log_likelihoods["weibull"] > seconds.log_likelihoods["lognormal"] + 50
    assert abs(seconds.mean - fine.mean) < fine.mean_error


@pytest.mark.parametrize("family", list(DRAWS))
def test_many_durations_put_together_say_the_same(family: str) -> None:
    random = np.random.default_rng(12)
    patience, offered = DRAWS[family](random, 6_000), random.exponential(150, 6_000)
    durations, observed = np.minimum(patience, offered), patience <= offered
    together, apart = fit_censored(durations, observed), _apart(durations, observed)
    for name, score in apart.log_likelihoods.items():
        assert together.log_likelihoods[name] == pytest.approx(score, abs=1.5)
    assert together.family == apart.family
    assert abs(together.mean - apart.mean) < 0.1 * apart.mean_error
    assert abs(together.cv - apart.cv) <= 0.1 * apart.cv_error


def _apart(durations: np.ndarray, observed: np.ndarray) -> Censored:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simcrc.calibration.censored.DISTINCT", len(durations))
        return fit_censored(durations, observed)


@pytest.mark.parametrize("family", list(DRAWS))
def test_the_top_is_the_top_whatever_the_start(family: str) -> None:
    """From twelve starts far apart, none of which is the usual one, a search without derivatives finds nothing higher."""
    from scipy.optimize import minimize

    random = np.random.default_rng(13)
    patience, offered = DRAWS["gamma"](random, 1_500), random.exponential(150, 1_500)
    likelihood = Likelihood(log_law(family), np.minimum(patience, offered), patience <= offered)
    top = likelihood.greatest()
    assert top is not None
    for log_scale in (2.0, 4.0, 7.0):
        for shape in (-1.0, 0.2, 1.0, 2.0):
            start = np.array([log_scale, shape])[: len(top)]
            found = minimize(lambda point: -likelihood(point), start, method="Nelder-Mead", options={"maxiter": 400})
            assert -found.fun <= likelihood(top) + 1e-6
            assert found.x == pytest.approx(top, abs=0.05) or -found.fun < likelihood(top) - 1


@pytest.mark.parametrize("family", list(DRAWS))
def test_the_laws_are_those_of_scipy(family: str) -> None:
    point, times = np.array([4.6, 0.3])[: log_law(family).parameters], np.array([0.3, 1.0, 20.0, 100.0, 900.0])
    own, theirs = log_law(family), law(family)
    arguments = own.arguments(point)
    assert own.density(np.log(times), point) == pytest.approx(theirs.logpdf(times, *arguments))
    assert own.longer(np.log(times), point) == pytest.approx(theirs.logsf(times, *arguments))
    assert own.within(np.log(times), point) == pytest.approx(theirs.logcdf(times, *arguments))
    assert own.mean(point) == pytest.approx(theirs.mean(*arguments))
    assert own.cv(point) == pytest.approx(theirs.std(*arguments) / theirs.mean(*arguments))


@pytest.mark.parametrize("durations", [[30.0] * 40, [30.0] * 39 + [31.0], [0.0] * 30 + [5.0, 6.0, 7.0], [1e-9, 5.0, 40_000.0, 40_000.0]])
def test_durations_that_are_no_law(durations: list[float]) -> None:
    """All alike, nearly, nearly all nothing, or far apart: a law and finite figures come out all the same."""
    fit = fit_censored(np.array(durations), np.ones(len(durations), dtype=bool))
    assert np.isfinite([fit.mean, fit.mean_error, fit.cv, fit.cv_error]).all()
    assert fit.family in fit.log_likelihoods
