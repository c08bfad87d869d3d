"""Backlogs and queues that grow from week to week: the slope of the mean number waiting in each week of the measured period.

A station grows when the slope is above 0 beyond doubt, in the second half of the period too (a backlog that fills up from empty and then stays has a
warm-up that is too short: ``simcrc.experiment.warmup``), when what it adds is not negligible beside what comes, and when a team that serves the station is
busy nearly all the time (a season and closed days let a backlog grow beside idle agents).  Over replications the slopes have Student's interval; one
replication has no such interval, so it takes a slope that is far beyond its scatter.  ``simcrc.experiment.overload`` gathers the figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.overload import Loads, Overload, names, teams_of
from simcrc.experiment.statistics import means

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes

Reals = npt.NDArray[np.float64]

SURE = 0.95
"""Level of the interval of a slope, the lower end of which must be above 0."""
FAR = 6.0
"""With one replication: a slope this many times its standard error around the line (weeks of a backlog hang together, so that this error is too small)."""
SHARE = 0.005
"""The least growth a week, as a share of what comes in a week."""
STILL = 0.3
"""The least slope of the second half, as a share of the whole slope."""
BUSY = 0.9
"""The least share of its time that a team is busy."""


def growing(axes: Axes, loads: Loads) -> list[Overload]:
    """The stations where what waits grows without end, fastest first in proportion to what comes."""
    replications, _, weeks = loads.waiting.shape
    if weeks < 2 or (replications < 2 and weeks < 4):
        return []
    out = []
    for station in np.flatnonzero(axes.live | axes.written).tolist():
        waiting, teams = loads.waiting[:, station], teams_of(axes.model, station)
        busy = {team: float(loads.busy[:, team].mean()) for team in teams}
        slope, came = float(slopes(waiting).mean()), float(loads.received[:, station].mean()) * 7 / axes.size("day")
        late = float(slopes(waiting[:, weeks // 2 :]).mean()) if weeks >= 4 else slope
        full = [team for team in teams if busy[team] >= BUSY]
        if full and slope > SHARE * came and late > STILL * slope and _sure(waiting):
            stations, served = names(axes, [station], full)
            out.append(Overload("growing", stations, served, came / max(came - slope, 1e-9 * came), per_week=slope))
    return sorted(out, key=lambda found: -found.load)


def slopes(waiting: Reals) -> Reals:
    """The least-squares slope a week of each row of weekly means, shape (replications, weeks)."""
    weeks = np.arange(waiting.shape[1]) - (waiting.shape[1] - 1) / 2
    return np.asarray(waiting @ weeks / max(float(weeks @ weeks), 1.0), dtype=np.float64)


def _sure(waiting: Reals) -> bool:
    """Whether the slope is above 0 beyond doubt."""
    if len(waiting) > 1:
        return bool(means(slopes(waiting), SURE).low > 0)
    weeks = np.arange(waiting.shape[1]) - (waiting.shape[1] - 1) / 2
    slope = float(slopes(waiting)[0])
    scatter = waiting[0] - waiting[0].mean() - slope * weeks
    return slope > FAR * float(np.sqrt((scatter @ scatter) / max(1, len(weeks) - 2) / (weeks @ weeks)))
