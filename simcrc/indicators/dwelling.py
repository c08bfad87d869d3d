"""Time spent waiting in the measured period, contact by contact and item by item: the other side of Little's law.

What ``load`` and ``backlogs`` follow in time (queue length, stock) is here added up from each one's own times, those of the warm-up included, and only the
part that falls into the measured period.  So over the length of the period it *is* the mean number waiting, to the last microsecond.

Source: J. D. C. Little, "Little's law as viewed on its 50th anniversary", Operations Research 59 (2011), theorem LL.2 (a finite window).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.backlogs import STOCK_TIME
from simcrc.indicators.common import DAY, HOUR, LIVE
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Total
from simcrc.indicators.frames import Frame
from simcrc.indicators.indicator import Indicator, register
from simcrc.words import Words


def _inside(f: Frame, came: str, left: str) -> npt.NDArray[Any]:
    """The part of the time from `came` to `left`, else to the end of the contact, else to the horizon, that falls into the measured period."""
    model = f.axes.model
    gone = np.where(f[left] >= 0, f[left], np.where(f["ended"] >= 0, f["ended"], model.end))
    inside = np.minimum(gone, model.end) - np.maximum(f[came], model.start)
    return np.where(f[came] >= 0, np.maximum(inside, 0), 0)


IN_QUEUE = Measure("dwelt_in_queue", "all_live", lambda f: _inside(f, "queued", "service_start"))
IN_BACKLOG = Measure("dwelt_in_backlog", "all_items", lambda f: _inside(f, "received", "answered"))

register(
    Indicator(
        name="queue_hours",
        label=Words(fr="heures d'attente en file", en="hours in queue"),
        definition=Words(
            fr="Temps passé en file pendant la période, contact par contact, additionné ; ÷ sa durée, c'est la longueur moyenne de la file.",
            en="Time spent in the queue in the period, contact by contact, added up; ÷ its length, it is the mean queue length.",
        ),
        unit="h",
        formula=Total(IN_QUEUE * HOUR, where=LIVE),
        by=((), ("channel",), ("station",)),
    ),
    Indicator(
        name="item_days",
        label=Words(fr="jours d'attente des envois", en="days that items waited"),
        definition=Words(
            fr="Temps que les envois ont passé en attente pendant la période, envoi par envoi, additionné ; ÷ sa durée, c'est le stock moyen.",
            en="Time that items spent in the backlog in the period, item by item, added up; ÷ its length, it is the mean stock.",
        ),
        unit="days",
        formula=Total(IN_BACKLOG * DAY, where=STOCK_TIME),
        by=((), ("channel",)),
    ),
)
