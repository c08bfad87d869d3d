"""The compiled scenario: integer ids and arrays, nothing left to look up by name in an engine.

``simcrc.model.compile`` makes it; engines, observers and indicators read it.  Times are microseconds since the origin, local
midnight of the first day of the warm-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.draws import Quantity
from simcrc.model.calendar import Calendar, Opening
from simcrc.model.demand import Demand
from simcrc.model.era import Era
from simcrc.model.staffing import Staffing
from simcrc.model.stages import Stage

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


@dataclass(frozen=True)
class Station:
    """A place where contacts happen: a channel, or one site of it.  The `a` of the log's contact rows."""

    name: str
    channel: int
    site: str | None
    steps: tuple[str, ...]  # backlog steps, () for synchronous channels


@dataclass(frozen=True)
class WorkClass:
    """Contacts that wait together, first come first served: one station and step, one set of skills, one priority, one head
    start."""

    station: int
    step: int
    skills: frozenset[str]
    priority: int
    head_start: int
    live: bool  # the citizen waits (queue), not the item (backlog)


@dataclass(frozen=True)
class Group:
    """The agents of a team who have the same skills.  `tiers`: the work classes that they may serve, in the team's order of
    `serves`."""

    team: int
    label: str
    skills: frozenset[str]
    tiers: tuple[tuple[int, ...], ...]
    not_ready: Quantity | None
    not_ready_waiting: Quantity | None = None  # when somebody waits whom the agent may serve


@dataclass(frozen=True)
class Way:
    """One option after a contact: to `channel` (REDIAL or GIVE_UP are negative), with its log weight and its delay.

    `choice`: the sort of its draw (``simcrc.draws.about``).  `online`: only for citizens who are on line.
    """

    channel: int
    log_weight: float
    after: Quantity | None
    choice: int
    online: bool


REDIAL = -1
GIVE_UP = -2


Ways = tuple[tuple[Way, ...], ...]
"""By service: the options that are feasible for it."""


@dataclass(frozen=True)
class ChaseModel:
    """How an item on a channel is chased."""

    ways: Ways
    after: Quantity
    resolves: float


@dataclass(frozen=True)
class FirstUses:
    """What is added to a chance while a channel is new to a citizen: after n uses `excess` × `keep`ⁿ.  `excess` by service, of needs that are not ambiguous
    and of those that are."""

    excess: tuple[tuple[float, float], ...]
    keep: float


@dataclass(frozen=True)
class AfterModel:
    """A contact made after resolution (verification or induced).  `chances`: probability by service, of needs that are not ambiguous and of those that are.
    `first`: what is added at a citizen's first uses of the channel."""

    ways: Ways
    chances: tuple[tuple[float, float], ...]
    after: Quantity | None
    first: FirstUses | None = None


@dataclass(frozen=True)
class Channel:
    """One channel, compiled.  `opening` by service; `offered` by service; `resolution` (services, segments, 2); `next` by
    profile (service × segments + segment) and outcome name (failed, unresolved, abandoned …)."""

    name: str
    kind: str
    needs_access: bool
    asynchronous: bool
    stations: tuple[int, ...]
    stages: tuple[Stage, ...]
    offered: tuple[bool, ...]
    opening: tuple[Opening, ...]
    when_closed: str
    tries: float
    spread: Quantity
    via: int | None  # the voice unit in front of this channel
    lines: int | None
    redial_keeps: bool
    resolution: npt.NDArray[np.float64]
    next: tuple[Mapping[str, tuple[Way, ...]], ...]
    chase: ChaseModel | None
    verify: AfterModel | None
    induced: AfterModel | None
    correction: Quantity | None
    reach: tuple[float, ...] | None = None  # by service the share of needs that its phase can settle; None: all


@dataclass(frozen=True)
class Model:
    """All that an engine needs, and the names that tables need."""

    scenario: Scenario
    calendar: Calendar
    start: int  # beginning of the measured period
    end: int  # the horizon
    services: tuple[str, ...]
    segments: tuple[str, ...]  # ("all",) for an anonymous stream
    languages: tuple[str, ...]
    teams: tuple[str, ...]
    eras: tuple[Era, ...]  # what changes with time; the first from the origin on
    stations: tuple[Station, ...]
    classes: tuple[WorkClass, ...]
    class_of: npt.NDArray[np.int64]  # work class, shape (stations, steps, services, segments, languages)
    groups: tuple[Group, ...]
    staffing: Staffing
    demand: Demand
    max_contacts: int
    seed: int

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels of the first era; in later ones they have the same names, kinds and stations."""
        return self.eras[0].channels
