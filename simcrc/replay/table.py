"""The files behind a replay: rows of records as texts, and the roster by date; what is wrong with them is said as the loader says it."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.errors import ScenarioError
from simcrc.scenario.faults import nearest
from simcrc.scenario.positions import Mark
from simcrc.scenario.week import MIDNIGHT, parse_time

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.scenario.replay import Replay

Slots = tuple[tuple[int, int, float], ...]
"""(first minute, last minute, agents) of one day, half an hour or less each."""
Roster = dict[tuple[str, date], Slots]


def read_rows(replay: Replay, files: Sequence[tuple[str, Path]]) -> pd.DataFrame:
    """All rows of `files` (label, path), as texts, with the columns that `replay` asks for.  Raises ScenarioError."""
    import pandas as pd

    frames = [read_csv(label, path, replay.separator, replay.encoding) for label, path in files]
    for (label, _), frame in zip(files, frames, strict=True):
        check_columns(label, list(frame.columns), required(replay))
    return pd.concat(frames, ignore_index=True)


def read_csv(label: str, path: Path, separator: str | None = None, encoding: str = "utf-8") -> pd.DataFrame:
    """A CSV (.gz allowed) as texts; without a `separator`, commas or semicolons, whichever the header has more of.  Raises ScenarioError when it
    cannot be read or has no rows."""
    import pandas as pd

    try:
        if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
            encoding = "utf-8-sig"  # spreadsheets put a mark at the beginning
        separator = separator or _separator(path, encoding)
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, sep=separator, encoding=encoding)
    except FileNotFoundError:
        raise ScenarioError([Mark(label).problem("file_missing")]) from None
    except pd.errors.EmptyDataError:
        raise ScenarioError([Mark(label).problem("empty")]) from None
    except (OSError, EOFError, ValueError, LookupError) as error:  # ParserError and UnicodeDecodeError are ValueErrors, an unknown encoding a LookupError
        raise ScenarioError([Mark(label).problem("file_unreadable", detail=str(error))]) from None
    if frame.empty:
        raise ScenarioError([Mark(label).problem("csv_empty")])
    return frame


def _separator(path: Path, encoding: str) -> str:
    with gzip.open(path, "rt", encoding=encoding) if path.suffix == ".gz" else open(path, encoding=encoding) as file:
        header = file.readline()
    return ";" if header.count(";") > header.count(",") else ","


def check_columns(label: str, header: Sequence[str], columns: Sequence[str]) -> None:
    """Raise ScenarioError for every one of `columns` that is not in `header`."""
    problems = []
    for column in columns:
        if column not in header:
            ctx: dict[str, Any] = {"found": ", ".join(header), "columns": [column]}
            if guess := nearest(column, header):
                ctx["suggestion"] = guess
            problems.append(Mark(label, 1, 1).problem("csv_column", (), **ctx))
    if problems:
        raise ScenarioError(problems)


def required(replay: Replay) -> list[str]:
    """The columns that `replay` names, once each."""
    time, segment, recorded = replay.time, replay.segment, replay.recorded
    names: list[str | None] = [time.instant, time.date, *time.clock, time.not_before, replay.service.column]
    conditions = list(replay.drop)
    if segment is not None:
        names.append(segment.column)
        conditions += [condition for entry in segment.unknown for condition in entry.when]
    if recorded is not None:
        names += [recorded.queued, recorded.wait, recorded.work]
        conditions += [recorded.served, recorded.abandoned]
    names += [column for condition in conditions for column in condition]
    return list(dict.fromkeys(name for name in names if name is not None))


def read_roster(label: str, path: Path, teams: Sequence[str]) -> Roster:
    """(team, date) → agents in each part of the day, from columns date, time, agents (and team, if there are several teams).  Raises ScenarioError."""
    frame = read_csv(label, path)
    check_columns(label, list(frame.columns), ("date", "time", "agents", *(("team",) if len(teams) > 1 else ())))
    changes: dict[tuple[str, date], dict[int, float]] = {}
    problems = []
    owners = frame["team"] if "team" in frame else [teams[0]] * len(frame)
    for line, (day, time, agents, team) in enumerate(zip(frame["date"], frame["time"], frame["agents"], owners, strict=True), start=2):
        try:
            key, minutes, number = (str(team), date.fromisoformat(day)), parse_time(time), float(agents)
            if minutes == MIDNIGHT or not 0 <= number < 1e6 or team not in teams:
                raise ValueError
        except ValueError:  # a fault of ``parse_time`` is one too
            problems.append(Mark(label, line, 1).problem("csv_roster", found=f"{day},{time},{agents},{team}"))
            continue
        changes.setdefault(key, {})[minutes] = number
    if problems:
        raise ScenarioError(problems)
    out: Roster = {}
    for key, by_time in changes.items():
        current, slots = 0.0, []
        for first, last in pairwise(sorted({*range(0, MIDNIGHT + 1, 30), *by_time})):
            current = by_time.get(first, current)
            slots.append((first, last, current))
        out[key] = tuple(slots)
    return out
