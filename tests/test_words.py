"""Words that go with a number: French takes the singular below two, English for one alone."""

from __future__ import annotations

import pytest

from simcrc.words import Words

PAIRS = Words(fr="{n} {n:paire|paires}", en="{n} {n:pair|pairs}")


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (0, "0 paire", "0 pairs"),
        (1, "1 paire", "1 pair"),
        (1.5, "1.5 paire", "1.5 pairs"),
        (2, "2 paires", "2 pairs"),
        ("1", "1 paire", "1 pair"),
        ("1,5", "1,5 paire", "1,5 pairs"),
        ("1\u00a0200", "1\u00a0200 paires", "1\u00a0200 pairs"),
    ],
)
def test_plurals(number: object, french: str, english: str) -> None:
    assert (PAIRS.say("fr", n=number), PAIRS.say("en", n=number)) == (french, english)


def test_everything_else_is_filled_as_ever() -> None:
    words = Words(fr="{{x}} {place:>2}. {name!s}", en="{{x}}")
    assert words.say("fr", place=3, name="y", more=1) == "{x}  3. y"
    assert Words(fr="{x}", en="{x}").say("fr") == "{x}"
