"""Distributions of durations, one family a module.  ``families()`` finds them all; ``Law`` is the type of a distribution in a scenario."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from simcrc.distributions.base import Distribution, family, registered
from simcrc.distributions.law import Law

__all__ = ["Distribution", "Law", "families", "family"]


@cache
def _discover() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def families() -> dict[str, type[Distribution]]:
    """Every family by name: those of this package and those registered by extensions."""
    _discover()
    return registered()
