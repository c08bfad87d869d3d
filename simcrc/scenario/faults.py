"""What can be wrong with a written value: one code a fault, and its words in French and English.

``fault`` makes the error that the types of ``simcrc.scenario.units`` raise; ``simcrc.scenario.problems`` says the same code
with file, line and column.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from pydantic_core import PydanticCustomError

from simcrc.scenario.french import meant
from simcrc.words import Words

WORDS: dict[str, Words] = {
    "duration": Words(
        fr="une durée avec son unité, par exemple « 20 min », « 4,5 min », « 10 jours »", en='a duration with its unit, such as "20 min", "4.5 min", "10 days"'
    ),
    "duration_unit": Words(fr="l'unité : « {example} » ?", en='the unit: "{example}"?'),
    "duration_negative": Words(fr="une durée qui n'est pas négative", en="a duration that is not negative"),
    "duration_calendar": Words(
        fr="des jours ou des semaines (un mois ou une année n'a pas de longueur fixe)", en="days or weeks (a month or a year has no fixed length)"
    ),
    "duration_long": Words(fr="au plus 100 ans", en="at most 100 years"),
    "span": Words(
        fr="une période en jours, semaines, mois ou années, par exemple « 52 semaines »", en='a period in days, weeks, months or years, such as "52 weeks"'
    ),
    "share": Words(fr="une part entre 0 et 1, ou en %, par exemple « 35 % »", en='a share between 0 and 1, or in %, such as "35 %"'),
    "whole": Words(fr="un nombre entier", en="a whole number"),
    "flag": Words(fr="true ou false", en="true or false"),
    "date": Words(fr="une date, par exemple 2006-04-03", en="a date, such as 2006-04-03"),
    "number": Words(fr="un nombre", en="a number"),
    "number_quoted": Words(fr="un nombre sans guillemets, à point décimal : {example}", en="a number without quotes, with a decimal point: {example}"),
    "negative": Words(fr="un nombre qui n'est pas négatif", en="a number that is not negative"),
    "large": Words(fr="un nombre raisonnable, au plus 10¹²", en="a reasonable number, at most 10¹²"),
    "finite": Words(fr="un nombre fini", en="a finite number"),
    "text": Words(fr="un texte, ou un texte par langue : {{fr: …, en: …}}", en="a text, or a text by language: {{fr: …, en: …}}"),
    "name": Words(fr="un nom fait de lettres, de chiffres, de _ et de -", en="a name of letters, digits, _ and -"),
    "name_reserved": Words(fr="un autre nom : « {found_name} » est un mot réservé", en='another name: "{found_name}" is a reserved word'),
    "time": Words(fr="une heure du jour, par exemple « 08:30 »", en='a time of day, such as "08:30"'),
    "time_range": Words(fr="une plage horaire, par exemple « 12:00-13:00 »", en='a time range, such as "12:00-13:00"'),
    "time_range_order": Words(fr="une plage qui finit après son début", en="a range that ends after its start"),
    "time_grid": Words(fr="une heure à la demi-heure (« 08:30 », « 09:00 »)", en='a time on the half hour ("08:30", "09:00")'),
    "time_twice": Words(fr="chaque heure une seule fois", en="each time once"),
    "weekday": Words(fr="des jours, par exemple « Mon-Fri », « Sat,Sun », « lun-ven »", en='weekdays, such as "Mon-Fri", "Sat,Sun"'),
    "weekday_overlap": Words(fr="chaque jour une seule fois : « {day} » est déjà dans « {other} »", en='each weekday once: "{day}" is already in "{other}"'),
    "day_profile": Words(fr='des valeurs par heure, par exemple {{"08:30": 10, "12:00": 6}}', en='values by time, such as {{"08:30": 10, "12:00": 6}}'),
    "hours": Words(
        fr="des heures d'ouverture, par exemple « Mon-Fri 08:30-16:30 », « 24/7 », « closed »",
        en='opening hours, such as "Mon-Fri 08:30-16:30", "24/7", "closed"',
    ),
    "hours_overlap": Words(fr="des plages qui ne se chevauchent pas ({day} {a} et {b})", en="ranges that do not overlap ({day} {a} and {b})"),
    "instant": Words(
        fr="une date, ou une date et une heure locale : « 2006-06-12 », « 2006-06-12 10:00 »",
        en='a date, or a date and a local time: "2006-06-12", "2006-06-12 10:00"',
    ),
    "strptime": Words(
        fr="une forme de date telle que « %Y-%m-%d %H:%M:%S » (codes de strptime de Python)",
        en='a form of date such as "%Y-%m-%d %H:%M:%S" (codes of strptime of Python)',
    ),
    "timezone": Words(fr="un fuseau horaire, par exemple « America/Toronto »", en='a time zone, such as "America/Toronto"'),
    "target": Words(
        fr="un indicateur, >= ou <=, et une valeur : « phone.service_level >= 80 % »", en='an indicator, >= or <=, and a value: "phone.service_level >= 80 %"'
    ),
    "one_measure": Words(fr="une seule sorte de mesure, parmi : {known}", en="one kind of measure, of: {known}"),
    "ramp": Words(
        fr="step, {{linear: 6 mois}}, {{s_curve: 1 an}} ou {{bass: {{lasts: 3 ans}}}}",
        en="step, {{linear: 6 months}}, {{s_curve: 1 year}} or {{bass: {{lasts: 3 years}}}}",
    ),
    "cases": Words(fr="des conditions, ou une liste de cas qui en écrivent", en="conditions, or a list of cases that write some"),
    "role": Words(fr="always, never, des conditions ou une liste de cas", en="always, never, conditions or a list of cases"),
    "amount": Words(
        fr="une part, une durée ou un nombre, par exemple « 88,8 % », « 7,84 s », 1.04", en='a share, a duration or a number, such as "88.8 %", "7.84 s", 1.04'
    ),
    "margin": Words(
        fr="une marge, par exemple « 2 % », « 0,2 point », « 0,5 s », 0.01, ou une liste de marges",
        en='a margin, such as "2 %", "0.2 points", "0.5 s", 0.01, or a list of margins',
    ),
    "within": Words(fr="deux bornes, la plus basse d'abord, par exemple [5 %, 60 %]", en="two bounds, the lower first, such as [5 %, 60 %]"),
    "argument": Words(
        fr="une durée, une part, un nombre, une loi, {{per_hour: 200}}, des valeurs par heure, une liste ou {{indicator: phone.abandonment_ratio}}",
        en="a duration, a share, a number, a law, {{per_hour: 200}}, values by time, a list or {{indicator: phone.abandonment_ratio}}",
    ),
    "steps": Words(fr="des heures dans l'ordre, chacune une seule fois", en="times in order, each once"),
    "path": Words(fr="le chemin relatif d'un fichier", en="the relative path of a file"),
    "path_absolute": Words(fr="un chemin relatif au dossier du scénario", en="a path relative to the scenario's folder"),
    "path_leaves": Words(fr="un fichier du dossier du scénario", en="a file inside the scenario's folder"),
}


def fault(code: str, found: object, **fields: object) -> PydanticCustomError:
    """The error `code` about the value `found`; `fields` fill the words, `suggestion` is said as "did you mean"."""
    words = WORDS[code]
    return PydanticCustomError(code, "{message}", {"message": "expected " + words.en.format(**fields), "found": found, **fields})


def nearest(name: object, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, or None: what the French word stands for, else the most alike; never `name` itself."""
    names = [candidate for candidate in known if candidate != name]
    for candidate in meant(name):
        if candidate in names:
            return candidate
    folded = {candidate.casefold(): candidate for candidate in names}
    matches = difflib.get_close_matches(str(name).casefold(), list(folded), n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


def suggestion(name: object, known: Iterable[str]) -> dict[str, Any]:
    """The nearest known name as a field of a fault or a problem: {} when nothing is near."""
    guess = nearest(name, known)
    return {"suggestion": guess} if guess else {}
