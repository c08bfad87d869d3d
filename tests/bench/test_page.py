"""The page of validation and its pictures, and numbers in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from math import inf, nan
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.tiny import GOOD, OPEN, WRONG, benchmark, judged
from simcrc.bench import figures, page, wording
from simcrc.bench.evaluation import Evaluation
from simcrc.bench.figures import Point
from simcrc.bench.runner import Report
from simcrc.bench.trial import KINDS
from simcrc.words import Lang

LINES = frozenset(KINDS) - {"exact"}
WORDS = {
    "fr": ("équivalent", "différent", "indécis", "Simulé", "Lois de toute simulation", "Compté à la main"),
    "en": ("equivalent", "different", "inconclusive", "Simulated", "Laws of any run", "Counted by hand"),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Two families, with every verdict."""
    folder = tmp_path_factory.mktemp("page")
    benchmarks = [benchmark(folder, GOOD, "good"), benchmark(folder, GOOD + WRONG + OPEN, "mixed"), benchmark(folder, GOOD, "other", family="mg1")]
    return judged(benchmarks, kinds=LINES, seed=7, names=("a b",))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_says_it_all(report: Report, tmp_path: Path, lang: Lang) -> None:
    written = page.write(report, tmp_path / "validation.md", lang)
    assert [path.relative_to(tmp_path).as_posix() for path in written] == ["validation.md", "validation/tiny.svg", "validation/mg1.svg"]
    text = written[0].read_text(encoding="utf-8")
    for word in (*WORDS[lang], "erlang_c.asa", "`phone.offered`", "## M/G/1", "## tiny", report.fingerprint["digest"]):
        assert word in text
    assert f"simcrc bench run 'a b' --seed 7 --page validation.md --lang {lang}\n" in text
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert links == ["validation/tiny.svg", "validation/mg1.svg"]
    anchors = {re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower()).replace(" ", "-") for line in text.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors
    assert str(tmp_path) not in text


def test_every_row_of_a_table_has_its_cells(report: Report, tmp_path: Path) -> None:
    rows = [line for line in page.write(report, tmp_path / "p.md", "fr")[0].read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {5, 10}
    assert sum("| `mixed` |" in line for line in rows) == 4


def test_equal_findings_give_equal_bytes(report: Report, tmp_path: Path) -> None:
    first, second = tmp_path / "1" / "v.md", tmp_path / "2" / "v.md"
    for path in (first, second):
        path.parent.mkdir()
    for a, b in zip(page.write(report, first, "en"), page.write(report, second, "en"), strict=True):
        assert a.read_bytes() == b.read_bytes()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_picture_has_text_for_those_who_cannot_see_it(report: Report, tmp_path: Path, lang: Lang) -> None:
    pages = page.write(report, tmp_path / "v.md", lang)
    root = ET.parse(pages[1]).getroot()
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text
    assert f"![{title.text}](v/tiny.svg)" in pages[0].read_text(encoding="utf-8")
    said = "".join(root.itertext())
    for word in WORDS[lang][:3]:
        assert word in said
    assert "good · phone.asa" in said


def test_points_are_in_margins() -> None:
    found = Evaluation(measured=11.0, low=10.0, high=12.0, expected=10.0, difference_low=0.0, difference_high=2.0, replications=4)
    judged_: Any = SimpleNamespace(evaluation=found, margin=2.0, verdict="equivalent")
    assert figures.point("x", judged_) == Point("x", 0.5, 0.0, 1.0, "equivalent")
    for margin in (0.0, nan, inf):
        assert figures.point("x", SimpleNamespace(evaluation=found, margin=margin, verdict="equivalent")) is None  # type: ignore[arg-type]
    assert figures.point("x", SimpleNamespace(evaluation=None, margin=1.0, verdict="inconclusive")) is None  # type: ignore[arg-type]


def test_far_points_stand_at_the_edge(tmp_path: Path) -> None:
    points = [Point("far", 9.0, 7.0, 11.0, "different"), Point("endless", 0.2, -inf, inf, "inconclusive"), Point("near", 0.1, -0.2, 0.4, "equivalent")]
    figures.draw(tmp_path / "x.svg", "Title", points, "en")
    axes = figures.picture("Title", points, "en").axes[0]
    assert axes.get_xlim() == (-figures.EDGE, figures.EDGE)
    xs = [x for line in axes.get_lines() for x in line.get_xdata()]
    assert max(abs(x) for x in xs) <= figures.EDGE


def test_verdicts_differ_by_shape_and_by_lightness() -> None:
    marks = [figures.MARKS[verdict] for verdict in ("equivalent", "different", "inconclusive")]
    assert len({mark["marker"] for mark in marks}) == 3
    assert len({mark["markerfacecolor"] for mark in marks}) == 3


@pytest.mark.parametrize(
    ("value", "unit", "margin", "fr", "en"),
    [
        (7.83594, "s", 0.157, "7,836\u00a0s", "7.836\u00a0s"),
        (0.88835, "share", 0.002, "88,835\u00a0%", "88.835%"),
        (0.7142857, "share", 0.05, "71,43\u00a0%", "71.43%"),
        (59.237, "count", 1.2, "59,24", "59.24"),
        (12345.6, "count", 500, "12\u00a0346", "12,346"),
        (0.1234567891, "contacts", 0.0, "0,123457", "0.123457"),
        (3.0, "count/day", 0.1, "3,000\u00a0/jour", "3.000\u00a0/day"),
        (1.367, "contacts/need", 0.1, "1,367\u00a0/besoin", "1.367\u00a0/need"),
        (10.0, "agents", 1, "10,00\u00a0préposés", "10.00\u00a0agents"),
        (nan, "s", 0.1, "–", "–"),
        (inf, "s", 0.1, "–", "–"),
        (1.0, "s", nan, "1,00000\u00a0s", "1.00000\u00a0s"),
    ],
)
def test_numbers_have_the_decimals_that_their_margin_calls_for(value: float, unit: str, margin: float, fr: str, en: str) -> None:
    assert wording.number(value, unit, margin, "fr").replace("\u202f", "\u00a0") == fr
    assert wording.number(value, unit, margin, "en") == en


@pytest.mark.parametrize(
    ("seconds", "fr"), [(0.04, "0,0\u00a0s"), (12.34, "12,3\u00a0s"), (59.99, "60,0\u00a0s"), (340.2, "5\u00a0min 40\u00a0s"), (3600, "60\u00a0min 00\u00a0s")]
)
def test_durations(seconds: float, fr: str) -> None:
    assert wording.duration(seconds, "fr") == fr


def test_counts_in_words() -> None:
    assert wording.counted(["equivalent"] * 2 + ["inconclusive"], "fr") == "2 équivalentes, 1 indécise"
    assert wording.counted(["different"], "fr") == "0 équivalente, 1 différente"
    assert wording.counted([], "en") == "0 equivalent"


def test_a_probability_is_never_overstated() -> None:
    assert page._level(0.99996, "en") == "99.996%"
    assert page._level(0.999968, "en") == "99.996%"
    assert page._level(0.999, "fr") == "99,9\u00a0%"


def test_every_family_that_ships_has_a_title() -> None:
    root = Path(__file__).parents[2]
    texts = [path.read_text(encoding="utf-8") for folder in ("benchmarks", "scenarios") for path in (root / folder).rglob("*.yaml")]
    families = {name for text in texts for name in re.findall(r"^  family: (\S+)$", text, re.MULTILINE)}
    assert sorted(families - set(page.TITLES)) == []
