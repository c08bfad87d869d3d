"""What an indicator is, the breakdowns that families share, and the registry.

A family is one module of this package, or of an extension, that calls ``register``; ``simcrc.indicators.indicators`` finds them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simcrc.indicators.expressions import By
from simcrc.indicators.formulas import Formula
from simcrc.words import Words

Unit = Literal[
    "share",
    "s",
    "h",
    "days",
    "count",
    "money",
    "money/contact",
    "money/need",
    "contacts/need",
    "contacts",
    "items",
    "agents",
    "lines",
    "FTE",
    "score",
    "h/need",
]
"""``money`` stands for the currency of the scenario."""

BY_DAY: tuple[By, ...] = (("day",), ("channel", "day"))
BY_CONTACT: tuple[By, ...] = (
    (),
    ("channel",),
    ("station",),
    ("service",),
    ("segment",),
    ("reason",),
    ("channel", "service"),
    ("channel", "segment"),
    ("channel", "reason"),
    ("month",),
    ("channel", "month"),
    ("slot",),
    ("channel", "slot"),
)
BY_NEED: tuple[By, ...] = ((), ("service",), ("segment",), ("service", "segment"), ("month",), ("segment", "month"), ("slot",), ("day",))
BY_TEAM: tuple[By, ...] = ((), ("team",), ("month",), ("team", "month"), ("slot",), ("team", "slot"), ("day",), ("team", "day"))


@dataclass(frozen=True, eq=False)
class Indicator:
    """One figure: its name, what it is called, how it is defined and counted, its unit, its formula, and the breakdowns that it has.

    Breakdowns for which the formula has no value are left out without a word, so families may share them.
    """

    name: str
    label: Words
    definition: Words
    unit: Unit
    formula: Formula
    by: tuple[By, ...] = BY_CONTACT


_REGISTRY: dict[str, Indicator] = {}


def register(*new: Indicator) -> None:
    """Add indicators.  ValueError when a name is taken."""
    for indicator in new:
        if indicator.name in _REGISTRY:
            raise ValueError(f"indicator {indicator.name} is defined twice")
        _REGISTRY[indicator.name] = indicator


def registered() -> dict[str, Indicator]:
    """The registered indicators by name (use ``simcrc.indicators.indicators``, which also discovers the families)."""
    return _REGISTRY
