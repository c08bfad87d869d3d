"""The algebra of a journey: expected contacts and cost per need when each contact leads to the next with fixed probabilities.

An absorbing Markov chain (Kemeny and Snell 1960): with ample capacity it is exact whatever the waits.  Redials, which depend on
the queue, are in ``redial`` and ``returns``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simcrc.theory.errors import TheoryError, not_negative, share, whole
from simcrc.theory.registry import model
from simcrc.words import Words

SHAPE = Words(fr="{name} : {expected} valeurs sont attendues, une par canal", en="{name}: {expected} values are expected, one a channel")
SUM = Words(fr="{name} : la somme {value} dépasse 1", en="{name}: they add up to {value}, above 1")
ENDLESS = Words(fr="transitions : un parcours peut ne jamais finir", en="transitions: a journey may never end")
UNKNOWN = Words(fr="canal inconnu « {value} »", en='unknown channel "{value}"')
SLACK = 1e-9  # shares written with few decimals may pass 1 by rounding


def _values(name: str, row: Any, size: int | None, kind: Callable[[str, object], float]) -> tuple[float, ...]:
    if not isinstance(row, Sequence) or isinstance(row, str) or not row or (size is not None and len(row) != size):
        raise TheoryError(SHAPE, name, name=name, expected=size or 1)
    return tuple(kind(name, value) for value in row)


def _row(name: str, row: Any, size: int | None) -> tuple[float, ...]:
    """Shares that add up to 1 at most."""
    out = _values(name, row, size, share)
    if sum(out) > 1.0 + SLACK:
        raise TheoryError(SUM, name, name=name, value=float(sum(out)))
    return out


@model("journey")
@dataclass(frozen=True)
class Journey:
    """`start`: shares of the first channel (they may miss 1: needs without contact); `transitions`: row i holds the probabilities that a contact on
    channel i is followed by one on each channel, the rest of the row ends the journey; `costs` of a contact; `resolution`: probability that
    a contact on a channel settles the need and ends the journey; `channels`: names; `most`: contacts after which a citizen gives up."""

    start: tuple[float, ...]
    transitions: tuple[tuple[float, ...], ...]
    costs: tuple[float, ...] = ()
    resolution: tuple[float, ...] = ()
    channels: tuple[str, ...] = ()
    most: int | None = None

    def __post_init__(self) -> None:
        size = len(_row("start", self.start, None))
        if not isinstance(self.transitions, Sequence) or len(self.transitions) != size:
            raise TheoryError(SHAPE, "transitions", name="transitions", expected=size)
        object.__setattr__(self, "start", _row("start", self.start, size))
        object.__setattr__(self, "transitions", tuple(_row("transitions", row, size) for row in self.transitions))
        for name, kind in (("costs", not_negative), ("resolution", share)):
            object.__setattr__(self, name, _values(name, getattr(self, name), size, kind) if len(getattr(self, name)) else ())
        object.__setattr__(self, "channels", tuple(self.channels))
        if self.channels and len(self.channels) != size:
            raise TheoryError(SHAPE, "channels", name="channels", expected=size)
        for row, settled in zip(self.transitions, self.resolution, strict=False):
            if sum(row) + settled > 1.0 + SLACK:
                raise TheoryError(SUM, "resolution", name="transitions + resolution", value=float(sum(row) + settled))
        if self.most is not None:
            whole("most", self.most)
        elif not self._ends():
            raise TheoryError(ENDLESS, "transitions")

    def _ends(self) -> bool:
        """Can each channel reach the end of the journey?"""
        ending = {i for i, row in enumerate(self.transitions) if sum(row) < 1.0 - SLACK}
        grown = True
        while grown:
            more = {i for i, row in enumerate(self.transitions) if i not in ending and any(row[j] > 0 for j in ending)}
            ending |= more
            grown = bool(more)
        return len(ending) == len(self.transitions)

    @cached_property
    def _visits(self) -> tuple[float, ...]:
        """Expected contacts of a need by channel: start (I − P)⁻¹, or the sum of the first `most` powers."""
        import numpy as np

        p, start = np.array(self.transitions, dtype=np.float64), np.array(self.start, dtype=np.float64)
        if self.most is None:
            return tuple(float(x) for x in np.linalg.solve(np.eye(len(start)) - p.T, start))
        total = np.zeros_like(start)
        for _ in range(self.most):
            total += start
            start = start @ p
            if not start.any():
                break
        return tuple(float(x) for x in total)

    def visits(self, channel: int | str) -> float:
        """Expected contacts of a need on a channel, by its index (from 0) or its name."""
        if isinstance(channel, str):
            if channel not in self.channels:
                raise TheoryError(UNKNOWN, "channel", value=channel)
            return self._visits[self.channels.index(channel)]
        index = whole("channel", channel, least=0)
        if index >= len(self.start):
            raise TheoryError(UNKNOWN, "channel", value=str(channel))
        return self._visits[index]

    @property
    def contacts_per_need(self) -> float:
        """Expected number of contacts of a need."""
        return sum(self._visits)

    @property
    def cost_per_need(self) -> float:
        """Expected cost of a need."""
        return sum(visits * cost for visits, cost in zip(self._visits, self.costs, strict=False))

    @property
    def resolved(self) -> float:
        """Share of the needs that are settled: visits × resolution, each need being settled once at most."""
        return sum(visits * settled for visits, settled in zip(self._visits, self.resolution, strict=False))

    @property
    def cost_per_resolved(self) -> float:
        """Cost over needs that are settled."""
        return self.cost_per_need / self.resolved

    def channel_share(self, channel: int | str) -> float:
        """Share of a channel among all contacts."""
        return self.visits(channel) / self.contacts_per_need
