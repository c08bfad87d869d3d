"""The tables of ``simcrc erlang``: a row for each number of agents or lines around the one that was asked or is needed."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass

from simcrc.cli.speech import LANG
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.erlang_b import ErlangB
from simcrc.words import Words

WIDE = 160  # columns of a table that goes to a file or a pipe
MARK = "→"

LOAD = Words(fr="Charge : {load} erlangs", en="Load: {load} erlangs")
NEEDED_AGENTS = Words(fr="Préposés nécessaires : {needed}", en="Agents needed: {needed}")
NEEDED_LINES = Words(fr="Lignes nécessaires : {needed}", en="Lines needed: {needed}")


@dataclass(frozen=True)
class Column:
    """A figure: its key in JSON, its title, whether a share, a time in seconds or a number."""

    key: str
    title: Words
    kind: str


AGENTS = Column("agents", Words(fr="préposés", en="agents"), "count")
LINES = Column("lines", Words(fr="lignes", en="lines"), "count")
OCCUPANCY = Column("occupancy", Words(fr="occupation", en="occupancy"), "share")
BLOCKING = Column("blocking", Words(fr="perdus", en="lost"), "share")
CARRIED = Column("carried", Words(fr="lignes prises", en="lines taken"), "number")
P_WAIT = Column("p_wait", Words(fr="P(attente)", en="P(wait)"), "share")
ASA = Column("asa", Words(fr="attente moyenne des servis", en="mean wait of the served"), "time")
WAIT_OF_QUEUED = Column("wait_of_queued", Words(fr="attente de ceux qui attendent", en="wait of those who wait"), "time")
QUEUE_LENGTH = Column("queue_length", Words(fr="en file", en="in queue"), "number")
ABANDONMENT = Column("abandonment", Words(fr="abandons", en="abandoned"), "share")
P_BLOCKED = Column("p_blocked", Words(fr="bloqués", en="blocked"), "share")
LEVEL = Column("service_level", Words(fr="servis en {within} s", en="served within {within} s"), "share")


def lines(load: float, shown: int, needed: int | None, around: int, as_json: bool) -> None:
    """Erlang B for `load` erlangs, around `shown` lines."""
    ErlangB(load, shown)

    def row(number: int) -> dict[str, float]:
        queue = ErlangB(load, number)
        return {"lines": number, "blocking": queue.blocking, "carried": queue.carried, "occupancy": queue.occupancy}

    _print(load, [LINES, BLOCKING, CARRIED, OCCUPANCY], row, shown, 1, needed, NEEDED_LINES, around, as_json)


def agents(
    arrival_rate: float,
    handle_time: float,
    patience: float,
    places: int | None,
    shown: int,
    needed: int | None,
    within: float | None,
    around: int,
    as_json: bool,
) -> None:
    """Erlang C (endless patience) or A, around `shown` agents; times in seconds."""
    load, endless = arrival_rate * handle_time, math.isinf(patience) and places is None
    ErlangA(arrival_rate, handle_time, shown, patience, places)  # says what is wrong with the number that was asked
    columns = [AGENTS, OCCUPANCY, P_WAIT, ASA, WAIT_OF_QUEUED, QUEUE_LENGTH]
    columns += [] if endless else [ABANDONMENT]
    columns += [] if places is None else [P_BLOCKED]
    if within is not None:
        title = Words(fr=LEVEL.title.fr.format(within=_number(within)), en=LEVEL.title.en.format(within=_number(within)))
        columns.insert(3, Column(LEVEL.key, title, LEVEL.kind))

    def row(number: int) -> dict[str, float]:
        queue = ErlangA(arrival_rate, handle_time, number, patience, places)
        figures = {column.key: getattr(queue, column.key) for column in columns if column.key != LEVEL.key}
        if within is not None:
            figures[LEVEL.key] = queue.service_level(within)
        return figures

    _print(load, columns, row, shown, math.floor(load) + 1 if endless else 1, needed, NEEDED_AGENTS, around, as_json)


def _print(
    load: float,
    columns: list[Column],
    row: Callable[[int], dict[str, float]],
    shown: int,
    least: int,
    needed: int | None,
    words: Words,
    around: int,
    as_json: bool,
) -> None:
    rows = [row(number) for number in range(max(least, shown - around), shown + around + 1)]
    if as_json:
        tidy = [{key: value if math.isfinite(value) else None for key, value in figures.items()} for figures in rows]
        print(json.dumps({"load": load, "needed": needed, "rows": tidy}, indent=1))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    print(LOAD.say(LANG, load=_number(load)))
    if needed is not None:
        print(words.say(LANG, needed=needed))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for column in columns:
        table.add_column(column.title.say(LANG), justify="right")
    for figures in rows:
        middle = figures[columns[0].key] == shown
        cells = [Text(_cell(figures[column.key], column.kind)) for column in columns]
        table.add_row(MARK if middle else "", *cells, style="bold" if middle else None)
    Console(width=None if sys.stdout.isatty() else WIDE, highlight=False).print(table)


def _cell(value: float, kind: str) -> str:
    from simcrc.report import numbers

    if not math.isfinite(value):
        return numbers.NONE
    if kind == "count":
        return numbers.decimal(value, LANG, 0)
    if kind == "share":
        return numbers.decimal(100.0 * value, LANG, 2) + ("\u00a0%" if LANG == "fr" else "%")
    return numbers.decimal(value, LANG, 2) + ("\u00a0s" if kind == "time" else "")


def _number(value: float) -> str:
    from simcrc.report import numbers

    return numbers.decimal(value, LANG, min(4, numbers.places_for(value, 6))).rstrip("0").rstrip(",.") if value % 1 else numbers.decimal(value, LANG, 0)
