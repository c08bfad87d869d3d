"""A log of events around objects in OCEL 2.0 (JSON): needs, contacts and citizens with the channels, stations and teams that they meet.

Every kind of event of the journey is a type of event: a need starts, is resolved, is closed; a contact starts, is received, queued, served, answered, ended.
An event points at its contact, need, citizen, channel and station, and at the team where it is an agent's.  Attributes of objects stand with the time from
which they hold (1970 for what never changes).  The two tables are gone through twice, once for the objects and once for the events, so that memory stays small.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from simcrc.export.cells import legal
from simcrc.export.compressed import text_file
from simcrc.export.journeys import Columns, Journeys, journeys
from simcrc.export.table import Table

SUFFIX = ".jsonocel"
ALWAYS = '"1970-01-01T00:00:00Z"'
Attributes = tuple[tuple[str, str], ...]
"""Type (string, integer, float, boolean, time) and name."""
CITIZEN: Attributes = (("string", "segment"), ("string", "language"))
NEED: Attributes = (
    *(("string", name) for name in ("service", "segment", "language")),
    *(("boolean", name) for name in ("complex", "ambiguous", "online", "measured")),
    *(("integer", name) for name in ("replication", "contacts")),
)
NEED_END: Attributes = (("string", "end"), ("float", "waited"), ("float", "citizen_time"), ("float", "cost"))
CONTACT: Attributes = (
    *(("string", name) for name in ("channel", "station", "reason")),
    ("integer", "replication"),
    ("integer", "number"),
    ("boolean", "measured"),
)
CONTACT_END: Attributes = (
    *(("string", "outcome"), ("boolean", "resolved"), ("string", "group")),
    *(("float", name) for name in ("announced", "waited", "handled", "citizen_time", "cost", "labour")),
)
OBJECTS: dict[str, Attributes] = {"citizen": CITIZEN, "need": NEED + NEED_END, "contact": CONTACT + CONTACT_END, "channel": (), "station": (), "team": ()}
OF_NEED = {"need started": "started", "need resolved": "resolved_at", "need closed": "closed_at"}
OF_CONTACT = {
    "contact started": "started",
    "contact received": "received",
    "contact queued": "queued",
    "service started": "service_start",
    "service ended": "service_end",
    "contact answered": "answered",
    "contact ended": "ended",
}
"""Types of events, and the columns that hold their instants."""
BY_TEAM = frozenset({"service started", "service ended"})
EVENTS: dict[str, Attributes] = {
    **dict.fromkeys(OF_NEED, (("string", "service"),)),
    **dict.fromkeys(OF_CONTACT, (("string", "channel"), ("string", "reason"))),
}
EVENTS["need closed"] += (("string", "end"),)
EVENTS["contact ended"] += (("string", "outcome"),)


def write_ocel(path: Path, log: tuple[Table, Table] | None, compressed: bool) -> dict[str, int]:
    """Write the log of needs and contacts (None: there are none); how many objects and events it has."""
    counts = {"objects": 0, "events": 0}

    def counted(items: Iterable[str], what: str) -> Iterator[str]:
        for item in items:
            counts[what] += 1
            yield item

    with text_file(path, compressed) as stream:
        stream.write(f'{{"objectTypes":{_types(OBJECTS)},\n"eventTypes":{_types(EVENTS)},\n"objects":[')
        _listed(stream.write, counted(_objects(log), "objects"))
        stream.write('],\n"events":[')
        _listed(stream.write, counted(_all_events(log), "events"))
        stream.write("]}\n")
    return counts


def _types(types: dict[str, Attributes]) -> str:
    return json.dumps([{"name": name, "attributes": [{"name": one, "type": kind} for kind, one in own]} for name, own in types.items()])


def _listed(write: Any, items: Iterable[str]) -> None:
    before = "\n"
    for item in items:
        write(before + item)
        before = ",\n"


def _said(text: str) -> str:
    """A text as JSON."""
    return json.dumps(legal(text), ensure_ascii=False)


def _parts(log: tuple[Table, Table] | None) -> Iterator[Journeys]:
    return journeys(*log, _said) if log else iter(())


def _reference(kind: str, name: str) -> str:
    """The id of a channel, station or team, in JSON, of its name in JSON."""
    return f'"{kind}:{name[1:]}'


def _team(group: str) -> str:
    """The name of the team of a group (``team:skills:number``), both in JSON."""
    return group.partition(":")[0] + '"'


def _relations(found: Iterable[tuple[str, str]]) -> str:
    """References and their qualifiers."""
    return ",".join(f'{{"objectId":{target},"qualifier":"{qualifier}"}}' for target, qualifier in found)


def _value(kind: str, value: Any) -> Any:
    return ("true" if value else "false") if kind == "boolean" else value


def _timed(columns: Columns, row: int, names: Attributes, time: str) -> Iterator[str]:
    for kind, name in names:
        value = columns[name][row]
        if value is not None:
            yield f'{{"name":"{name}","time":{time},"value":{_value(kind, value)}}}'


def _object(name: str, kind: str, attributes: Iterable[str] = (), relations: Iterable[tuple[str, str]] = ()) -> str:
    return f'{{"id":{name},"type":"{kind}","attributes":[{",".join(attributes)}],"relationships":[{_relations(relations)}]}}'


def _need(columns: Columns, row: int) -> str:
    return f'"need:{columns["replication"][row]}-{columns["need"][row]}"'


def _contact(columns: Columns, row: int, name: str = "contact") -> str:
    return f'"contact:{columns["replication"][row]}-{columns[name][row]}"'


def _citizen(needs: Columns, row: int) -> str | None:
    number = needs["citizen"][row]
    return None if number is None else f'"citizen:{needs["replication"][row]}-{number}"'


def _objects(log: tuple[Table, Table] | None) -> Iterator[str]:
    """Needs, their citizens and contacts as they come; then the places that they met."""
    stations: dict[str, str] = {}
    teams: dict[str, None] = {}
    seen, replication = bytearray(), None
    for part in _parts(log):
        needs = part.needs
        for row in range(len(needs["need"])):
            if needs["replication"][row] != replication:
                seen, replication = bytearray(), needs["replication"][row]
            number = needs["citizen"][row]
            if number is not None:
                if number >= len(seen):
                    seen.extend(bytes(number + 1 - len(seen) + len(seen) // 2))
                if not seen[number]:
                    seen[number] = 1
                    yield _object(str(_citizen(needs, row)), "citizen", _timed(needs, row, CITIZEN, ALWAYS))
            yield _need_object(needs, row)
            yield from (_contact_object(part, at, _need(needs, row)) for at in range(part.first[row], part.first[row + 1]))
        stations |= dict(zip(part.contacts["station"], part.contacts["channel"], strict=True))
        teams |= {_team(group): None for group in dict.fromkeys(part.contacts["group"]) if group is not None}
    yield from (_object(_reference("channel", name), "channel") for name in dict.fromkeys(stations.values()))
    for name, channel in stations.items():
        yield _object(_reference("station", name), "station", (), [(_reference("channel", channel), "site of")])
    yield from (_object(_reference("team", name), "team") for name in teams)


def _need_object(needs: Columns, row: int) -> str:
    time = f'"{needs["closed_at"][row] or needs["started"][row]}"'
    relations = []
    citizen = _citizen(needs, row)
    if citizen is not None:
        relations.append((citizen, "of"))
    if needs["resolved_by"][row] is not None:
        relations.append((_contact(needs, row, "resolved_by"), "resolved by"))
    return _object(_need(needs, row), "need", [*_timed(needs, row, NEED, ALWAYS), *_timed(needs, row, NEED_END, time)], relations)


def _contact_object(part: Journeys, row: int, need: str) -> str:
    own = part.contacts
    time = f'"{own["ended"][row] or own["started"][row]}"'
    relations = [(need, "for"), (_reference("channel", own["channel"][row]), "on"), (_reference("station", own["station"][row]), "at")]
    if own["caused_by"][row] is not None:
        relations.append((_contact(own, row, "caused_by"), "caused by"))
    if own["group"][row] is not None:
        relations.append((_reference("team", _team(own["group"][row])), "served by"))
    return _object(_contact(own, row), "contact", [*_timed(own, row, CONTACT, ALWAYS), *_timed(own, row, CONTACT_END, time)], relations)


def _all_events(log: tuple[Table, Table] | None) -> Iterator[str]:
    for part in _parts(log):
        for row in range(len(part.needs["need"])):
            yield from _need_events(part, row)


def _need_events(part: Journeys, row: int) -> Iterator[str]:
    """The events of a need, then those of its contacts."""
    needs, need, citizen = part.needs, _need(part.needs, row), _citizen(part.needs, row)
    whose = [(need, "need")] + ([] if citizen is None else [(citizen, "citizen")])
    for kind, column in OF_NEED.items():
        if needs[column][row] is not None:
            more = [(_contact(needs, row, "resolved_by"), "resolved by")] if kind == "need resolved" else []
            yield _event(need, kind, needs, row, needs[column][row], _relations(whose + more))
    own = part.contacts
    for at in range(part.first[row], part.first[row + 1]):
        contact, group = _contact(own, at), own["group"][at]
        meets = [(contact, "contact"), *whose, (_reference("channel", own["channel"][at]), "channel"), (_reference("station", own["station"][at]), "station")]
        common = _relations(meets)
        team = "" if group is None else "," + _relations([(_reference("team", _team(group)), "served by")])
        cause = "" if own["caused_by"][at] is None else "," + _relations([(_contact(own, at, "caused_by"), "caused by")])
        for kind, column in OF_CONTACT.items():
            if own[column][at] is not None:
                more_said = team if kind in BY_TEAM else cause if kind == "contact started" else ""
                yield _event(contact, kind, own, at, own[column][at], common + more_said)


def _event(subject: str, kind: str, columns: Columns, row: int, time: str, relations: str) -> str:
    said = ",".join(f'{{"name":"{name}","value":{_value(type_, columns[name][row])}}}' for type_, name in EVENTS[kind])
    return f'{{"id":{subject[:-1]}:{kind}","type":"{kind}","time":"{time}","attributes":[{said}],"relationships":[{relations}]}}'
