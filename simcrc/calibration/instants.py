"""Instants in columns: texts become seconds of wall-clock time, and these seconds that really pass, through the changes of the clock.

Seconds count from 1970, in the zone of the mapping (`local`) or in UTC.  ``rows`` puts the instants of a call in order and counts what is odd.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
DAY = 86_400.0
YEARS = (1970, 2200)
"""From the first to before the last a date is believed."""
CLOCK = r"^\d{1,2}:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?$"


def is_instant(column: pd.Series[Any]) -> bool:
    """Whether the file itself holds instants (Parquet)."""
    import pandas as pd

    return bool(pd.api.types.is_datetime64_any_dtype(column.dtype))


def tells_offset(column: pd.Series[Any], forms: Sequence[str]) -> bool:
    """Whether instants of `column` tell their offset from UTC."""
    return column.dt.tz is not None if is_instant(column) else any("%z" in form for form in forms)


def times_of_day(texts: pd.Series[Any], forms: Sequence[str]) -> Reals:
    """Seconds since midnight; nan where a text cannot be read or is no time of day.  `forms`: of strptime; none: h:mm:ss or h:mm, with AM or PM."""
    import pandas as pd

    from simcrc.replay.columns import SECOND, clock

    codes, values = pd.factorize(texts)
    distinct = pd.Series(values, dtype=object).astype(str).str.strip()
    if forms:
        stamps = _first(distinct, forms, False)
        read = ((stamps - stamps.dt.normalize()) / pd.Timedelta(seconds=1)).to_numpy(dtype=np.float64)
    else:
        proper = distinct.str.match(CLOCK).to_numpy(dtype=bool)
        found = clock(distinct) / SECOND
        read = np.where(proper & (found >= 0) & (found < DAY), found, np.nan)
    return np.asarray(read[codes], dtype=np.float64)


def dates(texts: pd.Series[Any], forms: Sequence[str]) -> Reals:
    """Seconds since 1970 of the midnights of dates; nan where a text cannot be read."""
    import pandas as pd

    if is_instant(texts):
        return _seconds(texts.dt.tz_localize(None).dt.normalize())
    codes, values = pd.factorize(texts)
    distinct = pd.Series(values, dtype=object).astype(str).str.strip()
    return _seconds(_first(distinct, forms or ("%Y-%m-%d",), False).dt.normalize())[codes]


def stamps(column: pd.Series[Any], forms: Sequence[str]) -> Reals:
    """Seconds since 1970 of instants, in local time or, where they tell their offset, in UTC; nan where a text cannot be read."""
    if is_instant(column):
        return _seconds(column if column.dt.tz is None else column.dt.tz_convert("UTC").dt.tz_localize(None))
    utc = tells_offset(column, forms)
    found = _first(column.astype(str).str.strip(), forms, utc)
    return _seconds(found.dt.tz_localize(None) if utc else found)


def _first(texts: pd.Series[Any], forms: Sequence[str], utc: bool) -> pd.Series[Any]:
    """What the first of `forms` that reads a text makes of it."""
    import pandas as pd

    out = pd.to_datetime(texts, format=forms[0] if forms else "ISO8601", errors="coerce", utc=utc)
    for form in forms[1:]:
        rest = out.isna()
        if not rest.any():
            break
        out = out.where(~rest, pd.to_datetime(texts.where(rest, ""), format=form, errors="coerce", utc=utc))
    return out


def _seconds(stamps: pd.Series[Any]) -> Reals:
    """Seconds since 1970; nan outside YEARS, where no call was recorded: a year mistyped, a date that stands for none."""
    found = stamps.to_numpy().astype("datetime64[us]")
    first, end = (np.datetime64(f"{year}-01-01", "us") for year in YEARS)
    since = (found - np.datetime64(0, "us")).astype(np.int64) / 1e6
    return np.where((found >= first) & (found < end), since, np.nan)


class Clock:
    """The wall clock of a zone over the years of the records: how far it is ahead of UTC, and when that changes."""

    def __init__(self, zone: str, first: float, last: float) -> None:
        self.changes, self.shifts = _changes(zone, first, last)

    def utc(self, local: Reals, not_before: Reals) -> tuple[Reals, Flags, Flags]:
        """Seconds in UTC of wall-clock seconds; which did not exist (moved on by the gap), which occurred twice.  Of two readings the first that is not
        before `not_before` (UTC, nan: unknown) counts."""
        early = local - self.shifts[np.searchsorted(self.changes + np.maximum(self.shifts[:-1], self.shifts[1:]), local, side="right")]
        late = local - self.shifts[np.searchsorted(self.changes + np.minimum(self.shifts[:-1], self.shifts[1:]), local, side="right")]
        # in a gap the reading by the shift before is the later one, so that the hour is moved on; in an overlap it is the earlier one
        gap, twice = early > late, late > early
        second = twice & (early < not_before) & (late >= not_before)
        return np.where(second, late, early), gap, twice

    def shift(self, utc: Reals) -> Reals:
        """How far the clock is ahead of UTC at instants (nan: as at first)."""
        return self.shifts[np.searchsorted(self.changes, np.where(np.isnan(utc), -np.inf, utc), side="right")]


def _changes(zone: str, first: float, last: float) -> tuple[Reals, Reals]:
    """The instants (UTC) between `first` and `last`, a year around them, at which the clock of `zone` changes; its shifts before, between and after them."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    place = ZoneInfo(zone)

    def shift(at: float) -> float:
        offset = datetime.fromtimestamp(at, UTC).astimezone(place).utcoffset()
        return 0.0 if offset is None else offset.total_seconds()

    low, high = int(first // DAY * DAY - 2 * DAY), int(last // DAY * DAY + 3 * DAY)
    changes, shifts = list[float](), [shift(low)]
    for day in range(low, high, int(DAY)):
        if shift(day + DAY) != shifts[-1]:
            a, b = day, int(day + DAY)
            while b - a > 1:
                middle = (a + b) // 2
                a, b = (middle, b) if shift(middle) == shifts[-1] else (a, middle)
            changes.append(float(b))
            shifts.append(shift(b))
    return np.array(changes), np.array(shifts)
