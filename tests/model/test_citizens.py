"""Whose needs: numbers, segments and traits of citizens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.model.citizens import ANONYMOUS, Citizens, apportion, languages_of
from simcrc.scenario.scenario import Scenario

SEGMENTS: dict[str, Any] = {
    "connected": {"share": 0.52, "language": {"fr": 0.8, "en": 0.15, "es": 0.05}},
    "occasional": {"share": 0.24, "access": 0.7, "needs": 2.0, "language": {"fr": 0.9, "en": 0.1}},
    "offline": {"share": 0.24, "access": 0.0, "needs": 1.5},
}


def of(make: Callable[..., Scenario], size: int = 3_200_000, **changes: Any) -> Citizens:
    return Citizens.of(make(population={"size": size, "segments": SEGMENTS | changes}))


def test_numbers_are_consecutive_and_add_up(make: Callable[..., Scenario]) -> None:
    citizens = of(make, 100_001)
    assert citizens.sizes.sum() == 100_001
    assert citizens.first.tolist() == [0, *np.cumsum(citizens.sizes)[:-1].tolist()]
    assert np.abs(citizens.sizes - 100_001 * np.array([0.52, 0.24, 0.24])).max() < 1


@given(st.integers(0, 10_000), st.lists(st.floats(0, 1), min_size=1, max_size=6).filter(lambda shares: sum(shares) > 1e-3))
def test_apportioned_parts_add_up(total: int, shares: list[float]) -> None:
    parts = apportion(total, np.array(shares))
    assert parts.sum() == total
    assert np.all(np.abs(parts - np.array(shares) / sum(shares) * total) < 1 + 1e-9)


def test_segments_by_share_times_needs(make: Callable[..., Scenario]) -> None:
    u = (np.arange(100_000) + 0.5) / 100_000
    counts = np.bincount(of(make).segment(u)) / 100_000
    weights = np.array([0.52, 0.48, 0.36])
    assert counts == pytest.approx(weights / weights.sum(), abs=2e-5)


def test_ranks_stay_within_the_segment(make: Callable[..., Scenario]) -> None:
    citizens = of(make, 1000)
    segment = np.repeat(np.arange(3), 2)
    rank = citizens.rank(segment, np.tile([2.0**-53, 1 - 2.0**-53], 3))
    assert rank.tolist() == [0, 519, 0, 239, 0, 239]
    assert citizens.number(segment, rank).tolist() == [0, 519, 520, 759, 760, 999]


@pytest.mark.parametrize("size", [10_000, 3_200_000])
def test_traits_come_out_as_written_and_independent(make: Callable[..., Scenario], size: int) -> None:
    citizens = of(make, size)
    rank = np.arange(citizens.sizes[1])
    segment = np.ones_like(rank)
    online, language = citizens.online(segment, rank), citizens.language(segment, rank)
    close = 10 / len(rank)  # the discrepancy of a Weyl sequence is of the order of log(n) / n
    assert online.mean() == pytest.approx(0.7, abs=close)
    assert np.bincount(language) / len(rank) == pytest.approx([0.9, 0.1], abs=close)
    assert (online & (language == 1)).mean() == pytest.approx(0.07, abs=0.003)
    assert np.bincount(citizens.language(0 * rank, rank)) / len(rank) == pytest.approx([0.8, 0.15, 0.05], abs=close)


def test_access_is_all_or_none_at_the_ends(make: Callable[..., Scenario]) -> None:
    citizens = of(make, 10_000)
    rank = np.arange(2000)
    assert citizens.online(0 * rank, rank).all()
    assert not citizens.online(0 * rank + 2, rank).any()
    assert not citizens.language(0 * rank + 2, rank).any(), "a segment without languages speaks the first"


def test_wider_access_takes_nobody_off_line(make: Callable[..., Scenario]) -> None:
    rank = np.arange(20_000)
    narrow, wide = (of(make, offline={"share": 0.24, "access": access}).online(0 * rank + 2, rank) for access in (0.3, 0.45))
    assert not (narrow & ~wide).any()
    assert wide.sum() > narrow.sum()


def test_anonymous_stream(make: Callable[..., Scenario]) -> None:
    scenario = make()
    citizens = Citizens.of(scenario)
    u = np.array([0.1, 0.9])
    segment = citizens.segment(u)
    rank = citizens.rank(segment, u)
    assert segment.tolist() == [0, 0]
    assert citizens.number(segment, rank).tolist() == [ANONYMOUS, ANONYMOUS]
    assert citizens.online(segment, rank).all()
    assert citizens.language(segment, rank).tolist() == [0, 0]
    assert languages_of(scenario) == ("any",)


def test_languages_in_the_order_written(make: Callable[..., Scenario]) -> None:
    assert languages_of(make(population={"size": 10, "segments": SEGMENTS})) == ("fr", "en", "es")


def test_no_needs_at_all(make: Callable[..., Scenario]) -> None:
    with pytest.raises(ValueError, match="needs"):
        of(make, **{name: {"share": 0.3, "needs": 0} for name in SEGMENTS})
