"""Tables of a scenario in CSV files: schedules, profiles, shares of the first channel; UTF-8, separated by commas or
semicolons.

Each reader returns what the same table written out in YAML gives, with the line and the column of every row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pydantic_core import PydanticCustomError

from simcrc.errors import ScenarioError
from simcrc.scenario.faults import fault, nearest
from simcrc.scenario.positions import Mark, Place, decode
from simcrc.scenario.problems import Problem
from simcrc.scenario.quantities import _share, exact
from simcrc.scenario.week import HALF_HOURS, parse_time, parse_weekdays

Week = dict[tuple[int, ...], tuple[float, ...]]
Shares = dict[str, dict[str, dict[str, float]]]
LARGEST = 20_000_000


@dataclass
class Table:
    """A table that was read.  `marks`: the place of what stands at each path of `values`; `doubtful`: where rows are
    wrong."""

    values: dict[Any, Any] = field(default_factory=dict)
    marks: dict[Place, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    doubtful: set[Place] = field(default_factory=set)


def read_schedule(path: str | Path, team: str | None = None) -> Week:
    """Agents by weekday and half hour: columns weekday, time, agents, and team if several share the file.  Raises
    ScenarioError."""
    return cast(Week, _or_raise(schedule(Path(path), str(path), team)))


def read_profile(path: str | Path) -> Week:
    """Weights by weekday and half hour: columns weekday, time, weight.  Raises ScenarioError."""
    return cast(Week, _or_raise(profile(Path(path), str(path), None)))


def read_shares(path: str | Path) -> Shares:
    """Shares of the first channel, service → segment → channel: columns service, segment, channel, share; an empty service
    or segment is ``default``.  Raises ScenarioError."""
    return cast(Shares, _or_raise(shares(Path(path), str(path), None)))


def _or_raise(table: Table) -> object:
    if table.problems:
        raise ScenarioError(table.problems)
    return table.values


def schedule(path: Path, label: str, team: str | None) -> Table:
    """As ``read_schedule``, problems collected."""
    return _week(path, label, "agents", team)


def profile(path: Path, label: str, team: str | None) -> Table:
    """As ``read_profile``, problems collected."""
    return _week(path, label, "weight", None)


def shares(path: Path, label: str, team: str | None) -> Table:
    """As ``read_shares``, problems collected."""
    table = Table()
    for row in _rows(path, label, ("service", "segment", "channel", "share"), (), table):
        share = row.parse("share", _share)
        service, segment, channel = row.cells["service"] or "default", row.cells["segment"] or "default", row.cells["channel"]
        if share is None:
            table.doubtful.add((service, segment))
            continue
        by_channel = table.values.setdefault(service, {}).setdefault(segment, {})
        if channel in by_channel:
            row.say("channel", "csv_twice", first=table.marks[(service, segment, channel)].line)
            continue
        by_channel[channel] = share
        table.marks.setdefault((service,), row.mark("service"))
        table.marks.setdefault((service, segment), row.mark("segment"))
        table.marks[(service, segment, channel)] = row.mark("channel")
    return _trusted(table)


def _week(path: Path, label: str, number: str, team: str | None) -> Table:
    table = Table()
    changes: dict[int, dict[int, float]] = {}
    first: dict[tuple[int, int], int] = {}
    rows = others = 0
    for row in _rows(path, label, ("weekday", "time", number), ("team",), table):
        rows += 1
        if team is not None and row.cells.get("team", team) != team:
            others += 1
            continue
        days, minutes, value = row.parse("weekday", parse_weekdays), row.parse("time", _on_grid), row.parse(number, _count)
        if days is None or minutes is None or value is None:
            continue
        for day in days:
            if (day, minutes) in first:
                row.say("time", "csv_twice", first=first[(day, minutes)])
                break
            first[(day, minutes)] = row.line
            changes.setdefault(day, {})[minutes // 30] = value
    if rows and rows == others:
        table.problems.append(Mark(label, 1, 1).problem("csv_team", found=team))
    for day in sorted(changes):
        current, out = 0.0, []
        for half_hour in range(HALF_HOURS):
            current = changes[day].get(half_hour, current)
            out.append(current)
        table.values[(day,)] = tuple(out)
    return _trusted(table)


def _trusted(table: Table) -> Table:
    """`table`, all of which is doubtful when something is wrong that is not said to concern a row."""
    if table.problems and not table.doubtful:
        table.doubtful.add(())
    return table


def _on_grid(text: str) -> int:
    minutes = parse_time(text)
    if minutes % 30 or minutes == 24 * 60:
        raise fault("time_grid", text)
    return minutes


def _count(text: str) -> float:
    try:
        number = float(exact(text))
    except (ValueError, OverflowError):
        raise fault("number", text) from None
    if number < 0:
        raise fault("negative", text)
    return number


@dataclass
class _Row:
    """One row: its cells by column name, and where they are."""

    label: str
    line: int
    cells: dict[str, str]
    starts: dict[str, int]
    problems: list[Problem]

    def mark(self, column: str) -> Mark:
        return Mark(self.label, self.line, self.starts[column])

    def say(self, column: str, code: str, **ctx: Any) -> None:
        self.problems.append(self.mark(column).problem(code, (column,), **ctx))

    def parse(self, column: str, parser: Callable[[str], Any]) -> Any:
        """The parsed cell, or None when it is wrong, which is then said."""
        try:
            return parser(self.cells[column])
        except PydanticCustomError as error:
            self.say(column, error.type, **{**(error.context or {}), "found": self.cells[column]})
            return None


def _rows(path: Path, label: str, columns: tuple[str, ...], optional: tuple[str, ...], table: Table) -> Iterator[_Row]:
    """The rows of a file that has the `columns`; what is wrong goes into `table`."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        table.problems.append(Mark(label).problem("file_unreadable", detail=error.strerror or str(error)))
        return
    if data is None:
        table.problems.append(Mark(label).problem("file_large", limit=LARGEST))
        return
    text, problems = decode(data, label)
    table.problems += problems
    if text is None:
        return
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",", skipinitialspace=True)
    try:
        yield from _read(reader, text.split("\n"), label, columns, optional, table)
    except csv.Error as error:
        table.problems.append(Mark(label, reader.line_num, 1).problem("file_unreadable", detail=str(error)))


def _read(reader: Any, lines: list[str], label: str, columns: tuple[str, ...], optional: tuple[str, ...], table: Table) -> Iterator[_Row]:
    header = [cell.strip().lower() for cell in next(reader, [])]
    if not any(header):
        table.problems.append(Mark(label, 1, 1).problem("empty"))
        return
    missing = [column for column in columns if column not in header]
    if missing:
        guess = nearest(missing[0], header)
        hint: dict[str, Any] = {"suggestion": f"{guess} → {missing[0]}"} if guess else {}
        found = ", ".join(header)
        table.problems.append(Mark(label, 1, 1).problem("csv_column", found=found, columns=columns, **hint))
        return
    rows = 0
    for cells in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        rows += 1
        if len(cells) != len(header):
            table.problems.append(Mark(label, line, 1).problem("csv_cells", count=len(cells), wanted=len(header)))
            continue
        starts, position = {}, 0
        for name, cell in zip(header, cells, strict=True):
            position = max(lines[line - 1].find(cell, position), position) if line <= len(lines) else 0
            starts[name] = position + 1
            position += len(cell) + 1
        yield _Row(
            label, line, {name: cell.strip() for name, cell in zip(header, cells, strict=True) if name in columns or name in optional}, starts, table.problems
        )
    if not rows:
        table.problems.append(Mark(label, 1, 1).problem("csv_empty"))
