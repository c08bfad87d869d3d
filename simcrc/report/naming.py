"""What figures are called in tables for people: ``phone.contacts_per_need [segment=users]`` is « Contacts par besoin (téléphone), segment Usagers ».

The names that one types are in ``simcrc.experiment.naming``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.report.short import label, place
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.scenario import Scenario
    from simcrc.scenario.arguments import Which

AT = Words(fr="{label} ({place})", en="{label} ({place})")
PARTS = {
    "service": Words(fr="service {name}", en="service {name}"),
    "segment": Words(fr="segment {name}", en="segment {name}"),
    "reason": Words(fr="motif {name}", en="reason {name}"),
    "period": Words(fr="{name}", en="{name}"),
    "per": Words(fr="par {name}", en="per {name}"),
}
PER = {
    "second": Words(fr="seconde", en="second"),
    "minute": Words(fr="minute", en="minute"),
    "hour": Words(fr="heure", en="hour"),
    "day": Words(fr="jour", en="day"),
}
CHANGES = {
    "relative": Words(fr="changement relatif à la base", en="change relative to the base"),
    "absolute": Words(fr="changement par rapport à la base", en="change from the base"),
}
ARMS = {"base": Words(fr="dans la base", en="in the base"), "policy": Words(fr="sous la politique", en="under the policy")}


def called(indicator: str, scenario: Scenario, lang: Lang) -> str:
    """An indicator with its place, ``phone.asa``, in words."""
    from simcrc.experiment.headlines import words_of

    where, _, short = indicator.rpartition(".")
    return AT.say(lang, label=label(short, lang), place=place(where, words_of(scenario), lang)) if where else label(short, lang)


def figure(which: Which, scenario: Scenario, lang: Lang) -> str:
    """An indicator and the part of it that is meant, in words."""
    said = [called(which.indicator, scenario, lang)]
    said += [PARTS[part].say(lang, name=_name(part, value, scenario, lang)) for part in PARTS if (value := getattr(which, part)) is not None]
    said += [CHANGES[which.change].say(lang)] if which.change else []
    said += [ARMS[which.arm].say(lang)] if which.arm else []
    return ", ".join(said)


def _name(part: str, value: str, scenario: Scenario, lang: Lang) -> str:
    """What a service, a segment or a reason is called."""
    from simcrc.log import REASON_WORDS, Reason

    if part == "reason":
        return REASON_WORDS[Reason[value.upper()]][lang] if value.upper() in Reason.__members__ else value
    if part == "per":
        return PER[value].say(lang) if value in PER else value
    known = scenario.services if part == "service" else scenario.population.segments if part == "segment" and scenario.population else {}
    spec = known.get(value)
    return value if spec is None or spec.name is None else spec.name.say(lang)
