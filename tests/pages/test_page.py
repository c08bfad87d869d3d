"""The report as a file: nothing from elsewhere, both languages, hostile names as text, the same bytes, Markdown beside its pictures."""

from __future__ import annotations

import base64
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from simcrc.pages.pdf import NotPrintedError
from simcrc.pages.write import report
from tests.pages.hostile import HOSTILE, POLICY

VOID = {"meta", "link", "img", "source", "br"}


class Reader(HTMLParser):
    """Elements, languages and texts; fails where tags do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def read(page: Path) -> Reader:
    reader = Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    assert not reader.open
    return reader


def test_nothing_runs_and_nothing_is_fetched(read: Reader) -> None:
    tags = {tag for tag, _ in read.seen}
    assert not tags & {"script", "iframe", "object", "embed", "form", "base"}
    for _, attributes in read.seen:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "srcset", "href"):
            assert (attributes.get(name) or "#").startswith(("#", "data:"))


def test_names_are_text(read: Reader) -> None:
    text = "".join(read.text).replace("\u00a0", " ")
    for name in HOSTILE:
        assert name in text
    assert "49" not in re.findall(r"\*\*(\d+)\*\*", text)  # no template was run


def test_each_part_says_its_language_and_has_one_title(read: Reader) -> None:
    articles = [attributes for tag, attributes in read.seen if tag == "article"]
    assert [each["lang"] for each in articles] == ["fr", "en"]
    assert [tag for tag, _ in read.seen].count("h1") == 2


def test_pictures_have_an_alternative_a_table_and_definitions(read: Reader) -> None:
    images = [attributes for tag, attributes in read.seen if tag == "img"]
    assert len(images) >= 12
    assert all(len(each["alt"] or "") > 60 for each in images)
    assert [tag for tag, _ in read.seen].count("source") == len(images)


def test_drawings_are_sound_and_show_names_as_text(page: Path) -> None:
    found = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page.read_text(encoding="utf-8"))
    drawings = [base64.b64decode(each).decode() for each in found]
    for drawing in drawings:
        tree = ElementTree.fromstring(drawing)
        tags = {str(each.tag).rpartition("}")[2] for each in tree.iter()}
        assert not tags & {"script", "foreignObject", "iframe", "a"}
    assert any("</title>" in unescape(drawing) for drawing in drawings)


def test_equal_results_give_equal_bytes(folder: Path, page: Path, tmp_path: Path) -> None:
    again = report([folder], tmp_path / "again.html", "both")
    assert again.read_bytes() == page.read_bytes()
    assert str(folder) not in again.read_text(encoding="utf-8")


def test_markdown_lies_beside_its_pictures(folder: Path, tmp_path: Path) -> None:
    path = report([folder], tmp_path / "r.md", "en", "md")
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\((r-pictures/[\w.]+)\)", text)
    assert len(links) >= 6
    for link in links:
        ElementTree.fromstring((tmp_path / link).read_text(encoding="utf-8"))
    assert not re.search(r"(?<!\\)<(script|img|iframe|b)\b", text)
    assert "](javascript" not in text


def test_without_a_browser_it_says_how_to_print(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simcrc.pages.pdf.browser", lambda: None)
    with pytest.raises(NotPrintedError) as error:
        report([folder], tmp_path / "r.pdf", "en", "pdf")
    assert "print it" in error.value.say("en")
    assert "imprimez-la" in error.value.say("fr")
    assert POLICY.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in (tmp_path / "r.html").read_text(encoding="utf-8")
