"""Looks and levels: at the level that is used, intervals of normal figures at which a run stops hold the truth in at least 95 % of runs, and not in many more."""

from __future__ import annotations

import numpy as np
import pytest

from simcrc.experiment.looking import FIRST, level, looks
from simcrc.experiment.statistics import t_quantile


def test_looks() -> None:
    assert looks(400) == (10, 15, 23, 35, 53, 80, 120, 180, 270, 400)
    assert looks(10) == looks(10, 20) == (10,)
    assert looks(12) == (10, 12)
    assert looks(100, 30) == (30, 45, 68, 100)
    with pytest.raises(ValueError, match="at least one"):
        looks(0)


def test_levels() -> None:
    assert level(1, several=False) == pytest.approx(0.95)
    assert level(4, several=False) == pytest.approx(1 - 0.05 / 4)
    assert level(1) == pytest.approx(0.9625)
    assert all(level(n + 1) > level(n) > level(n, several=False) for n in range(1, 20))


def missed(counts: np.ndarray, level: float, widths: np.ndarray, paths: int = 60_000) -> np.ndarray:
    """For each half-width asked, in units of σ, the share of normal runs whose interval misses the mean: by the chi-square laws of the spreads."""
    from scipy.stats import norm

    rng = np.random.default_rng(20240108)
    quantiles = np.array([t_quantile(n - 1, level) for n in counts])
    squares = np.cumsum(rng.chisquare(np.diff(counts, prepend=1), size=(paths, len(counts))), axis=1)
    spread = np.sqrt(squares / (counts - 1))
    half = quantiles * spread / np.sqrt(counts)
    out = []
    for width in widths:
        enough = half <= width
        enough[:, -1] = True
        at = enough.argmax(axis=1)
        out.append(2 * norm.sf(quantiles[at] * spread[np.arange(paths), at]).mean())
    return np.array(out)


@pytest.mark.parametrize("figures", [1, 2, 5, 12])
def test_the_worst_run_with_looks_is_as_sure_as_it_says(figures: int) -> None:
    counts = np.array(looks(400))
    widths = np.geomspace(0.15, 2.5, 30)  # in units of σ: from "never reached" to "at the first look"
    found = missed(counts, level(figures), widths) / (0.05 / figures)
    assert 0.95 < found.max() < 1.03  # the simulation's own error is about 1 % for one figure, 3 % for twelve
    assert found.min() > 0.5
    assert missed(counts, 1 - 0.05 / figures, widths).max() > 1.25 * 0.05 / figures  # without the correction


def test_a_later_first_look_needs_no_stricter_level() -> None:
    widths = np.geomspace(0.15, 1.5, 20)
    assert missed(np.array(looks(400, 2 * FIRST)), level(1), widths).max() < 0.05
