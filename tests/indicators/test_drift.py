"""Drift of first choices: by hand on counts, and none where nobody learns."""

from __future__ import annotations

import numpy as np

from simcrc.indicators import indicators
from simcrc.indicators.sums import Sums, key
from simcrc.indicators.totals import Totals
from simcrc.model.model import Model
from tests.observe.logs import variant

LAYOUT = ("service", "segment", "month", "channel")


def drift(model: Model, counts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    values = indicators()["first_channel_drift"].formula.values(Totals(model, [Sums({key("first_channel", LAYOUT): counts.reshape(-1)})]), ("channel",))
    assert values is not None
    return values[0]


def empty(model: Model) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    axes = Totals(model, []).axes
    return np.zeros([axes.size(name) for name in LAYOUT], dtype=np.int64)


def test_a_share_that_moves_in_one_service() -> None:
    model = variant(horizon="6 months")
    counts = empty(model)
    counts[0, 0, :2, 0], counts[0, 0, :2, 1] = 60, 40  # the first third: 60 % and 40 %
    counts[0, 0, 2:-2, 0], counts[0, 0, 2:-2, 1] = 50, 50
    counts[0, 0, -2:, 0], counts[0, 0, -2:, 1] = 30, 70
    found = drift(model, counts)
    assert np.allclose(found[:2], [-0.3, 0.3])
    assert np.allclose(found[2:], 0)


def test_a_changing_mix_of_services_is_no_drift() -> None:
    model = variant(horizon="6 months")
    counts = empty(model)
    months = counts.shape[2]
    for month in range(months):  # each service keeps its shares, one grows while the other shrinks
        counts[0, 0, month, :2] = np.array([9, 1]) * (month + 1)
        counts[1, 0, month, :2] = np.array([2, 8]) * (months - month)
    assert np.allclose(drift(model, counts), 0)


def test_no_figure_for_a_single_month() -> None:
    model = variant(horizon="14 days")
    assert np.isnan(drift(model, empty(model))).all()
