"""Erlang B (M/M/c/c): calls that find all lines taken are lost.  With waiting, see ``erlang_c`` and ``erlang_a``.

The recursion on the inverse, 1/B(n) = 1 + n/a · 1/B(n − 1), has only positive terms: it loses no digits at any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from simcrc.theory.errors import positive, whole
from simcrc.theory.registry import model

MOST_SERVERS = 1_000_000


def inverse_blocking(load: float, lines: int) -> float:
    """1/B(lines): the weight of all states of M/M/c/c relative to the last; infinite beyond what a float holds."""
    inverse = 1.0
    for n in range(1, lines + 1):
        inverse = 1.0 + inverse * (n / load)
    return inverse


@model("erlang_b")
@dataclass(frozen=True)
class ErlangB:
    """M/M/c/c.  `load`: offered erlangs (arrival rate × mean handle time, whatever its law); `lines`: lines or agents."""

    load: float
    lines: int

    def __post_init__(self) -> None:
        positive("load", self.load)
        whole("lines", self.lines, least=0, most=MOST_SERVERS)

    @cached_property
    def blocking(self) -> float:
        """Share of the calls that are lost."""
        return 1.0 / inverse_blocking(self.load, self.lines)

    @cached_property
    def occupancy(self) -> float:
        """Share of the time that a line is taken; 0 without lines."""
        if not self.lines:
            return 0.0
        before = inverse_blocking(self.load, self.lines - 1)  # what is carried is what is not lost, without a difference of near equals
        return before * self.blocking if self.blocking else self.load / self.lines

    @property
    def carried(self) -> float:
        """Mean number of lines taken, erlangs."""
        return self.lines * self.occupancy
