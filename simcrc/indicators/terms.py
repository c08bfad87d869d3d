"""What the scenario writes that figures depend on: thresholds, published standards, unit costs, hourly costs, the satisfaction function; by integer ids.

Which contacts are charged their channel's unit cost: those that used the channel to an end or a result (served, also when transferred; contained; self-service
failed; returned incomplete), and "0" calls by the scenario's rule ``costs.zero_call``: the contact in the voice unit, the phone contact that follows, or
both.  Not charged: balked, abandoned, blocked, closed, dismissed, lost, withdrawn, in progress.

Unit costs and hourly costs are those of the base: no kind of measure changes a cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.indicators.role_tables import RoleTables
from simcrc.log import Outcome, Reason
from simcrc.scenario.base import for_service

if TYPE_CHECKING:
    from simcrc.model.model import Model

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

DEFINITIONS = ("served_over_offered", "served_over_answered", "served_over_offered_minus_early_abandons", "served_or_abandoned_over_offered")
CHARGED = (Outcome.SERVED, Outcome.CONTAINED, Outcome.FAILED, Outcome.OPTED_OUT, Outcome.RETURNED)
NEVER = -1
MILLION = 1_000_000


@dataclass(frozen=True, eq=False)
class Terms:
    """`within`: service-level threshold by station (microseconds; NEVER without one), `definition`: index into DEFINITIONS by station.

    `standard`: published delay (microseconds; NEVER without one), `unit_cost`: cost per contact in millionths of the currency, both by channel and service.
    `charged`: whether a contact is charged, by outcome and reason.  `hourly`: cost of an agent's hour by team, in
    hundredths of the currency.  `score`: satisfaction by channel that resolved; `per_month`, `once`: fixed costs by channel.
    """

    within: Integers
    definition: Integers
    standard: Integers
    unit_cost: Integers
    per_month: Reals
    once: Reals
    charged: npt.NDArray[np.bool_]
    hourly: Integers
    score: Reals
    model: Model

    @cached_property
    def roles(self) -> RoleTables | None:
        """The roles of the channels; None where none are written."""
        return RoleTables.of(self.model)

    @classmethod
    def of(cls, model: Model) -> Terms:
        """The terms of a model's scenario."""
        scenario = model.scenario
        channels = [scenario.channels[channel.name] for channel in model.channels]
        levels = [getattr(spec, "service_level", None) for spec in channels]
        standard = np.full((len(channels), len(model.services)), NEVER, dtype=np.int64)
        unit_cost = np.zeros((len(channels), len(model.services)), dtype=np.int64)
        for c, spec in enumerate(channels):
            for s, service in enumerate(model.services):
                own = for_service(getattr(spec, "standard", {}), service, scenario.services[service].standard)
                if own is not None and model.channels[c].asynchronous:
                    standard[c, s] = own
                unit_cost[c, s] = round(MILLION * for_service(spec.cost.per_contact, service, 0.0))
        at = [levels[station.channel] for station in model.stations]
        return cls(
            within=np.array([NEVER if level is None else level.within for level in at], dtype=np.int64),
            definition=np.array([0 if level is None else DEFINITIONS.index(level.definition) for level in at], dtype=np.int64),
            standard=standard,
            unit_cost=unit_cost,
            per_month=np.array([spec.cost.per_month for spec in channels], dtype=np.float64),
            once=np.array([spec.cost.once for spec in channels], dtype=np.float64),
            charged=charged(scenario.costs.zero_call),
            hourly=np.array([round(100 * (scenario.teams[name].cost_per_hour or 0.0)) for name in model.teams], dtype=np.int64),
            score=np.array([scenario.satisfaction.channel.get(channel.name, 1.0) for channel in model.channels], dtype=np.float64),
            model=model,
        )


def charged(zero_call: str) -> npt.NDArray[np.bool_]:
    """Whether a contact is charged, shape (outcomes, reasons), by the rule `zero_call`: both, phone or ivr."""
    out = np.zeros((len(Outcome), len(Reason)), dtype=bool)
    out[list(CHARGED)] = True
    if zero_call == "phone":
        out[Outcome.OPTED_OUT] = False
    elif zero_call == "ivr":
        out[:, Reason.ZERO] = False
    return out
