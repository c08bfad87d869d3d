"""What an organisation does not know about itself: the numbers of a scenario that are assumed or borrowed instead of measured, by question of readiness.

Numbers that stand under one word of provenance, in one part of the scenario, and hang on one question are one ``Unknown``.  ``ranking`` says which to
measure first, ``sensitivity`` what they do to the figures of a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from simcrc.scenario.positions import Place, Tree, at
from simcrc.scenario.provenance import Provenance, Stripped
from simcrc.scenario.readiness import QUESTIONS, Question

if TYPE_CHECKING:
    from simcrc.scenario import Loaded

State = Literal["assumed", "borrowed", "unsaid"]
"""``unsaid``: nobody wrote where the number comes from.  What is calibrated is assumed to be so: it was not measured in itself."""

DEPTH = 3  # names of a path that tell unknowns apart: channels.web.completion
DEEPER = (("choice", "first", "table"), ("choice", "chase"), ("choice", "verify"), ("choice", "induced"))  # one more: a table of services, a rule
ARRANGED = {"at", "days", "kind", "priority", "name", "description", "file", "measures", "simcrc"}
"""Keys that say how things are arranged, not how large they are."""
_NUMBER = re.compile(r"\s*[-+]?[.,]?\d")


@dataclass(frozen=True)
class Leaf:
    """One number: where it stands in the document without provenance, as written, and what is said of it (None: nothing)."""

    place: Place
    value: Any
    said: Provenance | None
    under: Place  # where that is said


@dataclass(frozen=True)
class Unknown:
    """Numbers that are not measured: what they have in common as a path, the question that they hang on, and what is said of them."""

    path: str
    question: Question
    state: State
    leaves: tuple[Leaf, ...]

    @property
    def said(self) -> Provenance | None:
        """What is said of them."""
        return self.leaves[0].said

    @property
    def half_width(self) -> float | None:
        """Half the width of the widest of their ranges (``half_width``); None when no range is written."""
        return max((width for leaf in self.leaves if (width := half_width(leaf)) is not None), default=None)


def plain(loaded: Loaded) -> Stripped:
    """The document of a scenario without provenance, and the provenance apart."""
    return Stripped(Tree(loaded.document))


def unknowns(loaded: Loaded) -> list[Unknown]:
    """The unknowns of a scenario, by question and in the order of the file."""
    stripped = plain(loaded)
    kinds = {name: str(spec.kind) for name, spec in loaded.scenario.channels.items()}
    found: dict[tuple[int, Place], list[Leaf]] = {}
    for leaf in leaves(stripped.tree.document, stripped.provenance):
        if leaf.said is not None and leaf.said.status == "measured":
            continue
        for index, question in enumerate(QUESTIONS):
            if any(hangs(pattern, leaf.place, kinds) for pattern in question.hangs):
                found.setdefault((index, _part(leaf)), []).append(leaf)
    return [
        Unknown(_common(group), QUESTIONS[index], _state(group[0]), tuple(group)) for (index, _), group in sorted(found.items(), key=lambda item: item[0][0])
    ]


def leaves(document: Any, provenance: Mapping[Place, Provenance]) -> Iterator[Leaf]:
    """Every number of a document, and every text that says of itself where it comes from."""
    said = {place: each for place, each in provenance.items() if each.status is not None}
    ranged = {place: each.range for place, each in provenance.items() if each.range is not None}

    def inside(value: Any, place: Place) -> Iterator[Leaf]:
        if isinstance(value, dict):
            if list(value.values()) == ["100 %"]:  # the only option there is
                return
            for key, inner in value.items():
                if key not in ARRANGED or isinstance(inner, dict | list):
                    yield from inside(inner, (*place, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from inside(inner, (*place, index))
        elif _is_number(value) or place in said:
            under = _innermost(said, place)
            own = None if under is None else said[under]
            if own is not None and own.range is None:
                wider = _innermost(ranged, place)
                own = own if wider is None else Provenance(own.value, own.source, own.status, ranged[wider], own.note)
            yield Leaf(place, value, own, () if under is None else under)

    for section, part in document.items():
        if section not in ("readiness", "expect", "fit"):
            yield from inside(part, (section,))


def hangs(pattern: str, place: Place, kinds: Mapping[str, str]) -> bool:
    """Does the number at `place` belong to `pattern`?  `kinds`: the kind of each channel."""
    return _matches(_parts(pattern), [str(key) for key in place], kinds)


def _parts(pattern: str) -> list[str]:
    return re.findall(r"\{[^}]*\}|[^.]+", pattern)


def _matches(parts: list[str], keys: list[str], kinds: Mapping[str, str]) -> bool:
    if not parts:
        return not keys
    if parts[0] == "**":
        return True
    return bool(keys) and _fits(parts[0], keys[0], kinds) and _matches(parts[1:], keys[1:], kinds)


def _fits(part: str, key: str, kinds: Mapping[str, str]) -> bool:
    if not part.startswith("{"):
        return part in ("*", key)
    names = part[1:-1].removeprefix("not ").split(",")
    return (kinds.get(key) in names) != part.startswith("{not ")


def half_width(leaf: Leaf) -> float | None:
    """Half the width of the range of a number: of what is written in %, in points (0.12 for 80 % ±15 %); of anything else, relative to the value.  None
    where there is no range, or nothing to relate it to."""
    bounds, value = None if leaf.said is None else leaf.said.range, size(leaf.value)
    if bounds is None or value is None:
        return None
    unit = 1.0 if is_share(leaf.value) else value
    if isinstance(bounds, str):
        return part_of(bounds) * value / unit if unit else None
    low, high = size(bounds[0]), size(bounds[1])
    return None if low is None or high is None or not unit else (high - low) / (2 * unit)


def part_of(relative: str) -> float:
    """0.25 for ``±25 %``."""
    return float(re.sub(r"[^\d.,]", "", relative).replace(",", ".")) / 100


def is_share(value: Any) -> bool:
    """Is it written in %?"""
    return isinstance(value, str) and "%" in value


def size(value: Any) -> float | None:
    """How large a written value is: a number, a share, a duration (in microseconds), the share of ``60 % after 1 h``; None for anything else."""
    from simcrc.scenario.durations import parse_duration
    from simcrc.scenario.quantities import split_after

    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = str(split_after(str(value))["share"]).strip()
    try:
        return float(text.rstrip("% ").replace(",", ".").replace("_", "")) / (100 if text.endswith("%") else 1)
    except ValueError:
        pass
    try:
        return float(parse_duration(text))
    except ValueError:
        return None


def _is_number(value: Any) -> bool:
    return (isinstance(value, int | float) and not isinstance(value, bool)) or (isinstance(value, str) and _NUMBER.match(value) is not None)


def _innermost(said: Mapping[Place, Any], place: Place) -> Place | None:
    return next((place[:length] for length in range(len(place), 0, -1) if place[:length] in said), None)


def _part(leaf: Leaf) -> Place:
    """The part of the scenario that a number belongs to."""
    depth = DEPTH + any(leaf.place[: len(place)] == place for place in DEEPER)
    return leaf.place[: max(len(leaf.under), depth)]


def _state(leaf: Leaf) -> State:
    status = None if leaf.said is None else leaf.said.status
    return "assumed" if status in ("assumed", "calibrated") else "borrowed" if status == "borrowed" else "unsaid"


def _common(group: list[Leaf]) -> str:
    first, last = min(leaf.place for leaf in group), max(leaf.place for leaf in group)
    shared = 0
    while shared < min(len(first), len(last)) and first[shared] == last[shared]:
        shared += 1
    return ".".join(map(str, first[:shared]))


def written_at(loaded: Loaded, place: Place) -> str:
    """The path under which ``--set`` finds the number at `place` of the document without provenance."""
    document: Any = loaded.document
    out: list[str] = []
    for key in place:
        while isinstance(document, dict) and key not in document and "value" in document:
            out.append("value")
            document = document["value"]
        out.append(str(key))
        document = at(document, (key,))
    return ".".join(out)
