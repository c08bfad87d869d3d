"""Eras: a policy changes what is written of an organisation from a day on, and each stretch between two changes is an era.

Everything that may change with time stands in an ``Era``: how channels work, what citizens choose, who is on line, how complex needs are.  What does not change
(which channels, stations and teams there are, when needs arise and whose they are) stands in the ``Model``.  A scenario without policies
has one era.  ``simcrc.policies`` says what is written from which day on, ``simcrc.model.compile`` compiles it; engines take up an era at
its first instant, a local midnight.  Costs are those of the base: no kind of measure changes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.draws import Quantity

if TYPE_CHECKING:
    from simcrc.distributions import Distribution
    from simcrc.model.first import First
    from simcrc.model.model import Channel
    from simcrc.scenario.scenario import Scenario

LATER_UID = 1 << 21  # uids of quantities that an era changes come after those of channels and teams


@dataclass(frozen=True, eq=False)
class Era:
    """What holds from the instant `start`, midnight of day number `day`, until the next era.  `first`: how the first channel is chosen."""

    day: int
    start: int
    scenario: Scenario
    channels: tuple[Channel, ...]
    first: First


def era_of_day(eras: Sequence[Era], day: int) -> Era:
    """The era that day number `day` belongs to."""
    found = eras[0]
    for era in eras:
        if era.day > day:
            break
        found = era
    return found


class Quantities:
    """Makes the quantities of a model: one object, with one uid, for one law of one thing, in whatever era.

    Columns of draws are kept by uid (``simcrc.blocks``), so that two laws must not share one.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, tuple[tuple[Distribution | None, ...], ...]], Quantity] = {}
        self._first: set[int] = set()

    def __call__(self, uid: int, purpose: int, laws: tuple[tuple[Distribution | None, ...], ...]) -> Quantity:
        """The quantity number `uid` (the same in all eras) when its laws are `laws`."""
        key = (uid, purpose, laws)
        found = self._known.get(key)
        if found is None:
            own = uid if uid not in self._first else LATER_UID + len(self._known)
            self._first.add(uid)
            found = self._known[key] = Quantity(own, purpose, laws)
        return found
