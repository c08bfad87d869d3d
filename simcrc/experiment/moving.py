"""Numbers of a scenario that move within their ranges, several at once: what ``--set`` would have to say.

A ``Parameter`` is what a plan of measurement learns: all numbers under one path, each with the lowest and the highest value that it may have.  At the position
0 all stand at the low end, at 1 at the high end.  Of a distribution the location moves, not the shape; in a row of shares that add up to 100 % the number
itself moves (of a whole row the largest), and the others make room in proportion; so do the shares of the other segments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simcrc.experiment.sensitivity import SHAPES, after, as_share, in_row, is_share_field, scaled
from simcrc.experiment.unknowns import Leaf, is_share, leaves, part_of, plain, size, written_at
from simcrc.scenario.positions import Place, at, there

if TYPE_CHECKING:
    from simcrc.scenario import Loaded

SEGMENTS: Place = ("population", "segments")


@dataclass(frozen=True)
class Bounds:
    """A number: where it stands, its value, and between which values it may lie (durations in microseconds)."""

    leaf: Leaf
    value: float
    low: float
    high: float

    def within(self, precision: float) -> Bounds:
        """The same once it is measured: its value times 1 ± `precision`, as far as that is inside the range."""
        half = abs(self.value) * precision
        return replace(self, low=max(self.low, self.value - half), high=min(self.high, self.value + half))


@dataclass(frozen=True, eq=False)
class Parameter:
    """All numbers under `path`.  `fixed`: how many of them have no range, and stay."""

    path: str
    bounds: tuple[Bounds, ...]
    fixed: int

    def within(self, precision: float) -> Parameter:
        """The same once it is measured."""
        return replace(self, bounds=tuple(each.within(precision) for each in self.bounds))


def place_of(document: Any, path: str) -> Place | None:
    """The place that a dotted path names, keys such as ``phone.abandoned`` holding a dot; None when there is none."""
    return _place(document, path.split("."), ())


def _place(document: Any, parts: Sequence[str], before: Place) -> Place | None:
    if not parts:
        return before
    for length in range(len(parts), 0, -1):
        key: str | int = ".".join(parts[:length])
        for own in (key, int(key)) if str(key).isdecimal() else (key,):
            if there(document, (*before, own)):
                found = _place(document, parts[length:], (*before, own))
                if found is not None:
                    return found
    return None


def parameter(loaded: Loaded, path: str) -> Parameter:
    """The numbers under `path` with the ranges that are written for them."""
    stripped = plain(loaded)
    place = place_of(stripped.tree.document, path)
    found, fixed = [], 0
    for leaf in leaves(stripped.tree.document, stripped.provenance):
        if place is None or leaf.place[: len(place)] != place or leaf.place[-1] in SHAPES:
            continue
        bounds = bounds_of(leaf)
        if bounds is None:
            fixed += 1
        else:
            found.append(bounds)
    return Parameter(path, tuple(found), fixed)


def bounds_of(leaf: Leaf) -> Bounds | None:
    """A number between the bounds of its range; None where it has none."""
    value, written = size(leaf.value), None if leaf.said is None else leaf.said.range
    if value is None or written is None:
        return None
    if isinstance(written, str):
        half = abs(value) * part_of(written)
        low, high = value - half, value + half
    else:
        ends = [end for end in map(size, written) if end is not None]
        if len(ends) < 2:
            return None
        low, high = ends
    if is_share(leaf.value):
        low, high = max(0.0, low), min(1.0, high)
    return Bounds(leaf, value, low, high)


def assignments(loaded: Loaded, positions: Mapping[Parameter, float]) -> list[str]:
    """What ``--set`` would say to put each parameter at its position, from 0, the low end, to 1."""
    document = plain(loaded).tree.document
    moved: dict[Place, tuple[Any, float]] = {}  # the number as written, and where it goes
    segments: dict[str, float] = {}
    for moving, position in positions.items():
        rows: dict[Place, list[Bounds]] = {}
        for each in moving.bounds:
            place, target = each.leaf.place, each.low + position * (each.high - each.low)
            if in_row(place):
                rows.setdefault(place[:-1], []).append(each)
            elif place[:2] == SEGMENTS and place[-1] == "share":
                segments[str(place[2])] = target
            else:
                moved[place] = (each.leaf.value, target)
        for row in rows.values():
            _row(document, row, position, moved)
    out = [f"{written_at(loaded, place)}={_text(document, place, value, target)}" for place, (value, target) in moved.items()]
    return out + _segments(loaded, document, segments)


def _row(document: Any, row: Sequence[Bounds], position: float, moved: dict[Place, tuple[Any, float]]) -> None:
    """Move one number of a row of shares, and let the others make room."""
    lead = max(row, key=lambda each: each.value)
    place = lead.leaf.place[:-1]
    shares = {key: moved.get((*place, key), (value, size(value) or 0.0)) for key, value in at(document, place).items()}
    own, total = lead.leaf.place[-1], sum(share for _, share in shares.values())
    new = min(total, lead.low + position * (lead.high - lead.low))
    rest = total - shares[str(own)][1]
    if rest <= 0:
        return
    for key, (value, share) in shares.items():
        moved[(*place, key)] = (value, new if key == own else share * (total - new) / rest)


def _segments(loaded: Loaded, document: Any, targets: Mapping[str, float]) -> list[str]:
    """The shares of the segments: those that move go where they are to, the others make room; where there is none, all in proportion."""
    if not targets:
        return []
    old = {name: size(segment["share"]) or 0.0 for name, segment in at(document, SEGMENTS).items()}
    rest, room = sum(share for name, share in old.items() if name not in targets), 1.0 - sum(targets.values())
    new = {name: targets.get(name, share) for name, share in old.items()}
    if rest > 0 and room > 0:
        new = {name: share if name in targets else share * room / rest for name, share in new.items()}
    total = sum(new.values())
    return [f"{written_at(loaded, (*SEGMENTS, name, 'share'))}={as_share(share / total)}" for name, share in new.items()]


def _text(document: Any, place: Place, value: Any, target: float) -> str:
    """A number as it is written, at `target`."""
    if is_share(value) or in_row(place) or is_share_field(document, place):
        return as_share(min(1.0, max(0.0, target))) + after(value)
    if isinstance(value, str):
        own = size(value)
        return scaled(value, target / own) if own else f"{target / 1e6:.6f} s"
    return str(round(target)) if isinstance(value, int) and abs(value) >= 20 else f"{target:.8g}"
