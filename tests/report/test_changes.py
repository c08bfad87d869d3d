"""Changes as they are written: signs, points, decimals that show something, both languages."""

from __future__ import annotations

import pytest

from simcrc.experiment.statistics import Estimate
from simcrc.report.changes import change_writer, interval
from simcrc.words import Lang


@pytest.mark.parametrize(
    ("unit", "scale", "value", "lang", "text"),
    [
        ("share", 0.08, 0.0764, "en", "+7.6\u00a0pts"),
        ("share", 0.08, -0.0764, "fr", "−7,6\u00a0pts"),
        ("share", 0.001, 0.0012, "en", "+0.12\u00a0pts"),
        ("share", 0.08, 0.0, "en", "0.0\u00a0pts"),
        ("s", 14.0, -9.2, "en", "−9\u00a0s"),
        ("s", 600.0, 300.0, "fr", "+5,0\u00a0min"),
        ("CAD/need", 0.3, -0.27, "en", "−$0.27"),
        ("CAD/need", 0.02, 0.018, "fr", "+0,018\u00a0$"),
        ("CAD", 5000.0, -1200.0, "en", "−$1,200"),
        ("contacts/need", 0.04, -0.031, "en", "−0.031"),
        ("contacts/need", 0.4, 0.31, "fr", "+0,31"),
        ("count", 40.0, -31.0, "en", "−31.0"),
        ("s", 5.0, None, "en", "–"),
    ],
)
def test_changes(unit: str, scale: float, value: float | None, lang: Lang, text: str) -> None:
    assert change_writer(unit, scale, lang)(value) == text


def test_intervals() -> None:
    write = change_writer("share", 0.1, "fr")
    assert interval(Estimate(0.0, -0.01, 0.02, 5), write, "fr") == "−1,0\u00a0pts à +2,0\u00a0pts"
    assert interval(Estimate(0.0, None, None, 1), write, "en") == "–"
