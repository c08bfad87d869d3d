"""Agents who share skills: two classes of contacts, x and y, agents who serve one of them and agents who serve both (the N and the W of Gans, Koole
and Mandelbaum 2003), as a Markov chain solved numerically.

The rules are those of the simulator with ``routing: {agent: team_order}`` and the specialists' teams written first (or ``agent: fewest_skills`` where
the classes are asked of the agents as skills: languages or services), and ``contact: priority``:

- a contact takes an idle agent of its own class if there is one, else one of both;
- an agent of one class takes the first of that class who waits; an agent of both takes the class `first` when somebody of it waits, else the other:
  the order of `serves` in the team, or the priority class;
- in each class first come, first served; nobody is interrupted; an agent with nobody to serve is idle.

The simulator's default, ``most_idle``, is another chain.  Exact to about 1e-10; refuses more than 600 000 states (some hundreds of agents in the N)
and, in the W, more than 120 000 without queues (about 60, 30 and 60 agents).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simcrc.theory.errors import TheoryError, positive, whole
from simcrc.theory.registry import model
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.theory.numerics.two_skills import Design, Means

MOST_AGENTS = 2_000
FIRST = Words(fr="first : « {value} » ; x ou y est attendu", en='first: "{value}"; x or y is expected')
OVERLOAD = Words(
    fr="surcharge : {load} erlangs de la classe {name}, et il reste pour elle {most} préposés",
    en="overload: {load} erlangs of class {name}, and {most} agents are left for it",
)


class _Skills(ABC):
    """The figures of both designs.  Means are over all of a class, served or not, the wait of those who do not wait being 0."""

    rate_x: float
    rate_y: float
    handle_time: float
    agents_x: int
    agents_both: int
    patience: float
    first: str

    @property
    @abstractmethod
    def _design(self) -> Design:
        """The parameters as ``numerics.two_skills`` takes them."""

    def _designed(self, agents_y: int) -> Design:
        from simcrc.theory.numerics.two_skills import Design

        agents = (self.agents_x, self.agents_both, agents_y)
        return Design((self.rate_x, self.rate_y), 1.0 / self.handle_time, agents, 1.0 / self.patience, self.first == "x")

    @cached_property
    def _solved(self) -> Means:
        from simcrc.theory.numerics.two_skills import solve

        return solve(self._design)

    @property
    def p_wait_x(self) -> float:
        """Share of class x that queues."""
        return self._solved.all_busy_x

    @property
    def p_wait_y(self) -> float:
        """Share of class y that queues."""
        return self._solved.all_busy_y

    @property
    def queue_x(self) -> float:
        """Mean number of class x who wait."""
        return self._solved.queue_x

    @property
    def queue_y(self) -> float:
        """Mean number of class y who wait."""
        return self._solved.queue_y

    @property
    def wait_x(self) -> float:
        """Mean wait of class x, served or not."""
        return self._solved.queue_x / self.rate_x

    @property
    def wait_y(self) -> float:
        """Mean wait of class y, served or not."""
        return self._solved.queue_y / self.rate_y

    @property
    def wait_all(self) -> float:
        """Mean wait of both classes, served or not."""
        return (self.queue_x + self.queue_y) / (self.rate_x + self.rate_y)

    @property
    def wait_of_queued_x(self) -> float:
        """Mean wait of those of class x who queue, served or not."""
        return self.wait_x / self.p_wait_x

    @property
    def wait_of_queued_y(self) -> float:
        """Mean wait of those of class y who queue, served or not."""
        return self.wait_y / self.p_wait_y

    @property
    def abandonment_x(self) -> float:
        """Share of class x that gives up."""
        return self.wait_x / self.patience

    @property
    def abandonment_y(self) -> float:
        """Share of class y that gives up."""
        return self.wait_y / self.patience

    @property
    def busy_x(self) -> float:
        """Mean number of busy agents among those of class x alone."""
        return self._solved.busy_x

    @property
    def busy_both(self) -> float:
        """Mean number of busy agents among those of both classes."""
        return self._solved.busy_both


def _check(design: _Skills, agents: tuple[str, ...]) -> None:
    """Refuse parameters that make no chain, or one without a steady state."""
    for name in ("rate_x", "rate_y", "handle_time"):
        positive(name, getattr(design, name))
    for name in agents:
        whole(name, getattr(design, name), least=0, most=MOST_AGENTS)
    positive("patience", design.patience, endless=True)
    if design.first not in ("x", "y"):
        raise TheoryError(FIRST, "first", value=str(design.first))
    if not math.isinf(design.patience):
        return
    ranked = ("x", "y") if design.first == "x" else ("y", "x")
    for name, most in zip(ranked, _room(design._design.ranked()), strict=True):
        load = getattr(design, f"rate_{name}") * design.handle_time
        if not load < most:
            raise TheoryError(OVERLOAD, f"rate_{name}", name=name, load=float(load), most=float(most))


def _room(design: Design) -> tuple[float, float]:
    """Agents that the class served first, then the other, can have at most.  While the other never lacks contacts, the agents of both are always
    busy and serve it whenever nobody of the first class waits: the first class is a birth-death chain."""
    own, both, other = design.agents
    load = design.rates[0] / design.service
    if load >= own + both:
        return own + both, 0.0
    none_waits, first_waits = 0.0, 1.0 / (1.0 - load / (own + both))  # relative to: all busy with it but nobody of it waits
    weight = 1.0
    for busy in range(own, -1, -1):
        none_waits += weight
        weight *= busy / load
    return own + both, other + both * none_waits / (none_waits + first_waits - 1.0)


@model("n_design")
@dataclass(frozen=True)
class NDesign(_Skills):
    """`agents_x` serve x alone, `agents_both` serve x and y, of whom the class `first` goes first; the same mean `handle_time` and `patience`
    (default: endless) for both classes."""

    rate_x: float
    rate_y: float
    handle_time: float
    agents_x: int
    agents_both: int
    patience: float = math.inf
    first: str = "x"

    def __post_init__(self) -> None:
        _check(self, ("agents_x", "agents_both"))

    @property
    def _design(self) -> Design:
        return self._designed(0)


@model("w_design")
@dataclass(frozen=True)
class WDesign(_Skills):
    """`agents_x` serve x alone, `agents_y` serve y alone, `agents_both` serve both, the class `first` first; the same mean `handle_time` and
    `patience` (default: endless) for both classes."""

    rate_x: float
    rate_y: float
    handle_time: float
    agents_x: int
    agents_both: int
    agents_y: int
    patience: float = math.inf
    first: str = "x"

    def __post_init__(self) -> None:
        _check(self, ("agents_x", "agents_both", "agents_y"))

    @property
    def _design(self) -> Design:
        return self._designed(self.agents_y)

    @property
    def busy_y(self) -> float:
        """Mean number of busy agents among those of class y alone."""
        return self._solved.busy_y
