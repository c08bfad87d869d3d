"""Channel kinds, one a module.  ``kinds()`` finds them all; ``Channel`` is the type of a channel in a scenario: a mapping whose
`kind` says which."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny
from pydantic_core import PydanticCustomError

from simcrc.channels.base import ChannelSpec, channel_kind, registered

__all__ = ["Channel", "ChannelSpec", "channel_kind", "kinds"]


@cache
def _discover() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def kinds() -> dict[str, type[ChannelSpec]]:
    """Every channel kind by name: those of this package and those registered by extensions."""
    _discover()
    return registered()


def _dispatch(value: Any) -> Any:
    if isinstance(value, ChannelSpec):
        return value
    if not isinstance(value, dict):
        raise PydanticCustomError("mapping_expected", "a mapping is expected")
    kind = value.get("kind")
    if kind is None:
        raise PydanticCustomError("kind_missing", "`kind` is missing", {"known": sorted(kinds())})
    if not isinstance(kind, str) or kind not in kinds():
        raise PydanticCustomError("unknown_kind", "unknown kind {found}", {"found": str(kind), "known": sorted(kinds())})
    return kinds()[kind].model_validate(value)


Channel = Annotated[SerializeAsAny[ChannelSpec], BeforeValidator(_dispatch)]
