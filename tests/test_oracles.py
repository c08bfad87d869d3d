"""The oracles give the published figures."""

from __future__ import annotations

import math

import pytest

from oracles import Chain, ErlangC, erlang_a, erlang_b


def test_erlang_b_in_closed_form() -> None:
    # ITU tables: 10 erlangs on 10 circuits lose 21.46 %.
    assert erlang_b(10.0, 10) == pytest.approx(10.0**10 / math.factorial(10) / sum(10.0**k / math.factorial(k) for k in range(11)), rel=1e-14)
    assert erlang_b(10.0, 10) == pytest.approx(0.2146, abs=5e-5)


def test_erlang_c_of_100_calls_a_half_hour() -> None:
    queue = ErlangC(rate=100 / 1800, service=1 / 180, servers=14)
    assert queue.occupancy == pytest.approx(0.7142857, abs=5e-8)
    assert queue.p_wait == pytest.approx(0.1741319, abs=5e-8)
    assert queue.served_within(20) == pytest.approx(0.88835, abs=5e-6)
    assert queue.mean_wait == pytest.approx(7.83594, abs=5e-6)


def test_erlang_a_of_100_calls_a_half_hour() -> None:
    queue = erlang_a(rate=100 / 1800, service=1 / 180, servers=14, patience=300)
    assert queue.p_wait == pytest.approx(0.14526, abs=5e-6)
    assert queue.p_abandon == pytest.approx(0.013984, abs=5e-7)


def test_whitt_m_m_100_200_m() -> None:
    queue = Chain(rate=102.0, service=1.0, servers=100, leaving=1.0, places=200)
    assert queue.p_no_wait == pytest.approx(0.4083, abs=5e-5)
    assert queue.p_abandon == pytest.approx(0.0499, abs=5e-5)
    assert queue.mean_queue == pytest.approx(5.092, abs=5e-4)


def test_limits_agree() -> None:
    patient = Chain(rate=9.0, service=1.0, servers=10)
    erlang = ErlangC(rate=9.0, service=1.0, servers=10)
    assert patient.p_wait == pytest.approx(erlang.p_wait, rel=1e-12)
    assert patient.mean_wait == pytest.approx(erlang.mean_wait, rel=1e-12)
    assert patient.occupancy == pytest.approx(erlang.occupancy, rel=1e-12)
    assert Chain(rate=9.0, service=1.0, servers=10, places=0).p_blocked == pytest.approx(erlang_b(9.0, 10), rel=1e-12)
    # M/M/1/K: the geometric law cut at K.
    one = Chain(rate=0.8, service=1.0, servers=1, places=4)
    assert one.p_blocked == pytest.approx(0.2 * 0.8**5 / (1 - 0.8**6), rel=1e-12)
