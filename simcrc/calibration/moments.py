"""The instants of calls, in order: midnight crossed, clocks that run back, hours that do not exist or occur twice, each counted.

``instants`` reads single columns, ``rows`` uses what is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simcrc.calibration import instants
from simcrc.calibration.calls import DAY, Reals
from simcrc.calibration.mapping import Mapping, Times
from simcrc.calibration.source_files import Piece
from simcrc.calibration.traps import Flags, Traps
from simcrc.replay.columns import Texts, there

if TYPE_CHECKING:
    import pandas as pd

JITTER = 2.0
"""Seconds by which clocks of two machines may differ."""


class Moments:
    """Reads the instants of pieces; keeps the wall clock of the zone from one to the next."""

    def __init__(self, mapping: Mapping, traps: Traps) -> None:
        self.mapping, self.traps = mapping, traps
        self._clock: instants.Clock | None = None
        self._span = (0.0, 0.0)

    def of(self, piece: Piece) -> tuple[dict[str, Reals], Flags]:
        """The instants in UTC, nan where not there, with the arrival's wall clock as ``local``; and which rows have an arrival."""
        times, missing, out = self.mapping.times, self.mapping.missing, dict[str, Reals]()
        day = None if times.date is None else instants.dates(piece.frame[times.date], times.format)
        read = {name: _read(piece.frame, getattr(times, name), day, times, missing) for name in Times.order if getattr(times, name)}
        local, told, _ = read["arrived"]
        known = np.isfinite(local)
        self.traps.add("no_arrival", ~told, piece.line, piece.label)
        self.traps.add("bad_arrival", told & ~known, piece.line, piece.label)
        before = np.full(len(piece.line), np.nan)
        for name, (local, told, offset) in read.items():
            self.traps.add("bad_time", told & np.isnan(local) & known, piece.line, piece.label, name)
            out[name] = self._instant(piece, name, np.where(known, local, np.nan), before, day is not None, offset)
            before = np.where(np.isnan(out[name]), before, out[name])
        out["local"] = out["arrived"] + (0.0 if self._clock is None else self._clock.shift(out["arrived"]))
        return out, known

    def _instant(self, piece: Piece, name: str, local: Reals, before: Reals, clocks: bool, offset: bool) -> Reals:
        """UTC of what was read, the moments `before` it known; midnight and changes of the clock minded."""
        if np.isnan(local).all():
            return local
        low, high = float(np.nanmin(local)), float(np.nanmax(local))
        first, last = (low, high) if self._clock is None else self._span
        if self._clock is None or low < first or high > last:
            self._span = (min(low, first) - 40 * DAY, max(high, last) + 40 * DAY)  # further pieces are near
            self._clock = instants.Clock(self.mapping.timezone, *self._span)
        utc, gap, twice = (local, _no(local), _no(local)) if offset else self._clock.utc(local, before)
        if clocks:
            crossed = utc < before - DAY / 2
            self.traps.add("midnight", crossed, piece.line, piece.label, name)
            later, gaps, twices = self._clock.utc(local + DAY, before)
            utc, gap, twice = np.where(crossed, later, utc), np.where(crossed, gaps, gap), np.where(crossed, twices, twice)
        self.traps.add("jitter", (utc < before) & (utc >= before - JITTER), piece.line, piece.label, name)
        self.traps.add("runs_back", utc < before - JITTER, piece.line, piece.label, name)
        self.traps.add("gap", gap, piece.line, piece.label, name)
        self.traps.add("overlap", twice, piece.line, piece.label, name)
        return utc


def _read(frame: pd.DataFrame, columns: Sequence[str], day: Reals | None, times: Times, missing: Sequence[str]) -> tuple[Reals, Flags, bool]:
    """What the first of `columns` that is there tells, which rows have one, and whether it tells its offset from UTC."""
    local, told, offset = np.full(len(frame), np.nan), np.zeros(len(frame), dtype=np.bool_), False
    for column in columns:
        own = given(frame[column], missing) & ~told
        if day is not None:
            found = day + instants.times_of_day(frame[column], times.clock)
        else:
            found = instants.stamps(frame[column], times.format)
            offset = instants.tells_offset(frame[column], times.format)
        local, told = np.where(own, found, local), told | own
    return local, told, offset


def given(texts: Texts, missing: Sequence[str]) -> Flags:
    """Which are there: not one of the texts of `missing`, nor null."""
    if texts.dtype.kind in "mM" or hasattr(texts.dtype, "tz"):
        out: Flags = texts.notna().to_numpy(dtype=np.bool_)
        return out
    return there(texts.str.strip(), (*missing, ""))


def _no(values: Reals) -> Flags:
    return np.zeros(len(values), dtype=np.bool_)
