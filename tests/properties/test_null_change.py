"""A change that changes nothing: ``--set`` of a value to what it is gives the same scenario, the same digest and the same log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.model.compile import compile
from simcrc.scenario import dump, load
from tests.properties.pen import Document
from tests.properties.profiles import examples
from tests.properties.scenarios import documents
from tests.properties.test_order import log


def values(document: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value of a document with its path, sections and lists too."""
    items: Any = document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    for key, value in items:
        yield (*path, str(key)), value
        yield from values(value, (*path, str(key)))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("null") / "scenario.yaml"


@examples(30)
@given(documents(), st.data())
def test_setting_values_to_what_they_are_changes_nothing(path: Path, document: Document, data: st.DataObject) -> None:
    path.write_text(dump(document), encoding="utf-8")
    chosen = data.draw(st.lists(st.sampled_from(list(values(document))), min_size=1, max_size=4))
    assignments = [f"{'.'.join(parts)}={json.dumps(value)}" for parts, value in chosen]
    one, two = load(path), load(path, set_=assignments)
    assert two.document == one.document
    assert two.scenario == one.scenario
    assert two.digest == one.digest
    assert np.array_equal(log(compile(one.scenario)), log(compile(two.scenario)))
