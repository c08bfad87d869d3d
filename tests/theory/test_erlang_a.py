"""Erlang A, with and without limited places: published figures, sums of many decimals by another method, limits, properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simcrc.theory import TheoryError
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.erlang_b import ErlangB
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.waiting import DEFINITIONS
from tests.theory.reference import Chain, decimal

FIGURES = ("p_no_wait", "p_wait", "p_blocked", "abandonment", "wait_all", "asa", "wait_of_queued", "queue_length", "agents_busy")


def figures(model: ErlangA, within: float) -> dict[str, float]:
    return {name: getattr(model, name) for name in FIGURES} | {name: model.service_level(within, name) for name in DEFINITIONS}


def test_published() -> None:
    model = ErlangA(arrival_rate=100 / 1800, handle_time=180.0, agents=14, patience=300.0)
    assert round(model.p_wait, 5) == 0.14526
    assert round(model.abandonment, 6) == 0.013984
    assert round(model.service_level(within=20), 6) == 0.916792


@pytest.mark.parametrize(("leaving", "free", "abandoned", "queue"), [(1.0, 0.4083, 0.0499, 5.092), (0.25, 0.226, 0.0364, 14.84)])
def test_published_by_whitt(leaving: float, free: float, abandoned: float, queue: float) -> None:
    """Whitt, "Engineering solution of a basic call-center model": M/M/100/200+M, to the decimals printed there."""
    model = ErlangA(102.0, 1.0, 100, patience=1 / leaving, places=100)
    assert round(model.p_no_wait, len(str(free)) - 2) == free
    assert round(model.abandonment, 4) == abandoned
    assert round(model.queue_length, len(str(queue).partition(".")[2])) == queue


EXACT = [  # rate, agents (of service rate 1), rate of leaving, places that stand for no limit, threshold
    (10.0, 14, 0.6, 60, 0.111),
    (0.5, 1, 0.25, 60, 1.0),
    (30.0, 10, 1.0, 90, 0.7),
    (102.0, 100, 1.0, 120, 0.03),
    (1005.0, 1000, 4.0, 220, 0.01),
    (7.0, 10, 40.0, 40, 0.02),
]


@pytest.mark.parametrize(("rate", "agents", "leaving", "places", "within"), EXACT)
def test_unlimited_places_against_many_decimals(rate: float, agents: int, leaving: float, places: int, within: float) -> None:
    patience = 1.0 / leaving
    exact = Chain(decimal(rate), decimal(1.0), agents, 1 / decimal(patience), places).figures(within)
    assert exact["p_blocked"] < 1e-18
    found = figures(ErlangA(rate, 1.0, agents, patience), within)
    exact["p_blocked"] = 0.0
    assert found == pytest.approx(exact, rel=2e-13)


@pytest.mark.parametrize("places", [1, 7, 60])
@pytest.mark.parametrize(("rate", "agents", "leaving", "_", "within"), EXACT)
def test_limited_places_against_many_decimals(rate: float, agents: int, leaving: float, _: int, within: float, places: int) -> None:
    patience = 1.0 / leaving
    exact = Chain(decimal(rate), decimal(1.0), agents, 1 / decimal(patience), places).figures(within)
    assert figures(ErlangA(rate, 1.0, agents, patience, places), within) == pytest.approx(exact, rel=2e-13)


@pytest.mark.parametrize(("rate", "agents", "places"), [(10.0, 14, 5), (20.0, 10, 30), (10.0, 10, 50), (1050.0, 1000, 100), (0.2, 1, 3)])
def test_limited_places_without_abandonment(rate: float, agents: int, places: int) -> None:
    exact = Chain(decimal(rate), decimal(1.0), agents, decimal(0.0), places).figures(0.3)
    assert figures(ErlangA(rate, 1.0, agents, places=places), 0.3) == pytest.approx(exact, rel=2e-13)


LARGE = [  # rate, agents, patience, places, threshold: the integral and the sum are two methods
    (9_999.0, 10_000, 1.0, 3_000, 0.002),
    (10_500.0, 10_000, 10.0, 12_000, 0.5),
    (9_990.0, 10_000, 1e6, 60_000, 0.05),
    (9_000.0, 10_000, 0.01, 400, 0.001),
    (0.99, 1, 1_000.0, 20_000, 50.0),
    (1.0, 1, 1e-6, 60, 1e-6),
    (200.0, 100, 50.0, 9_000, 34.0),
]


@pytest.mark.parametrize(("rate", "agents", "patience", "places", "within"), LARGE)
def test_integral_and_sum_agree(rate: float, agents: int, patience: float, places: int, within: float) -> None:
    unlimited = figures(ErlangA(rate, 1.0, agents, patience), within)
    limited = figures(ErlangA(rate, 1.0, agents, patience, places), within)
    assert limited.pop("p_blocked") < 1e-12
    del unlimited["p_blocked"]
    assert unlimited == pytest.approx(limited, rel=1e-11, abs=1e-30)


@pytest.mark.parametrize(("rate", "agents"), [(0.7, 1), (10.0, 14), (99.0, 100), (9_950.0, 10_000)])
def test_endless_patience_is_erlang_c(rate: float, agents: int) -> None:
    exact = ErlangC(rate, 1.0, agents)
    for model in (ErlangA(rate, 1.0, agents), ErlangA(rate, 1.0, agents, patience=1e15)):
        for name in ("p_no_wait", "p_wait", "asa", "wait_of_queued", "queue_length", "agents_busy", "occupancy"):
            assert getattr(model, name) == pytest.approx(getattr(exact, name), rel=1e-9)
        assert model.wait_all == pytest.approx(model.asa, rel=1e-9)
        for definition in DEFINITIONS:
            assert model.service_level(0.01, definition) == pytest.approx(exact.service_level(0.01), rel=1e-9)
    exactly = ErlangA(rate, 1.0, agents)
    assert exactly.abandonment == 0.0
    assert exactly.asa == pytest.approx(exact.asa, rel=1e-13)


@settings(max_examples=50, deadline=None)
@given(st.floats(0.01, 500.0), st.integers(1, 300), st.floats(0.01, 10.0))
def test_no_place_is_erlang_b(load: float, agents: int, patience: float) -> None:
    model, exact = ErlangA(load, 1.0, agents, patience, places=0), ErlangB(load, agents)
    assert model.p_blocked == pytest.approx(exact.blocking, rel=1e-12)
    assert model.p_no_wait == pytest.approx(1.0 - exact.blocking, rel=1e-12, abs=1e-15)
    assert model.agents_busy == pytest.approx(exact.carried, rel=1e-9)
    assert model.p_wait == model.abandonment == model.asa == model.queue_length == 0.0
    assert math.isnan(model.wait_of_queued)
    assert model.service_level(1.0) == model.p_no_wait


@pytest.mark.parametrize(("load", "agents"), [(0.7, 1), (10.0, 14), (120.0, 100)])
def test_without_patience_it_is_erlang_b(load: float, agents: int) -> None:
    model, exact = ErlangA(load, 1.0, agents, patience=1e-12), ErlangB(load, agents)
    assert model.abandonment == pytest.approx(exact.blocking, rel=1e-9)
    assert model.p_wait == pytest.approx(exact.blocking, rel=1e-9)


QUEUES = st.tuples(st.floats(0.01, 3.0), st.integers(1, 400), st.floats(1e-3, 1e3), st.none() | st.integers(0, 200))


@settings(max_examples=50, deadline=None)
@given(QUEUES, st.floats(0.0, 3.0))
def test_it_adds_up(queue: tuple[float, int, float, int | None], within: float) -> None:
    occupancy, agents, patience, places = queue
    model = ErlangA(occupancy * agents, 1.0, agents, patience, places)
    assert model.p_no_wait + model.p_wait + model.p_blocked == pytest.approx(1.0, abs=1e-12)
    assert model.abandonment == pytest.approx(model.queue_length / patience / model.arrival_rate, rel=1e-11, abs=1e-300)  # who leaves leaves the queue
    assert model.agents_busy + model.abandoned_rate + model.arrival_rate * model.p_blocked == pytest.approx(model.arrival_rate, rel=1e-11)
    assert model.wait_all * (1.0 - model.p_blocked) * model.arrival_rate == pytest.approx(model.queue_length, rel=1e-9, abs=1e-300)
    offered, answered, minus, either = (model.service_level(within, name) for name in DEFINITIONS)
    slack = 1e-12
    assert 0.0 <= offered <= min(answered, minus, either) + slack
    assert max(answered, minus, either) <= 1.0 + slack
    assert model.service_level(0.0) == pytest.approx(model.p_no_wait, rel=1e-12)
    assert model.service_level(math.inf) == pytest.approx(1.0 - model.p_blocked - model.abandonment, abs=1e-12)
    assert model.service_level(math.inf, DEFINITIONS[1]) == pytest.approx(1.0, abs=1e-12)


@settings(max_examples=50, deadline=None)
@given(QUEUES, st.floats(0.0, 3.0))
def test_one_more_agent_is_better(queue: tuple[float, int, float, int | None], within: float) -> None:
    occupancy, agents, patience, places = queue
    less, more = (ErlangA(occupancy * agents, 1.0, count, patience, places) for count in (agents, agents + 1))
    close = 1.0 + 1e-11
    assert more.p_no_wait >= less.p_no_wait / close
    assert more.abandonment <= less.abandonment * close + 1e-300
    assert more.p_blocked <= less.p_blocked * close + 1e-300
    assert more.asa <= less.asa * close + 1e-300
    assert more.occupancy <= less.occupancy * close
    for definition in DEFINITIONS[:2]:
        assert (
            more.service_level(within, definition) >= less.service_level(within, definition) / close - 1e-25
        )  # differences of sums near 1 leave some 1e-16² there


@settings(max_examples=50, deadline=None)
@given(st.floats(0.05, 2.0), st.integers(1, 200), st.floats(1e-2, 1e2), st.floats(1.01, 10.0))
def test_more_patience_less_abandonment(occupancy: float, agents: int, patience: float, factor: float) -> None:
    short, long = (ErlangA(occupancy * agents, 1.0, agents, value) for value in (patience, patience * factor))
    assume(short.abandonment > 1e-290)
    assert long.abandonment <= short.abandonment * (1 + 1e-11)
    assert long.p_wait >= short.p_wait * (1 - 1e-11)


def test_overload_by_one_in_a_million_is_no_trouble() -> None:
    model = ErlangA(10_000.01, 1.0, 10_000, patience=1e7)
    assert model.agents_busy == pytest.approx(10_000.0, rel=1e-4)
    assert model.queue_length / 1e7 == pytest.approx(model.arrival_rate - model.agents_busy, rel=1e-4)


@pytest.mark.parametrize(
    "fields",
    [
        {"agents": 9},
        {"patience": 0.0},
        {"patience": -1.0},
        {"patience": math.nan},
        {"places": -1},
        {"places": 2.5},
        {"places": 10**9},
        {"agents": 10**9},
        {"arrival_rate": 0.0},
        {"handle_time": math.inf},
    ],
)
def test_nonsense(fields: dict[str, float]) -> None:
    with pytest.raises(TheoryError) as raised:
        ErlangA(**{"arrival_rate": 10.0, "handle_time": 1.0, "agents": 14} | fields)  # type: ignore[arg-type]
    assert raised.value.argument in fields


def test_nonsense_of_the_service_level() -> None:
    model = ErlangA(10.0, 1.0, 14, 1.0)
    with pytest.raises(TheoryError, match="served_over_answered"):
        model.service_level(1.0, "served")
    with pytest.raises(TheoryError):
        model.service_level(-1.0)
