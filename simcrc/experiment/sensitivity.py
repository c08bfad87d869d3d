"""Sensitivity, one at a time: a scenario is run with each of some unknowns at both ends of its range, with common random numbers.

All numbers of an unknown move together.  Of a distribution the location moves, not the shape; in a row of shares that add up to 100 % the largest one, and
the others make room in proportion.  The ends are written as ``--set`` would, so that every check of the language holds for them; what cannot stand there
(a Web share above access, say) is said and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.experiment.outcomes import figures
from simcrc.experiment.statistics import Estimate, mean
from simcrc.experiment.unknowns import Leaf, Unknown, is_share, part_of, plain, size, written_at
from simcrc.scenario.positions import Place, at
from simcrc.scenario.units import Share

if TYPE_CHECKING:
    from simcrc.scenario import Loaded

FIGURES = ("contacts_per_need", "cost_per_need_resolved", "resolved_ratio", "wait_mean", "satisfaction")
"""Figures of the whole run that are looked at."""
SHAPES = {"cv", "sigma", "shape", "phases"}  # of distributions: what does not move
_ROWS = ("choice.first.table", "choice.next", "choice.chase", "choice.verify", "choice.induced", "silos.to", "population.language")
_NUMBER = re.compile(r"\d[\d_]*(?:[.,]\d+)?")
Reals = npt.NDArray[np.float64]
Reload = Callable[[Sequence[str]], "Loaded"]
"""Loads the scenario again with further assignments on top."""


@dataclass(frozen=True)
class Swing:
    """What an unknown does to the figures: by figure the paired differences from the scenario as written, at the low end and at the high end, with
    their intervals.  `largest`: the widest of (high − low) ÷ figure, in absolute value, and the figure it is of; 0 without any."""

    unknown: Unknown
    low: dict[str, Estimate]
    high: dict[str, Estimate]
    largest: tuple[float, str]


@dataclass(frozen=True)
class Sensitivity:
    """The swings, the largest first; the figures of the scenario as written; and the unknowns that could not be moved."""

    swings: tuple[Swing, ...]
    base: dict[str, Estimate]
    fixed: tuple[Unknown, ...]
    replications: int


def sensitivity(loaded: Loaded, unknowns: Sequence[Unknown], reload: Reload, replications: int, watch: Callable[[float], None] | None = None) -> Sensitivity:
    """Run `loaded` and both ends of each of `unknowns`; `watch` is told the share done."""
    from simcrc.errors import ScenarioError

    base = figures(loaded, FIGURES, replications)
    swings, fixed = [], []
    for number, unknown in enumerate(unknowns, 1):
        try:
            written = [at_end(loaded, unknown, end) for end in (-1, 1)]
            ends = [figures(reload(assignments), FIGURES, replications) if assignments else None for assignments in written]
        except (ScenarioError, ValueError):
            ends = [None, None]
        if ends[0] is None or ends[1] is None:
            fixed.append(unknown)
        else:
            swings.append(_swing(unknown, base, ends[0], ends[1]))
        if watch:
            watch(number / len(unknowns))
    swings.sort(key=lambda swing: -swing.largest[0])
    return Sensitivity(tuple(swings), {name: mean(values) for name, values in base.items()}, tuple(fixed), replications)


def _swing(unknown: Unknown, base: dict[str, Reals], low: dict[str, Reals], high: dict[str, Reals]) -> Swing:
    widest = (0.0, "")
    for name, own in base.items():
        middle, wide = float(np.nanmean(own)) if not np.isnan(own).all() else 0.0, high[name] - low[name]
        if middle and not np.isnan(wide).all():
            widest = max(widest, (abs(float(np.nanmean(wide)) / middle), name))
    return Swing(unknown, {name: mean(low[name] - base[name]) for name in base}, {name: mean(high[name] - base[name]) for name in base}, widest)


def at_end(loaded: Loaded, unknown: Unknown, end: int) -> list[str]:
    """The assignments that put an unknown at the low (−1) or the high (1) end of its range; none when it has no range, or stands in a file."""
    document = plain(loaded).tree.document
    rows: dict[Place, list[Leaf]] = {}
    out: list[str] = []
    for leaf in unknown.leaves:
        if leaf.said is None or leaf.said.range is None or leaf.place[-1] in SHAPES:
            continue
        if in_row(leaf.place):
            rows.setdefault(leaf.place[:-1], []).append(leaf)
        elif leaf.place[:2] == ("population", "segments") and leaf.place[-1] == "share":
            out += _segments(loaded, document, leaf, end)
        else:
            out.append(f"{written_at(loaded, leaf.place)}={_moved(leaf, end, is_share_field(document, leaf.place))}")
    for row in rows.values():
        out += _row(loaded, row, end)
    return out


def in_row(place: Place) -> bool:
    """Is the number one of a row of shares that add up to 100 %?"""
    path = ".".join(map(str, place))
    inside = any(path.startswith(row + ".") for row in _ROWS) and "after" not in place
    rule = place[:1] == ("choice",) and place[1] in ("chase", "verify", "induced") and place[-2] != "to"  # its probability, not a row
    return (inside and not rule) or "language" in place or "asks" in place


def _row(loaded: Loaded, row: Sequence[Leaf], end: int) -> Iterator[str]:
    """A row of shares: the largest goes up or down, the others keep their proportions."""
    shares = [size(leaf.value) or 0.0 for leaf in row]
    total, widest = sum(shares), max(shares)
    largest = row[shares.index(widest)]
    new = min(total, _end(largest, widest, end))
    rest = total - widest
    if rest <= 0 or len(row) < 2:
        return
    for leaf, share in zip(row, shares, strict=True):
        own = new if leaf is largest else share * (total - new) / rest
        yield f"{written_at(loaded, leaf.place)}={as_share(own)}{after(leaf.value)}"


def _segments(loaded: Loaded, document: Any, leaf: Leaf, end: int) -> Iterator[str]:
    """The share of a segment: the others make room in proportion."""
    segments = at(document, ("population", "segments"))
    old = size(leaf.value) or 0.0
    new = _end(leaf, old, end)
    for name, segment in segments.items():
        share = new if name == leaf.place[2] else (size(segment["share"]) or 0.0) * (1 - new) / (1 - old)
        yield f"{written_at(loaded, ('population', 'segments', name, 'share'))}={as_share(share)}"


def _end(leaf: Leaf, value: float, end: int) -> float:
    assert leaf.said is not None
    bounds = leaf.said.range
    if isinstance(bounds, tuple):
        found = size(bounds[0 if end < 0 else 1])
        return value if found is None else found
    return value * (1 + end * part_of(str(bounds)))


def is_share_field(document: Any, place: Place) -> bool:
    """Does the schema take a share there, however it is written?"""
    from simcrc.scenario.scenario import Scenario
    from simcrc.scenario.shape import annotation_at

    return bool(annotation_at(Scenario, document, place) == Share)


def _moved(leaf: Leaf, end: int, share: bool) -> str:
    """The number as written at the end of its range; a `share` stays one."""
    assert leaf.said is not None
    bounds = leaf.said.range
    if isinstance(bounds, tuple):
        return str(bounds[0 if end < 0 else 1])
    factor = 1 + end * part_of(str(bounds))
    value = leaf.value
    if share or is_share(value):
        return as_share(min(1.0, (size(value) or 0.0) * factor)) + after(value)
    if isinstance(value, str):
        return scaled(value, factor)
    moved = value * factor
    return str(round(moved)) if isinstance(value, int) and abs(value) >= 20 else f"{moved:.8g}"


def scaled(text: str, factor: float) -> str:
    """``4.5 min`` times `factor`."""
    return _NUMBER.sub(lambda found: f"{float(found[0].replace('_', '').replace(',', '.')) * factor:.6g}", text)


def as_share(share: float) -> str:
    """A share as ``--set`` takes it."""
    return f"{share:.12g}"


def after(value: Any) -> str:
    """`` after 20 min`` of ``60 % after 20 min``."""
    found = re.search(r"\s+(?:after|après)\s+.+", str(value), re.IGNORECASE)
    return found[0] if found else ""


def reloader(path: Path, sets: Sequence[str], data: Path | None, policies: Sequence[Path] = ()) -> Reload:
    """Loads the scenario at `path` with `policies`, `sets` and further assignments."""
    from simcrc.scenario import load

    return lambda more: load(path, set_=[*sets, *more], data=data, policies=policies)
