"""Amounts that are expected and margins around them: ``7.84 s``, ``88.8 %``, ``1.04``; ``2 %``, ``0.2 points``, ``0.5 s``."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from simcrc.scenario.durations import parse_duration
from simcrc.scenario.faults import fault
from simcrc.scenario.quantities import NUMBER, exact

_WRITTEN = re.compile(rf"\s*({NUMBER})\s*(%|points?|pts?)\s*", re.IGNORECASE)
_SCHEMA = [{"type": "number"}, {"type": "string", "pattern": "[0-9]"}]


def _number(value: Any, code: str) -> float:
    """A plain number; anything else is the fault `code`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or (isinstance(value, int) and abs(value) > 10**300) or not math.isfinite(value):
        raise fault(code, value)
    return float(value)


@dataclass(frozen=True)
class Amount:
    """A share (of 1), a time in seconds, or a plain number, as `unit` says."""

    value: float
    unit: Literal["share", "time", "number"]

    @classmethod
    def parse(cls, value: Any) -> Amount:
        """An amount from its writing: ``88.8 %``, ``7.84 s``, ``1.04``."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            return cls(_number(value, "amount"), "number")
        match = _WRITTEN.fullmatch(value)
        try:
            if match and match[2] == "%":
                return cls(float(exact(match[1]) / 100), "share")
            sign = -1 if value.lstrip().startswith("-") else 1  # a change may be a shorter time
            return cls(sign * parse_duration(value.lstrip()[1:] if sign < 0 else value) / 1e6, "time")
        except ValueError:
            raise fault("amount", value) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": _SCHEMA, "description": "a share, a duration or a number: 88.8 %, 7.84 s, 1.04"}


@dataclass(frozen=True)
class Margin:
    """How far off a figure may be: a part of the expected amount (`unit` relative), points of a share (0.002 for 0.2 points), seconds, or a number in
    the unit of the indicator."""

    value: float
    unit: Literal["relative", "share", "time", "number"]

    @classmethod
    def parse(cls, value: Any) -> Margin:
        """A margin from its writing: ``2 %``, ``0.2 points``, ``0.5 s``, ``0.01``."""
        if isinstance(value, cls):
            return value
        margin = cls._parse(value)
        if margin.value < 0:
            raise fault("margin", value)
        return margin

    @classmethod
    def _parse(cls, value: Any) -> Margin:
        if not isinstance(value, str):
            return cls(_number(value, "margin"), "number")
        match = _WRITTEN.fullmatch(value)
        try:
            if match:
                return cls(float(exact(match[1]) / 100), "relative" if match[2] == "%" else "share")
            return cls(parse_duration(value) / 1e6, "time")
        except ValueError:
            raise fault("margin", value) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": _SCHEMA, "description": "how far off it may be: 2 %, 0.2 points, 0.5 s, or a number in the indicator's unit"}


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str | int | float | Margin) else value


Margins = Annotated[tuple[Margin, ...], BeforeValidator(_several)]
"""One margin, or several of which the widest counts."""
