"""What a picture is: a title, a finding in one sentence, a text in its place, the numbers behind it, and how it is drawn.

Every module of this package beside ``picture``, ``arm``, ``subject`` and ``style`` holds one picture: a function ``picture(subject)`` that gives a
``Picture``, or an ``Absent`` that says why there is none.  A picture is made once, from figures alone, and knows both languages; it is drawn when somebody
looks: ``figure(lang)`` wide, for pages and paper, or narrow, for a telephone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Draw = Callable[["Figure", Lang, bool], None]
"""Draws on an empty figure, in a language; True: narrow."""


@dataclass(frozen=True)
class Table:
    """What a picture shows, as a person reads it: headings, rows of cells written in the language, and which columns are figures (set to the right)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture.

    `name`: that of its module; `finding`: one sentence, made from the figures; `alternative`: what the picture shows, for those who do not see it;
    `data`: the numbers behind it, tidy, with plain English column names and units in the names; `shown`: the same as a person reads it;
    `indicators`: names of the indicators whose definitions belong to it; `draw`: how it is drawn; `height`: of the wide and of the narrow figure, in inches;
    `note`: how to read it, or what was left out.
    """

    name: str
    title: Words
    finding: Words
    alternative: Words
    data: pd.DataFrame
    shown: Callable[[Lang], Table]
    indicators: tuple[str, ...]
    draw: Draw
    height: tuple[float, float] = (4.2, 4.6)
    note: Words | None = None

    def figure(self, lang: Lang, narrow: bool = False) -> Figure:
        """The picture, drawn."""
        from simcrc.pictures.style import blank, styled

        with styled():
            drawn = blank(self.height[narrow], narrow)
            self.draw(drawn, lang, narrow)
        return drawn


@dataclass(frozen=True)
class Absent:
    """Why a subject has no such picture, in one sentence that says what would give one."""

    name: str
    why: Words


def both(say: Callable[[Lang], str]) -> Words:
    """A text that is made for each language apart, since figures are written differently."""
    return Words(fr=say("fr"), en=say("en"))


def literal(text: str) -> str:
    """A text from a scenario as matplotlib should write it: a dollar sign is a dollar sign, not the beginning of a formula."""
    return text.replace("$", r"\$")
