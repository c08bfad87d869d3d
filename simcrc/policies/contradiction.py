"""Contradictions: two measures that set the same value at the same time are refused.  Odds and factors multiply and do not contradict one another; but a value
that is set while a factor on it holds would lose that factor, which nobody means: it is refused too.  A factor that comes later multiplies what was set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcrc.policies.base import Attribute, Entry
    from simcrc.scenario.scenario import Scenario

Where = tuple[int, int]
"""Number of the policy, and of the measure within it."""


@dataclass(frozen=True)
class Contradiction:
    """Two measures, the later one first, that both set `attribute`; or (`factor`) `second` sets what `first` multiplies already."""

    second: Where
    first: Where
    attribute: Attribute
    factor: bool = False


def contradictions(scenario: Scenario, base: Scenario) -> Iterator[Contradiction]:
    """All pairs of measures of `scenario` that set the same value of `base` while both hold, each pair once."""
    found: set[tuple[Where, Where]] = set()
    holders: dict[Attribute, list[tuple[Where, Entry]]] = {}
    placed = [((p, m), entry) for p, policy in enumerate(scenario.policies) for m, entry in enumerate(policy.measures)]
    for where, entry in placed:
        for attribute in dict.fromkeys(entry.does.sets(base)):
            for other, held in holders.setdefault(attribute, []):
                if _overlap(entry, held) and (where, other) not in found:
                    found.add((where, other))
                    yield Contradiction(where, other, attribute)
            holders[attribute].append((where, entry))
    multiplied = [(where, entry, attribute) for where, entry in placed for attribute in entry.does.multiplies(base)]
    for first, factor, attribute in multiplied:
        for second, entry in holders.get(attribute, []):
            if factor.at <= entry.at and _overlap(factor, entry):
                yield Contradiction(second, first, attribute, factor=True)


def _overlap(one: Entry, other: Entry) -> bool:
    latest = max(one.at, other.at)
    return latest < (one.end or date.max) and latest < (other.end or date.max)
