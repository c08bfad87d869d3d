"""Parquet as a stream: the bytes depend on the rows alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simcrc.experiment import tables
from simcrc.experiment.tables import Stream

ROWS = 1000


def rows() -> pa.Table:
    rng = np.random.default_rng(1)
    names = pa.DictionaryArray.from_arrays(rng.integers(0, 3, ROWS).astype(np.int8), ["a", "b", "c"])
    return pa.table({"need": np.arange(ROWS), "wait": rng.exponential(size=ROWS), "channel": names})


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROW_GROUP", 128)


@pytest.mark.parametrize("size", [1, 7, 127, 128, 129, 500, 1000])
def test_bytes_do_not_depend_on_the_chunks(tmp_path: Path, size: int) -> None:
    table = rows()
    for name, chunk in (("whole", ROWS), ("chunks", size)):
        with Stream(tmp_path / name) as stream:
            for at in range(0, ROWS, chunk):
                stream.write(table.slice(at, chunk))
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "chunks").read_bytes()
    file = pq.ParquetFile(tmp_path / "chunks")
    assert [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)] == [128] * 7 + [104]
    assert file.read().equals(table)


def test_joined_files_hold_all_rows_in_order(tmp_path: Path) -> None:
    table = rows()
    pieces = [tmp_path / "1", tmp_path / "2", tmp_path / "3"]
    for piece, part in zip(pieces, (table.slice(0, 300), table.slice(0, 0), table.slice(300)), strict=True):
        with Stream(piece) as stream:
            stream.write(part)
    tables.join(tmp_path / "all", pieces)
    assert pq.read_table(tmp_path / "all").equals(table)


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    with Stream(tmp_path / "none") as stream:
        stream.write(rows().slice(0, 0))
    assert pq.read_table(tmp_path / "none").schema.equals(rows().schema)


def test_no_metadata_of_the_occasion(tmp_path: Path) -> None:
    tables.write_frame(tmp_path / "frame", rows().to_pandas())
    assert b"pandas" not in (pq.ParquetFile(tmp_path / "frame").metadata.metadata or {})


def interrupted(path: Path) -> None:
    with Stream(path) as stream:
        stream.write(rows())
        raise KeyboardInterrupt


def test_an_interrupted_stream_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "half")
    assert list(tmp_path.iterdir()) == []


def test_a_stream_that_cannot_be_ended_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    stream = Stream(tmp_path / "half")
    stream.__enter__()
    stream.write(rows().slice(0, 10))
    with pytest.raises(OSError, match="No space"):
        stream.__exit__(None, None, None)
    assert list(tmp_path.iterdir()) == []
