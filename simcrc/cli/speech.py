"""The language that the command line speaks, known before anything else is imported: ``--lang`` on the command line, SIMCRC_LANG, the locale.

Help texts are built while the commands are imported, hence ``here``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simcrc.words import LANGS, Lang, Words, language

if TYPE_CHECKING:
    from simcrc.scenario.problems import Problem

WARNING = Words(fr="Avertissement : {what}", en="Warning: {what}")


def _asked(arguments: Sequence[str]) -> str | None:
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return None


def spoken(arguments: Sequence[str] | None = None) -> Lang:
    """The language of this call; an unknown one is reported later, as any wrong option."""
    asked = _asked(sys.argv[1:] if arguments is None else arguments)
    return language(asked if asked in LANGS else None)


LANG: Lang = spoken()


UNKNOWN = Words(
    fr="SIMCRC_LANG={asked} : fr ou en est attendu ; les messages sont en français", en="SIMCRC_LANG={asked}: fr or en is expected; messages are in English"
)


def mind_language() -> None:
    """Say on stderr that SIMCRC_LANG asks for a language that simcrc does not speak, unless ``--lang`` decides."""
    asked = os.environ.get("SIMCRC_LANG", "")
    if asked and not asked.lower().startswith(LANGS) and _asked(sys.argv[1:]) is None:
        tell(UNKNOWN, asked=asked)


def here(fr: str, en: str) -> str:
    """The text in the language of this call."""
    return fr if LANG == "fr" else en


def tell(words: Words, **fields: object) -> None:
    """A line for the person at the terminal, on stderr: stdout is for data."""
    print(words.say(LANG, **fields), file=sys.stderr)


def warn(warnings: Sequence[Problem]) -> None:
    """What is said of a scenario and allowed, each with its place, on stderr."""
    for warning in warnings:
        tell(WARNING, what=warning.say(LANG))
