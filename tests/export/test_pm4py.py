"""The logs as a process-mining tool reads them (pm4py, for tests only), and the examples of docs/export.md, which use it."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from simcrc import Results

DOCUMENT = Path(__file__).parents[2] / "docs" / "export.md"


@pytest.fixture(scope="module")
def pm4py() -> Any:
    """The library, without its greeting, its bars and its advice; its import takes some seconds."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setenv("PM4PY_SHOW_PROGRESS_BAR", "False")
        warnings.simplefilter("ignore")
        yield pytest.importorskip("pm4py")


@pytest.fixture(scope="module")
def folder(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logs")
    results.export("xes", path / "log.xes")
    results.export("ocel", path / "log.jsonocel")
    return path


@pytest.fixture(scope="module")
def xes(pm4py: Any, folder: Path) -> pd.DataFrame:
    return pm4py.read_xes(str(folder / "log.xes"))


@pytest.fixture(scope="module")
def ocel(pm4py: Any, folder: Path) -> Any:
    return pm4py.read_ocel2_json(str(folder / "log.jsonocel"))


def test_cases_and_contacts_of_the_xes_log(xes: pd.DataFrame, results: Results) -> None:
    needs, contacts = results.needs, results.contacts
    assert xes["case:concept:name"].nunique() == (needs["contacts"] > 0).sum()  # a trace without events has no row
    first = xes[xes["lifecycle:transition"] == "schedule"].sort_values(["case:replication", "concept:instance"])
    rows = contacts.astype({"contact": str}).sort_values(["replication", "contact"])
    assert first["concept:instance"].tolist() == rows["contact"].tolist()
    assert first["concept:name"].tolist() == rows["channel"].astype(str).tolist()
    assert first["time:timestamp"].tolist() == rows["started"].dt.tz_convert("UTC").tolist()
    assert first["case:segment"].tolist() == rows["segment"].astype(str).tolist()
    last = xes[xes["outcome"].notna()].sort_values(["case:replication", "concept:instance"])
    assert last["outcome"].tolist() == rows["outcome"].astype(str).tolist()
    assert last["cost:total"].tolist() == rows["cost"].tolist()


def test_transitions_between_channels_are_those_of_the_contacts(pm4py: Any, xes: pd.DataFrame, results: Results) -> None:
    found, _, _ = pm4py.discover_dfg(xes[xes["lifecycle:transition"] == "schedule"])
    contacts = results.contacts.sort_values(["replication", "need", "started", "number"])
    after = contacts.groupby(["replication", "need"])["channel"].shift(-1)
    pairs = pd.crosstab(contacts["channel"].astype(str), after.astype(object)).stack()
    assert {pair: count for pair, count in found.items() if count} == {pair: count for pair, count in pairs.items() if count}


def test_objects_and_events_of_the_ocel_log(ocel: Any, results: Results) -> None:
    needs, contacts = results.needs, results.contacts
    kinds = ocel.objects["ocel:type"].value_counts().to_dict()
    assert kinds["need"] == len(needs)
    assert kinds["contact"] == len(contacts)
    assert kinds["citizen"] == len(needs.groupby(["replication", "citizen"]))
    events = ocel.events["ocel:activity"].value_counts().to_dict()
    assert events["need started"] == len(needs)
    assert events["need resolved"] == needs["resolved_at"].notna().sum()
    assert events["contact started"] == len(contacts)
    assert events["contact ended"] == contacts["ended"].notna().sum()
    assert events["service started"] == contacts["service_start"].notna().sum()
    found = ocel.objects[ocel.objects["ocel:type"] == "contact"].set_index("ocel:oid")
    rows = contacts.set_index("contact:" + contacts["replication"].astype(str) + "-" + contacts["contact"].astype(str))
    assert found.loc[rows.index, "outcome"].tolist() == rows["outcome"].astype(str).tolist()
    assert found.loc[rows.index, "cost"].tolist() == rows["cost"].tolist()
    served = ocel.relations[ocel.relations["ocel:qualifier"] == "served by"]
    assert set(served["ocel:oid"]) == {"team:préposés", "team:accueil"}
    assert len(ocel.o2o[ocel.o2o["ocel:qualifier"] == "caused by"]) == contacts["caused_by"].notna().sum()


def test_the_examples_of_the_document_run(pm4py: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    logs = [block for block in blocks if "pm4py" in block]
    assert len(logs) == 2
    monkeypatch.chdir(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names: dict[str, Any] = {}
        for block in logs:
            exec(block, names)
    assert names["graph"]["ivr", "phone"] > 0
    assert {"need started", "contact ended"} <= set(names["journeys"]["concept:name"])
