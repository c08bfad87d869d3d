"""The piece and what goes with it: it loads whatever the records lack, holds no record, is the same every time, and never takes the place of something else."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import simcrc
from calibration.by_hand import HEADER, MAPPING, calibrated, row
from calibration.logs import MAPPING as LOG
from calibration.logs import contacts, write_log
from simcrc.calibration.calibrate import Calibrated, calibrate
from simcrc.calibration.yaml_text import Plain, Shared, laid_over, text
from simcrc.errors import ScenarioError
from simcrc.scenario import load
from simcrc.scenario.positions import read_text


@cache
def usual() -> Calibrated:
    """The first calls of the log and its own mapping, worked out once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        return worked_out(Path(folder), LOG)


def log(folder: Path, mapping: str = LOG) -> Calibrated:
    return usual() if mapping == LOG else worked_out(folder, mapping)


def worked_out(folder: Path, mapping: str = LOG, rows: int = 4000) -> Calibrated:
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return calibrate(write_log(folder / "calls.csv", contacts().head(rows)), folder / "mapping.yaml")


def test_the_least_that_records_can_be(tmp_path: Path) -> None:
    """Instants of arrival and lengths of service, nothing else."""
    header, rows = "at,talk", [f"2024-03-{4 + k % 5:02d} {8 + k % 9:02d}:{k % 60:02d}:00,{60 + k}" for k in range(200)]
    mapping = 'calibrate: 1\ntimezone: UTC\ntimes: {arrived: at, format: "%Y-%m-%d %H:%M:%S"}\ndurations: {handled: talk}\nservices: {only: calls}\n'
    found = calibrated(tmp_path, rows, mapping, header)
    found.write(tmp_path / "piece.yaml")
    piece = load(tmp_path / "piece.yaml")
    assert piece.provenance["teams", "agents", "schedule"].status == "assumed"
    assert found.estimates.roster is None
    assert found.estimates.repeats is None
    assert "patience" not in piece.document["channels"]["phone"]
    assert any("no column names them" in words.en for words in found.unknown)
    assert simcrc.load(tmp_path / "piece.yaml").run(replications=1).value("phone.offered") > 100


def test_no_lengths_at_all(tmp_path: Path) -> None:
    header, rows = "at,what", [f"2024-03-{4 + k % 5:02d} {8 + k % 9:02d}:00:00,ok" for k in range(50)]
    times = 'calibrate: 1\ntimezone: UTC\ntimes: {arrived: at, format: "%Y-%m-%d %H:%M:%S"}\n'
    mapping = times + "outcomes: {served: {what: ok}}\nservices: {only: calls}\nchannel: tel\nteam: us\n"
    found = calibrated(tmp_path, rows, mapping, header)
    found.write(tmp_path / "piece.yaml")
    piece = load(tmp_path / "piece.yaml")
    assert list(piece.scenario.channels) == ["tel"]
    assert piece.scenario.teams["us"].serves == ("tel",)
    assert any(said.status == "assumed" for place, said in piece.provenance.items() if "handle_time" in place)


def test_one_row(tmp_path: Path) -> None:
    found = calibrated(tmp_path, [row(1)])
    found.write(tmp_path / "piece.yaml")
    assert load(tmp_path / "piece.yaml").scenario.services["sales"].volume is not None
    assert np.isnan(found.estimates.all.demand.per_day[1])
    assert found.numbers()["all"]["per_day"]["standard_error"] is None


def test_everybody_left_at_once(tmp_path: Path) -> None:
    """Nobody is served, and no wait lasts a second: no law of patience, and a piece all the same."""
    found = calibrated(tmp_path, [row(k, outcome="hung", picked="-", done="-", wait="0", talk="0", agent="-") for k in range(40)])
    assert found.estimates.all.patience is None
    found.write(tmp_path / "piece.yaml")
    assert "patience" not in load(tmp_path / "piece.yaml").document["channels"]["phone"]


def test_segments(tmp_path: Path) -> None:
    """Three in four of those who queued are ordinary; one service knows only them."""
    rows = [row(k, rang=f"{8 + k % 10}:{k % 60:02d}:00", joined=f"{8 + k % 10}:{k % 60:02d}:00", kind="S" if k % 2 else "H") for k in range(200)]
    rows = [line + ("," + ("gold" if k % 4 == 1 else "plain")) for k, line in enumerate(rows)]
    mapping = MAPPING + "segments: {column: class, values: {plain: plain, gold: gold}}\nscenario: {population: {segments: {gold: {priority: 1}}}}\n"
    found = calibrated(tmp_path, rows, mapping, HEADER + ",class")
    found.write(tmp_path / "piece.yaml")
    scenario = load(tmp_path / "piece.yaml").scenario
    assert scenario.population is not None
    assert {name: segment.share for name, segment in scenario.population.segments.items()} == {"plain": 0.75, "gold": 0.25}
    assert scenario.services["sales"].needs == {"plain": pytest.approx(0.6667, abs=1e-4), "gold": 2.0}
    assert scenario.services["help"].needs == {"plain": pytest.approx(1.333), "gold": 0.0}
    assert scenario.population.segments["gold"].priority == 1


