"""The mapping as a language: what is wrong with it is said at once, with file, line, column and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.by_hand import HEADER, MAPPING, files, row
from simcrc.calibration.calibrate import calibrate
from simcrc.calibration.mapping_file import read_mapping
from simcrc.errors import ScenarioError

ROOT = Path(__file__).parents[2]


def wrong(folder: Path, mapping: str) -> list[tuple[int, int, str, str]]:
    """Line, column, path and code of what is wrong."""
    path = folder / "mapping.yaml"
    path.write_text(mapping, encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        read_mapping(path)
    for problem in error.value.problems:
        assert problem.file == str(path)
        assert problem.say("fr") != problem.say("en")
    return [(problem.line, problem.column, problem.path, problem.code) for problem in error.value.problems]


def test_all_that_is_wrong_at_once(tmp_path: Path) -> None:
    mapping = (
        "calibrate: 1\n"
        "timezone: America/Montral\n"
        "colums: {}\n"
        'hours: "Mon-Fri 25:00-26:00"\n'
        "times: {date: day, format: '%Q', arived: rang}\n"
        "services: {column: kind, values: {S: a.b}}\n"
        "agents: {column: who, logged_off: 15}\n"
        "callers: {column: who, within: soon, generated: no}\n"
    )
    assert wrong(tmp_path, mapping) == [
        (2, 11, "timezone", "timezone"),
        (3, 1, "colums", "unknown_key"),
        (4, 8, "hours", "hours"),
        (5, 1, "times", "missing"),
        (5, 28, "times.format", "strptime"),
        (5, 34, "times.arived", "unknown_key"),
        (6, 35, "services.values.S", "name"),
        (7, 35, "agents.logged_off", "duration_unit"),
        (8, 32, "callers.within", "duration"),
        (8, 49, "callers.generated", "flag"),
    ]


def test_the_nearest_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(MAPPING.replace("answered:", "anwsered:"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"anwsered.*answered"):
        read_mapping(tmp_path / "mapping.yaml")


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("services: {column: kind, values: {S: sales, H: help}}", "services: {column: kind, values: {S: sales}, only: help}", "services"),
        ("services: {column: kind, values: {S: sales, H: help}}", "services: {values: {S: sales}}", "services"),
        ("services: {column: kind, values: {S: sales, H: help}}", "services: {column: kind}", "services"),
        ("arrived: rang, queued: joined", "arrived: rang", None),
        ("call: id", "period: {first: 2024-03-02, last: 2024-03-01}", "period.last"),
        ('date: day, format: "%d/%m/%Y", arrived', 'clock: "%H%M", arrived', "times.clock"),
        ("call: id", "segments: {column: kind, values: {S: one}, told: queued}", None),
    ],
)
def test_what_does_not_fit_together(tmp_path: Path, old: str, new: str, path: str | None) -> None:
    assert old in MAPPING
    mapping = MAPPING.replace(old, new)
    if path is None:
        (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
        assert read_mapping(tmp_path / "mapping.yaml").mapping
    else:
        assert [place for _, _, place, _ in wrong(tmp_path, mapping)] == [path]


def test_nothing_tells_who_was_served_or_queued(tmp_path: Path) -> None:
    bare = 'calibrate: 1\ntimezone: UTC\ntimes: {arrived: a}\nservices: {only: calls}\nsegments: {column: s, values: {"1": one}, told: queued}\n'
    assert [place for _, _, place, _ in wrong(tmp_path, bare)] == ["times", "segments.told"]


@pytest.mark.parametrize("text", ["", "just a text", "- a\n- b", "calibrate: 2\n"])
def test_no_mapping_at_all(tmp_path: Path, text: str) -> None:
    assert wrong(tmp_path, text)


def test_mapping_and_files_are_said_together(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(MAPPING + "more: 1\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        calibrate([tmp_path / "none.csv", str(tmp_path / "x*.csv"), tmp_path], tmp_path / "mapping.yaml")
    assert [problem.code for problem in error.value.problems] == ["unknown_key", "file_missing", "file_missing", "directory"]


def test_columns_of_all_files_are_looked_for_before_the_first_row(tmp_path: Path) -> None:
    one, mapping = files(tmp_path, [row(1)])
    two = tmp_path / "two.csv"
    two.write_text("id,dya,rang\n1,2,3\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        calibrate([one, two], mapping)
    problems = error.value.problems
    assert {problem.file for problem in problems} == {str(two)}
    assert {problem.ctx["columns"][0] for problem in problems} == set(HEADER.split(",")) - {"id", "rang"}
    assert any(problem.ctx.get("suggestion") == "dya" for problem in problems)


def test_the_mapping_of_the_bank_is_valid() -> None:
    mapping = read_mapping(ROOT / "scenarios" / "bank" / "mapping.yaml").mapping
    assert mapping.columns()[:2] == ("vru_line", "call_id")
    assert len(mapping.columns()) == 16
