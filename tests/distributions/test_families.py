"""Every family: moments by quadrature of the quantile, support, monotone quantile, elements that do not depend on their neighbours."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from simcrc.distributions import Distribution, families
from simcrc.distributions.deterministic import Deterministic
from simcrc.distributions.empirical import Empirical
from simcrc.distributions.erlang import Erlang
from simcrc.distributions.exponential import Exponential
from simcrc.distributions.gamma import Gamma
from simcrc.distributions.hyperexponential import Hyperexponential, Phase
from simcrc.distributions.lognormal import Lognormal
from simcrc.distributions.scaled import Scaled
from simcrc.distributions.triangular import Triangular
from simcrc.distributions.uniform import Uniform
from simcrc.distributions.weibull import Weibull

MINUTE = 60_000_000
ATOM = ((0, 0.05), (MINUTE, 0.3), (MINUTE, 0.4), (3 * MINUTE, 0.4), (5 * MINUTE, 1.0))

LAWS: dict[str, Distribution] = {
    "deterministic": Deterministic(value=3 * MINUTE),
    "exponential": Exponential(mean=5 * MINUTE),
    "lognormal by cv": Lognormal(mean=6 * MINUTE, cv=1.2),
    "lognormal by sigma": Lognormal(median=4 * MINUTE, sigma=0.7),
    "lognormal of cv 0": Lognormal(mean=6 * MINUTE, cv=0.0),
    "gamma by cv": Gamma(mean=6 * MINUTE, cv=0.6),
    "gamma by shape": Gamma(mean=6 * MINUTE, shape=2.5),
    "erlang": Erlang(mean=6 * MINUTE, phases=4),
    "weibull by cv": Weibull(mean=40 * MINUTE, cv=0.52),
    "weibull by shape": Weibull(scale=40 * MINUTE, shape=2.0),
    "uniform": Uniform(low=MINUTE, high=4 * MINUTE),
    "triangular": Triangular(low=MINUTE, mode=2 * MINUTE, high=6 * MINUTE),
    "hyperexponential by cv": Hyperexponential(mean=5 * MINUTE, cv=1.8),
    "hyperexponential by phases": Hyperexponential(phases=(Phase(share=0.2, mean=0), Phase(share=0.5, mean=MINUTE), Phase(share=0.3, mean=9 * MINUTE))),
    "empirical": Empirical(points=((0, 0.0), (MINUTE, 0.3), (4 * MINUTE, 1.0))),
    "empirical with atoms": Empirical(points=ATOM),
    "empirical with tail": Empirical(points=((MINUTE, 0.2), (4 * MINUTE, 0.6)), tail=Exponential(mean=10 * MINUTE)),
    "scaled": Scaled(of=Gamma(mean=6 * MINUTE, cv=0.6), factor=0.8),
}
ZERO = [
    Deterministic(value=0),
    Exponential(mean=0),
    Lognormal(mean=0, cv=1.0),
    Gamma(mean=0, cv=1.0),
    Erlang(mean=0, phases=2),
    Weibull(mean=0, cv=1.0),
    Uniform(low=0, high=0),
    Triangular(low=0, mode=0, high=0),
    Hyperexponential(mean=0, cv=2.0),
    Empirical(points=((0, 1.0),)),
    Scaled(of=Exponential(mean=MINUTE), factor=0.0),
]
laws = pytest.mark.parametrize("law", LAWS.values(), ids=LAWS.keys())


def at(law: Distribution, u: float) -> float:
    return float(law.quantile(np.array([u]))[0])


def test_every_family_is_tried() -> None:
    assert {law.name for law in LAWS.values()} == {law.name for law in ZERO} == set(families())


@laws
def test_moments(law: Distribution) -> None:
    # Substituting u = s(z) with the logistic s spreads out both tails, where the quantile has its singularities.
    def moment(power: int) -> float:
        def integrand(z: float) -> float:
            u = 1.0 / (1.0 + math.exp(-z))
            return (at(law, u) / MINUTE) ** power * u * (1.0 - u)

        edges = sorted({0.0, 0.05, 0.2, 0.3, 0.4, 0.6, 1.0})
        cuts = [-36.0, *(math.log(u / (1.0 - u)) for u in edges[1:-1]), 36.0]
        return sum(quad(integrand, low, high, epsabs=1e-9, epsrel=1e-9, limit=200)[0] for low, high in pairwise(cuts))

    first, second = moment(1), moment(2)
    assert law.mean / MINUTE == pytest.approx(first, rel=1e-6)
    assert law.cv == pytest.approx(math.sqrt(max(second / first**2 - 1.0, 0.0)), rel=1e-5, abs=1e-3 if law.cv == 0.0 else 0.0)


@laws
def test_an_element_does_not_depend_on_its_neighbours(law: Distribution) -> None:
    rng = np.random.default_rng(1)
    u = np.concatenate([rng.random(3001), [2.0**-53, 0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 1.0 - 2.0**-53]])
    block = law.quantile(u)
    alone = np.concatenate([law.quantile(u[i : i + 1]) for i in range(len(u))])
    assert block.dtype == np.float64
    assert block.tobytes() == alone.tobytes()
    assert block[1::3].tobytes() == law.quantile(u[1::3]).tobytes()


@laws
def test_support(law: Distribution) -> None:
    ends = law.quantile(np.array([2.0**-53, 1.0 - 2.0**-53]))
    assert 0.0 <= ends[0] <= law.mean <= ends[1] < np.inf


@laws
@given(u=st.lists(st.floats(2.0**-53, 1.0 - 2.0**-53), min_size=2, max_size=20))
@settings(max_examples=50, deadline=None)
def test_quantile_rises(law: Distribution, u: list[float]) -> None:
    durations = np.rint(law.quantile(np.sort(np.array(u))))
    assert (np.diff(durations) >= 0).all()


@pytest.mark.parametrize("law", ZERO, ids=lambda law: law.name)
def test_mean_of_zero(law: Distribution) -> None:
    assert law.mean == law.cv == 0.0
    assert (law.quantile(np.array([0.01, 0.5, 0.99])) == 0.0).all()


@pytest.mark.parametrize(
    ("law", "u", "minutes"),
    [
        (Exponential(mean=MINUTE), 0.5, math.log(2.0)),
        (Lognormal(median=4 * MINUTE, sigma=0.7), 0.5, 4.0),
        (Lognormal(median=4 * MINUTE, sigma=0.7), 0.9772498680518208, 4.0 * math.exp(1.4)),
        (Weibull(scale=2 * MINUTE, shape=2.0), 1.0 - math.exp(-4.0), 4.0),
        (Erlang(mean=2 * MINUTE, phases=2), 1.0 - 4.0 * math.exp(-3.0), 3.0),
        (Triangular(low=0, mode=MINUTE, high=4 * MINUTE), 0.25, 1.0),
        (Uniform(low=MINUTE, high=3 * MINUTE), 0.75, 2.5),
        (Empirical(points=ATOM), 0.05, 0.0),
        (Empirical(points=ATOM), 0.175, 0.5),
        (Empirical(points=ATOM), 0.35, 1.0),
        (Empirical(points=ATOM), 0.7, 4.0),
    ],
)
def test_known_quantiles(law: Distribution, u: float, minutes: float) -> None:
    assert at(law, u) / MINUTE == pytest.approx(minutes, rel=1e-12)


@pytest.mark.parametrize("cv", [1.0, 1.0001, 1.5, 5.0, 30.0, 100.0])
@pytest.mark.parametrize("u", [1e-12, 0.01, 0.5, 0.9, 0.999, 0.9999, 1.0 - 1e-9])
def test_hyperexponential_quantile_solves_its_equation(cv: float, u: float) -> None:
    law = Hyperexponential(mean=5 * MINUTE, cv=cv)
    first = 0.5 * (1.0 + math.sqrt((cv**2 - 1.0) / (cv**2 + 1.0)))
    x = at(law, u)
    survival = sum(p * math.exp(-x * 2.0 * p / (5 * MINUTE)) for p in (first, 1.0 - first))
    assert survival == pytest.approx(1.0 - u, rel=1e-9)
    assert law.cv == pytest.approx(cv, rel=1e-6)


def test_hyperexponential_of_cv_1_is_exponential() -> None:
    u = np.linspace(0.001, 0.999, 99)
    np.testing.assert_allclose(Hyperexponential(mean=MINUTE, cv=1.0).quantile(u), Exponential(mean=MINUTE).quantile(u), rtol=1e-12)


@given(cv=st.floats(0.001, 100.0))
@settings(max_examples=100, deadline=None)
def test_weibull_shape_gives_back_the_cv(cv: float) -> None:
    law = Weibull(mean=MINUTE, cv=cv)
    scale, shape = law._scale_and_shape
    again = Weibull(scale=round(scale * 1000), shape=shape)
    assert again.cv == pytest.approx(cv, rel=1e-6)
    assert again.mean / 1000 == pytest.approx(MINUTE, rel=1e-3 if cv > 20 else 1e-6)


def test_empirical_that_never_ends() -> None:
    law = Empirical(points=((0, 0.125), (MINUTE, 0.625)))
    assert law.quantile(np.array([0.05, 0.375, 0.625, 0.63])).tolist() == [0.0, 0.5 * MINUTE, float(MINUTE), math.inf]
    assert law.mean == math.inf
    assert math.isnan(law.cv)


def test_empirical_tail_starts_at_the_last_point() -> None:
    law = Empirical(points=((0, 0.0), (MINUTE, 0.6)), tail=Exponential(mean=2 * MINUTE))
    assert at(law, 0.8) == pytest.approx(MINUTE + 2 * MINUTE * math.log(2.0))
