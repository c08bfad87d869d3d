"""One thing that is wrong with a scenario, where it is, and how it is said.

A ``Problem`` carries a code and what it found; the words come from ``simcrc.scenario.faults`` (values) and
``simcrc.scenario.sentences`` (all the rest).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simcrc.scenario import faults, sentences, spoken
from simcrc.words import Lang, Words

_FOUND = Words(fr="trouvé {found}, attendu : {expected}", en="found {found}, expected {expected}")
_GUESS = Words(fr=" ; vouliez-vous dire {guess} ?", en="; did you mean {guess}?")
_KNOWN = Words(fr=" ({known})", en=" ({known})")
_MOST_KNOWN = 12


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place.  `line` and `column` count from 1; 0 means the file as a whole.  `path`: dotted, in the
    scenario.  `code`: stable, for programs; `ctx`: what the words are filled with."""

    file: str
    line: int
    column: int
    path: str
    code: str
    ctx: Mapping[str, Any] = field(default_factory=dict)

    def say(self, lang: Lang) -> str:
        """``file:line:column: path: found …, expected …, did you mean …?``"""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.message(lang)) if part)

    def message(self, lang: Lang) -> str:
        """What is wrong, without the place."""
        fields = {key: _plain(value, lang) for key, value in self.ctx.items()}
        if self.code in faults.WORDS:
            out = _FOUND.say(lang, found=shown(self.ctx.get("found"), lang), expected=faults.WORDS[self.code].say(lang, **fields, _=""))
        elif self.code in sentences.EXPECTED:
            out = _FOUND.say(lang, found=shown(self.ctx.get("found"), lang), expected=sentences.EXPECTED[self.code].say(lang, **fields, _=""))
            known = list(self.ctx.get("known", ()))
            if 0 < len(known) <= _MOST_KNOWN:
                out += _KNOWN.say(lang, known=", ".join(map(str, known)))
        elif self.code in sentences.SENTENCES:
            fields["found"] = shown(self.ctx.get("found"), lang)
            out = sentences.SENTENCES[self.code].say(lang, **fields, _="")
        else:  # the code of an extension says itself
            out = str(fields.get("message") or self.code)
        if self.ctx.get("suggestion"):
            out += _GUESS.say(lang, guess=quoted(str(self.ctx["suggestion"]), lang))
        return _typeset(out) if lang == "fr" else out


def _typeset(text: str) -> str:
    """French typography: no line break before : ; ? ! nor inside « »."""
    return re.sub(r"(?<=«) | (?=[:;?!»](?:\W|$))", "\u00a0", text)


def quoted(text: str, lang: Lang) -> str:
    """`text` in the quotation marks of the language."""
    return f"«\u00a0{text}\u00a0»" if lang == "fr" else f'"{text}"'


def shown(value: Any, lang: Lang) -> str:
    """A found value as a person reads it: short, on one line."""
    if value is None:
        return sentences.NOTHING.say(lang)
    if isinstance(value, bool):
        return quoted("true" if value else "false", lang)
    if isinstance(value, str):
        text = " ".join("".join(c if c.isprintable() else " " for c in value).split())
        return quoted(text if len(text) <= 60 else text[:57] + "…", lang) if text else sentences.EMPTY_TEXT.say(lang)
    if isinstance(value, Mapping):
        return sentences.A_MAPPING.say(lang)
    if isinstance(value, list | tuple):
        return sentences.A_LIST.say(lang)
    if isinstance(value, Words):
        return value.say(lang)
    if isinstance(value, float | int):
        return spoken.number(value, lang)
    return str(value)[:60]


def _plain(value: Any, lang: Lang) -> Any:
    if isinstance(value, Words):
        return value.say(lang)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return spoken.number(value, lang) if isinstance(value, float) else value
