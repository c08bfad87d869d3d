"""Lengths of time in a column: numbers in a unit, with a decimal point or comma, or texts h:mm:ss.

Unlike those of a replay, negative lengths are told apart from unreadable ones.  Instants are read in ``instants``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.replay.columns import SECOND, duration

if TYPE_CHECKING:
    import pandas as pd

Reals = npt.NDArray[np.float64]
SCALE = {"seconds": 1.0, "milliseconds": 1e-3, "minutes": 60.0}


def seconds(texts: pd.Series[Any], unit: str, decimal: str | None) -> Reals:
    """The lengths in seconds, negative ones too; nan where a text cannot be read.

    `unit`: seconds, milliseconds, minutes or ``clock``; `decimal`: the sign of decimals, None for point or comma.
    """
    import pandas as pd

    if pd.api.types.is_timedelta64_dtype(texts.dtype):
        return np.asarray(texts.dt.total_seconds(), dtype=np.float64)
    codes, values = pd.factorize(texts)  # lengths repeat themselves: each text is read once
    distinct = pd.Series(values, dtype=object).astype(str).str.strip()
    read = _clock(distinct) if unit == "clock" else _numbers(distinct, decimal) * SCALE[unit]
    return np.asarray(read[codes], dtype=np.float64)


def _numbers(texts: pd.Series[Any], decimal: str | None) -> Reals:
    import pandas as pd

    if decimal == ",":
        plain = texts.str.replace(r"^([+-]?\d*),(\d+)$", r"\1.\2", regex=True).where(~texts.str.contains(".", regex=False), "")
    elif decimal == ".":
        plain = texts
    else:
        plain = texts.str.replace(r"^([+-]?\d*),(\d+)$", r"\1.\2", regex=True)
    numbers: Reals = pd.to_numeric(plain, errors="coerce").to_numpy(dtype=np.float64)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _clock(texts: pd.Series[Any]) -> Reals:
    negative = texts.str.match(r"^[-−]").to_numpy(dtype=bool)
    read = duration(texts.str.replace(r"^[-−]", "", regex=True), "clock")
    return np.where(read < 0, np.nan, np.where(negative, -read, read) / SECOND)
