"""MSER-5 against its definition, and series whose beginning is known."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.experiment.mser import BATCH, LAST, batches, cut


def by_definition(means: np.ndarray) -> int:
    """The best cut, by the formula of White (1997)."""
    m = len(means)
    scores = [((means[d:] - means[d:].mean()) ** 2).sum() / (m - d) ** 2 for d in range(m - LAST + 1)]
    return int(np.argmin(scores))


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_the_formula_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    means = 10 - 8 * np.exp(-np.arange(60) / rng.uniform(1, 15)) + rng.normal(size=60)
    best = by_definition(means)
    assert cut(means) == (best if best <= 30 else None)


def test_batches_leave_out_what_does_not_make_five_at_the_beginning() -> None:
    assert batches(np.arange(12.0)).tolist() == [4.0, 9.0]
    assert BATCH == 5


def test_a_step_is_cut_where_it_is() -> None:
    means = np.array([1.0] * 7 + [5.0, 5.1] * 20)
    assert cut(means) == 7
    assert cut(means[7:]) == 0


def test_a_step_in_the_second_half_is_rejected() -> None:
    assert cut(np.array([1.0, 1.1] * 12 + [5.0] * 12)) is None
