"""Redial and reconnect: the total rate of the contacts when some of them come back at once or later.

The balance holds whatever the queue, so it is an identity in the *measured* abandonment.  Returns long after, through an Erlang queue
that gives the abandonment too: ``returns``; blocked calls that try again while the line is still busy: ``retrial``.
"""

from __future__ import annotations

from dataclasses import dataclass

from simcrc.theory.errors import TheoryError, positive, share
from simcrc.theory.registry import model
from simcrc.words import Words

ENDLESS = Words(
    fr="chaque contact en cause au moins un autre : le total croît sans fin", en="each contact brings at least one more: the total grows without end"
)


@model("redial")
@dataclass(frozen=True)
class Redial:
    """Fresh contacts at `arrival_rate`; a share `abandonment` of all contacts abandons, of whom `redial` call again; of those served
    `reconnect` call again.  λ + p·Pab·Λ + q·(1 − Pab)·Λ = Λ (Ding, Remerova, van der Mei and Zwart 2015)."""

    arrival_rate: float
    abandonment: float
    redial: float = 0.0
    reconnect: float = 0.0

    def __post_init__(self) -> None:
        positive("arrival_rate", self.arrival_rate)
        for name in ("abandonment", "redial", "reconnect"):
            share(name, getattr(self, name))
        if self._last <= 0.0:
            raise TheoryError(ENDLESS)

    @property
    def _last(self) -> float:
        """Share of the contacts after which the citizen does not call again; a sum without cancellation."""
        return self.abandonment * (1.0 - self.redial) + (1.0 - self.abandonment) * (1.0 - self.reconnect)

    @property
    def contacts_per_need(self) -> float:
        """Mean number of contacts of a fresh one, itself included: 1 / (1 − p·Pab − q·(1 − Pab))."""
        return 1.0 / self._last

    @property
    def total_rate(self) -> float:
        """Rate of all contacts, fresh and repeated."""
        return self.arrival_rate / self._last

    @property
    def redial_rate(self) -> float:
        """Rate of the contacts that follow an abandonment."""
        return self.total_rate * self.abandonment * self.redial

    @property
    def reconnect_rate(self) -> float:
        """Rate of the contacts that follow a service."""
        return self.total_rate * (1.0 - self.abandonment) * self.reconnect

    @property
    def served_at_last(self) -> float:
        """Share of the needs whose last contact was served; the others ended with an abandonment."""
        return (1.0 - self.abandonment) * (1.0 - self.reconnect) / self._last
