"""Erlang C against published figures and exact fractions, up to 10 000 agents and to the edge."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcrc.theory import TheoryError
from simcrc.theory.erlang_c import ErlangC
from tests.theory.reference import erlang_b

CALLS = ErlangC(arrival_rate=100 / 1800, handle_time=180.0, agents=14)


def test_published() -> None:
    assert round(CALLS.p_wait, 7) == 0.1741319
    assert round(CALLS.service_level(within=20), 5) == 0.88835
    assert round(CALLS.asa, 5) == 7.83594
    assert round(CALLS.occupancy, 7) == 0.7142857


@pytest.mark.parametrize(
    ("rate", "time", "agents"),
    [(0.3, 3.0, 1), (1e-6, 1.0, 1), (0.999999999, 1.0, 1), (95.0, 1.0, 100), (1.0, 99.9999, 100), (5.0, 1.0, 100), (990.0, 1.0, 1000)],
)
def test_against_fractions(rate: float, time: float, agents: int) -> None:
    load = Fraction(rate * time)
    lost = erlang_b(load, agents)
    waits = agents * lost / (agents - load * (1 - lost))
    mean = Fraction(time) / (agents - load)
    model = ErlangC(rate, time, agents)
    assert model.p_wait == pytest.approx(float(waits), rel=1e-13)
    assert model.p_no_wait == pytest.approx(float(1 - waits), rel=1e-13)
    assert model.wait_of_queued == pytest.approx(float(mean), rel=1e-13)
    assert model.asa == pytest.approx(float(waits * mean), rel=1e-13)
    assert model.queue_length == pytest.approx(float(Fraction(rate) * waits * mean), rel=1e-13)
    assert model.agents_busy == pytest.approx(float(load), rel=1e-15)
    for within in (0.0, 0.1 * time, 3.0 * float(mean)):
        late = float(waits) * math.exp(-within / float(mean))
        assert model.service_level(within) == pytest.approx(1 - late, rel=1e-13)


@pytest.mark.parametrize("spare", [1e-6, 1.0, 100.0, 3000.0])
def test_ten_thousand_agents(spare: float) -> None:
    """The recursion of Erlang B, run in fractions of 200 bits, is exact enough to judge."""
    agents, load = 10_000, 10_000 - spare
    inverse = 1 << 400
    exact = Fraction(load)
    for n in range(1, agents + 1):
        inverse = (1 << 400) + inverse * n * exact.denominator // exact.numerator
    lost = Fraction(1 << 400, inverse)
    waits = agents * lost / (agents - exact * (1 - lost))
    assert ErlangC(load, 1.0, agents).p_wait == pytest.approx(float(waits), rel=1e-12)


def test_at_the_edge_all_wait() -> None:
    model = ErlangC(math.nextafter(10_000.0, 0.0), 1.0, 10_000)
    assert 1.0 - 1e-9 < model.p_wait <= 1.0
    assert model.asa > 1e11
    assert 0.0 < model.p_no_wait < 1e-9


@settings(max_examples=50, deadline=None)
@given(st.floats(0.01, 0.9999), st.integers(1, 2000), st.floats(0.0, 5.0))
def test_one_more_agent_is_better(occupancy: float, agents: int, within: float) -> None:
    less, more = (ErlangC(occupancy * agents, 1.0, count) for count in (agents, agents + 1))
    assert more.p_wait <= less.p_wait
    assert more.asa <= less.asa
    assert more.service_level(within) >= less.service_level(within) * (1 - 1e-15)


@settings(max_examples=50, deadline=None)
@given(st.floats(0.01, 0.9999), st.integers(1, 500), st.floats(0.0, 0.999999))
def test_the_quantile_answers_the_service_level(occupancy: float, agents: int, share: float) -> None:
    model = ErlangC(occupancy * agents, 1.0, agents)
    time = model.wait_quantile(share)
    assert model.service_level(time) >= share * (1 - 1e-12)
    if time > 0.0:
        assert model.service_level(time) == pytest.approx(share, rel=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.floats(1e-3, 1e3), st.floats(0.1, 0.99), st.integers(1, 100))
def test_units_are_free(factor: float, occupancy: float, agents: int) -> None:
    one, other = ErlangC(occupancy * agents, 1.0, agents), ErlangC(occupancy * agents / factor, factor, agents)
    assert other.p_wait == pytest.approx(one.p_wait, rel=1e-9)
    assert other.asa == pytest.approx(one.asa * factor, rel=1e-9)


def test_overload_says_what_is_needed() -> None:
    with pytest.raises(TheoryError) as raised:
        ErlangC(100 / 1800, 180.0, 9)
    assert raised.value.say("en") == "overload: 10 erlangs for 9 agents, the queue grows without end; at least 11 are needed"
    assert raised.value.say("fr").startswith("surcharge : 10 erlangs pour 9 préposés")
    with pytest.raises(TheoryError):
        ErlangC(9.0, 1.0, 9)


@pytest.mark.parametrize(
    "fields",
    [
        (0, 1, 1),
        (-1, 1, 1),
        (math.nan, 1, 1),
        (math.inf, 1, 1),
        (0.5, 0, 1),
        (0.5, math.nan, 1),
        (0.5, 1, 0),
        (0.5, 1, 1.5),
        (0.5, 1, "1"),
        (0.5, 1, True),
        (1e300, 1e300, 1),
    ],
)
def test_nonsense(fields: tuple[float, float, int]) -> None:
    with pytest.raises(TheoryError):
        ErlangC(*fields)


@pytest.mark.parametrize("value", [-1.0, math.nan, None, "20 s"])
def test_nonsense_of_a_figure(value: float) -> None:
    with pytest.raises(TheoryError):
        CALLS.service_level(value)
    with pytest.raises(TheoryError):
        CALLS.wait_quantile(value)
    with pytest.raises(TheoryError):
        CALLS.wait_quantile(1.0)
    assert CALLS.service_level(math.inf) == pytest.approx(1.0, abs=1e-15)
