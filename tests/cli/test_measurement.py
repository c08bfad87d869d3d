"""``simcrc measurement`` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.calls import simcrc
from tests.experiment.test_measurement import COUNT, PROMOTE, SURVEY
from tests.experiment.test_unknowns import TEXT


def write(folder: Path) -> None:
    for name, text in (("small", TEXT), ("survey", SURVEY), ("count", COUNT), ("promote", PROMOTE)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_two_plans_in_french_and_any_number_of_processes(tmp_path: Path) -> None:
    write(tmp_path)
    options = ("--points", "2", "-r", "1", "--no-each", "--set", "horizon=2 days")
    one = simcrc(tmp_path, "measurement", "small.yaml", "survey.yaml", "count.yaml", *options, "-j", "1", "--lang", "fr")
    assert one.returncode == 0, one.stderr
    assert "Ce que coûtent les plans" in one.stdout
    assert "après : Sonder" in one.stdout
    two = simcrc(tmp_path, "measurement", "small.yaml", "survey.yaml", "count.yaml", *options, "-j", "2", "--lang", "fr")
    assert two.stdout == one.stdout


def test_json(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "measurement", "small.yaml", "survey.yaml", "--points", "2", "-r", "1", "-j", "1", "--json", "--outcome", "phone.asa")
    found = json.loads(done.stdout)
    assert found["plans"][0]["cost_once"] == 1200
    assert {each["path"] for each in found["plans"][0]["learnt"]} == {"channels.web.completion", "population.segments.young.share"}
    assert [each["outcome"] for each in found["before"]] == ["phone.asa"]
    assert found["runs"] == 1 + 2 + 2 + 4 + 4


def test_a_policy_that_measures_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "measurement", "small.yaml", "promote.yaml")
    assert done.returncode != 0
    assert 'no measure of the kind "measure"' in done.stderr
