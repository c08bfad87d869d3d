"""The scenario language: what a planner writes, read with line and column, checked, and frozen.

``load`` reads a YAML file into a ``Loaded`` (its ``scenario`` is a ``Scenario``); ``dump`` writes a resolved document back;
``json_schema`` is what editors use.  The declarations stand one concept a module beside this one; the units they use in
``units``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcrc.scenario.loading import Loaded, dump, load
    from simcrc.scenario.scenario import Scenario
    from simcrc.scenario.schema import json_schema

__all__ = ["Loaded", "Scenario", "dump", "json_schema", "load"]

_HOMES = {
    "Loaded": "simcrc.scenario.loading",
    "Scenario": "simcrc.scenario.scenario",
    "dump": "simcrc.scenario.loading",
    "json_schema": "simcrc.scenario.schema",
    "load": "simcrc.scenario.loading",
}


def __getattr__(name: str) -> Any:
    # Late, because channels and distributions import the units of this package while they are imported themselves.
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
