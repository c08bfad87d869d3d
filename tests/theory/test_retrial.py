"""Retrials against closed forms, the chain by brute force, and their limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from simcrc.theory import TheoryError
from simcrc.theory.erlang_b import ErlangB
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.retrial import Retrial
from tests.theory.chains import Chain, mean


@given(st.floats(0.01, 0.98), st.floats(0.01, 100.0))
@settings(max_examples=30, deadline=None)
def test_one_line(load: float, retrial_time: float) -> None:
    """M/M/1 with retrials: E[orbit] = ρ²/(1 − ρ) + λ ρ T/(1 − ρ) (Falin and Templeton 1997)."""
    one = Retrial(load, 1.0, 1, retrial_time)
    assert one.orbit == pytest.approx(load**2 * (1 + retrial_time) / (1 - load), rel=1e-11)
    assert one.p_blocked == pytest.approx(load, rel=1e-12)


@pytest.mark.parametrize("again", [0.3, 0.9, 1.0])
def test_against_the_chain(again: float) -> None:
    rate, service, lines, retrial, last = 2.0, 1.0, 3, 0.7, 90

    def moves(state):  # type: ignore[no-untyped-def]
        busy, orbit = state
        if busy < lines:
            yield (busy + 1, orbit), rate
            if orbit:
                yield (busy + 1, orbit - 1), orbit * retrial
        else:
            if orbit < last:
                yield (busy, orbit + 1), rate * again
            if orbit:
                yield (busy, orbit - 1), orbit * retrial * (1 - again)
        if busy:
            yield (busy - 1, orbit), busy * service

    law = Chain(moves, [(0, 0)]).stationary()
    model = Retrial(rate, 1 / service, lines, 1 / retrial, again)
    blocked = mean(law, lambda s: (s[0] == lines) * (rate + retrial * s[1]))
    attempts = rate + retrial * mean(law, lambda s: s[1])
    assert model.orbit == pytest.approx(mean(law, lambda s: s[1]), rel=1e-8)
    assert model.agents_busy == pytest.approx(mean(law, lambda s: s[0]), rel=1e-8)
    assert model.blocking == pytest.approx(blocked / attempts, rel=1e-8)
    assert model.attempts_per_need == pytest.approx(attempts / rate, rel=1e-8)
    assert model.lost == pytest.approx((1 - again) * blocked / rate, rel=1e-8, abs=1e-15)


@given(st.floats(0.05, 1.5), st.integers(1, 60), st.floats(0.01, 20.0), st.floats(0.0, 0.9))
@settings(max_examples=40, deadline=None)
def test_flows(occupancy: float, lines: int, retrial_time: float, again: float) -> None:
    model = Retrial(occupancy * lines, 1.0, lines, retrial_time, again)
    assert model.agents_busy == pytest.approx(model.load * (1 - model.lost), rel=1e-9)
    assert 0 <= model.lost <= model.blocking * model.attempts_per_need
    assert model.attempts_per_need == pytest.approx(1 + again * model.blocking * model.attempts_per_need, rel=1e-9)
    assert model.time_in_orbit == pytest.approx(model.orbit / model.arrival_rate)


def test_nobody_tries_again() -> None:
    assert Retrial(8.0, 1.0, 10, 3.0, 0.0).blocking == pytest.approx(ErlangB(8.0, 10).blocking, rel=1e-13)


def test_at_once_again_is_a_queue() -> None:
    model, queue = Retrial(8.0, 1.0, 10, 1e-6), ErlangC(8.0, 1.0, 10)
    assert model.orbit == pytest.approx(queue.queue_length, rel=1e-4)
    assert model.p_blocked == pytest.approx(queue.p_wait, rel=1e-4)


def test_much_later_is_a_new_call() -> None:
    model = Retrial(8.0, 1.0, 10, 3000.0, 0.7)
    rate = brentq(lambda total: 8 + 0.7 * total * ErlangB(total, 10).blocking - total, 8, 50)
    assert model.blocking == pytest.approx(ErlangB(rate, 10).blocking, rel=1e-3)
    assert model.attempts_per_need * 8 == pytest.approx(rate, rel=1e-4)


def test_many_lines() -> None:
    model = Retrial(970.0, 1.0, 1000, 2.0)
    assert model.agents_busy == pytest.approx(970.0, rel=1e-12)
    assert 0 < model.p_blocked < ErlangC(970.0, 1.0, 1000).p_wait


@pytest.mark.parametrize("wrong", [{"again": 1.5}, {"retrial_time": 0.0}, {"agents": 0}, {"arrival_rate": 10.0}, {"handle_time": -1.0}])
def test_wrong_parameters(wrong: dict[str, float]) -> None:
    with pytest.raises(TheoryError):
        Retrial(**({"arrival_rate": 8.0, "handle_time": 1.0, "agents": 10, "retrial_time": 3.0} | wrong))  # type: ignore[arg-type]


def test_an_orbit_without_end_is_refused() -> None:
    with pytest.raises(TheoryError):
        _ = Retrial(9_999.0, 1.0, 10_000, 1e9).orbit
