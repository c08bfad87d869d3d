"""``fit:`` in the language: what is read, its schema, and that it changes nothing of what is simulated."""

from __future__ import annotations

import pickle
from pathlib import Path

import jsonschema
import pytest

from simcrc.bench.keep import scenario_digest
from simcrc.experiment.unknowns import unknowns
from simcrc.scenario import json_schema, load
from simcrc.scenario.check_fit import place_of
from simcrc.scenario.fit import targets
from simcrc.scenario.positions import read_file
from tests.fitting.small import TEXT, write

BARE = TEXT.partition("\nfit:")[0] + "\n"


def test_read(tmp_path: Path) -> None:
    scenario = load(write(tmp_path)).scenario
    assert scenario.fit is not None
    assert scenario.expect is not None
    assert (scenario.fit.replications, scenario.fit.evaluations, scenario.fit.set_) == (2, 100, ())
    low, high = scenario.fit.parameters[1].within
    assert (low.size, high.size) == pytest.approx((0.05, 0.75))
    assert [number for number, _ in targets(scenario.expect)] == [0, 1]
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_without_marks_all_figures_are_targets(tmp_path: Path) -> None:
    expect = load(write(tmp_path, TEXT.replace(", fitted: true", ""))).scenario.expect
    assert expect is not None
    assert len(targets(expect)) == 3


def test_the_schema_accepts_it(tmp_path: Path) -> None:
    tree, problems = read_file(write(tmp_path), "tiny.yaml")
    assert tree is not None
    assert not problems
    jsonschema.validate(tree.document, json_schema())
    tree.document["fit"]["parameters"][0]["within"] = [1]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tree.document, json_schema())


def test_a_run_ignores_it(tmp_path: Path) -> None:
    with_fit, without = load(write(tmp_path)), load(write(tmp_path, BARE, "bare.yaml"))
    assert scenario_digest(with_fit) == scenario_digest(without)
    assert [each.path for each in unknowns(with_fit)] == [each.path for each in unknowns(without)]


def test_calibrated_is_a_status(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, TEXT.replace("status: assumed", "status: calibrated")))
    assert loaded.provenance[("channels", "web", "completion")].status == "calibrated"
    (found,) = [each for each in unknowns(loaded) if each.path.startswith("channels.web.completion")]
    assert found.state == "assumed"


def test_places_whose_keys_hold_dots(tmp_path: Path) -> None:
    document = load(write(tmp_path)).document
    assert place_of(document, "choice.next.web.failed.phone") == ("choice", "next", "web.failed", "phone")
    assert place_of(document, "teams.agents.serves.1") == ("teams", "agents", "serves", 1)
    assert place_of(document, "teams.agents.serves.2") is None
    assert place_of(document, "choice.next.web.failed.fax") is None
