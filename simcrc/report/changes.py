"""How changes are written: with their sign, shares in points, everything else in its unit; and how an interval is."""

from __future__ import annotations

from collections.abc import Callable

from simcrc.experiment.statistics import Estimate
from simcrc.report.numbers import NONE, SECONDS, decimal, money, places_for, writer
from simcrc.words import Lang, Words

TO = Words(fr="{low} à {high}", en="{low} to {high}")
Write = Callable[[float | None], str]


def change_writer(unit: str, scale: float, lang: Lang) -> Write:
    """A function that writes changes of figures in `unit`, with decimals that suit one of the size `scale`."""
    if unit == "share":
        places = 2 if abs(scale) < 0.005 else 1

        def points(value: float) -> tuple[float, str]:
            rounded = round(100 * value, places) + 0.0
            return rounded, f"{decimal(abs(rounded), lang, places)}\u00a0pts"

        return _signed(points)
    plain = _finer(unit, scale, lang) or writer(unit, scale, lang)
    zero = plain(0.0)
    return _signed(lambda value: (0.0 if plain(abs(value)) == zero else value, plain(abs(value))))


def _finer(unit: str, scale: float, lang: Lang) -> Write | None:
    """With two digits at least of small changes of ratios and of amounts of money, where figures themselves have fewer; None for other units."""
    first, per, _ = unit.partition("/")
    places = min(4, places_for(scale, 2))
    if not per or places <= 2 or unit in SECONDS:
        return None
    if first.isupper():
        return lambda value: NONE if value is None else money(value, first, lang, places)
    return lambda value: NONE if value is None else decimal(value, lang, places)


def _signed(size: Callable[[float], tuple[float, str]]) -> Write:
    def write(value: float | None) -> str:
        if value is None:
            return NONE
        rounded, text = size(value)
        return ("+" if rounded > 0 else "−" if rounded < 0 else "") + text

    return write


def interval(estimate: Estimate, write: Write, lang: Lang) -> str:
    """From where to where; a dash where there is no interval."""
    if estimate.low is None or estimate.high is None:
        return NONE
    return TO.say(lang, low=write(estimate.low), high=write(estimate.high))
