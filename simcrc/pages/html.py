"""The page as one HTML file that needs nothing else: style and pictures are within, there is no script, and its policy forbids any request.

The templates stand in ``templates/``; they escape every text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

    from simcrc.pages.content import Content

TEMPLATES = Path(__file__).parent / "templates"
_BEFORE = re.compile(r"(?<=«) | (?=[:;?!»%](?:\W|$))")
"""Where French has a space at which no line may end."""


def environment(escape: bool) -> Environment:
    """The templates; `escape`: for HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=escape,
        undefined=StrictUndefined,
        finalize=_typeset,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _typeset(value: object) -> object:
    """A text with the spaces that keep a line together; what is markup already stays as it is."""
    return _BEFORE.sub("\u00a0", value) if type(value) is str else value


def html(contents: Sequence[Content]) -> str:
    """The page, in the languages of `contents`, one after the other."""
    template = environment(escape=True).get_template("page.html.j2")
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    return template.render(contents=contents, style=style, several=len(contents) > 1)
