"""simcrc: discrete-event simulation of multichannel contact centres for public organisations.

>>> import simcrc
>>> results = simcrc.load("scenario.yaml").run(replications=10)   # doctest: +SKIP
>>> results.value("phone.service_level")                          # doctest: +SKIP

This is the façade: everything a notebook needs.  Its parts are imported when they are first used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from simcrc.errors import ScenarioError, SimcrcError, SimulationError
    from simcrc.experiment.results import Results
    from simcrc.experiment.study import Study
    from simcrc.scenario.scenario import Scenario

__version__ = "0.1.0"
__all__ = ["Results", "Scenario", "ScenarioError", "SimcrcError", "SimulationError", "Study", "__version__", "load"]

_HOMES = {
    "Results": "simcrc.experiment.results",
    "Scenario": "simcrc.scenario.scenario",
    "ScenarioError": "simcrc.errors",
    "SimcrcError": "simcrc.errors",
    "SimulationError": "simcrc.errors",
    "Study": "simcrc.experiment.study",
}


def load(path: Path | str, set_: Iterable[str] = (), data: Path | str | None = None, extensions: Iterable[Path | str] = ()) -> Study:
    """Read a scenario and get it ready to run.

    `set_`: replacements, each ``"path=value"``; `data`: folder of the records to replay; `extensions`: Python files that add channel
    kinds, distributions or indicators.
    Raises ScenarioError, which holds all that is wrong with the file.
    """
    from simcrc.experiment.study import open_study

    return open_study(path, set_, data, extensions)


def __getattr__(name: str) -> Any:
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
