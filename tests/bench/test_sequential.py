"""Looks, spending, verdicts, and what they promise: the family-wise error of the whole procedure, by simulation."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from simcrc.bench.sequential import FAMILY, LINES, STORED, Verdict, levels, looks, overall, spent, verdict
from simcrc.experiment.statistics import t_quantile


@pytest.mark.parametrize(
    ("first", "most", "expected"),
    [
        (16, 256, (16, 32, 64, 128, 256)),
        (16, 64, (16, 32, 64)),
        (10, 10, (10,)),
        (20, 10, (10,)),
        (8, 20, (8, 20)),
        (4, 12, (4, 8, 12)),
        (2, 3, (2, 3)),
        (1, 1, (1,)),
    ],
)
def test_looks_double_until_the_cap(first: int, most: int, expected: tuple[int, ...]) -> None:
    assert looks(first, most) == expected


def test_looks_need_replications() -> None:
    with pytest.raises(ValueError, match="at least one"):
        looks(0, 10)


@pytest.mark.parametrize(("first", "most"), [(16, 256), (7, 100), (3, 3), (5, 1000)])
def test_all_of_the_error_is_spent_and_no_more(first: int, most: int) -> None:
    parts = spent(looks(first, most), 0.01)
    assert sum(parts) == pytest.approx(0.01)
    assert min(parts) > 0


def test_levels_share_the_error_over_lines_and_looks() -> None:
    found = levels((16, 32, 64), lines=10)
    assert [1 - level for level in found] == pytest.approx([LINES / 10 / 4, LINES / 10 / 4, LINES / 10 / 2])
    assert levels((16, 32, 64), lines=1, least=0.999) == (0.999,) * 3
    assert levels((16,), lines=0) == (pytest.approx(1 - LINES),)
    assert pytest.approx(FAMILY) == LINES + STORED


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-1.0, 1.0, "equivalent"),
        (-0.5, 0.2, "equivalent"),
        (-1.1, 0.0, "inconclusive"),
        (0.0, 1.1, "inconclusive"),
        (-3.0, 3.0, "inconclusive"),
        (1.1, 2.0, "different"),
        (-2.0, -1.1, "different"),
        (1.0, 2.0, "inconclusive"),
        (nan, nan, "inconclusive"),
        (-inf, inf, "inconclusive"),
    ],
)
def test_the_interval_is_set_against_the_margin(low: float, high: float, expected: Verdict) -> None:
    assert verdict(low, high, -1.0, 1.0) == expected


def test_a_margin_of_nothing_takes_a_difference_of_nothing() -> None:
    assert verdict(0.0, 0.0, 0.0, 0.0) == "equivalent"
    assert verdict(1e-300, 1e-300, 0.0, 0.0) == "different"


def test_the_worst_line_decides() -> None:
    assert overall([]) == overall(["equivalent"] * 3) == "equivalent"
    assert overall(["equivalent", "inconclusive"]) == "inconclusive"
    assert overall(["inconclusive", "different", "equivalent"]) == "different"


def wrong_runs(truth: float, *, lines: int, error: float, runs: int, shared: float, seed: int) -> float:
    """The share of `runs` in which some line gets a wrong verdict, for lines whose difference is truly `truth` margins, with normal replications that have
    the correlation `shared` from line to line."""
    counts = looks(4, 64)
    rng = np.random.default_rng(seed)
    common = rng.standard_normal((runs, 1, counts[-1]))
    values = truth + 4.0 * (np.sqrt(shared) * common + np.sqrt(1 - shared) * rng.standard_normal((runs, lines, counts[-1])))
    waiting = np.ones((runs, lines), dtype=bool)
    wrong = np.zeros((runs, lines), dtype=bool)
    for count, level in zip(counts, levels(counts, lines, error), strict=True):
        part = values[..., :count]
        half = t_quantile(count - 1, level) * part.std(axis=-1, ddof=1) / np.sqrt(count)
        low, high = part.mean(axis=-1) - half, part.mean(axis=-1) + half
        same, other = (low >= -1) & (high <= 1), (high < -1) | (low > 1)
        wrong |= waiting & (other if abs(truth) <= 1 else same)
        waiting &= ~(same | other)
    return float(wrong.any(axis=1).mean())


@pytest.mark.parametrize("truth", [1.0, 1.0 + 1e-9])
@pytest.mark.parametrize("shared", [0.0, 0.8])
def test_the_family_wise_error_is_held(truth: float, shared: float) -> None:
    """On the edge of the margin, where errors are likeliest: true differences just within it (judged different) and just beyond (judged equivalent).

    An error of 0.2 in place of 0.01, so that it can be seen; at most 0.2 may be wrong, and the Monte-Carlo error is 0.009."""
    found = wrong_runs(truth, lines=5, error=0.2, runs=2_000, shared=shared, seed=11)
    assert found <= 0.2 + 3 * 0.009
    if truth <= 1.0 and shared == 0.0:
        assert found > 0.04, "an error never made would mean a test without power"


def test_looking_without_spending_would_break_the_promise() -> None:
    """The same with the whole error at every look, to show that the simulation above can tell."""
    counts = looks(4, 64)
    rng = np.random.default_rng(5)
    values = 1.0 + 4.0 * rng.standard_normal((4_000, counts[-1]))
    wrong = np.zeros(len(values), dtype=bool)
    for count in counts:
        half = t_quantile(count - 1, 0.8) * values[:, :count].std(axis=1, ddof=1) / np.sqrt(count)
        mean = values[:, :count].mean(axis=1)
        wrong |= (mean - half > 1) | (mean + half < -1)
    assert wrong.mean() > 0.2
