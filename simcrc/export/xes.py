"""A log of events in XES (IEEE 1849-2016): one trace a need, with what is known of it and of its citizen, and the events of its contacts in the order of time.

A contact has one to four events, all with its channel as ``concept:name`` and its number as ``concept:instance``.  Their ``lifecycle:transition`` is of the
standard model: ``schedule``, the citizen makes the contact (each contact has exactly one); ``assign``, an item reaches the organisation; ``start``, an agent or
the self-service begins; and its end, ``complete`` when what was begun was done (served, contained, returned), ``ate_abort`` when it was begun and not done,
``withdraw`` when it never began.  A contact that is open at the horizon has no end.  The last event of each contact says how it went: outcome, times, cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simcrc.export.cells import escaped
from simcrc.export.compressed import text_file
from simcrc.export.journeys import Journeys, journeys
from simcrc.export.table import Table

SUFFIX = ".xes"
EXTENSIONS = (("Concept", "concept"), ("Lifecycle", "lifecycle"), ("Organizational", "org"), ("Time", "time"), ("Cost", "cost"))
URI = "http://www.xes-standard.org/{prefix}.xesext"
NEVER = "1970-01-01T00:00:00.000+00:00"
EVENT = ("concept:name", "concept:instance", "lifecycle:transition", "org:resource", "org:group", "reason")
"""Texts that every event has."""
CLASSIFIERS = {
    "Channel": "concept:name",
    "Channel_and_step": "concept:name lifecycle:transition",
    "Channel_and_reason": "concept:name reason",
}
DONE = frozenset({"served", "contained", "returned"})
SELF_SERVICE = frozenset({"contained", "failed", "opted_out"})
"""Outcomes that only self-service has: it begins as soon as the contact does."""
TRACE = (
    *(("string", name) for name in ("service", "segment", "language", "end")),
    *(("boolean", name) for name in ("complex", "ambiguous", "online", "measured")),
    *(("int", name) for name in ("replication", "need", "citizen", "resolved_by", "contacts")),
    *(("date", name) for name in ("started", "resolved_at", "closed_at")),
    *(("float", name) for name in ("waited", "citizen_time", "cost")),
)
"""Attributes of a trace besides its name; those that are null are left out."""
FIRST = (("int", "number"), ("int", "caused_by"), ("boolean", "measured"))
"""Attributes of the first event of a contact."""
LAST = (
    *(("string", "outcome"), ("boolean", "resolved"), ("float", "waited"), ("float", "handled"), ("float", "citizen_time"), ("float", "labour")),
    *(("float", "announced"), ("date", "queued"), ("date", "service_end"), ("date", "answered"), ("string", "group")),
)
"""Attributes of its last event, beside its cost."""


def write_xes(path: Path, log: tuple[Table, Table] | None, about: dict[str, str], compressed: bool) -> dict[str, int]:
    """Write the log of needs and contacts (None: there are none); how many traces and events it has.  `about`: what the log says of itself."""
    counts = {"traces": 0, "events": 0}
    currency = escaped(about.get("currency", ""))
    with text_file(path, compressed) as stream:
        stream.write(_head(about))
        for part in journeys(*log, escaped) if log else ():
            ends = _lasts(part, currency)
            for k in range(len(part.first) - 1):
                events = sorted(event for row in range(part.first[k], part.first[k + 1]) for event in _events(part, row, ends[row]))
                stream.write(f"<trace>\n{_trace(part, k)}{''.join(event[-1] for event in events)}</trace>\n")
                counts["events"] += len(events)
            counts["traces"] += len(part.first) - 1
        stream.write("</log>\n")
    return counts


def _head(about: dict[str, str]) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<log xes.version="1849.2016" xes.features="">']
    lines += [f'<extension name="{name}" prefix="{prefix}" uri="{URI.format(prefix=prefix)}"/>' for name, prefix in EXTENSIONS]
    lines += ['<global scope="trace">', attribute("string", "concept:name", ""), "</global>", '<global scope="event">']
    lines += [attribute("string", name, "") for name in EVENT]
    lines += [attribute("date", "time:timestamp", NEVER), "</global>"]
    lines += [f'<classifier name="{name}" scope="event" keys="{keys}"/>' for name, keys in CLASSIFIERS.items()]
    lines += [attribute("string", "concept:name", escaped(about.get("name", ""))), attribute("string", "lifecycle:model", "standard")]
    lines += [attribute("string", name, escaped(about[name])) for name in ("digest", "seed", "currency", "timezone", "simcrc") if name in about]
    return "\n".join(lines) + "\n"


def attribute(kind: str, key: str, value: Any) -> str:
    """An attribute as XES writes it; `value` is escaped."""
    if kind == "boolean":
        value = "true" if value else "false"
    return f'<{kind} key="{key}" value="{value}"/>'


def _written(columns: dict[str, list[Any]], row: int, names: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for kind, name in names:
        value = columns[name][row]
        if value is not None:
            yield attribute(kind, name, value)


def _trace(part: Journeys, k: int) -> str:
    needs = part.needs
    name = attribute("string", "concept:name", f"{needs['replication'][k]}-{needs['need'][k]}")
    return name + "".join(_written(needs, k, TRACE)) + "\n"


def _lasts(part: Journeys, currency: str) -> list[str]:
    """What the last event of each contact says."""
    after = attribute("string", "cost:currency", currency) if currency else ""
    costs = part.contacts["cost"]
    return ["".join(_written(part.contacts, row, LAST)) + attribute("float", "cost:total", costs[row]) + after for row in range(len(costs))]


def _events(part: Journeys, row: int, last: str) -> list[tuple[int, int, int, str]]:
    """The events of a contact as time, number of the contact, rank and text."""
    own, at = part.contacts, part.at
    number, station, group, outcome = own["number"][row], own["station"][row], own["group"][row], own["outcome"][row]
    begun = "started" if outcome in SELF_SERVICE else "service_start" if own["service_start"][row] is not None else None
    done = "withdraw" if begun is None else "complete" if outcome in DONE else "ate_abort"
    served = station if begun != "service_start" or group is None else group.partition(":")[0]
    steps = [("schedule", "started", station), ("assign", "received", station), ("start", begun, served), (done, "ended", served)]
    there = [(rank, step, name, by) for rank, (step, name, by) in enumerate(steps) if name is not None and own[name][row] is not None]
    before = f'<event><string key="concept:name" value="{own["channel"][row]}"/><string key="concept:instance" value="{own["contact"][row]}"/>'
    common = f'<string key="org:group" value="{station}"/><string key="reason" value="{own["reason"][row]}"/>'
    events = []
    for rank, step, name, by in there:
        more = "".join(_written(own, row, FIRST)) if rank == 0 else ""
        more += last if rank == there[-1][0] else ""
        text = (
            f'{before}<string key="lifecycle:transition" value="{step}"/><date key="time:timestamp" value="{own[name][row]}"/>'
            f'<string key="org:resource" value="{by}"/>{common}{more}</event>\n'
        )
        events.append((at[name][row], number, rank, text))
    return events
