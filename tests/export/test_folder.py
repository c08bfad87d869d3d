"""Where exports go, what is refused, and what is said of folders that are not whole."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import simcrc
from simcrc import Results
from simcrc.experiment.files import sha256
from simcrc.experiment.store import StoreError
from simcrc.export import FORMATS, ExportError, export
from tests.experiment import paired
from tests.export.example import run

FOLDERS = ("csv", "parquet")


def refused(*arguments: object, **more: object) -> str:
    with pytest.raises((ExportError, StoreError)) as error:
        export(*arguments, **more)  # type: ignore[arg-type]
    assert error.value.say("fr") != error.value.say("en")
    return error.value.say("en")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def change(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | changes), encoding="utf-8")


def stamp(folder: Path, name: str) -> None:
    """Make the manifest agree with a file that was changed."""
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    change(folder, files=files | {name: sha256(folder / name)})


@pytest.mark.parametrize("to", FORMATS)
def test_beside_the_results_and_nothing_else_there(copied: Path, to: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in copied.rglob("*")}
    done = export(copied, to)
    suffix = {"ocel": ".jsonocel", "csv": "-csv", "parquet": "-parquet"}.get(to, f".{to}")
    assert done.path == copied.with_name(f"copied{suffix}")
    assert names(copied.parent) == ["copied", f"copied{suffix}"]
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("*")} == before


def test_beside_the_results_when_they_are_here(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copied)
    assert export(".", "xlsx").path == copied.with_suffix(".xlsx")


@pytest.mark.parametrize("to", FORMATS)
def test_what_exists_is_replaced_only_by_force(results: Results, tmp_path: Path, to: str) -> None:
    path = tmp_path / "new" / "out"
    first = export(results.path, to, path)
    assert refused(results.path, to, path) == f"{path}: exists already; --force replaces it"
    if to in FOLDERS:
        (path / f"old.{to}").write_text("left by an earlier export with more tables")
    again = export(results.path, to, path, force=True)
    assert again.counts == first.counts
    assert names(tmp_path / "new") == ["out"]
    if to in FOLDERS:
        assert f"old.{to}" not in names(path)


def test_an_empty_folder_will_do(results: Results, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert export(results.path, "csv", tmp_path / "out").counts["needs"]


@pytest.mark.parametrize("to", FOLDERS)
def test_a_folder_with_something_else_in_it_is_left_alone(results: Results, tmp_path: Path, to: str) -> None:
    path = tmp_path / "mine"
    path.mkdir()
    (path / "thesis.docx").write_text("two years of work")
    assert 'holds "thesis.docx", which is not from an export' in refused(results.path, to, path, force=True)
    assert names(path) == ["thesis.docx"]


@pytest.mark.parametrize("force", [False, True])
def test_files_and_folders_are_not_mixed_up(results: Results, tmp_path: Path, force: bool) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    assert refused(results.path, "csv", tmp_path / "file", force=force).endswith("is a file; a folder is expected")
    assert refused(results.path, "xlsx", tmp_path / "folder", force=force).endswith("is a folder; the name of a file is expected")


@pytest.mark.parametrize("to", FORMATS)
def test_results_are_never_written_into(copied: Path, to: str) -> None:
    for place in (copied, copied / "out", copied / "needs.parquet", copied / "replications" / ".." / "x"):
        assert "lies in the folder of results" in refused(copied, to, place, force=True)


def test_a_place_that_cannot_be_written_to(results: Results, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for to in FORMATS:
        said = refused(results.path, to, tmp_path / "file" / "out")
        assert "cannot write there" in said
    assert names(tmp_path) == ["file"]
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        (tmp_path / "closed").mkdir(mode=0o500)
        assert "cannot write there" in refused(results.path, "xlsx", tmp_path / "closed" / "out.xlsx")


def test_not_results(tmp_path: Path) -> None:
    assert refused(tmp_path, "csv") == f"{tmp_path}: not a folder of results of simcrc; “simcrc run” writes one"
    (tmp_path / "manifest.json").write_text("[]")
    assert "not a folder of results" in refused(tmp_path, "csv")
    assert "not a folder of results" in refused(tmp_path / "nowhere", "csv")


@pytest.mark.parametrize("to", FORMATS)
def test_a_partial_folder(copied: Path, tmp_path: Path, to: str) -> None:
    change(copied, complete=False)
    assert "interrupted" in refused(copied, to)
    assert names(tmp_path) == ["copied"]


@pytest.mark.parametrize("to", FORMATS)
def test_a_damaged_file(copied: Path, tmp_path: Path, to: str) -> None:
    path = copied / "needs.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert refused(copied, to) == f"{path}: the file is damaged (it is not as the run wrote it); do the run again"
    path.write_bytes(content[: len(content) // 2])
    stamp(copied, "needs.parquet")
    assert refused(copied, to) == f"{path}: the file is damaged (it cannot be read); do the run again"
    path.unlink()
    assert refused(copied, to) == f"{path}: the file is damaged (it is not there any more); do the run again"
    assert names(tmp_path) == ["copied"]


@pytest.mark.parametrize("to", FORMATS)
def test_pages_that_cannot_be_read(copied: Path, tmp_path: Path, to: str) -> None:
    path = copied / "contacts.parquet"
    content = bytearray(path.read_bytes())
    content[40 : len(content) // 3] = bytes(len(content) // 3 - 40)
    path.write_bytes(content)
    stamp(copied, "contacts.parquet")
    assert refused(copied, to) == f"{path}: the file is damaged (it cannot be read); do the run again"
    assert names(tmp_path) == ["copied"]


@pytest.mark.parametrize("to", ["xes", "ocel"])
@pytest.mark.parametrize("spoilt", ["contacts", "needs"])
def test_needs_and_contacts_that_do_not_go_together(copied: Path, tmp_path: Path, to: str, spoilt: str) -> None:
    path = copied / f"{spoilt}.parquet"
    table = pq.read_table(path)
    pq.write_table(table.slice(0, table.num_rows - 1), path)
    stamp(copied, f"{spoilt}.parquet")
    assert "its needs and contacts do not go together" in refused(copied, to)
    assert names(tmp_path) == ["copied"]


def test_without_events(tmp_path: Path) -> None:
    results = run(tmp_path, events=False)
    for to in ("xes", "ocel"):
        assert refused(results.path, to) == f'{results.path}: the run did not keep its contacts; run it again with "simcrc run … --events"'
    assert "did not keep its contacts" in refused(results.path, "csv", tables=["needs", "contacts"])
    assert set(export(results.path, "csv", tmp_path / "a").counts) == {"about", "summary", "indicators", "needs", "definitions"}


def test_all_that_is_wrong_with_the_tables_at_once(results: Results) -> None:
    said = refused(results.path, "csv", tables=["need", "contacts", "nothing"], replication=7)
    assert said.splitlines() == [
        'no table "need"; did you mean "needs"?; there are summary, indicators, needs, contacts',
        'no table "nothing"; there are summary, indicators, needs, contacts',
        "there is no replication 7; those of the folder: 1, 2",
    ]
    assert 'the table "indicators" is about all replications together' in refused(results.path, "csv", tables=["indicators"], replication=1)
    assert "--tables goes with csv, parquet and xlsx only" in refused(results.path, "xes", tables=["needs"])
    assert refused(results.path, "pdf") == 'no format "pdf"; there are csv, parquet, xlsx, xes, ocel'
    assert "there are no tables to export" in refused(results.path, "csv", tables=[])


def test_nothing_happened(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(
        paired.BASE.replace("per_day: 90, busyness: 20", "per_day: 0").replace("per_day: 50", "per_day: 0").replace("4 weeks", "2 days"), encoding="utf-8"
    )
    results = simcrc.load(path).run(output=tmp_path / "out", events=True)
    for to in FORMATS:
        done = export(results.path, to, tmp_path / f"out.{to}")
        assert done.counts.get("traces", 0) == done.counts.get("events", 0) == done.counts.get("needs", 0) == 0


def test_a_fidelisation_folder(tmp_path: Path) -> None:
    paired.write(tmp_path, promote=paired.PROMOTE)
    base = (tmp_path / "base.yaml").read_text(encoding="utf-8").replace("4 weeks", "2 weeks")
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    simcrc.fidelisation(tmp_path / "base.yaml", tmp_path / "promote.yaml", 1, output=tmp_path / "out", follow_up="3 days")
    done = export(tmp_path / "out", "xlsx", tmp_path / "out.xlsx")
    assert list(done.counts) == ["about", "summary", "pairs", "definitions"]
    assert done.counts["pairs"] == pq.read_metadata(tmp_path / "out" / "pairs.parquet").num_rows
    described = pq.read_table(export(tmp_path / "out", "parquet", tmp_path / "p").path / "definitions.parquet").to_pylist()
    columns = {(row["table"], row["name"]) for row in described if row["kind"] == "column"}
    for name in ("summary", "pairs"):
        assert {(name, column) for column in pq.read_schema(tmp_path / "p" / f"{name}.parquet").names} <= columns
    assert 'comes from "simcrc fidelisation"' in refused(tmp_path / "out", "xes")


def test_a_comparison_folder(tmp_path: Path) -> None:
    paired.write(tmp_path, promote=paired.PROMOTE)
    base = (tmp_path / "base.yaml").read_text(encoding="utf-8").replace("4 weeks", "2 weeks")
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    simcrc.compare(tmp_path / "base.yaml", {"promote": tmp_path / "promote.yaml"}, replications=2, output=tmp_path / "out")
    done = export(tmp_path / "out", "parquet", tmp_path / "p")
    assert {"about", "definitions", "figures", "differences", "replications", "objectives"} <= set(done.counts)
    described = pq.read_table(done.path / "definitions.parquet").to_pylist()
    columns = {(row["table"], row["name"]) for row in described if row["kind"] == "column"}
    for name in set(done.counts) - {"about", "definitions"}:
        assert {(name, column) for column in pq.read_schema(done.path / f"{name}.parquet").names} <= columns
    one = export(tmp_path / "out", "xlsx", tmp_path / "one.xlsx", replication=2)
    assert list(one.counts) == ["about", "replications", "definitions"]
    assert 'comes from "simcrc compare"' in refused(tmp_path / "out", "ocel")


@pytest.mark.parametrize("to", ["xlsx", "xes"])
def test_memory_does_not_grow_with_the_rows(copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str) -> None:
    """Three times the contacts of the example take the memory of one time and a bit: what is held is a batch."""
    monkeypatch.setattr("simcrc.export.table.BATCH", 128)
    tables = None if to == "xes" else ["contacts"]

    def most(name: str) -> int:
        tracemalloc.start()
        export(copied, to, tmp_path / name, tables)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    export(copied, to, tmp_path / "loaded", tables)  # what is loaded once
    small = most("small")
    for name in ("needs.parquet", "contacts.parquet"):
        table = pq.read_table(copied / name)
        with pq.ParquetWriter(copied / name, table.schema) as writer:
            for _ in range(3):
                writer.write_table(table)
        stamp(copied, name)
    assert most("large") < 1.5 * small
