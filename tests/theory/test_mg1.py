"""M/G/1 against its special cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.theory import TheoryError, evaluate
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.mg1 import MG1


@given(st.floats(0.001, 0.9999), st.floats(1e-3, 1e6))
def test_exponential_handle_times_are_erlang_c(load: float, time: float) -> None:
    one, other = MG1(load / time, time, cv=1.0), ErlangC(load / time, time, 1)
    assert one.asa == pytest.approx(other.asa, rel=1e-9)
    assert one.p_wait == pytest.approx(other.p_wait, rel=1e-12)
    assert one.wait_of_queued == pytest.approx(other.wait_of_queued, rel=1e-9)
    assert one.queue_length == pytest.approx(other.queue_length, rel=1e-9)


def test_fixed_handle_times_wait_half_as_long() -> None:
    assert MG1(0.8, 1.0, 0.0).asa == pytest.approx(MG1(0.8, 1.0, 1.0).asa / 2, rel=1e-15)
    assert MG1(0.8, 1.0, 0.0).asa == pytest.approx(2.0, rel=1e-12)


@pytest.mark.parametrize(("rate", "time", "cv"), [(1.0, 1.0, 1.0), (2.0, 1.0, 0.0), (0.5, 1.0, -1.0), (-0.5, 1.0, 1.0), (0.5, 0.0, 1.0)])
def test_wrong_parameters(rate: float, time: float, cv: float) -> None:
    with pytest.raises(TheoryError):
        MG1(rate, time, cv)


def test_by_name() -> None:
    assert evaluate("mg1.asa", {"arrival_rate": 0.5, "handle_time": 1.0, "cv": 2.0}) == pytest.approx(2.5)
