"""Least squares between bounds: functions whose least point is known, smooth and rough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from simcrc.fitting.least_squares import REACHED, minimise

Reals = npt.NDArray[np.float64]


class Counted:
    """A function that counts its evaluations, and is never asked outside the box."""

    def __init__(self, of: Callable[[Reals], Any]) -> None:
        self.of, self.calls = of, 0

    def __call__(self, points: Sequence[Reals]) -> list[Reals]:
        self.calls += len(points)
        assert all(((point >= 0) & (point <= 1)).all() for point in points)
        return [np.asarray(self.of(point), dtype=np.float64) for point in points]


def test_a_linear_function_in_one_round() -> None:
    slope, best = np.array([[3.0, 1.0], [-1.0, 4.0], [0.5, 0.5]]), np.array([0.3, 0.8])
    function = Counted(lambda point: slope @ (point - best))
    found = minimise(function, np.array([0.5, 0.5]), 50)
    assert found.end == "reached"
    assert found.at == pytest.approx(best, abs=0.01)
    assert found.jacobian == pytest.approx(slope, abs=1e-6)
    assert found.evaluations == function.calls <= 12


def test_a_curved_function() -> None:
    """Rosenbrock's valley, in the box."""
    function = Counted(lambda point: (10 * (2 * point[1] - (2 * point[0]) ** 2), 1 - 2 * point[0]))
    found = minimise(function, np.array([0.1, 0.9]), 300)
    assert found.at == pytest.approx([0.5, 0.5], abs=0.02)
    assert np.abs(found.residuals).max() < 0.05


def test_a_least_point_at_the_bound() -> None:
    function = Counted(lambda point: (4 * (point[0] - 1.5), 2 * (point[1] - 0.4)))
    found = minimise(function, np.array([0.2, 0.2]), 100)
    assert found.end == "still"
    assert found.at == pytest.approx([1.0, 0.4], abs=0.01)


def test_more_residuals_than_can_be_reached() -> None:
    """The least point of a sum of squares that is not zero: the mean."""
    function = Counted(lambda point: (5 * (point[0] - 0.2), 5 * (point[0] - 0.6)))
    found = minimise(function, np.array([0.9]), 50)
    assert found.end == "still"
    assert found.at == pytest.approx([0.4], abs=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_a_rough_function(seed: int) -> None:
    """Steps of a hundredth, as counts of a simulation make: derivatives over larger differences see through them."""
    rng = np.random.default_rng(seed)
    slope = np.diag([6.0, 4.0, 5.0]) + rng.uniform(-1, 1, (3, 3))
    best = rng.uniform(0.2, 0.8, 3)
    function = Counted(lambda point: np.round(slope @ (point - best) + 0.5 * np.sin(3 * (point - best)), 2))
    found = minimise(function, np.full(3, 0.5), 80)
    assert np.abs(found.residuals).max() <= 3 * REACHED
    assert found.at == pytest.approx(best, abs=0.03)


def test_a_parameter_without_effect() -> None:
    function = Counted(lambda point: (3 * (point[0] - 0.7), 0.0))
    found = minimise(function, np.array([0.4, 0.4]), 50)
    assert found.at == pytest.approx([0.7, 0.4], abs=0.02)
    assert np.linalg.norm(found.jacobian[:, 1]) == pytest.approx(0.0, abs=1e-6)


def test_it_stops_when_evaluations_are_spent() -> None:
    function = Counted(lambda point: (np.sin(40 * point[0]) + 3.0, np.cos(33 * point[1]) + 3.0))
    found = minimise(function, np.array([0.5, 0.5]), 8)
    assert found.evaluations <= 8
