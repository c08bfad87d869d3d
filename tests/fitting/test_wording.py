"""What a calibration says: figures in words, differences of shares in points, intervals that end where a share does."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.bench.evaluation import Evaluation
from simcrc.fitting.calibrate import Reached
from simcrc.fitting.wording import figure_row
from simcrc.scenario import load
from simcrc.scenario.arguments import Which
from tests.fitting.small import write


@pytest.mark.parametrize(("change", "interval"), [(None, "60.0% to 100.0%"), ("relative", "60.0% to 120.0%")])
def test_a_row(tmp_path: Path, change: str | None, interval: str) -> None:
    scenario = load(write(tmp_path)).scenario
    found = Evaluation(measured=0.9, low=0.6, high=1.2, expected=0.8, difference_low=-0.2, difference_high=0.4, replications=4)
    which = Which("web.completion", service="calls", change=change)
    figure = Reached(str(which), "share", True, found, 0.2, "inconclusive", which, 0.7)
    row = figure_row(figure, scenario, "en")
    assert row[0].startswith("completion (Web site), ")
    assert "service calls" in row[0]
    assert row[1:] == ("80.0%", "70.0%", "90.0%", interval, "+10.0\u00a0pts", "±\u00a020.0\u00a0pts", "not yet clear")
    assert figure_row(figure, scenario, "fr")[5:] == ("+10,0\u00a0pts", "±\u00a020,0\u00a0pts", "pas encore clair")
