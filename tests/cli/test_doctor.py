"""``doctor``: what it finds, in both languages and as JSON, and what it says when something is missing; completion by the shell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from simcrc.cli import doctor, requirements
from tests.cli.calls import environment, simcrc


def test_it_says_what_is_there_in_both_languages(tmp_path: Path) -> None:
    for lang, words in (("fr", ["Bibliothèques", "Mémoire libre", "français (--lang)"]), ("en", ["Libraries", "Free memory", "English (--lang)"])):
        done = simcrc(tmp_path, "doctor", "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert all(word in done.stdout for word in words), done.stdout
        assert max(map(len, done.stdout.splitlines())) <= 120
    assert list(tmp_path.iterdir()) == []


def test_json_has_the_same_findings_and_why_the_language(tmp_path: Path) -> None:
    rows = json.loads(simcrc(tmp_path, "doctor", "--json", env={"SIMCRC_LANG": "", "LC_ALL": "fr_CA.UTF-8"}).stdout)
    found = {row["check"]: row for row in rows}
    assert {"simcrc", "python", "libraries", "cores", "results", "chromium", "dask", "language"} <= set(found)
    assert all(row["state"] in ("ok", "advice", "missing") and row["found"] for row in rows)
    assert "LC_ALL=fr_CA.UTF-8" in found["language"]["found"]
    assert "simpy" in found["libraries"]["found"]


def test_a_folder_that_cannot_be_written_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    (finding,) = doctor._results()
    assert (finding.state, "-o" in finding.todo.en if finding.todo else "") == ("missing", True)


def test_libraries_that_are_absent_or_too_old_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "_lines", lambda: ["numpy>=1.26", "pandas>=999", "no-such-library>=1", "pytest>=8; extra == 'test'"])
    found = {(finding.state, finding.found.split()[0]) for finding in doctor._libraries()}
    assert found == {("ok", "numpy"), ("missing", "pandas"), ("missing", "no-such-library")}


def test_the_shell_completes_commands_and_options(tmp_path: Path) -> None:
    def completed(line: str) -> list[str]:
        asked = environment(_SIMCRC_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(line.split(" ")) - 1))
        code = "import sys; sys.argv = ['simcrc']; from simcrc.cli import main; main()"
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=asked, capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert completed("simcrc fid") == ["fidelisation"]
    assert "--policy" in completed("simcrc run --po")
