"""Frames: the rows that a measure is taken on, with the codes by which they are counted.

A frame is a table of a batch, or part of one: all measured contacts (`contacts`), those on stations where citizens wait (`live`), calls and visits that
may find no line, port or place, those in a voice unit at the phone behind it (`calls`), live contacts under a service level (`timed`), items (`items`),
self-service (`self_service`), everything live and all items of the run, warm-up included (`all_live`, `all_items`), needs that started in the measured
period (`needs`), their contacts at whatever time (`of_needs`), and the pairs of such a need and a mode that it used (`uses`), those that were resolved
(`resolved`, by the channel that did), contacts that follow one that left the need open (`pairs`), and, only where the scenario writes roles of the channels,
measured contacts on channels that have one (`roles`).  ``LAYOUTS`` says by which axes each is counted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.axes import Axes
from simcrc.indicators.role_tables import RoleTables
from simcrc.indicators.terms import Terms
from simcrc.log import CONTACTS_PER_NEED, Reason
from simcrc.model.calendar import HALF_HOUR

_APART = (Reason.CHASE, Reason.VERIFICATION, Reason.INDUCED)  # made beside an item, or when all is settled
Table = dict[str, npt.NDArray[Any]]
Layout = tuple[str, ...]

CONTACTS: tuple[Layout, ...] = (("station", "service", "segment", "month"), ("station", "reason"), ("station", "slot"), ("station", "day"))
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "contacts": CONTACTS,
    "live": CONTACTS,
    "calls": CONTACTS,
    "timed": CONTACTS,
    "items": CONTACTS,
    "self_service": CONTACTS,
    "all_live": (("live_station",),),
    "all_items": (("written_station",),),
    "needs": (("service", "segment", "month"), ("slot",), ("day",)),
    "of_needs": (("channel", "service", "segment", "month"), ("reason", "service", "segment", "month")),
    "resolved": (("channel", "service", "segment", "month"), ("slot",), ("day",)),
    "uses": (("mode", "service", "segment", "month"),),
    "pairs": (("pair", "service", "segment"), ("pair", "month")),
    "roles": (("channel", "service", "segment", "month"), ("channel", "reason")),
}


class Frame:
    """Rows `index` (None: all) of `table`.  ``frame["column"]`` is a column; `axes` and `terms` are at hand for measures that need them."""

    def __init__(self, table: Table, index: npt.NDArray[np.int64] | None, axes: Axes, terms: Terms) -> None:
        self.axes, self.terms = axes, terms
        self._table, self._index = table, index
        self._columns: dict[str, npt.NDArray[np.int64]] = {}
        self._codes: dict[Layout, npt.NDArray[np.int64]] = {}

    def __len__(self) -> int:
        return len(self._table["started"]) if self._index is None else len(self._index)

    def __getitem__(self, name: str) -> npt.NDArray[np.int64]:
        if self._index is None:
            return self._table[name]
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = self._table[name].take(self._index)
        return column

    def part(self, chosen: npt.NDArray[np.bool_]) -> Frame:
        """The rows of this frame where `chosen` holds."""
        if bool(chosen.all()):
            return self
        index = np.flatnonzero(chosen)
        return Frame(self._table, index if self._index is None else self._index.take(index), self.axes, self.terms)

    def axis(self, name: str) -> npt.NDArray[np.int64]:
        """The code of each row along an axis."""
        if name in self.axes.rank:
            return self.axes.rank[name].take(self["station"])
        if name not in ("month", "slot", "day"):
            return self[name]
        table: npt.NDArray[np.int64] = getattr(self.axes, name)
        return table.take(self["started"] // HALF_HOUR)

    def codes(self, layout: Layout) -> npt.NDArray[np.int64]:
        """The cell of each row in an array of the shape of `layout`, flattened."""
        code = self._codes.get(layout)
        if code is None:
            code = self.axis(layout[0])
            for axis in layout[1:]:
                code = code * self.axes.size(axis) + self.axis(axis)
            self._codes[layout] = code
        return code


def frames(contacts: Table, needs: Table, axes: Axes, terms: Terms) -> dict[str, Frame]:
    """The frames of a batch: a table of contacts and one of needs (``simcrc.observe``), contacts with the row of their need as `need_row`."""
    whole = Frame(contacts, None, axes, terms)
    everything = whole.part(contacts["measured"].astype(bool))
    live = everything.part(axes.live[everything["station"]])
    solved = Frame(needs | {"channel": needs["resolving_channel"]}, None, axes, terms)
    need = Frame(needs, None, axes, terms).part(needs["measured"].astype(bool))
    of_needs = np.flatnonzero(needs["measured"].astype(bool)[contacts["need_row"]])
    row = contacts["need_row"].take(of_needs)
    names = ("channel", "reason", "service", "segment", "outcome", "station", "citizen_time")
    made = {name: contacts[name].take(of_needs) for name in names} | {"started": needs["started"].take(row)}
    roles = terms.roles
    return {
        **({} if roles is None else {"roles": _roles(roles, contacts, needs, axes, terms)}),
        "contacts": everything,
        "live": live,
        "calls": _calls(everything, live, axes),
        "timed": live.part(terms.within[live["station"]] >= 0),
        "items": everything.part(axes.written[everything["station"]]),
        "self_service": everything.part(axes.self_service[everything["channel"]]),
        "all_live": whole.part(axes.live[contacts["station"]]),
        "all_items": whole.part(axes.written[contacts["station"]]),
        "needs": need,
        "of_needs": Frame(made, None, axes, terms),
        "resolved": solved.part((needs["measured"] & (needs["resolved_at"] >= 0)).astype(bool)),
        "uses": Frame(_uses(need, axes), None, axes, terms),
        "pairs": Frame(_pairs(contacts, needs, axes), None, axes, terms),
    }


def _roles(roles: RoleTables, contacts: Table, needs: Table, axes: Axes, terms: Terms) -> Frame:
    """Measured contacts on channels that have a role, and whether each is in it."""
    rows, inside = roles.judge(contacts, needs, np.flatnonzero(contacts["measured"]))
    names = ("channel", "service", "segment", "reason", "started")
    return Frame({name: contacts[name].take(rows) for name in names} | {"in_role": inside}, None, axes, terms)


def _pairs(contacts: Table, needs: Table, axes: Axes) -> Table:
    """One row for each contact that follows another which has ended without settling the need: by redial, switch, "0", transfer, failure demand or sent
    again, not a chase.  A call goes to the phone, though a voice unit in front answers it.  `settles`: the need is resolved by it, "0" included."""
    caused_by, contact, reason = contacts["caused_by"], contacts["contact"], contacts["reason"]
    begin = np.arange(len(contact)) - contacts["number"]  # the row of the need's first contact: contacts of a need are consecutive
    counted = needs["measured"].astype(bool)[contacts["need_row"]] & ~np.isin(reason, _APART)
    later = np.flatnonzero(counted & (caused_by >= 0))
    before = begin.take(later) + caused_by.take(later) % CONTACTS_PER_NEED
    need = contacts["need_row"].take(later)
    open_ = (needs["resolved_at"].take(need) < 0) | (needs["resolved_at"].take(need) >= contacts["started"].take(later))
    kept = open_ & (contacts["ended"].take(before) >= 0)
    later, before, need = later[kept], before[kept], need[kept]
    by = needs["resolved_by"].take(need)
    call = np.full(len(later), -1)  # the contact in the voice unit whose "0" led to the one that settled the need
    known = np.flatnonzero(by >= 0)
    solving = begin.take(later[known]) + by[known] % CONTACTS_PER_NEED
    call[known] = np.where(reason.take(solving) == Reason.ZERO, caused_by.take(solving), -1)
    return {
        "pair": contacts["channel"].take(before) * axes.size("channel") + axes.dialled.take(contacts["channel"].take(later)),
        "settles": (by == contact.take(later)) | (call == contact.take(later)),
        "service": contacts["service"].take(later),
        "segment": contacts["segment"].take(later),
        "started": needs["started"].take(need),
    }


def _calls(everything: Frame, live: Frame, axes: Axes) -> Frame:
    if (axes.calls_at >= 0).sum() == axes.live.sum():
        return live
    station = axes.calls_at.take(everything["station"])
    index = np.flatnonzero(station >= 0)
    names = ("service", "segment", "reason", "started", "outcome")
    return Frame({name: everything[name].take(index) for name in names} | {"station": station.take(index)}, None, axes, everything.terms)


def _uses(need: Frame, axes: Axes) -> Table:
    """One row a need and mode that it used, with the number of modes that the need used."""
    used = need["modes_used"]
    rows = [np.flatnonzero(used >> mode & 1) for mode in range(axes.size("mode"))]
    index = np.concatenate(rows)
    names = ("service", "segment", "started", "modes", "first_mode")
    return {name: need[name].take(index) for name in names} | {"mode": np.repeat(np.arange(len(rows)), [len(r) for r in rows])}
