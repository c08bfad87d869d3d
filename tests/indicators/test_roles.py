"""Roles of the channels: each contact judged by hand, the eras of a policy, and nothing at all where no roles are written."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simcrc
from simcrc.engine.run import simulate
from simcrc.indicators.tabulate import tabulate
from simcrc.log import Reason
from simcrc.model.compile import compile
from simcrc.observe import Observer
from simcrc.scenario import load
from tests.experiment.paired import BASE

ROLES = """\
roles:
  simple: {complexity_up_to: 10 %, complex: false, ambiguous: false}
  needs_assistance: [{online: false}, {skill_below: 70 %}]
  self_service_from: transactional
  channels:
    web: {online: true}
    ivr: {simple: true, needs_assistance: false}
    phone: [{needs_assistance: true}, {self_service: false}, {reasons: [chase, verification]}]
    mail: {not_by: phone}
"""
OPENS = """\
policy: Claims on the Web
base: base.yaml
measures:
  - {at: 2024-01-22, raise: {channel: web, services: [claim], to: transactional}}
"""
MIDDLE = date(2024, 1, 22)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base has the Web for claims too, for information about them only; the voice unit knows information alone."""
    out = tmp_path_factory.mktemp("roles")
    base = BASE.replace("offers: [info], completion: 60 %", "offers: {info: transactional, claim: informational}, completion: 60 %")
    base = base.replace("kind: ivr,", "kind: ivr, offers: [info],").replace(
        "claim: {volume: {per_day: 50}", "claim: {asks: {transactional: 100 %}, volume: {per_day: 50}"
    )
    (out / "base.yaml").write_text(base + ROLES, encoding="utf-8")
    (out / "plain.yaml").write_text(base, encoding="utf-8")
    (out / "opens.yaml").write_text(OPENS, encoding="utf-8")
    return out


def run(path: Path) -> tuple[Any, Any, list[tuple[Any, Any]]]:
    """Model, table of results, and the batches of needs and contacts of one replication."""
    model = compile(load(path).scenario)
    needs: list[Any] = []
    batches: list[tuple[Any, Any]] = []
    observer = Observer(model, on_needs=needs.append, on_contacts=lambda table: batches.append((needs[-1], table)))
    simulate(model, 0, observer.feed)
    return model, tabulate(model, [observer.finish(model.end)], ["in_role", "out_of_role"]), batches


def by_hand(model: Any, batches: list[tuple[Any, Any]]) -> Counter[tuple[str, bool]]:
    """Contacts by channel and whether they are in its role, one by one."""
    found: Counter[tuple[str, bool]] = Counter()
    middle = int(model.calendar.midnights[model.calendar.dates.index(MIDDLE)])
    opened = len(model.eras) > 1
    for needs, contacts in batches:
        row = {need: k for k, need in enumerate(needs["need"].tolist())}
        for k in np.flatnonzero(contacts["measured"]).tolist():
            need = row[int(contacts["need"][k])]
            channel = model.channels[contacts["channel"][k]].name
            service, segment = model.services[contacts["service"][k]], model.segments[contacts["segment"][k]]
            simple = service == "info" and not needs["complex"][need] and not needs["ambiguous"][need]
            assistance = segment == "far" or not needs["online"][need]
            itself = service == "info" or (opened and contacts["started"][k] >= middle)
            role = {
                "web": bool(needs["online"][need]),
                "ivr": simple and not assistance,
                "phone": assistance or not itself or contacts["reason"][k] in (Reason.CHASE, Reason.VERIFICATION),
                "mail": False,  # the phone takes both services
            }
            found[channel, role[channel]] += 1
    return found


@pytest.mark.parametrize("name", ["base.yaml", "opens.yaml"])
def test_each_contact_is_judged(folder: Path, name: str) -> None:
    model, table, batches = run(folder / name)
    wanted = by_hand(model, batches)
    whole = table[table[["service", "segment", "reason", "period"]].isna().all(axis=1)]
    for channel in ("web", "ivr", "phone", "mail"):
        inside, outside = wanted[channel, True], wanted[channel, False]
        figures = whole[whole["channel"] == channel].set_index("indicator")["mean"]
        assert figures["in_role"] == pytest.approx(inside / (inside + outside), abs=1e-12), channel
        assert figures["out_of_role"] == outside
    assert 0.2 < wanted["phone", True] / (wanted["phone", True] + wanted["phone", False]) < 0.9
    assert wanted["ivr", True] > 0
    total = sum(wanted.values())
    everywhere = whole[whole["channel"].isna()].set_index("indicator")["mean"]
    assert everywhere["in_role"] == pytest.approx(sum(count for (_, inside), count in wanted.items() if inside) / total, abs=1e-12)


def test_parts_add_up(folder: Path) -> None:
    _, table, _ = run(folder / "opens.yaml")
    outside = table[table["indicator"] == "out_of_role"]
    whole = outside[outside[["service", "segment", "reason", "period"]].isna().all(axis=1)].set_index("channel")["mean"]
    for axis in ("service", "segment", "reason", "period"):
        others = [other for other in ("service", "segment", "reason", "period") if other != axis]
        parts = outside[outside[axis].notna() & outside["channel"].notna() & outside[others].isna().all(axis=1)]
        assert parts.groupby("channel")["mean"].sum().to_dict() == whole[whole.index.notna()].to_dict(), axis


def test_an_era_changes_what_the_phone_is_for(folder: Path) -> None:
    _, before, _ = run(folder / "base.yaml")
    _, after, _ = run(folder / "opens.yaml")

    def share(table: Any) -> float:
        rows = table[(table["indicator"] == "in_role") & (table["channel"] == "phone") & (table["service"] == "claim") & table["period"].isna()]
        return float(rows["mean"].iloc[0])

    assert share(before) == 1.0  # no self-service for claims, so every call about one is in its role
    assert share(after) < 1.0


def test_no_roles_no_figures(folder: Path) -> None:
    model, table, _ = run(folder / "plain.yaml")
    assert table.empty
    with pytest.raises(KeyError):
        simcrc.load(folder / "plain.yaml", ["horizon=1 week"]).run(1).estimate("phone.in_role")
    assert model.scenario.roles is None
