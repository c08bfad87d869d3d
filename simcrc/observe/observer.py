"""The observer: takes the log of one replication, chunk by chunk, and makes tables, figures in time, and the sums from which indicators are computed.

Rows are gathered into batches.  The needs that have closed in a batch become rows of the tables; the rows of the others begin the next batch.  So memory holds
what is open, not what has happened.  ``batch`` sorts the rows, ``contacts`` and ``needs`` make the tables, ``follow`` and ``ages`` what goes on in time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from simcrc.indicators import measures
from simcrc.indicators.accumulate import Accumulator
from simcrc.indicators.axes import Axes
from simcrc.indicators.sums import Sums
from simcrc.indicators.terms import Terms
from simcrc.indicators.transitions import add_transitions
from simcrc.log import WIDTH, End, Kind, Outcome, Rows
from simcrc.observe.ages import Ages
from simcrc.observe.batch import Batch
from simcrc.observe.broken import BrokenLogError
from simcrc.observe.citizens import Citizens
from simcrc.observe.contacts import NOTHING, Table, assemble, contacts_table
from simcrc.observe.follow import Follow
from simcrc.observe.needs import needs_table

if TYPE_CHECKING:
    from simcrc.model.model import Model

Sink = Callable[[Table], None]
LEAST = 200_000
"""New rows of a batch, at least; and at least as many as are carried, so that what is long open is not gone through too often."""


class Observer:
    """Observes one replication of `model`: ``feed`` it the log, then ``finish``.

    `on_contacts`, `on_needs` are called with each batch of the tables (dictionaries of equally long arrays, ``simcrc.observe.contacts`` and
    ``needs``; warm-up included, see `measured`).
    Raises BrokenLogError, a SimulationError, when the log breaks conservation.
    """

    def __init__(self, model: Model, *, on_contacts: Sink | None = None, on_needs: Sink | None = None, least: int = LEAST) -> None:
        self.axes, self.terms = Axes.of(model), Terms.of(model)
        self._on_contacts, self._on_needs = on_contacts, on_needs
        self._accumulator = Accumulator(self.axes, self.terms, measures())
        self.sums = self._accumulator.sums
        self._follow, self._ages, self._citizens = Follow(self.axes, self.sums), Ages(self.axes, self.sums), Citizens(self.axes, self.sums)
        self._least = least
        self._open = np.zeros((0, WIDTH), dtype=np.int64)
        self._new: list[Rows] = []
        self._waiting = 0
        self._time = 0
        self._counts = {"started": 0, "offered": 0, "resolved": 0, "given_up": 0, "open": 0, "ended": 0, "in_progress": 0}

    def feed(self, rows: Rows) -> None:
        """Take the next chunk of the log, shape (n, 6), in the order of time."""
        if len(rows):
            self._new.append(rows)
            self._waiting += len(rows)
            if self._waiting >= max(self._least, len(self._open)):
                self._batch(None)

    def finish(self, end: int) -> Sums:
        """The run ends at `end`: what is open is closed as open, conservation is checked, and the sums are returned."""
        self._batch(end)
        self._follow.finish(end)
        self._ages.finish()
        self._citizens.finish()
        self._check()
        return self.sums

    def _batch(self, end: int | None) -> None:
        new = np.concatenate(self._new) if self._new else np.zeros((0, WIDTH), dtype=np.int64)
        self._order(new, end)
        batch = Batch(np.concatenate([self._open, new]), len(self._open))
        self._new, self._waiting = [], 0
        raw = assemble(batch)
        self._follow.add(batch, raw, self._time)
        self._counts["started"] += len(batch.rows(Kind.NEED_STARTED)[batch.fresh(Kind.NEED_STARTED)])
        self._counts["offered"] += len(batch.rows(Kind.CONTACT_STARTED)[batch.fresh(Kind.CONTACT_STARTED)])
        chosen = batch.closed if end is None else np.ones(batch.needs, dtype=bool)
        contacts = contacts_table(batch, raw, chosen, self.axes, self.terms, self._time if end is None else end)
        needs = needs_table(batch, contacts, chosen, self.axes)
        self._tables(contacts, needs, end)
        self._open = batch.left() if end is None else self._open[:0]

    def _order(self, new: Rows, end: int | None) -> None:
        """Check the times of the new rows, and note the last."""
        times = new[:, 0]
        if len(new):
            if times[0] < self._time or (times[1:] < times[:-1]).any():
                raise BrokenLogError("order")
            self._time = int(times[-1])
        if end is not None and self._time > end:
            raise BrokenLogError("after_end", count=int((times > end).sum()))

    def _tables(self, contacts: Table, needs: Table, end: int | None) -> None:
        unended = contacts["ended"] == NOTHING
        lost = np.flatnonzero(unended & (needs["closed_at"].take(contacts["need_row"]) != NOTHING)) if len(needs["need"]) else np.zeros(0, dtype=np.int64)
        if len(lost):
            raise BrokenLogError("never_ended", count=len(lost), example=int(contacts["contact"][lost[0]]))
        self._counts["ended"] += int((~unended).sum())
        self._counts["in_progress"] += int((contacts["outcome"] == Outcome.IN_PROGRESS).sum())
        for name, kind in (("resolved", End.RESOLVED), ("given_up", End.GIVEN_UP), ("open", End.OPEN)):
            self._counts[name] += int((needs["end"] == kind).sum())
        self._accumulator.add(contacts, needs)
        add_transitions(self.sums, contacts, needs, self.axes)
        self._ages.add(contacts, self.axes.model.end if end is None else end)
        self._citizens.add(needs)
        for sink, table in ((self._on_needs, needs), (self._on_contacts, contacts)):
            if sink is not None and len(table["started"]):
                sink({name: column for name, column in table.items() if name != "need_row"})

    def _check(self) -> None:
        """Conservation: every need and every contact that started is in the tables, once."""
        count = self._counts
        if count["started"] != count["resolved"] + count["given_up"] + count["open"]:
            raise BrokenLogError("needs", **{name: count[name] for name in ("started", "resolved", "given_up", "open")})
        if count["offered"] != count["ended"] + count["in_progress"]:
            raise BrokenLogError("contacts", offered=count["offered"], ended=count["ended"], open=count["in_progress"])
