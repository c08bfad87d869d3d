"""Overloads and advice on the warm-up in words, as ``simcrc run`` prints them: a sentence each, nothing where there is nothing to say.

``simcrc.experiment.overload`` and ``simcrc.experiment.warmup`` find them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from simcrc.experiment.overload import Overload
from simcrc.experiment.warmup import NEEDS, Settling
from simcrc.report.numbers import decimal, writer
from simcrc.report.short import label, place
from simcrc.scenario.week import format_time
from simcrc.words import Lang, Words

Names = Mapping[str, Mapping[str, str]]
PEAKS = 3
"""Peaks shown of one station; all of them stand in overload.json."""
WEEKDAYS = Words(fr="lun mar mer jeu ven sam dim", en="Mon Tue Wed Thu Fri Sat Sun")
GROWING = Words(
    fr="Surcharge – {where} : ce qui attend grandit de {more} par semaine ; il arrive {load} de ce que le personnel peut faire ({teams}). "
    "Attentes et délais y dépendent de la durée simulée.",
    en="Overload – {where}: what waits grows by {more} a week; {load} of what the staff can do comes in ({teams}). "
    "Waits and delays there depend on the length of the run.",
)
LASTING = Words(
    fr="Surcharge – {where} : sur toute la semaine, il arrive {load} de ce que le personnel peut faire ({teams}).",
    en="Overload – {where}: over the whole week, {load} of what the staff can do comes in ({teams}).",
)
HOURS = Words(
    fr="Pointe – {where}, {when} : il arrive {load} de ce que le personnel peut faire ; {queue} en file en moyenne{end}.",
    en="Peak – {where}, {when}: {load} of what the staff can do comes in; {queue} in the queue on the mean{end}.",
)
NOT_EMPTY = Words(fr=" ; la file ne se vide pas avant la fin du service", en="; the queue does not empty before the staff leave")
MORE = Words(
    fr="{count} {count:autre pointe|autres pointes} – {where} : voir overload.json.", en="{count} more {count:peak|peaks} – {where}: see overload.json."
)
SHORT = Words(
    fr="Rodage – {what} : le rodage ({warmup}) paraît trop court ; il faudrait environ {days} (MSER-5, White 1997). "
    "Les jours en trop changent la moyenne de {moved}.",
    en="Warm-up – {what}: the warm-up ({warmup}) looks too short; about {days} are needed (MSER-5, White 1997). The days too many move the mean by {moved}.",
)
UNSETTLED = Words(
    fr="Rodage – {what} : le régime n'est pas atteint à la fin de la simulation ; allongez le rodage ({warmup}) et la période.",
    en="Warm-up – {what}: not settled by the end of the run; make the warm-up ({warmup}) and the period longer.",
)
DAYS = Words(fr="{count} {count:jour|jours}", en="{count} {count:day|days}")


def lines(found: Sequence[Overload], names: Names, lang: Lang) -> list[str]:
    """A sentence for each overload: what lasts, then the peaks of each station, the widest first."""
    out = [_lasting(each, names, lang) for each in found if each.kind != "hours"]
    grave = {each.stations for each in found if each.kind == "lasting"}
    peaks: dict[tuple[str, ...], list[Overload]] = {}
    for each in found:
        if each.kind == "hours":
            peaks.setdefault(each.stations, []).append(each)
    for stations, group in peaks.items():
        shown = 1 if stations in grave else PEAKS
        out += [_peak(each, names, lang) for each in group[:shown]]
        if len(group) > shown:
            out.append(MORE.say(lang, count=len(group) - shown, where=_where(stations, names, lang)))
    return out


def warmup_lines(found: Sequence[Settling], growing: Sequence[Overload], names: Names, lang: Lang) -> list[str]:
    """A sentence for each figure whose warm-up looks too short; what grows without end (`growing`) is said elsewhere."""
    endless = {station for each in growing if each.kind == "growing" for station in each.stations}
    out = []
    for each in found:
        if each.state in ("short", "unsettled") and each.figure.rpartition(".")[0] not in endless:
            fields = {"what": _what(each.figure, names, lang), "warmup": DAYS.say(lang, count=each.warmup)}
            fields |= {"days": DAYS.say(lang, count=each.days or 0), "moved": writer("share", 0.0, lang)(each.moved)}
            out.append((SHORT if each.state == "short" else UNSETTLED).say(lang, **fields))
    return out


def _lasting(each: Overload, names: Names, lang: Lang) -> str:
    words = GROWING if each.kind == "growing" else LASTING
    more = decimal(each.per_week or 0.0, lang, 0 if (each.per_week or 0.0) >= 10 else 1)
    teams = ", ".join(place(team, names, lang) for team in each.teams)
    return words.say(lang, where=_where(each.stations, names, lang), load=_load(each.load, lang), more=more, teams=teams)


def _peak(each: Overload, names: Names, lang: Lang) -> str:
    when = f"{weekdays(each.weekdays, lang)} {format_time(each.start or 0)}–{format_time(each.end or 0)}"
    end = "" if each.empties else NOT_EMPTY.say(lang)
    queue = decimal(each.queue or 0.0, lang, 1)
    return HOURS.say(lang, where=_where(each.stations, names, lang), when=when, load=_load(each.load, lang), queue=queue, end=end)


def weekdays(days: Sequence[int], lang: Lang) -> str:
    """``lun–ven``, ``Mon, Wed``."""
    names = WEEKDAYS.say(lang).split()
    if len(days) > 2 and all(b == a + 1 for a, b in pairwise(days)):
        return f"{names[days[0]]}–{names[days[-1]]}"
    return ", ".join(names[day] for day in days)


def _load(load: float, lang: Lang) -> str:
    return decimal(100 * load, lang, 0) + ("\u00a0%" if lang == "fr" else "%")


def _where(stations: Sequence[str], names: Names, lang: Lang) -> str:
    return " + ".join(place(station, names, lang) for station in stations)


def _what(figure: str, names: Names, lang: Lang) -> str:
    where, _, indicator = figure.rpartition(".")
    return label(figure, lang) if figure == NEEDS else f"{place(where, names, lang)}, {label(indicator, lang)}"
