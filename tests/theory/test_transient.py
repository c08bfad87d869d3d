"""A day from empty against published figures, the whole chain by matrix exponentials, one caller followed by brute force, and steady limits."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcrc.theory import TheoryError, evaluate
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.infinite_servers import InfiniteServers
from simcrc.theory.numerics.rational import poles
from simcrc.theory.transient import Transient
from simcrc.theory.waiting import DEFINITIONS
from tests.theory.chains import Chain

RATES = ((0.0, 1.0), (2.0, 2.5), (5.0, 0.6), (9.0, 0.0))
AGENTS = ((0.0, 1), (2.0, 3), (4.0, 1), (6.0, 0), (7.0, 2))
SMALL = {"rates": RATES, "agents": AGENTS, "handle_time": 1.2, "until": 10.0, "patience": 2.0}


def day(**changes: float | None) -> Transient:
    """The day of ContactCenters' example MMC, in minutes."""
    return Transient(**({"rates": 4.2, "agents": 12, "handle_time": 2.0, "until": 480.0} | changes))  # type: ignore[arg-type]


def test_published() -> None:
    assert round(day(patience=1.0).abandoned, 3) == 59.237
    assert round(day(places=5).blocked, 3) == 18.863
    plain = day()
    assert 0.900 <= plain.service_level(1 / 3) <= 0.904
    assert plain.asa == pytest.approx(0.099, abs=0.002)
    assert plain.offered == 2016.0
    assert plain.abandoned == plain.blocked == 0.0


def brute(rates, agents, service, leaving, places, until):  # type: ignore[no-untyped-def]
    """(abandoned, blocked, queued, area under busy, still waiting) by the chain of (busy, queue), stretch by stretch."""
    law = {(0, 0): 1.0}
    figures = np.zeros(4)
    edges = sorted({until, *(at for at, _ in (*rates, *agents) if at < until)})
    for since, end in pairwise(edges):
        rate = [value for at, value in rates if at <= since][-1]
        staff = [value for at, value in agents if at <= since][-1]
        after = seated(law, staff)
        chain = Chain(queue_moves(rate, staff, service, leaving, places), list(after))
        area = chain.integral(after, end - since)
        law = {state: p for state, p in chain.later(after, end - since).items() if p > 0}
        for (busy, queue), time in area.items():
            figures += time * np.array([leaving * queue, rate * (busy >= staff and queue == places), rate * (busy >= staff and queue < places), busy])
    return (*figures, sum(p * queue for (_, queue), p in law.items()))


@pytest.mark.parametrize(("patience", "places"), [(2.0, 3), (math.inf, 4), (2.0, 0), (0.5, 14)])
def test_against_the_whole_chain(patience: float, places: int) -> None:
    model = Transient(**(SMALL | {"patience": patience, "places": places}))  # type: ignore[arg-type]
    abandoned, blocked, queued, busy, waiting = brute(RATES, AGENTS, 1 / 1.2, 1 / patience, places, 10.0)
    assert model.abandoned == pytest.approx(abandoned, abs=1e-10)
    assert model.blocked == pytest.approx(blocked, abs=1e-10)
    assert model.p_wait * model.offered == pytest.approx(queued, abs=1e-10)
    assert model.agents_busy(0.0, 10.0) * 10.0 == pytest.approx(busy, abs=1e-10)
    assert model.waiting == pytest.approx(waiting, abs=1e-10)
    assert model.served + model.abandoned + model.blocked + model.waiting == pytest.approx(model.offered)
    assert model.served_at_once + queued + blocked == pytest.approx(model.offered)


def queue_moves(rate, staff, service, leaving, places):  # type: ignore[no-untyped-def]
    def moves(state):  # type: ignore[no-untyped-def]
        busy, queue = state
        if busy < staff:
            yield (busy + 1, queue), rate
        elif queue < places:
            yield (busy, queue + 1), rate
        if busy:
            yield ((busy, queue - 1) if queue and busy <= staff else (busy - 1, queue)), busy * service
        if queue:
            yield (busy, queue - 1), queue * leaving

    return moves


