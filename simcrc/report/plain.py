"""Tables in plain text: a title, columns of one width, rules of characters; the same in a terminal, in a file and for a screen reader."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

GAP = "  "


@dataclass
class Table:
    """A table.  `left`: how many columns stand to the left, the others to the right; `notes` follow it; `rules`: numbers of the rows before which a line is
    drawn."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    left: int = 1
    notes: list[str] = field(default_factory=list)
    rules: set[int] = field(default_factory=set)


def render(table: Table) -> str:
    """The table as lines."""
    everything = [table.columns, *table.rows]
    widths = [max(_width(row[k]) for row in everything) for k in range(len(table.columns))]
    rule = GAP.join("─" * width for width in widths)
    lines = [table.title, _line(table.columns, widths, table.left), rule]
    for number, row in enumerate(table.rows):
        if number in table.rules:
            lines.append(rule)
        lines.append(_line(row, widths, table.left))
    return "\n".join([*lines, *table.notes])


def _line(cells: Sequence[str], widths: Sequence[int], left: int) -> str:
    padded = []
    for k, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - _width(cell))
        padded.append(cell + space if k < left else space + cell)
    return GAP.join(padded).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal that `text` takes."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
