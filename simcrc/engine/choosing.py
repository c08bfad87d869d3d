"""The first channel of a need whose citizen has terms of his own: habit, task, circumstances, experience, at the instant when the need arises.

What can be known of the needs of a day beforehand is made for all of them together (``terms``): constants, task and random parts added up, what is closed, the
habit that the citizen began with.  What he has learnt meanwhile is added when the need arises.  Where all of a profile choose alike the first channels of a
day are drawn together (``simcrc.engine.run``).
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from simcrc.draws import Decision, about
from simcrc.engine.memory import UNKNOWN, Memory

if TYPE_CHECKING:
    from simcrc.engine.world import Channel, Need, World
    from simcrc.model.demand import Arrivals
    from simcrc.model.era import Era
    from simcrc.model.preference import Preference

Terms = tuple[list[float], int, int]
"""Of a need: constants, task and random part of each channel (−inf where it is not feasible), which are closed (a bit each), the habit of old."""


class Choosing:
    """Chooses by the preference of an era."""

    def __init__(self, world: World, preference: Preference, memory: Memory | None) -> None:
        self.world, self.memory = world, memory
        self.gain: list[float] = preference.habit.tolist()
        self.closed = preference.closed
        self.weight = preference.experience if memory is not None and memory.experience_rate else 0.0

    def __call__(self, need: Need) -> Channel | None:
        """The channel that the citizen takes now; None when none is feasible."""
        scores, shut, habit = need.terms
        del need.terms
        memory = self.memory
        if memory is not None and need.citizen >= 0:
            habit = memory.habit(need, habit)
            scores[habit] += self.gain[need.case & 1 | need.ambiguous << 1]
            if self.weight:
                for channel, experience in memory.experience(need):
                    scores[channel] += self.weight * experience
        if shut:
            for channel in range(len(scores)):
                if shut >> channel & 1:
                    scores[channel] += self.closed
        best = max(scores)
        return self.world.channels[scores.index(best)] if best > -inf else None


def terms(world: World, arrivals: Arrivals, era: Era, preference: Preference) -> list[Terms]:
    """The terms of the needs of a day, which is of `era`, in their order."""
    a = arrivals
    kind = a.complex.astype(np.int64) | a.ambiguous.astype(np.int64) << 1
    scores = preference.constants[a.service, a.segment, a.online.astype(np.int64)] + preference.task[kind]
    shut = np.zeros(len(a.time), dtype=np.int64)
    for block in a.blocks:
        own = np.flatnonzero(a.service == block.service)
        rows = a.number[own]
        for channel in world.channels:
            if (preference.constants[block.service, ..., channel.index] > -inf).any():
                scores[own, channel.index] += block.gumbels(about(Decision.CHANNEL, channel.code))[rows]
                if preference.closed:
                    closed = ~era.channels[channel.index].opening[block.service].are_open(a.time[own])
                    shut[own] |= closed.astype(np.int64) << channel.index
    habits = [UNKNOWN] * len(a.time) if world.memory is None else world.memory.first_habits(a)
    return list(zip(scores.tolist(), shut.tolist(), habits, strict=True))


def divert(era: Era, world: World, need: Need, channel: Channel) -> Channel:
    """A channel that opened and draws from the one chosen is taken in its place with its probability."""
    for (given, to), table in era.first.diverted.items():
        if given == channel.index and (need.online or not world.channels[to].model.needs_access):
            chance = table[need.service, need.segment]
            if chance and need.block.uniform(about(Decision.DIVERT, world.channels[to].code), need.row, 0) < chance:
                return world.channels[to]
    return channel
