"""How often citizens have used the channels that were new to them: one byte a citizen and channel, only where first uses differ from later ones.

``memory`` holds what citizens learn of channels for their choice; here is only a count, which ``journey`` asks for when it decides whether a contact
follows.  Nothing is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcrc.log import Outcome

if TYPE_CHECKING:
    from simcrc.engine.contact import Visit
    from simcrc.engine.world import Need
    from simcrc.model.model import FirstUses, Model

MOST = 255
NOT_A_USE = (Outcome.OPTED_OUT, Outcome.WITHDRAWN, Outcome.CLOSED, Outcome.BLOCKED)


class Uses:
    """The counts of one replication; they begin at 0 with the run."""

    def __init__(self, model: Model) -> None:
        size = int(model.demand.citizens.sizes.sum())
        self.counts = {index: np.zeros(size, dtype=np.uint8) for index in counted(model)}  # pages are taken up when first written

    def count(self, need: Need, visit: Visit) -> None:
        """A contact has ended."""
        counts = self.counts.get(visit.channel.index)
        if counts is not None and need.citizen >= 0 and visit.outcome not in NOT_A_USE and counts[need.citizen] < MOST:
            counts[need.citizen] += 1

    def excess(self, need: Need, visit: Visit, first: FirstUses) -> float:
        """What the contact that has just ended, and was counted, adds to a chance."""
        if need.citizen < 0:
            return 0.0
        before = max(0, int(self.counts[visit.channel.index][need.citizen]) - 1)
        return first.excess[need.service][need.ambiguous] * first.keep**before


def counted(model: Model) -> list[int]:
    """The channels on which first uses matter, in any era."""
    found = (index for era in model.eras for index, one in enumerate(era.channels) if any(each and each.first for each in (one.verify, one.induced)))
    return sorted(set(found))


def uses_of(model: Model) -> Uses | None:
    """The counts, where a model asks for any; an anonymous stream has none."""
    return Uses(model) if counted(model) and not model.demand.citizens.anonymous else None
