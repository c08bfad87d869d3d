"""The table of needs: one row a need, columns of integers (int64; microseconds since the origin for instants, -1 for what did not happen).

need, service, segment, citizen, language, complex, ambiguous, online (bools), started, resolved_at, resolved_by (contact), closed_at, end, contacts (how many),
reason_first … reason_induced (how many for each reason), first_channel, resolving_channel, first_mode, channels (distinct, the voice unit and the phone apart),
modes (the two as one), channels_used, modes_used (bit c: channel or mode c), staffed_contacts (on channels with agents), waited, citizen_time, cost (sums over
its contacts), measured (bool: started in the measured period).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.axes import Axes
from simcrc.log import CONTACTS_PER_NEED, End, Kind, Reason
from simcrc.observe.batch import Batch
from simcrc.observe.broken import BrokenLogError
from simcrc.observe.contacts import NOTHING, Table

Integers = npt.NDArray[np.int64]


def needs_table(batch: Batch, contacts: Table, chosen: npt.NDArray[np.bool_], axes: Axes) -> Table:
    """The table of the needs `chosen` (a flag a need of the batch), whose contacts are in `contacts`."""
    model = axes.model
    start = batch.rows(Kind.NEED_STARTED)
    start = start if bool(chosen.all()) else start[chosen]
    count = batch.contacts_of[chosen]
    first = np.cumsum(count) - count
    out: Table = {"need": start[:, 2].copy(), "started": start[:, 0].copy(), "citizen": start[:, 4].copy(), "contacts": count}
    out["service"], out["segment"] = np.divmod(start[:, 3], len(model.segments))
    traits = start[:, 5]
    out["language"] = traits >> 8 & 0xFF
    out["complex"], out["ambiguous"], out["online"] = ((traits >> bit & 1).astype(bool) for bit in range(3))
    out |= _ends(batch, chosen)
    out |= _channels(out, contacts, first, axes)
    row = contacts["need_row"]
    reasons = np.zeros(len(start) * len(Reason), dtype=np.int64)
    np.add.at(reasons, row * len(Reason) + contacts["reason"], 1)
    for reason in Reason:
        out[f"reason_{reason.name.lower()}"] = reasons[reason :: len(Reason)]
    for name in ("waited", "citizen_time", "cost"):
        out[name] = np.zeros(len(start), dtype=np.int64)
        np.add.at(out[name], row, contacts[name])
    out["measured"] = (out["started"] >= model.start) & (out["started"] < model.end)
    return out


def _ends(batch: Batch, chosen: npt.NDArray[np.bool_]) -> Table:
    """How and when the needs end; a need that is resolved and whose journey is not over at the horizon is resolved."""
    resolved_at, resolved_by, closed_at, end = (np.full(batch.needs, NOTHING, dtype=np.int64) for _ in range(4))
    rows, at = batch.rows(Kind.NEED_RESOLVED), batch.need(Kind.NEED_RESOLVED)
    resolved_at[at], resolved_by[at] = rows[:, 0], rows[:, 3]
    twice = len(rows) - int((resolved_at != NOTHING).sum())
    if twice:
        raise BrokenLogError("resolved_twice", count=twice)
    rows, at = batch.rows(Kind.NEED_CLOSED), batch.need(Kind.NEED_CLOSED)
    closed_at[at], end[at] = rows[:, 0], rows[:, 3]
    wrong = np.flatnonzero(batch.closed & ((end == End.RESOLVED) != (resolved_at != NOTHING)))
    if len(wrong):
        raise BrokenLogError("end_differs", count=len(wrong), example=int(batch.rows(Kind.NEED_STARTED)[wrong[0], 2]))
    end = np.where(batch.closed, end, np.where(resolved_at != NOTHING, End.RESOLVED, End.OPEN))
    return {"resolved_at": resolved_at[chosen], "resolved_by": resolved_by[chosen], "closed_at": closed_at[chosen], "end": end[chosen]}


def _channels(needs: Table, contacts: Table, first: Integers, axes: Axes) -> Table:
    """Which channels the needs used; their contacts begin at the rows `first`."""
    some = np.flatnonzero(needs["contacts"] > 0)
    begin = first.take(some)
    channel = contacts["channel"]
    out: Table = {name: np.full(len(first), NOTHING, dtype=np.int64) for name in ("first_channel", "first_mode", "resolving_channel")}
    if len(some):
        out["first_channel"][some] = channel.take(begin)
        out["first_mode"][some] = axes.mode_of.take(channel.take(begin))
    solved = np.flatnonzero(needs["resolved_at"] != NOTHING)
    if len(solved):
        out["resolving_channel"][solved] = channel.take(first.take(solved) + needs["resolved_by"].take(solved) % CONTACTS_PER_NEED)
    for name, of, code in (("channels", "channel", channel), ("modes", "mode", axes.mode_of.take(channel))):
        used = np.zeros(len(first), dtype=np.int64)
        if len(some):
            used[some] = np.bitwise_or.reduceat(np.int64(1) << code, begin)
        out[f"{name}_used"] = used
        out[name] = _bits(used, axes.size(of))
    out["staffed_contacts"] = np.zeros(len(first), dtype=np.int64)
    np.add.at(out["staffed_contacts"], contacts["need_row"], axes.staffed.take(channel).astype(np.int64))
    return out


def _bits(values: Integers, width: int) -> npt.NDArray[Any]:
    """How many of the lowest `width` bits are set."""
    out = np.zeros(len(values), dtype=np.int64)
    for bit in range(width):
        out += values >> bit & 1
    return out
