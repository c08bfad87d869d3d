"""The N and the W against the chain by brute force, the queues that they contain, and their limits of stability."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcrc.theory import TheoryError, evaluate
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.priorities import Priorities
from simcrc.theory.skills import NDesign, WDesign
from tests.theory.chains import Chain, mean

INFINITE = float("inf")


def brute(x: float, y: float, mu: float, agents: tuple[int, int, int], theta: float, first: str, places: int):  # type: ignore[no-untyped-def]
    """The law of (busy of x, of both, of y, queue x, queue y), each event followed as the rules say it."""
    a, b, c = agents

    def moves(state):  # type: ignore[no-untyped-def]
        i, j, k, q, r = state
        if i < a:
            yield (i + 1, j, k, q, r), x
        elif j < b:
            yield (i, j + 1, k, q, r), x
        elif q < places:
            yield (i, j, k, q + 1, r), x
        if k < c:
            yield (i, j, k + 1, q, r), y
        elif j < b:
            yield (i, j + 1, k, q, r), y
        elif r < places:
            yield (i, j, k, q, r + 1), y
        yield ((i, j, k, q - 1, r) if q else (i - 1, j, k, q, r)), i * mu
        yield ((i, j, k, q, r - 1) if r else (i, j, k - 1, q, r)), k * mu
        wanted = [queue for queue in (("x", "y") if first == "x" else ("y", "x")) if (q if queue == "x" else r)]
        if not wanted:
            yield (i, j - 1, k, q, r), j * mu
        else:
            yield ((i, j, k, q - 1, r) if wanted[0] == "x" else (i, j, k, q, r - 1)), j * mu
        yield (i, j, k, q - 1, r), q * theta
        yield (i, j, k, q, r - 1), r * theta

    return Chain(moves, [(0, 0, 0, 0, 0)]).stationary()


@pytest.mark.parametrize("first", ["x", "y"])
@pytest.mark.parametrize("agents", [(2, 2, 0), (1, 2, 2), (0, 2, 1), (2, 0, 1)])
def test_against_the_chain(agents: tuple[int, int, int], first: str) -> None:
    law = brute(1.3, 1.1, 1.0, agents, 0.9, first, 13)
    if agents[2]:
        model: NDesign | WDesign = WDesign(1.3, 1.1, 1.0, *agents, 1 / 0.9, first)
    else:
        model = NDesign(1.3, 1.1, 1.0, *agents[:2], 1 / 0.9, first)
    assert model.queue_x == pytest.approx(mean(law, lambda s: s[3]), rel=1e-5)
    assert model.queue_y == pytest.approx(mean(law, lambda s: s[4]), rel=1e-5)
    assert model.p_wait_x == pytest.approx(mean(law, lambda s: s[0] == agents[0] and s[1] == agents[1]), rel=1e-6)
    assert model.p_wait_y == pytest.approx(mean(law, lambda s: s[2] == agents[2] and s[1] == agents[1]), rel=1e-6)
    assert model.busy_x == pytest.approx(mean(law, lambda s: s[0]), rel=1e-6)
    assert model.busy_both == pytest.approx(mean(law, lambda s: s[1]), rel=1e-6)
    if isinstance(model, WDesign):
        assert model.busy_y == pytest.approx(mean(law, lambda s: s[2]), rel=1e-6)


def test_one_team_is_two_priorities() -> None:
    model, queue = NDesign(0.5, 0.4, 10.0, 0, 10), Priorities(0.5, 0.4, 10.0, 10)
    assert (model.wait_x, model.wait_y, model.p_wait_y) == pytest.approx((queue.wait_high, queue.wait_low, queue.p_wait), rel=1e-10)
    other = NDesign(0.4, 0.5, 10.0, 0, 10, first="y")
    assert (other.wait_y, other.wait_x) == pytest.approx((queue.wait_high, queue.wait_low), rel=1e-10)


def test_nobody_of_both_is_two_queues() -> None:
    model, x, y = WDesign(0.5, 0.4, 10.0, 6, 0, 5), ErlangC(0.5, 10.0, 6), ErlangC(0.4, 10.0, 5)
    assert (model.wait_x, model.wait_y) == pytest.approx((x.asa, y.asa), rel=1e-9)
    assert (model.wait_of_queued_x, model.wait_of_queued_y) == pytest.approx((x.wait_of_queued, y.wait_of_queued), rel=1e-9)
    model, x = WDesign(0.5, 0.4, 10.0, 4, 0, 3, patience=7.0), ErlangA(0.5, 10.0, 4, 7.0)
    assert (model.wait_x, model.abandonment_x) == pytest.approx((x.wait_all, x.abandonment), rel=1e-10)


def test_the_w_without_agents_of_y_is_the_n() -> None:
    n, w = NDesign(0.5, 0.4, 10.0, 5, 6, 20.0, "y"), WDesign(0.5, 0.4, 10.0, 5, 6, 0, 20.0, "y")
    assert (n.wait_x, n.wait_y, n.wait_all) == pytest.approx((w.wait_x, w.wait_y, w.wait_all), rel=1e-13)


@given(st.floats(0.1, 1.4), st.floats(0.1, 1.4), st.integers(0, 12), st.integers(1, 12), st.integers(0, 12), st.floats(0.2, 5.0), st.sampled_from("xy"))
@settings(max_examples=30, deadline=None)
def test_flows_and_symmetry(x: float, y: float, a: int, b: int, c: int, patience: float, first: str) -> None:
    rates = x * (a + b / 2), y * (c + b / 2)
    model = WDesign(*rates, 1.0, a, b, c, patience, first)
    served = rates[0] * (1 - model.abandonment_x) + rates[1] * (1 - model.abandonment_y)
    assert model.busy_x + model.busy_both + model.busy_y == pytest.approx(served, rel=1e-9)
    mirror = WDesign(rates[1], rates[0], 1.0, c, b, a, patience, "y" if first == "x" else "x")
    assert (mirror.wait_y, mirror.wait_x, mirror.busy_y) == pytest.approx((model.wait_x, model.wait_y, model.busy_x), rel=1e-9, abs=1e-14)
    # Two lines for all wait no less than one pool.
    pool = ErlangA(sum(rates), 1.0, a + b + c, patience)
    assert model.queue_x + model.queue_y >= pool.queue_length * (1 - 1e-9)


def test_the_first_class_leaves_the_other_what_it_does_not_take() -> None:
    """y may have less than the agents of both and what x leaves idle: its limit is where its queue grows without end."""
    with pytest.raises(TheoryError) as refused:
        NDesign(0.6, 0.49, 10.0, 6, 5)
    limit = refused.value.fields["most"]
    assert isinstance(limit, float)
    assert 3.0 < limit < 4.9
    waits = [NDesign(0.6, limit / 10.0 * (1 - gap), 10.0, 6, 5).queue_y for gap in (0.04, 0.02)]
    assert waits[1] / waits[0] == pytest.approx(2.0, rel=0.1)


def test_eighty_agents() -> None:
    model = WDesign(0.15, 0.15, 180.0, 28, 12, 28, 300.0)
    assert model.busy_x + model.busy_both + model.busy_y == pytest.approx(54.0 - 27.0 * (model.abandonment_x + model.abandonment_y), rel=1e-11)


def test_by_name() -> None:
    arguments = {"rate_x": 0.05, "rate_y": 0.04, "handle_time": 100.0, "agents_x": 5.0, "agents_both": 6.0, "patience": 200.0}
    assert evaluate("n_design.wait_x", arguments) == pytest.approx(NDesign(0.05, 0.04, 100.0, 5, 6, 200.0).wait_x)


@pytest.mark.parametrize(
    "wrong",
    [{"rate_x": 0.0}, {"rate_y": 3.2}, {"handle_time": -1.0}, {"agents_x": -1}, {"agents_both": 2.5}, {"patience": 0.0}, {"first": "z"}, {"rate_x": 8.0}],
)
def test_wrong_parameters(wrong: dict[str, object]) -> None:
    with pytest.raises(TheoryError):
        NDesign(**({"rate_x": 1.0, "rate_y": 1.0, "handle_time": 1.0, "agents_x": 3, "agents_both": 3} | wrong))  # type: ignore[arg-type]


def test_too_many_states_are_refused() -> None:
    with pytest.raises(TheoryError):
        _ = WDesign(90.0, 90.0, 1.0, 100, 100, 100, 5.0).wait_x
