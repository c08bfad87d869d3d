"""Precision that is asked: how it is written, when a run stops, what is said of what was not reached."""

from __future__ import annotations

from pathlib import Path

import pytest

import simcrc
from simcrc.experiment.precision import Goal, Precision, PrecisionError, Reached, from_manifest, reached
from simcrc.experiment.statistics import Estimate
from simcrc.model.compile import compile
from simcrc.report.precision import lines, rounded, sentence

SMALLEST = Path(__file__).parents[2] / "scenarios" / "smallest.yaml"
QUICK = ("horizon=1 week", "services.information.volume.per_day=60", "teams.agents.schedule.week={Mon-Fri: {08:30: 2, 16:30: 0}}")


@pytest.fixture(scope="module")
def study() -> simcrc.Study:
    return simcrc.load(SMALLEST, set_=list(QUICK))


def asked(study: simcrc.Study, *written: str, most: int = 40, first: int | None = None) -> Precision:
    return Precision.asked(written, compile(study.scenario, None), most, first)


def test_how_it_is_written(study: simcrc.Study) -> None:
    rule = asked(study, "phone.asa=5%", "fcr=0,5 pts", "contacts_per_need = 0.01", "phone.wait_p90=2 min", "time_to_resolution=30 min", "cost_per_contact=0.02")
    assert [(goal.figure, goal.unit, goal.share, goal.width) for goal in rule.goals] == [
        ("phone.asa", "s", 0.05, None),
        ("fcr", "share", None, 0.005),
        ("contacts_per_need", "contacts/need", None, 0.01),
        ("phone.wait_p90", "s", None, 120.0),
        ("time_to_resolution", "h", None, 0.5),
        ("cost_per_contact", "CAD/contact", None, 0.02),
    ]
    assert rule.looks == (10, 15, 23, 35, 40)
    assert asked(study, "fcr=0.02").goals[0].width == 0.02
    assert from_manifest(rule.about() or {}).goals == rule.goals


def test_everything_that_is_wrong_is_said_at_once(study: simcrc.Study) -> None:
    with pytest.raises(PrecisionError) as caught:
        asked(study, "phone.ass=3%", "fcr=10s", "phone.asa=2pts", "fcr=0", "offered=1%", "offered=2%", "asa", "asa=soon", most=1, first=3)
    said = {lang: caught.value.say(lang).splitlines() for lang in simcrc.words.LANGS}
    assert len(said["fr"]) == len(said["en"]) == 8
    for part in (
        "at least 2",
        "phone.asa",
        "fcr is not a length of time",
        "phone.asa is not a share",
        "above 0",
        "already asked of offered",
        "asa: a precision",
        "soon",
    ):
        assert any(part in line for line in said["en"]), part
    with pytest.raises(PrecisionError, match="10"):
        asked(study, "asa=5%", first=5)
    with pytest.raises(PrecisionError):
        study.run(max_replications=20)
    with pytest.raises(PrecisionError):
        asked(study)


def test_what_an_estimate_makes_of_a_goal() -> None:
    relative, absolute = Goal("phone.asa", "5%", "s", 0.05, None), Goal("phone.asa", "2 s", "s", None, 2.0)
    found = Estimate(40.0, 38.0, 42.0, 10)
    assert reached(relative, found, 10).reached
    assert reached(absolute, found, 10).reached
    wide = reached(relative, Estimate(40.0, 36.0, 44.0, 10), 10)
    assert (wide.reached, wide.why, wide.half_width, wide.wanted, wide.needed) == (False, "wide", 4.0, 2.0, 40)
    assert reached(relative, Estimate(0.5, -1.0, 2.0, 10), 10).why == "zero"
    assert reached(relative, Estimate(0.0, 0.0, 0.0, 10), 10).why == "zero"
    assert reached(absolute, Estimate(0.5, -1.0, 2.0, 10), 10) == Reached("phone.asa", "2 s", "s", None, 0.5, 0.0, 2.0, 1.5, 2.0, 10, True)
    assert reached(relative, Estimate(None, None, None, 0), 10).why == "none"
    assert reached(absolute, Estimate(3.0, None, None, 1), 10).why == "interval"


def test_it_stops_at_the_first_look_that_is_enough(study: simcrc.Study) -> None:
    loose = study.run(precision={"phone.asa": "80%", "contacts_per_need": 0.2}, max_replications=40)
    assert loose.replications == 10
    assert [each.reached for each in loose.precision] == [True, True]
    values = study.run(10)
    assert loose.indicators.equals(values.indicators)
    tight = study.run(precision={"phone.asa": "1%"}, max_replications=12)
    (found,) = tight.precision
    assert (tight.replications, found.reached, found.why, found.replications) == (12, False, "wide", 12)
    assert found.needed is not None
    assert found.needed > 100
    plain = tight.estimate("phone.asa")
    assert plain.low is not None
    assert found.low is not None
    assert found.low < plain.low  # widened for the looks
    assert found.mean == pytest.approx(plain.mean, rel=1e-12)


def test_the_number_of_workers_and_the_order_do_not_matter(study: simcrc.Study, tmp_path: Path) -> None:
    asked = {"phone.asa": "13.5%"}
    one = study.run(precision=asked, max_replications=23, output=tmp_path / "one")
    two = study.run(precision=asked, max_replications=23, output=tmp_path / "two", jobs=2, order=range(23, 0, -1))
    assert one.replications == 15
    assert {k: v for k, v in one.manifest.items() if k != "run"} == {k: v for k, v in two.manifest.items() if k != "run"}


def test_what_is_said(study: simcrc.Study) -> None:
    names = {"phone": {"fr": "téléphone", "en": "phone"}}
    found = [
        Reached("phone.asa", "5%", "s", 0.05, 40.0, 38.5, 41.5, 1.5, 2.0, 1200, True),
        Reached("phone.asa", "1 s", "s", None, 40.0, 38.5, 41.5, 1.5, 1.0, 1200, False, "wide", 2700),
        Reached("fcr", "0.5pts", "share", None, 0.7, 0.69, 0.71, 0.01, 0.005, 1200, False, "wide", 4813),
        Reached("phone.blocking_ratio", "5%", "share", 0.05, 0.0, 0.0, 0.0, 0.0, 0.0, 1200, False, "zero"),
        Reached("web.asa", "1 s", "s", None, None, None, None, None, 1.0, 1200, False, "none"),
    ]
    french, english = lines(found, 4, names, "fr"), lines(found, 4, names, "en")
    assert "NON atteinte après 1\u00a0200 réplications" in french
    assert "NOT reached after 1,200 replications" in english
    assert "±\u00a01,00\u00a0pts obtenu, ±\u00a00,50\u00a0pts demandé ; il faudrait environ 4\u00a0900 réplications" in french
    assert "±\u00a03.8%" in english
    assert "phone.blocking_ratio=1pts" in french
    assert "web.asa: the figure does not exist" in english
    assert sentence(found[0], "fr") == ""
    assert "élargis" not in lines(found[:1], 1, names, "fr")
    assert "Précision atteinte" in lines(found[:1], 4, names, "fr")
    assert [rounded(n) for n in (0, 7, 31, 101, 4813)] == [0, 7, 31, 110, 4900]


def test_ratios_take_sums_first(study: simcrc.Study) -> None:
    results = study.run(precision=["phone.abandonment_ratio=50%"], max_replications=40)
    (found,) = results.precision
    offered, abandoned = results.value("phone.offered"), results.value("phone.abandoned")
    assert offered
    assert abandoned
    assert found.mean == pytest.approx(abandoned / offered, rel=1e-9)
