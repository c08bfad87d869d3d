"""The citizens: how many they are, and the segments that they fall in."""

from __future__ import annotations

from pydantic import Field, PositiveInt

from simcrc.distributions import Law
from simcrc.scenario.base import Spec
from simcrc.scenario.determinants import Memory
from simcrc.scenario.units import Duration, NonNegative, Share, Text


class Segment(Spec):
    """Citizens who behave alike.

    `access`: share who are on line (level one of the digital divide).  `skill`: the probability that ability does not spoil an
    attempt at self-service on the Web (level two); it multiplies the completion of the channel.  `needs`: needs per citizen
    relative to the other segments.  `patience` holds for queues, before that of the channel. `priority`: 1 is served before 2.
    `head_start`: waiting time granted on entering a queue."""

    name: Text | None = None
    share: Share
    access: Share = 1.0
    skill: Share = 1.0
    needs: NonNegative = 1.0
    language: dict[str, Share] = Field(default_factory=dict)
    patience: Law | None = None
    priority: PositiveInt | None = None
    head_start: Duration = 0


class Population(Spec):
    """A finite population at full scale; without one the needs come from an anonymous stream.

    `language` and `patience` hold for the segments that write none.  `memory`: how fast habit and experience move.
    """

    size: PositiveInt
    segments: dict[str, Segment]
    language: dict[str, Share] = Field(default_factory=dict)
    patience: Law | None = None
    memory: Memory = Memory()
