"""Plans of measurement: numbers moved by hand, costs, ranges before and after, on a scenario small enough to be run many times."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from simcrc.experiment.measurement import Measured, NoPlanError, measurement, plan_of
from simcrc.experiment.moving import assignments, parameter, place_of
from simcrc.experiment.naming import UnknownFigureError
from simcrc.experiment.outcomes import Outcome, figures
from simcrc.experiment.points import hypercube
from simcrc.scenario import Loaded, load
from tests.experiment.test_unknowns import TEXT

SURVEY = """\
policy: {fr: Sonder, en: Survey}
base: small.yaml
cost: {once: 200}
measures:
  - at: 2024-01-01
    lasts: 31 days
    cost: {once: 1000, per_month: 310}
    measure:
      how: survey
      learnt: [{path: channels.web.completion, precision: 5 %}, {path: population.segments.young.share, precision: 2 %}]
  - {at: 2024-01-08, promote: {channel: web, odds: 1.5}, cost: {once: 9000}}
"""
COUNT = """\
policy: {fr: Compter, en: Count}
base: small.yaml
measures:
  - at: 2024-01-08
    cost: {once: 500}
    measure: {how: count, learnt: [{path: services.ask.volume.per_day, precision: 3 %}, {path: services.move.volume.per_day, precision: 3 %}]}
