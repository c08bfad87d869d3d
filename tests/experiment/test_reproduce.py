"""Reproducing a folder of results: the same, or what differs and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import simcrc
from simcrc.experiment.reproduce import reproduce
from simcrc.experiment.store import StoreError
from tests.cli.calls import TINY, files, write
from tests.cli.calls import simcrc as call


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder of a run."""
    simcrc.load(write(tmp_path)).run(2, seed=5, output=tmp_path / "out", events=True)
    return tmp_path / "out"


def test_the_same(out: Path, tmp_path: Path) -> None:
    found = reproduce(out, output=tmp_path / "again")
    assert found.same
    assert found.changes == ()
    assert {file.name for file in found.files} == files(out).keys()
    assert files(tmp_path / "again") == files(out)


def test_what_differs_is_named(out: Path) -> None:
    path = out / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["fingerprint"]["versions"].update(simcrc="0.0.9", scipy="1.0")
    manifest["files"]["replications/0002.npz"] = "0" * 64
    manifest["files"]["gone.csv"] = "0" * 64
    path.write_text(json.dumps(manifest))
    found = reproduce(out)
    assert [file.name for file in found.files if not file.same] == ["replications/0002.npz", "gone.csv"]
    said = [change.say("en") for change in found.changes]
    assert said[0].startswith("simcrc: 0.0.9 then")
    assert said[1].startswith("scipy: 1.0 then")
    assert any("0002.npz: damaged" in line for line in said)


def test_a_changed_scenario_is_run_as_it_is_now(out: Path) -> None:
    path = out / "scenario.yaml"
    path.write_text(path.read_text().replace("seed: 5", "seed: 6"))
    found = reproduce(out)
    assert not found.same
    assert {file.name for file in found.files if not file.same} >= {"scenario.yaml", "replications/0001.npz", "indicators.parquet"}
    assert "scenario.yaml has changed" in found.changes[0].say("en")


def test_a_partial_folder_cannot_be_reproduced(out: Path) -> None:
    path = out / "manifest.json"
    path.write_text(path.read_text().replace('"complete": true', '"complete": false'))
    with pytest.raises(StoreError, match="--resume"):
        reproduce(out)


def test_the_command(out: Path, tmp_path: Path) -> None:
    done = call(tmp_path, "reproduce", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert "indicators.parquet     same" in done.stdout
    assert done.stdout.endswith(f"out: reproduced, {len(files(out))} files the same\n")
    (out / "scenario.yaml").write_text((out / "scenario.yaml").read_text().replace("seed: 5", "seed: 6"))
    done = call(tmp_path, "reproduce", "out", "--lang", "fr")
    assert done.returncode == 1
    assert "Ce qui a changé depuis :\n  out/scenario.yaml a changé" in done.stdout
    assert call(tmp_path, "reproduce", "absent").returncode == 2


def test_a_shortened_run_whose_dated_events_fall_outside_it(tmp_path: Path) -> None:
    path = tmp_path / "surges.yaml"
    surge = "surges: [{name: {fr: Avis, en: Notice}, at: 2024-01-10, lasts: 1 day, factor: 1.6}]\n"
    path.write_text(TINY.replace("channels:\n", surge + "channels:\n", 1), encoding="utf-8")
    simcrc.load(path, ["horizon=1 day"]).run(1, output=tmp_path / "out")
    assert reproduce(tmp_path / "out").same
