"""Looks and levels: intervals of normal figures at which a run stops hold the truth in at least 95 % of runs, and not in many more."""

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
    assert level(1, 10, several=False) == pytest.approx(0.95)
    assert level(4, 10, several=False) == pytest.approx(1 - 0.05 / 4)
    assert level(1, 10) == level(1, 30) == pytest.approx(0.9625)
    assert level(1, 100) == pytest.approx(1 - 0.05 * (1 - 0.25 * 0.3))
    assert all(level(n + 1, 10) > level(n, 10) > level(n, 50) > level(n, 10, several=False) for n in range(1, 20))


def missed(counts: np.ndarray, levels: np.ndarray, widths: np.ndarray, paths: int = 60_000) -> np.ndarray:
    """For each half-width asked, in units of σ, the share of normal runs whose interval misses the mean: by the chi-square laws of the spreads."""
    from scipy.stats import norm

    rng = np.random.default_rng(20240108)
    quantiles = np.array([t_quantile(int(n) - 1, float(level)) for n, level in zip(counts, levels, strict=True)])
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
def test_runs_with_looks_are_as_sure_as_they_say_whatever_is_asked(figures: int) -> None:
    counts, error = np.array(looks(1500)), 0.05 / figures
    levels = np.array([level(figures, int(n)) for n in counts])
    widths = np.geomspace(0.12, 0.5, 20) * t_quantile(1000, 1 - error) / 1.96  # in units of σ: such as take 15 to some 300 replications
    found = missed(counts, levels, widths) / error
    assert found.max() < 1.03  # the simulation's own error is about 1 % for one figure, 3 % for twelve
    assert found.min() > 0.9
    assert missed(counts, np.full(len(counts), 1 - error), widths).max() > 1.25 * error  # without the correction
    first = missed(counts, levels, np.array([5.0]))  # the first look is enough
    assert 0.55 * error < first[0] < 0.76 * error


def test_a_later_first_look_needs_no_stricter_level() -> None:
    counts = np.array(looks(400, 2 * FIRST))
    assert missed(counts, np.array([level(1, int(n)) for n in counts]), np.geomspace(0.15, 1.5, 20)).max() < 0.0505
