"""``Law``: the type of a distribution in a scenario, read from ``3 days`` (constant) or ``{lognormal: {mean: 6 min, cv: 1.1}}`` (one key, the family)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from simcrc.scenario.units import Duration

from simcrc.distributions.base import Distribution


@cache
def _duration() -> TypeAdapter[Any]:
    return TypeAdapter(Duration)


@cache
def _keyed(cls: type[Distribution]) -> TypeAdapter[Any]:
    return TypeAdapter(dict[str, cls])  # type: ignore[valid-type]


def _read(value: Any) -> Distribution:
    """The distribution that `value` writes; errors carry the family and the parameter in their place."""
    from simcrc.distributions import families
    from simcrc.distributions.deterministic import Deterministic

    if isinstance(value, Distribution):
        return value
    known = sorted(families())
    if not isinstance(value, Mapping):
        if isinstance(value, str | int) and not isinstance(value, bool):
            return Deterministic(value=_duration().validate_python(value))
        raise PydanticCustomError("law_expected", "a duration or a mapping from one family to its parameters is expected", {"known": known})
    if len(value) != 1:
        found = ", ".join(map(str, value)) or "-"
        raise PydanticCustomError("one_family", "exactly one family is expected, found {found}", {"found": found, "known": known})
    ((name, params),) = value.items()
    cls = families().get(name) if isinstance(name, str) else None
    if cls is None:
        raise PydanticCustomError("unknown_family", "unknown distribution {found}", {"found": str(name), "known": known})
    law: Distribution = _keyed(cls).validate_python({name: params})[name]
    return law


class _Reader:
    """Makes pydantic read a ``Law`` with ``_read``, write it as its family, and describe it in JSON Schema with every family that is registered."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_read, serialization=core_schema.plain_serializer_function_ser_schema(_written))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        from simcrc.distributions import families

        ways = [handler(_duration().core_schema)]
        for name, cls in sorted(families().items()):
            params = handler(cls.__pydantic_core_schema__)
            short = [handler(_duration().core_schema)] if cls.sole else []
            ways.append({"type": "object", "properties": {name: {"anyOf": [params, *short]}}, "required": [name], "additionalProperties": False})
        return {"anyOf": ways}


def _written(law: Distribution) -> dict[str, Any]:
    written: dict[str, Any] = law.model_dump(mode="json")
    return written


if TYPE_CHECKING:
    Law = Distribution
else:
    Law = Annotated[Distribution, _Reader()]
