"""``simcrc readiness`` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.calls import ROOT, simcrc, write

ORGANISATION = str(ROOT / "scenarios" / "organisations" / "organisation-2.yaml")


def test_fourteen_questions_in_both_languages(tmp_path: Path) -> None:
    french = simcrc(tmp_path, "readiness", ORGANISATION, "--lang", "fr")
    assert french.returncode == 0
    assert " 1. L'organisation a documenté sa prestation de services actuelle.  [oui]" in french.stdout
    assert "[Non, mais des travaux sont en cours]" in french.stdout
    assert "channels.web.cost.per_contact : 1 nombre, emprunté, [0,30\u00a0$ ; 1,30\u00a0$]" in french.stdout
    assert "À mesurer d'abord" in french.stdout
    english = simcrc(tmp_path, "readiness", ORGANISATION, "--lang", "en", "--top", "3")
    assert (
        "14. The organisation keeps a record of how long it takes on average to handle each of its services.  [Yes, but not on all channels]" in english.stdout
    )
    listed = english.stdout.partition("To be measured first")[2].splitlines()[2:]
    assert len(listed) == 3
    assert [line[:3] for line in listed] == [" 1.", " 2.", " 3."]


def test_a_scenario_without_answers(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "readiness", str(write(tmp_path)))
    assert done.returncode == 0
    assert done.stdout.count("[not answered]") == 14
    assert "of no stated origin" in done.stdout
    assert "channels.phone.handle_time" in done.stdout


def test_json(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "readiness", ORGANISATION, "--json", "--lang", "fr")
    found = json.loads(done.stdout)
    assert [question["number"] for question in found["questions"]] == list(range(1, 15))
    assert found["questions"][3]["answer"] == ["in_part", "nothing_written"]
    assert found["questions"][12]["unknowns"][0]["source"] == "Gartner, s.d., p. 16 [L09, 4.2]"
    scores = [each["score"] for each in found["measure_first"]]
    assert scores == sorted(scores, reverse=True)
    answered = {question["id"] for question in found["questions"] if question["answer"] == ["yes"]}
    assert not answered & {each["question"] for each in found["measure_first"]}
    assert "sensitivity" not in found


def test_sensitivity(tmp_path: Path) -> None:
    text = (
        (ROOT / "scenarios" / "smallest.yaml")
        .read_text(encoding="utf-8")
        .replace("{value: 70 %, status: assumed}", "{value: 70 %, status: assumed, range: [50 %, 90 %]}")
    )
    path = str(write(tmp_path, text, "ranged.yaml"))
    options = ("--set", "horizon=3 days", "--sensitivity", "--top", "20", "-r", "2")
    done = simcrc(tmp_path, "readiness", path, *options)
    assert done.returncode == 0
    assert "channels.web.completion: " in done.stdout.partition("Sensitivity")[2]
    assert "Not moved" in done.stdout
    found = json.loads(simcrc(tmp_path, "readiness", path, *options, "--json").stdout)["sensitivity"]
    (swing,) = found["swings"]
    assert swing["path"] == "channels.web.completion"
    assert swing["low"]["resolved_ratio"]["mean"] < 0 < swing["high"]["resolved_ratio"]["mean"]
    assert swing["high"]["resolved_ratio"]["replications"] == 2


def test_wrong_scenario_and_wrong_options(tmp_path: Path) -> None:
    assert simcrc(tmp_path, "readiness", "nowhere.yaml").returncode == 2
    assert simcrc(tmp_path, "readiness", ORGANISATION, "--top", "0").returncode == 2
