"""Tables as CSV, one file each: RFC 4180 in UTF-8, a comma between cells, a point in numbers, line feeds; the same in every language, for programs to read.

Instants are ISO 8601 with the offset of their zone, durations seconds, flags ``true`` and ``false``; an empty cell is what did not happen.  Text that a
spreadsheet would take for a formula is made harmless (``simcrc.export.cells``).  Spreadsheets are better served by ``xlsx``.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.export.cells import harmless
from simcrc.export.instants import iso
from simcrc.export.table import Table, kind_of

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".csv"


def write_csv(path: Path, table: Table) -> int:
    """Write a table; how many rows it has."""
    rows = 0
    fields = list(table.schema)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([_text(field.name) for field in fields])
        for batch in table.batches():
            rows += batch.num_rows
            writer.writerows(zip(*(_cells(field, column) for field, column in zip(fields, batch.columns, strict=True)), strict=True))
    return rows


def _cells(field: pa.Field, column: pa.Array) -> Sequence[Any]:
    kind = kind_of(field)
    if kind == "instant":
        return iso(column)
    if kind == "flag":
        return [None if value is None else "true" if value else "false" for value in column.to_pylist()]
    if kind == "text":
        return texts(column, _text)
    if kind == "number":
        return [None if value is None or value != value else value for value in column.to_pylist()]
    return list(column.to_pylist())


def _text(text: str) -> str:
    """A cell whose line ends are line feeds: a lone carriage return would end the row for some readers."""
    return harmless(text).replace("\r\n", "\n").replace("\r", "\n")


def texts(column: pa.DictionaryArray, made: Any) -> list[Any]:
    """Each text of a column of dictionaries as `made` makes it, once for each different text; None for null."""
    said = [None if text is None else made(text) for text in column.dictionary.to_pylist()]
    return [None if index is None else said[index] for index in column.indices.to_pylist()]
