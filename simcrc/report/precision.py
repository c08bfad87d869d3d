"""The precision that was asked and what was reached, in words: a table with one row a figure, and what it would take where it was not reached.

``simcrc.experiment.precision`` finds it, ``Results.precision`` has it; ``simcrc run`` prints this.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from simcrc.experiment.precision import Reached, Why
from simcrc.report.numbers import NONE, SECONDS, UNITS, decimal, places_for, points, writer
from simcrc.report.plain import Table, render
from simcrc.report.short import TO, label, place
from simcrc.words import Lang, Words

TITLE = Words(fr="Précision demandée", en="Precision asked")
COLUMNS = (
    Words(fr="Indicateur", en="Indicator"),
    Words(fr="Où", en="Where"),
    Words(fr="Moyenne", en="Mean"),
    Words(fr="Intervalle", en="Interval"),
    Words(fr="Demandée", en="Asked"),
    Words(fr="Obtenue", en="Reached"),
    Words(fr="Atteinte", en="Met"),
)
YES, NO = Words(fr="oui", en="yes"), Words(fr="non", en="no")
PLUS_MINUS = "±\u00a0{width}"
LEVELS = Words(
    fr="Intervalles élargis pour les regards répétés{several}, valides ensemble à 95 % ; ceux des autres tableaux, à 95 % chacun, ne le sont pas.",
    en="Intervals widened for repeated looks{several}, which hold together at 95%; those of the other tables, at 95% each, are not.",
)
SEVERAL = Words(fr=" et pour {count} indicateurs", en=" and for {count} indicators")
DONE = Words(fr="Précision atteinte après {count} réplications.", en="Precision reached after {count} replications.")
NOT_DONE = Words(
    fr="Précision NON atteinte après {count} réplications, le plus qui était permis (--max-reps).",
    en="Precision NOT reached after {count} replications, the most that were allowed (--max-reps).",
)
WHY: dict[Why, Words] = {
    "none": Words(
        fr="{name} : cette valeur n'existe dans aucune réplication (rien à compter) ; aucune précision n'est possible.",
        en="{name}: the figure does not exist in any replication (nothing to count); no precision is possible.",
    ),
    "interval": Words(
        fr="{name} : cette valeur existe dans trop peu de réplications pour avoir un intervalle ; allongez la période simulée.",
        en="{name}: the figure exists in too few replications to have an interval; simulate a longer period.",
    ),
    "zero": Words(
        fr="{name} : la valeur est autour de 0 ({mean}), où une précision en % n'a pas de sens ; demandez-la dans son unité, par exemple {name}={example}.",
        en="{name}: the figure is around 0 ({mean}), where a precision in % means nothing; ask for it in its unit, such as {name}={example}.",
    ),
    "wide": Words(
        fr="{name} : ±\u00a0{half} obtenu, ±\u00a0{wanted} demandé ; il faudrait environ {needed} réplications.",
        en="{name}: ±\u00a0{half} reached, ±\u00a0{wanted} asked; it would take about {needed} replications.",
    ),
}


def lines(found: Sequence[Reached], looked: int, names: Mapping[str, Mapping[str, str]], lang: Lang) -> str:
    """What was asked and reached, with a sentence for each figure that was not; `looked`: at how many looks at most."""
    table = Table(TITLE.say(lang), [column.say(lang) for column in COLUMNS], [_row(each, names, lang) for each in found], left=2)
    notes = []
    if looked > 1:
        notes.append(LEVELS.say(lang, several=SEVERAL.say(lang, count=len(found)) if len(found) > 1 else ""))
    all_reached = all(each.reached for each in found)
    notes.append((DONE if all_reached else NOT_DONE).say(lang, count=decimal(found[0].replications, lang, 0)))
    notes += [sentence(each, lang) for each in found if not each.reached]
    table.notes = notes
    return render(table)


def sentence(each: Reached, lang: Lang) -> str:
    """Why a precision was not reached, and what it would take."""
    if each.why is None:
        return ""
    write = writer(each.unit, each.mean or 0.0, lang)
    return WHY[each.why].say(
        lang,
        name=each.figure,
        mean=write(each.mean),
        half=_width(each, each.half_width, lang),
        wanted=_asked(each, lang),
        needed=decimal(rounded(each.needed or 0), lang, 0),
        example=_example(each),
    )


def rounded(count: int) -> int:
    """A number of replications that is only guessed: two significant digits, upwards."""
    step = int(10 ** max(0, len(str(count)) - 2))
    return math.ceil(count / step) * step


def _row(each: Reached, names: Mapping[str, Mapping[str, str]], lang: Lang) -> list[str]:
    where, _, indicator = each.figure.rpartition(".")
    write = writer(each.unit, each.mean or 0.0, lang)
    interval = NONE if each.low is None else TO.say(lang, low=write(each.low), high=write(each.high))
    asked = PLUS_MINUS.format(width=_asked(each, lang))
    half = NONE if each.half_width is None else PLUS_MINUS.format(width=_width(each, each.half_width, lang))
    return [label(indicator, lang), place(where or None, names, lang), write(each.mean), interval, asked, half, (YES if each.reached else NO).say(lang)]


def _asked(each: Reached, lang: Lang) -> str:
    if each.share is not None:
        return writer("share", each.share, lang)(each.share)
    return _width(each, each.wanted, lang)


def _width(each: Reached, width: float | None, lang: Lang) -> str:
    """A half-width as it was asked: as a share of the figure, or in its unit (a share in points)."""
    if width is None:
        return NONE
    if each.share is not None and each.mean:
        return writer("share", 0.0, lang)(width / abs(each.mean))
    if each.unit == "share":
        return points(width, lang, 2)
    if each.unit in SECONDS:
        return writer(each.unit, width, lang)(width)
    after = f"\u00a0{UNITS[each.unit].say(lang)}" if each.unit in UNITS else ""
    return decimal(width, lang, min(6, places_for(width))) + after


def _example(each: Reached) -> str:
    """A half-width in the unit of the figure that it could have."""
    size = each.half_width or 0.01
    if each.unit == "share":
        return f"{max(0.1, 100 * size):.2g}pts"
    return f"{size:.2g}"
