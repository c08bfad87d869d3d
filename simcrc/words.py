"""Words for people, in French and English.

``Words`` is a pair of texts; every module that shows something to a person carries its own.  A field may choose a word by its number:
``{n} {n:réplication|réplications}``.  The language is chosen, in this order, by ``--lang``, ``SIMCRC_LANG`` and the locale; French when none of them says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from string import Formatter
from typing import Any, Literal

Lang = Literal["fr", "en"]
LANGS: tuple[Lang, ...] = ("fr", "en")


@dataclass(frozen=True)
class Words:
    """One text in both languages; format fields in braces are filled by ``say``, ``{n:one|many}`` by the word that goes with the number `n`."""

    fr: str
    en: str

    def say(self, lang: Lang, **fields: object) -> str:
        """The text in `lang`, its fields filled."""
        text = self.fr if lang == "fr" else self.en
        return _Filled(lang).vformat(text, (), fields) if fields else text


class _Filled(Formatter):
    """``str.format`` that also chooses between two words by a number: in French one and less take the singular, in English one alone does."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if is_one(value, self.lang) else many


def is_one(number: Any, lang: Lang) -> bool:
    """Does `number`, or a text that writes one, take the singular?"""
    try:
        size = abs(float(str(number).replace(",", ".")))
    except ValueError:
        return False  # a number with groups of thousands
    return size < 2 if lang == "fr" else size == 1


def language(asked: str | None = None) -> Lang:
    """The language to speak: `asked`, else ``SIMCRC_LANG``, else the locale of the environment, else French."""
    for code in (asked, os.environ.get("SIMCRC_LANG"), os.environ.get("LC_ALL"), os.environ.get("LC_MESSAGES"), os.environ.get("LANG")):
        if code:
            if code.lower().startswith("fr"):
                return "fr"
            if code.lower().startswith("en"):
                return "en"
    return "fr"
