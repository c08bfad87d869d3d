"""Reading records: the rows of a file become arrivals, what they bring with them, and a frame of what was recorded.

Nothing is dropped in silence: ``Records.counts`` says how many rows were left out or repaired, by cause.  ``simcrc.replay.columns`` reads
single columns, ``simcrc.replay.fit`` uses what was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.errors import ScenarioError
from simcrc.replay.columns import SECOND, UNKNOWN, Flags, Integers, clock, dates, duration, mapped, meets, spread, there
from simcrc.replay.table import Roster, read_roster, read_rows
from simcrc.scenario.positions import Mark
from simcrc.scenario.texts import DATA

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.model.calendar import Calendar
    from simcrc.model.model import Model
    from simcrc.scenario.replay import Replay, ReplaySegment
    from simcrc.scenario.scenario import Scenario

DAY = 86_400 * SECOND
HALF_DAY = DAY // 2
Arrivals = tuple[Integers, Integers | None]


@dataclass(frozen=True, eq=False)
class Content:
    """What the citizens of one service bring, row by row as their arrivals; shape (n,), int64 microseconds, UNKNOWN (-1) where the record does not tell.

    `work`: time with the agent.  `patience`: exactly this long.  `bore`: at least this long (0: nothing is known).
    """

    work: Integers
    patience: Integers
    bore: Integers


@dataclass(frozen=True, eq=False)
class Records(Mapping[int, Arrivals]):
    """What was read.  As a mapping: service index → (instants, sorted; segments or None), as ``compile(scenario, records=…)`` takes it.

    `content`: by service index.  `frame`: one row a record kept, in order of time, with columns time (instant), service, segment (indices), queued,
    abandoned (bool), waited (seconds, of those who queued).  `counts`: rows by cause.  `roster`: (team, date) → agents by part of the day.
    """

    arrivals: dict[int, Arrivals]
    content: dict[int, Content]
    frame: pd.DataFrame
    counts: dict[str, int]
    roster: Roster = field(default_factory=dict)

    def __getitem__(self, service: int) -> Arrivals:
        return self.arrivals[service]

    def __iter__(self) -> Iterator[int]:
        return iter(self.arrivals)

    def __len__(self) -> int:
        return len(self.arrivals)

    def fit(self, model: Model) -> Model:
        """`model` with the work, the patience and the roster of the records; ``simcrc.model.compile`` calls it."""
        from simcrc.replay.fit import fit

        return fit(model, self)


def read(replay: Replay, scenario: Scenario, folder: Path, data: Path | None, calendar: Calendar) -> Records:
    """The records that `replay` names, as arrivals of `scenario` on `calendar`.

    `folder`: where relative paths start; `data`: the folder that ``{data}/`` stands for.  Raises ScenarioError for a file or a column
    that is not there, and for names that are not in the scenario.
    """
    frame = read_rows(replay, [(str(path), _resolve(path, folder, data)) for path in replay.file])
    counts = {"read": len(frame)}
    frame = _dropped(frame, replay, counts)
    service = _services(frame, replay, scenario, counts)
    instant = _instants(frame, replay, calendar, counts)
    kept = (service >= 0) & (instant >= 0)
    frame, service, instant = frame[kept], service[kept], instant[kept]
    order = np.argsort(instant, kind="stable")
    frame, service, instant = frame.iloc[order], service[order], instant[order]
    segment = None if replay.segment is None else _segments(frame, replay, replay.segment, scenario, counts)
    counts["kept"] = len(frame)
    if not len(frame):
        causes = ", ".join(f"{cause}: {n}" for cause, n in counts.items() if n)
        raise ScenarioError([Mark(str(replay.file[0])).problem("replay_empty", ("replay",), detail=causes)])
    recorded, content = _recorded(frame, replay, counts)
    recorded.insert(0, "time", instant)
    recorded.insert(1, "service", service)
    recorded.insert(2, "segment", np.full(len(frame), UNKNOWN) if segment is None else segment)
    names = range(len(scenario.services))
    own = {k: service == k for k in names}
    present = {k: rows for k, rows in own.items() if rows.any()}
    roster = {} if replay.roster is None else read_roster(str(replay.roster), _resolve(replay.roster, folder, data), tuple(scenario.teams))
    return Records(
        arrivals={k: (instant[rows], None if segment is None else segment[rows]) for k, rows in present.items()},
        content={k: Content(*(column[rows] for column in content)) for k, rows in present.items()},
        frame=recorded.reset_index(drop=True),
        counts={cause: n for cause, n in counts.items() if n or cause in ("read", "kept")},
        roster=roster,
    )


def _resolve(path: str, folder: Path, data: Path | None) -> Path:
    if not path.startswith(DATA):
        return folder / path
    if data is None:
        raise ScenarioError([Mark(str(path)).problem("data_folder", ("replay", "file"), found=path)])
    return data / path.removeprefix(DATA)


def _dropped(frame: pd.DataFrame, replay: Replay, counts: dict[str, int]) -> pd.DataFrame:
    """`frame` without the rows that meet a condition of `drop`; each row counts under the first that it meets."""
    for condition in replay.drop:
        gone = meets(frame, condition, replay.missing)
        label = ", ".join(f"{column}={'|'.join(values)}" for column, values in condition.items())
        counts[f"drop: {label}"] = int(gone.sum())
        frame = frame[~gone]
    return frame


def _services(frame: pd.DataFrame, replay: Replay, scenario: Scenario, counts: dict[str, int]) -> Integers:
    """The service index of each row, UNKNOWN for those of no service of the scenario."""
    index = {name: k for k, name in enumerate(scenario.services)}
    spec = replay.service
    for name in (*spec.values.values(), *([spec.only] if spec.only else [])):
        _known(name, index, "unknown_service", ("replay", "service"))
    if spec.column is None:
        return np.full(len(frame), index.get(str(spec.only), UNKNOWN), dtype=np.int64)
    texts = frame[spec.column]
    out = mapped(texts, {text: index[name] for text, name in spec.values.items()})
    for text, n in texts[out < 0].value_counts().items():
        counts[f"no service: {spec.column}={text}"] = int(n)
    return out


def _instants(frame: pd.DataFrame, replay: Replay, calendar: Calendar, counts: dict[str, int]) -> Integers:
    """The instant of each row, UNKNOWN where it cannot be read or lies outside the run."""
    import pandas as pd

    spec = replay.time
    if spec.instant is not None:
        stamps = dates(frame[spec.instant], spec.format)
        if stamps.dt.tz is not None:
            return _absolute(stamps, calendar, counts)
        day = stamps.dt.normalize()
        time = ((stamps - day) / pd.Timedelta(microseconds=1)).fillna(UNKNOWN).to_numpy().astype(np.int64)
    else:
        day = dates(frame[str(spec.date)], spec.format)
        time = np.full(len(frame), UNKNOWN, dtype=np.int64)
        for column in spec.clock:
            asked = (time < 0) & there(frame[column], replay.missing)
            found = clock(frame[column])
            counts[f"{column} not readable"] = int((asked & (found < 0)).sum())
            time = np.where(asked, found, time)
        if spec.not_before is not None:
            time = _after(time, clock(frame[spec.not_before]), counts)
    days = (day - pd.Timestamp(calendar.dates[0])).dt.days
    unread = days.isna().to_numpy() | (time < 0)
    local = days.fillna(0).to_numpy().astype(np.int64) * DAY + np.where(unread, 0, time)
    outside = ~unread & ((local < 0) | (local >= len(calendar.dates) * DAY))
    counts["time not readable"], counts["outside the period"] = int(unread.sum()), int(outside.sum())
    out: Integers = np.where(unread | outside, UNKNOWN, from_local(local, calendar))
    return out


def _absolute(stamps: pd.Series[Any], calendar: Calendar, counts: dict[str, int]) -> Integers:
    """As ``_instants``, for times that tell their offset from UTC."""
    import pandas as pd

    unread = stamps.isna().to_numpy()
    since = ((stamps - calendar.origin) / pd.Timedelta(microseconds=1)).fillna(UNKNOWN)
    instant: Integers = np.rint(since.to_numpy(dtype=np.float64)).astype(np.int64)
    outside = ~unread & ((instant < 0) | (instant >= calendar.end))
    counts["time not readable"], counts["outside the period"] = int(unread.sum()), int(outside.sum())
    return np.where(unread | outside, UNKNOWN, instant)


def _after(time: Integers, before: Integers, counts: dict[str, int]) -> Integers:
    """`time`, a day later where it lies more than half a day before `before`: the contact crossed midnight.

    A smaller step back is a fault of the clock and is kept.
    """
    back = (time >= 0) & (before >= 0) & (time < before)
    crossed = back & (before - time > HALF_DAY)
    counts["crossed midnight"], counts["clock runs back (kept)"] = int(crossed.sum()), int((back & ~crossed).sum())
    out: Integers = np.where(crossed, time + DAY, time)
    return out


def from_local(local: Integers, calendar: Calendar) -> Integers:
    """Instants of wall-clock microseconds since midnight of the first day; of a time that occurs twice the first, as ``Calendar.instant``."""
    out: Integers = local - calendar.shifts[0]
    for change, shift in zip(calendar.changes, calendar.shifts[1:], strict=True):
        later = local - shift
        out = np.where((out >= change) & (later >= change), later, out)
    return out


def _segments(frame: pd.DataFrame, replay: Replay, spec: ReplaySegment, scenario: Scenario, counts: dict[str, int]) -> Integers:
    """The segment index of each row, UNKNOWN (drawn by the demand) where the file holds another text."""
    index = {name: k for k, name in enumerate(scenario.population.segments if scenario.population else ("all",))}
    for name in (*spec.values.values(), *(name for entry in spec.unknown for name in entry.shares)):
        _known(name, index, "unknown_segment", ("replay", "segment"))
    out = mapped(frame[spec.column], {text: index[name] for text, name in spec.values.items()})
    counts["no segment (drawn)"] = int((out < 0).sum())
    done: Flags = np.zeros(len(frame), dtype=np.bool_)
    for entry in spec.unknown:
        rows = ~done & np.logical_or.reduce([meets(frame, condition, replay.missing) for condition in entry.when])
        names = [index[name] for name in entry.shares]
        out[rows] = np.array(names, dtype=np.int64)[spread(list(entry.shares.values()), int(rows.sum()))]
        done |= rows
    counts["segment not told (given in proportion)"] = int(done.sum())
    return out


def _recorded(frame: pd.DataFrame, replay: Replay, counts: dict[str, int]) -> tuple[pd.DataFrame, tuple[Integers, Integers, Integers]]:
    """What happened, row by row, and what is brought."""
    import pandas as pd

    n = len(frame)
    work, patience, bore = np.full(n, UNKNOWN, dtype=np.int64), np.full(n, UNKNOWN, dtype=np.int64), np.zeros(n, dtype=np.int64)
    spec = replay.recorded
    if spec is None:
        return pd.DataFrame(index=range(n)), (work, patience, bore)
    served, abandoned = meets(frame, spec.served, replay.missing), meets(frame, spec.abandoned, replay.missing)
    wait = duration(frame[spec.wait], spec.unit)
    queued = wait > 0 if spec.queued is None else there(frame[spec.queued], replay.missing)
    unknown = ~queued if spec.queued is not None else ~there(frame[spec.wait], replay.missing)
    wait = np.where(unknown, 0, wait)
    counts["neither served nor abandoned"] = int((~served & ~abandoned).sum())
    counts["wait not readable"] = int((wait < 0).sum())
    if "work" in replay.brings and spec.work is not None:
        work = np.where(served, duration(frame[spec.work], spec.unit), UNKNOWN)
        counts["work not readable (drawn)"] = int((served & (work < 0)).sum())
    if "patience" in replay.brings:
        patience = np.where(abandoned, wait, UNKNOWN)
        bore = np.where(abandoned, 0, np.maximum(wait, 0))
    known = pd.DataFrame({"queued": queued, "abandoned": abandoned, "waited": np.where(queued, np.maximum(wait, 0), 0) / SECOND})
    return known, (work, patience, bore)


def _known(name: str, index: Mapping[str, int], code: str, path: tuple[str, ...]) -> None:
    if name not in index:
        raise ScenarioError([Mark("replay").problem(code, path, found=name, known=list(index))])


__all__ = ["Content", "Records", "from_local", "read"]
