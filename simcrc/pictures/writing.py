"""How pictures write: names of arms cut to the room there is, names in sentences, intervals, months, and numbers along an axis whose step needs decimals.

``simcrc.report.numbers`` writes figures, ``simcrc.report.changes`` differences, ``simcrc.pictures.style`` holds sizes and colours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.experiment.statistics import Estimate
from simcrc.report.numbers import DURATIONS, SECONDS, UNITS, decimal
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axis import Axis

    from simcrc.pictures.arm import Arm

ELLIPSIS = "…"
BASE = Words(fr="base", en="base")
QUOTED = Words(fr="«\u00a0{text}\u00a0»", en="“{text}”")
TO = Words(fr="{low} à {high}", en="{low} to {high}")
TOLD_APART = Words(fr="{title} ({name})", en="{title} ({name})")
AND = Words(fr=" et ", en=" and ")
_JOINER, _ISOLATE, _END = "\u200d", "\u2068", "\u2069"


def cut(text: str, most: int) -> str:
    """`text`, with an ellipsis where it is longer than `most` characters; never between a letter and its accent or within an emoji."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    end = max(1, most - 1)
    while end > 1 and (unicodedata.combining(text[end]) or text[end] in (_JOINER, "\ufe0f") or text[end - 1] == _JOINER):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """`text` over at most so many lines of at most `width` characters, with an ellipsis where that is not enough."""
    from textwrap import wrap

    found = wrap(" ".join(text.split()), width, break_long_words=True) or [""]
    return "\n".join(found if len(found) <= lines else [*found[: lines - 1], cut(" ".join(found[lines - 1 :]), width)])


def weight(text: str) -> str:
    """Bold, unless there are letters in `text`, emoji above all, that the bold font has not got."""
    return "bold" if all(ord(letter) < 0x2100 for letter in text) else "normal"


def titles(arms: Sequence[Arm], lang: Lang, most: int = 32) -> dict[str, str]:
    """By name what each arm is called in a picture: the first is the base, others by their titles cut to `most` characters, told apart by their names where
    two are called alike."""
    said = {arm.name: cut(arm.title.say(lang), most) for arm in arms[1:]}
    doubles = {title for title in said.values() if list(said.values()).count(title) > 1}
    said = {name: TOLD_APART.say(lang, title=cut(title, max(8, most // 2)), name=cut(name, 12)) if title in doubles else title for name, title in said.items()}
    return {arms[0].name: BASE.say(lang)} | said


def quoted(text: str, lang: Lang) -> str:
    """A name within a sentence: in quotation marks, and if it is written from right to left so that it leaves the rest of the sentence in its order."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        text = _ISOLATE + text + _END
    return QUOTED.say(lang, text=text)


def listed(texts: Sequence[str], lang: Lang) -> str:
    """``a, b et c``."""
    return AND.say(lang).join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def between(estimate: Estimate, write: Callable[[float | None], str], lang: Lang) -> str:
    """From where to where an interval goes; nothing where there is none."""
    return "" if estimate.low is None or estimate.high is None else TO.say(lang, low=write(estimate.low), high=write(estimate.high))


def scaled(unit: str, scale: float, lang: Lang) -> tuple[float, str]:
    """By what figures of `unit` are multiplied on an axis whose largest is `scale`, and what the unit is then called: seconds, minutes, hours or days; percent;
    the sign of a currency; nothing for counts."""
    if unit == "share":
        return 100.0, "%"
    if unit in SECONDS:
        size, name = next((size, name) for most, size, name in DURATIONS if abs(scale) * SECONDS[unit] < most)
        return SECONDS[unit] / size, UNITS[name].say(lang)
    first = unit.partition("/")[0]
    if len(first) == 3 and first.isupper() and first != "FTE":
        from babel.numbers import get_currency_symbol

        return 1.0, str(get_currency_symbol(first, locale="fr_CA" if lang == "fr" else "en_CA"))
    return 1.0, ""


def numbered(axis: Axis, lang: Lang, factor: float = 1.0, after: str = "", signed: bool = False, most: int = 5) -> None:
    """At most about `most` round numbers along `axis`, multiplied by `factor`, with the decimals that their step needs; `after`: written after each; `signed`:
    with a plus where positive."""
    from matplotlib.ticker import MaxNLocator

    class Round(MaxNLocator):
        """Ticks that are round once they are multiplied."""

        def tick_values(self, vmin: float, vmax: float) -> Any:
            return np.asarray(super().tick_values(factor * vmin, factor * vmax)) / factor

    def say(value: float, _: object) -> str:
        ticks = axis.get_majorticklocs()
        step = factor * abs(float(ticks[1] - ticks[0])) if len(ticks) > 1 else factor * abs(value)
        places = next((places for places in range(5) if abs(step * 10**places - round(step * 10**places)) < 1e-6 * max(1.0, step * 10**places)), 5)
        number = round(factor * value, places)
        return ("+" if signed and number > 0 else "") + decimal(number, lang, places) + after

    axis.set_major_locator(Round(most, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(say)
