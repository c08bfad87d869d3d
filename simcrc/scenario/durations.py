"""Lengths of time: ``Duration`` (an exact number of microseconds) and ``Span`` (days, weeks, months or years of the calendar).

In a scenario a duration carries its unit; in Python an int is microseconds.  ``as_written`` marks the numbers of a
document, so that the two are not confused.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from simcrc.scenario.faults import fault
from simcrc.scenario.quantities import NUMBER, exact

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
LONGEST = 36_525 * DAY

_UNITS: dict[str, int] = {
    **dict.fromkeys(("us", "µs", "μs"), 1),
    "ms": 1000,
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "seconde", "secondes"), SECOND),
    **dict.fromkeys(("min", "mins", "mn", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "heure", "heures"), HOUR),
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), DAY),
    **dict.fromkeys(("w", "wk", "week", "weeks", "sem", "semaine", "semaines"), WEEK),
}
_CALENDAR = {"month", "months", "mois", "year", "years", "an", "ans", "année", "années", "y"}
_PART = re.compile(rf"\s*({NUMBER})\s*([^\W\d_]+)\.?\s*")
_BARE = re.compile(rf"\s*{NUMBER}\s*")


class Bare(int):
    """A whole number that a planner wrote without a unit: no duration, since ``4`` may mean minutes or seconds."""

    __slots__ = ()


def as_written(value: Any) -> Any:
    """A copy of a plain document in which whole numbers are ``Bare``."""
    if isinstance(value, dict):
        return {key: as_written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_written(inner) for inner in value]
    return Bare(value) if type(value) is int else value


def parse_duration(text: str | int | float) -> int:
    """Microseconds of a written duration: ``4.5 min``, ``2 h 30 min``, ``10 jours``; 0 needs no unit.  Errors:
    PydanticCustomError (a ValueError)."""
    if isinstance(text, bool):
        raise fault("duration", text)
    if isinstance(text, int | float):
        if text == 0:
            return 0
        raise fault("duration_unit", text, example=f"{text} min") if text > 0 else fault("duration", text)
    if not isinstance(text, str):
        raise fault("duration", text)
    if _BARE.fullmatch(text):
        if not text.strip(" 0.,_"):
            return 0
        raise fault("duration_unit", text, example=f"{text.strip()} min")
    return _sum_of_parts(text)


def _sum_of_parts(text: str) -> int:
    total, position = Fraction(0), 0
    while position < len(text):
        match = _PART.match(text, position)
        if not match:
            raise fault("duration", text)
        unit = match[2] if match[2] in _UNITS else match[2].lower()
        if unit in _CALENDAR:
            raise fault("duration_calendar", text)
        try:
            number = exact(match[1])
        except ValueError:
            raise fault("duration", text) from None
        if unit not in _UNITS:
            raise fault("duration", text)
        if number < 0:
            raise fault("duration_negative", text)
        total += number * _UNITS[unit]
        position = match.end()
    if not text.strip():
        raise fault("duration", text)
    if total > LONGEST:
        raise fault("duration_long", text)
    return round(total)


def format_duration(microseconds: int) -> str:
    """The shortest writing that parses back to `microseconds` exactly, e.g. ``4.5 min``."""
    for unit, size in (("days", DAY), ("h", HOUR), ("min", MINUTE), ("s", SECOND), ("ms", 1000)):
        if microseconds >= size:
            number = Fraction(microseconds, size)
            digits = f"{float(number):.12g}"
            if "e" not in digits and Fraction(digits) == number:
                return f"{digits} {unit}"
    return f"{microseconds} us" if microseconds else "0"


def _duration(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool | Bare):
        if value < 0:
            raise fault("duration_negative", value)
        return value
    return parse_duration(value)


_DURATION_SCHEMA = {
    "anyOf": [{"const": 0}, {"type": "string", "pattern": r"^\s*[0-9.,].*[A-Za-zµμéè.]\s*$|^0$"}],
    "description": "a duration with its unit: 20 s, 4.5 min, 2 h, 10 days, 13 weeks",
}

Duration = Annotated[int, BeforeValidator(_duration), WithJsonSchema(_DURATION_SCHEMA)]
"""Microseconds, an int: ``20 s``, ``4.5 min``, ``2 h``, ``10 days``, ``250 ms``."""

_SPAN = re.compile(r"\s*(\d[\d_ ]*)\s*([^\W\d_]+)\s*")
_SPAN_UNITS: dict[str, Literal["days", "weeks", "months", "years"]] = {
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), "days"),
    **dict.fromkeys(("w", "wk", "week", "weeks", "sem", "semaine", "semaines"), "weeks"),
    **dict.fromkeys(("month", "months", "mois"), "months"),
    **dict.fromkeys(("y", "year", "years", "an", "ans", "année", "années"), "years"),
}


@dataclass(frozen=True)
class Span:
    """A whole number of days, weeks, months or years of the calendar; written ``52 weeks``, ``3 mois``."""

    n: int
    unit: Literal["days", "weeks", "months", "years"]

    def after(self, day: date) -> date:
        """The date this long after `day`; the 31st becomes the last day of a shorter month."""
        return self._move(day, self.n)

    def before(self, day: date) -> date:
        """The date this long before `day`."""
        return self._move(day, -self.n)

    def _move(self, day: date, n: int) -> date:
        if self.unit in ("days", "weeks"):
            return day + timedelta(days=n * (7 if self.unit == "weeks" else 1))
        months = day.year * 12 + day.month - 1 + n * (12 if self.unit == "years" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

    def __str__(self) -> str:
        return f"{self.n} {self.unit}"

    @classmethod
    def parse(cls, value: Any) -> Span:
        """A span from its writing; errors: PydanticCustomError (a ValueError)."""
        if isinstance(value, cls):
            return value
        if value == 0 and not isinstance(value, bool):
            return cls(0, "days")
        match = _SPAN.fullmatch(value) if isinstance(value, str) else None
        unit = _SPAN_UNITS.get(match[2].lower()) if match else None
        if not match or not unit:
            raise fault("span", value, **({"suggestion": f"{value} days"} if isinstance(value, int) and value > 0 and not isinstance(value, bool) else {}))
        n = int(re.sub(r"[_ ]", "", match[1]))
        if n * {"days": 1, "weeks": 7, "months": 30.5, "years": 365.25}[unit] > 36_525:
            raise fault("duration_long", value)
        return cls(n, unit)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=core_schema.to_string_ser_schema(when_used="json"))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "anyOf": [{"const": 0}, {"type": "string", "pattern": r"^\s*[0-9][0-9_ ]*[A-Za-zé]+\s*$"}],
            "description": "a period in days, weeks, months or years: 52 weeks",
        }
