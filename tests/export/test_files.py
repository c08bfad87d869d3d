"""CSV and Parquet: the same values as in the results, and what they mean beside them."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from simcrc import Results
from simcrc.export.csv_files import write_csv
from tests.export.example import FORMULA, SCRIPT, seconds, table

TABLES = {"about", "summary", "indicators", "needs", "contacts", "definitions"}


@pytest.fixture(scope="module")
def folder(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return results.export("csv", tmp_path_factory.mktemp("csv") / "out", lang="en")


@pytest.fixture(scope="module")
def parquet(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return results.export("parquet", tmp_path_factory.mktemp("parquet") / "out", lang="en")


def test_a_file_a_table(folder: Path, parquet: Path) -> None:
    assert {path.stem for path in folder.iterdir()} == TABLES
    assert {path.name for path in parquet.iterdir()} == {f"{name}.parquet" for name in TABLES}


def test_csv_is_plain(folder: Path) -> None:
    raw = (folder / "contacts.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    raw.decode("utf-8")


def test_csv_holds_the_contacts(folder: Path, results: Results) -> None:
    with (folder / "contacts.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    contacts = results.contacts
    assert [int(row["contact"]) for row in rows] == contacts["contact"].tolist()
    assert [datetime.fromisoformat(row["started"]) for row in rows] == contacts["started"].dt.to_pydatetime().tolist()
    assert {row["started"][-6:] for row in rows} == {"-05:00", "-04:00"}
    assert [float(row["cost"]) for row in rows] == contacts["cost"].tolist()
    assert [row["resolved"] for row in rows] == ["true" if value else "false" for value in contacts["resolved"]]
    assert [row["ended"] == "" for row in rows] == contacts["ended"].isna().tolist()
    assert [row["segment"] for row in rows] == contacts["segment"].astype(str).tolist()


def test_csv_cells_are_harmless_and_numbers_are_numbers(tmp_path: Path) -> None:
    texts = [FORMULA, "-1", "@x", "\r=1", SCRIPT, 'a "b", c\nd', "nul\x00", None]
    rows = write_csv(tmp_path / "a.csv", table(text=texts, number=[-1.5, None, float("nan"), 1e-7, 0.1, -0.0, 1.0, 2.0]))
    assert rows == len(texts)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert [row["text"] for row in found] == [f"'{FORMULA}", "'-1", "'@x", "'\n=1", SCRIPT, 'a "b", c\nd', "nul\ufffd", ""]
    assert [row["number"] for row in found] == ["-1.5", "", "", "1e-07", "0.1", "-0.0", "1.0", "2.0"]


def test_definitions_in_csv(folder: Path) -> None:
    with (folder / "definitions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wait = next(row for row in rows if row["kind"] == "column" and row["table"] == "contacts" and row["name"] == "waited")
    assert wait["label_fr"] == "attente"
    assert wait["unit"] == "s"
    assert next(row for row in rows if row["table"] == "contacts" and row["name"] == "cost")["unit"] == "CAD"


def test_parquet_is_tidy_and_says_what_it_is(parquet: Path, results: Results) -> None:
    schema = pq.read_schema(parquet / "contacts.parquet")
    waited = schema.field("waited")
    assert str(waited.type) == "double"
    assert waited.metadata[b"unit"] == b"s"
    assert waited.metadata[b"label.fr"].decode() == "attente"
    assert schema.field("cost").metadata[b"unit"] == b"CAD"
    assert schema.metadata[b"name.fr"].decode() == SCRIPT
    assert schema.metadata[b"digest"].decode() == results.manifest["digest"]
    assert all(b"definition.en" in field.metadata for field in schema)
    found, contacts = pd.read_parquet(parquet / "contacts.parquet"), results.contacts
    assert found["waited"].tolist() == seconds(contacts["waited"])
    assert found["started"].tolist() == contacts["started"].tolist()
    assert found["station"].astype(str).tolist() == contacts["station"].astype(str).tolist()
    needs = pd.read_parquet(parquet / "needs.parquet")
    assert needs["end"].astype(str).tolist() == results.needs["end"].astype(str).tolist()
    assert needs["citizen"].tolist() == results.needs["citizen"].tolist()


def test_indicators_are_those_of_the_results(parquet: Path, results: Results) -> None:
    found = pd.read_parquet(parquet / "indicators.parquet")
    assert found["mean"].tolist() == pytest.approx(results.indicators["mean"].tolist(), nan_ok=True, rel=0, abs=0)
    assert found["indicator"].astype(str).tolist() == results.indicators["indicator"].tolist()
    assert found["label"].notna().all()
    summary = pd.read_parquet(parquet / "summary.parquet")
    assert len(summary) == results.indicators["period"].isna().sum()


def test_one_replication(results: Results, tmp_path: Path) -> None:
    folder = results.export("parquet", tmp_path / "one", replication=2)
    assert {path.stem for path in folder.iterdir()} == {"about", "needs", "contacts", "definitions"}
    contacts = pd.read_parquet(folder / "contacts.parquet")
    expected = results.contacts[results.contacts["replication"] == 2]
    assert contacts["contact"].tolist() == expected["contact"].tolist()


@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_same_bytes(results: Results, tmp_path: Path, to: str) -> None:
    one, two = (results.export(to, tmp_path / name) for name in ("one", "two"))
    assert {path.name: path.read_bytes() for path in one.iterdir()} == {path.name: path.read_bytes() for path in two.iterdir()}
