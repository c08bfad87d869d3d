"""Sites of an office that close and open: only whom it touches goes elsewhere, and free choice holds for each that is open."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.town import log, town
from simcrc.log import Kind
from simcrc.model.compile import compile
from simcrc.model.sites import Sites
from simcrc.policies.free_choice import broken
from simcrc.policies.timeline import before
from simcrc.scenario.scenario import Scenario

COUNTER: dict[str, Any] = {"sites": {"a": {"share": 4}, "b": {"share": 3}, "c": {"share": 3}, "d": {"share": 0}}}
CLOSE = {"close": {"channel": "counter", "sites": ["a"]}}
OPEN = {"open": {"channel": "counter", "sites": {"d": 10}}}


def offices(*measures: dict[str, Any]) -> Scenario:
    return town(*measures, channels={"counter": COUNTER}, horizon="7 days")


def visits(scenario: Scenario) -> dict[int, str]:
    """By contact the site that a visitor went to."""
    names, rows = [station.name for station in compile(scenario).stations], log(scenario)
    began = rows[rows[:, 1] == Kind.CONTACT_STARTED]
    return {int(contact): names[station] for contact, station in began[:, 2:4] if names[station].startswith("counter")}


def moves(*measures: dict[str, Any]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """From which site to which visitors moved, and how many visits each has in the base."""
    base, now = visits(offices()), visits(offices(*measures))
    assert base.keys() == now.keys()
    return Counter((base[one][-1], now[one][-1]) for one in base if base[one] != now[one]), Counter(name[-1] for name in base.values())


def test_who_went_to_a_closed_office_goes_to_the_others_by_their_weights_and_nobody_else_moves() -> None:
    moved, base = moves(CLOSE)
    assert set(moved) == {("a", "b"), ("a", "c")}
    assert moved.total() == base["a"] > 500
    assert moved["a", "b"] / base["a"] == pytest.approx(0.5, abs=0.06)


def test_an_office_that_opens_draws_in_proportion_from_all() -> None:
    moved, base = moves(OPEN)  # half of all the weight
    assert set(moved) == {("a", "d"), ("b", "d"), ("c", "d")}
    assert moved["a", "d"] / base["a"] == pytest.approx(0.5, abs=0.06)


def test_while_the_ramp_lasts_a_part_of_them() -> None:
    moved, base = moves(CLOSE | {"at": "2007-01-01", "ramp": {"linear": "4 weeks"}})  # the first half of it passes in the run
    assert 0 < moved.total() < 0.6 * base["a"]
    assert {origin for origin, _ in moved} == {"a"}


def test_the_same_stretches_as_ever_where_nothing_changes() -> None:
    assert Sites.of((0.4, 0.3, 0.3), (0.4, 0.3, 0.3)) == Sites((0.4, 0.7, 1.0), (0, 1, 2))
    assert visits(offices()) == visits(offices(CLOSE | {"at": "2007-03-01"}))


SHARES = st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any).map(lambda whole: tuple(each / sum(whole) for each in whole))


@given(SHARES, SHARES)
def test_as_few_move_as_can(base: tuple[float, ...], now: tuple[float, ...]) -> None:
    found, old = Sites.of(base, now), Sites.of(base, base)
    lengths = np.diff(found.limits, prepend=0.0)
    assert [lengths[[k for k, own in enumerate(found.owners) if own == site]].sum() for site in range(4)] == pytest.approx(now, abs=1e-12)
    points = (np.arange(2_000) + 0.5) / 2_000
    one, other = (np.array(each.owners)[np.minimum(np.searchsorted(each.limits, points), len(each.owners) - 1)] for each in (old, found))
    least = 0.5 * sum(abs(a - b) for a, b in zip(base, now, strict=True))
    assert np.mean(one != other) == pytest.approx(least, abs=0.02)


@pytest.mark.parametrize(
    ("measure", "codes"),
    [
        ({"close": {"channel": "counter", "sites": ["a", "b", "c"]}}, {"last_site"}),
        ({"close": {"channel": "counter", "sites": ["d", "z"]}}, {"site_closed", "unknown_site"}),
        ({"close": {"channel": "counter", "sites": ["a"], "services": ["info"]}}, {"exactly_one"}),
        ({"close": {"channel": "phone", "sites": ["a"]}}, {"unknown_site"}),
        ({"open": {"channel": "counter", "sites": {"a": 1}, "share": 0.1}}, {"site_open", "not_of_sites"}),
        ({"open": {"channel": "counter"}}, {"exactly_one"}),
    ],
)
def test_what_cannot_be(measure: dict[str, Any], codes: set[str]) -> None:
    scenario = offices(measure)
    entry = scenario.policies[0].measures[0]
    assert {code for _, code, _ in entry.does.problems(before(scenario, entry))} == codes


def test_free_choice_asks_for_staff_at_the_open_offices_only() -> None:
    teams = {name: {"serves": [f"counter.{name}"], "schedule": {"week": {"Mon-Fri": {"08:00": 2, "18:00": 0}}}} for name in "abcd"}
    agents = {"agents": {"serves": ["phone", "mail", "fax", "email"]}}
    gone = {"staffing": {"team": "a", "factor": 0.0}}

    def rules(*measures: dict[str, Any]) -> set[str]:
        return {breach.channel for _, breach in broken(town(*measures, channels={"counter": COUNTER}, teams=agents | teams))}

    assert rules(gone) == {"counter.a"}
    assert rules(CLOSE, gone) == set()
    assert rules(OPEN | {"lasts": "1 week"}, {"close": {"channel": "counter", "sites": ["a", "b", "c"]}}) == {"counter"}
