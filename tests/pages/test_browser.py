"""The report in a real browser: no error, no request, sound pictures, no violation that axe-core finds, no overflow on a telephone, A4 on paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PROGRAM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine (apt install chromium)"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install simcrc[test])")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def shown(browser: Any, page: Path) -> Iterator[Any]:
    """The page, with what the browser complained of and asked for."""
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.complaints, view.asked = [], []
    view.on("console", lambda message: view.complaints.append(message.text))
    view.on("pageerror", lambda error: view.complaints.append(str(error)))
    view.on("dialog", lambda dialog: view.complaints.append(dialog.message))
    view.on("request", lambda request: view.asked.append(request.url))
    view.goto(page.as_uri())
    yield view
    view.close()


def test_it_opens_without_errors_or_requests(shown: Any, page: Path) -> None:
    assert shown.complaints == []
    assert [url for url in shown.asked if not url.startswith("data:")] == [page.as_uri()]


def test_every_picture_is_drawn_and_has_its_alternative_and_table(shown: Any) -> None:
    found = shown.evaluate(
        """() => [...document.querySelectorAll('section.picture')].map(part => {
            const image = part.querySelector('img');
            return [image.naturalWidth, image.alt.length, part.querySelectorAll('details table tbody tr').length, part.querySelector('.finding').innerText]})"""
    )
    assert len(found) >= 12
    for width, alternative, rows, finding in found:
        assert width > 0
        assert alternative > 60
        assert rows > 0
        assert finding


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_axe_finds_nothing(shown: Any, lang: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed (pip install simcrc[test])")
    shown.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
    response = axe.Axe().run(shown, context={"include": [[f"#{lang}"]]}).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in response["violations"]] == []
    whole = axe.Axe().run(shown).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in whole["violations"]] == []


def test_a_telephone_scrolls_down_only(shown: Any) -> None:
    shown.set_viewport_size({"width": 380, "height": 800})
    shown.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert shown.evaluate("() => document.documentElement.scrollWidth") <= 380
    narrow = shown.evaluate("() => [...document.querySelectorAll('img')].every(each => each.currentSrc === each.parentNode.querySelector('source').srcset)")
    assert narrow


def test_paper_is_a4_with_everything_open(shown: Any) -> None:
    printed = shown.pdf(prefer_css_page_size=True)
    boxes = {tuple(round(float(each)) for each in found.split()) for found in re.findall(r"/MediaBox \[([\d. ]+)\]", printed.decode("latin-1"))}
    assert boxes == {(0, 0, 595, 842)}
    shown.emulate_media(media="print")
    heights = shown.evaluate("() => [...document.querySelectorAll('details table')].map(each => each.getBoundingClientRect().height)")
    assert heights
    assert min(heights) > 0
