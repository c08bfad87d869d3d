"""Rounding so that parts add up, and plain tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simcrc.report.adding_up import adding_up
from simcrc.report.plain import Table, render


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=20), st.integers(0, 5))
def test_parts_add_up_and_are_nearly_themselves(parts: list[float], places: int) -> None:
    scale = 10**places
    rounded = adding_up(parts, places)
    units = [round(value * scale) for value in rounded]
    assert abs(sum(units) - sum(parts) * scale) <= 0.5 + 1e-6 * scale
    assert all(abs(unit - part * scale) <= 1 + 1e-6 * scale for unit, part in zip(units, parts, strict=True))


def test_what_is_nothing_stays_nothing() -> None:
    assert adding_up([0.004, 0.0, 0.004, 0.004], 2) == [0.01, 0.0, 0.0, 0.0]
    assert adding_up([0.5, -0.5, 0.0], 0) == [1.0, -1.0, 0.0]
    assert adding_up([], 2) == []


def test_a_table_is_aligned() -> None:
    lines = render(Table("T", ["a", "b"], [("été", "1"), ("x", "22")], notes=["n"], rules={1})).splitlines()
    assert lines == ["T", "a     b", "───  ──", "été   1", "───  ──", "x    22", "n"]
