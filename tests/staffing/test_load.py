"""The load with ample staff is the modified offered load of theory; where the search begins."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simcrc.experiment.backend import Backend
from simcrc.indicators.axes import Axes
from simcrc.staffing.crews import crews
from simcrc.staffing.load import ample, enough, measured
from simcrc.staffing.plan import Plan
from simcrc.staffing.target import aims
from simcrc.staffing.trials import Trials
from simcrc.theory.infinite_servers import InfiniteServers
from tests.staffing.small import MORNING, study


def test_ample_staff_carries_the_modified_offered_load(tmp_path: Path) -> None:
    """Calls come from 9 to 13 on weekdays by steps; with a handle time of 20 minutes the load lags far behind them."""
    case = study(tmp_path, MORNING, "channels.phone.handle_time={exponential: {mean: 20 min}}", "channels.phone.hours=Mon-Fri 09:00-15:00", "horizon=6 weeks")
    trials = Trials(case, tmp_path, Backend(1), None, (1, 2), 100)
    axes = Axes.of(trials.model)
    found = aims([], case.scenario, axes)
    own, groups = crews(trials.model, found)
    base, written = Plan.of(case.scenario, ["agents"])
    totals = trials.totals(ample(own, base, 16))
    assert enough(totals, own, ample(own, base, 16))
    loads = measured(totals, totals, own, found, written)
    per_hour = {9: 4, 10: 10, 11: 12, 12: 6}
    rates = [(0.0, 0.0), *((float(hour), 160 * 7 / 5 * share / 32) for hour, share in per_hour.items()), (13.0, 0.0)]
    theory = InfiniteServers(tuple(rates), 20 / 60, period=24.0)
    expected = [theory.mean_busy(hour / 2, hour / 2 + 0.5) for hour in range(18, 30)]
    seen = loads.teams[0].reshape(7, 48)[:5, 18:30].mean(axis=0)
    assert seen == pytest.approx(expected, abs=1.2)
    assert np.argmax(seen) == np.argmax(expected)
    assert loads.handle[0] == pytest.approx(1200, rel=0.05)
    assert groups[0].crews == (0,)
