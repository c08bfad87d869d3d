"""What is printed at the end of a run: the short table (``simcrc.report.short``), how each segment is served and the roles of the channels
(``simcrc.report.by_segment``), and what a replay of records shows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from simcrc.cli.speech import LANG

if TYPE_CHECKING:
    from simcrc.experiment.results import Results

COLOURS = {"met": "green", "missed": "red", "unsure": "yellow"}
WIDE = 160  # columns of a table that goes to a file or a pipe


def show(results: Results) -> None:
    """Print the tables of a run."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from simcrc.report import by_segment, overload, precision, short
    from simcrc.report.plain import render

    table = Table(title=Text(results.title(LANG)), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(short.COLUMNS):
        table.add_column(column.say(LANG), justify="right" if number in (2, 3, 4) else "left")
    for row in short.rows(results.headlines, results.manifest["words"], LANG, results.endless):
        cells = [Text(cell) for cell in row.cells]
        if row.verdict:
            cells[-1].stylize(COLOURS[row.verdict])
        table.add_row(*cells)
    Console(width=None if sys.stdout.isatty() else WIDE, highlight=False).print(table)
    if results.replications == 1:
        print(short.ONE_RUN.say(LANG))
    if results.precision:
        print(precision.lines(results.precision, len(results.manifest["precision"]["looks"]), results.manifest["words"], LANG), end="\n\n")
    for part in by_segment.tables(results, LANG):
        print(render(part), end="\n\n")
    compared = results.comparison_text(LANG)
    if compared:
        print(compared, end="\n\n")
    names = results.manifest["words"]
    said = [*overload.lines(results.overload, names, LANG), *overload.warmup_lines(results.warmup, results.overload, names, LANG)]
    if said:
        print("\n".join(said), end="\n\n")
