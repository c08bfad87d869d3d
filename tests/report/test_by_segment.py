"""What a run says of its segments and of the roles of its channels: who is best and worst served, who never migrates, by hand from the rows of the run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import simcrc
from simcrc.report.by_segment import roles, segments, tables
from simcrc.report.plain import render
from tests.experiment.paired import BASE

ROLES = """\
roles:
  simple: {services: info, complex: false}
  needs_assistance: [{online: false}, {segments: [far], skill_below: 70 %}]
  channels:
    web: always
    ivr: {simple: true, needs_assistance: false}
    phone: [{needs_assistance: true}, {self_service: false}, {reasons: [chase, verification]}]
    mail: {not_by: phone}
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Any:
    out = tmp_path_factory.mktemp("segments")
    (out / "base.yaml").write_text(BASE + ROLES, encoding="utf-8")
    return simcrc.load(out / "base.yaml").run(2)


def test_who_never_migrates(results: Any) -> None:
    needs = results.needs[results.needs["measured"]]
    never = (needs["channels_used"] & 1) == 0  # the Web is the first channel
    for segment in ("near", "far"):
        own = needs["segment"] == segment
        assert results.value("never_electronic", segment=segment) == pytest.approx(float(never[own].mean()), abs=1e-12)
        citizens = never[own].groupby([needs["replication"][own], needs["citizen"][own]]).all()
        assert results.value("never_electronic_citizens", segment=segment) == pytest.approx(float(citizens.mean()), abs=1e-12)
    apart = never.groupby([needs["replication"], needs["segment"]]).mean().unstack()
    assert results.value("never_electronic_gap") == pytest.approx(float((apart["near"] - apart["far"]).abs().mean()), abs=1e-12)


def test_cost_per_need(results: Any) -> None:
    needs = results.needs[results.needs["measured"]]
    for segment in ("near", "far"):
        own = needs[needs["segment"] == segment]
        assert results.value("cost_per_need", segment=segment) == pytest.approx(float(own["cost"].sum()) / len(own))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_table_of_the_segments(results: Any, lang: Any) -> None:
    table = segments(results, lang)
    assert table is not None
    assert [row[0] for row in table.rows[:2]] == [{"fr": "Proches", "en": "Near"}[lang], "far"]
    assert len(table.rows) == 7  # two segments, all, gap, its interval, best, worst
    widest = max(len(line) for line in render(table).splitlines())
    assert widest <= 150
    far, near = (results.value("contacts_per_need", segment=name) for name in ("far", "near"))
    column = 4
    assert table.columns[column] == {"fr": "Contacts par besoin", "en": "Contacts per need"}[lang]
    assert (table.rows[5][column] == "far") == (far < near)
    completed = table.columns.index({"fr": "Mené à terme", "en": "Completed"}[lang])
    assert table.rows[2][completed].endswith("%")
    assert table.rows[3][completed].endswith("\u00a0pts")  # a difference of shares


def test_the_table_of_the_roles_says_what_it_counts(results: Any) -> None:
    table = roles(results, "en")
    assert table is not None
    assert [row[0] for row in table.rows] == ["Web site", "IVR", "phone with an agent", "mail"]
    assert table.rows[0][1] == "100.0%"
    assert table.rows[1][1] == f"{100 * results.value('ivr.in_role'):.1f}%"
    assert "IVR: simple request, no assistance needed." in table.notes
    assert "Assistance needed: citizen off line; or segment far, skill below 70%." in table.notes
    assert "Simple request: service Information, need that is not complex." in table.notes
    french = roles(results, "fr")
    assert french is not None
    said = "\n".join(french.notes)
    assert "téléphone avec préposé : besoin d'aide ; ou aucun libre-service pour ce service ; ou motif : relance ou vérification." in said


def test_nothing_to_say(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "scenarios" / "smallest.yaml").read_text(encoding="utf-8")
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    found = simcrc.load(tmp_path / "one.yaml", ["horizon=1 day"]).run(1)
    assert tables(found, "fr") == []
