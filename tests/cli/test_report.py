"""``simcrc report`` and ``simcrc plot``, and the report that ``run`` leaves in its folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calls import files, simcrc, write


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run and its report."""
    folder = tmp_path_factory.mktemp("report")
    write(folder)
    done = simcrc(folder, "run", "tiny.yaml", "-r", "2", "-j", "1", "-o", "out", "--report")
    assert done.returncode == 0, done.stderr
    assert "Report: out/report.html" in done.stdout
    return folder


def test_run_leaves_a_report_that_is_no_result(place: Path) -> None:
    page = (place / "out" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Summer in Trois-Rivières" in page
    assert "report.html" not in json.loads((place / "out" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert simcrc(place, "reproduce", "out", "-j", "1").returncode == 0


def test_one_picture(place: Path) -> None:
    done = simcrc(place, "plot", "out", "day", "-o", "day.png", "--lang", "fr", "--narrow")
    assert done.returncode == 0, done.stderr
    assert (place / "day.png").read_bytes().startswith(b"\x89PNG")
    assert "Image : day.png" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plot", "out", "journey", "-o", "x.svg"), 'no picture "journey"; did you mean "journeys"?'),
        (("plot", "out", "day", "-o", "x.gif"), "an ending among svg, png, pdf"),
        (("plot", "day"), "a folder of results is expected"),
        (("plot", "out", "backlog"), 'no picture "backlog"'),
        (("report", "nowhere"), "there is no such folder"),
        (("report", "."), "not a folder of results"),
        (("report", "out", "-o", "no/x.html"), "there is no folder no"),
        (("report", "out", "-o", "out"), "a folder; the name of a file is expected"),
        (("report", "out", "--format", "doc"), "one of html, pdf, md is expected"),
    ],
)
def test_bad_calls_are_said_in_one_line(place: Path, arguments: tuple[str, ...], said: str) -> None:
    done = simcrc(place, *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_report_that_fails_loses_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "jinja2.py").write_text("raise ImportError('no jinja2 here')", encoding="utf-8")
    from tests.cli.calls import ROOT

    done = simcrc(tmp_path, "run", "tiny.yaml", "-r", "1", "-j", "1", "-o", "out", "--report", env={"PYTHONPATH": f"{tmp_path / 'broken'}:{ROOT}"})
    assert done.returncode == 0
    assert "The report could not be written" in done.stderr
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["complete"]
    assert not (tmp_path / "out" / "report.html").exists()
    plain = simcrc(tmp_path, "run", "tiny.yaml", "-r", "1", "-j", "1", "-o", "plain")
    assert plain.returncode == 0
    assert files(tmp_path / "plain") == files(tmp_path / "out")
