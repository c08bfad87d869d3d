"""Figures as each language writes them."""

from __future__ import annotations

import pytest

from simcrc.report.numbers import NONE, points, writer


@pytest.mark.parametrize(
    ("unit", "scale", "value", "french", "english"),
    [
        ("share", 0.8, 0.80249, "80,2 %", "80.2%"),
        ("share", 0.8, 1.0, "100,0 %", "100.0%"),
        ("count", 12345.6, 12345.6, "12 346", "12,346"),
        ("count", 12.34, 12.34, "12,3", "12.3"),
        ("contacts/need", 1.7, 1.733, "1,73", "1.73"),
        ("s", 24, 24.4, "24 s", "24 s"),
        ("s", 0.5, 0.521, "0,5 s", "0.5 s"),
        ("s", 200, 200, "3,3 min", "3.3 min"),
        ("s", 9000, 9000, "2,5 h", "2.5 h"),
        ("h", 90, 93.6, "3,9 jours", "3.9 days"),
        ("h", 1.5, 1.5, "90,0 min", "90.0 min"),
        ("days", 0.25, 0.25, "6,0 h", "6.0 h"),
        ("CAD", 8166077.9, 8166077.9, "8 166 078 $", "$8,166,078"),
        ("CAD", 12.5, 12.5, "12,50 $", "$12.50"),
        ("CAD/need", 7.06, 7.059, "7,06 $", "$7.06"),
        ("EUR/contact", 4.5, 4.5, "4,50 €", "€4.50"),
        ("FTE", 61.2, 61.23, "61,2 ETC", "61.2 FTE"),
        ("agents", 3.14159, 3.14159, "3,14 préposés", "3.14 agents"),
        ("share", 0.0, -0.0001, "0,0 %", "0.0%"),
        ("score", 0.84, 0.8432, "0,84", "0.84"),
        ("share", 0.1, -0.1234, "−12,3 %", "−12.3%"),
        ("s", 24, -24.4, "−24 s", "−24 s"),
        ("CAD", 12.5, -12.5, "−12,50 $", "−$12.50"),
    ],
)
def test_both_languages(unit: str, scale: float, value: float, french: str, english: str) -> None:
    assert writer(unit, scale, "fr")(value).replace("\u00a0", " ") == french
    assert writer(unit, scale, "en")(value).replace("\u00a0", " ") == english


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
@pytest.mark.parametrize("unit", ["share", "s", "count", "CAD", "unheard of"])
def test_what_does_not_exist_is_a_dash(unit: str, value: float | None) -> None:
    assert writer(unit, float("nan"), "fr")(value) == NONE


def test_an_interval_is_written_as_its_mean() -> None:
    write = writer("s", 119, "en")
    assert [write(value) for value in (100.0, 119.0, 130.0)] == ["100\u00a0s", "119\u00a0s", "130\u00a0s"]


def test_groups_are_parted_by_a_space_that_does_not_break() -> None:
    assert writer("count", 1e6, "fr")(1_000_000.0) == "1\u00a0000\u00a0000"


def test_differences_of_shares_are_points() -> None:
    assert points(-0.0123, "fr") == "−1,2\u00a0pts"
    assert points(0.2, "en", 2) == "20.00\u00a0pts"
