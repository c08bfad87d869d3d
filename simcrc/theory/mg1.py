"""M/G/1: one agent, handle times of any law.  With several agents and fixed handle times see ``mdc``; exponential ones, ``erlang_c``.

Pollaczek (1930) and Khintchine (1932): only the mean and the coefficient of variation of the handle time matter to the mean wait.
"""

from __future__ import annotations

from dataclasses import dataclass

from simcrc.theory.errors import not_negative, positive, stable
from simcrc.theory.registry import model


@model("mg1")
@dataclass(frozen=True)
class MG1:
    """M/G/1, first come first served.  `cv`: coefficient of variation of the handle time (0 fixed, 1 exponential)."""

    arrival_rate: float
    handle_time: float
    cv: float

    def __post_init__(self) -> None:
        positive("arrival_rate", self.arrival_rate)
        positive("handle_time", self.handle_time)
        not_negative("cv", self.cv)
        stable(self.occupancy, 1)

    @property
    def occupancy(self) -> float:
        """Share of the time that the agent is busy."""
        return self.arrival_rate * self.handle_time

    @property
    def p_wait(self) -> float:
        """Share of the arrivals that wait (arrivals see time averages: Wolff 1982)."""
        return self.occupancy

    @property
    def asa(self) -> float:
        """Mean wait of all: λ E[S²] / (2 (1 − ρ))."""
        return self.occupancy * self.handle_time * (1.0 + self.cv**2) / (2.0 * (1.0 - self.occupancy))

    @property
    def wait_of_queued(self) -> float:
        """Mean wait of those who wait."""
        return self.asa / self.p_wait

    @property
    def queue_length(self) -> float:
        """Mean number who wait (Little 1961)."""
        return self.arrival_rate * self.asa
