"""The same hostile names in the other places where people see them: the terminal and a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

import simcrc
from simcrc.cli import summary
from tests.pages import hostile


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> simcrc.Results:
    folder = tmp_path_factory.mktemp("elsewhere")
    base, _ = hostile.written(folder)
    return simcrc.load(base).run(1, output=folder / "out")


def test_a_terminal_shows_them_as_they_are(results: simcrc.Results, capsys: pytest.CaptureFixture[str]) -> None:
    summary.show(results)
    shown = capsys.readouterr().out
    assert hostile.NAME in shown
    assert hostile.TEAM in shown
    assert "\x1b" not in shown


def test_a_workbook_holds_no_formula(results: simcrc.Results, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(results.export("xlsx", tmp_path / "book.xlsx", tables=["summary"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(hostile.NAME in str(cell.value) for cell in cells)
