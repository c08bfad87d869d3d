"""M(t)/G/∞ against numerical integration of its definition, and the sinusoidal closed form against fine steps."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from simcrc.theory import TheoryError, evaluate
from simcrc.theory.infinite_servers import InfiniteServers, SinusoidalServers
from simcrc.theory.numerics.excess import survival

RATES = ((0.0, 1.0), (100.0, 5.0), (250.0, 0.0), (300.0, 2.0))
LAWS = [("exponential", None), ("deterministic", None), ("gamma", 0.5), ("lognormal", 0.8)]


def seen(law: str, cv: float | None, at: float, period: float | None) -> float:
    """∫ λ(at − u) P(S > u) du, stretch by stretch."""

    def rate(t: float) -> float:
        if period is not None:
            t %= period
        return next((height for since, height in reversed(RATES) if since <= t), 0.0)

    laps = range(400) if period is not None else range(1)
    edges = sorted({0.0, 60.0} | {at + lap * (period or 0.0) - since for lap in laps for since, _ in RATES if at + lap * (period or 0.0) > since})
    total = 0.0
    for a, b in pairwise(edges):
        middle = rate(at - 0.5 * (a + b))
        if middle:
            part = quad(lambda u: survival(law, 60.0, cv or 1.0, u), a, b, epsabs=1e-13, epsrel=1e-12)[0]
            total += middle * part
            if a > 1000 and part < 1e-14:
                break
    return total


@pytest.mark.parametrize(("law", "cv"), LAWS)
@pytest.mark.parametrize("period", [None, 400.0])
def test_against_the_definition(law: str, cv: float | None, period: float | None) -> None:
    model = InfiniteServers(RATES, 60.0, law, cv, period)
    for at in (40.0, 133.0, 333.0):
        assert model.busy(at) == pytest.approx(seen(law, cv, at, period), rel=1e-8)


@pytest.mark.parametrize(("law", "cv"), LAWS)
@pytest.mark.parametrize("period", [None, 400.0])
def test_the_mean_over_an_interval(law: str, cv: float | None, period: float | None) -> None:
    model = InfiniteServers(RATES, 60.0, law, cv, period)
    edges = [20.0, 60.0, 100.0, 160.0, 250.0, 300.0, 310.0, 333.0]
    area = sum(quad(model.busy, a, b, epsabs=1e-8, epsrel=1e-8)[0] for a, b in pairwise(edges))
    assert model.mean_busy(20.0, 333.0) == pytest.approx(area / 313.0, rel=1e-7)


@given(st.floats(0.01, 100.0), st.floats(1.0, 1e4), st.sampled_from(LAWS), st.floats(-1e4, 1e5))
@settings(max_examples=50, deadline=None)
def test_a_constant_rate_is_the_load(rate: float, time: float, law: tuple[str, float | None], at: float) -> None:
    model = InfiniteServers(((0.0, rate),), time, *law, period=86_400.0)
    assert model.busy(at) == pytest.approx(rate * time, rel=1e-12)
    assert model.mean_busy(at, at + 100.0) == pytest.approx(rate * time, rel=1e-9)


def test_a_day_from_empty_ends_as_an_endless_one() -> None:
    daily = tuple((3600.0 * hour, 1.0 + hour % 5) for hour in range(24))
    many = tuple((86_400.0 * day + at, rate) for day in range(3) for at, rate in daily)
    for law, cv in LAWS[:3]:
        ended = InfiniteServers(many, 400.0, law, cv)
        periodic = InfiniteServers(daily, 400.0, law, cv, 86_400.0)
        assert ended.busy(2.3 * 86_400) == pytest.approx(periodic.busy(0.3 * 86_400), rel=1e-12)
        assert ended.mean_busy(2.1 * 86_400, 2.6 * 86_400) == pytest.approx(periodic.mean_busy(0.1 * 86_400, 0.6 * 86_400), rel=1e-10)


def test_sinusoid() -> None:
    wave = SinusoidalServers(2.0, 0.7, 1000.0, 90.0)
    steps = tuple((i / 4, 2.0 * (1 + 0.7 * math.sin(2 * math.pi * (i + 0.5) / 4000))) for i in range(4000))
    stepped = InfiniteServers(steps, 90.0, period=1000.0)
    for at in (0.0, 130.0, 777.0, 1130.0):
        assert wave.busy(at) == pytest.approx(stepped.busy(at), rel=1e-6)
    assert wave.mean_busy(100, 420) == pytest.approx(quad(wave.busy, 100, 420)[0] / 320, rel=1e-12)
    assert wave.mean_busy(0, 1000) == pytest.approx(wave.mean, rel=1e-12)
    top = 250.0 + wave.lag
    assert wave.busy(top) == pytest.approx(wave.peak, rel=1e-12)
    assert wave.busy(top - 1) < wave.peak > wave.busy(top + 1)


def test_the_law_is_poisson() -> None:
    model = InfiniteServers(((0.0, 2.0),), 10.0, period=100.0)
    assert model.p_more(5.0, 20) == pytest.approx(1 - sum(math.exp(-20) * 20**n / math.factorial(n) for n in range(21)), rel=1e-10)
    assert InfiniteServers(((0.0, 0.0),), 10.0).p_more(5.0, 3) == 0.0
    assert InfiniteServers(((0.0, 1.0),), 10.0).busy(-5.0) == 0.0
    assert evaluate("infinite_servers.busy", {"rates": [(0, 2), (50, 1)], "handle_time": 10.0, "at": 50.0}) == pytest.approx(20 * (1 - math.exp(-5)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"rates": ()},
        {"rates": ((5.0, 1.0),)},
        {"rates": ((0.0, 1.0), (0.0, 2.0))},
        {"rates": ((0.0, -1.0),)},
        {"rates": ((0.0,),)},
        {"rates": "fast"},
        {"law": "pareto"},
        {"law": "gamma"},
        {"cv": -1.0},
        {"period": 50.0},
        {"handle_time": 0.0},
    ],
)
def test_wrong_parameters(wrong: dict[str, object]) -> None:
    with pytest.raises(TheoryError):
        InfiniteServers(**({"rates": RATES, "handle_time": 60.0} | wrong))  # type: ignore[arg-type]


def test_a_sinusoid_never_goes_below_zero() -> None:
    with pytest.raises(TheoryError):
        SinusoidalServers(1.0, 1.1, 100.0, 10.0)
