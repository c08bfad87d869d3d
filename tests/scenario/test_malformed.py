"""Malformed scenarios: each gives exactly the problems that are marked in it, at the right line, in both languages, and nothing else.

A line of a file in ``malformed/`` that is wrong ends with ``#! code …``; what lies elsewhere (another file, a file that cannot
hold a comment) stands in ``ELSEWHERE``.  Most files extend ``base.yaml`` and spoil one thing.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from simcrc.errors import ScenarioError
from simcrc.scenario import load
from simcrc.words import LANGS

HERE = Path(__file__).parent
FILES = sorted((HERE / "malformed").glob("*.yaml"))
MARK = re.compile(r"#! ([\w ]+)$", re.MULTILINE)

ELSEWHERE: dict[str, list[tuple[str, int, str]]] = {
    "alias_in_itself": [("alias_in_itself.yaml", 1, "too_deep")],
    "control_character": [("control_character.yaml", 3, "character")],
    "csv_bad_cells": [
        ("bad_cells.csv", 2, "weekday"),
        ("bad_cells.csv", 3, "time_grid"),
        ("bad_cells.csv", 4, "number"),
        ("bad_cells.csv", 5, "negative"),
        ("bad_cells.csv", 6, "csv_cells"),
        ("bad_cells.csv", 8, "csv_twice"),
    ],
    "csv_column_missing": [("column_missing.csv", 1, "csv_column")],
    "csv_empty": [("empty.csv", 1, "csv_empty")],
    "csv_latin1": [("latin1.csv", 2, "encoding")],
    "csv_unknown_names": [
        ("unknown_names.csv", 3, "unknown_channel"),
        ("unknown_names.csv", 4, "unknown_service_key"),
        ("unknown_names.csv", 5, "unknown_segment"),
        ("unknown_names.csv", 5, "sum"),
        ("unknown_names.csv", 6, "share"),
    ],
    "deep": [("deep.yaml", 1, "too_deep")],
    "empty": [("empty.yaml", 0, "empty")],
    "extends_cycle": [("other.yaml", 1, "extends_cycle")],
    "language_unserved": [("base.yaml", 43, "no_skill"), ("base.yaml", 58, "no_skill"), ("base.yaml", 58, "no_skill")],
    "latin1": [("latin1.yaml", 3, "encoding")],
    "only_comments": [("only_comments.yaml", 0, "empty")],
    "station_unserved": [("base.yaml", 53, "no_team")],
    "tab": [("tab.yaml", 3, "yaml")],
    "too_deep": [("too_deep.yaml", 0, "too_deep")],
    "two_documents": [("two_documents.yaml", 3, "yaml")],
    "unclosed_brace": [("unclosed_brace.yaml", 3, "yaml")],
    "unclosed_quote": [("unclosed_quote.yaml", 3, "yaml")],
    "utf16": [("utf16.yaml", 1, "encoding")],
    "yaml_bomb": [("yaml_bomb.yaml", 1, "too_many")],
}


def expected(path: Path) -> Counter[tuple[str, int, str]]:
    if path.stem in ELSEWHERE:
        return Counter(ELSEWHERE[path.stem])
    lines = path.read_text(encoding="utf-8").splitlines()
    return Counter((path.name, number, code) for number, line in enumerate(lines, 1) for mark in MARK.findall(line) for code in mark.split())


def test_there_are_enough() -> None:
    assert len(FILES) >= 100


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_malformed(path: Path) -> None:
    wanted = expected(path)
    assert wanted, "a malformed file says what is wrong with it"
    with pytest.raises(ScenarioError) as caught:
        load(path)
    problems = caught.value.problems
    assert Counter((Path(problem.file).name, problem.line, problem.code) for problem in problems) == wanted
    for lang in LANGS:
        lines = caught.value.say(lang).splitlines()
        assert len(lines) == len(problems), "one line a problem"
        for line, problem in zip(lines, problems, strict=True):
            place = f"{problem.file}:{problem.line}:{problem.column}: " if problem.line else f"{problem.file}: "
            message = problem.message(lang)
            assert line.startswith(place)
            assert len(message) > 8
            assert message != problem.code
            assert not re.search(r"pydantic|Traceback|\{\w*\}|input_value|None\b", message), message
    assert any(p.message("fr") != p.message("en") for p in problems)


def test_all_problems_at_once_in_words() -> None:
    with pytest.raises(ScenarioError) as caught:
        load(HERE / "malformed" / "several_at_once.yaml")
    messages = [problem.message("en") for problem in caught.value.problems]
    assert messages[0] == 'found "horizn", expected a known key; did you mean "horizon"?'
    assert [problem.column for problem in caught.value.problems] == [1, 18, 51, 10, 21, 16]
    assert messages[3] == 'found "irv", expected a channel (ivr); did you mean "ivr"?'
    assert 'did you mean "mail"' in messages[4]
    french = [problem.message("fr") for problem in caught.value.problems]
    assert french[0] == "trouvé «\u00a0horizn\u00a0», attendu\u00a0: une clé connue\u00a0; vouliez-vous dire «\u00a0horizon\u00a0»\u00a0?"
