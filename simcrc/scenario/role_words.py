"""The roles of the channels in words: what each channel is for, and what is meant by simple and by needing assistance.

Made from what the scenario writes (``simcrc.scenario.roles``), so that a table of ``in_role`` says what it has counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simcrc.log import REASON_WORDS, Reason
from simcrc.words import LANGS, Lang, Words

if TYPE_CHECKING:
    from simcrc.scenario.roles import Case
    from simcrc.scenario.scenario import Scenario

ALWAYS = Words(fr="toujours", en="always")
NEVER = Words(fr="jamais", en="never")
OR, LAST = Words(fr=" ; ou ", en="; or "), Words(fr=" ou ", en=" or ")
LISTS: dict[str, tuple[Words, Words]] = {  # of one name, of several
    "services": (Words(fr="service {names}", en="service {names}"), Words(fr="services {names}", en="services {names}")),
    "segments": (Words(fr="segment {names}", en="segment {names}"), Words(fr="segments {names}", en="segments {names}")),
    "authentication": (Words(fr="authentification {names}", en="{names} authentication"),) * 2,
    "not_by": (
        Words(fr="service que n'offre pas {names}", en="service not offered by {names}"),
        Words(fr="service que n'offrent ni {names}", en="service not offered by {names}"),
    ),
    "reasons": (Words(fr="motif : {names}", en="reason: {names}"),) * 2,
}
EACH = Words(fr=", ", en=" or ")
SHARES: dict[str, Words] = {
    "complexity_up_to": Words(fr="service d'au plus {share} de besoins complexes", en="service with at most {share} complex needs"),
    "ambiguity_up_to": Words(fr="service d'au plus {share} de besoins ambigus", en="service with at most {share} ambiguous needs"),
    "skill_below": Words(fr="habileté sous {share}", en="skill below {share}"),
}
FLAGS: dict[str, tuple[Words, Words]] = {  # when false, when true
    "complex": (Words(fr="besoin qui n'est pas complexe", en="need that is not complex"), Words(fr="besoin complexe", en="complex need")),
    "ambiguous": (Words(fr="besoin qui n'est pas ambigu", en="need that is not ambiguous"), Words(fr="besoin ambigu", en="ambiguous need")),
    "online": (Words(fr="citoyen hors ligne", en="citizen off line"), Words(fr="citoyen en ligne", en="citizen on line")),
    "simple": (Words(fr="demande qui n'est pas simple", en="request that is not simple"), Words(fr="demande simple", en="simple request")),
    "needs_assistance": (Words(fr="sans besoin d'aide", en="no assistance needed"), Words(fr="besoin d'aide", en="assistance needed")),
    "self_service": (
        Words(fr="aucun libre-service pour ce service", en="no self-service for the service"),
        Words(fr="libre-service pour ce service", en="self-service for the service"),
    ),
}
AUTHENTICATION = {"none": Words(fr="aucune", en="no"), "simple": Words(fr="simple", en="simple"), "strong": Words(fr="forte", en="strong")}


def described(scenario: Scenario, channels: dict[str, dict[str, str]]) -> dict[str, Any]:
    """For the manifest: ``channels`` by channel and ``definitions`` by word (simple, needs_assistance), each in both languages; {} without roles.
    `channels`: what channels are called, by identifier and language."""
    roles = scenario.roles
    if roles is None:
        return {}
    words = {word: cases for word in ("simple", "needs_assistance") if (cases := getattr(roles, word)) is not None}
    both = {"channels": roles.channels, "definitions": words}
    return {part: {name: {lang: said(cases, scenario, channels, lang) for lang in LANGS} for name, cases in of.items()} for part, of in both.items()}


def said(cases: Sequence[Case], scenario: Scenario, channels: dict[str, dict[str, str]], lang: Lang) -> str:
    """Cases in one language."""
    if not cases:
        return NEVER.say(lang)
    return OR.say(lang).join(
        ", ".join(_condition(name, value, scenario, channels, lang) for name, value in case.written.items()) or ALWAYS.say(lang) for case in cases
    )


def _condition(name: str, value: Any, scenario: Scenario, channels: dict[str, dict[str, str]], lang: Lang) -> str:
    if name in FLAGS:
        return FLAGS[name][bool(value)].say(lang)
    if name in SHARES:
        return SHARES[name].say(lang, share=_share(value, lang))
    names = [_name(name, each, scenario, channels, lang) for each in value]
    between = EACH if name == "not_by" else LAST
    joined = between.say(lang).join(names) if len(names) < 3 or name == "not_by" else between.say(lang).join([", ".join(names[:-1]), names[-1]])
    return LISTS[name][len(names) > 1].say(lang, names=joined)


def _share(value: float, lang: Lang) -> str:
    """``12,5 %`` in French, ``12.5%`` in English."""
    number = f"{100 * value:.6g}"
    return number.replace(".", ",") + "\u00a0%" if lang == "fr" else number + "%"


def _name(condition: str, name: str, scenario: Scenario, channels: dict[str, dict[str, str]], lang: Lang) -> str:
    """What one of a list is called."""
    if condition == "reasons":
        return REASON_WORDS[Reason[name.upper()]][lang]
    if condition == "authentication":
        return AUTHENTICATION[name].say(lang)
    if condition == "not_by":
        return channels.get(name, {}).get(lang, name)
    segments = scenario.population.segments if scenario.population else {}
    part = scenario.services.get(name) if condition == "services" else segments.get(name)
    return part.name.say(lang) if part is not None and part.name is not None else name
