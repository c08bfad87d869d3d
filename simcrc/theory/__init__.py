"""What is known exactly about queues and journeys: Erlang B, C and A and their kin, against which the simulator is checked.

One model a module, a frozen dataclass: its fields are the parameters, its properties and methods the figures.  Units are free, the same for
all the times and rates of a model; in a scenario they are seconds, and rates per second.

>>> from simcrc import theory
>>> calls = theory.ErlangC(arrival_rate=100 / 1800, handle_time=180, agents=14)
>>> round(calls.service_level(within=20), 5)
0.88835
>>> theory.evaluate("erlang_c.asa", {"arrival_rate": 100 / 1800, "handle_time": 180, "agents": 14})  # doctest: +ELLIPSIS
7.8359...

Parameters for which a formula has no answer raise ``TheoryError``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any

from simcrc.theory import registry
from simcrc.theory.errors import TheoryError
from simcrc.theory.registry import model

__all__ = ["TheoryError", "check", "evaluate", "figures", "model", "models"]


@cache
def _discover() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def models() -> dict[str, type]:
    """Every model by name, such as ``erlang_c``: those of this package and those registered by extensions."""
    _discover()
    return registry.registered()


def figures(name: str) -> list[str]:
    """The figures of the model `name`, such as ``asa``.  Raises TheoryError for an unknown model."""
    known = models()
    if name not in known:
        registry.find(f"{name}.?", known)
    return registry.figures_of(known[name])


def evaluate(name: str, arguments: Mapping[str, Any]) -> float:
    """The figure ``model.figure`` for `arguments`, by name: the parameters of the model and those of the figure together.

    Raises TheoryError: unknown model, figure or argument, a missing or wrong one, overload.
    """
    return registry.computed(name, arguments, models())


def check(name: str, arguments: Mapping[str, Any]) -> None:
    """Raise what ``evaluate`` would raise about the model and its parameters, without computing the figure."""
    registry.checked(name, arguments, models())


def __getattr__(name: str) -> Any:
    """A model by the name of its class (``ErlangC``), imported when it is first used."""
    if not name.startswith("_") and name[0].isupper():
        for cls in models().values():
            if cls.__name__ == name:
                return cls
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *(cls.__name__ for cls in models().values())})
