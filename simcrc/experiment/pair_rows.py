"""The table of the pairs, ``pairs.parquet``: by replication, service, segment and month in which the needs start, whole numbers that any figure of contacts and
costs can be computed from again.

Columns: replication, service, segment, month, needs; contacts in the base and under the policy (``base_contacts``, ``policy_contacts``), and by reason
(``base_first`` … ``policy_induced``); ``base_resolved``, ``policy_resolved``: needs resolved; ``base_cost``, ``policy_cost``: unit costs, in the currency; the
counts of ``simcrc.experiment.pair.COUNTS``.  Rows without needs are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.experiment.pair import CELL, COUNTS
from simcrc.indicators.common import MONEY, OF_NEEDS, ends
from simcrc.indicators.journeys import CONTACTS_MADE
from simcrc.indicators.money import NEED_COST
from simcrc.log import End, Reason

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.pairs import Pairs


def pair_rows(pairs: Pairs) -> pd.DataFrame:
    """The table."""
    import pandas as pd

    needs = pairs.needs(CELL)
    shown = np.flatnonzero(needs.ravel() > 0)
    places = np.unravel_index(shown, needs.shape)
    columns: dict[str, Any] = {"replication": np.array(pairs.numbers)[places[0]]}
    for axis, place in zip(CELL, places[1:], strict=True):
        columns[axis] = pd.Series(np.array(pairs.base.cohort.axes.labels[axis], dtype=object)[place], dtype=object)
    columns["needs"] = _whole(needs, shown)
    for name, arm in (("base", pairs.base), ("policy", pairs.policy)):
        columns[f"{name}_contacts"] = _whole(arm.over_cohort(CONTACTS_MADE, CELL), shown)
        by_reason = arm.over_cohort(OF_NEEDS, ("reason", *CELL))
        for reason in Reason:
            columns[f"{name}_{reason.name.lower()}"] = _whole(by_reason[:, reason], shown)
        columns[f"{name}_resolved"] = _whole(arm.over_cohort(ends(End.RESOLVED), CELL), shown)
        columns[f"{name}_cost"] = arm.over_cohort(NEED_COST, CELL).ravel()[shown] * MONEY
    for name in COUNTS:
        columns[name] = _whole(pairs.count(name, CELL), shown)
    return pd.DataFrame(columns)


def _whole(values: np.ndarray[Any, np.dtype[np.float64]], shown: np.ndarray[Any, np.dtype[np.int64]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.asarray(values.ravel()[shown], dtype=np.int64)
