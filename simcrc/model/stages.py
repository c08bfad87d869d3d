"""The few stages that channels are composed of, compiled: what an engine walks through for one contact.

``Transport`` takes time and nobody; ``SelfService`` takes no staff and succeeds, fails or is left by "0"; ``Queue`` is staffed
and synchronous: the citizen waits; ``Backlog`` is staffed and asynchronous: the item waits.  Probabilities are arrays by
service, segment and complexity; quantities name the draw they need (``simcrc.draws``)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.draws import Quantity
from simcrc.model.sites import Sites

Chances = npt.NDArray[np.float64]
"""Probabilities, shape (services, segments, 2), the last axis 0 for simple and 1 for complex needs."""


@dataclass(frozen=True)
class Transport:
    """The item travels; with probability `lost` it never arrives."""

    time: Quantity
    lost: float = 0.0


@dataclass(frozen=True)
class SelfService:
    """The citizen serves himself for `duration`: leaves by "0" with probability `opt_out` (after `opt_out_after` if given),
    else completes with probability `completion`, else fails."""

    duration: Quantity
    completion: Chances
    opt_out: Chances | None = None
    opt_out_after: Quantity | None = None
    ports: int | None = None
    complex_duration: float = 1.0


@dataclass(frozen=True)
class Rekeying:
    """What staff key in again about needs that come from another channel: with which probability, by service, and how long it takes."""

    chance: tuple[float, ...]
    time: Quantity


@dataclass(frozen=True)
class Queue:
    """The citizen waits for an agent, then is served.

    `stations`: index of the station of each site; `sites`: how visitors divide between them.  `places`: how many may
    wait.  `serve_at_closing`: contacts in the queue at closing are served, else dismissed. `patience` None: waits for ever.
    `transfer`: probability that the agent sends the citizen on, to channel `transfer_to`."""

    stations: tuple[int, ...]
    sites: Sites
    handle: Quantity
    patience: Quantity | None
    balking: float
    announce: str | None  # a rule of simcrc.rules.announce
    places: int | None
    serve_at_closing: bool
    wrap_up: Quantity | None
    transfer: Chances | None
    transfer_to: str | None
    complex_handle: float = 1.0
    rekeying: Rekeying | None = None


@dataclass(frozen=True)
class Step:
    """One piece of work on an item."""

    name: str
    handle: Quantity


@dataclass(frozen=True)
class Backlog:
    """The item waits for each of its `steps` in turn.  `incomplete`: probability that the last step finds it incomplete, so
    that it goes back to the citizen."""

    station: int
    steps: tuple[Step, ...]
    incomplete: Chances
    complex_handle: float = 1.0
    rekeying: Rekeying | None = None


Stage = Transport | SelfService | Queue | Backlog