def seated(law, staff):  # type: ignore[no-untyped-def]
    """New agents take who waits."""
    out: dict[tuple[int, int], float] = {}
    for (busy, queue), p in law.items():
        taken = max(min(queue, staff - busy), 0)
        out[busy + taken, queue - taken] = out.get((busy + taken, queue - taken), 0.0) + p
    return out


def my_moves(staff, service, leaving):  # type: ignore[no-untyped-def]
    def moves(state):  # type: ignore[no-untyped-def]
        kind, busy, ahead = state
        if kind != "waits":
            return
        yield ("gone", 0, 0), leaving
        if ahead:
            yield ("waits", busy, ahead - 1), ahead * leaving
        if busy > staff:
            yield ("waits", busy - 1, ahead), busy * service
        elif busy:
            yield (("waits", busy, ahead - 1) if ahead else ("served", 0, 0)), busy * service

    return moves


def followed(at: float, deadline: float, service: float, leaving: float, places: int) -> tuple[float, float, float]:
    """P(served), P(gave up) and E[wait; served] by the deadline, of who arrives at that instant: the chain up to then, then his own with those
    before him, beside which goes the expected time that he has waited."""
    law = {(0, 0): 1.0}
    me: dict[tuple[str, int, int], float] = {}
    age: dict[tuple[str, int, int], float] = {}
    edges = sorted({0.0, at, deadline, *(s for s, _ in (*RATES, *AGENTS) if s < deadline)})
    for since, end in pairwise(edges):
        staff = [value for s, value in AGENTS if s <= since][-1]
        rate = [value for s, value in RATES if s <= since][-1]
        if since < at:
            law = seated(law, staff)
            law = Chain(queue_moves(rate, staff, service, leaving, places), list(law)).later(law, end - since)
            continue
        if since == at:
            for (busy, queue), p in seated(law, staff).items():
                key = ("served", 0, 0) if busy < staff else ("blocked", 0, 0) if queue == places else ("waits", busy, queue)
                me[key] = me.get(key, 0.0) + p
        sat: list[dict[tuple[str, int, int], float]] = []
        for part in (me, age):
            out: dict[tuple[str, int, int], float] = {}
            for (kind, busy, ahead), p in part.items():
                seats = max(staff - busy, 0) if kind == "waits" else 0
                key = (kind, busy, ahead)
                if seats:
                    key = ("served", 0, 0) if ahead < seats else ("waits", staff, ahead - seats)
                out[key] = out.get(key, 0.0) + p
            sat.append(out)
        chain = Chain(my_moves(staff, service, leaving), [*sat[0], *sat[1]])
        me, age = chain.later_and_moment(sat[0], sat[1], end - since, lambda state: float(state[0] == "waits"))
    served = ("served", 0, 0)
    return me.get(served, 0.0), me.get(("gone", 0, 0), 0.0), age.get(served, 0.0)


@pytest.mark.parametrize("within", [0.7, 2.5])
def test_service_levels_against_each_arrival_followed(within: float) -> None:
    places = 4
    model = Transient(**(SMALL | {"places": places}))  # type: ignore[arg-type]
    edges = {0.0, 9.0, *(at for at, _ in (*RATES, *AGENTS)), *(at - within for at, _ in AGENTS)}
    served = gone = 0.0
    for at, arrivals in instants(edges, 6):
        soon, late, _ = followed(at, at + within, 1 / 1.2, 0.5, places)
        served, gone = served + arrivals * soon, gone + arrivals * late
    offered = model.offered
    assert model.service_level(within) == pytest.approx(served / offered, abs=1e-7)
    assert model.service_level(within, DEFINITIONS[2]) == pytest.approx(served / (offered - gone), abs=1e-7)
    assert model.service_level(within, DEFINITIONS[3]) == pytest.approx((served + gone) / offered, abs=1e-7)


