"""Values of a scenario as they are written, in tables for people: ``35 %``, ``$1.30``, ``5 000 $``, ``4,5 min``, ``10 jours`` – with the unit of their
place and the separators of the language.

Figures of a run are in ``simcrc.report.numbers``; values in messages about a file in ``simcrc.scenario.spoken``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simcrc.report.numbers import UNITS, decimal, money
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.scenario import Loaded
    from simcrc.scenario.positions import Place

MONEY = {"per_contact": 2, "cost_per_hour": 2, "citizen_hour": 2, "per_month": 0, "once": 0}
"""Keys under which money is written, and its decimals."""

DAYS = Words(fr="jour", en="day"), UNITS["days"]
_UNIT: dict[str, tuple[Words, Words]] = {
    "days": DAYS,
    "day": DAYS,
    "d": DAYS,
    "hours": (Words(fr="h", en="h"),) * 2,
    "hour": (Words(fr="h", en="h"),) * 2,
    "weeks": (Words(fr="semaine", en="week"), Words(fr="semaines", en="weeks")),
    "week": (Words(fr="semaine", en="week"), Words(fr="semaines", en="weeks")),
}
AFTER = Words(fr="{value} après {time}", en="{value} after {time}")
BETWEEN = Words(fr="[{low} ; {high}]", en="[{low}; {high}]")
RELATIVE = re.compile(r"\s*(?:±|\+-|\+/-)\s*([\d.,]+)\s*%\s*")


class Values:
    """The values of one scenario, said in one language."""

    def __init__(self, loaded: Loaded, lang: Lang) -> None:
        from simcrc.experiment.unknowns import plain

        self.document = plain(loaded).tree.document
        self.currency = loaded.scenario.currency
        self.lang: Lang = lang

    def say(self, value: Any, place: Place) -> str:
        """`value`, written at `place` of the document without provenance, or in the stead of what is written there."""
        from simcrc.scenario.written import Written

        number = Written.parse(value)
        if number is None:
            return str(value)
        if number.rest:
            share, _, time = str(value).replace(" après ", " after ").partition(" after ")
            return AFTER.say(self.lang, value=self.say(share, place), time=self.say(time, place))
        size = float(number.number)
        if number.unit in ("%", "pct") or (not number.unit and self._share(place)):
            return self._decimal(size if number.unit else 100 * size) + ("\u00a0%" if self.lang == "fr" else "%")
        if not number.unit:
            return money(size, self.currency, self.lang, MONEY[str(place[-1])]) if place[-1] in MONEY else self._decimal(size)
        one, many = _UNIT.get(number.unit, (Words(number.unit, number.unit),) * 2)
        several = abs(size) >= 2 if self.lang == "fr" else abs(size) != 1
        return f"{self._decimal(size)}\u00a0{(many if several else one).say(self.lang)}"

    def range(self, bounds: tuple[Any, Any] | str, place: Place) -> str:
        """A range: ``±15 %``, or its two bounds."""
        if isinstance(bounds, str):
            found = RELATIVE.fullmatch(bounds)
            return f"±{self.say(f'{found[1]} %', place)}" if found else bounds
        return BETWEEN.say(self.lang, low=self.say(bounds[0], place), high=self.say(bounds[1], place))

    def _decimal(self, size: float) -> str:
        """All the decimals that are written, and no others."""
        digits = f"{size:.10f}".rstrip("0").rstrip(".")
        return decimal(size, self.lang, len(digits.partition(".")[2]))

    def _share(self, place: Place) -> bool:
        from simcrc.scenario.scenario import Scenario
        from simcrc.scenario.shape import annotation_at, is_share

        return is_share(annotation_at(Scenario, self.document, place))
