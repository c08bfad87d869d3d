"""Erlang C (M/M/c): all who find the agents busy wait, and nobody gives up.  With patience or limited places, see ``erlang_a``."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from simcrc.theory.erlang_b import MOST_SERVERS, inverse_blocking
from simcrc.theory.errors import TheoryError, not_negative, positive, share, stable, whole
from simcrc.theory.registry import model
from simcrc.words import Words

NEVER = Words(fr="{name} : aucune attente n'est certaine de ne pas être dépassée", en="{name}: no wait is certain not to be exceeded")


@model("erlang_c")
@dataclass(frozen=True)
class ErlangC:
    """M/M/c.  `arrival_rate` per unit of time, mean `handle_time`, `agents`.

    Raises TheoryError when the agents cannot carry the load.
    """

    arrival_rate: float
    handle_time: float
    agents: int

    def __post_init__(self) -> None:
        positive("arrival_rate", self.arrival_rate)
        positive("handle_time", self.handle_time)
        whole("agents", self.agents, most=MOST_SERVERS)
        stable(self.load, self.agents)

    @property
    def load(self) -> float:
        """Offered load, erlangs."""
        return self.arrival_rate * self.handle_time

    @property
    def occupancy(self) -> float:
        """Share of the time that an agent is busy."""
        return self.load / self.agents

    @cached_property
    def p_no_wait(self) -> float:
        """Share who find a free agent."""
        return 1.0 / (1.0 + 1.0 / self._free)

    @cached_property
    def p_wait(self) -> float:
        """Share who wait."""
        return 1.0 / (1.0 + self._free)

    @cached_property
    def _free(self) -> float:
        """P(an agent is free) ÷ P(all are busy)."""
        spare = (self.agents - self.load) / self.agents
        return spare * self.agents / self.load * inverse_blocking(self.load, self.agents - 1)

    @property
    def wait_of_queued(self) -> float:
        """Mean wait of those who wait."""
        return self.handle_time / (self.agents - self.load)

    @property
    def asa(self) -> float:
        """Mean wait of all: the average speed of answer."""
        return self.p_wait * self.wait_of_queued

    @property
    def queue_length(self) -> float:
        """Mean number who wait."""
        return self.arrival_rate * self.asa

    @property
    def agents_busy(self) -> float:
        """Mean number of busy agents: the load."""
        return self.load

    def service_level(self, within: float) -> float:
        """Share served within that time."""
        not_negative("within", within, endless=True)
        return self.p_no_wait + self.p_wait * -math.expm1(-within / self.wait_of_queued)

    def wait_quantile(self, share_served: float) -> float:
        """The time within which that share is served; 0 when so many do not wait at all."""
        share("share_served", share_served)
        if share_served <= self.p_no_wait:
            return 0.0
        if share_served == 1.0:
            raise TheoryError(NEVER, "share_served", name="share_served")
        return max(0.0, self.wait_of_queued * math.log(self.p_wait / (1.0 - share_served)))
