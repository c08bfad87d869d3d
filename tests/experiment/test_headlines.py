"""The short table: what is in it, and when a target is met."""

from __future__ import annotations

import pandas as pd
import pytest

from simcrc.experiment.headlines import headlines

NAN = float("nan")
COLUMNS = ["indicator", "channel", "service", "segment", "reason", "period", "unit", "mean", "low", "high"]


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame([(name, channel, None, None, None, None, unit, mean, low, high) for name, channel, unit, mean, low, high in rows], columns=COLUMNS)


def target(channel: str | None, indicator: str, op: str, value: float, unit: str) -> dict[str, object]:
    return {"channel": channel, "indicator": indicator, "op": op, "value": value, "unit": unit}


@pytest.mark.parametrize(
    ("op", "low", "high", "verdict"),
    [
        (">=", 0.8, 0.9, "met"),
        (">=", 0.7, 0.79, "missed"),
        (">=", 0.75, 0.8, "unsure"),
        (">", 0.8, 0.9, "unsure"),
        ("<=", 0.7, 0.8, "met"),
        ("<=", 0.81, 0.9, "missed"),
        ("<=", 0.7, 0.9, "unsure"),
        ("<", 0.7, 0.8, "unsure"),
        (">=", NAN, NAN, "unsure"),
        ("<=", NAN, NAN, "unsure"),
    ],
)
def test_the_whole_interval_decides(op: str, low: float, high: float, verdict: str) -> None:
    (row,) = headlines(frame(("service_level", "phone", "share", 0.85, low, high)), ["phone"], [target("phone", "service_level", op, 0.8, "share")])
    assert row.verdict == verdict
    assert row.target == 0.8


@pytest.mark.parametrize(("unit", "expected"), [("s", 600.0), ("h", 1 / 6), ("days", 1 / 144)])
def test_times_are_compared_in_the_unit_of_the_indicator(unit: str, expected: float) -> None:
    (row,) = headlines(frame(("asa", None, unit, 1.0, expected * 0.5, expected * 0.9)), [], [target(None, "asa", "<=", 600e6, "time")])
    assert row.target == pytest.approx(expected)
    assert row.verdict == "met"


def test_places_in_order_each_figure_once() -> None:
    figures = frame(
        ("occupancy", "team:a", "share", 0.8, NAN, NAN),
        ("asa", "mail", "s", 1.0, NAN, NAN),
        ("wait_p90", "phone", "s", 1.0, NAN, NAN),
        ("asa", "phone", "s", 1.0, NAN, NAN),
        ("offered", None, "count", 10.0, NAN, NAN),
        ("wait_max", "counter.quebec", "s", 1.0, NAN, NAN),
    )
    aims = [target("phone", "wait_p90", "<=", 1e6, "time"), target("phone", "asa", "<=", 1e6, "time"), target("counter.quebec", "wait_max", "<=", 1e6, "time")]
    rows = headlines(figures, ["mail", "phone"], aims)
    places = [(row.indicator, row.channel) for row in rows]
    assert places == [("offered", None), ("asa", "mail"), ("asa", "phone"), ("wait_p90", "phone"), ("occupancy", "team:a"), ("wait_max", "counter.quebec")]


def test_breakdowns_are_not_shown() -> None:
    figures = frame(("offered", None, "count", 10.0, NAN, NAN))
    figures.loc[1] = ["offered", None, "info", None, None, None, "count", 5.0, NAN, NAN]
    figures.loc[2] = ["offered", None, None, None, None, "2024-01", "count", 5.0, NAN, NAN]
    assert [row.mean for row in headlines(figures, [], [])] == [10.0]


def test_drift_is_shown_where_citizens_learn() -> None:
    figures = frame(("first_channel_drift", "web", "share", 0.02, 0.01, 0.03), ("offered", "web", "count", 10.0, NAN, NAN))
    assert [row.indicator for row in headlines(figures, ["web"], [])] == ["offered"]
    assert [row.indicator for row in headlines(figures, ["web"], [], drifting=True)] == ["offered", "first_channel_drift"]