def test_what_the_mapping_lays_over_the_piece(tmp_path: Path) -> None:
    mapping = (
        LOG + "scenario:\n  currency: EUR\n  description: null\n  channels:\n    phone: {lines: 30, redial_keeps: per_need}\n  targets: [phone.asa <= 60 s]\n"
    )
    found = log(tmp_path, mapping)
    found.write(tmp_path / "piece.yaml")
    piece = load(tmp_path / "piece.yaml")
    assert piece.scenario.currency == "EUR"
    assert piece.scenario.description is None
    assert piece.document["channels"]["phone"]["lines"] == 30
    assert piece.document["channels"]["phone"]["redial_keeps"] == "per_need"


def test_what_does_not_fit_is_said_where_the_mapping_writes_it(tmp_path: Path) -> None:
    found = log(tmp_path, LOG + "scenario:\n  channels:\n    phone: {line: 30}\n  services:\n    other: {}\n")
    with pytest.raises(ScenarioError) as error:
        found.write(tmp_path / "piece.yaml")
    said = [(Path(problem.file).name, problem.line, problem.path) for problem in error.value.problems]
    last = LOG.count("\n") + 1
    assert ("mapping.yaml", last + 2, "scenario.channels.phone.line") in said
    assert any(line == last + 4 for _, line, _ in said)
    assert not (tmp_path / "piece.yaml").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_nothing_is_overwritten_unless_asked(tmp_path: Path) -> None:
    found = log(tmp_path)
    (tmp_path / "piece").mkdir()
    (tmp_path / "piece" / "mine.txt").write_text("mine")
    with pytest.raises(ScenarioError):
        found.write(tmp_path / "piece.yaml")
    found.write(tmp_path / "piece.yaml", overwrite=True)
    assert (tmp_path / "piece" / "mine.txt").read_text() == "mine"
    with pytest.raises(ScenarioError):
        found.write(tmp_path / "piece.yaml")


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    first = usual().write(tmp_path / "one.yaml", lang="fr")
    second = worked_out(tmp_path).write(tmp_path / "two.yaml", lang="fr")
    assert len(first) == len(second) > 10
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes().replace(b"one/", b"") == two.read_bytes().replace(b"two/", b""), one


def test_no_record_is_written(tmp_path: Path) -> None:
    """Neither a caller, an agent or a call, nor more than quantiles of the lengths."""
    rows = contacts().head(4000)
    for path in log(tmp_path).write(tmp_path / "piece.yaml"):
        content = path.read_text(encoding="utf-8", errors="replace")
        assert "agent0" not in content
        assert not any(caller in content for caller in rows["caller"].sample(20, random_state=1))
        if path.suffix == ".csv":
            assert content.count("\n") < 450


def test_pictures_say_what_they_show(tmp_path: Path) -> None:
    found = log(tmp_path)
    pictures = found.pictures()
    assert [picture.name for picture in pictures] == ["handle_info", "patience_info", "handle_help", "patience_help"]
    found.write(tmp_path / "piece.yaml", png=True, lang="fr")
    folder = tmp_path / "piece"
    for picture in pictures:
        svg = (folder / f"{picture.name}.svg").read_text(encoding="utf-8")
        assert "<title>" in svg
        assert picture.alt.fr.split(".")[0] in svg
        assert (folder / f"{picture.name}.png").read_bytes().startswith(b"\x89PNG")
        words = (folder / f"{picture.name}.txt").read_text(encoding="utf-8")
        assert picture.alt.en in words
        table = np.genfromtxt(folder / f"{picture.name}.csv", delimiter=",", names=True)
        assert set(table.dtype.names or ()) >= {"lognormal", "gamma", "weibull", "exponential"}
        assert len(table) > 50


def test_patience_as_a_family(tmp_path: Path) -> None:
    found = log(tmp_path, LOG + "estimation: {patience: family}\n")
    found.write(tmp_path / "piece.yaml")
    law = load(tmp_path / "piece.yaml").document["channels"]["phone"]["patience"]["info"]
    assert next(iter(law)) in ("exponential", "gamma", "weibull", "lognormal")


def test_text_of_a_document() -> None:
    shared = Shared("records", {"fr": "a : b", "en": "no"})
    document = {
        "simcrc": 1,
        "name": "24/7",
        "one": {"source": shared, "value": Plain("3 s"), "list": [1, 2.5, True, None]},
        "two": {"source": shared, "long": ["x" * 60, "y" * 60, "z" * 60], "odd": "#no", "empty": {}},
    }
    written = text(document, {(): ["top"], ("two", "odd"): ["why"]})
    tree, problems = read_text(written, "it")
    assert problems == []
    assert tree is not None
    plain = {"fr": "a : b", "en": "no"}
    assert tree.document["one"] == {"source": plain, "value": "3 s", "list": [1, 2.5, True, None]}
    assert tree.document["two"] == {"source": plain, "long": ["x" * 60, "y" * 60, "z" * 60], "odd": "#no", "empty": {}}
    assert tree.document["name"] == "24/7"
    assert written.startswith("# top\n")
    assert "  # why\n" in written


def test_laid_over() -> None:
    assert laid_over({"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"b": None, "e": 4}, "d": {"f": 5}}) == {"a": {"c": 2, "e": 4}, "d": {"f": 5}}