def instants(edges, nodes):  # type: ignore[no-untyped-def]
    """Instants of arrival and how many arrivals each stands for, stretch by stretch (Gauss and Legendre)."""
    x, weight = np.polynomial.legendre.leggauss(nodes)
    for since, end in pairwise(sorted(at for at in edges if 0.0 <= at <= 9.0)):
        rate = [value for at, value in RATES if at <= since][-1]
        for u, w in zip(x, weight, strict=True):
            yield since + 0.5 * (1 + u) * (end - since), 0.5 * (end - since) * w * rate


def test_the_wait_of_the_served_against_each_arrival_followed() -> None:
    places = 4
    model = Transient(**(SMALL | {"places": places}))  # type: ignore[arg-type]
    served = waited = 0.0
    for at, arrivals in instants({0.0, 9.0, *(at for at, _ in (*RATES, *AGENTS))}, 8):
        soon, _, age = followed(at, 10.0, 1 / 1.2, 0.5, places)
        served, waited = served + arrivals * soon, waited + arrivals * age
    assert model.served == pytest.approx(served, rel=1e-7)
    assert model.asa == pytest.approx(waited / served, rel=1e-7)


@pytest.mark.parametrize(("agents", "patience", "places"), [(12, 1.0, None), (9, 4.0, None), (12, math.inf, 5), (10, 3.0, 4)])
def test_long_after_it_is_erlang_a(agents: int, patience: float, places: int | None) -> None:
    model, steady = Transient(4.2, agents, 2.0, 3000.0, patience, places), ErlangA(4.2, 2.0, agents, patience, places)  # type: ignore[arg-type]
    assert model.queue_length(2900.0, 3000.0) == pytest.approx(steady.queue_length, rel=1e-8)
    assert model.agents_busy(2900.0, 3000.0) == pytest.approx(steady.agents_busy, rel=1e-8)
    assert model.p_wait_between(2900.0, 3000.0) == pytest.approx(steady.p_wait, rel=1e-8)
    assert model.abandoned_between(2900.0, 3000.0) == pytest.approx(100 * steady.abandoned_rate, rel=1e-8, abs=1e-12)
    for definition in DEFINITIONS:
        assert model.service_level(0.5, definition, 2900.0, 3000.0) == pytest.approx(steady.service_level(0.5, definition), rel=1e-8)


def test_ample_agents_are_infinite_servers() -> None:
    rates = ((0.0, 1.0), (30.0, 4.0), (70.0, 0.5))
    model, ample = Transient(rates, 100, 8.0, 100.0), InfiniteServers(rates, 8.0)  # type: ignore[arg-type]
    for since, until in ((0.0, 10.0), (25.0, 45.0), (60.0, 100.0)):
        assert model.agents_busy(since, until) == pytest.approx(ample.mean_busy(since, until), rel=1e-9)


def test_without_agents_nobody_is_served() -> None:
    model = Transient(2.0, 0, 1.0, 50.0, 5.0)  # type: ignore[arg-type]
    assert model.served == pytest.approx(0.0, abs=1e-8)
    assert model.waiting == pytest.approx(10.0 * (1 - math.exp(-10)), rel=1e-9)  # M/M/∞ of the patient
    assert model.service_level(10.0) == pytest.approx(0.0, abs=1e-12)
    assert model.service_level(5.0, DEFINITIONS[3]) == pytest.approx(1 - math.exp(-1), rel=1e-9)


def test_after_the_shift_the_busy_end_their_contact() -> None:
    model = Transient(((0.0, 100.0), (1.0, 0.0)), ((0.0, 50), (1.0, 0)), 30.0, 2.0, 0.01)  # type: ignore[arg-type]
    at_the_end = model.agents_busy(1.0 - 1e-7, 1.0)
    assert at_the_end > 40.0
    assert model.agents_busy(1.0, 2.0) == pytest.approx(at_the_end * 30 * (1 - math.exp(-1 / 30)), rel=1e-5)
    assert model.overtime(1.0, 2.0) == pytest.approx(model.agents_busy(1.0, 2.0), rel=1e-9)
    assert model.overtime(0.0, 1.0) == 0.0


