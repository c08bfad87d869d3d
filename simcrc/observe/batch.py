"""A batch of the log: rows by kind, and where each need and contact of the batch stands in the tables that are made of it.

Needs stand in the order in which they started; the contacts of a need are consecutive, in the order of their numbers.  ``contacts`` and ``needs``
fill the tables.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simcrc.log import CONTACTS_PER_NEED, NEEDS_PER_DAY_AND_SERVICE, Kind, Rows
from simcrc.observe.broken import BrokenLogError

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
SPARE = 16  # so many numbers of a day and service there may be for each that is there, before searching is better


class Places:
    """The place of each need id: by a table over the numbers of each day and service, or by search where few of the numbers are there (old needs)."""

    def __init__(self, ids: Integers) -> None:
        """`ids`: each need once.  Raises BrokenLogError otherwise."""
        block = ids // NEEDS_PER_DAY_AND_SERVICE
        number = ids - block * NEEDS_PER_DAY_AND_SERVICE
        self._first = int(block.min()) if len(ids) else 0
        block -= self._first
        top = np.zeros(int(block.max(initial=0)) + 1, dtype=np.int64)
        np.maximum.at(top, block, number + 1)
        self._dense = top <= SPARE * np.bincount(block, minlength=len(top))
        self._top = np.where(self._dense, top, 0)
        self._base = np.cumsum(self._top) - self._top
        self._table = np.full(int(self._top.sum()), -1, dtype=np.int64)
        dense = np.flatnonzero(self._dense.take(block))
        self._table[self._base.take(block.take(dense)) + number.take(dense)] = dense
        rest = np.flatnonzero(~self._dense.take(block))
        self._order = rest[np.argsort(ids.take(rest), kind="stable")]
        self._sorted = ids.take(self._order)
        twice = len(dense) - int((self._table >= 0).sum()) + int((np.diff(self._sorted) == 0).sum())
        if twice:
            raise BrokenLogError("needs_twice", count=twice)

    def of(self, ids: Integers) -> Integers:
        """The place of each of `ids`; BrokenLogError for one that has not started."""
        block = ids // NEEDS_PER_DAY_AND_SERVICE
        number = ids - block * NEEDS_PER_DAY_AND_SERVICE
        block -= self._first
        block[(block < 0) | (block >= len(self._top))] = -1
        slot = np.where((number < self._top.take(block)) & (block >= 0), self._base.take(block) + number, -1)
        found = np.where(slot >= 0, self._table.take(slot), -1) if len(self._table) else slot
        missing = np.flatnonzero(found < 0)
        if len(missing):
            asked = ids.take(missing)
            at = np.searchsorted(self._sorted, asked).clip(max=len(self._sorted) - 1)
            known = self._sorted.take(at) == asked if len(self._sorted) else np.zeros(len(asked), dtype=bool)
            if not known.all():
                raise BrokenLogError("unknown_need", count=int((~known).sum()), example=int(asked[~known][0]))
            found[missing] = self._order.take(at)
        return found


class Batch:
    """Rows in the order of time, the first `carried` of which were seen before (they belong to needs that were still open).

    ``rows(kind)`` and ``fresh(kind)`` (not seen before) are slices, in the order of time.  `closed` says which needs have closed.
    """

    def __init__(self, rows: Rows, carried: int) -> None:
        kinds = rows[:, 1].astype(np.int8)
        self.all, self.carried = rows, carried
        self._order = np.argsort(kinds, kind="stable")
        self._rows = rows.take(self._order, axis=0)
        count = np.bincount(kinds, minlength=max(Kind) + 1)
        self._from = np.concatenate([[0], np.cumsum(count)])
        self.places = Places(self.rows(Kind.NEED_STARTED)[:, 2])
        self.needs = len(self.rows(Kind.NEED_STARTED))
        self._need: dict[int, Integers] = {}
        closings = np.bincount(self.need(Kind.NEED_CLOSED), minlength=self.needs)
        if len(closings) and closings.max() > 1:
            raise BrokenLogError("closed_twice", count=int((closings > 1).sum()))
        self.closed: Flags = closings > 0
        self._after_close()
        self._contacts()

    def _after_close(self) -> None:
        """Closing is the last row of a need: later ones in this batch are a fault (those of later batches are of an unknown need)."""
        last = np.full(self.needs, len(self.all), dtype=np.int64)
        last[self.need(Kind.NEED_CLOSED)] = self.order(Kind.NEED_CLOSED)
        late = sum(int((self.order(kind) > last.take(self.need(kind))).sum()) for kind in (Kind.NEED_RESOLVED, *CONTACT_KINDS))
        if late:
            raise BrokenLogError("after_close", count=late)

    def _contacts(self) -> None:
        """Count the contacts of each need and place them."""
        need = self.need(Kind.CONTACT_STARTED)
        self.contacts_of = np.bincount(need, minlength=self.needs).astype(np.int64)
        self.first = np.cumsum(self.contacts_of) - self.contacts_of
        self.contacts = int(self.contacts_of.sum())
        self.need_of = np.repeat(np.arange(self.needs), self.contacts_of)
        self._contact: dict[int, Integers] = {}
        seen = np.zeros(self.contacts, dtype=bool)
        seen[self.contact(Kind.CONTACT_STARTED)] = True
        if not seen.all():
            raise BrokenLogError("contact_twice", count=int((~seen).sum()))

    def _slice(self, kind: int) -> slice:
        return slice(int(self._from[kind]), int(self._from[kind + 1]))

    def rows(self, kind: int) -> Rows:
        """The rows of a kind."""
        return self._rows[self._slice(kind)]

    def fresh(self, kind: int) -> slice:
        """Which of the rows of a kind are new, as a slice of ``rows(kind)``."""
        order = self.order(kind)
        return slice(int(np.searchsorted(order, self.carried)), len(order))

    def order(self, kind: int) -> Integers:
        """The index in ``all`` of each row of a kind."""
        return self._order[self._slice(kind)]

    def need(self, kind: int) -> Integers:
        """The place of the need of each row of a kind (of needs or of contacts)."""
        found = self._need.get(kind)
        if found is None:
            subject = self.rows(kind)[:, 2]
            found = self._need[kind] = self.places.of(subject.copy() if kind < Kind.CONTACT_STARTED else subject // CONTACTS_PER_NEED)
        return found

    def contact(self, kind: int) -> Integers:
        """The place of the contact of each row of a kind."""
        found = self._contact.get(kind)
        if found is None:
            need = self.need(kind)
            number = self.rows(kind)[:, 2] % CONTACTS_PER_NEED
            if (number >= self.contacts_of.take(need)).any():
                raise BrokenLogError("unknown_contact", count=int((number >= self.contacts_of.take(need)).sum()))
            found = self._contact[kind] = self.first.take(need) + number
        return found

    def left(self) -> Rows:
        """The rows of needs that are still open, in the order of time: what the next batch begins with."""
        keep = np.zeros(len(self.all), dtype=bool)
        for kind in (Kind.NEED_STARTED, Kind.NEED_RESOLVED, *CONTACT_KINDS):
            keep[self.order(kind)] = ~self.closed.take(self.need(kind)) if self.needs else False
        return self.all[keep]


CONTACT_KINDS = (Kind.CONTACT_STARTED, Kind.RECEIVED, Kind.QUEUED, Kind.SERVICE_STARTED, Kind.SERVICE_ENDED, Kind.ANSWERED, Kind.CONTACT_ENDED)
