"""Policies: dated measures laid over a scenario.  A policy changes the scenario, never the engine.

One measure kind a module; ``base`` holds what they have in common and their registry, ``ramp`` how they come into force,
``policy`` what a policy is, ``timeline`` what is written on which day, ``free_choice`` and ``contradiction`` what is
refused.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from simcrc.policies.base import AnyEntry, Entry, Measure, entry_type, kinds, measure_kind
from simcrc.policies.policy import Objective, Policy

__all__ = ["AnyEntry", "Entry", "Measure", "Objective", "Policy", "discover", "entry_type", "kinds", "measure_kind"]


@cache
def discover() -> None:
    """Import every module of this package, so that all measure kinds are registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
