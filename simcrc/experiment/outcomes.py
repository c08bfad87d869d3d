"""Outcomes of a scenario: some indicators of each replication, and what a policy changes of them on the same random numbers.

The change is that of the indicator over the whole measured period, policy minus base, replication by replication; ``simcrc fidelisation`` follows a cohort of
needs instead, splits the change of contacts by reason, and gives its interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.naming import by_place, unknown

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals
    from simcrc.scenario import Loaded

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """An indicator, ``contacts_per_need`` or ``phone.asa``, or (`change`) what the policy changes of it."""

    name: str
    change: bool = False

    @property
    def parts(self) -> tuple[str, str]:
        """The place ("" for the whole) and the indicator."""
        place, _, indicator = self.name.rpartition(".")
        return place, indicator


def outcomes(loaded: Loaded, policy: Loaded | None, names: Sequence[str], replications: int) -> dict[Outcome, Reals]:
    """By outcome the figure of each replication, nan where there is none.  Raises UnknownFigureError."""
    base = figures(loaded, names, replications)
    out = {Outcome(name): values for name, values in base.items()}
    if policy is not None:
        under = figures(policy, names, replications)
        out |= {Outcome(name, change=True): under[name] - values for name, values in base.items()}
    return out


def figures(loaded: Loaded, names: Sequence[str], replications: int) -> dict[str, Reals]:
    """By name the indicator of each replication of a scenario."""
    totals = summed(loaded, replications)
    return {name: figure(totals, name) for name in names}


def summed(loaded: Loaded, replications: int) -> Totals:
    """The sums of `replications` runs of a scenario."""
    from simcrc.engine.run import simulate
    from simcrc.experiment.replayed import records_of
    from simcrc.indicators.totals import Totals
    from simcrc.model.compile import compile
    from simcrc.observe import Observer

    model = compile(loaded.scenario, records_of(loaded))
    sums = []
    for replication in range(replications):
        observer = Observer(model)
        simulate(model, replication, observer.feed)
        sums.append(observer.finish(model.end))
    return Totals(model, sums)


def figure(totals: Totals, name: str) -> Reals:
    """An indicator, with its place, of each replication; nan where there is none."""
    from simcrc.indicators import indicators
    from simcrc.indicators.cells import Where, breakdown, index

    place, short = Outcome(name).parts
    known = indicators()
    where = Where(channel=place or None)
    by = breakdown(known[short], where) if short in known else None
    cell = None if by is None else index(totals.axes, by, where)
    if by is None or cell is None:
        raise unknown(name, by_place(totals.axes))
    values = known[short].formula.values(totals, by)
    if values is None:
        return np.full(len(totals), np.nan)
    return np.asarray(values.reshape(len(totals), -1)[:, int(np.ravel_multi_index(cell, values.shape[1:])) if cell else 0], dtype=np.float64)
