"""Which site a visitor goes to: a number between 0 and 1, drawn for the visit, falls into a stretch that belongs to a site.

In the base the stretches are the shares of the sites, in order.  When a site closes, opens, or gains or loses weight, as few visitors as possible change: each
site keeps what it can of its own stretch, and only what it loses is divided, in proportion, among those that gain (a maximal coupling).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Sites:
    """`limits`: where each stretch ends, rising; `owners`: the site of each, by its number."""

    limits: tuple[float, ...]
    owners: tuple[int, ...]

    @classmethod
    def of(cls, base: Sequence[float], now: Sequence[float]) -> Sites:
        """The stretches under the shares `now`, where those of the base are `base`; each adds up to 1."""
        gains = [max(0.0, new - old) for old, new in zip(base, now, strict=True)]
        total = sum(gains)
        parts: list[tuple[float, int]] = []
        for site, (old, new) in enumerate(zip(base, now, strict=True)):
            kept = min(old, new)
            parts.append((kept, site))
            if old > kept and total > 0:
                parts += [((old - kept) * gain / total, other) for other, gain in enumerate(gains)]
        parts = [part for part in parts if part[0] > 0] or [(1.0, len(base) - 1)]
        return cls(tuple(accumulate(length for length, _ in parts)), tuple(site for _, site in parts))
