"""Instants as files write them: ISO 8601 with the offset of the zone at that instant, or the serial number of a spreadsheet, which knows no zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

MINUTE = 60_000_000
QUARTER = 15 * MINUTE
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400_000_000
SERIAL_1970 = 25_569
"""The serial number of 1 January 1970 in the date system of 1900."""


def iso(column: pa.Array) -> list[str | None]:
    """``2024-01-08T09:33:37.182577-05:00`` for each instant (timestamps in microseconds; without a zone, no offset); None for null."""
    local, offset = _wall_clock(column)
    texts = np.datetime_as_string(local.astype("datetime64[us]"))
    if column.type.tz is not None:
        found, which = np.unique(offset, return_inverse=True)
        texts = np.char.add(texts, np.array([_written(int(each)) for each in found], dtype=str).take(which) if len(found) else "")
    return _with_nulls(column, texts)


def serials(column: pa.Array) -> list[float | None]:
    """Days since the epoch of spreadsheets on the wall clock of the zone; None for null."""
    local, _ = _wall_clock(column)
    return _with_nulls(column, local / DAY + SERIAL_1970)


def _with_nulls(column: pa.Array, values: npt.NDArray[Any]) -> list[Any]:
    out: list[Any] = values.tolist()
    if column.null_count:
        for row in np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False)).tolist():
            out[row] = None
    return out


def _wall_clock(column: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Microseconds since 1970 as the clock on the wall counts them, and how many minutes it is ahead of UTC; of 1970 for null.

    Arrow knows zones too, but not what the clocks do after 2037.
    """
    import pyarrow as pa

    utc = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    if column.type.tz is None:
        return utc, np.zeros(len(utc), dtype=np.int64)
    found, which = np.unique(utc // QUARTER, return_inverse=True)
    minutes = np.array([_ahead(column.type.tz, each) for each in found.tolist()], dtype=np.int64).take(which) if len(found) else utc
    return utc + minutes * MINUTE, minutes


@lru_cache(maxsize=1 << 16)
def _ahead(zone: str, quarter: int) -> int:
    """How many minutes the clock is ahead of UTC in a quarter of an hour, numbered from 1970: clocks are changed between two of them."""
    offset = (EPOCH + timedelta(microseconds=quarter * QUARTER)).astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if offset is None else round(offset / timedelta(minutes=1))


def _written(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"
