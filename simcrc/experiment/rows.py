"""Rows of needs and contacts as they are kept: names in place of indices, instants and durations as such, amounts in the currency, nulls
for what did not happen.

The observer (``simcrc.observe``) gives columns of integers; ``encode`` makes the Parquet columns of them, ``decode`` gives integers back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.log import End, Outcome, Reason

if TYPE_CHECKING:
    import pyarrow as pa

    from simcrc.model.model import Model

INSTANTS = frozenset({"started", "received", "queued", "service_start", "service_end", "answered", "ended", "resolved_at", "closed_at"})
DURATIONS = frozenset({"announced", "waited", "handled", "citizen_time"})
AMOUNTS = frozenset({"cost", "labour"})
REFERENCES = frozenset({"caused_by", "resolved_by", "citizen"})
COUNTS = frozenset({"contacts", "number", "channels", "modes", "staffed_contacts", *(f"reason_{reason.name.lower()}" for reason in Reason)})
AXES = {
    "service": "service",
    "segment": "segment",
    "channel": "channel",
    "first_channel": "channel",
    "resolving_channel": "channel",
    "first_mode": "mode",
    "station": "station",
    "reason": "reason",
    "outcome": "outcome",
    "end": "end",
    "language": "language",
    "group": "group",
}
"""Columns of indices, and what they are indices of."""
MILLION = 1e6


def labels(model: Model) -> dict[str, tuple[str, ...]]:
    """The names behind indices, by axis; a voice unit counts as the phone behind it in modes."""
    from simcrc.indicators.axes import Axes

    axes = Axes.of(model)
    return {
        **{axis: axes.labels[axis] for axis in ("service", "segment", "channel", "station", "mode")},
        "reason": tuple(reason.name.lower() for reason in Reason),
        "outcome": tuple(outcome.name.lower() for outcome in Outcome),
        "end": tuple(end.name.lower() for end in End),
        "language": tuple(model.languages),
        "group": tuple(f"{model.teams[group.team]}:{group.label}:{number}" for number, group in enumerate(model.groups)),
    }


class Encoder:
    """Makes Parquet rows of one replication of `model`, numbered `replication`."""

    def __init__(self, model: Model, replication: int) -> None:
        self._labels = labels(model)
        self._zone = str(model.scenario.timezone)
        self._origin = origin(model)
        self._replication = replication

    def rows(self, table: Mapping[str, npt.NDArray[Any]]) -> pa.Table:
        """The rows of `table`, equally long arrays by column."""
        import pyarrow as pa

        size = len(next(iter(table.values())))
        columns = {"replication": pa.array(np.full(size, self._replication, dtype=np.int32))}
        return pa.table(columns | {name: self._column(name, values) for name, values in table.items()})

    def _column(self, name: str, values: npt.NDArray[Any]) -> pa.Array:
        import pyarrow as pa

        if name in AMOUNTS:
            return pa.array(values / MILLION)
        nothing = values < 0 if name in INSTANTS | DURATIONS | REFERENCES or name in AXES else None
        if name in INSTANTS:
            return pa.array(values + self._origin, mask=nothing).cast(pa.timestamp("us", tz=self._zone))
        if name in DURATIONS:
            return pa.array(values, mask=nothing).cast(pa.duration("us"))
        if name in AXES:
            return pa.DictionaryArray.from_arrays(pa.array(values.astype(np.int32), mask=nothing), pa.array(self._labels[AXES[name]], pa.string()))
        return pa.array(values.astype(np.int32) if name in COUNTS else values, mask=nothing)


def origin(model: Model) -> int:
    """The origin of the model in microseconds since 1970 (UTC)."""
    return round(model.calendar.origin.timestamp()) * 1_000_000


def decode(rows: pa.Table, model: Model, columns: tuple[str, ...]) -> dict[str, npt.NDArray[np.int64]]:
    """Columns of integers as the observer gave them, -1 for null; plain numbers, instants, durations and indices only."""
    import pyarrow as pa

    out = {}
    names = labels(model)
    for name in columns:
        column = rows.column(name).combine_chunks()
        if name in AXES:
            order = pa.array(names[AXES[name]], pa.string())
            column = pa.compute.index_in(column.cast(pa.string()), value_set=order)
        values = column.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False).copy()
        if name in INSTANTS:
            values[values >= 0] -= origin(model)
        out[name] = values
    return out
