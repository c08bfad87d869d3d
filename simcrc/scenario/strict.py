"""No coercion: a bare ``no`` is not false, "5" is not 5, true is not 1, and 2006 is not a date.  Types with a reader of
their own (``units``) are left to it."""

from __future__ import annotations

import re
import types
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WrapValidator

from simcrc.scenario.faults import fault

if TYPE_CHECKING:
    from pydantic import BaseModel

_READERS = (BeforeValidator, AfterValidator, PlainValidator, WrapValidator)


@cache
def _plain_type(model: type[BaseModel], name: str) -> type | None:
    """int, float, bool or date when that is all the type of the field."""
    info = model.model_fields[name]
    return None if any(isinstance(item, _READERS) for item in info.metadata) else _bare(info.annotation)


def _bare(annotation: Any) -> type | None:
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return None if any(isinstance(item, _READERS) for item in metadata) else _bare(inner)
    if get_origin(annotation) in (Union, types.UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return _bare(members[0]) if len(members) == 1 else None
    return annotation if annotation in (int, float, bool, date) else None


def uncoerced(model: type[BaseModel], name: str, value: Any) -> Any:
    """`value` as it is, or the fault that it is no value of the field's type."""
    kind = _plain_type(model, name)
    if kind is None or value is None:
        return value
    if kind is bool and not isinstance(value, bool):
        raise fault("flag", value)
    if kind in (int, float) and (isinstance(value, bool | str)):
        raise fault("whole" if kind is int else "number", value)
    if kind is int and isinstance(value, float) and not value.is_integer():
        raise fault("whole", value)
    if kind is date and not isinstance(value, date) and not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
        raise fault("date", value)
    return value
