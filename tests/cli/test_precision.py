"""``simcrc run --precision``: what is said of it, what is refused, and what is kept."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.calls import simcrc, write


def test_what_was_asked_and_reached(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "--precision", "phone.asa=90%", "--precision", "fcr=40pts", "--max-reps", "20", "-o", "out", "--lang", "fr")
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("Précision demandée", "±\u00a090,0\u00a0%", "±\u00a040,00\u00a0pts", "Précision atteinte après 10 réplications.", "pour 2 indicateurs"):
        assert words in done.stdout
    assert "Pour continuer" not in done.stdout
    kept = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert (kept["replications"], kept["complete"], kept["precision"]["reached"]) == (10, True, True)


def test_not_reached_is_said_plainly_and_is_no_failure(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "--precision", "phone.asa=0.1%", "--max-reps", "3", "-o", "out", "--lang", "en")
    assert done.returncode == 0
    assert "Precision NOT reached after 3 replications" in done.stdout
    assert "it would take about" in done.stdout
    assert "Next: simcrc run tiny.yaml --precision phone.asa=0.1% --max-reps " in done.stdout
    assert "repeated looks" not in done.stdout  # one look


def test_what_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "--precision", "phone.ass=5%", "--precision", "fcr=2s", "--precision", "asa", "--lang", "en")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 3
    assert 'did you mean "phone.asa"?' in done.stderr
    assert not (tmp_path / "results").exists() or not list((tmp_path / "results").iterdir())
    alone = simcrc(tmp_path, "run", "tiny.yaml", "--max-reps", "5", "--lang", "fr")
    assert (alone.returncode, alone.stderr.strip()) == (2, "--max-reps (max_replications) ne va qu'avec --precision")
    assert simcrc(tmp_path, "run", "tiny.yaml", "--precision", "asa=5%", "--max-reps", "1").returncode == 2
