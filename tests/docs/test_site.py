"""The site of the documents is built from the pages and the code, with warnings as errors, and holds what it should."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import simcrc
from simcrc.channels import kinds
from simcrc.distributions import families
from simcrc.indicators import indicators
from simcrc.policies import kinds as measures
from simcrc.words import Lang

ROOT = Path(__file__).parents[2]
NEEDED = [name for name in ("sphinx", "myst_nb", "furo") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(NEEDED), reason=f"the site needs {', '.join(NEEDED)}: python -m pip install '.[docs]'")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        "-b",
        "html",
        "-d",
        str(folder / "doctrees"),
        str(ROOT / "docs"),
        str(folder / "html"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-4000:]
    return folder / "html"


def read(site: Path, name: str) -> str:
    return (site / f"{name}.html").read_text(encoding="utf-8")


def test_every_page_is_reached_from_the_index(site: Path) -> None:
    index = read(site, "index")
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"genindex.html", "search.html", "index.html"}
    assert {page for page in pages if f'href="{page}' not in index} == set()
    assert [part for part in ("Tutorial", "How-to guides", "Reference", "Explanation") if f">{part}" not in index] == []


def test_the_reference_names_all_that_is_registered(site: Path) -> None:
    language = read(site, "generated/language")
    assert [name for name in (*kinds(), *measures(), *families()) if name not in language] == []
    for lang, name in (("en", "indicators"), ("fr", "indicateurs")):
        spoken: Lang = lang  # type: ignore[assignment]
        page = " ".join(re.sub(r"<[^>]+>", "", read(site, f"generated/{name}")).split())
        assert [each.name for each in indicators().values() if each.name not in page] == []
        assert " ".join(indicators()["fcr"].label.say(spoken).split())[:10] in page
    api = read(site, "generated/api")
    assert [name for name in simcrc.__all__ if not name.startswith("_") and name not in api] == []


def test_commands_are_there_in_both_languages_and_pages_say_their_language(site: Path) -> None:
    english, french = read(site, "generated/commands"), read(site, "generated/commandes")
    for name in ("init", "doctor", "run", "compare", "fidelisation", "erlang a", "bench check"):
        assert f"simcrc {name}" in english
        assert f"simcrc {name}" in french
    assert "Comparer et décider" in french
    assert '<html class="no-js" lang="fr"' in french
    assert '<html class="no-js" lang="en"' in english


def test_nothing_is_asked_of_other_machines(site: Path) -> None:
    for path in site.rglob("*.html"):
        asked = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(https?:[^"]+)"', path.read_text(encoding="utf-8"))
        assert asked == [], path.name
