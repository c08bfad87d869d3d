"""Erlang A (M/M/c+M, Palm) with or without limited waiting places (M/M/c/K+M): those who wait give up after an exponential patience.

Covers M/M/c/K (endless patience), Erlang B (no place to wait) and Erlang C (endless patience, unlimited places).  For patience of another law, see
``general_patience``; for the figures, ``waiting``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from simcrc.theory.erlang_b import MOST_SERVERS
from simcrc.theory.errors import positive, stable, whole
from simcrc.theory.limited import MOST_PLACES, Limited
from simcrc.theory.patience import Exponential
from simcrc.theory.registry import model
from simcrc.theory.unlimited import Unlimited
from simcrc.theory.waiting import Queue, Waiting


@model("erlang_a")
@dataclass(frozen=True)
class ErlangA(Waiting):
    """M/M/c/K+M.  `arrival_rate` per unit of time, mean `handle_time`, `agents`, mean `patience` (default: endless), waiting `places` (default:
    unlimited; at most 1 000 000).

    Raises TheoryError when patience is endless, places unlimited, and the agents cannot carry the load.
    """

    arrival_rate: float
    handle_time: float
    agents: int
    patience: float = math.inf
    places: int | None = None

    def __post_init__(self) -> None:
        positive("arrival_rate", self.arrival_rate)
        positive("handle_time", self.handle_time)
        whole("agents", self.agents, most=MOST_SERVERS)
        positive("patience", self.patience, endless=True)
        if self.places is not None:
            whole("places", self.places, least=0, most=MOST_PLACES)
        elif math.isinf(self.patience):
            stable(self.load, self.agents)

    @cached_property
    def _queue(self) -> Queue:
        if self.places is None:
            return Unlimited(self.arrival_rate, self.handle_time, self.agents, Exponential(self.patience))
        return Limited(self.arrival_rate, self.handle_time, self.agents, self.patience, self.places)
