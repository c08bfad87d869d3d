"""Words for people, in French and English.

``Words`` is a pair of texts; every module that shows something to a person carries its own.  The language is chosen, in this
order, by ``--lang``, ``SIMCRC_LANG`` and the locale; French when none of them says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

Lang = Literal["fr", "en"]
LANGS: tuple[Lang, ...] = ("fr", "en")


@dataclass(frozen=True)
class Words:
    """One text in both languages; format fields in braces are filled by ``say``."""

    fr: str
    en: str

    def say(self, lang: Lang, **fields: object) -> str:
        """The text in `lang`, its fields filled."""
        text = self.fr if lang == "fr" else self.en
        return text.format(**fields) if fields else text


def language(asked: str | None = None) -> Lang:
    """The language to speak: `asked`, else ``SIMCRC_LANG``, else the locale of the environment, else French."""
    for code in (asked, os.environ.get("SIMCRC_LANG"), os.environ.get("LC_ALL"), os.environ.get("LC_MESSAGES"), os.environ.get("LANG")):
        if code:
            if code.lower().startswith("fr"):
                return "fr"
            if code.lower().startswith("en"):
                return "en"
    return "fr"
