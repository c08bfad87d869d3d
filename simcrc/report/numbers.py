"""Figures as each language writes them: ``12 345,6`` and ``80,2 %`` in French, ``12,345.6`` and ``80.2%`` in English, durations in the
unit that suits them, money in its currency.

The locales are those of Canada.  Units are those of ``simcrc.indicators``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from simcrc.words import Lang, Words

LOCALE = {"fr": "fr_CA", "en": "en_CA"}
NONE, MINUS = "–", "\u2212"
SECONDS = {"s": 1.0, "h": 3_600.0, "days": 86_400.0, "h/need": 3_600.0}
DURATIONS = ((120.0, 1.0, "s"), (7_200.0, 60.0, "min"), (172_800.0, 3_600.0, "h"), (math.inf, 86_400.0, "days"))
"""Up to this many seconds, in pieces of so many seconds, called so."""

UNITS: dict[str, Words] = {
    "s": Words(fr="s", en="s"),
    "min": Words(fr="min", en="min"),
    "h": Words(fr="h", en="h"),
    "days": Words(fr="jours", en="days"),
    "items": Words(fr="envois", en="items"),
    "agents": Words(fr="préposés", en="agents"),
    "lines": Words(fr="lignes", en="lines"),
    "FTE": Words(fr="ETC", en="FTE"),
}


@lru_cache(maxsize=4096)
def decimal(value: float, lang: Lang, places: int) -> str:
    """`value` with `places` decimals and the separators of the language.  Kept, since whoever lays out a picture asks for the same figures many times."""
    from babel.numbers import format_decimal

    rounded = round(value, places) + 0.0  # never "-0"
    return _minus(format_decimal(rounded, format="#,##0." + "0" * places if places else "#,##0", locale=LOCALE[lang]))


def places_for(value: float, digits: int = 3) -> int:
    """Decimals that show `digits` significant digits of `value`, none when its whole part has that many."""
    if value == 0 or not math.isfinite(value):
        return 0
    return max(0, digits - 1 - math.floor(math.log10(abs(value))))


def writer(unit: str, scale: float, lang: Lang) -> Callable[[float | None], str]:
    """A function that writes figures of `unit`, all alike, with units and decimals that suit one of the size `scale`."""
    write = _writer(unit, scale if math.isfinite(scale) else 0.0, lang)
    return lambda value: NONE if value is None or not math.isfinite(value) else write(value)


def _writer(unit: str, scale: float, lang: Lang) -> Callable[[float], str]:
    if unit == "share":
        return lambda value: _percent(value, lang)
    currency, _, per = unit.partition("/")
    if len(currency) == 3 and currency.isupper() and currency != "FTE":
        return lambda value: money(value, currency, lang, 2 if per or abs(scale) < 1000 else 0)
    if unit in SECONDS:
        factor = SECONDS[unit]
        size, name = next((size, name) for most, size, name in DURATIONS if abs(scale) * factor < most)
        places = 0 if size == 1.0 and abs(scale) * factor >= 10 else 1
        return lambda value: f"{decimal(value * factor / size, lang, places)}\u00a0{UNITS[name].say(lang)}"
    places = min(2, places_for(scale))
    after = f"\u00a0{UNITS[unit].say(lang)}" if unit in UNITS else ""
    return lambda value: decimal(value, lang, places) + after


def points(value: float, lang: Lang, places: int = 1) -> str:
    """A difference of two shares: ``−1,2 pts``."""
    return f"{decimal(100 * value, lang, places)}\u00a0pts"


def _percent(value: float, lang: Lang) -> str:
    return decimal(100 * value, lang, 1) + ("\u00a0%" if lang == "fr" else "%")


def money(value: float, currency: str, lang: Lang, places: int) -> str:
    """`value` in its currency, with `places` decimals."""
    from babel.numbers import format_currency

    pattern = "#,##0" + ("." + "0" * places if places else "")
    pattern = f"{pattern}\u00a0¤" if lang == "fr" else f"¤{pattern}"
    return _minus(format_currency(round(value, places) + 0.0, currency, pattern, locale=LOCALE[lang], currency_digits=False))


def _minus(text: str) -> str:
    """`text` with the sign for minus where the locale has a hyphen."""
    return text.replace("-", MINUS)
