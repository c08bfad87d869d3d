"""Small pieces of Markdown: cells of tables, docstrings, code."""

from __future__ import annotations

import inspect
import re


def cell(text: str) -> str:
    """`text` on one line, as the cell of a table."""
    return plain(" ".join(text.split())).replace("|", "\\|")


def plain(text: str) -> str:
    """`text` with the signs of Markdown escaped, outside of code between backticks."""
    parts = re.split(r"(``[^`]+``|`[^`]+`)", text)
    return "".join(part if place % 2 else re.sub(r"([*_<>\[\]])", r"\\\1", part) for place, part in enumerate(parts))


def code(text: str) -> str:
    """`text` as code, whatever it holds."""
    text = " ".join(text.split()).replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def docstring(thing: object) -> str:
    """The docstring of `thing` in Markdown; "" without one."""
    text = inspect.getdoc(thing) or ""
    return "\n\n".join(plain(" ".join(part.split())) for part in text.split("\n\n") if ">>>" not in part)
