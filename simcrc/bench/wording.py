"""What was found, in words: numbers with the decimals that their margin calls for, verdicts, the rows that the terminal and the page show.

``simcrc.report.numbers`` writes figures as a planner reads them, with three digits; here one must see how far a figure is from another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.bench.sequential import VERDICTS, Verdict
from simcrc.report.numbers import MINUS, NONE, UNITS, decimal, places_for
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.bench.exact import Change
    from simcrc.bench.trial import Judged, Trial

SAID: dict[Verdict, Words] = {
    "equivalent": Words(fr="équivalent", en="equivalent"),
    "different": Words(fr="différent", en="different"),
    "inconclusive": Words(fr="indécis", en="inconclusive"),
}
COUNTED: dict[Verdict, tuple[Words, Words]] = {
    "equivalent": (Words(fr="{n} équivalente", en="{n} equivalent"), Words(fr="{n} équivalentes", en="{n} equivalent")),
    "different": (Words(fr="{n} différente", en="{n} different"), Words(fr="{n} différentes", en="{n} different")),
    "inconclusive": (Words(fr="{n} indécise", en="{n} inconclusive"), Words(fr="{n} indécises", en="{n} inconclusive")),
}
LINE = Words(fr="Ligne", en="Line")
EXPECTED = Words(fr="Attendu", en="Expected")
MEASURED = Words(fr="Simulé", en="Simulated")
INTERVAL = Words(fr="Intervalle", en="Interval")
MARGIN = Words(fr="Marge", en="Margin")
VERDICT = Words(fr="Verdict", en="Verdict")
REPLICATIONS = Words(fr="Réplications", en="Replications")
COLUMNS = (LINE, EXPECTED, MEASURED, INTERVAL, MARGIN, VERDICT, REPLICATIONS)
LAWS = Words(fr="lois de toute simulation ({names})", en="laws of any run ({names})")
LAW: dict[str, Words] = {"little": Words(fr="Little × {n}", en="Little × {n}"), "conservation": Words(fr="conservation × {n}", en="conservation × {n}")}
TO = Words(fr="{low} à {high}", en="{low} to {high}")
CHANGED = Words(
    fr="{name} : {old} → {new}{relative} (réplication {number} ; {moved} sur {of} changent)",
    en="{name}: {old} → {new}{relative} (replication {number}; {moved} of {of} changed)",
)
GONE = Words(fr="absent", en="absent")
PER = {
    "second": Words(fr="s", en="s"),
    "minute": Words(fr="min", en="min"),
    "hour": Words(fr="h", en="h"),
    "day": Words(fr="jour", en="day"),
    "need": Words(fr="besoin", en="need"),
    "contact": Words(fr="contact", en="contact"),
}
POINTS = Words(fr="point", en="point")
BOUNDS = {"at_least": "≥\u00a0", "at_most": "≤\u00a0"}
CLOSE = 6
"""Significant digits with which two figures must differ, else all their digits are shown."""


@dataclass(frozen=True)
class Row:
    """A line as it is read: cells by ``COLUMNS``; `source` for the page."""

    cells: tuple[str, ...]
    verdict: Verdict
    source: str = ""


def number(value: float, unit: str, margin: float, lang: Lang, bare: bool = False) -> str:
    """`value`, in `unit`, with the decimals that show `margin` with three digits (six digits of the value where there is no margin); `bare`: the unit is left
    out, unless it is a percentage."""
    if not math.isfinite(value):
        return NONE
    scale = 100.0 if unit == "share" else 1.0
    seen = scale * (margin if margin > 1e-9 * abs(value) else 0.0)
    places = min(8, places_for(seen, 3) if seen and math.isfinite(seen) else places_for(scale * value, 6))
    return decimal(scale * value, lang, places) + ("" if bare and unit != "share" else _after(unit, lang))


def margin(judged: Judged, lang: Lang) -> str:
    """The margin of a line: in points for a share."""
    value, unit = judged.margin, judged.line.unit
    if not math.isfinite(value):
        return NONE
    if unit == "share":
        return f"±\u00a0{decimal(100 * value, lang, min(8, places_for(100 * value, 2)))}\u00a0{POINTS.say(lang)}{'s' if 100 * value >= 2 else ''}"
    return f"±\u00a0{decimal(value, lang, min(8, places_for(value, 2)))}{_after(unit, lang)}"


def percent(lang: Lang) -> str:
    """The sign after a percentage."""
    return "\u00a0%" if lang == "fr" else "%"


def _after(unit: str, lang: Lang) -> str:
    """A unit after its number: `` min``, ``/h``, nothing for a count."""
    if unit == "share":
        return percent(lang)
    what, _, per = unit.partition("/")
    said = "" if what in ("count", "contacts", "score") else UNITS[what].say(lang) if what in UNITS else what
    below = f"/{PER[per].say(lang) if per in PER else per}" if per else ""
    return f"\u00a0{said}{below}" if said or below else ""


def rows(trial: Trial, lang: Lang) -> list[Row]:
    """The lines of a benchmark; the laws that hold, which every benchmark has, in one row."""
    judged = [trial.judged[line.name] for line in trial.lines]
    shown = [one for one in judged if one.line.kind in ("published", "theory") or one.verdict != "equivalent"]
    laws = [one for one in judged if one not in shown]
    return [*(row(one, lang) for one in shown), *([_laws(laws, lang)] if laws else [])]


def row(judged: Judged, lang: Lang) -> Row:
    """One line.  The interval is that of the difference, around the expected figure: what is random in the expected figure is counted in it."""
    line, found = judged.line, judged.evaluation
    said = SAID[judged.verdict].say(lang)
    if found is None:
        said = f"{said} ({judged.error.say(lang)})" if judged.error else said
        return Row((line.name, NONE, NONE, NONE, NONE, said, NONE), judged.verdict, source(judged, lang))
    fine = judged.margin if math.isfinite(judged.margin) else found.half_width
    expected, measured = (number(value, line.unit, fine, lang) for value in (found.expected, found.measured))
    expected = BOUNDS.get(line.bound, "") + expected
    ends = (found.expected + found.difference_low, found.expected + found.difference_high)
    low, high = (number(end, line.unit, fine, lang, bare=True) for end in ends)
    interval = TO.say(lang, low=low, high=high)
    return Row((line.name, expected, measured, interval, margin(judged, lang), said, str(found.replications)), judged.verdict, source(judged, lang))


def _laws(judged: Sequence[Judged], lang: Lang) -> Row:
    counts = {kind: sum(one.line.kind == kind for one in judged) for kind in LAW}
    names = ", ".join(LAW[kind].say(lang, n=count) for kind, count in counts.items() if count)
    most = max(one.evaluation.replications for one in judged if one.evaluation is not None)
    return Row((LAWS.say(lang, names=names), "", "", "", "", SAID["equivalent"].say(lang), str(most)), "equivalent")


def source(judged: Judged, lang: Lang) -> str:
    """Where the expected figure comes from: the function of theory, what the scenario says, or the law."""
    line = judged.line
    said = [line.source.say(lang) if line.source else "", line.note.say(lang) if line.note and not line.formula and not line.source else ""]
    return " – ".join(part for part in (f"`{line.formula}`" if line.formula else "", *said) if part)


def counted(verdicts: Sequence[Verdict], lang: Lang) -> str:
    """How many lines have each verdict: ``12 équivalentes, 1 indécise``."""
    parts = []
    for verdict in VERDICTS:
        count = verdicts.count(verdict)
        if count or verdict == "equivalent":
            one, many = COUNTED[verdict]
            plural = count > 1 if lang == "fr" else count != 1
            parts.append((many if plural else one).say(lang, n=count))
    return ", ".join(parts)


def change(found: Change, lang: Lang) -> str:
    """A stored figure that moved: old → new, relative change."""
    short = [GONE.say(lang) if value is None else f"{value:.{CLOSE}g}" for value in (found.old, found.new)]
    if short[0] == short[1]:
        short = [GONE.say(lang) if value is None else repr(value) for value in (found.old, found.new)]
    relative = found.relative
    by = "" if relative is None else f", {100 * relative:+.3g}\u00a0%".replace("-", MINUS)
    old, new = (text.replace(".", ",") if lang == "fr" else text for text in short)
    said = by.replace(".", ",") if lang == "fr" else by
    return CHANGED.say(lang, name=found.name, old=old, new=new, relative=said, number=found.replication, moved=found.moved, of=found.of)


def duration(seconds: float, lang: Lang) -> str:
    """A duration on the clock of whoever waits: ``12 s``, ``5 min 40 s``."""
    if seconds < 60:
        return f"{decimal(seconds, lang, 1)}\u00a0s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}\u00a0min {rest:02d}\u00a0s"
