"""``simcrc erlang``: tables, staff for a target, JSON, both languages, one-line errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calls import simcrc

CALLS = ("--calls", "100", "--per", "30min", "--handle-time", "180 s")


def rows(text: str) -> list[list[str]]:
    """The words of the lines of the table that start with a number, the arrow left out."""
    found = [line.replace("→", " ").split() for line in text.splitlines()]
    return [line for line in found if line and line[0].isdigit()]


def test_erlang_c_table(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "erlang", "c", *CALLS, "--agents", "14", "--within", "20 s")
    assert done.returncode == 0
    assert done.stdout.startswith("Load: 10 erlangs\n")
    assert [int(row[0]) for row in rows(done.stdout)] == [11, 12, 13, 14, 15, 16, 17]
    (asked,) = (line for line in done.stdout.splitlines() if "→" in line)
    assert asked.split() == ["→", "14", "71.43%", "17.41%", "88.84%", "7.84", "s", "45.00", "s", "0.44"]


def test_erlang_c_in_french(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "erlang", "c", *CALLS, "--agents", "14", "--within", "20 s", env={"SIMCRC_LANG": "fr"})
    assert done.stdout.startswith("Charge : 10 erlangs\n")
    assert all(words in done.stdout for words in ("préposés", "servis en 20 s", "88,84\u00a0%", "7,84\u00a0s"))


def test_staff_for_a_target(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "erlang", "a", *CALLS, "--patience", "5 min", "--service-level", "80 %", "--within", "20 s", "--around", "0")
    assert "Agents needed: 13\n" in done.stdout
    assert len(rows(done.stdout)) == 1
    done = simcrc(tmp_path, "erlang", "a", *CALLS, "--patience", "5 min", "--abandonment", "1,5 %", "--json")
    answer = json.loads(done.stdout)
    assert answer["needed"] == 14
    assert answer["load"] == pytest.approx(10.0)
    by_agents = {row["agents"]: row for row in answer["rows"]}
    assert by_agents[14]["abandonment"] == pytest.approx(0.013984, abs=5e-7)
    assert by_agents[13]["abandonment"] > 0.015


def test_target_and_number(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "erlang", "c", *CALLS, "--agents", "20", "--wait", "10 s", "--around", "1")
    assert "Agents needed: 14\n" in done.stdout
    assert [int(row[0]) for row in rows(done.stdout)] == [19, 20, 21]


def test_erlang_b(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "erlang", "b", "--load", "10", "--lines", "17", "--json")
    by_lines = {row["lines"]: row for row in json.loads(done.stdout)["rows"]}
    assert by_lines[17]["blocking"] == pytest.approx(0.012949, abs=5e-7)
    same = simcrc(tmp_path, "erlang", "b", *CALLS, "--blocking", "1.3 %")
    assert "Lines needed: 17\n" in same.stdout


def test_limited_places(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "erlang", "a", *CALLS, "--patience", "5min", "--places", "0", "--agents", "17", "--json")
    by_agents = {row["agents"]: row for row in json.loads(done.stdout)["rows"]}
    assert by_agents[17]["p_blocked"] == pytest.approx(0.012949, abs=5e-7)
    assert by_agents[17]["wait_of_queued"] is None
    assert "–" in simcrc(tmp_path, "erlang", "a", *CALLS, "--patience", "5min", "--places", "0", "--agents", "17").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("c", *CALLS), "give a number or a target"),
        (("c", "--calls", "100", "--agents", "3"), "missing --per, --handle-time"),
        (("c", *CALLS, "--agents", "9"), "at least 11 are needed"),
        (("c", *CALLS, "--agents", "0"), "whole number of at least 1"),
        (("c", *CALLS, "--agents", "999999999"), "agents: 999999999"),
        (("c", *CALLS, "--agents", "14", "--within", "20"), "'20': a duration with its unit"),
        (("c", "--calls", "-5"), "a positive number"),
        (("c", *CALLS, "--service-level", "80 %"), "--service-level needs --within"),
        (("c", *CALLS, "--service-level", "80", "--within", "20 s"), "'80': a share"),
        (("c", *CALLS, "--service-level", "100 %", "--within", "20 s"), "never quite reached"),
        (("a", *CALLS, "--agents", "14"), "--patience"),
        (("a", *CALLS, "--agents", "14", "--patience", "0 s"), "patience: 0"),
        (("b", "--lines", "3"), "--load"),
        (("b", "--load", "3", "--calls", "4", "--lines", "3"), "instead of"),
        (("d",), "No such command"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    for lang in ("en", "fr"):
        done = simcrc(tmp_path, "erlang", *arguments, env={"SIMCRC_LANG": lang})
        assert done.returncode == 2
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) <= 2  # the second says where help is
        assert lang == "fr" or said in done.stderr


@pytest.mark.parametrize("command", [(), ("a",), ("b",), ("c",)])
def test_help(tmp_path: Path, command: tuple[str, ...]) -> None:
    french, english = (simcrc(tmp_path, "erlang", *command, "--help", env={"SIMCRC_LANG": lang}) for lang in ("fr", "en"))
    assert french.returncode == english.returncode == 0
    assert "Utilisation :" in french.stdout
    assert "Usage:" in english.stdout
    assert "DURATION" not in french.stdout
