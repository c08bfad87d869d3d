"""Tables as Parquet for other programs, one file each: plain types only, and what every column means in the schema.

Durations are seconds in floating point, amounts numbers in the currency, instants timestamps in microseconds with their zone, names dictionaries of texts.  The
metadata of a field has ``label.fr``, ``label.en``, ``definition.fr``, ``definition.en`` and ``unit``; that of the file, the rows of ``about``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simcrc.experiment.tables import OPTIONS, ROW_GROUP
from simcrc.export.columns import described
from simcrc.export.definitions import unit
from simcrc.export.table import Table, kind_of

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".parquet"


def write_parquet(path: Path, table: Table, about: Table, currency: str) -> int:
    """Write a table; how many rows it has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = with_metadata(table, about, currency)
    repeating = [field.name for field in schema if kind_of(field) in ("text", "flag")]
    rows = waiting = 0
    pending: list[pa.RecordBatch] = []
    with pq.ParquetWriter(path, schema, use_dictionary=repeating, **OPTIONS) as writer:

        def flush() -> None:
            whole = pa.Table.from_batches(pending, schema=table.schema).unify_dictionaries().combine_chunks()
            writer.write_table(whole.cast(table.schema).replace_schema_metadata(schema.metadata).cast(schema), row_group_size=ROW_GROUP)

        for batch in table.batches():
            pending.append(batch)
            rows, waiting = rows + batch.num_rows, waiting + batch.num_rows
            if waiting >= ROW_GROUP:
                flush()
                pending, waiting = [], 0
        if pending:
            flush()
    return rows


def with_metadata(table: Table, about: Table, currency: str) -> pa.Schema:
    """The schema of a table with what its columns mean."""
    import pyarrow as pa

    fields = []
    for field in table.schema:
        known = described(table.name, field.name)
        said = (
            {}
            if known is None
            else {"label.fr": known.label.fr, "label.en": known.label.en, "definition.fr": known.definition.fr, "definition.en": known.definition.en}
        )
        said |= {} if known is None or not known.unit else {"unit": unit(known.unit, currency)}
        fields.append(field.with_metadata(said or None))
    rows = {} if about.made is None else {row["name"]: row["value"] or "" for row in about.made.to_pylist()}
    return pa.schema(fields, metadata=rows)
