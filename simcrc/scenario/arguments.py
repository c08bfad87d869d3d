"""Arguments of a figure of theory, as ``expect:`` writes them: in theory all times are seconds and all rates per second.

| written | becomes |
|---|---|
| ``180 s`` | seconds |
| ``80 %`` | 0.8 |
| ``14``, ``0.5`` | the number |
| ``{per_hour: 200}`` | a rate per second; also of steps and lists |
| ``{"08:00": 10, "12:00": 14}``, ``{0: 10, 4 h: 14}`` | steps: ((seconds, value), …) |
| ``[…]`` | a tuple; lists in lists too |
| ``lognormal`` | the text |
| ``{indicator: phone.abandonment_ratio}`` | ``Which``: the figure that the same run measures |
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from simcrc.scenario.amounts import Amount
from simcrc.scenario.durations import parse_duration
from simcrc.scenario.faults import fault, suggestion
from simcrc.scenario.quantities import NUMBER, exact
from simcrc.scenario.week import parse_time

RATES = {"per_second": 1.0, "per_minute": 60.0, "per_hour": 3_600.0, "per_day": 86_400.0}
PER = {"second": 1.0, "minute": 60.0, "hour": 3_600.0, "day": 86_400.0}
CHANGES = ["relative", "absolute"]
ARMS = ["base", "policy"]
_PERCENT = re.compile(rf"\s*({NUMBER})\s*%\s*")
_NUMERIC = re.compile(r"\s*[-+.,\d]")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True)
class Which:
    """An indicator, named as in ``Results.estimate``, and the part of it that is meant; `per`: a total divided by the length of the measured period in
    that unit; `change`: by how much the policy differs from its base; `arm`: in which of the two."""

    indicator: str
    service: str | None = None
    segment: str | None = None
    reason: str | None = None
    period: str | None = None
    per: str | None = None
    change: str | None = None
    arm: str | None = None

    @property
    def place(self) -> str | None:
        """The channel, ``channel.site`` or ``team:name``; None for all together."""
        return self.indicator.rpartition(".")[0] or None

    @property
    def name(self) -> str:
        """The indicator without its place."""
        return self.indicator.rpartition(".")[2]

    def __str__(self) -> str:
        said = [f"{each.name}={getattr(self, each.name)}" for each in fields(self)[1:] if getattr(self, each.name) is not None]
        return f"{self.indicator} [{', '.join(said)}]" if said else self.indicator


def argument(value: Any) -> Any:
    """What theory is given for a written argument; the table above."""
    return _which(value) if isinstance(value, Mapping) and "indicator" in value else _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Which | tuple):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list):
        return tuple(_inside(number, inner) for number, inner in enumerate(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise fault("argument", value)
    if isinstance(value, int):
        return int(value)
    if not math.isfinite(value):
        raise fault("finite", value)
    return float(value)


def _text(value: str) -> Any:
    if not _NUMERIC.match(value):
        return value
    match = _PERCENT.fullmatch(value)
    return float(exact(match[1]) / 100) if match else parse_duration(value) / 1e6


def _mapping(value: Mapping[str, Any]) -> Any:
    if len(value) == 1 and next(iter(value)) in RATES:
        ((unit, inner),) = value.items()
        return _over(_inside(unit, inner), RATES[unit], inner)
    if not value or not all(_NUMERIC.match(key) for key in value):
        wrong = next((key for key in value if not _NUMERIC.match(key)), None)
        raise fault("argument", value if wrong is None else wrong, **({} if wrong is None else {"inside": wrong, **suggestion(wrong, [*RATES, "indicator"])}))
    steps: list[tuple[float, Any]] = []
    for key, inner in value.items():
        at = parse_time(key) * 60.0 if _CLOCK.fullmatch(key) else parse_duration(key) / 1e6
        if steps and at <= steps[-1][0]:
            raise fault("steps", key, inside=key)
        steps.append((at, _inside(key, inner)))
    return tuple(steps)


def _inside(key: Any, inner: Any) -> Any:
    """The argument under `key`, with the key said when it is wrong."""
    try:
        return _plain(inner)
    except PydanticCustomError as error:
        raise PydanticCustomError(error.type, "{message}", {**(error.context or {}), "inside": key}) from None


def _over(value: Any, unit: float, written: Any) -> Any:
    """A rate per second, or steps or a list of rates."""
    if isinstance(value, tuple):
        if isinstance(written, Mapping):
            return tuple((at, _over(inner, unit, None)) for at, inner in value)
        return tuple(_over(inner, unit, None) for inner in value)
    if isinstance(value, str):
        raise fault("argument", value)
    return value / unit


def _which(value: Mapping[str, Any]) -> Which:
    known = [each.name for each in fields(Which)]
    for key, inner in value.items():
        if key not in known:
            raise PydanticCustomError(
                "unknown_key", "{message}", {"message": "a known key", "found": key, "known": known, "inside": key, **suggestion(key, known)}
            )
        if not isinstance(inner, str):
            raise fault("argument", inner, inside=key)
    for key, choices in (("per", list(PER)), ("change", CHANGES), ("arm", ARMS)):
        found = value.get(key, choices[0])
        if found not in choices:
            raise PydanticCustomError(
                "choice", "{message}", {"message": "one of", "found": found, "choices": choices, "inside": key, **suggestion(found, choices)}
            )
    return Which(**value)


_SCHEMA = {
    "anyOf": [{"type": ["number", "string", "array"]}, {"type": "object"}],
    "description": "a duration, a share, a number, a law, {per_hour: 200}, steps by time, a list, or {indicator: phone.abandonment_ratio}",
}


def _bound(value: Any) -> Any:
    if isinstance(value, Which):
        return value
    return _which(value) if isinstance(value, Mapping) and "indicator" in value else Amount.parse(value)


_BOUND_SCHEMA = {"anyOf": [{"type": ["number", "string"]}, {"type": "object"}], "description": "a share, a duration, a number, or {indicator: phone.asa}"}

Bound = Annotated[Amount | Which, PlainValidator(_bound), WithJsonSchema(_BOUND_SCHEMA)]
"""An amount, or a figure that is measured on the same run."""
Argument = Annotated[Any, BeforeValidator(argument), WithJsonSchema(_SCHEMA)]
"""An argument in the units of theory: float, int, text, tuple, or ``Which``."""
