"""XES: the order of elements that its schema asks for, attributes of every event, the states of a contact, and nothing of the tables lost."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from simcrc import Results
from simcrc.export import export
from simcrc.export.xes import CLASSIFIERS, EXTENSIONS
from tests.export.example import SCRIPT

TYPES = {"string": str, "int": int, "float": float, "boolean": {"true": True, "false": False}.__getitem__, "date": datetime.fromisoformat}
NEXT = {
    None: {"schedule"},
    "schedule": {"assign", "start", "withdraw"},
    "assign": {"start", "withdraw"},
    "start": {"complete", "ate_abort"},
}
"""Which transition may follow which, of those of the standard model that are used."""


@pytest.fixture(scope="module")
def path(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return results.export("xes", tmp_path_factory.mktemp("xes") / "out.xes")


@pytest.fixture(scope="module")
def log(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()


def attributes(element: ElementTree.Element) -> dict[str, Any]:
    found = {child.get("key"): TYPES[child.tag](child.get("value")) for child in element if child.tag in TYPES}  # type: ignore[operator]
    assert len(found) == sum(child.tag in TYPES for child in element)  # no key twice
    return found  # type: ignore[return-value]


def traces(log: ElementTree.Element) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for trace in log.iter("trace"):
        yield attributes(trace), [attributes(event) for event in trace.iter("event")]


def test_the_log_is_in_the_order_of_the_schema(log: ElementTree.Element) -> None:
    assert log.tag == "log"
    assert float(log.get("xes.version", "")) == 1849.2016
    order = {"extension": 0, "global": 1, "classifier": 2, "string": 3, "trace": 4}
    ranks = [order[child.tag] for child in log]
    assert ranks == sorted(ranks)
    for trace in log.iter("trace"):
        tags = [child.tag == "event" for child in trace]
        assert tags == sorted(tags)
        assert {child.tag for child in trace} <= {*TYPES, "event"}
    assert {child.get("prefix") for child in log.iter("extension")} == {prefix for _, prefix in EXTENSIONS}


def test_keys_and_names_may_be_written_in_xml(log: ElementTree.Element) -> None:
    prefixes = {prefix for _, prefix in EXTENSIONS}
    for element in log.iter():
        key = element.get("key")
        if key is not None:
            assert " " not in key
            assert ":" not in key or key.partition(":")[0] in prefixes
    assert all(" " not in name for name in CLASSIFIERS)


def test_what_is_said_of_all_events_is_there_in_all(log: ElementTree.Element) -> None:
    scopes = {child.get("scope"): set(attributes(child)) for child in log.iter("global")}
    for trace, events in traces(log):
        assert scopes["trace"] <= set(trace)
        assert all(scopes["event"] <= set(event) for event in events)
    for classifier in log.iter("classifier"):
        assert set((classifier.get("keys") or "").split()) <= scopes["event"]


def test_states_of_contacts_and_times_in_order(log: ElementTree.Element) -> None:
    used = Counter()
    for _, events in traces(log):
        times = [event["time:timestamp"] for event in events]
        assert times == sorted(times)
        state: dict[str, str | None] = {}
        for event in events:
            contact, step = event["concept:instance"], event["lifecycle:transition"]
            assert step in NEXT[state.get(contact)], (state.get(contact), step)
            state[contact] = step
            used[step] += 1
    assert set(used) == {"schedule", "assign", "start", "complete", "withdraw", "ate_abort"}


def test_a_trace_is_a_need(log: ElementTree.Element, results: Results) -> None:
    found = [trace for trace, _ in traces(log)]
    needs = results.needs
    assert [trace["concept:name"] for trace in found] == [f"{r}-{n}" for r, n in zip(needs["replication"], needs["need"], strict=True)]
    for name in ("service", "segment", "end"):
        assert [trace[name] for trace in found] == needs[name].astype(str).tolist()
    for name in ("complex", "ambiguous", "online", "measured", "contacts", "citizen", "cost", "started"):
        assert [trace[name] for trace in found] == needs[name].tolist()
    assert sum("resolved_at" in trace for trace in found) == needs["resolved_at"].notna().sum()
    assert [len({event["concept:instance"] for event in events}) for _, events in traces(log)] == needs["contacts"].tolist()


def test_events_hold_every_contact(log: ElementTree.Element, results: Results) -> None:
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for trace, events in traces(log):
        for event in events:
            row = rows.setdefault((trace["replication"], int(event["concept:instance"])), {})
            row |= {f"at {event['lifecycle:transition']}": event["time:timestamp"]} | event
    contacts = results.contacts
    assert list(rows) != []
    assert set(rows) == set(zip(contacts["replication"], contacts["contact"], strict=True))
    for line in contacts.to_dict("records"):
        row = rows[line["replication"], line["contact"]]
        assert (row["concept:name"], row["org:group"], row["reason"], row["outcome"]) == (line["channel"], line["station"], line["reason"], line["outcome"])
        assert row["at schedule"] == line["started"]
        assert row.get("at assign") == _some(line["received"])
        end = row.get("at complete") or row.get("at withdraw") or row.get("at ate_abort")
        assert end == _some(line["ended"])
        assert (line["outcome"] == "in_progress") == (end is None)
        if line["outcome"] in ("served", "returned"):
            assert row["at start"] == line["service_start"]
            assert row["org:resource"] == line["group"].partition(":")[0]
        assert (row["cost:total"], row["cost:currency"], row["labour"]) == (line["cost"], "CAD", line["labour"])
        assert (row["resolved"], row["number"]) == (line["resolved"], line["number"])
        assert row["handled"] == pytest.approx(line["handled"].total_seconds(), abs=1e-9)
        assert row.get("caused_by") == _some(line["caused_by"])
        for name in ("queued", "service_end", "answered"):
            assert row.get(name) == _some(line[name])


def _some(value: Any) -> Any:
    return None if pd.isna(value) else value


def test_counts_are_those_of_the_file(results: Results, log: ElementTree.Element, tmp_path: Path) -> None:
    done = export(results.path, "xes", tmp_path / "one.xes")
    assert done.counts == {"traces": len(results.needs), "events": sum(1 for _ in log.iter("event"))}
    assert done.replications == 2


def test_the_name_of_the_log_is_kept(log: ElementTree.Element) -> None:
    assert attributes(log)["concept:name"] == SCRIPT
    assert {trace["segment"] for trace, _ in traces(log)} == {"près", "קרוב"}


def test_one_replication_compressed(results: Results, log: ElementTree.Element, tmp_path: Path) -> None:
    one, two = (results.export("xes", tmp_path / f"{name}.xes.gz", replication=2) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    found = list(traces(ElementTree.fromstring(gzip.decompress(one.read_bytes()))))
    assert found == [(trace, events) for trace, events in traces(log) if trace["replication"] == 2]


def test_same_bytes(results: Results, path: Path, tmp_path: Path) -> None:
    assert results.export("xes", tmp_path / "again.xes", lang="en").read_bytes() == path.read_bytes()
