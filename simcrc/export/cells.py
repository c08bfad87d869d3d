"""Text that a spreadsheet may show: made harmless, and made of characters that XML allows.

A text cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet, wherever the text came from; tabs and carriage returns before it do not
keep it from being one.  Such a text gets an apostrophe in front, the sign by which spreadsheets know text.  Numbers are never text here, so negative
numbers stay numbers.
"""

from __future__ import annotations

import re

FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫−]|[\t\r\n]")
"""What a formula may begin with, full-width and small forms included (some spreadsheets take them), after what a spreadsheet may trim."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write."""
REPLACEMENT = "\ufffd"


def legal(text: str) -> str:
    """`text` with U+FFFD in place of control characters and others that XML 1.0 forbids; emoji, right-to-left text, tabs and line ends stay."""
    return ILLEGAL.sub(REPLACEMENT, text)


def harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula, made of legal characters."""
    clean = legal(text)
    return f"'{clean}" if FORMULA.match(clean) else clean


def escaped(text: str) -> str:
    """`text`, made legal, for an XML element or an attribute in double quotes; line ends and tabs are kept as references, which readers do not normalise."""
    clean = legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return clean.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")
