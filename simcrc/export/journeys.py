"""Needs with their contacts, some thousands of needs at a time, for the logs of events (``simcrc.export.xes``, ``ocel``).

In a folder of results both tables stand in the same order, the contacts of a need together and by number; so the two are read side by side, and memory holds a
batch of each, however large they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.export.csv_files import texts
from simcrc.export.errors import DAMAGED, DISAGREE, ExportError
from simcrc.export.instants import iso
from simcrc.export.table import REPLICATION, Table, kind_of

if TYPE_CHECKING:
    import pyarrow as pa

Columns = dict[str, list[Any]]
NEED_COLUMNS = (
    *(REPLICATION, "need", "citizen", "service", "segment", "language", "complex", "ambiguous", "online", "measured", "started", "resolved_at", "resolved_by"),
    *("closed_at", "end", "contacts", "waited", "citizen_time", "cost"),
)
CONTACT_COLUMNS = (
    *(REPLICATION, "need", "contact", "number", "channel", "station", "service", "reason", "caused_by", "started", "received", "queued", "announced"),
    *("service_start", "service_end", "answered", "ended", "outcome", "resolved", "waited", "handled", "citizen_time", "group", "cost", "labour", "measured"),
)


@dataclass(frozen=True)
class Journeys:
    """Some needs and all their contacts, by column; the contacts of need k are the rows ``first[k]`` to ``first[k + 1] - 1``.

    Text is as the log writes it, instants are ISO 8601; `at`: the instants of the contacts in microseconds since 1970 (UTC), any number for null.
    """

    needs: Columns
    contacts: Columns
    at: Columns
    first: list[int]


def journeys(needs: Table, contacts: Table, made: Callable[[str], str]) -> Iterator[Journeys]:
    """All of them, in the order of the files; `made` makes of a text what the log writes.  ExportError when the two tables do not belong together."""
    rows = _Rows(contacts)
    for batch in needs.batches(list(NEED_COLUMNS)):
        counts = batch.column(batch.schema.get_field_index("contacts")).to_numpy()
        own = rows.take(int(counts.sum()))
        for name in (REPLICATION, "need"):
            expected = np.repeat(_numbers(batch, name), counts)
            if own.num_rows != len(expected) or not np.array_equal(_numbers(own, name), expected):
                raise _disagree(contacts)
        instants = {name: own.column(name) for name in own.schema.names if kind_of(own.schema.field(name)) == "instant"}
        at = {name: _integers(column) for name, column in instants.items()}
        yield Journeys(_columns(batch, made), _columns(own, made), at, [0, *accumulate(counts.tolist())])
    if rows.take(1).num_rows:
        raise _disagree(contacts)


def _disagree(contacts: Table) -> ExportError:
    return ExportError.of(DAMAGED, path=contacts.path, why=DISAGREE)


class _Rows:
    """Rows of a table, as many as asked at a time."""

    def __init__(self, table: Table) -> None:
        self._batches = table.batches(list(CONTACT_COLUMNS))
        self._schema = table.schema
        self._waiting: list[pa.RecordBatch] = []

    def take(self, count: int) -> pa.RecordBatch:
        """The next `count` rows; fewer at the end."""
        import pyarrow as pa

        have = sum(batch.num_rows for batch in self._waiting)
        while have < count and (batch := next(self._batches, None)) is not None:
            self._waiting.append(batch)
            have += batch.num_rows
        schema = pa.schema([self._schema.field(name) for name in CONTACT_COLUMNS])
        whole = pa.Table.from_batches([batch.select(CONTACT_COLUMNS) for batch in self._waiting], schema=schema).unify_dictionaries()
        taken = whole.slice(0, count).combine_chunks()
        self._waiting = [batch for batch in whole.slice(count).to_batches() if batch.num_rows]
        return taken.to_batches()[0] if taken.num_rows else pa.RecordBatch.from_pylist([], schema=schema)


def _numbers(batch: pa.RecordBatch, name: str) -> Any:
    return batch.column(batch.schema.get_field_index(name)).to_numpy(zero_copy_only=False)


def _integers(column: pa.Array) -> list[int]:
    import pyarrow as pa

    return list(column.cast(pa.int64()).fill_null(0).to_pylist())


def _columns(batch: pa.RecordBatch, made: Callable[[str], str]) -> Columns:
    found: Columns = {}
    for field, column in zip(batch.schema, batch.columns, strict=True):
        kind = kind_of(field)
        found[field.name] = iso(column) if kind == "instant" else texts(column, made) if kind == "text" else column.to_pylist()
    return found
