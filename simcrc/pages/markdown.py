"""The page as Markdown, with its pictures as files beside it: places that show Markdown take data URIs out of it, and show an SVG file that lies beside.

Names of a scenario are escaped, so that they are text and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simcrc.pages.blocks import Block, Section

if TYPE_CHECKING:
    from simcrc.pages.content import Content
    from simcrc.pages.tiles import Tile
    from simcrc.pictures.picture import Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|~$!])")
_LINE = re.compile(r"^(\s*)([-+]|\d+[.)]|=)(?=\s|$)")


def markdown(contents: Sequence[Content], folder: str) -> tuple[str, dict[str, str]]:
    """The text, and the pictures by the names that it knows them by, which lie in `folder` beside it."""
    pictures: dict[str, str] = {}
    parts = []
    for page in contents:
        for one in page.pictures:
            pictures[f"{one.name}.{page.lang}.svg"] = one.wide
        parts.append("\n".join(_page(page, folder)))
    return "\n\n---\n\n".join(parts) + "\n", pictures


def plain(text: str) -> str:
    """A text that means nothing to Markdown, on one line."""
    return _LINE.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " ").replace("&", "&amp;")))


def _page(page: Content, folder: str) -> Iterator[str]:
    yield f"# {plain(page.title)}\n\n{plain(page.about)}\n"
    for banner in page.banners:
        yield f"> **{plain(banner.title)}**"
        yield from (f">\n> {plain(line)}" for line in banner.lines)
        yield ""
    yield f"**{plain(page.verdict)}**\n"
    if page.tiles:
        yield f"## {page.labels['tiles']}\n"
        yield from (_tile(tile, page) for tile in page.tiles)
    yield f"## {page.labels['pictures']}\n"
    for one in page.pictures:
        yield f"### {plain(one.title)}\n\n{plain(one.finding)}\n"
        yield f"![{plain(one.alternative)}]({folder}/{one.name}.{page.lang}.svg)\n"
        yield f"{plain(one.note)}\n" if one.note else ""
        yield f"#### {page.labels['data']}\n\n{_table(one.table, page)}\n"
        if one.definitions:
            yield f"#### {page.labels['definitions']}\n"
            yield from (f"- **{plain(label)}** (`{name}`) – {plain(definition)}" for label, definition, name in one.definitions)
            yield ""
    if page.absent:
        yield f"### {page.labels['absent']}\n"
        yield from (f"- {plain(name)} – {plain(why)}" for name, why in page.absent)
        yield ""
    for section in page.sections:
        yield from _section(section, page, 2)


def _tile(tile: Tile, page: Content) -> str:
    name = f"{tile.title}, {tile.where}" if tile.where else tile.title
    lines = [f"- **{plain(name)}**"]
    for line in tile.lines:
        arm = f"{plain(line.arm)} – " if len(tile.lines) > 1 else ""
        said = [line.change or line.interval, line.judged, line.target]
        lines.append(f"  - {arm}**{plain(line.value)}** – " + " – ".join(plain(each) for each in said if each))
    return "\n".join(lines) + "\n"


def _section(section: Section, page: Content, depth: int) -> Iterator[str]:
    yield f"{'#' * depth} {plain(section.title)}\n"
    for block in section.blocks:
        yield from _block(block, page, depth + 1)
    for part in section.parts:
        yield from _section(part, page, depth + 1)


def _block(block: Block, page: Content, depth: int) -> Iterator[str]:
    if block.kind == "text":
        yield f"{plain(block.text)}\n"
    elif block.kind == "list":
        yield "\n".join(f"- {plain(item)}" for item in block.items) + "\n"
    elif block.kind == "table" and block.table is not None:
        yield f"**{plain(block.title)}**\n\n{_table(block.table, page)}\n"
    elif block.kind == "code":
        yield f"```sh\n{block.text}\n```\n"
    elif block.kind == "blank":
        yield f"*{page.labels['write']}* – {plain(block.text)}\n\n\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n"
    elif block.kind == "details":
        yield f"{'#' * min(depth, 6)} {plain(block.title)}\n"
        for inner in block.inner:
            yield from _block(inner, page, depth + 1)


def _table(table: Table, page: Content) -> str:
    if not table.rows:
        return page.labels["none"]
    lines = [table.columns, ["---:" if k in table.figures else "---" for k in range(len(table.columns))], *table.rows]
    return "\n".join("| " + " | ".join(cell if number == 1 else plain(cell) for cell in row) + " |" for number, row in enumerate(lines))
