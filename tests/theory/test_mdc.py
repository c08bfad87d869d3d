"""M/D/c against M/D/1, Crommelin's equations iterated, and itself: the mean wait is the area under the law of the wait."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simcrc.theory import TheoryError
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.mdc import MDC
from simcrc.theory.mg1 import MG1
from simcrc.theory.numerics.poisson import at_least, mass


@pytest.mark.parametrize("load", [0.01, 0.5, 0.9, 0.99, 0.9999, 0.999999])
def test_one_agent(load: float) -> None:
    one = MDC(load, 1.0, 1)
    assert one.p_wait == pytest.approx(load, rel=1e-12)
    assert one.asa == pytest.approx(MG1(load, 1.0, 0.0).asa, rel=1e-11)


@pytest.mark.parametrize("within", [0.0, 0.3, 1.0, 2.7, 5.0])
def test_law_of_the_wait_with_one_agent(within: float) -> None:
    """Erlang (1909)."""
    load = 0.7
    law = (1 - load) * math.fsum((load * (k - within)) ** k / math.factorial(k) * math.exp(-load * (k - within)) for k in range(int(within) + 1))
    assert MDC(load / 60.0, 60.0, 1).service_level(60.0 * within) == pytest.approx(law, abs=1e-13)


def crommelin(load: float, agents: int, size: int = 600) -> np.ndarray:
    """Stationary number present, by squaring the transition matrix of one handle time: N' = (N − c)⁺ + Poisson(load)."""
    arrivals = stats.poisson.pmf(np.arange(size), load)
    step = np.zeros((size, size))
    for n in range(size):
        left = max(n - agents, 0)
        step[n, left:] = arrivals[: size - left]
        step[n, -1] += 1.0 - step[n].sum()
    for _ in range(16):
        step = step @ step
    return step[0]


@pytest.mark.parametrize(("load", "agents"), [(1.6, 2), (4.5, 5), (9.0, 10), (2.0, 10), (18.5, 20)])
def test_against_the_embedded_chain(load: float, agents: int) -> None:
    present = crommelin(load, agents)
    queue = MDC(load / 3.0, 3.0, agents)
    assert queue.p_wait == pytest.approx(present[agents:].sum(), rel=1e-9)
    assert queue.queue_length == pytest.approx(np.maximum(np.arange(present.size) - agents, 0) @ present, rel=1e-8)


@pytest.mark.parametrize(("load", "agents"), [(1.4, 2), (7.5, 10), (90.0, 100)])
def test_the_area_above_the_law_is_the_mean(load: float, agents: int) -> None:
    """Gauss and Legendre between the multiples of the handle time, where the law has kinks."""
    queue = MDC(load, 1.0, agents)
    x, weight = np.polynomial.legendre.leggauss(12)
    area, width, begun = 0.0, 0.25, 0.0
    while (above := 1.0 - queue.service_level(begun)) > 1e-10 and begun < 30:
        area += 0.5 * width * sum(w * (1.0 - queue.service_level(begun + 0.5 * width * (1.0 + u))) for u, w in zip(x, weight, strict=True))
        begun += width
    assert above <= 1e-10
    assert queue.asa == pytest.approx(area, rel=1e-7)


@given(st.floats(0.01, 0.9999), st.integers(1, 3000))
@settings(max_examples=40, deadline=None)
def test_between_half_of_erlang_c_and_all(occupancy: float, agents: int) -> None:
    """Fixed times wait less than exponential ones; near saturation half as long (Cosmetatos 1975)."""
    load = occupancy * agents
    fixed, exponential = MDC(load, 1.0, agents), ErlangC(load, 1.0, agents)
    assert 0.0 <= fixed.asa <= exponential.asa * (1 + 1e-9) + 1e-300  # where one of them has underflowed
    assert 0.0 <= fixed.p_wait <= 1.0
    assert fixed.asa >= 0.5 * exponential.asa * (1 - 1e-9)
    if agents < 300:
        assert fixed.service_level(0.0) == pytest.approx(1.0 - fixed.p_wait, abs=1e-9)


def test_ten_thousand_agents() -> None:
    queue = MDC(9_990.0, 1.0, 10_000)
    assert queue.service_level(0.0) == pytest.approx(1.0 - queue.p_wait, abs=1e-11)


@pytest.mark.parametrize(("count", "ratio"), [(300, 0.975), (10_000, 0.99), (1_000_000, 0.995), (10_000_000, 0.9985)])
def test_poisson_tails(count: int, ratio: float) -> None:
    mean = count * ratio
    summed = mass(np.arange(count, count + 100_000), mean).sum()
    assert float(at_least(float(count), mean)) == pytest.approx(summed, rel=1e-11)


def test_poisson_masses() -> None:
    k = np.arange(0, 150)
    exact = [math.exp(n * math.log(40.5) - 40.5 - math.lgamma(n + 1)) for n in k]
    assert mass(k, 40.5) == pytest.approx(exact, rel=1e-12)
    assert mass(np.arange(10**6 - 9000, 10**6 + 9000), 1e6).sum() == pytest.approx(1.0, abs=1e-12)


def test_refusals() -> None:
    for wrong in ({"agents": 0}, {"agents": 9}, {"handle_time": 0.0}, {"arrival_rate": -1.0}):
        with pytest.raises(TheoryError):
            MDC(**({"arrival_rate": 9.0, "handle_time": 1.0, "agents": 10} | wrong))  # type: ignore[arg-type]
    with pytest.raises(TheoryError, match=r"10000|10 000"):
        MDC(9.0, 1.0, 10).service_level(2_000.0)
    with pytest.raises(TheoryError):
        MDC(9.0, 1.0, 10).service_level(-1.0)
