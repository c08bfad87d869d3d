"""The short table at the end of a run, in the terminal; ``simcrc.report.short`` says what is in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from simcrc.cli.speech import LANG

if TYPE_CHECKING:
    from simcrc.experiment.results import Results

COLOURS = {"met": "green", "missed": "red", "unsure": "yellow"}
WIDE = 160  # columns of a table that goes to a file or a pipe


def show(results: Results) -> None:
    """Print the short table, and what the replay of records shows."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from simcrc.report import short

    table = Table(title=Text(results.manifest["name"][LANG]), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(short.COLUMNS):
        table.add_column(column.say(LANG), justify="right" if number in (2, 3, 4) else "left")
    for row in short.rows(results.headlines, results.manifest["words"], LANG):
        cells = [Text(cell) for cell in row.cells]
        if row.verdict:
            cells[-1].stylize(COLOURS[row.verdict])
        table.add_row(*cells)
    Console(width=None if sys.stdout.isatty() else WIDE, highlight=False).print(table)
    if results.replications == 1:
        print(short.ONE_RUN.say(LANG))
    compared = results.comparison_text(LANG)
    if compared:
        print(compared, end="\n\n")
