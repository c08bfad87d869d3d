"""From channel to channel: what each contact of a need led to.  A table of its own, beside the indicators.

Needs that started in the measured period.  A contact that names its cause counts once from the channel and outcome of the
cause to its own channel; a first contact comes from `start`; a contact that caused none goes to `end`.  One contact may
lead to several (a chase while the item waits, then a verification).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simcrc.indicators.axes import Axes
from simcrc.indicators.frames import Table
from simcrc.indicators.sums import Sums, key
from simcrc.log import CONTACTS_PER_NEED, Outcome
from simcrc.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.model.model import Model

NAME, LAYOUT = "transitions", ("from", "group", "to")
GROUPS = ("start", "resolved", "unresolved", "opted_out", "not_reached", "lost", "open")
GROUP_WORDS: dict[str, Words] = {
    "start": Words(fr="début", en="start"),
    "resolved": Words(fr="réglé", en="resolved"),
    "unresolved": Words(fr="non réglé", en="unresolved"),
    "opted_out": Words(fr="a fait le « 0 »", en="opted out (0)"),
    "not_reached": Words(fr="non joint", en="not reached"),
    "lost": Words(fr="perdu ou retiré", en="lost or withdrawn"),
    "open": Words(fr="en cours", en="in progress"),
}
_GROUP = {
    Outcome.SERVED: "unresolved",
    Outcome.CONTAINED: "unresolved",
    Outcome.FAILED: "unresolved",
    Outcome.RETURNED: "unresolved",
    Outcome.OPTED_OUT: "opted_out",
    Outcome.BALKED: "not_reached",
    Outcome.ABANDONED: "not_reached",
    Outcome.BLOCKED: "not_reached",
    Outcome.CLOSED: "not_reached",
    Outcome.DISMISSED: "not_reached",
    Outcome.LOST: "lost",
    Outcome.WITHDRAWN: "lost",
    Outcome.IN_PROGRESS: "open",
}
_GROUP_OF = np.array([GROUPS.index(_GROUP[outcome]) for outcome in Outcome])


def add_transitions(sums: Sums, contacts: Table, needs: Table, axes: Axes) -> None:
    """Count the transitions of a batch; contacts stand by need, in the order of their numbers."""
    channels = axes.size("channel")
    into = sums.array(NAME, LAYOUT, (channels + 1) * len(GROUPS) * (channels + 1))
    counted = needs["measured"].astype(bool)[contacts["need_row"]]
    group = np.where(contacts["resolved"], GROUPS.index("resolved"), _GROUP_OF[contacts["outcome"]])
    row = np.arange(len(counted)) - contacts["number"] + contacts["caused_by"] % CONTACTS_PER_NEED  # the row of the cause: contacts of a need are consecutive
    caused = np.flatnonzero(counted & (contacts["caused_by"] >= 0))
    first = np.flatnonzero(counted & (contacts["caused_by"] < 0))
    cause = row[caused]
    led = np.zeros(len(counted), dtype=bool)
    led[cause] = True
    last = np.flatnonzero(counted & ~led)
    channel, width = contacts["channel"], channels + 1
    np.add.at(into, (channel[cause] * len(GROUPS) + group[cause]) * width + channel[caused], 1)
    np.add.at(into, channels * len(GROUPS) * width + channel[first], 1)
    np.add.at(into, (channel[last] * len(GROUPS) + group[last]) * width + channels, 1)


def transitions(model: Model, sums: Sequence[Sums]) -> pd.DataFrame:
    """Columns from, group, to, mean, replications: the mean number a replication, transitions that never happened left out.  `from` is a channel or
    ``start``, `to` a channel or ``end``."""
    import pandas as pd

    names = [channel.name for channel in model.channels]
    shape = (len(names) + 1, len(GROUPS), len(names) + 1)
    empty = np.zeros(int(np.prod(shape)), dtype=np.int64)
    counts = np.stack([each.arrays.get(key(NAME, LAYOUT), empty) for each in sums]).astype(np.int64).sum(axis=0).reshape(shape)
    sources, groups, targets = np.nonzero(counts)
    return pd.DataFrame(
        {
            "from": [[*names, "start"][i] for i in sources],
            "group": [GROUPS[i] for i in groups],
            "to": [[*names, "end"][i] for i in targets],
            "mean": counts[sources, groups, targets] / len(sums),
            "replications": len(sums),
        }
    )
