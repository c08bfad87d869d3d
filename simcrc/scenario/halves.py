"""Halves of characters: YAML and JSON may write one character beyond U+FFFF as two escapes, and a lone half is no character, that no file could hold.

``simcrc.scenario.positions`` puts pairs together when it reads a file and tells of what remains.
"""

from __future__ import annotations

import re

_HALF = re.compile("[\ud800-\udfff]")


def together(text: str) -> tuple[str, str | None]:
    """`text` with halves that stand beside each other put together and lone ones replaced by U+FFFD, and the first of these as ``U+D83D``, or None."""
    if not _HALF.search(text):
        return text, None
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    lone = _HALF.search(text)
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text), f"U+{ord(lone[0]):04X}" if lone else None
