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
SPARE = 16  # a table of places may have so many slots a need before sorting is better


class Places:
    """The place of each need id, by a table over the numbers of each day and service, or by search when that would be large."""

    def __init__(self, ids: Integers) -> None:
        """`ids`: each need once.  Raises BrokenLogError otherwise."""
        self._sorted: Integers | None = None
        self._ids = ids
        block = ids // NEEDS_PER_DAY_AND_SERVICE
        self._first = int(block.min()) if len(ids) else 0
        top = np.zeros(int(block.max()) - self._first + 1 if len(ids) else 1, dtype=np.int64)
        number = ids - block * NEEDS_PER_DAY_AND_SERVICE
        np.maximum.at(top, block - self._first, number + 1)
        slots = int(top.sum())
        if slots > SPARE * len(ids) + 1024:
            self._order = np.argsort(ids, kind="stable")
            self._sorted = ids[self._order]
            twice = int((np.diff(self._sorted) == 0).sum())
        else:
            self._base, self._top = np.cumsum(top) - top, top
            self._table = np.full(slots, -1, dtype=np.int64)
            self._table[self._base.take(block - self._first) + number] = np.arange(len(ids))
            twice = len(ids) - int((self._table >= 0).sum())
        if twice:
            raise BrokenLogError("needs_twice", count=twice)

    def of(self, ids: Integers) -> Integers:
        """The place of each of `ids`; BrokenLogError for one that has not started."""
        if not len(ids):
            return np.zeros(0, dtype=np.int64)
        if self._sorted is not None:
            at = np.minimum(np.searchsorted(self._sorted, ids), len(self._sorted) - 1)
            known = self._sorted[at] == ids
            found = self._order[at]
        else:
            block = ids // NEEDS_PER_DAY_AND_SERVICE
            number = ids - block * NEEDS_PER_DAY_AND_SERVICE
            block -= self._first
            known = (block >= 0) & (block < len(self._top))
            block[~known] = 0
            known &= number < self._top.take(block)
            slot = self._base.take(block) + number
            slot[~known] = 0
            found = self._table.take(slot) if len(self._table) else slot
            known &= found >= 0
        if not known.all():
            raise BrokenLogError("unknown_need", count=int((~known).sum()), example=int(ids[~known][0]))
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
