"""What must be known before any figure is read: a partial run, an overload, a warm-up that looks too short, arms that are not paired, one replication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.pages.blocks import isolated
from simcrc.report import overload
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.folders import Opened, Origin

PARTIAL = Words(fr="Résultats partiels", en="Partial results")
DONE = Words(
    fr="La simulation a été interrompue : {done} {done:réplication|réplications} sur {asked}. Les intervalles sont plus larges que demandé.",
    en="The run was interrupted: {done} of {asked} {asked:replication|replications}. Intervals are wider than was asked.",
)
OVERLOADED = Words(fr="Surcharge", en="Overload")
PEAKS = Words(fr="Surcharge à certaines heures", en="Overload at some hours")
WARMUP = Words(fr="Rodage non concluant", en="Warm-up inconclusive")
MORE = Words(fr="… et {count} {count:autre|autres}.", en="… and {count} more.")
UNJUDGED = Words(
    fr="La simulation est trop courte pour juger si le rodage suffit ({count} {count:série|séries} sur {all}).",
    en="The run is too short to tell whether the warm-up is long enough ({count} of {all} series).",
)
UNPAIRED = Words(fr="Simulations non appariées", en="Runs not paired")
NOT_PAIRED = Words(
    fr="Période, germe ou réplications diffèrent : les écarts à la base ne sont pas calculés.",
    en="Period, seed or replications differ: differences to the base are not computed.",
)
ALONE = Words(fr="Une seule réplication", en="A single replication")
NO_INTERVAL = Words(
    fr="Sans intervalle, on ne sait pas ce qui tient au hasard : simulez au moins 10 réplications (-r 10).",
    en="Without intervals nobody knows what is due to chance: run at least 10 replications (-r 10).",
)
MOST = 4
"""Sentences of one kind that a banner shows; all stand in overload.json and warmup.json."""


@dataclass(frozen=True)
class Banner:
    """A warning.  `kind`: partial, overload, warmup, note."""

    kind: str
    title: str
    lines: tuple[str, ...]


def banners(opened: Opened, lang: Lang) -> list[Banner]:
    """Those that there is reason for, the gravest first."""
    found = []
    arms = {arm.name: arm for arm in opened.subject.arms}
    several = len(arms) > 1
    said = {name: _of(origin, arms[name].words, lang) for name, origin in opened.origins.items()}
    for kind, title in (("partial", PARTIAL), ("growing", OVERLOADED), ("hours", PEAKS), ("warmup", WARMUP)):
        who: dict[str, list[str]] = {}
        for name, kinds in said.items():
            for line in kinds[kind]:
                who.setdefault(line, []).append(isolated(arms[name].title.say(lang)))
        colon = " : " if lang == "fr" else ": "
        lines = [line if len(names) == len(arms) else f"{', '.join(names)}{colon}{line}" for line, names in who.items()]
        if lines:
            found.append(Banner("overload" if kind == "growing" else kind, title.say(lang), _first(lines, lang)))
    if not opened.subject.paired and several:
        found.append(Banner("note", UNPAIRED.say(lang), (NOT_PAIRED.say(lang),)))
    if all(len(arm.numbers) == 1 for arm in arms.values()):
        found.append(Banner("note", ALONE.say(lang), (NO_INTERVAL.say(lang),)))
    return found


def _of(origin: Origin, words: Mapping[str, Mapping[str, str]], lang: Lang) -> dict[str, list[str]]:
    lasting = [each for each in origin.overload if each.kind != "hours"]
    peaks = [each for each in origin.overload if each.kind == "hours"]
    warm = overload.warmup_lines(origin.warmup, origin.overload, words, lang)
    doubtful = [each for each in origin.warmup if each.state == "unjudged"]
    if doubtful and len(doubtful) == len(origin.warmup):
        warm = [*warm, UNJUDGED.say(lang, count=len(doubtful), all=len(origin.warmup))]
    return {
        "partial": [DONE.say(lang, done=len(origin.numbers), asked=origin.asked)] if origin.partial else [],
        "growing": overload.lines(lasting, words, lang),
        "hours": overload.lines(peaks, words, lang),
        "warmup": warm,
    }


def _first(lines: list[str], lang: Lang) -> tuple[str, ...]:
    return tuple(lines if len(lines) <= MOST + 1 else [*lines[:MOST], MORE.say(lang, count=len(lines) - MOST)])
