"""Text in cells: no formula survives, nothing else is lost."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.export.cells import FORMULA, escaped, harmless, legal
from simcrc.export.xlsx import MOST_TEXT, cut

ANY = st.text(st.characters(codec=None), max_size=40) | st.from_regex(r"[\s\u200b]{0,3}[=+\-@\t\r\n＝].*", fullmatch=True)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff@x", "＝1", "\tabc", "−1"])
def test_a_formula_becomes_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "abc", "a=1", "'=1", "<script>", "café 😀", "שלום", "1-2", "(-1)", "2024-01-08", '"=1"'])
def test_other_text_stays(text: str) -> None:
    assert harmless(text) == text


@given(ANY)
def test_nothing_that_begins_a_formula_is_left_and_the_text_is_still_there(text: str) -> None:
    made = harmless(text)
    assert not FORMULA.match(made)
    assert made[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")
    assert made.removeprefix("'") == legal(text).removeprefix("'")
    assert harmless(made) == made


@given(ANY)
def test_a_value_comes_back_from_xml_with_its_line_ends(text: str) -> None:
    element = ElementTree.fromstring(f'<a b="{escaped(text)}">{escaped(text)}</a>'.encode())
    assert element.get("b") == legal(text)
    assert (element.text or "") == legal(text)


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_write_is_replaced(character: str) -> None:
    assert legal(f"a{character}b") == "a\ufffdb"


@given(st.text(st.sampled_from("a😀é"), min_size=0, max_size=3), st.integers(MOST_TEXT - 5, MOST_TEXT + 5))
def test_a_cell_is_cut_where_it_has_to_be(end: str, length: int) -> None:
    text = "x" * length + end
    units = len(text.encode("utf-16-le")) // 2
    made = cut(text)
    assert len(made.encode("utf-16-le")) // 2 <= MOST_TEXT
    assert made == text if units <= MOST_TEXT else made.endswith(" […]")
