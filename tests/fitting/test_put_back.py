"""Calibrated values in the file: nothing else is touched, what would be wrong is not written, and what cannot be written is said before."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.errors import ScenarioError
from simcrc.fitting.put_back import PutBackError, put_back, replaced, spots_of
from simcrc.scenario import load
from simcrc.scenario.written import Written
from tests.fitting.small import TEXT, write

COMPLETION, PHONE, REST = "channels.web.completion", "choice.next.web.failed.phone", "choice.next.web.failed.give_up"


def values(**texts: str) -> dict[str, Written]:
    found = {name: Written.parse(text) for name, text in zip((COMPLETION, PHONE, REST), texts.values(), strict=True)}
    return {name: value for name, value in found.items() if value is not None}


def test_only_the_numbers_change(tmp_path: Path) -> None:
    path = write(tmp_path)
    put_back(path, values(a="69.4 %", b="41 % after 1 min", c="39 %"), [COMPLETION, PHONE])
    expected = TEXT.replace("{value: 50 %, status: assumed", "{value: 69.4 %, status: calibrated")
    expected = expected.replace('{phone: "20 % after 1 min", mail: 20 %, give_up: 60 %}', '{phone: "41 % after 1 min", mail: 20 %, give_up: 39 %}')
    assert path.read_text(encoding="utf-8") == expected
    assert load(path).provenance[("channels", "web", "completion")].status == "calibrated"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    put_back(path, values(a="69.4 %", b="41 % after 1 min", c="39 %"), [COMPLETION])
    assert path.read_bytes().count(b"\r\n") == TEXT.count("\n")
    assert load(path).scenario.channels["web"].completion["default"] == pytest.approx(0.694)  # type: ignore[attr-defined]


def test_an_invalid_scenario_is_not_written(tmp_path: Path) -> None:
    path = write(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        put_back(path, values(a="99.5 %", b="41 % after 1 min", c="38 %"), [])
    codes = {problem.code: problem for problem in caught.value.problems}
    assert set(codes) >= {"sum", "range_holds"}
    assert {problem.file for problem in caught.value.problems} == {str(path)}
    assert path.read_text(encoding="utf-8") == TEXT
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_what_stands_in_another_file(tmp_path: Path) -> None:
    write(tmp_path)
    block = TEXT[TEXT.index("expect:") :]
    path = write(tmp_path, "extends: tiny.yaml\n" + block, "over.yaml")
    with pytest.raises(PutBackError) as caught:
        spots_of(path)
    line = TEXT[: TEXT.index("  web: {kind")].count("\n") + 1
    assert f"tiny.yaml:{line}" in caught.value.say("en")
    assert f"tiny.yaml:{line}" in caught.value.say("fr")


def test_what_is_written_once_for_several_places(tmp_path: Path) -> None:
    text = TEXT.replace('phone: "20 % after 1 min", mail: 20 %', 'phone: &twenty "20 % after 1 min", mail: *twenty')
    with pytest.raises(PutBackError, match="alias"):
        spots_of(write(tmp_path, text))


def test_a_policy_file(tmp_path: Path) -> None:
    """The numbers of a measure have their place in the policy's own file, whatever policies come before."""
    write(tmp_path, TEXT.replace("fit:", "x:").partition("\nexpect:")[0] + "\n")
    policy = """\
policy: {fr: Promouvoir, en: Promote}
base: tiny.yaml
measures:
  - {at: 2024-01-09, train: {channels: [phone], handle_time: {value: 0.9, status: assumed, range: [0.5, 1]}}}
expect: [{indicator: web.completion, equals: 50 %, margin: 2 points}]
fit: {parameters: [{path: policies.0.measures.0.train.handle_time, within: [0.5, 1]}]}
"""
    path = write(tmp_path, policy, "policy.yaml")
    value = Written.parse(0.8)
    assert value is not None
    name = "policies.0.measures.0.train.handle_time"
    assert list(spots_of(path)) == [name]
    put_back(path, {name: value}, [name])
    assert "handle_time: {value: 0.8, status: calibrated" in path.read_text(encoding="utf-8")


def test_quotes_stay() -> None:
    assert replaced("a: '1 %' # one\nb: [2, \"3\"]\n", {(1, 4): "4 %", (2, 8): "5"}) == "a: '4 %' # one\nb: [2, \"5\"]\n"
    with pytest.raises(KeyError):
        replaced("a: 1\n", {(2, 1): "4"})
