"""The same seed gives the same bytes, whatever the workers, the order of the replications and the occasion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import simcrc
from tests.cli.calls import TINY, files, write

BUSY = TINY.replace("per_hour: 20", "per_hour: 60").replace("3 days", "10 days").replace('00:00": 3', '00:00": 8')
ITEMS = """\
simcrc: 1
name: items
start: 2024-01-08
horizon: 2 weeks
warmup: 1 week
services:
  info: {volume: {per_day: 300, busyness: 20}, ambiguity: 30 %}
  claim: {volume: {per_day: 100}}
population:
  size: 50000
  segments:
    near: {share: 60 %, access: 90 %}
    far: {share: 40 %, access: 20 %}
channels:
  web: {kind: web, offers: [info], completion: 60 %}
  phone:
    kind: phone
    hours: "Mon-Fri 08:30-16:30"
    handle_time: {lognormal: {mean: 5 min, cv: 1}}
    patience: {exponential: {mean: 5 min}}
    lines: 12
    resolution: 80 %
  mail: {kind: mail, transport: 2 days, steps: {open: {handle_time: 3 min}}}
teams:
  agents: {serves: [phone, mail.open], schedule: {week: {Mon-Fri: {"08:30": 6, "16:30": 0}}}}
choice:
  first:
    table:
      info: {default: {web: 15 %, phone: 85 %}}
      claim: {default: {phone: 40 %, mail: 60 %}}
  next:
    web.failed: {phone: 50 % after 20 min, give_up: 50 %}
    phone.abandoned: {redial: 70 % after 20 min, give_up: 30 %}
    phone.unresolved: {phone: 60 % after 1 day, mail: 40 %}
  verify: {web: {to: phone, probability: 20 %, when: ambiguous, after: 2 h}}
"""


def run(folder: Path, text: str, name: str, **more: object) -> Path:
    """The folder of a run of `text`."""
    simcrc.load(write(folder, text)).run(replications=4, output=folder / name, events=True, **more)  # type: ignore[arg-type]
    return folder / name


def manifest(folder: Path) -> dict[str, object]:
    """The manifest without what belongs to the occasion."""
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {key: value for key, value in found.items() if key != "run"}


@pytest.mark.parametrize("text", [BUSY, ITEMS], ids=["queue", "items"])
def test_workers_and_order_do_not_matter(tmp_path: Path, text: str) -> None:
    first = run(tmp_path, text, "1")
    others = [run(tmp_path, text, "2", jobs=2), run(tmp_path, text, "4", jobs=4), run(tmp_path, text, "shuffled", order=[3, 1, 4, 2], jobs=2)]
    others.append(run(tmp_path, text, "backwards", order=[4, 3, 2, 1]))
    expected = files(first)
    assert {"indicators.parquet", "summary.csv", "needs.parquet", "contacts.parquet", "scenario.yaml", "replications/0004.npz"} <= expected.keys()
    for other in others:
        found = files(other)
        assert found.keys() == expected.keys()
        assert [name for name in expected if expected[name] != found[name]] == []
        assert manifest(other) == manifest(first)


def test_more_replications_leave_the_first_as_they_were(tmp_path: Path) -> None:
    study = simcrc.load(write(tmp_path))
    few, many = study.run(2, output=tmp_path / "few"), study.run(3, output=tmp_path / "many")
    for number in (1, 2):
        assert (few.path / f"replications/000{number}.npz").read_bytes() == (many.path / f"replications/000{number}.npz").read_bytes()
    assert few.needs.equals(many.needs[many.needs["replication"] <= 2].reset_index(drop=True))


def test_another_seed_gives_other_citizens(tmp_path: Path) -> None:
    study = simcrc.load(write(tmp_path))
    one, other = study.run(1, seed=1), study.run(1, seed=2)
    assert one.manifest["digest"] == other.manifest["digest"]
    assert not one.needs["started"].equals(other.needs["started"])


def test_replications_differ_from_one_another(tmp_path: Path) -> None:
    needs = simcrc.load(write(tmp_path)).run(2).needs
    first, second = (needs[needs["replication"] == number]["started"].reset_index(drop=True) for number in (1, 2))
    assert not first.equals(second)
