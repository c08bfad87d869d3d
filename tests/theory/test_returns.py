"""Returns against an open network solved by brute force, and against the balance of redials."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcrc.theory import TheoryError
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.redial import Redial
from simcrc.theory.returns import Returns
from tests.theory.chains import Chain, mean


def test_any_delay_gives_erlang_c() -> None:
    """Short delays too: the network has the product form."""
    rate, agents, back, delay = 0.7, 2, 0.4, 0.6

    def moves(state):  # type: ignore[no-untyped-def]
        present, away = state
        if present < 26:
            yield (present + 1, away), rate
            if away:
                yield (present + 1, away - 1), away / delay
        busy = min(present, agents)
        if busy:
            yield (present - 1, away), busy * (1 - back)
            if away < 16:
                yield (present - 1, away + 1), busy * back

    law = Chain(moves, [(0, 0)]).stationary()
    model = Returns(rate, 1.0, agents, resolution=0.5, returning=0.8)
    assert model.total_rate == pytest.approx(rate / 0.6)
    assert model.queue_length == pytest.approx(mean(law, lambda s: max(s[0] - agents, 0)), rel=2e-4)
    assert model.p_wait == pytest.approx(mean(law, lambda s: s[0] >= agents), rel=1e-4)
    queue = ErlangC(rate / 0.6, 1.0, agents)
    assert (model.asa, model.p_wait, model.service_level(0.5)) == pytest.approx((queue.asa, queue.p_wait, queue.service_level(0.5)), rel=1e-10)


@given(st.floats(0.1, 2.5), st.integers(1, 200), st.floats(0.2, 1.0), st.floats(0.0, 1.0), st.floats(0.05, 20.0), st.floats(0.0, 0.95))
@settings(max_examples=60, deadline=None)
def test_balance(occupancy: float, agents: int, resolution: float, returning: float, patience: float, redial: float) -> None:
    model = Returns(occupancy * agents, 1.0, agents, resolution, returning, patience, redial)
    balance = Redial(model.arrival_rate, model.abandonment, redial, (1 - resolution) * returning)
    assert model.total_rate == pytest.approx(balance.total_rate, rel=1e-9)
    assert model.contacts_per_need >= 1 - 1e-12
    assert 0 <= model.resolved <= 1 + 1e-12
    assert model.abandonment == pytest.approx(ErlangA(model.total_rate, 1.0, agents, patience).abandonment, rel=1e-12)


def test_nobody_comes_back() -> None:
    assert Returns(8.0, 1.0, 10, 1.0, patience=2.0).asa == pytest.approx(ErlangA(8.0, 1.0, 10, 2.0).asa, rel=1e-12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"resolution": 0.0},
        {"resolution": 0.5},  # 16 erlangs in the end
        {"resolution": 1.2},
        {"patience": 1.0, "redial": 1.0, "resolution": 0.5},
        {"agents": 0},
        {"arrival_rate": math.nan},
    ],
)
def test_wrong_parameters(wrong: dict[str, float]) -> None:
    with pytest.raises(TheoryError):
        Returns(**({"arrival_rate": 8.0, "handle_time": 1.0, "agents": 10, "resolution": 0.9} | wrong))  # type: ignore[arg-type]


def test_who_always_calls_again_is_served_in_the_end() -> None:
    model = Returns(8.0, 1.0, 10, 1.0, patience=0.5, redial=1.0)
    assert model.resolved == pytest.approx(1.0, rel=1e-9)
    assert model.occupancy == pytest.approx(0.8, rel=1e-9)
