"""The portal: what is calibrated says so, both arms are compared, and each mechanism moves the calls in its direction.

That the published figures come out is checked by ``simcrc bench check portal``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import simcrc
from simcrc.bench.base import base_of, two_arms
from simcrc.experiment.results import Results
from simcrc.scenario import load

FOLDER = Path(__file__).parents[2] / "scenarios"
PORTAL, BASE = FOLDER / "portal.yaml", FOLDER / "portal" / "base.yaml"
SHORT = ["horizon=10 weeks", "expect=", "fit="]


def run(path: Path, *more: str) -> Results:
    """Ten weeks of it; the surge is at its highest."""
    return simcrc.load(path, [*(SHORT if path == PORTAL else SHORT[:1]), *more]).run(replications=1)


@pytest.fixture(scope="module")
def base() -> Results:
    return run(BASE)


@pytest.fixture(scope="module")
def portal() -> Results:
    return run(PORTAL)


def calls(results: Results, service: str, segment: str = "users") -> float:
    found = results.value("phone.contacts_per_need", service=service, segment=segment)
    assert found is not None
    return found


def test_what_is_calibrated_says_so() -> None:
    loaded = load(PORTAL)
    fit, expect = loaded.scenario.fit, loaded.scenario.expect
    assert fit is not None
    assert expect is not None
    places = [("choice", "verify", "portal", "probability"), ("policies", 0, "measures", 0, "open", "share")]
    assert [parameter.path for parameter in fit.parameters] == [".".join(map(str, place)) for place in places]
    assert [loaded.provenance[place].status for place in places] == ["calibrated", "calibrated"]
    fitted = [figure for figure in expect.figures if figure.fitted]
    assert [figure.equals.value for figure in fitted if figure.equals] == [0.14, -0.29]
    assert all(figure.change == "relative" for figure in expect.figures)


def test_it_is_compared_with_its_base() -> None:
    loaded = load(PORTAL)
    assert two_arms(loaded)
    base = base_of(loaded, ["choice.verify.portal.probability=10 %", "channels.phone.resolution.ambiguous=80 %"])
    assert list(base.loaded.scenario.channels) == ["phone", "counter"]
    assert base.loaded.scenario.channels["phone"].resolution == {"unambiguous": 0.97, "ambiguous": 0.8}


def test_only_its_users_call_more_about_what_is_ambiguous_and_less_about_the_rest(base: Results, portal: Results) -> None:
    assert calls(portal, "unambiguous") < 0.85 * calls(base, "unambiguous")
    assert calls(portal, "ambiguous") > 1.15 * calls(base, "ambiguous")
    for service in ("unambiguous", "ambiguous"):
        assert calls(portal, service, "others") == calls(base, service, "others")


def test_without_what_is_new_there_is_no_surge(portal: Results) -> None:
    settled = run(PORTAL, "choice.verify.portal.first_use.factor=1")
    more, fewer = (results.value("contacts_per_need", reason="verification") for results in (portal, settled))
    assert more is not None
    assert fewer is not None
    assert more > 1.2 * fewer > 0
    same = [results.value("contacts_per_need", reason="induced") for results in (portal, settled)]
    assert same[0] == same[1]


def test_without_verification_and_induced_contacts_it_takes_calls_away(base: Results) -> None:
    plain = run(PORTAL, "choice.verify.portal.probability=0", "choice.induced.portal.probability=0")
    assert calls(plain, "ambiguous") < calls(base, "ambiguous")
