"""Citizens first: what is fitted and what is compared, who is on line, and that a short run gives about the figures of the surveys.

That each figure lies within its margin, with an interval that says so, is for ``simcrc bench check citizens-first``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import simcrc
from simcrc.fitting.parameters import parameters_of
from simcrc.fitting.put_back import spots_of
from simcrc.scenario import Loaded, load

FILE = Path(__file__).parents[2] / "scenarios" / "citizens-first.yaml"
PUBLISHED = {
    "used_several": 0.59,
    "phone.used_in_one": 0.25,
    "phone.used_in_two": 0.60,
    "phone.used_in_three_plus": 0.85,
    "web.used_in_one": 0.08,
    "web.used_in_two": 0.20,
    "web.used_in_three_plus": 0.62,
}
COMPARED = {"phone.used_later": 0.71}


@cache
def loaded() -> Loaded:
    return load(FILE)


def test_seven_figures_are_fitted_and_one_is_compared() -> None:
    expect = loaded().scenario.expect
    assert expect is not None
    figures = {figure.indicator: figure for figure in expect.figures}
    known = {name: figure.equals.value for name, figure in figures.items() if figure.equals is not None}
    assert known == pytest.approx(PUBLISHED | COMPARED)
    assert {name for name, figure in figures.items() if figure.fitted} == set(PUBLISHED)
    for name in PUBLISHED:
        (margin,) = figures[name].margin or ()
        assert (margin.value, margin.unit) == (0.02, "share")
        assert figures[name].quick is None
    said = loaded().document["expect"]["figures"]
    assert all("ISAC" in figure["source"] for figure in said)


def test_a_parameter_a_figure_and_all_can_be_written_back() -> None:
    parameters = parameters_of(loaded())
    assert len(parameters) == len(PUBLISHED)
    spots = spots_of(FILE)
    assert {parameter.name for parameter in parameters} <= set(spots)
    assert all(spot.status is not None for spot in spots.values())
    for parameter in parameters:
        assert loaded().provenance[parameter.place].status == "calibrated"
        assert parameter.low < parameter.start.size < parameter.high


def test_who_is_on_line() -> None:
    """Between men, 74 %, and women, 69 % (CEFRIO 2007-2008)."""
    population = loaded().scenario.population
    assert population is not None
    assert sum(segment.share * segment.access for segment in population.segments.values()) == pytest.approx(0.715, abs=0.005)


def test_a_short_run_gives_about_the_figures() -> None:
    results = simcrc.load(FILE).run(replications=1)
    for name, value in (PUBLISHED | COMPARED).items():
        assert results.value(name) == pytest.approx(value, abs=0.06), name
    assert results.value("needs_open") <= 5
