"""Opening hours of a week, as planners write them: ``24/7``, ``Mon-Fri 08:30-16:30``, ``Sat 20:00-02:00``.  Days and times
stand in ``week``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from simcrc.scenario.faults import fault
from simcrc.scenario.week import DAYS, EVERY_DAY, MIDNIGHT, format_time, parse_range, parse_weekdays

Week = tuple[tuple[tuple[int, int], ...], ...]
_CLOSED = ("closed", "fermé", "ferme")


@dataclass(frozen=True)
class Hours:
    """Opening hours.  `week`: for each weekday the ranges (start, end) in minutes, sorted, none touching another."""

    week: Week

    @property
    def always(self) -> bool:
        """Open around the clock."""
        return all(day == ((0, MIDNIGHT),) for day in self.week)

    @property
    def never(self) -> bool:
        """Open at no time."""
        return not any(self.week)

    @classmethod
    def parse(cls, value: Any) -> Hours:
        """Opening hours from ``24/7``, ``closed``, ``Mon-Fri 08:30-16:30``, ``07:30-23:00`` or a list of those; a range may
        cross midnight."""
        if isinstance(value, cls):
            return value
        items = value if isinstance(value, list | tuple) else [value]
        if not items or not all(isinstance(item, str) for item in items):
            raise fault("hours", value)
        if len(items) == 1 and items[0].strip().lower() in _CLOSED:
            return cls(((),) * 7)
        if len(items) == 1 and items[0].replace(" ", "") == "24/7":
            return cls((((0, MIDNIGHT),),) * 7)
        days: list[list[tuple[int, int]]] = [[] for _ in range(7)]
        for item in items:
            for part in item.split(";"):
                _open(days, part)
        return cls(tuple(_joined(day, number) for number, day in enumerate(days)))

    def __str__(self) -> str:
        if self.always:
            return "24/7"
        return "; ".join(f"{DAYS[day]} {format_time(start)}-{format_time(end)}" for day, ranges in enumerate(self.week) for start, end in ranges) or "closed"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=core_schema.to_string_ser_schema(when_used="json"))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
            "description": "opening hours: 24/7, closed, Mon-Fri 08:30-16:30, or a list",
        }


def _open(days: list[list[tuple[int, int]]], text: str) -> None:
    """Add what one item (``Mon-Fri 08:30-12:00, 13:00-16:30``) says to `days`."""
    match = re.fullmatch(r"\s*(?P<days>[^\d]*?)\s*(?P<ranges>\d.*?)\s*", text, re.DOTALL)
    if not match:
        raise fault("hours", text)
    try:
        weekdays = parse_weekdays(match["days"]) if match["days"] else EVERY_DAY
        ranges = [parse_range(part, "hours") for part in match["ranges"].split(",")]
    except PydanticCustomError as error:
        raise error if error.type == "weekday_overlap" else fault("hours", text) from None
    for start, end in ranges:
        if start in (end, MIDNIGHT):
            raise fault("hours", text)
        for day in weekdays:
            if end > start:
                days[day].append((start, end))
            else:
                days[day].append((start, MIDNIGHT))
                if end:
                    days[(day + 1) % 7].append((0, end))


def _joined(ranges: list[tuple[int, int]], day: int) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start < out[-1][1]:
            a, b = (f"{format_time(x)}-{format_time(y)}" for x, y in (out[-1], (start, end)))
            raise fault("hours_overlap", f"{a}, {b}", day=DAYS[day], a=a, b=b)
        if out and start == out[-1][1]:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)
