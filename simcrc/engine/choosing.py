"""The first channel of a need whose citizen has terms of his own: habit, task, circumstances, experience, at the instant when the need arises.

Where all of a profile choose alike the first channels of a day are drawn together (``simcrc.engine.run``).
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from simcrc.draws import Decision, about
from simcrc.engine.memory import Memory

if TYPE_CHECKING:
    from simcrc.engine.world import Channel, Need, World
    from simcrc.model.era import Era
    from simcrc.model.preference import Preference


class Choosing:
    """Chooses by the preference of an era."""

    def __init__(self, world: World, preference: Preference, memory: Memory | None) -> None:
        self.world, self.memory = world, memory
        self.constants: list[list[float]] = preference.constants.reshape(-1, len(world.channels)).tolist()  # by profile << 1 | online
        self.used = [[k for k, value in enumerate(row) if value > -inf] for row in self.constants]
        self.task: list[list[float]] = preference.task.tolist()
        self.gain: list[float] = preference.habit.tolist()
        self.closed, self.weight = preference.closed, preference.experience
        self.choices = [about(Decision.CHANNEL, channel.code) for channel in world.channels]

    def __call__(self, need: Need) -> Channel | None:
        """The channel that the citizen takes now; None when none is feasible."""
        world, memory, block, row = self.world, self.memory, need.block, need.row
        kind = need.case & 1 | need.ambiguous << 1
        at = need.profile << 1 | need.online
        constants, task = self.constants[at], self.task[kind]
        habit = -1 if memory is None else memory.habit(need)
        chosen, best = -1, -inf
        for channel in self.used[at]:
            score = constants[channel] + task[channel] + block.gumbel(self.choices[channel], row, 0)
            if channel == habit:
                score += self.gain[kind]
            if self.weight and memory is not None:
                score += self.weight * memory.experience(need, channel)
            if self.closed and not world.channels[channel].opening[need.service].is_open(world.env.now):
                score += self.closed
            if score > best:
                chosen, best = channel, score
        return world.channels[chosen] if chosen >= 0 else None


def divert(era: Era, world: World, need: Need, channel: Channel) -> Channel:
    """A channel that opened and draws from the one chosen is taken in its place with its probability."""
    for (given, to), table in era.first.diverted.items():
        if given == channel.index and (need.online or not world.channels[to].model.needs_access):
            chance = table[need.service, need.segment]
            if chance and need.block.uniform(about(Decision.DIVERT, world.channels[to].code), need.row, 0) < chance:
                return world.channels[to]
    return channel
