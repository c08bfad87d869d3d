"""Indicators: what is measured on a run.  One family a module; each indicator declares its formula, counting rule, unit and words, and adding a file
adds indicators.

``expressions`` and ``formulas`` are what declarations are made of; ``frames`` and ``accumulate`` count a replication into ``sums``; ``totals`` and ``tabulate``
turn the sums of the replications into the table of results.  Engines are unknown here: everything comes from the tables of ``simcrc.observe``.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from simcrc.indicators.expressions import Measure
from simcrc.indicators.indicator import Indicator, register, registered

__all__ = ["Indicator", "indicators", "measures", "names", "register"]


@cache
def _discover() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def indicators() -> dict[str, Indicator]:
    """Every indicator by name, in alphabetical order: those of this package and those registered by extensions."""
    _discover()
    return dict(sorted(registered().items()))


def names() -> tuple[str, ...]:
    """The names of all indicators, in alphabetical order."""
    return tuple(indicators())


def measures() -> tuple[Measure, ...]:
    """The measures that the indicators need, each once, by name.  ValueError when two measures share a name."""
    found: dict[str, Measure] = {}
    for indicator in indicators().values():
        for part in indicator.formula.parts():
            if isinstance(part, Measure) and found.setdefault(part.name, part) is not part:
                raise ValueError(f"measure {part.name} is defined twice")
    return tuple(found[name] for name in sorted(found))
