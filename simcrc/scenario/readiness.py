"""Readiness: fourteen questions to an organisation that wants its clientele to migrate, and its graded answers.

The questions and the answers of six organisations are those of Annexe I of Lemire, « Préalables à la migration des clientèles dans une prestation de
services multimode » (CEGO, 2009).  Each question names the parameters of a scenario that hang on it: what an organisation that cannot
answer yes has to assume or to borrow.  ``simcrc.report.readiness`` puts the two together, ``simcrc readiness`` prints them.

Patterns are dotted paths: ``*`` is any one name, ``**`` any rest (or none), ``{web,ivr}`` the channels of these kinds and ``{not web,ivr}`` all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticKnownError

from simcrc.scenario.base import Spec
from simcrc.scenario.units import Text
from simcrc.words import Words

QuestionId = Literal[
    "current_services",
    "vision",
    "strategy",
    "work_organisation",
    "change_management",
    "profile",
    "profile_by_channel",
    "self_service",
    "satisfaction_self_service",
    "satisfaction_other",
    "channels",
    "journey",
    "costs",
    "durations",
]
Grade = Literal["yes", "nothing_written", "in_part", "under_way", "not_applicable", "no"]
"""How a question is answered; an answer may have two grades, as in « oui, en partie, mais rien d'écrit encore »."""

GRADES: tuple[Grade, ...] = get_args(Grade)
GRADE_WORDS: dict[Grade, Words] = {
    "yes": Words(fr="oui", en="yes"),
    "nothing_written": Words(fr="oui, mais rien d'écrit encore", en="yes, but nothing written yet"),
    "in_part": Words(fr="en partie", en="in part"),
    "under_way": Words(fr="projet en cours", en="project under way"),
    "not_applicable": Words(fr="non applicable", en="not applicable"),
    "no": Words(fr="non", en="no"),
}


def _one_or_two(grades: tuple[Grade, ...]) -> tuple[Grade, ...]:
    # after the grades are read, so that a wrong one is said once
    if not grades:
        raise PydanticKnownError("too_short", {"field_type": "Tuple", "min_length": 1, "actual_length": 0})
    if len(grades) > 2:
        raise PydanticKnownError("too_long", {"field_type": "Tuple", "max_length": 2, "actual_length": len(grades)})
    return grades


class Answer(Spec):
    """`answer`: one grade, or two that qualify each other.  `words`: how the organisation put it, where that says more than the grade."""

    answer: Annotated[tuple[Grade, ...], AfterValidator(_one_or_two)]
    words: Text | None = None

    @property
    def is_yes(self) -> bool:
        """Yes, without reserve?"""
        return self.answer == ("yes",)

    @property
    def said(self) -> Words:
        """The answer in words."""
        if self.words is not None:
            return self.words
        return Words(*(", ".join(GRADE_WORDS[grade].say(lang) for grade in self.answer) for lang in ("fr", "en")))


def _answer(value: Any) -> Any:
    if isinstance(value, str):
        return {"answer": [value]}
    if isinstance(value, list | tuple):
        return {"answer": list(value)}
    if isinstance(value, Mapping) and isinstance(value.get("answer"), str):
        return {**value, "answer": [value["answer"]]}
    return value


_GRADE: dict[str, Any] = {"enum": list(GRADES)}
_GRADES: dict[str, Any] = {"anyOf": [_GRADE, {"type": "array", "items": _GRADE, "minItems": 1, "maxItems": 2}]}
_TEXT: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "object", "properties": {"fr": {"type": "string"}, "en": {"type": "string"}}}]}
_WRITTEN: dict[str, Any] = {
    "anyOf": [
        *_GRADES["anyOf"],
        {
            "type": "object",
            "properties": {"answer": _GRADES, "words": _TEXT, "source": _TEXT, "note": _TEXT},
            "required": ["answer"],
            "additionalProperties": False,
        },
    ],
    "description": "the answer to one of the fourteen questions of readiness",
}

Readiness = dict[QuestionId, Annotated[Answer, BeforeValidator(_answer), WithJsonSchema(_WRITTEN)]]
"""The answers by question; a question may be left out."""


@dataclass(frozen=True)
class Question:
    """One of the fourteen: its number in Annexe I, its words, and the parameters that hang on it."""

    number: int
    id: QuestionId
    words: Words
    hangs: tuple[str, ...]


