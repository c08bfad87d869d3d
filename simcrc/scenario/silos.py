"""Silos: systems that do not share what they know, so that answers differ between channels and staff key in again what was said elsewhere.

One of the five issues that hold a migration back.  Integration of files (the fourth phase) takes it away; both shares can be turned up and down.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from simcrc.distributions import Law
from simcrc.scenario.base import PerService, Spec
from simcrc.scenario.units import Share


def _to(value: Any) -> Any:
    return {value: 1.0} if isinstance(value, str) else value


class Silos(Spec):
    """`inconsistent`: share of the needs settled that met another answer elsewhere, by service, and make sure on one of the channels `to`, some time `after`.
    `rekeyed`: share of the contacts with staff, of needs that came from another channel, in which what is known there is keyed in again, which takes
    `rekeying` on top of the handle time."""

    inconsistent: PerService[Share] = Field(default_factory=dict)
    to: Annotated[dict[str, Share], BeforeValidator(_to)] = Field(default_factory=dict)
    after: Law | None = None
    rekeyed: PerService[Share] = Field(default_factory=dict)
    rekeying: PerService[Law] = Field(default_factory=dict)
