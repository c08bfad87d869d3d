"""Overload: stations to which more work comes than their staff can do; which hours, by how much, and whether it lasts.

Three kinds are told apart.  ``growing``: what waits grows from week to week (``simcrc.experiment.growth``), so that its waits say how long the run was and
not how the station works.  ``lasting``: over the whole week more work comes than there is staff time, where citizens who give up keep the queue finite.
``hours``: a peak, an hour or more of the week in which it does, and which passes (``simcrc.experiment.peaks``).

Work offered is the number of contacts that come (redials included, busy tones and closed doors not) times the mean time that agents spend on one, wrap-up
included; capacity is the time agents are on duty.  Teams that serve several stations count for all of them together.  ``Results.overload`` has what was
found, ``simcrc.report.overload`` says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model

Reals = npt.NDArray[np.float64]
Kind = Literal["growing", "lasting", "hours"]
KINDS: tuple[Kind, ...] = ("growing", "lasting", "hours")


@dataclass(frozen=True)
class Overload:
    """One overload.

    `stations`: that share the staff, the most loaded first; `teams` that serve them.  `load`: work that comes ÷ what the staff can do, above 1.
    `weekdays` (0: Monday), `start`, `end` (minutes after midnight), `queue` (mean length in these hours) and `empties` (whether the queue is empty before
    the day ends) of a peak; `per_week`: by how many contacts or items what waits grows; None where it does not apply.
    """

    kind: Kind
    stations: tuple[str, ...]
    teams: tuple[str, ...]
    load: float
    weekdays: tuple[int, ...] = ()
    start: int | None = None
    end: int | None = None
    queue: float | None = None
    empties: bool | None = None
    per_week: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As it stands in overload.json."""
        return asdict(self) | {"stations": list(self.stations), "teams": list(self.teams), "weekdays": list(self.weekdays)}

    @classmethod
    def of_json(cls, found: Mapping[str, Any]) -> Overload:
        """Back from ``as_json``."""
        values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
        return cls(**values)


@dataclass(frozen=True, eq=False)
class Loads:
    """What came and who was there, one row a replication.

    `offered`, `queue` (contacts times microseconds) of shape (replications, stations, 336); `duty` (microseconds) of shape (replications, teams, 336);
    `work` (microseconds a contact) and `received` by station; `busy`: share of its duty by team; `waiting`: mean queue or backlog by station and week.
    """

    offered: Reals
    queue: Reals
    duty: Reals
    work: Reals
    received: Reals
    busy: Reals
    waiting: Reals

    @classmethod
    def of(cls, each: Iterable[Totals]) -> Loads:
        """From the sums of replications that come one by one; a few hundred kilobytes of each are kept."""
        rows = [_one(totals) for totals in each]
        return cls(*(np.concatenate(column) for column in zip(*rows, strict=True)))


def find(model: Model, each: Iterable[Totals]) -> list[Overload]:
    """The overloads of a model in the replications whose totals come one by one; the gravest first."""
    from simcrc.experiment.growth import growing
    from simcrc.experiment.peaks import lasting, peaks
    from simcrc.indicators.axes import Axes

    axes, loads = Axes.of(model), Loads.of(each)
    grown = growing(axes, loads)
    return [*grown, *(found for pool in pools(axes) for found in (*lasting(axes, loads, pool), *peaks(axes, loads, pool)))]


def teams_of(model: Model, station: int) -> list[int]:
    """The teams that serve a station, or a step of it."""
    return sorted({group.team for group in model.groups for tier in group.tiers for number in tier if model.classes[number].station == station})


def pools(axes: Axes) -> list[tuple[list[int], list[int]]]:
    """Stations where citizens wait, with the teams that serve them: together those that share a team."""
    found: list[tuple[list[int], list[int]]] = []
    for station in np.flatnonzero(axes.live).tolist():
        stations, teams = [station], set(teams_of(axes.model, station))
        apart = []
        for others, theirs in found:
            if teams & set(theirs):
                stations, teams = sorted([*others, *stations]), teams | set(theirs)
            else:
                apart.append((others, theirs))
        found = [*apart, (stations, sorted(teams))]
    return found


def names(axes: Axes, stations: Sequence[int], teams: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stations and teams are called in figures."""
    return tuple(axes.labels["station"][station] for station in stations), tuple(axes.labels["team"][team] for team in teams)


def _one(totals: Totals) -> tuple[Reals, ...]:
    """One replication: the arrays of ``Loads``."""
    from simcrc.indicators.common import CONTACTS, LIVE, outcomes
    from simcrc.indicators.expressions import Stored
    from simcrc.indicators.handling import WORKED_ON
    from simcrc.indicators.load import QUEUE_TIME, SERVICE_TIME
    from simcrc.indicators.staff import BUSY, DUTY, OVERTIME
    from simcrc.log import Outcome

    axes = totals.axes

    def cells(expression: Any, *by: str) -> Reals:
        values = expression.cells(totals, by)
        return np.zeros((1, *axes.shape(by))) if values is None else np.asarray(values, dtype=np.float64)

    came = outcomes(LIVE, *(outcome for outcome in Outcome if outcome not in (Outcome.BLOCKED, Outcome.CLOSED)))
    served = cells(WORKED_ON, "station")
    time = cells(SERVICE_TIME, "station", "slot").sum(axis=2)
    duty = cells(DUTY, "team", "slot")
    busy = cells(BUSY, "team") - cells(OVERTIME, "team")
    stock = Stored("stock_time", (("written_station", "day"),))
    waiting = cells(QUEUE_TIME, "station", "day") + cells(stock, "station", "day")
    weeks = waiting.shape[2] // 7
    by_week = waiting[:, :, : 7 * weeks].reshape(1, axes.size("station"), weeks, 7).sum(axis=3) / (7 * 86_400e6)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (
            cells(came, "station", "slot").astype(np.float32),
            cells(QUEUE_TIME, "station", "slot").astype(np.float32),
            duty.astype(np.float32),
            np.where(served > 0, time / served, 0.0),
            cells(CONTACTS, "station"),
            np.where(duty.sum(axis=2) > 0, busy / duty.sum(axis=2), 0.0),
            by_week,
        )
