"""Numbers as a person writes them: read, and written with another value in the same manner."""

from __future__ import annotations

import pytest

from simcrc.scenario.written import Written


@pytest.mark.parametrize(
    ("value", "size", "sort", "text"),
    [
        ("35 %", 0.35, "number", "35 %"),
        ("3,5%", 0.035, "number", "3.5%"),
        (0.35, 0.35, "number", "0.35"),
        (-3, -3.0, "number", "-3"),
        (1e-7, 1e-7, "number", "0.0000001"),
        ("4.5 min", 270e6, "time", "4.5 min"),
        ("10 jours", 864e9, "time", "10 jours"),
        ("60 % after 20 min", 0.6, "number", "60 % after 20 min"),
        ("1 200", 1200.0, "number", "1200"),
    ],
)
def test_read_and_written(value: object, size: float, sort: str, text: str) -> None:
    written = Written.parse(value)
    assert written is not None
    assert (written.size, written.sort, written.text()) == (pytest.approx(size), sort, text)


@pytest.mark.parametrize("value", ["x", "", "2 h 30 min", True, None, "1 %%", "3 apples", {"value": 1}, float("inf")])
def test_what_is_no_single_number(value: object) -> None:
    assert Written.parse(value) is None


def test_another_value_in_the_same_manner() -> None:
    written = Written.parse("60 % after 20 min")
    assert written is not None
    assert written.with_size(0.123456, 1).text() == "12.3 % after 20 min"
    assert written.with_size(0.125).text() == "12.5 % after 20 min"
    time = Written.parse("90 min")
    assert time is not None
    assert time.with_size(3_600_000_000).text() == "60 min"
    assert time.with_size(3_612_345_678, -1).text() == "60 min"
