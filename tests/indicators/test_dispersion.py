"""Busyness of days: the moments of daily counts recover the variance and the shape that the counts were drawn with."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.experiment.statistics import Estimate
from simcrc.indicators import indicators
from simcrc.indicators.sums import Sums, key
from simcrc.indicators.totals import Totals
from simcrc.model.model import Model
from tests.observe.logs import Log, variant

SHAPE = 8.0
WEEKDAYS = np.array([300.0, 250.0, 200.0, 200.0, 150.0, 20.0, 10.0])


def replications(model: Model, number: int, shape: float | None) -> list[Sums]:
    """Sums that hold only daily counts: each service with means by weekday and a Gamma factor of its own a day; without a shape, Poisson."""
    totals = Totals(model, [])
    days, services = totals.axes.size("day"), totals.axes.size("service")
    rng = np.random.default_rng(5)
    rate = np.broadcast_to(WEEKDAYS[np.arange(days) % 7], (number, services, days))  # the period begins on a Monday
    if shape is not None:
        rate = rate * rng.gamma(shape, 1 / shape, rate.shape)
    counts = rng.poisson(rate)
    return [Sums({key("needs_daily", ("service", "day")): one.reshape(-1)}) for one in counts]


def found(model: Model, sums: list[Sums], name: str) -> Estimate:
    estimates = indicators()[name].formula.estimates(Totals(model, sums), ("service",))
    assert estimates is not None
    return estimates.at(0)


def test_gamma_days() -> None:
    model = Log().model
    sums = replications(model, 3000, SHAPE)
    mean, square = WEEKDAYS.mean(), (WEEKDAYS**2).mean()
    for name, exact in {
        "daily_needs_variance": mean + square / SHAPE,
        "daily_needs_dispersion": 1 + square / SHAPE / mean,
        "busyness_shape": SHAPE,
    }.items():
        estimate = found(model, sums, name)
        assert estimate.mean is not None
        assert estimate.low is not None
        assert estimate.high is not None
        half = (estimate.high - estimate.low) / 2
        assert half < 0.04 * exact, name
        assert abs(estimate.mean - exact) < 2 * half, name  # about four standard errors


def test_poisson_days_have_an_index_of_one() -> None:
    model = Log().model
    estimate = found(model, replications(model, 2000, None), "daily_needs_dispersion")
    assert estimate.mean == pytest.approx(1, abs=0.03)


def test_holidays_are_left_out() -> None:
    calm = Log(variant(holidays=["2006-04-05"])).model
    sums = replications(calm, 50, None)
    for one in sums:
        one.arrays[key("needs_daily", ("service", "day"))].reshape(-1, 14)[:, 2] = 0
    # Without its twin the other Wednesday says nothing either: twelve days remain.
    estimate = found(calm, sums, "daily_needs_dispersion")
    assert estimate.mean == pytest.approx(1, abs=0.15)
    assert found(Log().model, sums, "daily_needs_dispersion").mean > 5  # type: ignore[operator]


def test_one_week_says_nothing() -> None:
    short = Log(variant(horizon="1 week")).model
    assert found(short, replications(short, 20, SHAPE), "daily_needs_variance").mean is None


def test_services_vary_apart() -> None:
    """The variance of independent services is the sum of theirs."""
    model = Log().model
    sums = replications(model, 400, SHAPE)
    formula = indicators()["daily_needs_variance"].formula
    totals = Totals(model, sums)
    whole, apart = formula.estimates(totals, ()), formula.estimates(totals, ("service",))
    assert whole is not None
    assert apart is not None
    assert float(whole.mean) == pytest.approx(float(apart.mean.sum()), rel=0.1)
