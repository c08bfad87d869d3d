"""The Parquet files of a run, written as a stream: rows come in chunks of any size and leave in row groups of a fixed size, so that the
bytes do not depend on how the rows came.

No timestamps and no pandas metadata go in; compression and row-group size are fixed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment.files import atomic

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ROW_GROUP = 1 << 16
OPTIONS: dict[str, Any] = {"compression": "zstd", "compression_level": 1, "version": "2.6", "data_page_version": "1.0"}


class Stream:
    """A Parquet file that grows by chunks of rows; used as a context, and whole or absent afterwards (absent, too, when nothing was written)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()
        self._writer: Any = None
        self._pending: list[pa.Table] = []
        self._rows = 0

    def __enter__(self) -> Stream:
        self._stack.__enter__()
        return self

    def write(self, rows: pa.Table) -> None:
        """Add rows; all chunks must have the same columns and types."""
        self._pending.append(rows)
        self._rows += rows.num_rows
        if self._rows >= ROW_GROUP:
            self._flush(keep=self._rows % ROW_GROUP)

    def _flush(self, keep: int) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.concat_tables(self._pending).replace_schema_metadata(None).unify_dictionaries()
        if self._writer is None:
            temporary = self._stack.enter_context(atomic(self._path))
            self._writer = pq.ParquetWriter(temporary, table.schema, use_dictionary=_repeating(table.schema), **OPTIONS)
            self._stack.callback(self._writer.close)
        if table.num_rows > keep or keep == 0:
            self._writer.write_table(table.slice(0, table.num_rows - keep).combine_chunks(), row_group_size=ROW_GROUP)
        self._pending = [table.slice(table.num_rows - keep)]
        self._rows = keep

    def __exit__(self, *raised: Any) -> None:
        if raised[0] is not None:
            self._stack.__exit__(*raised)
            return
        with self._stack:  # what fails here, too, must not leave half a file
            if self._pending and (self._rows or self._writer is None):
                self._flush(keep=0)


def _repeating(schema: pa.Schema) -> list[str]:
    """The columns with few values each, which a dictionary makes small: names, flags, counts; not identifiers, instants, durations and amounts."""
    import pyarrow as pa

    single = (pa.types.is_int64, pa.types.is_floating, pa.types.is_timestamp, pa.types.is_duration)
    return [field.name for field in schema if not any(kind(field.type) for kind in single)]


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame of texts and numbers, without its index."""
    import pyarrow as pa
    from pandas.api.types import is_numeric_dtype

    columns = {name: pa.array(values, None if is_numeric_dtype(values.dtype) else pa.string(), from_pandas=True) for name, values in frame.items()}
    with Stream(path) as stream:
        stream.write(pa.table(columns))


def join(path: Path, pieces: Iterable[Path]) -> None:
    """Join Parquet files into `path`, in the order given, one row group in memory at a time.  Files that are not there held no rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with Stream(path) as stream:
        for piece in filter(Path.exists, pieces):
            with pq.ParquetFile(piece) as source:
                if not source.num_row_groups:
                    stream.write(source.schema_arrow.empty_table())
                for group in range(source.num_row_groups):
                    stream.write(source.read_row_group(group, use_threads=False))
    pa.default_memory_pool().release_unused()  # what comes after wants its memory too
