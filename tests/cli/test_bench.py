"""``simcrc bench`` as a person calls it: exit codes, both languages, what is written."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from bench.tiny import GOOD, OPEN, WRONG, text
from cli.calls import simcrc, start


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with benchmarks for each exit code."""
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    for name, figures in {"good": GOOD, "wrong": GOOD + WRONG, "open": OPEN}.items():
        (folder / f"{name}.yaml").write_text(text(figures), encoding="utf-8")
    return tmp_path


def bench(place: Path, *arguments: str, lang: str = "en") -> tuple[int, str, str]:
    done = simcrc(place, "bench", *arguments, "--no-keep", "-j", "1", "--lang", lang)
    return done.returncode, done.stdout, done.stderr


def test_exit_codes(place: Path) -> None:
    for name, code in {"good": 0, "wrong": 1, "open": 3}.items():
        assert bench(place, "check", name)[0] == code
    assert bench(place, "check")[0] == 1


def test_the_table_in_both_languages(place: Path) -> None:
    _, out, err = bench(place, "check", "open", "good", lang="fr")
    for word in ("équivalent", "indécis", "Attendu", "lois de toute simulation", "Valeurs conservées : aucune", "Lignes : "):
        assert word in out
    assert "open, phone.offered : indécis (attendu " in out
    assert "Regard 1" in err
    _, out, _ = bench(place, "run", "good")
    for word in ("equivalent", "Expected", "laws of any run", "All is equivalent."):
        assert word in out
    assert "Stored figures" not in out, "run compares with what is known, check also with what is stored"


def test_update_then_check(place: Path) -> None:
    code, out, _ = bench(place, "update", "good")
    assert code == 0
    assert "good – new figures: " in out
    path = place / "benchmarks" / "exact" / "good.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert bench(place, "check", "good", "--tier", "exact")[0] == 0
    stored["figures"]["phone.asa"]["values"][0] += 1.0
    path.write_text(json.dumps(stored), encoding="utf-8")
    code, out, _ = bench(place, "check", "good", "--tier", "exact", lang="fr")
    assert code == 1
    assert "Valeurs conservées : changées (1)" in out
    assert "phone.asa : " in out
    assert " → " in out
    code, out, _ = bench(place, "update", "good")
    assert "changed figures: 1" in out
    assert "phone.asa: " in out
    assert "good – unchanged" in bench(place, "update", "good")[1]


def test_a_fresh_seed_is_said_and_can_be_taken_again(place: Path) -> None:
    code, out, _ = bench(place, "check", "good", "--fresh-seeds")
    assert code == 0
    seed = out.split("--seed ")[1].split()[0]
    again = bench(place, "check", "good", "--seed", seed)[1]
    table = [line for line in out.splitlines() if "phone." in line]
    assert table == [line for line in again.splitlines() if "phone." in line]


def test_the_page(place: Path) -> None:
    code, out, _ = bench(place, "run", "good", "--page", "docs/validation.md")
    assert code == 0
    assert "Written: docs/validation.md" in out
    page = (place / "docs" / "validation.md").read_text(encoding="utf-8")
    assert "simcrc bench run good --page docs/validation.md --lang en" in page
    assert (place / "docs" / "validation" / "tiny.svg").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "goood"), "did you mean"),
        (("check", "--tier", "gold"), "'gold'"),
        (("check", "--seed", "1", "--fresh-seeds"), "do not go together"),
        (("check", "-j", "0"), "at least 1"),
    ],
)
def test_usage(place: Path, arguments: tuple[str, ...], said: str) -> None:
    done = simcrc(place, "bench", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_keep_and_no_keep_do_not_go_together(place: Path) -> None:
    assert simcrc(place, "bench", "check", "--keep", "x", "--no-keep").returncode == 2
    (place / "file").write_text("")
    done = simcrc(place, "bench", "check", "--keep", "file", "--lang", "fr")
    assert done.returncode == 2
    assert "impossible d'y écrire" in done.stderr


def test_an_invalid_benchmark_is_said_with_its_place(place: Path) -> None:
    path = place / "benchmarks" / "good.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("phone.offered", "phone.offred"), encoding="utf-8")
    done = simcrc(place, "bench", "check", "good")
    assert done.returncode == 2
    assert "benchmarks/good.yaml:" in done.stderr


def test_an_interrupted_check_goes_on(place: Path) -> None:
    path = place / "benchmarks" / "slow.yaml"
    path.write_text(text(OPEN).replace("horizon: 1 day", "horizon: 40 days"), encoding="utf-8")
    process = start(place, "bench", "check", "slow", "-j", "1", "--keep", "kept")
    until = time.monotonic() + 60
    while not list(place.glob("kept/*/0002.npz")) and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "kept in kept" in err
    assert "Traceback" not in err
    done = simcrc(place, "bench", "check", "slow", "-j", "1", "--keep", "kept")
    assert done.returncode in (0, 1, 3)
    assert "reused: 0" not in done.stdout


@pytest.mark.parametrize(
    "arguments", [("bench",), ("bench", "--help"), ("bench", "check", "--help"), ("bench", "run", "--help"), ("bench", "update", "--help")]
)
def test_help_in_both_languages(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    for lang, word in (("fr", "Utilisation"), ("en", "Usage")):
        done = simcrc(tmp_path, *arguments, env={"SIMCRC_LANG": lang})
        assert word in done.stdout + done.stderr
