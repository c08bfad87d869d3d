"""Two priorities against the chain solved by brute force, conservation, and the area above the laws of the waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from simcrc.theory import TheoryError
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.priorities import Priorities
from tests.theory.chains import Chain, mean


def test_against_the_chain() -> None:
    high, low, agents, places = 0.7, 0.5, 3, 26

    def moves(state):  # type: ignore[no-untyped-def]
        busy, first, second = state
        if busy < agents:
            yield (busy + 1, 0, 0), high + low
        else:
            if first < places:
                yield (busy, first + 1, second), high
            if second < places:
                yield (busy, first, second + 1), low
        if first:
            yield (busy, first - 1, second), busy * 0.8
        elif second:
            yield (busy, first, second - 1), busy * 0.8
        elif busy:
            yield (busy - 1, 0, 0), busy * 0.8

    law = Chain(moves, [(0, 0, 0)]).stationary()
    queue = Priorities(high, low, 1.25, agents)
    assert queue.p_wait == pytest.approx(mean(law, lambda s: s[0] == agents), rel=1e-6)
    assert queue.queue_high == pytest.approx(mean(law, lambda s: s[1]), rel=1e-6)
    assert queue.queue_low == pytest.approx(mean(law, lambda s: s[2]), rel=1e-6)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.integers(1, 2000), st.floats(0.1, 1000.0))
def test_conservation(occupancy: float, part: float, agents: int, time: float) -> None:
    rate = occupancy * agents / time
    queue = Priorities(rate * part, rate * (1 - part), time, agents)
    all_of_them = ErlangC(queue.rate_high + queue.rate_low, time, agents)
    assert part * queue.wait_high + (1 - part) * queue.wait_low == pytest.approx(all_of_them.asa, rel=1e-9)
    assert queue.wait_high <= queue.wait_all <= queue.wait_low
    within = 0.3 * time
    assert queue.service_level_low(within) <= queue.service_level_high(within) + 1e-12
    assert queue.service_level_low(0.0) == pytest.approx(1.0 - queue.p_wait)


@pytest.mark.parametrize(("high", "low", "agents"), [(0.5, 0.4, 1), (3.0, 1.5, 5), (1.0, 8.0, 10)])
def test_areas_above_the_laws(high: float, low: float, agents: int) -> None:
    queue = Priorities(high, low, 1.0, agents)
    for law, wait in ((queue.service_level_high, queue.wait_high), (queue.service_level_low, queue.wait_low)):
        area = quad(lambda t, law=law: 1.0 - law(t), 0.0, 60.0 * wait, limit=400, epsabs=1e-11)[0]
        assert wait == pytest.approx(area, rel=1e-6)


def test_without_a_high_class_the_low_one_is_alone() -> None:
    queue, alone = Priorities(1e-12, 4.0, 1.0, 5), ErlangC(4.0, 1.0, 5)
    assert queue.wait_low == pytest.approx(alone.asa, rel=1e-9)
    assert queue.service_level_low(0.7) == pytest.approx(alone.service_level(0.7), abs=1e-9)


@pytest.mark.parametrize(("high", "low", "time", "agents"), [(1.0, 1.0, 1.0, 2), (0.0, 1.0, 1.0, 2), (0.5, -1.0, 1.0, 2), (0.5, 0.5, 1.0, 0)])
def test_wrong_parameters(high: float, low: float, time: float, agents: int) -> None:
    with pytest.raises(TheoryError):
        Priorities(high, low, time, agents)
