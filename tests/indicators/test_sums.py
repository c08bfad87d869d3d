"""Sums: the same numbers after saving, the same bytes for the same sums; histograms and their quantiles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simcrc.indicators.histogram import BINS, Histograms, bins, middles
from simcrc.indicators.sums import Sums, narrow
from simcrc.indicators.tabulate import tabulate
from tests.observe.logs import random_log


def test_sums_come_back_as_they_were(tmp_path: Path) -> None:
    log = random_log(3)
    sums = log.sums()
    sums.save(tmp_path / "a.npz")
    loaded = Sums.load(tmp_path / "a.npz")
    assert loaded == sums
    assert tabulate(log.model, [loaded, loaded]).equals(tabulate(log.model, [sums, sums]))


def test_equal_sums_have_equal_bytes(tmp_path: Path) -> None:
    random_log(3).sums().save(tmp_path / "a")
    random_log(3).sums(chunk=17, least=300).save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_sums_that_differ_are_not_equal() -> None:
    assert random_log(3).sums() != random_log(4).sums()
    assert Sums() != 0


@pytest.mark.parametrize(("value", "kind"), [(127, np.int8), (-129, np.int16), (40_000, np.int32), (2**40, np.int64)])
def test_arrays_are_saved_narrow(value: int, kind: type) -> None:
    found = narrow(np.array([0, value]))
    assert found.dtype == kind
    assert found.tolist() == [0, value]


def test_bins_are_one_percent_wide() -> None:
    durations = np.unique(np.rint(np.geomspace(1_000, 2e14, 200_000)).astype(np.int64))
    error = np.abs(middles()[bins(durations)] / durations - 1)
    assert error.max() <= 0.005
    assert bins(np.array([0, 999])).tolist() == [0, 0]
    assert bins(np.array([2**62])).tolist() == [BINS - 1]


def test_quantiles_of_several_cells() -> None:
    rng = np.random.default_rng(2)
    cells = rng.integers(0, 5, 4000) // 2 * 2  # odd cells are empty
    durations = rng.integers(1_000, 10**9, 4000)
    found = Histograms.of(6, cells, bins(durations), np.ones(4000, dtype=np.int64))
    for q in (0.01, 0.5, 0.9, 1.0):
        values = found.quantile(q)
        for cell in range(6):
            own = durations[cells == cell]
            if len(own):
                assert values[cell] == pytest.approx(np.quantile(own, q, method="inverted_cdf"), rel=0.005)
            else:
                assert np.isnan(values[cell])
