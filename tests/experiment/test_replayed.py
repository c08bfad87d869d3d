"""A scenario that replays records: simulated beside recorded, in the folder and on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

import simcrc
from tests.cli.calls import TINY, write
from tests.cli.calls import simcrc as call

REPLAY = """\
replay:
  file: "{data}/calls.csv"
  time: {instant: at, format: "%Y-%m-%d %H:%M:%S"}
  service: {only: info}
  recorded: {served: {outcome: served}, abandoned: {outcome: gone}, queued: queued, wait: wait}
"""


def scenario(folder: Path) -> None:
    text = TINY.replace("info: {volume: {per_hour: 20}}", "info: {name: {fr: Renseignements, en: Information}}").replace("warmup: 1 day\n", "")
    write(folder, text + REPLAY)
    rng = np.random.default_rng(4)
    lines = ["at,outcome,queued,wait"]
    for second in np.sort(rng.integers(0, 3 * 86_400, 900)):
        waits = rng.random() < 0.4
        outcome = "gone" if waits and rng.random() < 0.3 else "served"
        at = np.datetime64("2024-01-08") + np.timedelta64(int(second), "s")
        lines.append(f"{str(at).replace('T', ' ')},{outcome},{'yes' if waits else ''},{int(rng.exponential(60)) if waits else 0}")
    (folder / "calls.csv").write_text("\n".join([*lines, "1999-01-01 00:00:00,served,,0"]) + "\n")


def test_the_comparison_is_kept_and_shown(tmp_path: Path) -> None:
    scenario(tmp_path)
    done = call(tmp_path, "run", "tiny.yaml", "--data", ".", "-o", "out", "-j", "2")
    assert done.returncode == 0, done.stderr
    assert "Simulated beside recorded" in done.stdout
    assert "Information" in done.stdout
    results = simcrc.Results.open(tmp_path / "out")
    table = results.comparison
    assert table is not None
    whole = table[table["scope"] == "all"].iloc[0]
    assert whole["offered_recorded"] == 900
    assert results.value("offered", reason="first") == 900
    contacts = results.estimate("phone.abandonment_of_answered")
    assert contacts.mean is not None
    assert abs(whole["abandonment_simulated"] - contacts.mean) < 1e-3  # but for calls in progress at the end
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["replayed"] == {"read": 901, "outside the period": 1, "kept": 900}
    assert not (tmp_path / "out" / "contacts.parquet").exists()
    assert not list((tmp_path / "out" / "replications").glob("*.parquet"))
    assert "Simulé et relevé" in (results.comparison_text("fr") or "")


def test_without_the_records_it_is_an_invalid_scenario(tmp_path: Path) -> None:
    scenario(tmp_path)
    done = call(tmp_path, "run", "tiny.yaml")
    assert done.returncode == 2
    assert "--data" in done.stderr
    assert not (tmp_path / "results").exists()


def test_a_policy_in_another_folder_is_paired_with_its_replayed_base(tmp_path: Path) -> None:
    """The records are the same files, whatever folder they are named from; the parts by reason add up."""
    scenario(tmp_path)
    text = (tmp_path / "tiny.yaml").read_text(encoding="utf-8")
    (tmp_path / "tiny.yaml").write_text(text.replace("{data}/calls.csv", "calls.csv"), encoding="utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "train.yaml").write_text(
        "policy: Train\nbase: ../tiny.yaml\nmeasures: [{at: 2024-01-09, train: {channels: [phone], handle_time: 0.8}}]\n", encoding="utf-8"
    )
    found = simcrc.fidelisation(tmp_path / "tiny.yaml", tmp_path / "policies" / "train.yaml", 2)
    assert found.estimate("needs", None).mean is not None
    for arm in ("base", "policy", "change"):
        rows = [
            row.mean or 0.0 for row in found.rows if row.figure == "contacts_per_need" and row.arm == arm and row.reason and not row.service and not row.segment
        ]
        assert abs(sum(rows) - (found.estimate("contacts_per_need", arm).mean or 0.0)) < 1e-12
