"""The part of the reference that is made from the code, when the site is built: the scenario language, indicators, commands, Python.

Each page is a function of a module beside this one that gives Markdown; the pages are written to docs/generated/ (not kept), and only where they changed.
"""

from __future__ import annotations

import re
from pathlib import Path

import api
import commands
import indicator_pages
import language
from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]


def pages() -> dict[str, str]:
    """The text of every page by its name."""
    return {
        "language": language.page(),
        "indicators": indicator_pages.page("en"),
        "indicateurs": indicator_pages.page("fr"),
        "commands": commands.page("en"),
        "commandes": commands.page("fr"),
        "api": api.page(),
        "front": _of_the_root("README.md"),
        "changelog": _of_the_root("CHANGELOG.md"),
        "decisions": _of_the_root("DECISIONS.md"),
    }


def _of_the_root(name: str) -> str:
    """A page of the root, its links to docs/ seen from generated/."""
    text = (ROOT / name).read_text(encoding="utf-8")
    text = re.sub(r"\]\(docs/([^)\s]+)\)", r"](../\1)", text)
    return re.sub(r"\[([^\]]+)\]\((?!\.\./|https?:|#)[^)\s]+\)", r"\1", text)


def write(app: Sphinx) -> None:
    """Write the pages before Sphinx looks which there are."""
    folder = Path(app.srcdir) / "generated"
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        path = folder / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def add_pages(app: Sphinx, docname: str, source: list[str]) -> None:
    """The index names the generated pages in its part on reference, on the site only: on a code host they do not exist."""
    if docname == app.config.root_doc:
        source[0] = source[0].replace(MARK, LIST)


MARK = "<!-- pages made from the code -->"
LIST = """\
- [Every field of the language](generated/language.md), with type, default, meaning and an example.
- [Indicators](generated/indicators.md) and their definitions; [en français](generated/indicateurs.md).
- [Commands](generated/commands.md); [en français](generated/commandes.md).
- [Python](generated/api.md).
- [Changes](generated/changelog.md) and [decisions](generated/decisions.md)."""


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", write)
    app.connect("source-read", add_pages, priority=400)  # before contents reads the lists
    return {"parallel_read_safe": True}
