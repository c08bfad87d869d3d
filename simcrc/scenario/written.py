"""``Written``: one number as a person writes it, so that another can be written in its place: ``35 %``, ``4.5 min``, ``0.8``, ``60 % after 20 min``.

``simcrc.scenario.quantities`` and ``durations`` read numbers into the units of the model and forget how they were written; this remembers the unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from simcrc.scenario.durations import parse_duration
from simcrc.scenario.quantities import NUMBER, exact

_WRITTEN = re.compile(rf"\s*(?P<number>{NUMBER})\s*(?P<unit>%|pct|[^\W\d_]+)?(?P<rest>\s+(?:after|après)\s.+)?\s*", re.IGNORECASE | re.DOTALL)

Sort = Literal["number", "time"]


@dataclass(frozen=True)
class Written:
    """`number` in `unit` (``%``, a unit of time, or none), each `one` of which is so many of the model's (a share of 1, microseconds), with what stands between
    the two and behind them."""

    number: Fraction
    unit: str = ""
    gap: str = ""
    rest: str = ""

    @classmethod
    def parse(cls, value: Any) -> Written | None:
        """A written number; None for anything else, durations in several parts too (``2 h 30 min``)."""
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        match = _WRITTEN.fullmatch(str(value) if isinstance(value, int | str) else f"{Decimal(repr(value)):f}")
        if match is None:
            return None
        try:
            gap = " " if match["unit"] and match.string[match.start("unit") - 1].isspace() else ""
            out = cls(exact(match["number"].strip()), match["unit"] or "", gap, match["rest"] or "")
            out.one  # noqa: B018  raises for a unit that there is not
        except ValueError:
            return None
        return out

    @property
    def one(self) -> Fraction:
        """What one of its unit is: 1/100 for %, 60 000 000 for minutes."""
        if not self.unit:
            return Fraction(1)
        return Fraction(1, 100) if self.unit in ("%", "pct") else Fraction(parse_duration(f"1 {self.unit}"))

    @property
    def sort(self) -> Sort:
        """A length of time, or a number, shares among them."""
        return "time" if self.unit not in ("", "%", "pct") else "number"

    @property
    def size(self) -> float:
        """The value: a share of 1, microseconds, a number."""
        return float(self.number * self.one)

    def with_size(self, size: float | Fraction, digits: int | None = None) -> Written:
        """The same with another value; `digits` behind the decimal point of the number as it is written (negative: tens, hundreds)."""
        number = (size if isinstance(size, Fraction) else Fraction(repr(float(size)))) / self.one  # the shortest decimals of a float
        return replace(self, number=number if digits is None else Fraction(round(number, digits)))

    def text(self) -> str:
        """As it would be written."""
        number = Decimal(self.number.numerator) / Decimal(self.number.denominator)
        digits = f"{number:f}"
        return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}{self.gap}{self.unit}{self.rest}"
