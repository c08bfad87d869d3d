"""KN on systems whose means are known: right as often as it promises, exact where nothing varies, honest where the cap comes first."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.experiment.selection import Sampler, eta, select

DELTA = 1.0


def normal(means: list[float], spread: float, shared: float, seed: int) -> Sampler:
    """Normal figures that are the same however they are asked for; `shared`: standard deviation of what all systems have in common."""

    def sample(systems: object, replications: range) -> np.ndarray:
        rows = []
        for number in replications:
            generator = np.random.Generator(np.random.Philox(key=[seed, number]))
            common = shared * generator.standard_normal()
            rows.append((np.array(means) + common + spread * generator.standard_normal(len(means)))[list(systems)])  # type: ignore[call-overload]
        return np.array(rows)

    return sample


@pytest.mark.parametrize("shared", [0.0, 5.0], ids=["independent", "common"])
def test_the_best_of_five_is_found_as_often_as_promised(shared: float) -> None:
    """The slippage configuration: all others exactly δ behind.  95 % promised; 200 repetitions."""
    right, used = 0, []
    for repetition in range(200):
        found = select(normal([0.0, 0.0, 0.0, DELTA, 0.0], 2.0, shared, repetition), 5, DELTA, first=10, cap=2000)
        assert found.sure
        right += found.best == 3
        used.append(found.replications)
    assert right >= 180
    assert np.mean(used) < 300  # common noise costs nothing


def test_spread_out_means_take_fewer_replications() -> None:
    near = [select(normal([0.0, 0.0, 0.0, 1.0, 0.0], 2.0, 0.0, k), 5, DELTA, cap=2000).replications for k in range(20)]
    far = [select(normal([0.0, 1.0, 2.0, 6.0, 3.0], 2.0, 0.0, k), 5, DELTA, cap=2000).replications for k in range(20)]
    assert np.mean(far) < np.mean(near) / 2


def test_without_noise_the_first_stage_decides() -> None:
    found = select(normal([1.0, 3.0, 2.0], 0.0, 9.0, 1), 3, 0.5)
    assert (found.best, found.sure, found.replications, found.left) == (1, True, 10, (10, None, 10))


def test_equal_systems_end_with_the_first() -> None:
    found = select(normal([2.0, 2.0], 0.0, 1.0, 1), 2, 0.5)
    assert (found.best, found.sure, found.replications) == (0, True, 10)


def test_the_cap_is_said() -> None:
    found = select(normal([0.0, 0.1], 5.0, 0.0, 1), 2, 0.1, first=10, cap=30)
    assert not found.sure
    assert found.replications == 30
    assert found.most > 30
    assert found.stayed == (0, 1)


def test_one_system_is_the_best() -> None:
    found = select(normal([4.0], 1.0, 0.0, 1), 1, 1.0)
    assert (found.best, found.sure, found.replications) == (0, True, 10)


def test_the_constant_is_that_of_the_paper() -> None:
    """k = 2, n0 = 10, α = 0.05: η = ½ [(2 · 0.05)^(−2/9) − 1]."""
    assert eta(2, 10) == pytest.approx(0.5 * (0.1 ** (-2 / 9) - 1))
    assert eta(5, 10) == pytest.approx(0.5 * (0.025 ** (-2 / 9) - 1))


def test_screening_against_a_race_by_hand() -> None:
    """Two systems, the differences of the first two replications 3 and 1: S² = 2, h² = 2η; the second falls behind by more than the bound."""
    figures = np.array([[3.0, 0.0], [1.0, 0.0], [5.0, 0.0], [5.0, 0.0], [5.0, 0.0], [5.0, 0.0]])

    def sample(systems: object, replications: range) -> np.ndarray:
        return figures[[number - 1 for number in replications]][:, list(systems)]  # type: ignore[call-overload]

    reach = 2 * eta(2, 2) * 2.0  # h² S² / δ², δ = 1: 99 · 2 = 198
    assert reach == pytest.approx(2 * 0.5 * (0.1**-2 - 1) * 2.0)
    found = select(sample, 2, 1.0, first=2, cap=6)
    bounds = [(reach - r) / (2 * r) for r in range(2, 7)]
    means = [2.0, 3.0, 3.5, 3.8, 4.0]
    assert all(mean < bound for mean, bound in zip(means, bounds, strict=True))
    assert not found.sure
    assert found.best == 0


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="delta"):
        select(normal([0.0, 1.0], 1.0, 0.0, 1), 2, 0.0)
    with pytest.raises(ValueError, match="no figure"):
        select(lambda systems, replications: np.full((len(replications), len(systems)), np.nan), 2, 1.0)
