"""The table of contacts: one row a contact, columns of integers (int64; microseconds since the origin for instants, -1 for what did not happen).

contact, need, number (within the need), channel, station, service, segment, language, reason, caused_by (-1: nothing),
started, received, queued (first time), announced (-1: nothing), service_start (first), service_end (last), answered, ended,
outcome, resolved (bool: gave the right and complete answer), waited (in the live queue, until service or exit), handled
(sum of its services), labour (their cost, in millionths of the currency), group (of its last service), citizen_time (in
live and self-service channels from start to end), cost (unit cost, in millionths, 0 if not charged), measured (bool:
started in the measured period), need_row (row of its need in the table of needs of the same batch).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.axes import Axes
from simcrc.indicators.terms import Terms
from simcrc.log import CONTACTS_PER_NEED, Kind, Outcome
from simcrc.observe.batch import Batch
from simcrc.observe.broken import BrokenLogError

Integers = npt.NDArray[np.int64]
Table = dict[str, npt.NDArray[Any]]
NOTHING = -1
_CENT_HOURS = 360_000  # microseconds times hundredths an hour, in a millionth of the currency


def assemble(batch: Batch) -> Table:
    """The columns that come straight from the rows, for every contact of the batch."""
    raw: Table = {}
    kind, at = batch.rows(Kind.CONTACT_STARTED), batch.contact(Kind.CONTACT_STARTED)
    for name, column in (("started", 0), ("station", 3), ("reason", 4), ("caused_by", 5)):
        raw[name] = np.empty(batch.contacts, dtype=np.int64)
        raw[name][at] = kind[:, column]
    raw["received"] = _last(batch, Kind.RECEIVED)
    raw["queued"] = _first(batch, Kind.QUEUED, 0)
    raw["announced"] = _first(batch, Kind.QUEUED, 5)
    raw["service_start"] = _first(batch, Kind.SERVICE_STARTED, 0)
    raw["service_end"] = _last(batch, Kind.SERVICE_ENDED)
    raw["group"] = _last(batch, Kind.SERVICE_STARTED, 5)
    raw["answered"] = _last(batch, Kind.ANSWERED)
    raw["ended"] = _last(batch, Kind.CONTACT_ENDED)
    raw["outcome"] = _last(batch, Kind.CONTACT_ENDED, 4)
    raw["outcome"][raw["outcome"] == NOTHING] = Outcome.IN_PROGRESS
    raw["resolved"] = _last(batch, Kind.CONTACT_ENDED, 5) == 1
    twice = len(batch.rows(Kind.CONTACT_ENDED)) - int((raw["ended"] != NOTHING).sum())
    if twice:
        raise BrokenLogError("ended_twice", count=twice)
    return raw


def _last(batch: Batch, kind: Kind, column: int = 0) -> Integers:
    """A column of the last row of `kind` of each contact; NOTHING without one."""
    out = np.full(batch.contacts, NOTHING, dtype=np.int64)
    out[batch.contact(kind)] = batch.rows(kind)[:, column]  # of equal indices NumPy keeps the last
    return out


def _first(batch: Batch, kind: Kind, column: int) -> Integers:
    out = np.full(batch.contacts, NOTHING, dtype=np.int64)
    out[batch.contact(kind)[::-1]] = batch.rows(kind)[::-1, column]
    return out


def services(batch: Batch, raw: Table, hourly: Integers, now: int) -> tuple[Integers, Integers]:
    """Time in service of each contact, and its labour; `hourly`: cost of an hour by group.  Services that go on last until `now`."""
    handled, labour = (np.zeros(batch.contacts, dtype=np.int64) for _ in range(2))
    running = np.zeros(batch.contacts, dtype=np.int64)
    for kind, sign in ((Kind.SERVICE_ENDED, 1), (Kind.SERVICE_STARTED, -1)):
        rows, at = batch.rows(kind), batch.contact(kind)
        times = rows[:, 0] * sign
        np.add.at(handled, at, times)
        np.add.at(running, at, -sign)
        if hourly.any():
            np.add.at(labour, at, times * hourly.take(rows[:, 5]))
    going = np.flatnonzero(running)
    handled[going] += now
    labour[going] += now * hourly[raw["group"][going]]
    return handled, (labour + _CENT_HOURS // 2) // _CENT_HOURS


def contacts_table(batch: Batch, raw: Table, chosen: npt.NDArray[np.bool_], axes: Axes, terms: Terms, now: int) -> Table:
    """The table of the contacts of the needs `chosen` (a flag a need of the batch), whose open contacts last until `now`."""
    model = axes.model
    teams = np.array([group.team for group in model.groups], dtype=np.int64)
    handled, labour = services(batch, raw, terms.hourly[teams], now)
    whole = bool(chosen.all())
    index = None if whole else np.flatnonzero(chosen.take(batch.need_of))
    need = batch.need_of if index is None else batch.need_of.take(index)

    def kept(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return column if index is None else column.take(index)

    out = {name: kept(column) for name, column in raw.items()} | {"handled": kept(handled), "labour": kept(labour)}
    start = batch.rows(Kind.NEED_STARTED)
    out["need_row"] = need if whole else (np.cumsum(chosen) - 1).take(need)
    out["need"] = start[:, 2].take(need)
    out["number"] = kept(np.arange(batch.contacts)) - batch.first.take(need)
    out["contact"] = out["need"] * CONTACTS_PER_NEED + out["number"]
    out["channel"] = axes.channel_of.take(out["station"])
    service, segment = np.divmod(start[:, 3], len(model.segments))
    out["service"], out["segment"] = service.take(need), segment.take(need)
    out["language"] = (start[:, 5] >> 8 & 0xFF).take(need)
    until = np.where(out["ended"] == NOTHING, now, out["ended"])
    leaves = np.where(out["service_start"] == NOTHING, until, out["service_start"])
    waits = (out["queued"] != NOTHING) & axes.live.take(out["station"])
    out["waited"] = np.where(waits, leaves - out["queued"], 0)
    out["citizen_time"] = np.where(axes.written.take(out["station"]), 0, until - out["started"])
    out["cost"] = np.where(terms.charged[out["outcome"], out["reason"]], terms.unit_cost[out["channel"], out["service"]], 0)
    out["measured"] = (out["started"] >= model.start) & (out["started"] < model.end)
    return out
