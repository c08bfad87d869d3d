"""Pairs beside independent runs: the benchmark of ``benchmarks/pairing.py``, short."""

from __future__ import annotations

import pytest

from benchmarks.pairing import REQUIRED, TOUCHED, measured


@pytest.mark.parametrize("measure", ["promote", "train"])
def test_pairs_are_narrower_for_a_measure_that_touches_few(measure: str) -> None:
    """At least three times, for at most 5 % of the needs; both estimate the same change."""
    found = measured(measure, count=8, weeks=2)
    assert 0 < found.touched <= TOUCHED
    assert found.factor >= REQUIRED
    assert abs(found.change - found.other_change) <= found.paired + found.independent
