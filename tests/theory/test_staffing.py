"""The staff that a target takes: the answer meets it, one fewer does not."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcrc.theory import TheoryError
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.erlang_b import ErlangB
from simcrc.theory.erlang_c import ErlangC
from simcrc.theory.staffing import Targets, agents_for, lines_for

TARGETS = [
    {"service_level": 0.8, "within": 0.1},
    {"service_level": 0.999, "within": 0.0},
    {"asa": 0.05},
    {"p_wait": 0.3},
    {"occupancy": 0.85},
    {"service_level": 0.8, "within": 0.1, "asa": 0.01, "occupancy": 0.99},
]


@pytest.mark.parametrize("load", [1e-6, 0.9, 10.0, 95.5, 9_500.0])
@pytest.mark.parametrize("targets", TARGETS, ids=str)
def test_erlang_c(load: float, targets: dict[str, Any]) -> None:
    asked = Targets(**targets)
    agents = agents_for(load, 1.0, asked)
    assert asked.met(ErlangA(load, 1.0, agents))
    assert agents == 1 or agents - 1 <= load or not asked.met(ErlangA(load, 1.0, agents - 1))
    if "service_level" in targets:
        assert ErlangC(load, 1.0, agents).service_level(targets["within"]) >= targets["service_level"] * (1 - 1e-12)


@settings(max_examples=50, deadline=None)
@given(
    st.floats(0.01, 400.0),
    st.floats(0.01, 10.0),
    st.none() | st.integers(0, 40),
    st.sampled_from([*TARGETS, {"abandonment": 0.03}, {"blocking": 0.01}, {"abandonment": 0.001, "blocking": 0.2}]),
)
def test_erlang_a(load: float, patience: float, places: int | None, targets: dict[str, Any]) -> None:
    asked = Targets(**targets)
    agents = agents_for(load, 1.0, asked, patience, places)
    assert asked.met(ErlangA(load, 1.0, agents, patience, places))
    assert agents == 1 or not asked.met(ErlangA(load, 1.0, agents - 1, patience, places))


def test_the_known_case() -> None:
    assert agents_for(100 / 1800, 180.0, Targets(service_level=0.8, within=20.0)) == 14  # 13 agents give 79.6 %
    assert agents_for(100 / 1800, 180.0, Targets(service_level=0.8, within=20.0), patience=300.0) == 13


@settings(max_examples=50, deadline=None)
@given(st.floats(0.001, 2000.0), st.floats(1e-6, 1.0))
def test_lines(load: float, blocking: float) -> None:
    lines = lines_for(load, blocking)
    assert ErlangB(load, lines).blocking <= blocking * (1 + 1e-12)
    assert lines == 0 or ErlangB(load, lines - 1).blocking > blocking * (1 - 1e-12)


def test_known_lines() -> None:
    assert (lines_for(10.0, 0.013), lines_for(10.0, 0.0129)) == (17, 18)
    assert lines_for(10.0, 1.0) == 0


@pytest.mark.parametrize(
    "targets",
    [
        {},
        {"within": 20.0},
        {"service_level": 0.8},
        {"service_level": 1.0, "within": 1.0},
        {"service_level": 1.2, "within": 1.0},
        {"service_level": 0.8, "within": -1.0},
        {"asa": 0.0},
        {"asa": math.nan},
        {"p_wait": 0.0},
        {"abandonment": 2.0},
        {"service_level": 0.8, "within": 1.0, "definition": "all"},
    ],
)
def test_nonsense(targets: dict[str, Any]) -> None:
    with pytest.raises(TheoryError):
        Targets(**targets)


def test_out_of_reach() -> None:
    for call in (
        lambda: agents_for(2e6, 1.0, Targets(asa=1.0)),
        lambda: agents_for(-1.0, 1.0, Targets(asa=1.0)),
        lambda: agents_for(1.0, 1.0, Targets(asa=1.0), patience=0.0),
        lambda: agents_for(1.0, 1.0, Targets(asa=1.0), places=-1),
        lambda: lines_for(1.0, 0.0),
        lambda: lines_for(0.0, 0.1),
        lambda: lines_for(2e6, 0.1),
    ):
        with pytest.raises(TheoryError):
            call()
