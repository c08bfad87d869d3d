"""Columns of a file of records as arrays: times of day, dates, durations, conditions on texts.

Texts come as pandas series of str; nothing raises on a text that cannot be read: it counts as missing, and ``simcrc.replay.read`` counts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

    Texts = pd.Series[str]
else:
    Texts = Any

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SECOND = 1_000_000
UNKNOWN = -1
MISSING = "missing"
"""In a condition, stands for every text that means "not there"."""


def clock(texts: Texts) -> Integers:
    """Microseconds since midnight of ``h:mm:ss`` or ``h:mm`` (seconds may have decimals), on twelve hours with AM or PM; UNKNOWN where it cannot
    be read."""
    import pandas as pd

    parts = texts.str.strip().str.replace(",", ".").str.extract(r"^(\d{1,3}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(?:\s*([AaPp])\.?[Mm]\.?)?$")
    numbers = parts[[0, 1, 2]].apply(pd.to_numeric, errors="coerce")
    half = parts[3].str.lower()
    hours = numbers[0].where(half.isna(), numbers[0].where(numbers[0].between(1, 12)) % 12 + 12 * (half == "p"))
    seconds = hours * 3600 + numbers[1] * 60 + numbers[2].fillna(0.0)
    out: Integers = np.rint(seconds.fillna(UNKNOWN / SECOND).to_numpy(dtype=np.float64) * SECOND).astype(np.int64)
    return out


def duration(texts: Texts, unit: str) -> Integers:
    """Microseconds of numbers in `unit` (seconds, minutes; a decimal comma is read) or of texts h:mm:ss or m:ss (clock); UNKNOWN where it cannot be
    read or is negative."""
    import pandas as pd

    if unit == "clock":
        return clock(texts.str.strip().str.replace(r"^\d+:\d{2}$", lambda found: _with_hours(found[0]), regex=True))
    plain = texts.str.strip().str.replace(r"^(\d*),(\d+)$", r"\1.\2", regex=True)
    numbers = pd.to_numeric(plain, errors="coerce").to_numpy(dtype=np.float64) * (60 if unit == "minutes" else 1)
    known = np.isfinite(numbers) & (numbers >= 0)
    return np.where(known, np.rint(np.where(known, numbers, 0.0) * SECOND), UNKNOWN).astype(np.int64)


def _with_hours(text: str) -> str:
    """h:mm:ss of m:ss, which is how a span of time is written, a time of day being h:mm."""
    minutes, _, seconds = text.partition(":")
    return f"{int(minutes) // 60}:{int(minutes) % 60:02d}:{seconds}"


def dates(texts: Texts, form: str) -> pd.Series[Any]:
    """Timestamps read with the strptime format `form`, in UTC where that tells the offset (``%z``); NaT where it cannot be read."""
    import pandas as pd

    return pd.to_datetime(texts.str.strip(), format=form, errors="coerce", utc="%z" in form)


def meets(frame: pd.DataFrame, condition: Mapping[str, Sequence[str]], missing: Sequence[str]) -> Flags:
    """Which rows meet `condition`: every column holds one of its values."""
    met = np.ones(len(frame), dtype=np.bool_)
    for column, values in condition.items():
        met &= frame[column].isin(expanded(values, missing)).to_numpy()
    return met


def mapped(texts: Texts, index: Mapping[str, int]) -> Integers:
    """The number of each text, UNKNOWN for those without one."""
    return np.array([index.get(text, UNKNOWN) for text in texts], dtype=np.int64)


def there(texts: Texts, missing: Sequence[str]) -> Flags:
    """Which texts are not missing."""
    out: Flags = ~texts.isin(list(missing)).to_numpy()
    return out


def expanded(values: Sequence[str], missing: Sequence[str]) -> list[str]:
    """`values` with ``missing`` written out."""
    return [text for value in values for text in (missing if value == MISSING else (value,))]


def spread(shares: Sequence[float], n: int) -> Integers:
    """Indices into `shares`, `n` of them, each prefix as near to the proportions as whole numbers allow."""
    weights = np.asarray(shares, dtype=np.float64) / sum(shares)
    out = np.empty(n, dtype=np.int64)
    owed = np.zeros(len(weights))
    for i in range(n):
        owed += weights
        out[i] = k = int(np.argmax(owed))
        owed[k] -= 1.0
    return out