"""
PROMOTE = """\
policy: {fr: Promouvoir, en: Promote}
base: small.yaml
measures: [{at: 2024-01-09, promote: {channel: web, odds: 3}}]
"""
ASKED = Outcome("contacts_per_need")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("plans")
    for name, text in (("small", TEXT), ("survey", SURVEY), ("count", COUNT), ("promote", PROMOTE)):
        (out / f"{name}.yaml").write_text(text, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def found(folder: Path) -> Measured:
    return measurement(folder / "small.yaml", [folder / "survey.yaml", folder / "count.yaml"], replications=1, points=5)


def moved(loaded: Loaded, path: str, position: float) -> dict[str, str]:
    return dict(said.split("=", 1) for said in assignments(loaded, {parameter(loaded, path): position}))


def test_numbers_move_within_their_ranges(folder: Path) -> None:
    small = load(folder / "small.yaml")
    assert place_of(small.document, "choice.next.web.failed") == ("choice", "next", "web.failed")
    assert moved(small, "channels.web.completion", 0) == {"channels.web.completion.ask": "0.56", "channels.web.completion.move": "0.4"}
    assert moved(small, "channels.web.completion", 0.5) == {"channels.web.completion.ask": "0.7", "channels.web.completion.move": "0.5"}
    assert moved(small, "services.ask.volume.per_day", 0.5) == {"services.ask.volume.per_day": "112"}
    assert moved(small, "channels.web.duration", 1) == {"channels.web.duration.value.lognormal.mean": "7 min"}  # the shape stays
    row = moved(small, "choice.next.web.failed", 1)
    assert row == {"choice.next.web.failed.phone": "0.78 after 1 h", "choice.next.web.failed.give_up": "0.22"}
    segments = moved(small, "population.segments.young.share", 1)
    assert segments == {"population.segments.young.share": "0.8", "population.segments.old.share": "0.2"}
    assert moved(small, "services.move.volume.per_day", 1) == {}  # no range


def test_what_is_learnt_is_narrower_and_inside(folder: Path) -> None:
    small = load(folder / "small.yaml")
    whole = parameter(small, "channels.web.completion")
    after = whole.within(0.05)
    assert [(each.low, each.high) for each in after.bounds] == [pytest.approx((0.665, 0.735)), pytest.approx((0.475, 0.525))]
    assert whole.within(5.0).bounds == whole.bounds  # a measurement never makes a range wider
    assert parameter(small, "channels.web.cost.per_contact").within(0.5).bounds[0].high == 0.8


def test_a_latin_hypercube() -> None:
    cube = hypercube(6, 4, 1)
    assert np.array_equal(np.sort(cube, axis=0), np.repeat(np.linspace(0, 1, 6)[:, None], 4, axis=1))
    assert np.array_equal(cube, hypercube(6, 4, 1))
    assert not np.array_equal(cube[:, 0], cube[:, 1])


def test_costs_of_what_measures(found: Measured) -> None:
    survey, count = found.plans
    assert (survey.once, survey.running) == (1200, pytest.approx(310))  # its own cost, and that of the measure; promoting is no measurement
    assert (count.once, count.running) == (500, 0)
    assert survey.learnt == {"channels.web.completion": 0.05, "population.segments.young.share": 0.02}
    assert found.still == ("services.move.volume.per_day",)


def test_what_begins_as_the_period_ends_costs_nothing(folder: Path) -> None:
    small, path = folder / "small.yaml", folder / "late.yaml"
    path.write_text(COUNT.replace("at: 2024-01-08", "at: 2024-01-10"), encoding="utf-8")
    costs = []
    for horizon in ("2 days", "3 days"):  # from the 8th
        base, with_plan = (load(small, set_=[f"horizon={horizon}"], policies=policies) for policies in ((), (path,)))
        costs.append(plan_of(path, with_plan, base).once)
    assert costs == [0, 500]


def test_ranges_before_and_after(folder: Path, found: Measured) -> None:
    small = folder / "small.yaml"
    one = next(each for each in found.learnt if each.parameter.path == "channels.web.completion")
    ends = [
        figures(load(small, set_=[f"channels.web.completion.ask={a}", f"channels.web.completion.move={b}"]), [ASKED.name], 1)
        for a, b in ((0.56, 0.4), (0.84, 0.6))
    ]
    written = float(figures(load(small), [ASKED.name], 1)[ASKED.name][0])
    values = [written, *(float(each[ASKED.name][0]) for each in ends)]
    assert (one.before[ASKED].low, one.before[ASKED].high) == (min(values), max(values))
    assert found.base[ASKED].mean == written
    assert one.after[1] is None  # the second plan does not learn it
    after = one.after[0]
    assert after is not None
    assert after[ASKED].width < one.before[ASKED].width / 2  # type: ignore[operator]
    for spreads in (found.before, *found.after):
        assert spreads[ASKED].low <= written <= spreads[ASKED].high  # type: ignore[operator]
    assert found.after[0][ASKED].width < found.before[ASKED].width  # type: ignore[operator]
    assert found.runs == 1 + 5 * 3 + 2 * 3 + 2 * 3  # as written; together; before, after, one at a time


def test_the_effect_of_a_policy_is_an_outcome(folder: Path) -> None:
    found = measurement(folder / "small.yaml", [folder / "survey.yaml"], ["contacts_per_need", "phone.asa"], folder / "promote.yaml", 1, 3, each=False)
    assert [(outcome.name, outcome.change) for outcome in found.outcomes] == [
        ("contacts_per_need", False),
        ("phone.asa", False),
        ("contacts_per_need", True),
        ("phone.asa", True),
    ]
    base, policy = (figures(load(folder / "small.yaml", policies=more), [ASKED.name], 1)[ASKED.name][0] for more in ([], [folder / "promote.yaml"]))
    assert found.base[Outcome("contacts_per_need", change=True)].mean == pytest.approx(policy - base)
    assert found.learnt == ()


def test_points_where_the_scenario_could_not_stand(tmp_path: Path) -> None:
    young = "young: {share: {value: 60 %, status: assumed, range: [50 %, 80 %]}"
    ranged = TEXT.replace(young, young + ", access: {value: 90 %, status: assumed, range: [30 %, 95 %]}")  # 40 % of all take the Web first
    (tmp_path / "small.yaml").write_text(ranged, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(SURVEY.replace("channels.web.completion", "population.segments.young.access"), encoding="utf-8")
    found = measurement(tmp_path / "small.yaml", [tmp_path / "plan.yaml"], replications=1, points=3, set_=["horizon=2 days"])
    assert found.refused == 2  # the low end, alone and in the design, before; after it is 85.5 %
    assert "could not stand there (a share above access, say): 2." in found.text("en")
    assert found.runs == 1 + 3 + 3 + 4 + 4 - found.refused


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_in_words(found: Measured, lang: str) -> None:
    said = found.text(lang)  # type: ignore[arg-type]
    words = {
        "fr": ("Sonder", "contacts par besoin", "hypercube latin de 5 points", "après : Compter", "±5,0\u00a0%"),
        "en": ("Survey", "contacts per need", "Latin hypercube of 5 points", "after: Count", "±5.0%"),
    }
    for word in words[lang]:
        assert word in said
    lines = said.splitlines()
    assert all(len(line) <= 170 for line in lines)
    order = [line.split()[0] for line in lines if line.startswith(("channels.web.completion ", "population.segments.young.share "))]
    widths = [each.before[ASKED].width or 0.0 for path in order for each in found.learnt if each.parameter.path == path]
    assert all(one >= other for one, other in pairwise(widths))


def test_what_cannot_be_asked(folder: Path) -> None:
    with pytest.raises(NoPlanError) as caught:
        measurement(folder / "small.yaml", [folder / "promote.yaml"])
    assert "« measure »" in caught.value.say("fr")
    with pytest.raises(UnknownFigureError):
        measurement(folder / "small.yaml", [folder / "survey.yaml"], ["contacts_per_ned"])
