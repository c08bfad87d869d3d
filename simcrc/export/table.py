"""A table to export: its columns, how many rows it has, and its rows in batches, so that memory does not grow with them.

What leaves here is plain: names as dictionaries of texts, instants as timestamps with their zone, durations as seconds, amounts and counts as numbers.  So
every format writes the same values.  ``simcrc.export.source`` says which tables a folder has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from simcrc.export.columns import ordered
from simcrc.export.errors import DAMAGED, UNREADABLE, ExportError

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["text", "identifier", "whole", "number", "flag", "instant"]
BATCH = 4_096
REPLICATION, INDICATOR, LABEL = "replication", "indicator", "label"
IDENTIFIERS = frozenset({"need", "contact", "citizen", "caused_by", "resolved_by"})
"""Columns of whole numbers that name something: nobody adds them up, and they may have more digits than a spreadsheet keeps."""


@dataclass(frozen=True)
class Table:
    """A table called `name` in the Parquet file `path`, or held in memory as `made`; of one replication, if `replication` says which.

    `labels`: what its indicators are called, for a column of its own beside theirs.
    """

    name: str
    path: Path | None = None
    made: pa.Table | None = None
    replication: int | None = None
    labels: Mapping[str, str] | None = None

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns as ``batches`` gives them."""
        import pyarrow as pa

        source = self._source_schema()
        schema = pa.schema([pa.field(name, _plain(source.field(name).type)) for name in ordered(self.name, source.names)])
        place = schema.get_field_index(INDICATOR)
        return schema if self.labels is None or place < 0 else schema.insert(place + 1, pa.field(LABEL, schema.field(place).type))

    def _source_schema(self) -> pa.Schema:
        if self.made is not None:
            return self.made.schema
        with self._file() as source:
            return source.schema_arrow

    def rows(self) -> int:
        """How many rows."""
        if self.made is not None:
            return int(self.made.num_rows)
        if self.replication is None:
            with self._file() as source:
                return int(source.metadata.num_rows)
        return sum(batch.num_rows for batch in self.batches([REPLICATION]))

    def batches(self, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows in order, some thousands at a time.  ExportError when the file cannot be read."""
        if self.made is not None:
            yield from map(self._finished, self.made.to_batches(BATCH))
            return
        import pyarrow as pa

        with self._file() as source:
            batches = source.iter_batches(BATCH, row_groups=self._groups(source), columns=columns)
            while True:
                try:
                    batch = next(batches, None)
                except (OSError, pa.ArrowException) as error:
                    raise self._damaged() from error
                if batch is None:
                    return
                batch = self._chosen(batch)
                if batch.num_rows:
                    yield self._finished(batch)

    def _finished(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        made = plain(batch.select(ordered(self.name, batch.schema.names)))
        place = made.schema.get_field_index(INDICATOR)
        if self.labels is None or place < 0:
            return made
        import pyarrow as pa

        names = made.column(place)
        said = pa.array([self.labels.get(name) for name in names.dictionary.to_pylist()], pa.string())
        columns = [*made.columns[: place + 1], _plain_column(said.take(names.indices)), *made.columns[place + 1 :]]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _chosen(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if self.replication is None:
            return batch
        import pyarrow.compute as pc

        return batch.filter(pc.equal(batch.column(REPLICATION), self.replication))

    def _groups(self, source: pa.parquet.ParquetFile) -> list[int]:
        """The row groups that may hold rows of the replication: the file says the least and the greatest number of each."""
        groups = list(range(source.num_row_groups))
        if self.replication is None:
            return groups
        place = source.schema_arrow.get_field_index(REPLICATION)
        ranges = [source.metadata.row_group(group).column(place).statistics for group in groups]
        return [group for group, known in zip(groups, ranges, strict=True) if known is None or known.min <= self.replication <= known.max]

    def _file(self) -> pa.parquet.ParquetFile:
        import pyarrow as pa
        import pyarrow.parquet as pq

        assert self.path is not None
        try:
            return pq.ParquetFile(self.path)
        except (OSError, pa.ArrowException) as error:
            raise self._damaged() from error

    def _damaged(self) -> ExportError:
        return ExportError.of(DAMAGED, path=self.path, why=UNREADABLE)


def _plain(kind: pa.DataType) -> pa.DataType:
    import pyarrow as pa

    if pa.types.is_duration(kind) or pa.types.is_floating(kind):
        return pa.float64()
    kept = pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_timestamp(kind)
    return kind if kept else pa.dictionary(pa.int32(), pa.string())


def plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with durations in seconds and all text in dictionaries."""
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([_plain_column(column) for column in batch.columns], names=batch.schema.names)


def _plain_column(column: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = _plain(column.type)
    if pa.types.is_duration(column.type):
        return pc.divide(column.cast(pa.duration("us")).cast(pa.int64()).cast(pa.float64()), 1e6)
    if pa.types.is_dictionary(kind) and not pa.types.is_dictionary(column.type):
        return column.cast(pa.string()).dictionary_encode()
    return column if column.type == kind else column.cast(kind)


def kind_of(field: pa.Field) -> Kind:
    """What sort of values a column of ``Table.schema`` has."""
    import pyarrow as pa

    if pa.types.is_timestamp(field.type):
        return "instant"
    if pa.types.is_boolean(field.type):
        return "flag"
    if pa.types.is_integer(field.type):
        return "identifier" if field.name in IDENTIFIERS else "whole"
    return "number" if pa.types.is_floating(field.type) else "text"
