"""The four phases of an electronic service (Gartner, in the report's terms): what can be done on an electronic channel follows from the phase.

A service says what its needs ask for (`asks`: shares by phase); a channel offers it at a phase.  A visit completes as ever,
but settles the need only when the phase reaches what the need asks for: who wants to apply finds out how on an
informational site, and goes on by another channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

Phase = Literal["informational", "interactional", "transactional", "integrated"]
PHASES: tuple[Phase, ...] = get_args(Phase)


def _offers(value: Any) -> Any:
    """A list of services offers each of them whole."""
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value)
    if not isinstance(value, Mapping):
        raise PydanticCustomError("list_type", "a list")
    return value


Offers = Annotated[dict[str, Phase | None], BeforeValidator(_offers)]
"""The services of a channel, each with its phase; None: whole, whatever it asks for."""


def reached(asks: Mapping[Phase, float], phase: Phase | None) -> float:
    """The share of the needs that a channel at `phase` can settle; needs without a word ask for information only."""
    if phase is None or not asks:
        return 1.0
    return min(1.0, sum(share for name, share in asks.items() if PHASES.index(name) <= PHASES.index(phase)))
