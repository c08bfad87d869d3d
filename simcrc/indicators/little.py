"""Little's law as a check of a run: the mean queue length followed in time against the rate of arrivals times the mean wait taken contact by contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.indicators.common import LIVE
from simcrc.indicators.load import QUEUE_TIME
from simcrc.indicators.queues import WAITS
from simcrc.indicators.sums import Sums
from simcrc.indicators.totals import Totals

if TYPE_CHECKING:
    from simcrc.model.model import Model


@dataclass(frozen=True)
class Little:
    """For one station: mean queue length from the path, arrivals per microsecond, mean wait of all arrivals (microseconds), rate × wait."""

    station: str
    length: float
    rate: float
    wait: float

    @property
    def product(self) -> float:
        """What Little's law says that the length is; the two differ only by waits that cross a bound of the measured period."""
        return self.rate * self.wait


def littles_law(model: Model, sums: Sequence[Sums]) -> list[Little]:
    """One ``Little`` for each station with a queue that had contacts, over all replications."""
    totals = Totals(model, sums)
    length = totals_of(QUEUE_TIME.cells(totals, ("station",)))
    offered, waits = totals_of(LIVE.cells(totals, ("station",))), totals_of(WAITS.cells(totals, ("station",)))
    period = float(model.end - model.start) * len(sums)
    return [
        Little(station.name, length[i] / period, offered[i] / period, waits[i] / offered[i])
        for i, station in enumerate(model.stations)
        if totals.axes.live[i] and offered[i] > 0
    ]


def totals_of(values: object) -> list[float]:
    """Sums over the replications."""
    import numpy as np

    return [] if values is None else [float(value) for value in np.asarray(values).sum(axis=0)]
