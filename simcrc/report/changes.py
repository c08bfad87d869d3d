"""How changes are written: with their sign, shares in points, everything else in its unit; and how an interval is."""

from __future__ import annotations

from collections.abc import Callable

from simcrc.experiment.statistics import Estimate
from simcrc.report.numbers import NONE, decimal, writer
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
    plain = writer(unit, scale, lang)
    zero = plain(0.0)
    return _signed(lambda value: (0.0 if plain(abs(value)) == zero else value, plain(abs(value))))


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
