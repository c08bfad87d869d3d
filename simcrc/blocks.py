"""The draws of the needs of one service on one day, made together.

A block draws a column (one quantity at one place of the journey, for every need of the block) once journeys have asked for it a
few times, and turns it into variates by the inverse distribution function.  What is rare (a tenth contact, the second chase) is
drawn need by need at the same addresses, so that nothing depends on which of the two ways is taken.  Blocks of needs long past
forget their columns: memory stays bounded.  Addresses and generator: ``simcrc.draws``."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.draws import FAR, Decision, Philox, Quantity, about, branch, gumbel, name_code, unit

_MAIN = range(8)
_BRANCHES = [branch(place, kind) for place in range(2) for kind in (1, 2, 3)]
COMMON: dict[int, int] = {place: index for index, place in enumerate([*_MAIN, *_BRANCHES])}
"""Places that many journeys come to, numbered: these are drawn in columns."""


PATIENCE, NEEDS_PER_SINGLE = 1, 1000
"""A column costs about as much as 2 single draws, plus one for every 1000 needs (measured)."""


class Block:
    """The needs of service number `service` on one day; rows are their numbers within day and service.  `segments`: theirs,
    shape (size,)."""

    __slots__ = ("_asked", "_columns", "_day_service", "_given", "_patience", "_philox", "segments", "service", "size")

    def __init__(self, philox: Philox, day: int, service_name: str, service: int, size: int) -> None:
        self._philox = philox
        self._day_service = day << 32 | name_code(service_name)
        self._columns: dict[int, Sequence[Any]] | None = {}
        self._given: dict[int, Sequence[Any]] = {}
        self._asked: dict[int, int] = {}
        self._patience = PATIENCE + size // NEEDS_PER_SINGLE
        self.service = service
        self.size = size
        self.segments = np.zeros(size, dtype=np.int64)

    def uniforms(self, purpose: int, place: int = 0) -> npt.NDArray[np.float64]:
        """One uniform a need for `purpose`, which is of the need itself or of the contact at `place`; shape (size,)."""
        return unit(self._philox.words(self._day_service, place, purpose, self.size))

    def gumbels(self, code: int, decision: int = Decision.CHANNEL, place: int = 0) -> npt.NDArray[np.float64]:
        """One standard Gumbel variate a need for `decision` at `place` about the channel with name code `code`; shape
        (size,)."""
        return gumbel(unit(self._philox.words(self._day_service, place, about(decision, code), self.size)))

    def forget(self) -> None:
        """Drop the columns: later draws are made need by need, at the same addresses."""
        self._columns = None
        self._asked = {}

    def preset(self, quantity: Quantity, values: npt.NDArray[np.int64]) -> None:
        """Give `quantity` for the first contact of every need (replayed records tell it) in place of drawing it: microseconds,
        shape (size,)."""
        self._given[quantity.uid] = array("q", values.astype(np.int64).tobytes())

    def duration(self, quantity: Quantity, row: int, place: int) -> int:
        """Microseconds of `quantity` for need `row`, at `place` (thread << 32 | ordinal)."""
        if self._given and place == 0 and quantity.uid in self._given:
            value: int = self._given[quantity.uid][row]
            return value
        columns = self._columns
        if columns is not None and place in COMMON:
            key = quantity.uid << 4 | COMMON[place]
            column = columns.get(key)
            if column is None and self._worth(key):
                column = columns[key] = array("q", quantity.variates(self.uniforms(quantity.purpose, place), self.service, self.segments).tobytes())
            if column is not None:
                value = column[row]
                return value
        law = quantity.laws[self.service][self.segments[row]]
        if law is None:
            return FAR
        u = self._single(row, place, quantity.purpose)
        return min(max(round(min(float(law.quantile(np.array((u,)))[0]), FAR)), 0), FAR)

    def uniform(self, purpose: int, row: int, place: int) -> float:
        """A uniform variate on (0, 1) for `purpose` of need `row` at `place`."""
        columns = self._columns
        if columns is not None and place in COMMON:
            key = -1 - (purpose << 4 | COMMON[place])
            column = columns.get(key)
            if column is None and self._worth(key):
                column = columns[key] = array("d", self.uniforms(purpose, place).tobytes())
            if column is not None:
                value: float = column[row]
                return value
        return self._single(row, place, purpose)

    def gumbel(self, code: int, decision: int, row: int, place: int) -> float:
        """A standard Gumbel variate for `decision` of need `row` at `place` about the channel with name code `code`."""
        columns = self._columns
        if columns is not None and place in COMMON:
            key = -1 - (about(decision, code) << 4 | COMMON[place])
            column = columns.get(key)
            if column is None and self._worth(key):
                column = columns[key] = array("d", self.gumbels(code, decision, place).tobytes())
            if column is not None:
                value: float = column[row]
                return value
        return float(gumbel(np.array((self._single(row, place, about(decision, code)),)))[0])

    def _worth(self, key: int) -> bool:
        """Is it time to draw the column `key`?  Once single draws have cost as much as the column would."""
        asked = self._asked.get(key, 0) + 1
        self._asked[key] = asked
        return asked > self._patience

    def _single(self, row: int, place: int, sort: int) -> float:
        """The uniform of one need: what ``unit`` makes of the word."""
        return (self._philox.word(row, self._day_service, place, sort) >> 12) * 2.0**-52 + 2.0**-53
