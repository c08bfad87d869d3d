"""Exit codes and what is said when something ends badly: never a traceback."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calls import COMMAND, TINY, environment, simcrc, write

BROKEN = "import simcrc.engine.run as engine\ndef simulate(*arguments):\n    {body}\nengine.simulate = simulate\n"
LOST = BROKEN.format(body="from simcrc.errors import SimulationError\n    raise SimulationError('lost count')")
UNFORESEEN = BROKEN.format(body="raise KeyError('handle')")
DEADLY = BROKEN.format(body="import os\n    os._exit(9)")
HUNGRY = BROKEN.format(body="raise MemoryError")


@pytest.mark.parametrize(
    ("arguments", "english", "french"),
    [
        (["run"], "Missing argument", "il manque"),
        (["run", "a.yaml", "--nonsense"], "No such option: --nonsense", "option inconnue : --nonsense"),
        (["run", "a.yaml", "-r", "0"], "a whole number of at least 1 is expected", "un entier supérieur ou égal à 1 est attendu"),
        (["run", "a.yaml", "-r", "two"], "'two'", "« two »"),
        (["run", "a.yaml", "-j", "1.5"], "'1.5'", "« 1.5 »"),
        (["run", "a.yaml", "--seed", "-1"], "at least 0", "supérieur ou égal à 0"),
        (["run", "a.yaml", "b.yaml"], "b.yaml", "argument de trop (b.yaml)"),
        (["run", "a.yaml", "-o"], "-o", "-o"),
        (["rum"], "No such command 'rum'", "commande inconnue 'rum'"),
        (["run", "absent.yaml"], "absent.yaml", "absent.yaml"),
        (["run", "."], ".", "."),
        (["run", "tiny.yaml", "--set", "horizon"], "horizon", "horizon"),
        (["run", "tiny.yaml", "--set", "channels.phone.linez=3"], "lines", "lines"),
        (["run", "tiny.yaml", "--extension", "absent.py"], "extension not found", "extension introuvable"),
    ],
)
def test_usage_is_2_in_both_languages(tmp_path: Path, arguments: list[str], english: str, french: str) -> None:
    write(tmp_path)
    for lang, expected in (("en", english), ("fr", french)):
        done = simcrc(tmp_path, *arguments, env={"SIMCRC_LANG": lang})
        assert done.returncode == 2
        assert done.stdout == ""
        assert expected in done.stderr
    assert not (tmp_path / "results").exists()


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "indicators", "--lang", "de")
    assert done.returncode == 2
    assert "fr or en" in done.stderr


def test_a_language_that_nobody_speaks_here_is_said_once(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "indicators", env={"SIMCRC_LANG": "de", "LC_ALL": "en_CA.UTF-8"})
    assert (done.returncode, done.stderr) == (0, "SIMCRC_LANG=de: fr or en is expected; messages are in English\n")
    assert simcrc(tmp_path, "indicators", env={"SIMCRC_LANG": "de"}).stderr == "SIMCRC_LANG=de : fr ou en est attendu ; les messages sont en français\n"
    assert simcrc(tmp_path, "indicators", "--lang", "en", env={"SIMCRC_LANG": "de"}).stderr == ""
    assert simcrc(tmp_path, "indicators", env={"SIMCRC_LANG": "en_GB"}).stderr == ""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_more_needs_than_can_be_numbered_is_4_in_words(tmp_path: Path, workers: str) -> None:
    write(tmp_path, TINY.replace("per_hour: 20", "per_day: 300_000") + "surges: [{at: 2024-01-07, lasts: 1 day, factor: 10}]\n")
    done = simcrc(tmp_path, "run", "tiny.yaml", "-j", workers)
    assert (done.returncode, done.stdout) == (4, "")
    assert re.fullmatch(r"info: 300\d{4} needs on 2024-01-07; a service has at most 999999 a day: .*\n", done.stderr), done.stderr


def test_an_invalid_scenario_is_2_with_all_that_is_wrong_a_line_each(tmp_path: Path) -> None:
    write(tmp_path, TINY.replace("kind: phone", "kind: phones").replace("serves: [phone]", "serves: [phon]"))
    done = simcrc(tmp_path, "run", "tiny.yaml")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) >= 1
    assert all(re.match(r"tiny\.yaml:\d+:\d+: ", line) for line in done.stderr.splitlines()), done.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize(
    ("extension", "said"),
    [(LOST, r"lost count"), (UNFORESEEN, r"Unexpected error \(KeyError\)\. Please attach this to a report: (?P<file>\S+)"), (HUNGRY, "Out of memory; .*-j.*")],
    ids=["simulation", "unforeseen", "memory"],
)
def test_a_failure_is_4_and_says_one_line(tmp_path: Path, extension: str, said: str, workers: str) -> None:
    write(tmp_path)
    (tmp_path / "broken.py").write_text(extension)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-j", workers, "--extension", "broken.py", "-o", "out")
    assert done.returncode == 4
    assert done.stdout == ""
    match = re.fullmatch(said + "\n", done.stderr)
    assert match, done.stderr
    if "file" in match.groupdict():
        report = Path(match["file"])
        assert 'KeyError("handle")' in (text := report.read_text()) or "KeyError: 'handle'" in text
        assert "broken.py" in text
        report.unlink()


def test_a_dead_worker_is_4(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "deadly.py").write_text(DEADLY)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-j", "2", "-o", "out", env={"SIMCRC_EXTENSIONS": "deadly.py"})
    assert (done.returncode, done.stdout) == (4, "")
    assert re.fullmatch("a worker process died.*\n", done.stderr)


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "broken.py").write_text(UNFORESEEN)
    done = subprocess.run(
        [*COMMAND, "run", "tiny.yaml", "--extension", "broken.py"], cwd=tmp_path, env=environment(SIMCRC_DEBUG="1"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert "Traceback" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_4(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = simcrc(tmp_path, "indicators", stdout=full)
    assert done.returncode == 4
    assert done.stderr.startswith("Cannot write: ")


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_full_disk_under_the_results_is_4_and_leaves_no_half_file(tmp_path: Path, workers: str) -> None:
    import resource

    write(tmp_path)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))

    done = simcrc(tmp_path, "run", "tiny.yaml", "-o", "out", "-j", workers, preexec_fn=limit, env={"PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 4
    assert done.stderr.startswith("Cannot write: File too large")
    assert len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in (tmp_path / "out").rglob("*") if path.is_file()) == ["manifest.json", "scenario.yaml"]


@pytest.mark.skipif(sys.platform != "linux", reason="arguments are bytes on Linux")
def test_an_argument_that_is_no_text_is_2(tmp_path: Path) -> None:
    for lang, said in (("en", "an argument or file name that is not UTF-8"), ("fr", "un argument ou un nom de fichier qui n'est pas de l'UTF-8")):
        done = simcrc(tmp_path, "run", "s\udcff.yaml", env={"SIMCRC_LANG": lang})
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.replace("\u00a0", " ").rstrip().endswith(said)
