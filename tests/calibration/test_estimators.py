"""Busyness, families, sessions, time not ready: the law is known, the estimate must find it within its own error."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.calibration.busyness import gamma_shape, shared
from simcrc.calibration.families import fit_family
from simcrc.calibration.not_ready import not_ready, waiting_at
from simcrc.calibration.sessions import presence, sessions, weekly, whole_agents

DAYS = 2_000
GROUP = np.arange(DAYS) % 5
MEANS = np.array([900.0, 1000.0, 1100.0, 800.0, 1200.0])[GROUP]


def test_busyness_is_found() -> None:
    random = np.random.default_rng(1)
    shape, error = gamma_shape(random.poisson(MEANS * random.gamma(30, 1 / 30, DAYS)), GROUP)
    assert abs(shape - 30) < 3.3 * error
    assert error < 2


def test_few_days_do_not_bias_it() -> None:
    """Four days a weekday, many months: log shape is right on average, where plain maximum likelihood is about 30 % too large."""
    random = np.random.default_rng(2)
    group = np.arange(20) % 5
    logs = []
    for _ in range(400):
        counts = random.poisson(1000 * random.gamma(30, 1 / 30, 20))
        logs.append(np.log(gamma_shape(counts, group)[0]))
    assert np.exp(np.mean(logs)) == pytest.approx(30, rel=0.08)


def test_even_days_have_no_busyness() -> None:
    random = np.random.default_rng(4)
    counts = random.binomial(2 * MEANS.astype(int), 0.5)  # more even than Poisson counts
    assert gamma_shape(counts, GROUP) == (np.inf, np.inf)


def test_shared_busyness() -> None:
    random = np.random.default_rng(3)
    common, own = random.gamma(15, 1 / 30, DAYS), random.gamma(15, 1 / 30, (DAYS, 2))
    counts = random.poisson(MEANS[:, None] * (common[:, None] + own)).astype(float)  # factors of shape 30 and correlation 1/2
    found, error = shared(counts, GROUP, np.array([30.0, 30.0]))
    assert abs(found - 0.5) < 3.3 * error
    assert error < 0.05


def test_shared_busyness_of_a_service_that_is_closed_on_some_days() -> None:
    random = np.random.default_rng(15)
    factor = random.gamma(20, 1 / 20, DAYS)
    counts = random.poisson(np.column_stack([MEANS * factor, np.where(GROUP == 4, 0, MEANS) * factor])).astype(float)
    found, error = shared(counts, GROUP, np.array([20.0, 20.0]))
    assert np.isfinite([found, error]).all()
    assert found > 0.6


@pytest.mark.parametrize("family", ["lognormal", "gamma", "weibull", "exponential"])
def test_the_family_is_found(family: str) -> None:
    random = np.random.default_rng(9)
    draws = {
        "lognormal": lambda n: random.lognormal(5, 0.9, n),
        "gamma": lambda n: random.gamma(3, 60, n),
        "weibull": lambda n: random.weibull(0.6, n) * 200,
        "exponential": lambda n: random.exponential(200, n),
    }
    durations = draws[family](20_000)
    fit = fit_family(durations)
    assert fit.family == family
    assert fit.mean == pytest.approx(durations.mean())
    assert fit.cv == pytest.approx(durations.std(ddof=1) / durations.mean())
    assert fit.mean_error == pytest.approx(durations.std(ddof=1) / len(durations) ** 0.5)


def test_short_services_count_for_the_mean_and_not_for_the_family() -> None:
    random = np.random.default_rng(10)
    services = np.concatenate([random.lognormal(5, 0.8, 5_000), np.full(400, 4.0), np.zeros(50)])
    fit = fit_family(services, shortest=10)
    assert fit.family == "lognormal"
    assert fit.short == int((services < 10).sum())
    assert fit.mean == pytest.approx(services.mean())


def test_services_that_are_all_alike() -> None:
    constant = fit_family(np.full(50, 300.0))
    assert (constant.family, constant.mean, constant.cv) == ("deterministic", 300.0, 0.0)
    nearly = fit_family(np.array([300.0] * 50 + [0.0]), shortest=10)
    assert nearly.family in ("lognormal", "gamma", "weibull")
    assert nearly.mean == pytest.approx(300 * 50 / 51)
    assert nearly.cv > 0


def test_many_services_are_thinned_for_the_family_alone() -> None:
    durations = np.random.default_rng(14).gamma(2, 100, 150_000)
    fit = fit_family(durations)
    assert fit.family == "gamma"
    assert fit.mean == pytest.approx(durations.mean())
    assert fit.lead > 100


def test_the_error_of_the_cv() -> None:
    random = np.random.default_rng(11)
    found = [fit_family(random.gamma(2, 50, 300)) for _ in range(60)]
    assert np.std([fit.cv for fit in found]) == pytest.approx(np.mean([fit.cv_error for fit in found]), rel=0.3)


def test_sessions_end_after_a_gap() -> None:
    agent = np.array([0, 0, 1, 0, 0])
    begin = np.array([0.0, 150.0, 100.0, 2000.0, 2100.0])
    end = np.array([100.0, 1000.0, 200.0, 2200.0, 2150.0])  # the last call lies inside the one before
    found = sessions(agent, begin, end, longest_gap=900.0)
    assert found.agent.tolist() == [0, 0, 1]
    assert found.begin.tolist() == [0.0, 2000.0, 100.0]
    assert found.end.tolist() == [1000.0, 2200.0, 200.0]
    assert dict(zip(found.call.tolist(), found.gap.tolist(), strict=True)) == {1: 50.0, 4: -100.0}


def test_presence_by_half_hour() -> None:
    table = presence(np.array([0.0, 900.0, 86_400.0 + 1800.0]), np.array([1800.0, 2700.0, 86_400.0 + 5400.0]), days=2)
    assert table.shape == (2, 48)
    assert table[0, :3].tolist() == [1.5, 0.5, 0.0]
    assert table[1, :4].tolist() == [0.0, 1.0, 1.0, 0.0]
    assert table.sum() * 1800 == 1800 + 1800 + 3600


def test_presence_stops_at_the_last_day() -> None:
    assert presence(np.array([86_000.0]), np.array([90_000.0]), days=1).sum() * 1800 == pytest.approx(400.0)


def test_whole_agents_keep_the_hours() -> None:
    random = np.random.default_rng(12)
    table = random.random((5, 48)) * 8
    whole = whole_agents(table)
    assert np.array_equal(whole, np.rint(whole))
    assert np.all(whole >= 0)
    assert np.abs(np.cumsum(table - whole, axis=1)).max() <= 0.5 + 1e-9


def test_weekly_means_and_errors() -> None:
    mean, error = weekly(np.array([[1.0] * 48, [3.0] * 48, [5.0] * 48]), [2, 2, 4])
    assert mean[2, 0] == 2.0
    assert error[2, 0] == pytest.approx(1.0)
    assert mean[4, 0] == 5.0
    assert np.isnan(error[4, 0])
    assert mean[0].sum() == 0


def test_who_waits() -> None:
    joined, left = np.array([0.0, 5.0]), np.array([10.0, 6.0])
    assert waiting_at(np.array([-1.0, 0.0, 5.5, 7.0, 10.0]), joined, left).tolist() == [0, 1, 2, 1, 0]


def test_time_not_ready_is_found_from_the_calls_of_an_agent() -> None:
    """One agent, Poisson callers who all wait: 5 s not ready when somebody waits, 40 s on average (exponential) when nobody does."""
    random = np.random.default_rng(13)
    arrivals = np.cumsum(random.exponential(150, 30_000))
    begin, end, queued = np.empty(len(arrivals)), np.empty(len(arrivals)), np.empty(len(arrivals), dtype=bool)
    ready, work = 0.0, random.exponential(100, len(arrivals))
    for k, at in enumerate(arrivals):
        queued[k] = ready > at
        begin[k] = max(ready, at)
        end[k] = begin[k] + work[k]
        somebody = k + 1 < len(arrivals) and arrivals[k + 1] <= end[k]
        ready = end[k] + (5.0 if somebody else random.exponential(40))
    logged = sessions(np.zeros(len(arrivals), dtype=np.int64), begin, end, longest_gap=1e9)
    idle, waiting = not_ready(logged, begin, queued, arrivals[queued], begin[queued])
    for time in (10.0, 40.0, 100.0):
        share, error = idle.at(time)
        assert abs(share - (1 - np.exp(-time / 40))) < 3.3 * error
        assert error < 0.03
    assert waiting.at(4.9)[0] < 0.001
    assert waiting.at(5.1)[0] > 0.999
