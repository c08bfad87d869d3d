"""``Law``: the type of a distribution in a scenario, read from ``3 days`` (constant) or ``{lognormal: {mean: 6 min, cv: 1.1}}`` (one key, the family)."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from simcrc.distributions.base import Distribution
from simcrc.distributions.faults import fault
from simcrc.scenario.units import Duration

_describing: ContextVar[bool] = ContextVar("describing", default=False)


@cache
def _duration() -> TypeAdapter[Any]:
    return TypeAdapter(Duration)


@cache
def _keyed(cls: type[Distribution]) -> TypeAdapter[Any]:
    return TypeAdapter(dict[str, cls])  # type: ignore[valid-type]


def _parameters(cls: type[Distribution]) -> set[str]:
    return {field.alias or name for name, field in cls.model_fields.items()}


def _read(value: Any) -> Distribution:
    """The distribution that `value` writes; errors carry the family and the parameter in their place."""
    from simcrc.distributions import families
    from simcrc.distributions.deterministic import Deterministic

    if isinstance(value, Distribution):
        return value
    known = sorted(families())
    if not isinstance(value, Mapping):
        if isinstance(value, str | int) and not isinstance(value, bool):
            return Deterministic.model_construct(value=_duration().validate_python(value))
        raise fault("law", value, known=known)
    if value and not value.keys() & families().keys() and any(value.keys() <= _parameters(cls) for cls in families().values()):
        raise fault("law_family", ", ".join(value), known=known, names=", ".join(known))
    if len(value) != 1:
        raise fault("law_one", ", ".join(map(str, value)), known=known)
    ((name, params),) = value.items()
    cls = families().get(name) if isinstance(name, str) else None
    if cls is None:
        raise fault("unknown_family", str(name), known=known, names=", ".join(known))
    law: Distribution = _keyed(cls).validate_python({name: params})[name]
    return law


def _described(handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """The JSON Schema of a law, with every family that is registered."""
    from simcrc.distributions import families

    duration = _duration().json_schema()
    if _describing.get():  # a law inside a law (the tail of an empirical one): said without its parameters
        return {"anyOf": [duration, {"type": "object", "propertyNames": {"enum": sorted(families())}, "minProperties": 1, "maxProperties": 1}]}
    token = _describing.set(True)
    try:
        ways: list[JsonSchemaValue] = [duration]
        for name, family in sorted(families().items()):
            params = handler(family.__pydantic_core_schema__)
            either = {"anyOf": [params, duration]} if family.sole else params
            ways.append({"type": "object", "properties": {name: either}, "required": [name], "additionalProperties": False})
    finally:
        _describing.reset(token)
    return {"anyOf": ways, "description": "a duration (constant), or a family and its parameters: {lognormal: {mean: 6 min, cv: 1.1}}"}


def _written(law: Distribution) -> dict[str, Any]:
    written: dict[str, Any] = law.model_dump(mode="json")
    return written


if TYPE_CHECKING:
    Law = Distribution
else:

    class Law:
        """A ``Distribution`` read from a scenario; never instantiated: fields of this type hold the distribution itself."""

        @classmethod
        def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
            serialization = core_schema.plain_serializer_function_ser_schema(_written)
            return core_schema.no_info_plain_validator_function(_read, ref="Law", serialization=serialization)

        @classmethod
        def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
            return _described(handler)
