"""A figure over hours of the week is that of their half hours together."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.bench.lines import Sample, lines
from simcrc.errors import ScenarioError
from simcrc.indicators.cells import hours
from simcrc.indicators.sums import Sums
from tests.bench.test_lines import expecting
from tests.observe.logs import random_log


@pytest.fixture(scope="module")
def sums() -> list[Sums]:
    return [random_log(seed, needs=400).sums() for seed in range(4)]


def test_hours_are_half_hours_of_the_week() -> None:
    assert hours("Mon 00:30-01:30, 02:00-02:30") == (1, 2, 4)
    assert hours("Sun 23:00-24:00") == (334, 335)
    assert hours("Sun-Mon 23:30-24:00") == (47, 335)
    assert len(hours("Sun-Thu 07:00-24:00") or ()) == 5 * 34
    assert [hours(text) for text in ("Mon 08:30", "2006-04", "2006-04-03", "lundi", "Mon 08:30-08:45")] == [None] * 5


def test_together_they_are_what_their_half_hours_are(tmp_path: Path, sums: list[Sums]) -> None:
    for name, divisor in (("phone.offered", 1), ("phone.queue_length", 2)):
        whole, *halves = (_measured(tmp_path, name, period, sums) for period in ("Mon-Sun 08:00-20:00", "Mon-Sun 08:00-14:00", "Mon-Sun 14:00-20:00"))
        assert whole == pytest.approx(sum(halves) / divisor) != 0


def test_the_whole_week_is_the_whole_run(tmp_path: Path, sums: list[Sums]) -> None:
    for name in ("phone.asa", "phone.abandonment_ratio", "phone.offered", "phone.queue_length"):
        assert _measured(tmp_path, name, "Mon-Sun 00:00-24:00", sums) == pytest.approx(_measured(tmp_path, name, None, sums))


def test_a_quantile_has_no_hours(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="wait_p90"):
        expecting(tmp_path, "{indicator: phone.wait_p90, period: Mon-Fri 08:30-16:30, equals: 20 s, margin: 1 %}")


def _measured(folder: Path, name: str, period: str | None, sums: list[Sums]) -> float:
    when = "" if period is None else f", period: {period}"
    line = lines(*expecting(folder, f"{{indicator: {name}{when}, equals: 0, margin: 1 %}}"))[0]
    return line.evaluate(Sample(line.model, sums), 0.95).measured
