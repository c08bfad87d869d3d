"""Characters written as two escapes are put together; lone halves are told, with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.errors import ScenarioError
from simcrc.scenario import load
from simcrc.scenario.halves import together
from tests.cli.calls import TINY, write


def test_together() -> None:
    assert together("plain é 😀") == ("plain é 😀", None)
    assert together("\ud83d\ude00!") == ("😀!", None)
    assert together("a\ude00\ud83d😀") == ("a\ufffd\ufffd😀", "U+DE00")


def test_in_a_scenario(tmp_path: Path) -> None:
    name = '''{fr: "L'été à Trois-Rivières"'''
    assert load(write(tmp_path, TINY.replace(name, r'{fr: "\ud83d\ude00"'))).scenario.name.fr == "😀"
    broken = TINY.replace(name, r'{fr: "\ud83d"').replace("services:\n  info:", 'services:\n  "in\\udc00fo":')
    with pytest.raises(ScenarioError) as raised:
        load(write(tmp_path, broken), set_=[r'name.en="\ude00"'])
    said = [problem.say("en") for problem in raised.value.problems if problem.code == "character"]
    assert [line.partition(": ")[0].rpartition("/")[2] for line in said] == ["tiny.yaml:2:12", "tiny.yaml:9:3", "--set name.en:1:1"]
    assert 'forbidden character "U+D83D"' in said[0]
