"""What the text parts of a report are made of, whatever the format: paragraphs, lists, tables, parts that open, lines for the author to write on.

All texts are plain; the templates escape them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from simcrc.pictures.picture import Table

_FIRST, _POP = "\u2068", "\u2069"


@dataclass(frozen=True)
class Block:
    """One piece.  `kind`: text, list, table, code, blank (lines to write on), details (`title` and `inner`)."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    table: Table | None = None
    title: str = ""
    inner: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the page with a heading; `name` is its anchor; `parts` are sections below it."""

    name: str
    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = field(default=())


def text(words: str) -> Block:
    """A paragraph."""
    return Block("text", text=words)


def bullets(items: Sequence[str]) -> Block:
    """A list."""
    return Block("list", items=tuple(items))


def rows(title: str, columns: Sequence[str], cells: Sequence[Sequence[str]], figures: Sequence[int] = ()) -> Block:
    """A table; `title` is its caption."""
    return Block("table", title=title, table=Table(tuple(columns), tuple(tuple(row) for row in cells), tuple(figures)))


def code(line: str) -> Block:
    """A command."""
    return Block("code", text=line)


def blank(words: str) -> Block:
    """A line that the author of a study writes, with what belongs there."""
    return Block("blank", text=words)


def details(title: str, *inner: Block) -> Block:
    """Pieces that are shown when somebody asks, and on paper."""
    return Block("details", title=title, inner=inner)


def isolated(name: str) -> str:
    """A name within a sentence: one that holds letters written from right to left keeps them to itself."""
    return f"{_FIRST}{name}{_POP}" if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in name) else name
