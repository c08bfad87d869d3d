"""Workbooks, read back with openpyxl: sheets, numbers and dates as such, and nothing that runs."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from simcrc import Results
from simcrc.export import ExportError, export, xlsx
from simcrc.export.definitions import COLUMNS
from simcrc.indicators import indicators
from tests.export.example import FORMULA, SCRIPT, seconds, table

PARTS = ["summary", "needs", "contacts"]
NASTY = [FORMULA, "+1", "-1", "@x", "\t=1", "a\x00b\x1bc", SCRIPT, "שלום", "x" * 40_000, "_x0041_", " a \n b ", None, ""]


@pytest.fixture(scope="module")
def path(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return results.export("xlsx", tmp_path_factory.mktemp("xlsx") / "out.xlsx", tables=PARTS, lang="fr")


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def written(tmp_path: Path, *tables: Any) -> Any:
    xlsx.write_xlsx(tmp_path / "a.xlsx", tables, "title")
    return openpyxl.load_workbook(tmp_path / "a.xlsx")


def test_a_sheet_a_table_with_the_header_in_sight_and_filters(book: Any, results: Results) -> None:
    assert book.sheetnames == ["about", *PARTS, "definitions"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[1])
    assert book["needs"].max_row == len(results.needs) + 1
    assert book["contacts"].max_row == len(results.contacts) + 1


def test_all_tables_unless_some_are_asked_for(results: Results, tmp_path: Path) -> None:
    done = export(results.path, "xlsx", tmp_path / "all.xlsx")
    assert list(done.counts) == ["about", "summary", "indicators", "needs", "contacts", "definitions"]
    assert done.counts["indicators"] == len(results.indicators)
    assert openpyxl.load_workbook(done.path, read_only=True).sheetnames == list(done.counts)


def test_values_are_those_of_the_results(book: Any, results: Results) -> None:
    contacts = results.contacts
    found = rows_of(book["contacts"])
    assert [int(row["contact"]) for row in found] == contacts["contact"].tolist()
    assert [row["outcome"] for row in found] == contacts["outcome"].astype(str).tolist()
    assert [row["cost"] for row in found] == contacts["cost"].tolist()
    assert [row["resolved"] for row in found] == contacts["resolved"].tolist()
    assert [row["waited"] for row in found] == seconds(contacts["waited"])
    wall = contacts["started"].dt.tz_localize(None)
    assert all(isinstance(row["started"], datetime) for row in found)
    assert max(abs((row["started"] - moment).total_seconds()) for row, moment in zip(found, wall, strict=True)) < 0.002
    assert [row["ended"] is None for row in found] == contacts["ended"].isna().tolist()
    assert sum(row["mean"] for row in rows_of(book["summary"]) if row["indicator"] == "offered" and all(row[x] is None for x in ("channel", "service"))) > 0


def test_definitions_name_every_indicator_and_every_column(book: Any) -> None:
    found = rows_of(book["definitions"])
    assert tuple(found[0]) == COLUMNS
    known = indicators()
    described = {row["name"]: row for row in found if row["kind"] == "indicator"}
    assert set(described) == set(known)
    for name, row in described.items():
        assert (row["label_fr"], row["label_en"]) == (known[name].label.fr, known[name].label.en)
        assert row["definition_fr"]
        assert row["definition_en"]
        assert row["unit"] == known[name].unit.replace("money", "CAD")
    columns = {(row["table"], row["name"]) for row in found if row["kind"] == "column"}
    for sheet in book:
        if sheet.title not in ("about", "definitions"):
            assert {(sheet.title, cell.value) for cell in sheet[1]} <= columns
    assert {row["name"] for row in found if row["table"] == "contacts.outcome"} >= {"served", "in_progress"}


def test_labels_are_in_the_language_asked(book: Any, results: Results, tmp_path: Path) -> None:
    assert "offerts" in " ".join(row["label"] for row in rows_of(book["summary"]))
    english = openpyxl.load_workbook(results.export("xlsx", tmp_path / "en.xlsx", tables=["summary"], lang="en"))
    assert english.sheetnames == ["about", "summary", "definitions"]
    assert "contacts offered" in {row["label"] for row in rows_of(english["summary"])}


def test_no_cell_is_a_formula_and_names_survive(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    texts = {cell.value for cell in cells if isinstance(cell.value, str)}
    assert not any(text[0] in "=+-@" for text in texts)
    assert {SCRIPT, f"'{FORMULA}", "'-1+2", "'@SUM(1)", "קרוב", "counter.québec"} <= texts


def test_awkward_texts(tmp_path: Path) -> None:
    (sheet,) = written(tmp_path, table(text=NASTY)).worksheets
    values = [cell.value for (cell,) in sheet.iter_rows(min_row=2)]
    assert values[:6] == [f"'{FORMULA}", "'+1", "'-1", "'@x", "'\t=1", "a\ufffdb\ufffdc"]
    assert values[6:8] == NASTY[6:8]
    assert len(values[8]) == xlsx.MOST_TEXT
    assert values[8].endswith(" […]")
    assert values[9] == "_x005F_x0041_"  # how a spreadsheet is told that no character by number is meant
    assert values[10] == " a \n b "
    assert values[11] is None
    assert all(cell.data_type in ("s", "n") for (cell,) in sheet.iter_rows(min_row=2))


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    numbers = [-1.5, 0.1 + 0.2, 1e-300, float("nan"), None, -0.0]
    (sheet,) = written(tmp_path, table(number=numbers, whole=[-3, 2**53, 0, None, 1, 2], need=[10**15 + 1, 1, 2, 3, 4, None])).worksheets
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [-1.5, 0.1 + 0.2, 1e-300, None, None, 0]
    assert [row[1] for row in rows] == [-3, 2**53, 0, None, 1, 2]
    assert [row[2] for row in rows] == ["1000000000000001", "1", "2", "3", "4", None]  # digits that a number in a cell would lose


def test_an_infinite_number_is_said(tmp_path: Path) -> None:
    (sheet,) = written(tmp_path, table(number=[float("inf"), float("-inf")])).worksheets
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == ["inf", "'-inf"]


def test_an_empty_table_has_its_header(tmp_path: Path) -> None:
    (sheet,) = written(tmp_path, table(a=pa.array([], pa.string()), b=pa.array([], pa.float64()))).worksheets
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["a", "b"]]


def test_names_of_sheets() -> None:
    names = ["a[b]:*?/\\c", "x" * 40, "x" * 50, "X" * 31, "history", "'q'", "=1", "", "\x07"]
    made = xlsx.sheet_names(names)
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_awkward_names_of_sheets_are_read(tmp_path: Path) -> None:
    book = written(tmp_path, table("l'été & <co>", a=[1]), table('"2"', a=[2]))
    assert book.sheetnames == ["l'été & <co>", '"2"']


def test_letters() -> None:
    assert [xlsx.letters(place) for place in (0, 25, 26, 51, 701, 702, 16_383)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]


def test_more_rows_than_a_sheet_takes(results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1_000)
    with pytest.raises(ExportError) as refused:
        export(results.path, "xlsx", tmp_path / "a.xlsx")
    said = refused.value.say("en")
    assert f'the table "contacts" has {len(results.contacts)} rows, and a sheet of Excel takes 1000' in said
    assert "csv or parquet" in said
    assert "« contacts »" in refused.value.say("fr")
    assert list(tmp_path.iterdir()) == []


def test_same_bytes_and_no_times(results: Results, path: Path, tmp_path: Path) -> None:
    again = results.export("xlsx", tmp_path / "again.xlsx", tables=PARTS, lang="fr")
    assert again.read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        assert b"dcterms:created" not in archive.read("docProps/core.xml")
