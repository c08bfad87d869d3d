"""The week: times of day, weekday groups, values by half hour, instants; opening hours stand in ``hours``.

Weekdays are 0 (Monday) to 6; times of day are minutes since midnight; a day has 48 half hours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from simcrc.scenario.faults import fault
from simcrc.scenario.quantities import _non_negative

T = TypeVar("T")
HALF_HOURS = 48
MIDNIGHT = 24 * 60
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_DAY_NAMES: dict[str, int] = {
    name[:length]: number
    for names in (
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    )
    for number, name in enumerate(names)
    for length in (3, len(name))
}
_TIME = re.compile(r"\s*(\d{1,2})\s*(?::|h)\s*(\d{2})?\s*", re.IGNORECASE)


def parse_time(value: Any) -> int:
    """Minutes since midnight of ``08:30`` (or ``8 h 30``); ``24:00`` is the end of the day."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not match or (match[2] is None and ":" in value):
        raise fault("time", value)
    minutes = int(match[1]) * 60 + int(match[2] or 0)
    if int(match[2] or 0) > 59 or minutes > MIDNIGHT:
        raise fault("time", value)
    return minutes


def format_time(minutes: int) -> str:
    """``08:30`` for 510."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_range(text: str, code: str) -> tuple[int, int]:
    parts = re.split(r"\s*[-–]\s*", text.strip())
    if len(parts) != 2:
        raise fault(code, text)
    return parse_time(parts[0]), parse_time(parts[1])


def _time_range(value: Any) -> Any:
    if isinstance(value, tuple) and len(value) == 2 and all(type(part) is int for part in value):
        start, end = value
    elif isinstance(value, str):
        start, end = parse_range(value, "time_range")
    else:
        raise fault("time_range", value)
    if not 0 <= start < end <= MIDNIGHT:
        raise fault("time_range_order", value)
    return (start, end)


TimeRange = Annotated[
    tuple[int, int], PlainValidator(_time_range), WithJsonSchema({"type": "string", "pattern": r"^\s*\d{1,2}(:|h)\d\d\s*[-–]\s*\d{1,2}(:|h)\d\d\s*$"})
]
"""(start, end) in minutes of one day, ``12:00-13:00``."""


def parse_weekdays(value: Any) -> tuple[int, ...]:
    """Weekday numbers, sorted, of ``Mon``, ``Mon-Fri``, ``Mon,Wed``, ``lun-ven``."""
    if isinstance(value, tuple | list) and value and all(type(day) is int and 0 <= day <= 6 for day in value):
        return tuple(sorted(set(value)))
    if not isinstance(value, str):
        raise fault("weekday", value)
    days: list[int] = []
    for part in value.split(","):
        ends = [_DAY_NAMES.get(end.strip().rstrip(".").lower(), -1) for end in re.split(r"[-–]", part)]
        if len(ends) > 2 or -1 in ends:
            raise fault("weekday", value)
        first, last = ends[0], ends[-1]
        days += [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    if len(set(days)) != len(days):
        raise fault("weekday_overlap", value, day=DAYS[next(day for day in days if days.count(day) > 1)], other=value)
    return tuple(sorted(days))


Weekday = Annotated[tuple[int, ...], PlainValidator(parse_weekdays), WithJsonSchema({"type": "string", "description": "weekdays: Mon, Mon-Fri, Sat,Sun"})]
"""A group of weekdays, a sorted tuple of 0 (Monday) … 6."""


def _each_day_once(value: Any) -> Any:
    if isinstance(value, Mapping):
        seen: dict[int, Any] = {}
        for key in value:
            try:
                days = parse_weekdays(key)
            except PydanticCustomError:
                continue  # said by the key's own type
            for day in days:
                if day in seen:
                    raise fault("weekday_overlap", key, day=DAYS[day], other=str(seen[day]), inside=key)
                seen[day] = key
    return value


ByWeekday = Annotated[dict[Weekday, T], BeforeValidator(_each_day_once)]
"""A mapping from groups of weekdays; no weekday in two groups."""


def _half_hours(value: Any, *, constant: bool) -> Any:
    if isinstance(value, tuple | list) and len(value) == HALF_HOURS:
        return tuple(_non_negative(number) for number in value)
    if constant and value == "constant":
        return (1.0,) * HALF_HOURS
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (_non_negative(value),) * HALF_HOURS
    if not isinstance(value, Mapping) or not value:
        raise fault("day_profile", value)
    changes: dict[int, float] = {}
    for key, number in value.items():
        try:
            minutes = parse_time(key)
            if minutes % 30 or minutes == MIDNIGHT:
                raise fault("time_grid", key)
            if minutes // 30 in changes:
                raise fault("time_twice", key)
            changes[minutes // 30] = _non_negative(number)
        except PydanticCustomError as error:
            raise PydanticCustomError(error.type, "{message}", {**(error.context or {}), "inside": key}) from None
    out, current = [], 0.0
    for half_hour in range(HALF_HOURS):
        current = changes.get(half_hour, current)
        out.append(current)
    return tuple(out)


_BY_TIME = {"type": "object", "patternProperties": {r"^\d{1,2}(:|h)\d\d$": {"type": "number", "minimum": 0}}, "additionalProperties": False, "minProperties": 1}

DayProfile = Annotated[
    tuple[float, ...],
    PlainValidator(partial(_half_hours, constant=True)),
    WithJsonSchema(
        {
            "anyOf": [{"const": "constant"}, {"type": "number", "minimum": 0}, _BY_TIME],
            "description": "weights by time, each until the next: {08:30: 10, 12:00: 6}",
        }
    ),
]
"""48 weights, one a half hour.  Written by the times at which they change; 0 before the first; ``constant`` for a flat day."""

DaySchedule = Annotated[
    tuple[float, ...],
    PlainValidator(partial(_half_hours, constant=False)),
    WithJsonSchema(
        {"anyOf": [{"type": "number", "minimum": 0}, _BY_TIME], "description": "agents by time, each until the next: {08:30: 42, 12:00: 35, 16:30: 0}"}
    ),
]
"""48 numbers of agents, one a half hour.  Written by the times at which they change; 0 before the first; one number for the
whole day."""


def _instant(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    elif isinstance(value, str) and re.fullmatch(r"\s*\d{4}-\d\d-\d\d([ T]+\d{1,2}:\d\d(:\d\d)?)?\s*", value):
        day, _, time = re.sub(r"[ T]+", " ", value.strip()).partition(" ")
        try:
            moment = datetime.fromisoformat(f"{day} {time.zfill(5) if time.count(':') == 1 else time.zfill(8)}" if time else day)
        except ValueError:
            raise fault("instant", value) from None
    else:
        raise fault("instant", value)
    if moment.tzinfo is not None:
        raise fault("instant", value)
    return moment


Instant = Annotated[
    datetime,
    PlainValidator(_instant),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\d{4}-\d\d-\d\d", "description": "a date, or a date and a local time: 2006-06-12 10:00"}),
]
"""A date (its midnight) or a date and a time, local to the scenario, naive."""
