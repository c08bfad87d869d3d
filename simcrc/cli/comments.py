"""The comments of a scenario that ships, in one language: the files carry both, French first, then English, or the two around `` / ``.

``simcrc init`` writes the copy with the comments in the language asked for.  What stands in one language only, a source for instance, stays.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from simcrc.words import Lang

WIDTH = 118
WORDS: dict[Lang, str] = {
    "fr": " le la les l d des du de et un une qui que ne n pas pour dans est sont au aux ce ces sur par en à se son ses avec dont ou où si on ",
    "en": " the of and is are to a an in that not for by with on it as they who what from at here this these there be no nobody none its ",
}
RULE = re.compile(r"── (?P<fr>.+?) / (?P<en>.+?) ──+$")
REFERENCE = re.compile(r"\s*\[\w+\] = ")
BOTH = " / "


def in_language(text: str, lang: Lang) -> str:
    """The file `text` with its comments in `lang`; everything else stays, to the letter."""
    out: list[str] = []
    for alone, lines in groupby(text.split("\n"), key=_is_comment):
        if alone:
            for indent, block in groupby(lines, key=lambda line: line[: len(line) - len(line.lstrip())]):
                out += _block([line.strip()[1:] for line in block], indent, lang)
        else:
            out += [_trailing(line, lang) for line in lines]
    return "\n".join(out)


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#") and "yaml-language-server" not in line


def _block(texts: list[str], indent: str, lang: Lang) -> Iterator[str]:
    """Comment lines that follow one another: paragraphs between empty ones."""
    for empty, paragraph in groupby(texts, key=lambda text: not text.strip()):
        lines = list(paragraph)
        if empty:
            yield from (f"{indent}#" for _ in lines)
        else:
            yield from (f"{indent}#{text}" for text in _paragraph(lines, len(indent), lang))


def _paragraph(texts: list[str], indent: int, lang: Lang) -> Iterator[str]:
    pieces = list(_pieces(texts))
    kept = [(spoken, piece) for spoken, piece in pieces if spoken in (lang, None)]
    if not any(spoken == lang for spoken, _ in kept):
        kept = pieces  # in the other language only: better than nothing
    for as_it_is, group in groupby(kept, key=lambda item: item[0] is None or item[1].startswith(" ──")):
        parts = [piece for _, piece in group]
        if as_it_is:
            yield from parts
        else:
            yield from (f" {line}" for line in textwrap.wrap(" ".join(part.strip() for part in parts), WIDTH - indent - 2, break_long_words=False))


def _pieces(texts: Iterable[str]) -> Iterator[tuple[Lang | None, str]]:
    """What is said, each with its language; None for a command, a heading or a reference, which stay as they are."""
    before: Lang = "fr"
    for text in texts:
        rule = RULE.search(text)
        if rule:
            for lang in ("fr", "en"):
                head = f" ── {rule[lang]} "
                yield lang, head + "─" * (len(text) - len(head))
        elif text.startswith("    ") or REFERENCE.match(text):
            yield None, text
        elif BOTH in text:
            french, _, english = text.partition(BOTH)
            yield "fr", french
            yield "en", english
            before = "en"
        else:
            before = _language(text) or before
            yield before, text


def _language(text: str) -> Lang | None:
    """The language of `text` by its small words; None when they do not say."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {lang: sum(f" {word} " in known for word in words) for lang, known in WORDS.items()}
    if counts["fr"] == counts["en"]:
        return None
    return "fr" if counts["fr"] > counts["en"] else "en"


def _trailing(line: str, lang: Lang) -> str:
    """A line of YAML with the comment behind it in one language."""
    place = _comment_at(line)
    if place is None or BOTH not in line[place:] or "yaml-language-server" in line:
        return line
    french, _, english = line[place + 1 :].partition(BOTH)
    return f"{line[:place]}# {(french if lang == 'fr' else english).strip()}"


def _comment_at(line: str) -> int | None:
    """Where the comment begins; None without one.  A ``#`` between quotation marks, or within a word, is none."""
    quote = ""
    for place, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and (place == 0 or line[place - 1] in " [{,:("):
            quote = letter
        elif letter == "#" and (place == 0 or line[place - 1] in " \t"):
            return place
    return None
