"""M/M/c+G against the formulas of Zeltyn and Mandelbaum (2005) by other integrals, closed forms, and Erlang A where the laws meet."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from simcrc.theory import TheoryError, evaluate
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.general_patience import GeneralPatience
from simcrc.theory.waiting import DEFINITIONS

FIGURES = ("p_no_wait", "p_wait", "abandonment", "wait_all", "asa", "wait_of_queued", "queue_length", "agents_busy")


def figures(model: Any, within: float) -> dict[str, float]:
    return {name: getattr(model, name) for name in FIGURES} | {name: model.service_level(within, name) for name in DEFINITIONS}


Survival = Callable[[Any], Any]

LAWS: list[tuple[dict[str, Any], Survival]] = [
    ({"patience_law": "exponential", "patience_mean": 2.0}, stats.expon(scale=2.0).sf),
    ({"patience_law": "erlang", "patience_mean": 0.8, "patience_shape": 3}, stats.gamma(3, scale=0.8 / 3).sf),
    ({"patience_law": "gamma", "patience_mean": 0.8, "patience_cv": 2.0}, stats.gamma(0.25, scale=3.2).sf),
    ({"patience_law": "gamma", "patience_mean": 0.8, "patience_shape": 7.5}, stats.gamma(7.5, scale=0.8 / 7.5).sf),
    ({"patience_law": "weibull", "patience_mean": 1.1, "patience_shape": 0.6}, stats.weibull_min(0.6, scale=1.1 / math.gamma(1 + 1 / 0.6)).sf),
    ({"patience_law": "weibull", "patience_mean": 1.1, "patience_shape": 2.5}, stats.weibull_min(2.5, scale=1.1 / math.gamma(1.4)).sf),
    ({"patience_law": "lognormal", "patience_mean": 1.0, "patience_cv": 1.5}, stats.lognorm(math.sqrt(math.log(3.25)), scale=1 / math.sqrt(3.25)).sf),
    ({"patience_law": "lognormal", "patience_mean": 1.0, "patience_shape": 0.4}, stats.lognorm(0.4, scale=math.exp(-0.08)).sf),
    ({"patience_law": "uniform", "patience_mean": 0.5, "patience_cv": 0.2 / math.sqrt(3) / 0.5}, stats.uniform(0.3, 0.4).sf),
    (
        {"patience_law": "hyperexponential", "patience_mean": 1.0, "patience_cv": 2.0},
        lambda v: sum(p * np.exp(-2 * p * v) for p in (0.5 + math.sqrt(0.15), 0.5 - math.sqrt(0.15))),
    ),
]


def zeltyn_mandelbaum(rate: float, agents: int, survival: Survival, within: float) -> dict[str, float]:
    """M/M/c+G with services of rate 1, by their building blocks J, J(t), J_H and ε.

    S is interpolated by polynomials on a graded mesh and those are integrated; there is an edge where a law of the tests, or the threshold, bends.
    """
    edges = np.unique(np.concatenate([[0.0, 0.3, 0.7, within], np.geomspace(1e-14, 40.0, 900)]))
    nodes, weights = np.polynomial.legendre.leggauss(12)
    basis = np.polynomial.legendre.legvander(nodes, 11)
    integrals = np.stack([np.polynomial.legendre.legval(nodes, np.polynomial.legendre.legint(row, lbnd=-1)) for row in np.eye(12)], axis=1)
    half = np.diff(edges)[:, None] / 2
    x = edges[:-1, None] + half * (nodes + 1)
    alive = survival(x)
    sums = np.concatenate([[0.0], np.cumsum(half[:, 0] * (alive @ weights))])
    kept = sums[:-1, None] + half * (alive @ (integrals @ np.linalg.inv(basis)).T)
    density = half * np.exp(rate * kept - agents * x) * weights
    late = edges[:-1] >= within
    j, j_late, j_kept = density.sum(), density[late].sum(), (density * kept).sum()
    e = integrate.quad(lambda t: math.exp(-t) * (1 + t / rate) ** (agents - 1), 0, np.inf, epsabs=0, epsrel=1e-13, limit=400)[0]
    whole = e + rate * j
    place = int(np.searchsorted(edges, within))
    return {
        "p_wait": rate * j / whole,
        "abandonment": (1 + (rate - agents) * j) / whole,
        "queue_length": rate * rate * j_kept / whole,
        "late": rate * float(survival(np.array(within))) * j_late / whole,
        # of the density's derivative: λ∫S·density = cµ∫density − density(t)
        "served_late": (agents * j_late - math.exp(rate * sums[place] - agents * within)) / whole,
    }


@pytest.mark.parametrize(("law", "survival"), LAWS, ids=lambda case: case.get("patience_law") if isinstance(case, dict) else "")
@pytest.mark.parametrize(("rate", "agents"), [(10.0, 11), (14.0, 10)])
def test_against_zeltyn_and_mandelbaum(rate: float, agents: int, law: dict[str, Any], survival: Survival) -> None:
    within = 0.25
    exact = zeltyn_mandelbaum(rate, agents, survival, within)
    model = GeneralPatience(rate, 1.0, agents, **law)
    for name in ("p_wait", "abandonment", "queue_length"):
        assert getattr(model, name) == pytest.approx(exact[name], rel=1e-9)
    still = 1.0 - model.service_level(within, "served_or_abandoned_over_offered")
    assert still == pytest.approx(exact["late"], rel=1e-9)
    served_in_time = 1.0 - exact["abandonment"] - exact["served_late"]
    assert model.service_level(within) == pytest.approx(served_in_time, abs=1e-9)
    numerical = GeneralPatience(rate, 1.0, agents, survival=survival, patience_mean=law["patience_mean"])
    assert figures(numerical, within) == pytest.approx(figures(model, within), rel=1e-10)


@pytest.mark.parametrize(("rate", "agents", "patience"), [(10.0, 14, 0.3), (14.0, 10, 2.0), (100.0, 100, 0.1)])
def test_deterministic_patience_in_closed_form(rate: float, agents: int, patience: float) -> None:
    """The density is an exponential up to the patience and another one beyond."""
    model = GeneralPatience(rate, 1.0, agents, patience_law="deterministic", patience_mean=patience)
    free = sum(math.exp(n * math.log(rate) - math.lgamma(n + 1) - agents * math.log(rate) + math.lgamma(agents + 1)) for n in range(agents))
    gain = rate - agents
    grown = math.expm1(gain * patience) / gain if gain else patience
    stays, leaves = agents * grown, math.exp(gain * patience)
    whole = free + stays + leaves
    assert model.p_no_wait == pytest.approx(free / whole, rel=1e-12)
    assert model.abandonment == pytest.approx(leaves / whole, rel=1e-12)
    within = patience / 3
    in_time = agents * (math.expm1(gain * within) / gain if gain else within)
    assert model.service_level(within) == pytest.approx((free + in_time) / whole, rel=1e-12)
    assert model.service_level(patience * 1.01) == pytest.approx((free + stays) / whole, rel=1e-12)
    moment = (patience * leaves - grown) / gain if gain else patience**2 / 2
    assert model.asa == pytest.approx(agents * moment / (free + stays), rel=1e-11)
    assert model.queue_length == pytest.approx(rate * (agents * moment + patience * leaves) / whole, rel=1e-11)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.05, 2.0), st.integers(1, 1000), st.floats(1e-3, 1e3), st.floats(0.0, 2.0))
def test_exponential_patience_is_erlang_a(occupancy: float, agents: int, patience: float, within: float) -> None:
    exact = figures(ErlangA(occupancy * agents, 1.0, agents, patience), within)
    for law in ({"patience_law": "exponential"}, {"patience_law": "gamma", "patience_shape": 1.0}, {"patience_law": "hyperexponential", "patience_cv": 1.0}):
        model = GeneralPatience(occupancy * agents, 1.0, agents, patience_mean=patience, **law)  # type: ignore[arg-type]
        assert figures(model, within) == pytest.approx(exact, rel=1e-8, abs=1e-250)


@pytest.mark.parametrize("law", [law for law, _ in LAWS], ids=lambda law: law["patience_law"])
def test_ten_thousand_agents(law: dict[str, Any]) -> None:
    model = GeneralPatience(10_400.0, 1.0, 10_000, **law)
    assert model.abandonment * 10_400.0 == pytest.approx(10_400.0 - model.agents_busy, rel=1e-9)
    assert 9_950.0 < model.agents_busy < 10_000.0 * (1 + 1e-12)  # overloaded: few are ever idle
    assert model.p_wait + model.p_no_wait == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("law", [law for law, _ in LAWS], ids=lambda law: law["patience_law"])
def test_one_more_agent_is_better(law: dict[str, Any]) -> None:
    models = [GeneralPatience(10.0, 1.0, agents, **law) for agents in range(1, 25)]
    for less, more in pairwise(models):
        assert more.p_wait < less.p_wait
        assert more.abandonment < less.abandonment
        assert more.service_level(0.1) > less.service_level(0.1)


EXTREMES = [
    ("weibull", 1e4, None),
    ("weibull", 0.1, None),
    ("gamma", 1e6, None),
    ("gamma", 1e-3, None),
    ("lognormal", 10.0, None),
    ("lognormal", 1e-3, None),
    ("hyperexponential", None, 1_000.0),
    ("uniform", None, 1e-6),
]


@pytest.mark.parametrize(("law", "shape", "cv"), EXTREMES)
def test_extreme_shapes_against_the_survival_function_alone(law: str, shape: float | None, cv: float | None) -> None:
    for rate, agents in ((0.5, 1), (15.0, 10)):
        model = GeneralPatience(rate, 1.0, agents, law, 1.0, shape, cv)
        numerical = GeneralPatience(rate, 1.0, agents, survival=model._patience.survival, patience_mean=1.0)
        assert figures(model, 0.01) == pytest.approx(figures(numerical, 0.01), rel=1e-11)


def test_some_leave_at_once_and_some_never() -> None:
    """Nobody queues who is not ready to: half of the offered balk, and the rest wait for ever: Erlang C beyond the agents, thinned by half."""
    model = GeneralPatience(10.0, 1.0, 8, survival=lambda v: np.full(np.shape(v), 0.5))
    weights = [1.0]
    for n in range(1, 400):
        weights.append(weights[-1] * (10.0 if n <= 8 else 5.0) / min(n, 8))
    total = math.fsum(weights)
    assert model.p_no_wait == pytest.approx(math.fsum(weights[:8]) / total, rel=1e-12)
    assert model.abandonment == pytest.approx(0.5 * math.fsum(weights[8:]) / total, rel=1e-12)
    assert model.queue_length == pytest.approx(math.fsum(n * w for n, w in enumerate(weights[8:])) / total, rel=1e-12)
    with pytest.raises(TheoryError, match=r"overload|surcharge"):
        _ = GeneralPatience(17.0, 1.0, 8, survival=lambda v: np.full(np.shape(v), 0.5)).p_wait


def test_survival_with_steps() -> None:
    """Patience of 0.1 or 0.5, by its steps and by deterministic pieces in closed form."""
    model = GeneralPatience(12.0, 1.0, 10, survival=lambda v: np.where(v < 0.1, 1.0, np.where(v < 0.5, 0.4, 0.0)), patience_mean=0.26)
    a, b, c = 2.0, 12.0 * 0.4 - 10.0, -10.0
    first, second = math.expm1(a * 0.1) / a, math.exp(a * 0.1) * math.expm1(b * 0.4) / b
    third = math.exp(a * 0.1 + b * 0.4) / -c
    free = sum(math.factorial(10) / math.factorial(n) * 12.0 ** (n - 10) for n in range(10))
    whole = free + 10 * (first + second + third)
    assert model.p_no_wait == pytest.approx(free / whole, rel=1e-12)
    assert model.abandonment == pytest.approx(10 * (0.6 * second + third) / whole, rel=1e-12)


@pytest.mark.parametrize("cv", [0.05, 0.3, 1.0, 2.7])
def test_shape_or_cv(cv: float) -> None:
    shape = {"gamma": cv**-2, "lognormal": math.sqrt(math.log1p(cv * cv))}
    for law, value in shape.items():
        one = GeneralPatience(10.0, 1.0, 9, patience_law=law, patience_mean=1.0, patience_cv=cv)
        other = GeneralPatience(10.0, 1.0, 9, patience_law=law, patience_mean=1.0, patience_shape=value)
        assert one.abandonment == pytest.approx(other.abandonment, rel=1e-12)


def test_by_name() -> None:
    arguments = {"arrival_rate": 10, "handle_time": 1, "agents": 9.0, "patience_law": "erlang", "patience_mean": 2, "patience_shape": 3, "within": 0.1}
    model = GeneralPatience(10, 1, 9, "erlang", 2, 3)
    assert evaluate("general_patience.service_level", arguments) == model.service_level(0.1)


@pytest.mark.parametrize(
    "fields",
    [
        {"patience_law": "cauchy", "patience_mean": 1.0},
        {"patience_mean": None},
        {"patience_mean": -1.0},
        {"patience_mean": math.nan},
        {"patience_law": "deterministic", "patience_mean": math.inf},
        {"patience_mean": 1.0, "patience_cv": 1.0},
        {"patience_law": "erlang", "patience_mean": 1.0},
        {"patience_law": "erlang", "patience_mean": 1.0, "patience_shape": 2.5},
        {"patience_law": "gamma", "patience_mean": 1.0, "patience_shape": 2.0, "patience_cv": 1.0},
        {"patience_law": "gamma", "patience_mean": 1.0, "patience_cv": 0.0},
        {"patience_law": "weibull", "patience_mean": 1.0, "patience_shape": 0.0},
        {"patience_law": "uniform", "patience_mean": 1.0, "patience_cv": 0.6},
        {"patience_law": "hyperexponential", "patience_mean": 1.0, "patience_cv": 0.9},
        {"patience_law": "lognormal", "patience_mean": 1.0, "patience_shape": math.inf},
        {"patience_law": "erlang", "patience_mean": 1.0, "patience_shape": 2, "survival": np.negative},
        {"survival": lambda v: 1.0 + v},
        {"survival": 3.0},
        {"survival": lambda v: 0.5},
        {"survival": lambda v: np.full(np.shape(v), math.nan)},
    ],
)
def test_nonsense(fields: dict[str, Any]) -> None:
    with pytest.raises(TheoryError) as raised:
        GeneralPatience(10.0, 1.0, 9, **fields)
    assert all("\n" not in raised.value.say(lang) for lang in ("fr", "en"))
