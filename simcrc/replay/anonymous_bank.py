"""The call records of Anonymous Bank as arrays, the traps of the file met and counted.

One row a call.  Collected by Ilan Guedj and Avishai Mandelbaum (Technion); described in Brown, Gans, Mandelbaum, Sakov, Shen, Zeltyn & Zhao, "Statistical
Analysis of a Telephone Call Center: A Queueing-Science Perspective", JASA 100 (469), 2005.  ``scenarios/bank/replay.yaml`` reads the same files in the
scenario language; this module reads besides what only estimation needs: the agents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simcrc.replay.columns import SECOND, clock, dates
from simcrc.replay.table import check_columns, read_csv

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TYPES = ("PS", "NE", "NW", "IN", "PE", "TT")
COLUMNS = ("priority", "type", "date", "vru_entry", "vru_exit", "vru_time", "q_start", "q_time", "outcome", "ser_start", "ser_time", "server")
MISSING = "0:00:00"
DAY = 86_400.0


@dataclass(frozen=True, eq=False)
class Calls:
    """Calls that sought an agent (served, or hung up in the queue), in order of arrival; arrays of one length, times in seconds since midnight of `first`.

    `type`: index into TYPES.  `priority`: bool.  `told`: whether the file tells the priority (it does for those who queued).  `arrival`: leaves
    the voice unit.  `queued`, `served`: bool.  `wait`: in the queue.  `start`, `work`: of the service (nan, 0 when not served).  `agent`:
    index into `agents`, -1 for none.  `days`: dates with records; `first`, `length`: the period.  `counts`: traps met, rows each.
    """

    type: Integers
    priority: Flags
    told: Flags
    arrival: Reals
    queued: Flags
    served: Flags
    wait: Reals
    start: Reals
    work: Reals
    agent: Integers
    agents: tuple[str, ...]
    first: date
    length: int
    days: tuple[date, ...]
    counts: dict[str, int]

    def weekdays(self) -> list[int]:
        """The weekday of each day of the period, 0 for Monday."""
        return [(self.first.weekday() + k) % 7 for k in range(self.length)]

    def recorded(self) -> Flags:
        """Which days of the period have records."""
        return np.array([date.fromordinal(self.first.toordinal() + k) in self.days for k in range(self.length)])


def read_calls(files: Sequence[Path]) -> Calls:
    """The calls of `files`.  Raises ScenarioError for a file or a column that is not there."""
    import pandas as pd

    frames = [read_csv(path.name, path) for path in files]
    for path, frame in zip(files, frames, strict=True):
        check_columns(path.name, list(frame.columns), COLUMNS)
    rows = pd.concat(frames, ignore_index=True)
    counts = {"rows": len(rows)}
    queued_all = (rows["q_start"] != MISSING).to_numpy()
    agent_all, hang_all = (rows["outcome"] == "AGENT").to_numpy(), (rows["outcome"] == "HANG").to_numpy()
    counts["PHANTOM rows, left out"] = int((rows["outcome"] == "PHANTOM").sum())
    counts["hung up in the voice unit, left out"] = int((hang_all & ~queued_all).sum())
    known = rows["type"].isin(TYPES).to_numpy()
    counts["other types (AA), left out"] = int((~known).sum())
    keep = known & (agent_all | (hang_all & queued_all))
    return _calls(rows[keep].reset_index(drop=True), counts)


def _calls(rows: pd.DataFrame, counts: dict[str, int]) -> Calls:  # type: ignore[name-defined]  # noqa: F821
    stamps = dates(rows["date"], "%y%m%d")
    present = tuple(sorted({stamp.date() for stamp in stamps}))
    first = present[0].replace(day=1)
    day = (stamps - np.datetime64(first)).dt.days.to_numpy(dtype=np.float64) * DAY
    seconds = {name: clock(rows[name]) / SECOND for name in ("vru_entry", "vru_exit", "ser_start")}
    work, wait = (rows[name].astype(float).to_numpy() for name in ("ser_time", "q_time"))
    served = (rows["outcome"] == "AGENT").to_numpy()
    queued = (rows["q_start"] != MISSING).to_numpy()
    given = (rows["ser_start"] != MISSING).to_numpy()
    crossed = served & given & (seconds["ser_start"] < seconds["vru_exit"] - DAY / 2)
    agents = tuple(sorted(set(rows["server"]) - {""}))
    index = {name: k for k, name in enumerate(agents)}
    short = served & (work < 10)
    counts |= {
        "negative voice-unit time (exit used)": int((rows["vru_time"].astype(float) < 0).sum()),
        "service starts after midnight (a day added)": int(crossed.sum()),
        "served without start of service (exit and wait used)": int((served & ~given).sum()),
        "served by no known agent (left out of the roster)": int((served & (rows["server"] == "")).sum()),
        "hung up in the queue, yet a service time (taken as abandoned)": int((~served & (work > 0)).sum()),
        "service of length zero (kept: the agent is taken)": int((served & (work == 0)).sum()),
        "service under 10 s (kept; left out of the choice of a family)": int((short & (work > 0)).sum()),
        "priority not told (did not queue)": int((~queued).sum()),
        "kept": len(rows),
    }
    arrival = day + seconds["vru_exit"]
    start = np.where(given, day + seconds["ser_start"] + np.where(crossed, DAY, 0.0), arrival + wait)
    order = np.argsort(arrival, kind="stable")
    last = present[-1]
    length = (last - first).days + 1
    return Calls(
        type=rows["type"].map({name: k for k, name in enumerate(TYPES)}).to_numpy(dtype=np.int64)[order],
        priority=(rows["priority"] == "2").to_numpy()[order],
        told=queued[order],
        arrival=arrival[order],
        queued=queued[order],
        served=served[order],
        wait=wait[order],
        start=np.where(served, start, np.nan)[order],
        work=np.where(served, work, 0.0)[order],
        agent=np.where(served, rows["server"].map(index).fillna(-1).to_numpy(), -1).astype(np.int64)[order],
        agents=agents,
        first=first,
        length=length,
        days=present,
        counts=counts,
    )
