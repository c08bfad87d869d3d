"""Every number of the scenarios that is not measured – assumed, borrowed or calibrated – with its value, its range and its source; and how many say nothing.

Numbers that stand under one word of provenance are one row; what a policy brings is listed under its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcrc.experiment.unknowns import Leaf, leaves, plain
from simcrc.pages.blocks import Block, Section, details, isolated, rows, text
from simcrc.report.numbers import decimal
from simcrc.report.values import Values
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.folders import Opened
    from simcrc.scenario import Loaded

TITLE = Words(fr="Hypothèses", en="Assumptions")
LEAD = Words(
    fr="Sur {all} nombres du scénario, {measured} {measured:est mesuré|sont mesurés}, {assumed} {assumed:est supposé|sont supposés}, "
    "{borrowed} {borrowed:est emprunté|sont empruntés} ailleurs, {calibrated} {calibrated:est calé|sont calés} et {unsaid} ne "
    "{unsaid:dit|disent} pas d'où {unsaid:il vient|ils viennent}.",
    en="Of {all} numbers of the scenario {measured} {measured:is|are} measured, {assumed} {assumed:is|are} assumed, {borrowed} {borrowed:is|are} borrowed "
    "from elsewhere, {calibrated} {calibrated:is|are} calibrated and {unsaid} {unsaid:does|do} not say where {unsaid:it comes|they come} from.",
)
ADDED = Words(
    fr="« {name} » ajoute ou change {count} {count:nombre|nombres} qui ne {count:est pas mesuré|sont pas mesurés}.",
    en="“{name}” adds or changes {count} {count:number|numbers} that {count:is|are} not measured.",
)
SHOW = {
    "assumed": Words(fr="Supposés ({count})", en="Assumed ({count})"),
    "borrowed": Words(fr="Empruntés ({count})", en="Borrowed ({count})"),
    "calibrated": Words(fr="Calés ({count})", en="Calibrated ({count})"),
    "unsaid": Words(fr="Sans origine dite ({count})", en="Of no stated origin ({count})"),
}
OF_POLICY = Words(fr="{name} : {title}", en="{name}: {title}")
COLUMNS = (
    Words(fr="Où dans le scénario", en="Where in the scenario"),
    Words(fr="Valeur", en="Value"),
    Words(fr="Plage", en="Range"),
    Words(fr="Source et remarque", en="Source and note"),
)
NO_SOURCE = Words(fr="sans source", en="no source")
SHOWN = 400
"""Rows of a table; the scenario in the folder holds all."""
LEFT = Words(fr="… et {count} autres lignes : voir le scénario.", en="… and {count} more rows: see the scenario.")


@dataclass(frozen=True)
class Row:
    """Numbers under one word of provenance."""

    state: str
    leaves: tuple[Leaf, ...]


class Assumptions:
    """The numbers of all arms, looked at once for both languages."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.found: dict[str, tuple[Loaded, list[Leaf]]] = {}
        known: set[tuple[Any, str]] = set()
        for name, origin in opened.origins.items():
            stripped = plain(origin.loaded)
            new = [leaf for leaf in leaves(stripped.tree.document, stripped.provenance) if (leaf.place, repr(leaf.value)) not in known]
            known |= {(leaf.place, repr(leaf.value)) for leaf in new}
            self.found[name] = (origin.loaded, new)

    def section(self, lang: Lang) -> Section:
        """The part of the report."""
        blocks: list[Block] = []
        for arm in self.opened.subject.arms:
            loaded, new = self.found[arm.name]
            counts = dict.fromkeys(("measured", *SHOW), 0)
            for leaf in new:
                counts[_state(leaf)] += 1
            title = isolated(arm.title.say(lang))
            if arm is self.opened.subject.base:
                blocks.append(text(LEAD.say(lang, all=decimal(len(new), lang, 0), **{state: decimal(count, lang, 0) for state, count in counts.items()})))
            elif len(new) > counts["measured"]:
                blocks.append(text(ADDED.say(lang, name=title, count=len(new) - counts["measured"])))
            prefix = "" if arm is self.opened.subject.base else title
            blocks += self._tables(loaded, new, prefix, lang)
        return Section("assumptions", TITLE.say(lang), tuple(blocks))

    def _tables(self, loaded: Loaded, new: list[Leaf], name: str, lang: Lang) -> Iterator[Block]:
        values = Values(loaded, lang)
        for state, words in SHOW.items():
            own = [row for row in _rows(new) if row.state == state]
            if not own:
                continue
            title = words.say(lang, count=decimal(sum(len(row.leaves) for row in own), lang, 0))
            cells = [_cells(row, values) for row in own[:SHOWN]]
            inner = [rows(title, [column.say(lang) for column in COLUMNS], cells)]
            inner += [text(LEFT.say(lang, count=decimal(len(own) - SHOWN, lang, 0)))] if len(own) > SHOWN else []
            yield details(OF_POLICY.say(lang, name=name, title=title) if name else title, *inner)


def _state(leaf: Leaf) -> str:
    status = None if leaf.said is None else leaf.said.status
    return str(status) if status in ("measured", "assumed", "borrowed", "calibrated") else "unsaid"


def _rows(found: list[Leaf]) -> list[Row]:
    """By word of provenance; what says nothing by its section and the next name."""
    grouped: dict[tuple[str, tuple[Any, ...], Any], list[Leaf]] = {}
    for leaf in found:
        state = _state(leaf)
        under = leaf.under if leaf.under and state != "unsaid" else leaf.place[:2]
        bounds = None if leaf.said is None else leaf.said.range
        grouped.setdefault((state, under, str(bounds) if not isinstance(bounds, str) else bounds), []).append(leaf)
    return [Row(state, tuple(group)) for (state, _, _), group in grouped.items()]


def _cells(row: Row, values: Values) -> tuple[str, str, str, str]:
    first = row.leaves[0]
    where = ".".join(map(str, first.place if len(row.leaves) == 1 else _shared(row.leaves)))
    said = first.said
    bounds = "" if said is None or said.range is None else values.range(said.range, first.place)
    return where, _written(row.leaves, values), bounds, _source(row, values.lang)


def _shared(found: tuple[Leaf, ...]) -> tuple[Any, ...]:
    places = [leaf.place for leaf in found]
    length = 0
    while all(len(place) > length and place[length] == places[0][length] for place in places):
        length += 1
    return places[0][:length]


def _written(found: tuple[Leaf, ...], values: Values) -> str:
    """All the values, each with what it is called below the place that they share."""
    if len(found) == 1:
        return values.say(found[0].value, found[0].place)
    start = len(_shared(found))
    return " ; ".join(f"{'.'.join(map(str, leaf.place[start:]))} {values.say(leaf.value, leaf.place)}".strip() for leaf in found)


def _source(row: Row, lang: Lang) -> str:
    said = row.leaves[0].said
    if said is None:
        return ""
    parts = [_text(each, lang) for each in (said.source, said.note) if each]
    return " – ".join(parts) or ("" if row.state == "unsaid" else NO_SOURCE.say(lang))


def _text(value: Any, lang: Lang) -> str:
    return str(value.get(lang) or next(iter(value.values()))) if isinstance(value, Mapping) else str(value)
