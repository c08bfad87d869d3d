"""Arms whose figures are computed from sums when somebody asks, indicator by indicator: those of comparisons and of fidelisation, whose folders hold no table.

``simcrc.pictures.folders`` makes them.  A report asks for a few dozen of the two hundred indicators, so that years of twenty replications are shown in seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.members import Members
from simcrc.pictures.arm import Arm

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.indicators.sums import Sums
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model
    from simcrc.scenario import Scenario

Array = npt.NDArray[Any]
SMALL = 1 << 16
"""Bytes of an array that is kept once it was read; larger ones are histograms, which are looked at once."""


@dataclass(frozen=True, eq=False)
class Tabulated(Arm):
    """An arm without a table of figures: ``of`` makes that of one indicator, ``frame`` that of all, which takes its time."""

    @cached_property
    def _made(self) -> dict[str, pd.DataFrame]:
        return {}

    def of(self, indicator: str) -> pd.DataFrame:
        """All rows of one indicator; an empty frame where there are none."""
        from simcrc.indicators import indicators
        from simcrc.indicators.tabulate import table

        if indicator not in self._made:
            names = [indicator] if indicator in indicators() else []
            self._made[indicator] = table(self.totals, names)
        return self._made[indicator]


class Part(Mapping[str, Array]):
    """The arrays of a file whose names begin with `prefix`, each read when it is asked for, small ones once."""

    def __init__(self, path: Path, prefix: str = "") -> None:
        self._members, self._prefix = Members(path), prefix
        self._kept: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        found = self._kept.get(name)
        if found is None:
            found = self._members[self._prefix + name]
            if found.nbytes <= SMALL:
                self._kept[name] = np.array(found)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._prefix + name in self._members

    def __iter__(self) -> Iterator[str]:
        return (name[len(self._prefix) :] for name in self._members if name.startswith(self._prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def sums_of(path: Path, prefix: str = "") -> Sums:
    """The sums of a file, or of one part of it (``simcrc.experiment.pair.joined``)."""
    from simcrc.indicators.sums import Sums

    return Sums(Part(path, prefix))


class Kept:
    """The sums that an arm stands on: its model, and the sums of each replication, read when somebody asks.  `files`: of the replications; `prefix`: of the
    part of each file that is meant."""

    def __init__(self, scenario: Scenario, files: Sequence[Path], prefix: str = "") -> None:
        self._scenario, self._files, self._prefix = scenario, tuple(files), prefix

    @cached_property
    def model(self) -> Model:
        """The scenario, compiled; instants of records that are replayed are not in it."""
        from simcrc.model.compile import compile

        return compile(self._scenario)

    @cached_property
    def sums(self) -> list[Sums]:
        """Of each replication."""
        return [sums_of(path, self._prefix) for path in self._files]

    @cached_property
    def _totals(self) -> Totals:
        from simcrc.indicators.totals import Totals

        return Totals(self.model, self.sums)

    def totals(self) -> Totals:
        """Of all replications."""
        return self._totals

    def each(self) -> Iterator[Totals]:
        """Of one replication after the other."""
        from simcrc.indicators.totals import Totals

        return (Totals(self.model, [one]) for one in self.sums)

    def frame(self) -> pd.DataFrame:
        """All figures."""
        from simcrc.indicators.tabulate import table

        return table(self.totals())
