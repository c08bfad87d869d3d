"""Rows of needs and contacts: names, instants and amounts going out, integers coming back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from simcrc.engine.run import simulate
from simcrc.experiment.rows import AMOUNTS, AXES, COUNTS, DURATIONS, INSTANTS, REFERENCES, Encoder, decode
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.observe import Observer
from simcrc.scenario import load
from tests.experiment.test_same_bytes import ITEMS

Table = dict[str, np.ndarray[Any, Any]]
WHOLE = {"need", "contact", "channels_used", "modes_used"}
FLAGS = {"complex", "ambiguous", "online", "resolved", "measured"}


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Model, list[Table], list[Table]]:
    path = tmp_path_factory.mktemp("rows") / "items.yaml"
    path.write_text(ITEMS.replace("start: 2024-01-08", "start: 2024-03-08\ntimezone: America/Toronto"))
    model = compile(load(Path(path)).scenario)
    needs: list[Table] = []
    contacts: list[Table] = []
    observer = Observer(model, on_needs=needs.append, on_contacts=contacts.append)
    simulate(model, 0, observer.feed)
    observer.finish(model.end)
    return model, needs, contacts


def test_every_column_has_a_kind(observed: tuple[Model, list[Table], list[Table]]) -> None:
    _, needs, contacts = observed
    known = INSTANTS | DURATIONS | AMOUNTS | REFERENCES | COUNTS | set(AXES) | WHOLE | FLAGS
    assert set(needs[0]) | set(contacts[0]) == known


@pytest.mark.parametrize("kind", ["needs", "contacts"])
def test_there_and_back(observed: tuple[Model, list[Table], list[Table]], kind: str) -> None:
    model, needs, contacts = observed
    encoder = Encoder(model, 7)
    for table in needs if kind == "needs" else contacts:
        rows = encoder.rows(table)
        assert set(rows.column("replication").to_pylist()) == {7}
        names = tuple(name for name in table if name not in AMOUNTS)
        for name, values in decode(rows, model, names).items():
            assert np.array_equal(values, table[name].astype(np.int64)), name
        for name in AMOUNTS & set(table):
            assert np.allclose(rows.column(name).to_numpy() * 1e6, table[name])


def test_instants_are_of_the_zone_and_agree_with_the_wall_clock(observed: tuple[Model, list[Table], list[Table]]) -> None:
    model, needs, _ = observed
    table = needs[0]
    started = Encoder(model, 1).rows(table).column("started")
    assert started.type == pa.timestamp("us", tz="America/Toronto")
    stamps = started.to_pandas()
    hours = model.calendar.half_hour(table["started"]) // 2
    assert (stamps.dt.hour.to_numpy() == hours).all()
    assert len(stamps.dt.strftime("%z").unique()) == 2  # the clocks change on 10 March 2024
