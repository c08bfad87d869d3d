"""What the results do not depend on: the order in which a scenario writes its sections and fields, the order of the replications and
what ran before, the number of workers, the size of the pieces in which the log is handed on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import simcrc
from simcrc.engine import run as engine_run
from simcrc.engine.run import simulate
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.observe import Observer
from simcrc.scenario import dump, load
from simcrc.scenario.scenario import Scenario
from tests.properties.pen import Document
from tests.properties.profiles import examples
from tests.properties.scenarios import documents, read, scenarios

BY_NAME = ("services", "channels", "teams", "segments", "sites", "steps", "skills", "language")
"""Mappings in which the order is that of the things themselves: their numbers, the order of teams, the order of the steps of the work."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("order")


def log(model: Model, replication: int = 0) -> np.ndarray:
    """The rows of a replication."""
    chunks: list[np.ndarray] = []
    simulate(model, replication, chunks.append)
    return np.concatenate(chunks)


def reordered(value: Any, draw: Any, key: str = "") -> Any:
    """`value` with the keys of its mappings in another order, but for mappings from names."""
    if isinstance(value, list):
        return [reordered(inner, draw) for inner in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    if key not in BY_NAME:
        keys = draw(st.permutations(keys))
    return {inner: reordered(value[inner], draw, str(inner)) for inner in keys}


@examples(30)
@given(documents(provenance=False), st.data())
def test_the_order_of_sections_and_fields_changes_nothing(document: Document, data: st.DataObject) -> None:
    other = reordered(document, data.draw)
    one, two = read(document), read(other)
    assert one == two
    first, second = compile(one), compile(two)
    assert np.array_equal(log(first), log(second))


@examples(15)
@given(documents(), st.data())
def test_the_order_of_sections_changes_no_byte(folder: Path, document: Document, data: st.DataObject) -> None:
    """What a results folder says of its scenario is the same too: the digest, and the document that it holds."""
    other = {key: document[key] for key in data.draw(st.permutations(list(document)))}
    found = []
    for name, written in (("one", document), ("other", other)):
        path = folder / f"{name}.yaml"
        path.write_text(dump(written), encoding="utf-8")
        loaded = load(path)
        found.append((loaded.digest, dump(loaded.document), loaded.scenario))
    assert found[0] == found[1]


@examples(15)
@given(scenarios())
def test_the_order_of_replications_changes_nothing(scenario: Scenario) -> None:
    model = compile(scenario)
    forth = [log(model, replication) for replication in range(3)]
    again = compile(scenario)
    back = [log(again, replication) for replication in (2, 0, 1)]
    assert all(np.array_equal(one, back[place]) for one, place in zip(forth, (1, 2, 0), strict=True))


@examples(15)
@given(scenarios(), st.integers(1, 60), st.integers(0, 200))
def test_the_size_of_pieces_and_the_memory_for_draws_change_nothing(scenario: Scenario, piece: int, memory: int) -> None:
    model = compile(scenario)
    rows = log(model)
    whole, parts = Observer(model), Observer(model, least=piece)
    whole.feed(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine_run, "PIECE", 6 * piece)
        patch.setattr(engine_run, "MEMORY", memory)
        simulate(compile(scenario), 0, parts.feed)
    assert whole.finish(model.end) == parts.finish(model.end)


@examples(2)
@given(documents(), st.permutations([1, 2, 3]))
def test_workers_and_order_give_the_same_bytes(tmp_path_factory: pytest.TempPathFactory, document: Document, order: list[int]) -> None:
    folder = tmp_path_factory.mktemp("workers")
    path = folder / "scenario.yaml"
    path.write_text(dump(document), encoding="utf-8")
    study = simcrc.load(path)
    study.run(3, output=folder / "one", events=True)
    study.run(3, output=folder / "two", events=True, jobs=2, order=order)
    expected, found = (contents(folder / name) for name in ("one", "two"))
    assert found.keys() == expected.keys()
    assert [name for name in expected if found[name] != expected[name]] == []
    assert load(folder / "one" / "scenario.yaml").scenario == study.scenario


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the manifest, which tells of the occasion too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"}
