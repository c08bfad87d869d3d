"""What every part of a scenario is: a frozen declaration that refuses unknown keys, and may be written per service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from simcrc.scenario.strict import uncoerced

T = TypeVar("T")


class Spec(BaseModel):
    """A frozen part of a scenario.  `listed`: the field for which a list stands when one is written in place of a mapping."""

    listed: ClassVar[str | None] = None
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @field_validator("*", mode="before")
    @classmethod
    def _uncoerced(cls, value: Any, info: ValidationInfo) -> Any:
        return uncoerced(cls, str(info.field_name), value)


Names = Annotated[tuple[str, ...], Field(min_length=1)]
"""Names of channels, services or segments: at least one, since none would mean nothing at all."""


def _per_service(value: Any) -> Any:
    from simcrc.distributions import families

    if not isinstance(value, Mapping):
        return {"default": value}
    if value and all(key in families() for key in value):  # no service has the name of a family
        return {"default": value}
    return value


PerService = Annotated[dict[str, T], BeforeValidator(_per_service)]
"""One value for all services, or a mapping from service (and ``default``) to value."""


def for_service(values: Mapping[str, T], service: str, missing: T) -> T:
    """The value written for `service`, else the default, else `missing`."""
    return values.get(service, values.get("default", missing))
