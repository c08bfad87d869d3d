"""What citizens remember: the channel of habit, and how each channel turned out, better or worse than expected.

Memory is kept for the citizens of the population who had contacts; the others have the habit that they began with, which is
read off a low-discrepancy sequence of their rank (``simcrc.model.citizens``), and no experience.  Two bytes a citizen and
channel at most, whatever the horizon.  Nothing is drawn and kept when the rates are 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from simcrc.draws import Purpose
from simcrc.log import Outcome
from simcrc.model.told import shown

if TYPE_CHECKING:
    from simcrc.engine.contact import Visit
    from simcrc.engine.world import Need
    from simcrc.model.citizens import Citizens
    from simcrc.model.demand import Arrivals
    from simcrc.model.preference import Preference
    from simcrc.scenario.determinants import Memory as Rates
    from simcrc.scenario.scenario import Scenario

HABIT, GUIDED = int(Purpose.HABIT), int(Purpose.GUIDED)
NOT_A_CONTACT = (Outcome.OPTED_OUT, Outcome.WITHDRAWN)  # the contact goes on elsewhere; nothing was learnt about the channel
UNKNOWN = -1


class Memory:
    """The memory of a population."""

    def __init__(self, citizens: Citizens, rates: Rates, preference: Preference) -> None:
        self.habit_rate, self.experience_rate = rates.habit_rate, rates.experience_rate
        self.channels: int = preference.task.shape[1]
        self.size = size = 0 if citizens.anonymous else int(citizens.sizes.sum())
        self.start = preference.habits
        self.expected: list[float] = preference.expected.ravel().tolist()
        self.citizens = citizens
        self.habits = np.full(size if self.habit_rate else 0, UNKNOWN, dtype=np.int8)
        self.experiences = np.zeros(size * self.channels if self.experience_rate else 0, dtype=np.float32)  # pages are taken up when first written
        self._look()

    def first_habits(self, arrivals: Arrivals) -> list[int]:
        """The channel of habit with which the citizens of the needs of a day began."""
        segment, online = arrivals.segment, arrivals.online.astype(np.int64)
        at = self.citizens.habits_at(arrivals.citizen - self.citizens.first[segment])
        passed = (self.start[segment, online] <= at[:, None]).sum(axis=1)
        out: list[int] = np.minimum(passed, self.channels - 1).tolist()
        return out

    def habit(self, need: Need, first: int) -> int:
        """The channel of habit of the citizen whose need this is, who began with `first`."""
        known = self._habits[need.citizen] if self._habits else UNKNOWN
        return first if known == UNKNOWN else known

    def experience(self, need: Need) -> list[tuple[int, float]]:
        """How channels turned out for the citizen, from −1 to 1; those of which there is no experience are left out."""
        at = need.citizen * self.channels
        known: Sequence[float] = self._experiences[at : at + self.channels].tolist()
        return [(channel, value) for channel, value in enumerate(known) if value] if any(known) else []

    def listen(self, scenario: Scenario) -> None:
        """From now on agents guide citizens as `scenario` says."""
        names, services, segments = list(scenario.channels), list(scenario.services), list(scenario.population.segments) if scenario.population else []
        self.guides: list[tuple[int, int, bool, float, set[int], set[int]]] = [
            (
                names.index(guided.after),
                names.index(guided.to),
                scenario.channels[guided.to].needs_access,
                guided.share,
                {k for k, name in enumerate(services) if guided.services is None or name in guided.services},
                {k for k, name in enumerate(segments) if guided.segments is None or name in guided.segments},
            )
            for guided in shown(scenario)
        ]
        if self.guides and not len(self.habits):
            self.habits = np.full(self.size, UNKNOWN, dtype=np.int8)
            self._look()

    def _look(self) -> None:
        """Views whose numbers are read several times faster than those of an array."""
        self._habits, self._rate = self.habits.data, float(np.float32(self.experience_rate))
        self._experiences, self._single = (cast("memoryview[float]", each.data) for each in (self.experiences, np.zeros(1, dtype=np.float32)))

    def _guided(self, need: Need, visit: Visit) -> None:
        """An agent shows the citizen another channel, which may become the habit."""
        for after, to, bound, share, services, segments in self.guides:
            if after != visit.dialled.index or visit.outcome is not Outcome.SERVED or (bound and not need.online):
                continue
            if need.service in services and need.segment in segments and need.block.uniform(GUIDED, need.row, visit.place) < share:
                self.habits[need.citizen] = to

    def learn(self, need: Need, visit: Visit) -> None:
        """Remember a contact that has ended."""
        if need.citizen < 0 or visit.outcome in NOT_A_CONTACT:
            return
        if self.guides:
            self._guided(need, visit)
        if self.habit_rate and need.block.uniform(HABIT, need.row, visit.place) < self.habit_rate:
            self._habits[need.citizen] = visit.dialled.index
        if self.experience_rate:
            channel = visit.channel.index
            expected = 2.0 * self.expected[need.case * self.channels + channel] - 1.0
            surprise = (1.0 if visit.right else -1.0) - expected
            self._learnt(need.citizen * self.channels + channel, surprise / 2.0)

    def _learnt(self, at: int, surprise: float) -> None:
        """The experience number `at` moves towards `surprise`, each step rounded as 32 bits are: so it is the same in every engine."""
        single, experiences = self._single, self._experiences
        before = experiences[at]
        single[0] = surprise
        single[0] = single[0] - before
        single[0] = self._rate * single[0]
        experiences[at] = before + single[0]
