"""The language on generated scenarios: each loads without a problem, is valid by the JSON Schema, survives being written and read
again, and its figures have the shape that they must have."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given

from simcrc.indicators.tabulate import tabulate
from simcrc.log import Outcome
from simcrc.model.compile import compile
from simcrc.observe import Observer
from simcrc.scenario import dump, json_schema, load
from simcrc.scenario.scenario import Scenario
from tests.properties.pen import Document
from tests.properties.profiles import examples
from tests.properties.scenarios import documents, scenarios
from tests.properties.test_order import log


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("language")


@pytest.fixture(scope="module")
def validator() -> Any:
    return jsonschema.Draft202012Validator(json_schema())


@examples(30)
@given(documents())
def test_every_scenario_is_the_same_after_being_written_and_read_again(folder: Path, document: Document) -> None:
    first, second = folder / "first.yaml", folder / "second.yaml"
    first.write_text(dump(document), encoding="utf-8")
    one = load(first)
    assert one.document == document
    second.write_text(dump(one.document), encoding="utf-8")
    two = load(second)
    assert two.scenario == one.scenario
    assert two.digest == one.digest
    assert two.document == one.document
    assert two.provenance == one.provenance
    assert dump(two.document) == second.read_text(encoding="utf-8")


@examples(20)
@given(documents())
def test_the_json_schema_accepts_every_scenario(validator: Any, document: Document) -> None:
    errors = [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(document)]
    assert errors == []


@examples(12)
@given(scenarios())
def test_a_scenario_survives_the_way_to_a_worker(scenario: Scenario) -> None:
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario
    assert np.array_equal(log(compile(again)), log(compile(scenario)))


@examples(8)
@given(scenarios())
def test_figures_have_their_shape(scenario: Scenario) -> None:
    model = compile(scenario)
    sums = []
    for replication in range(2):
        observer = Observer(model)
        observer.feed(log(model, replication))
        sums.append(observer.finish(model.end))
    table = tabulate(model, sums)
    figures = table.dropna(subset=["mean"])
    assert np.isfinite(figures["mean"]).all()
    signed = figures["indicator"].str.endswith(("_gap", "_drift"))
    assert (figures.loc[~signed, "mean"] >= 0).all()
    shares = figures[(figures["unit"] == "share") & ~signed]
    assert shares["mean"].between(0, 1 + 1e-12).all()
    whole = table[table[["channel", "service", "segment", "reason", "period"]].isna().all(axis=1)].set_index("indicator")["mean"]
    ends = [outcome.name.lower() for outcome in Outcome]
    assert whole.reindex(ends).fillna(0).sum() == pytest.approx(whole.reindex(["offered"]).fillna(0).iloc[0])
    closed = whole.reindex(["needs_resolved", "needs_given_up", "needs_open"]).fillna(0)
    assert closed.sum() == pytest.approx(whole.reindex(["needs_started"]).fillna(0).iloc[0])