def test_a_day_of_a_hundred_agents() -> None:
    """Little's law over the day, and a queue that outgrows its staff and drains."""
    rates = tuple((1800.0 * i, 0.05 + 0.5 * math.sin(math.pi * i / 48)) for i in range(48))
    agents = tuple((at, max(round(180 * rate), 9)) for at, rate in rates)
    model = Transient(rates, agents, 180.0, 86_400.0, 300.0)
    assert max(count for _, count in agents) == 99
    assert model.abandoned + model.served + model.waiting == pytest.approx(model.offered)
    waiting_time = model.queue_length(0.0, 86_400.0) * 86_400.0
    assert waiting_time == pytest.approx(model.wait_all * model.offered, rel=1e-9)
    assert model.abandoned == pytest.approx(waiting_time / 300.0, rel=1e-9)
    assert 0 < model.asa < model.wait_of_queued


@given(
    st.lists(st.floats(0.0, 5.0), min_size=1, max_size=4),
    st.lists(st.integers(0, 6), min_size=1, max_size=4),
    st.floats(0.2, 3.0),
    st.one_of(st.just(math.inf), st.floats(0.1, 5.0)),
    st.one_of(st.none(), st.integers(0, 8)),
)
@settings(max_examples=15, deadline=None)
def test_properties(rates: list[float], agents: list[int], time: float, patience: float, places: int | None) -> None:
    rates[0] = max(rates[0], 0.1)
    day_rates, day_agents = tuple((1.5 * i, r) for i, r in enumerate(rates)), tuple((2.0 * i, c) for i, c in enumerate(agents))
    model = Transient(day_rates, day_agents, time, 8.0, patience, places)
    assert model.served_at_once + model.p_wait * model.offered + model.blocked == pytest.approx(model.offered, rel=1e-9)
    assert min(model.abandoned, model.blocked, model.waiting, model.served) >= -1e-9
    levels = [model.service_level(t) for t in (0.0, 0.4)]
    assert levels == sorted(levels)
    assert levels[0] == pytest.approx(model.p_no_wait, abs=1e-9)
    more = Transient(day_rates, tuple((at, c + 1) for at, c in day_agents), time, 8.0, patience, places)
    assert more.abandoned <= model.abandoned + 1e-9
    assert more.p_no_wait >= model.p_no_wait - 1e-9


def test_the_step() -> None:
    """The approximant is exp to order 9, and its poles lie to the right."""
    value = sum((weight / (pole + 0.25)).real for pole, weight in poles())
    assert value == pytest.approx(math.exp(-0.25), abs=1e-12)
    assert all(pole.real > 0 for pole, _ in poles())


def test_by_name() -> None:
    arguments = {"rates": [(0.0, 4.2)], "agents": [(0.0, 12.0)], "handle_time": 2.0, "until": 480.0, "patience": 1.0}
    assert round(evaluate("transient.abandoned", arguments), 3) == 59.237
    assert evaluate("transient.service_level", {"rates": 1.0, "agents": 3, "handle_time": 1.0, "until": 9.0, "within": 1.0}) > 0.9


@pytest.mark.parametrize(
    "wrong",
    [
        {"rates": ((1.0, 2.0),)},
        {"rates": 0.0},
        {"agents": ((0.0, 1.5),)},
        {"agents": ((0.0, -1),)},
        {"agents": 100_000},
        {"handle_time": 0.0},
        {"patience": 0.0},
        {"places": -1},
        {"until": 0.0},
        {"until": math.inf},
    ],
)
def test_wrong_parameters(wrong: dict[str, object]) -> None:
    with pytest.raises(TheoryError):
        Transient(**(SMALL | wrong))  # type: ignore[arg-type]


def test_wrong_figures() -> None:
    model = Transient(**SMALL)  # type: ignore[arg-type]
    for since, until in ((5.0, 4.0), (0.0, 11.0), (-1.0, 3.0)):
        with pytest.raises(TheoryError):
            model.agents_busy(since, until)
    with pytest.raises(TheoryError):
        model.service_level(-1.0)
    with pytest.raises(TheoryError):
        model.service_level(1.0, "served")
