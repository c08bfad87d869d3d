"""Parameters: scales between bounds, rounding, and shares that are drawn from others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.fitting.parameters import Moved, assignments, parameters_of, written
from simcrc.scenario import load
from simcrc.scenario.fit import Scale
from simcrc.scenario.written import Written
from tests.fitting.small import write


def moved(start: str, low: float, high: float, scale: Scale) -> Moved:
    value = Written.parse(start)
    assert value is not None
    return Moved("x", ("x",), value, low, high, scale)


@pytest.mark.parametrize(
    ("parameter", "middle"),
    [
        (moved("30 %", 0.1, 0.9, "logit"), 0.5),
        (moved("0.3", 0.0, 1.0, "linear"), 0.5),
        (moved("2 min", 60e6, 960e6, "log"), 240e6),
        (moved("-1", -3.0, 1.0, "linear"), -1.0),
    ],
)
def test_scales(parameter: Moved, middle: float) -> None:
    assert parameter.size(0.0) == pytest.approx(parameter.low)
    assert parameter.size(0.5) == pytest.approx(middle)
    assert parameter.size(1.0) == pytest.approx(parameter.high)
    assert parameter.size(parameter.position) == pytest.approx(parameter.start.size)
    step = 1e-4
    assert parameter.slope(0.5) == pytest.approx((parameter.size(0.5 + step) - parameter.size(0.5 - step)) / (2 * step), rel=1e-3)


def test_digits_follow_the_standard_error() -> None:
    parameter = moved("35 %", 0.1, 0.9, "linear")
    position = (0.123456789 - 0.1) / 0.8
    assert parameter.rounded(position, None).text() == "12.35 %"
    assert parameter.rounded(position, 0.004).text() == "12.3 %"
    assert parameter.rounded(position, 0.05).text() == "12 %"
    assert parameter.rounded(position, 1e-9).text() == "12.35 %"


@given(st.floats(0, 1), st.floats(0.02, 0.5), st.floats(0.001, 0.4), st.one_of(st.none(), st.floats(0, 1)))
def test_rounded_values_keep_to_the_bounds(position: float, low: float, wide: float, error: float | None) -> None:
    parameter = moved(f"{100 * low} %", low, low + wide, "logit")
    value = parameter.rounded(position, error)
    coarse = wide < 0.5 * (error or 0)  # then no number with so few digits need lie between the bounds
    assert coarse or low - 1e-12 <= value.size <= low + wide + 1e-12


def test_default_scales_and_draws(tmp_path: Path) -> None:
    completion, phone = parameters_of(load(write(tmp_path)))
    assert completion.scale == "logit"
    assert (completion.low, completion.high) == pytest.approx((0.05, 0.95))
    assert phone.rest is not None
    assert phone.rest.text() == "60 %"
    values = {name: value.text() for name, value in written([completion, phone], [completion.start.with_size(0.7), phone.start.with_size(0.35)]).items()}
    assert values == {
        "channels.web.completion": "70 %",
        "choice.next.web.failed.phone": "35 % after 1 min",
        "choice.next.web.failed.give_up": "45 %",
    }
    laid = assignments([completion, phone], [0.5, phone.position])
    assert laid[:2] == ["channels.web.completion=50 %", "choice.next.web.failed.phone=20 % after 1 min"]
    load(tmp_path / "tiny.yaml", set_=laid)


def test_two_parameters_may_draw_from_one_share() -> None:
    rest = Written.parse("50 %")
    first, second = (Moved(name, (name,), moved("20 %", 0.1, 0.4, "linear").start, 0.1, 0.4, "linear", "rest", ("rest",), rest) for name in ("a", "b"))
    values = written([first, second], [first.start.with_size(0.3), second.start.with_size(0.25)])
    assert values["rest"].text() == "35 %"
