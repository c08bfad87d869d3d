"""The draws of the needs of one service on one day, made together.

A block draws a column (one quantity at one place of the journey, for every need of the block) once journeys have asked for it a
few times, and turns it into variates by the inverse distribution function.  What is rare (a tenth contact, the second chase) is
drawn need by need at the same addresses, so that nothing depends on which of the two ways is taken.  Blocks of needs long past
forget their columns: memory stays bounded.  Addresses and generator: ``simcrc.draws``."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.draws import FAR, Philox, Quantity, branch, gumbel, name_code, unit

COMMON = (*range(8), *(branch(place, kind) for place in range(2) for kind in (1, 2, 3)))
"""Places that many journeys come to: these are drawn in columns."""

PATIENCE, NEEDS_PER_SINGLE = 1, 1000
"""A column costs about as much as 2 single draws, plus one for every 1000 needs (measured)."""


class Block:
    """The needs of service number `service` on one day; rows are their numbers within day and service.  `segments`: theirs,
    shape (size,)."""

    __slots__ = ("_asked", "_columns", "_day_service", "_given", "_patience", "_philox", "segments", "service", "size")

    def __init__(self, philox: Philox, day: int, service_name: str, service: int, size: int) -> None:
        self._philox = philox
        self._day_service = day << 32 | name_code(service_name)
        # place → sort of draw → column, and how often each was asked for: quantities by uid, purposes by their complement, choices by ``about``
        self._columns: dict[int, dict[int, Any]] = {}
        self._asked: dict[int, dict[int, int]] = {place: {} for place in COMMON}
        self._given: dict[int, Any] = {}
        self._patience = PATIENCE + size // NEEDS_PER_SINGLE
        self.service = service
        self.size = size
        self.segments = np.zeros(size, dtype=np.int64)

    def uniforms(self, purpose: int, place: int = 0) -> npt.NDArray[np.float64]:
        """One uniform a need for `purpose`, which is of the need itself or of the contact at `place`; shape (size,)."""
        return unit(self._philox.words(self._day_service, place, purpose, self.size))

    def gumbels(self, choice: int, place: int = 0) -> npt.NDArray[np.float64]:
        """One standard Gumbel variate a need at `place`; `choice`: ``about`` a decision and a channel name; shape (size,)."""
        return gumbel(unit(self._philox.words(self._day_service, place, choice, self.size)))

    def forget(self) -> None:
        """Drop the columns: later draws are made need by need, at the same addresses."""
        self._columns = {0: self._given} if self._given else {}
        self._asked = {}

    def preset(self, quantity: Quantity, values: npt.NDArray[np.int64]) -> None:
        """Give `quantity` for the first contact of every need (replayed records tell it) in place of drawing it: microseconds,
        shape (size,)."""
        self._given[quantity.uid] = self._keep(0, quantity.uid, array("q", values.astype(np.int64).tobytes()))

    def duration(self, quantity: Quantity, row: int, place: int) -> int:
        """Microseconds of `quantity` for need `row`, at `place` (thread << 32 | ordinal)."""
        uid = quantity.uid
        try:
            return self._columns[place][uid][row]  # type: ignore[no-any-return]
        except KeyError:
            pass
        if self._worth(place, uid):
            u = self.uniforms(quantity.purpose, place)
            return self._keep(place, uid, array("q", quantity.variates(u, self.service, self.segments).tobytes()))[row]  # type: ignore[no-any-return]
        law = quantity.laws[self.service][self.segments[row]]
        if law is None:
            return FAR
        u = np.array((self._single(row, place, quantity.purpose),))
        return min(max(round(min(float(law.quantile(u)[0]), FAR)), 0), FAR)

    def uniform(self, purpose: int, row: int, place: int) -> float:
        """A uniform variate on (0, 1) for `purpose` of need `row` at `place`."""
        try:
            return self._columns[place][~purpose][row]  # type: ignore[no-any-return]
        except KeyError:
            pass
        if self._worth(place, ~purpose):
            return self._keep(place, ~purpose, array("d", self.uniforms(purpose, place).tobytes()))[row]  # type: ignore[no-any-return]
        return self._single(row, place, purpose)

    def gumbel(self, choice: int, row: int, place: int) -> float:
        """A standard Gumbel variate of need `row` at `place`; `choice`: ``about`` a decision and a channel name."""
        try:
            return self._columns[place][choice][row]  # type: ignore[no-any-return]
        except KeyError:
            pass
        if self._worth(place, choice):
            return self._keep(place, choice, array("d", self.gumbels(choice, place).tobytes()))[row]  # type: ignore[no-any-return]
        return float(gumbel(np.array((self._single(row, place, choice),)))[0])

    def _worth(self, place: int, sort: int) -> bool:
        """Is it time to draw the column?  Once single draws have cost as much as it would, and at once where that was so on another day."""
        page = self._asked.get(place)
        if page is None:
            return False
        asked = page[sort] = page.get(sort, 0) + 1
        hot = self._philox.hot
        if asked > self._patience:
            hot.add((self.service, place, sort))
            return True
        return (self.service, place, sort) in hot

    def _keep(self, place: int, sort: int, column: array[Any]) -> array[Any]:
        self._columns.setdefault(place, {})[sort] = column
        return column

    def _single(self, row: int, place: int, sort: int) -> float:
        """The uniform of one need: what ``unit`` makes of the word."""
        return (self._philox.word(row, self._day_service, place, sort) >> 12) * 2.0**-52 + 2.0**-53
