"""One replication of one benchmark, as a worker does it: the scenario is read from the plan, compiled once, simulated, and its sums put in place.

A plan is a folder with one file a benchmark; what travels to a worker is a number.  ``simcrc.bench.runner`` writes the plan and reads the sums.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from simcrc.bench.keep import sums_file
from simcrc.bench.quantities import BASE, POLICY
from simcrc.experiment.files import atomic
from simcrc.experiment.pair import joined
from simcrc.experiment.parallel import orphaned

if TYPE_CHECKING:
    from simcrc.indicators.sums import Sums
    from simcrc.model.model import Model
    from simcrc.scenario import Scenario

MOST = 1_000_000
"""An item's number is case × MOST + replication."""
MODELS = 4
"""Compiled models that a worker keeps; items come benchmark by benchmark."""


@dataclass(frozen=True)
class Case:
    """What a worker needs of a benchmark: its scenario with the seed of the run, the records that it replays, and where the sums go.

    `base`: scenario and records of the base, where every replication has two arms; their sums then go to one file (``simcrc.experiment.pair.joined``).
    """

    scenario: Scenario
    records: Any
    folder: Path
    base: tuple[Scenario, Any] | None = None


@dataclass(frozen=True)
class Done:
    """An item that is finished and whose sums are in place."""

    case: int
    replication: int
    seconds: float


def number_of(case: int, replication: int) -> int:
    """The number of an item: `replication` (from 1) of the benchmark numbered `case`."""
    return case * MOST + replication


def write_plan(folder: Path, cases: Sequence[Case]) -> None:
    """Write the plan that ``Work`` reads."""
    for number, case in enumerate(cases):
        _file(folder, number).write_bytes(pickle.dumps(case, protocol=pickle.HIGHEST_PROTOCOL))


@dataclass(frozen=True)
class Work:
    """Does items of the plan in `plan`, called with their numbers."""

    plan: Path

    def __call__(self, number: int) -> Done:
        begun = perf_counter()
        case, replication = divmod(number, MOST)
        model, base, folder = _prepared(_file(self.plan, case))
        sums = _observed(model, replication)
        if base is not None:
            sums = joined({BASE: _observed(base, replication), POLICY: sums})
        with atomic(sums_file(folder, replication)) as temporary:
            sums.save(temporary)
        return Done(case, replication, perf_counter() - begun)


def _observed(model: Model, replication: int) -> Sums:
    """The sums of one replication of `model`."""
    from simcrc.engine.run import simulate
    from simcrc.observe import Observer

    observer = Observer(model)
    simulate(model, replication - 1, observer.feed, _wanted)  # engines count from 0
    return observer.finish(model.end)


def _wanted(_: float) -> None:
    """Called as the simulation goes on: ends a worker for whom nobody waits."""
    if orphaned():
        raise SystemExit


@lru_cache(maxsize=MODELS)
def _prepared(path: Path) -> tuple[Model, Model | None, Path]:
    """The compiled model of the case in the file `path`, that of its base if it has one, and the folder of its sums."""
    from simcrc.model.compile import compile

    case: Case = pickle.loads(path.read_bytes())
    return compile(case.scenario, case.records), None if case.base is None else compile(*case.base), case.folder


def forget() -> None:
    """Let go of the models that were compiled in this process."""
    _prepared.cache_clear()


def _file(plan: Path, case: int) -> Path:
    return plan / f"{case:04d}.pickle"
