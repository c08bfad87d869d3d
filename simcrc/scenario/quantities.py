"""Numbers as planners write them: shares ("35 %"), plain numbers, and a share with the time before it is taken.

Durations and spans stand in ``simcrc.scenario.durations``; everything is exported again by ``simcrc.scenario.units``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from simcrc.scenario.faults import fault
from simcrc.scenario.spoken import number
from simcrc.words import Words

LARGEST = 1e12
NUMBER = r"[-+]?(?:\d[\d_\u00a0\u202f ]*(?:[.,]\d+)?|[.,]\d+)(?:[eE][-+]?\d{1,2})?"
_PERCENT = re.compile(rf"\s*({NUMBER})\s*(%|pct)?\s*")
_AFTER = re.compile(r"(?P<share>.+?)\s+(?:after|après)\s+(?P<after>.+)", re.IGNORECASE | re.DOTALL)


def exact(text: str) -> Fraction:
    """The number that `text` writes, decimal comma and thousands separators allowed; ValueError otherwise."""
    if len(text) > 40 or not re.fullmatch(NUMBER, text):
        raise ValueError(text)
    return Fraction(re.sub(r"[_\u00a0\u202f ]", "", text).replace(",", "."))


def _share(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise fault("share", value)
    if isinstance(value, str):
        match = _PERCENT.fullmatch(value)
        if not match:
            raise fault("share", value)
        try:
            number, percent = exact(match[1]), bool(match[2])
        except ValueError:
            raise fault("share", value) from None
        share = float(number / 100 if percent else number)
    else:
        share, percent = float(value), False
    if not 0 <= share <= 1:  # not-a-number fails here too
        if not percent and 1 < share <= 100:
            raise fault("share", value, suggestion=f"{value} %")
        raise fault("share", value)
    return share


def _number(value: Any) -> Any:
    if isinstance(value, str):
        try:
            number = float(exact(value.strip()))
        except (ValueError, OverflowError):
            raise fault("number", value) from None
        raise fault("number_quoted", value, example=f"{number:g}" if number != int(number) else str(int(number)))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise fault("number", value)
    if (isinstance(value, int) and abs(value) > 10**300) or not math.isfinite(value):
        raise fault("finite", value)
    if abs(value) > LARGEST:
        raise fault("large" if value > 0 else "negative", value)
    return float(value)


def _non_negative(value: Any) -> Any:
    number = _number(value)
    if number < 0:
        raise fault("negative", value)
    return number


Share = Annotated[
    float,
    BeforeValidator(_share),
    WithJsonSchema(
        {
            "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": r"^\s*[0-9][0-9.,_ ]*%?\s*$"}],
            "description": "a share between 0 and 1, or in %: 35 %",
        }
    ),
]
"""A probability or a part of a whole, a float in [0, 1]: ``0.35``, ``35 %``, ``3,5 %``."""

NonNegative = Annotated[float, BeforeValidator(_non_negative), WithJsonSchema({"type": "number", "minimum": 0})]
"""A finite number that is not negative."""

Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
"""A finite number of either sign: a term of a utility."""


def split_after(value: Any) -> Any:
    """``60 % after 20 min`` as ``{"share": "60 %", "after": "20 min"}``; a bare share as ``{"share": …}``; a mapping as it
    is."""
    if isinstance(value, str) and (match := _AFTER.fullmatch(value.strip())):
        return {"share": match["share"], "after": match["after"]}
    if isinstance(value, str | int | float):
        return {"share": value}
    if not isinstance(value, Mapping):
        # a model that is already built passes through; anything else is for pydantic to refuse
        return value
    return value


def percent(share: float) -> Words:
    """``99,5 %``, ``99.5%``."""
    value = float(f"{share * 100:.6g}")
    return Words(f"{number(value, 'fr')}\u00a0%", f"{number(value, 'en')}%")
