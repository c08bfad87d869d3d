"""A day in a queue: rate of arrival and staff that change in steps, from empty at 0, handle times and patience exponential, places limited or not.

M(t)/M/c(t)/K+M by the Kolmogorov forward equations, where nothing need be steady: a short day, a queue that outgrows its staff and drains, an opening.
When the staff falls, the agents over it end the contact in hand and take no other, as in the simulator; so the busy may outnumber the staff.
Steady figures are in ``erlang_a``; ample agents, handle times of other laws, in ``infinite_servers``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simcrc.theory.errors import TheoryError, not_negative, positive, whole
from simcrc.theory.registry import model
from simcrc.theory.steps import Steps, integral, steps, window
from simcrc.theory.waiting import DEFINITIONS, UNKNOWN

if TYPE_CHECKING:
    from simcrc.theory.numerics.path import Piece

MOST_AGENTS = 20_000
MOST_PLACES = 100_000


@model("transient")
@dataclass(frozen=True)
class Transient:
    """`rates` and `agents`: steps (instant, value from then on), the first at 0, or a number that stays; mean `handle_time` and `patience`
    (default: endless), waiting `places` (default: unlimited).

    Figures count from 0 to `until`; who still waits then is neither served nor given up.  Probabilities are within 1e-9 of the exact ones, and
    so are shares; expected numbers within 1e-9 of the offered.
    """

    rates: Steps
    agents: Steps
    handle_time: float
    until: float
    patience: float = math.inf
    places: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "rates", steps("rates", self.rates))
        object.__setattr__(self, "agents", steps("agents", self.agents))
        for _, staffed in self.agents:
            whole("agents", staffed, least=0, most=MOST_AGENTS)
        positive("handle_time", self.handle_time)
        positive("until", self.until)
        positive("patience", self.patience, endless=True)
        if self.places is not None:
            whole("places", self.places, least=0, most=MOST_PLACES)
        positive("rates", integral(self.rates, 0.0, self.until))

    def _pieces(self, *marks: float) -> tuple[Piece, ...]:
        from simcrc.theory.numerics.path import solved

        times = tuple(sorted({*(float(mark) for mark in marks if 0.0 < mark < self.until), float(self.until)}))
        return solved(self.rates, self.agents, 1.0 / self.handle_time, 1.0 / self.patience, self.places, times)

    def _sum(self, what: str, since: float = 0.0, until: float | None = None) -> float:
        """A figure of ``Measured`` added up over an interval."""
        from simcrc.theory.numerics.path import measured

        until = self.until if until is None else until
        window(since, until, self.until)
        whole_day = since == 0.0 and until == self.until
        pieces = self._pieces() if whole_day else self._pieces(since, until)
        return math.fsum(getattr(measured(piece), what) for piece in pieces if since <= piece.since and piece.until <= until)

    @property
    def offered(self) -> float:
        """Expected number of arrivals."""
        return integral(self.rates, 0.0, self.until)

    @cached_property
    def abandoned(self) -> float:
        """Expected number who give up."""
        return self._sum("queue") / self.patience

    @cached_property
    def blocked(self) -> float:
        """Expected number who find neither an agent nor a place to wait."""
        return self._sum("blocked") if self.places is not None else 0.0

    @cached_property
    def served_at_once(self) -> float:
        """Expected number who find a free agent."""
        return self._sum("at_once")

    @cached_property
    def waiting(self) -> float:
        """Expected number who still wait at `until`."""
        return self._pieces()[-1].queue

    @property
    def served(self) -> float:
        """Expected number whose service has begun."""
        return self.offered - self.blocked - self.abandoned - self.waiting

    @property
    def abandonment(self) -> float:
        """Share of the offered who give up."""
        return self.abandoned / self.offered

    @property
    def p_blocked(self) -> float:
        """Share of the offered who are blocked."""
        return self.blocked / self.offered

    @property
    def p_no_wait(self) -> float:
        """Share of the offered who find a free agent."""
        return self.served_at_once / self.offered

    @cached_property
    def p_wait(self) -> float:
        """Share of the offered who queue: neither blocked nor served at once."""
        return self._queued(0.0, self.until) / self.offered

    @cached_property
    def wait_all(self) -> float:
        """Mean wait of those who are not blocked, served or not, as far as `until`."""
        return self._sum("queue") / (self.offered - self.blocked)

    @cached_property
    def asa(self) -> float:
        """Mean wait of the served: the average speed of answer."""
        return math.fsum(piece.waited for piece in self._pieces()) / self.served

    @property
    def wait_of_queued(self) -> float:
        """Mean wait of those who queue, served or not; nan when nobody does."""
        queued = self.offered * self.p_wait
        return self._sum("queue") / queued if queued > 0 else math.nan

    def agents_busy(self, since: float, until: float) -> float:
        """Mean number of busy agents over an interval, those above the staff included."""
        return self._sum("busy", since, until) / (until - since)

    def queue_length(self, since: float, until: float) -> float:
        """Mean number who wait over an interval."""
        return self._sum("queue", since, until) / (until - since)

    def overtime(self, since: float, until: float) -> float:
        """Mean number of agents who end a contact after their shift, over an interval."""
        return self._sum("over", since, until) / (until - since)

    def abandoned_between(self, since: float, until: float) -> float:
        """Expected number who give up in an interval (they may have come before it)."""
        return self._sum("queue", since, until) / self.patience

    def p_wait_between(self, since: float, until: float) -> float:
        """Share of the arrivals of an interval who queue; nan without arrivals."""
        offered = integral(self.rates, since, until)
        if offered == 0.0:
            return math.nan
        return self._queued(since, until) / offered

    def _queued(self, since: float, until: float) -> float:
        return self._sum("queued", since, until) + (self._sum("blocked", since, until) if self.places is None else 0.0)

    def service_level(self, within: float, definition: str = DEFINITIONS[0], since: float = 0.0, until: float | None = None) -> float:
        """Service level at the threshold `within` by one of the four ``DEFINITIONS``, of the arrivals from `since` to `until` (default: all).

        The wait is followed to its end, past `until` and through changes of staff.  The answered of served_over_answered are, over the whole day,
        those whose service has begun by its end; over a part of it, all of its arrivals who are ever served, followed for 40 times the patience.
        """
        not_negative("within", within)
        if definition not in DEFINITIONS:
            raise TheoryError(UNKNOWN, "definition", value=str(definition), known=", ".join(DEFINITIONS))
        until = self.until if until is None else until
        window(since, until, self.until)
        offered = integral(self.rates, since, until)
        if offered == 0.0:
            return math.nan
        served, early = self._in_time(within, since, until)
        if definition == "served_over_offered":
            return served / offered
        if definition == "served_over_answered":
            return served / self._answered(since, until)
        return (served + early) / offered if definition == "served_or_abandoned_over_offered" else served / (offered - early)

    def _answered(self, since: float, until: float) -> float:
        if since == 0.0 and until == self.until:
            return self.served
        if math.isinf(self.patience):
            return integral(self.rates, since, until) - (self._sum("blocked", since, until) if self.places is not None else 0.0)
        return self._in_time(40.0 * self.patience, since, until)[0]

    def _in_time(self, within: float, since: float, until: float) -> tuple[float, float]:
        """Expected numbers of the arrivals of an interval who are served, and who give up, within a time."""
        from simcrc.theory.numerics.tagged import arrivals_in_time

        return arrivals_in_time(self.rates, self.agents, 1.0 / self.handle_time, 1.0 / self.patience, self.places, within, since, until)