QUESTIONS: tuple[Question, ...] = (
    Question(
        1,
        "current_services",
        Words(
            fr="L'organisation a documenté sa prestation de services actuelle.",
            en="The organisation has documented how it renders its services today.",
        ),
        (
            "services.*.volume.**",
            "services.*.complexity",
            "services.*.ambiguity",
            "services.*.standard",
            "services.*.priority",
            "services.*.asks.**",
            "services.*.authentication",
            "profiles.**",
            "surges.**",
            "replay.**",
            "channels.*.hours.**",
            "channels.*.holidays",
            "channels.*.offers.**",
        ),
    ),
    Question(
        2,
        "vision",
        Words(
            fr="L'organisation a rédigé la vision de sa prestation de services à long terme.",
            en="The organisation has written down how it sees its services in the long run.",
        ),
        ("policies.*.objectives.**", "targets.**", "channels.*.service_level.**"),
    ),
    Question(
        3,
        "strategy",
        Words(
            fr=(
                "L'organisation s'est donné des orientations, directives ou stratégies pour inciter sa clientèle à utiliser les modes de "
                "prestation les plus efficaces."
            ),
            en="The organisation has given itself orientations, directives or strategies to lead its clientele to the most effective channels.",
        ),
        ("policies.*.measures.**", "policies.*.cost.**", "choice.odds.**", "choice.opened.**", "choice.guided.**"),
    ),
    Question(
        4,
        "work_organisation",
        Words(
            fr="L'organisation a documenté les changements qui concernent l'organisation du travail en lien avec la migration des clientèles.",
            en="The organisation has documented what migration changes in the organisation of work.",
        ),
        (
            "teams.*.serves.**",
            "teams.*.skills.**",
            "teams.*.schedule.**",
            "teams.*.shrinkage",
            "teams.*.breaks.**",
            "teams.*.absence",
            "routing.**",
            "silos.rekeyed.**",
            "channels.*.transfer.**",
        ),
    ),
    Question(
        5,
        "change_management",
        Words(
            fr="L'organisation a documenté de quelle façon se fait ou se fera la gestion du changement.",
            en="The organisation has documented how change is or will be managed.",
        ),
        ("reluctance.**",),
    ),
    Question(
        6,
        "profile",
        Words(fr="L'organisation a sondé sa clientèle pour connaître son profil.", en="The organisation has surveyed its clientele to know its profile."),
        (
            "population.size",
            "population.language.**",
            "population.segments.*.share",
            "population.segments.*.access",
            "population.segments.*.skill",
            "population.segments.*.needs",
            "population.segments.*.language.**",
            "population.segments.*.priority",
            "services.*.needs.**",
            "privacy.**",
        ),
    ),
    Question(
        7,
        "profile_by_channel",
        Words(
            fr="L'organisation a sondé sa clientèle pour connaître son profil pour chacun des modes.",
            en="The organisation has surveyed its clientele to know its profile on each channel.",
        ),
        ("choice.first.**", "population.memory.**"),
    ),
    Question(
        8,
        "self_service",
        Words(
            fr="L'organisation offre un ou des services transactionnels en libre-service.",
            en="The organisation offers one or more transactional services in self-service.",
        ),
        (
            "channels.{web,ivr}.completion.**",
            "channels.{web,ivr}.resolution.**",
            "channels.{web,ivr}.complex.**",
            "channels.{web,ivr}.opt_out.**",
            "channels.{web,ivr}.duration.**",
            "channels.{web,ivr}.opt_out_after.**",
        ),
    ),
    Question(
        9,
        "satisfaction_self_service",
        Words(
            fr="L'organisation a sondé ses clients pour connaître leur satisfaction quant à l'utilisation des libres-services.",
            en="The organisation has surveyed its clients' satisfaction with self-service.",
        ),
        ("satisfaction.channel.{web,ivr}",),
    ),
    Question(
        10,
        "satisfaction_other",
        Words(
            fr="L'organisation a sondé ses clients pour connaître leur satisfaction quant à l'utilisation des modes qui ne sont pas en libre-service.",
            en="The organisation has surveyed its clients' satisfaction with the channels that are not self-service.",
        ),
        (
            "satisfaction.channel.{not web,ivr}",
            "satisfaction.wait_half",
            "satisfaction.per_extra_contact",
            "satisfaction.unresolved",
            "channels.*.patience.**",
            "channels.*.balking",
            "population.patience.**",
            "population.segments.*.patience.**",
            "population.segments.*.head_start",
        ),
    ),
    Question(
        11,
        "channels",
        Words(
            fr="L'organisation a documenté ses modes de prestation avec leurs forces et leurs limites.",
            en="The organisation has documented its channels with their strengths and limits.",
        ),
        (
            "channels.{not web,ivr}.resolution.**",
            "channels.{not web,ivr}.complex.**",
            "channels.*.lines",
            "channels.*.ports",
            "channels.*.waiting_places",
            "channels.*.sites.**",
            "channels.*.outages.**",
            "channels.*.when_closed.**",
            "channels.*.incomplete.**",
            "channels.*.correction.**",
            "channels.*.lost",
            "channels.*.transport.**",
            "channels.*.reply.**",
            "channels.*.standard.**",
        ),
    ),
    Question(
        12,
        "journey",
        Words(
            fr="L'organisation a documenté le parcours des clients et la complémentarité des canaux.",
            en="The organisation has documented the journey of its clients and how its channels complete one another.",
        ),
        (
            "choice.next.**",
            "choice.chase.**",
            "choice.verify.**",
            "choice.induced.**",
            "choice.max_contacts",
            "silos.inconsistent.**",
            "silos.to.**",
            "silos.after.**",
        ),
    ),
    Question(
        13,
        "costs",
        Words(fr="L'organisation tient un rapport du coût de ses services.", en="The organisation keeps a record of what its services cost."),
        ("channels.*.cost.**", "teams.*.cost_per_hour", "costs.**"),
    ),
    Question(
        14,
        "durations",
        Words(
            fr="L'organisation tient un rapport de la durée moyenne du traitement des différents services qu'elle offre.",
            en="The organisation keeps a record of how long it takes on average to handle each of its services.",
        ),
        (
            "channels.*.handle_time.**",
            "channels.*.wrap_up.**",
            "channels.*.steps.**",
            "teams.*.not_ready.**",
            "teams.*.not_ready_waiting.**",
            "silos.rekeying.**",
        ),
    ),
)
