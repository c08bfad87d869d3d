"""The program that estimates a scenario: on made-up records in the layout of Anonymous Bank, what it writes loads and holds no record."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from replay.small import bank_file
from simcrc.replay.anonymous_bank import TYPES, read_calls
from simcrc.replay.estimate import main
from simcrc.replay.estimates import estimate, table_of_counts
from simcrc.scenario import load


def test_what_is_written_loads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    january, february = bank_file(tmp_path / "a.csv", days=28), bank_file(tmp_path / "b.csv", days=14, seed=2)
    assert main([str(january), "--roster", str(february), "-o", str(tmp_path / "bank")]) == 0
    printed = capsys.readouterr().out
    assert "PHANTOM" in printed
    loaded = load(tmp_path / "bank" / "january.yaml")
    assert set(loaded.scenario.services) == set(TYPES)
    volume = loaded.scenario.services["PS"].volume
    assert volume is not None
    assert volume.per_day == pytest.approx(180, rel=0.05)
    assert (tmp_path / "bank" / "tables" / "roster_1999-03.csv").is_file()


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    records = bank_file(tmp_path / "a.csv", days=21)
    for name in ("one", "two"):
        assert main([str(records), "-o", str(tmp_path / name)]) == 0
    for path in sorted((tmp_path / "one").rglob("*.*")):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_figures_of_made_up_calls(tmp_path: Path) -> None:
    calls = read_calls([bank_file(tmp_path / "a.csv", days=28)])
    counts = table_of_counts(calls)
    assert counts.sum() == len(calls.arrival)
    assert counts[:, :, :16].sum() == counts[:, :, 32:].sum() == 0  # 8 to 16 h
    found = estimate(calls)
    per_day = np.array([service.per_day[0] for service in found.services])
    assert per_day.sum() == pytest.approx(300, rel=0.02)
    assert per_day == pytest.approx(300 * np.array([0.6, 0.1, 0.1, 0.08, 0.06, 0.06]), rel=0.15)
    assert all(service.busyness is None or service.busyness[0] > 50 for service in found.services)  # the counts are Poisson
    for service in found.services:
        assert service.work.mean == pytest.approx(np.exp(5 + 0.32), rel=0.2)
        assert abs(service.priority[0] - 0.5) < 4 * service.priority[1]
    profile, error = found.profile
    assert profile[:, 16:32].mean() == pytest.approx(300 / 16, rel=0.05)
    assert np.nanmax(error) > 0


def test_a_file_that_is_no_record_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main([str(wrong), "-o", str(tmp_path / "bank")]) == 2
    assert "wrong.csv" in capsys.readouterr().err
    assert main([str(tmp_path / "none.csv"), "-o", str(tmp_path / "bank")]) == 2
