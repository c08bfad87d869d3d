"""Money, targets and the stated satisfaction function."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from simcrc.scenario.base import Spec
from simcrc.scenario.units import Duration, NonNegative, Share


class Costs(Spec):
    """Two methods that are never added: unit costs per contact, or agents' hours.  `zero_call`: what a call that presses "0"
    costs: both contacts, the phone's, or the voice unit's only."""

    method: Literal["per_contact", "agent_hours"] = "per_contact"
    zero_call: Literal["both", "phone", "ivr"] = "both"
    citizen_hour: NonNegative | None = None


class Satisfaction(Spec):
    """score of a need = channel × 2^(−waiting time / `wait_half`) × (1 − `per_extra_contact`)^(contacts − 1) if it is resolved,
    else `unresolved`; between 0 and 1, assumed unless measured."""

    channel: dict[str, Share] = Field(default_factory=dict)  # score of the channel that resolved it; 1 where not written
    wait_half: Duration = 15 * 60 * 1_000_000
    per_extra_contact: Share = 0.15
    unresolved: Share = 0.0
