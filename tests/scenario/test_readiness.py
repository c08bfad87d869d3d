"""Readiness: answers are read as written; the six organisations say what Annexe I says; every number of a scenario hangs on one question."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from simcrc.errors import ScenarioError
from simcrc.experiment.unknowns import hangs, leaves, plain
from simcrc.scenario import load
from simcrc.scenario.readiness import GRADE_WORDS, GRADES, QUESTIONS, QuestionId

SCENARIOS = Path(__file__).parents[2] / "scenarios"
ORGANISATIONS = SCENARIOS / "organisations"

Y, P, W, I, A, N = "yes", "under_way", "nothing_written", "in_part", "not_applicable", "no"  # noqa: E741
ANNEXE: dict[str, tuple[Any, ...]] = {  # Lemire, CEGO 2009, Annexe I, organisations 1 to 6, read again from the table
    "current_services": (Y, Y, Y, Y, Y, Y),
    "vision": (P, Y, P, Y, Y, Y),
    "strategy": (W, W, W, Y, Y, Y),
    "work_organisation": (W, (I, W), (I, W), Y, Y, Y),
    "change_management": (P, N, Y, Y, Y, Y),
    "profile": (Y, Y, Y, Y, Y, Y),
    "profile_by_channel": (N, Y, N, N, Y, N),
    "self_service": (Y, Y, Y, Y, Y, Y),
    "satisfaction_self_service": (Y, Y, A, Y, Y, N),
    "satisfaction_other": (Y, Y, Y, Y, Y, Y),
    "channels": (N, Y, N, N, Y, Y),
    "journey": (N, N, N, N, N, N),
    "costs": (Y, (N, P), N, Y, N, N),
    "durations": (A, I, Y, Y, Y, I),
}


def test_fourteen_questions_in_order() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, 15))
    assert tuple(question.id for question in QUESTIONS) == get_args(QuestionId) == tuple(ANNEXE)
    assert all(question.words.fr != question.words.en and question.hangs for question in QUESTIONS)
    assert set(GRADE_WORDS) == set(GRADES)


@pytest.mark.parametrize("number", range(1, 7))
def test_organisations_answer_as_in_annexe_i(number: int) -> None:
    loaded = load(ORGANISATIONS / f"organisation-{number}.yaml")
    found = {question: answer.answer for question, answer in loaded.scenario.readiness.items()}
    assert found == {question: row[number - 1] if isinstance(row[number - 1], tuple) else (row[number - 1],) for question, row in ANNEXE.items()}
    base = load(ORGANISATIONS / "base.yaml")
    assert not base.scenario.readiness
    assert loaded.scenario.model_copy(update={"readiness": {}, "name": base.scenario.name, "description": base.scenario.description}) == base.scenario
    assert "Annexe I" in str(loaded.provenance["readiness",].source)


def test_two_grades_keep_their_words() -> None:
    answers = load(ORGANISATIONS / "organisation-2.yaml").scenario.readiness
    assert answers["costs"].said.fr == "Non, mais des travaux sont en cours"
    assert answers["work_organisation"].said.fr == "Oui, en partie, mais rien d'écrit encore"
    assert answers["durations"].said.fr == "Oui, mais pas dans tous les modes"
    assert answers["profile"].is_yes
    assert not answers["durations"].is_yes


@pytest.mark.parametrize(
    ("written", "line", "expected"),
    [
        ("{profil: yes}", "profil", "profile"),
        ("{profile: maybe}", "maybe", "nothing_written"),
        ("{profile: [yes, no, no]}", "readiness.profile", "2"),
        ("{profile: {words: yes}}", "answer", "answer"),
    ],
)
def test_wrong_answers_are_said_with_their_place(tmp_path: Path, written: str, line: str, expected: str) -> None:
    text = (SCENARIOS / "smallest.yaml").read_text(encoding="utf-8") + f"\nreadiness: {written}\n"
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    (problem,) = caught.value.problems
    said = problem.say("en")
    assert problem.line == text.count("\n")
    assert line in said
    assert expected in said


@pytest.mark.parametrize("path", ["smallest.yaml", "regie/depart.yaml", "organisations/organisation-1.yaml"])
def test_every_number_hangs_on_one_question(path: str) -> None:
    loaded = load(SCENARIOS / path)
    stripped = plain(loaded)
    kinds = {name: str(spec.kind) for name, spec in loaded.scenario.channels.items()}
    period = {"simcrc", "start", "horizon", "warmup", "seed", "replications"}
    found = {
        leaf.place: [question.id for question in QUESTIONS if any(hangs(pattern, leaf.place, kinds) for pattern in question.hangs)]
        for leaf in leaves(stripped.tree.document, stripped.provenance)
        if leaf.place[0] not in period
    }
    assert found
    assert {place: questions for place, questions in found.items() if len(questions) != 1} == {}
