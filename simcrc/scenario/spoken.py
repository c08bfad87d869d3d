"""Numbers of a scenario in messages: with the decimal comma in French, without the ``.0`` that only a program sees.

Figures of a run are written by ``simcrc.report.numbers``, values of a scenario in tables by ``simcrc.report.values``; here stands what a message about
a file needs.
"""

from __future__ import annotations

import re

from simcrc.words import Lang, Words

_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def number(value: float, lang: Lang) -> str:
    """``0,7`` in French, ``0.7`` in English; ``1`` for 1.0."""
    text = f"{value:.12g}".replace("-", "\u2212")
    return text.replace(".", ",") if lang == "fr" else text


def written(value: object) -> Words:
    """A written value, number or text that holds some (``0.5 s``), in both languages."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Words(*(number(value, lang) for lang in ("fr", "en")))
    text = str(value)
    return Words(_POINT.sub(",", text), text)


def between(low: object, high: object) -> Words:
    """Two bounds: ``0,5 … 2``."""
    ends = written(low), written(high)
    return Words(f"{ends[0].fr} … {ends[1].fr}", f"{ends[0].en} … {ends[1].en}")
