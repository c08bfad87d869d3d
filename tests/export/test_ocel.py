"""OCEL 2.0: types that are declared, ids that are unique, relations that lead somewhere, and nothing of the tables lost."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from simcrc import Results
from simcrc.export import export
from simcrc.export.ocel import OBJECTS, OF_CONTACT, OF_NEED

TYPES = {"string": str, "integer": int, "float": float, "boolean": bool}


@pytest.fixture(scope="module")
def path(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return results.export("ocel", tmp_path_factory.mktemp("ocel") / "out.jsonocel")


@pytest.fixture(scope="module")
def log(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def values(item: dict[str, Any]) -> dict[str, Any]:
    found = {each["name"]: each["value"] for each in item["attributes"]}
    assert len(found) == len(item["attributes"])
    return found


def of_type(log: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [each for each in log["objects"] if each["type"] == kind]


def test_types_are_declared_and_kept_to(log: dict[str, Any]) -> None:
    assert set(log) == {"objectTypes", "eventTypes", "objects", "events"}
    for types, items in (("objectTypes", "objects"), ("eventTypes", "events")):
        declared = {each["name"]: {one["name"]: one["type"] for one in each["attributes"]} for each in log[types]}
        for item in log[items]:
            for name, value in values(item).items():
                assert type(value) is TYPES[declared[item["type"]][name]], (item["id"], name, value)
    assert {each["name"] for each in log["objectTypes"]} == set(OBJECTS)
    assert {each["name"] for each in log["eventTypes"]} == {*OF_NEED, *OF_CONTACT}


def test_ids_are_unique_and_relations_lead_somewhere(log: dict[str, Any]) -> None:
    objects = Counter(each["id"] for each in log["objects"])
    events = Counter(each["id"] for each in log["events"])
    assert set(objects.values()) == set(events.values()) == {1}
    for item in (*log["objects"], *log["events"]):
        pairs = [(each["objectId"], each["qualifier"]) for each in item["relationships"]]
        assert len(set(pairs)) == len(pairs)
        assert all(target in objects and qualifier for target, qualifier in pairs), item


def test_times(log: dict[str, Any]) -> None:
    assert all(datetime.fromisoformat(each["time"]).tzinfo for each in log["events"])
    assert all(datetime.fromisoformat(one["time"]).tzinfo for each in log["objects"] for one in each["attributes"])


def test_objects_are_those_of_the_tables(log: dict[str, Any], results: Results) -> None:
    needs, contacts = results.needs, results.contacts
    assert [each["id"] for each in of_type(log, "need")] == [f"need:{r}-{n}" for r, n in zip(needs["replication"], needs["need"], strict=True)]
    assert [each["id"] for each in of_type(log, "contact")] == [f"contact:{r}-{n}" for r, n in zip(contacts["replication"], contacts["contact"], strict=True)]
    assert len(of_type(log, "citizen")) == len(needs.groupby(["replication", "citizen"]))
    assert {each["id"] for each in of_type(log, "channel")} == {f"channel:{name}" for name in contacts["channel"].unique()}
    assert {each["id"] for each in of_type(log, "station")} == {f"station:{name}" for name in contacts["station"].unique()}
    assert {each["id"] for each in of_type(log, "team")} == {"team:préposés", "team:accueil"}


def test_attributes_are_those_of_the_tables(log: dict[str, Any], results: Results) -> None:
    for need, line in zip(of_type(log, "need"), results.needs.to_dict("records"), strict=True):
        found = values(need)
        assert {name: found[name] for name in ("service", "segment", "end", "complex", "online", "contacts", "cost")} == {
            name: line[name] for name in ("service", "segment", "end", "complex", "online", "contacts", "cost")
        }
        relations = {each["qualifier"]: each["objectId"] for each in need["relationships"]}
        assert relations["of"] == f"citizen:{line['replication']}-{line['citizen']}"
    for contact, line in zip(of_type(log, "contact"), results.contacts.to_dict("records"), strict=True):
        found = values(contact)
        for name in ("channel", "station", "reason", "outcome", "resolved", "cost", "labour", "number", "measured"):
            assert found[name] == line[name]
        assert found["waited"] == pytest.approx(line["waited"].total_seconds(), abs=1e-9)
        relations = {each["qualifier"]: each["objectId"] for each in contact["relationships"]}
        assert relations["for"] == f"need:{line['replication']}-{line['need']}"
        assert relations.get("caused by") == (None if pd.isna(line["caused_by"]) else f"contact:{line['replication']}-{line['caused_by']:.0f}")
        ended = {each["name"]: each["time"] for each in contact["attributes"]}["outcome"]
        assert datetime.fromisoformat(ended) == (line["started"] if pd.isna(line["ended"]) else line["ended"])


def test_events_are_the_instants_of_the_tables(log: dict[str, Any], results: Results) -> None:
    found = {each["id"]: datetime.fromisoformat(each["time"]) for each in log["events"]}
    expected = {}
    for subject, table, kinds in (("need", results.needs, OF_NEED), ("contact", results.contacts, OF_CONTACT)):
        for kind, column in kinds.items():
            there = table[table[column].notna()]
            ids = (f"{subject}:{r}-{n}:{kind}" for r, n in zip(there["replication"], there[subject], strict=True))
            expected |= dict(zip(ids, there[column].dt.to_pydatetime(), strict=True))
    assert found == expected


def test_events_point_at_what_they_are_about(log: dict[str, Any], results: Results) -> None:
    groups = {f"contact:{line['replication']}-{line['contact']}": line["group"] for line in results.contacts.to_dict("records")}
    for event in log["events"]:
        relations = {each["qualifier"]: each["objectId"] for each in event["relationships"]}
        if event["type"] in OF_NEED:
            assert {"need", "citizen"} <= set(relations)
            assert ("resolved by" in relations) == (event["type"] == "need resolved")
            continue
        assert {"contact", "need", "citizen", "channel", "station"} <= set(relations)
        if event["type"] in ("service started", "service ended"):
            assert relations["served by"] == f"team:{groups[relations['contact']].partition(':')[0]}"


def test_counts_and_same_bytes(results: Results, path: Path, log: dict[str, Any], tmp_path: Path) -> None:
    done = export(results.path, "ocel", tmp_path / "again.jsonocel")
    assert done.counts == {"objects": len(log["objects"]), "events": len(log["events"])}
    assert done.path.read_bytes() == path.read_bytes()


def test_one_replication_compressed(results: Results, log: dict[str, Any], tmp_path: Path) -> None:
    path = results.export("ocel", tmp_path / "one.jsonocel.gz", replication=1)
    found = json.loads(gzip.decompress(path.read_bytes()))
    assert found["events"] == [each for each in log["events"] if each["id"].split(":")[1].startswith("1-")]
