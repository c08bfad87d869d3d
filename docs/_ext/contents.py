"""Tables of contents from index.md's own lists of links, and links that leave the folder of the documents.

index.md is a page of plain lists, so that it reads well on a code host.  Each of its parts (a heading of the second level) becomes a hidden ``toctree`` here.
Links to files outside docs/ lead to a page of the site where there is one; the others, scenarios for instance, are offered for download.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
PAGES = {"../README.md": "generated/front.md", "../CHANGELOG.md": "generated/changelog.md", "../DECISIONS.md": "generated/decisions.md"}
UNTITLED = ("generated/front.md", "README.fr.md")
"""Called simcrc, both of them: the text of the link says which they are."""
FRENCH = ("README.fr", "generated/commandes", "generated/indicateurs")


def on_source(app: Sphinx, docname: str, source: list[str]) -> None:
    """Rewrite what a page says where the site differs from the folder."""
    if docname.startswith("generated/") or Path(app.env.doc2path(docname)).suffix != ".md":
        return
    folder = Path(app.srcdir, docname).parent
    text = LINK.sub(lambda found: _link(found, folder), source[0])
    source[0] = _with_contents(text) if docname == app.config.root_doc else text


def _link(found: re.Match[str], folder: Path) -> str:
    path, hash_, anchor = found["target"].partition("#")
    if not path.startswith("../"):
        return found[0]
    if path in PAGES:
        return f"[{found['text']}]({PAGES[path]}{hash_}{anchor})"
    if (folder / path).is_dir() or anchor or path.endswith(".md"):
        return found["text"]  # a folder, or a page that the site does not hold: its name alone
    return f"[{found['text']}]({path})"


def _with_contents(text: str) -> str:
    parts = re.split(r"^(## .+)$", text, flags=re.MULTILINE)
    out = [parts[0]]
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        pages = [found["target"] for found in LINK.finditer(body) if found["target"].endswith((".md", ".ipynb")) and "/../" not in found["target"]]
        names = {found["target"]: found["text"] for found in LINK.finditer(body)}
        entries = "\n".join(f"{names[page]} <{page.removesuffix('.md')}>" if page in UNTITLED else page.removesuffix(".md") for page in dict.fromkeys(pages))
        out += [heading, body, f"\n```{{toctree}}\n:hidden:\n:caption: {heading.removeprefix('## ')}\n\n{entries}\n```\n\n" if pages else ""]
    return "".join(out)


def on_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """A page in French says so."""
    if pagename in FRENCH:
        context["language"] = "fr"


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", on_source)
    app.connect("html-page-context", on_page)
    return {"parallel_read_safe": True}
