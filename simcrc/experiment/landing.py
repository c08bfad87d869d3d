"""Where the first contact of a need lands, and what it is expected to cost there.

A first contact is the first contact, with the phone contact that follows when "0" is pressed in the voice unit.  So a need lands on a channel, on a phone
channel by way of "0", or nowhere (it makes no contact).  A planner prices a move from one landing to another at the difference of unit costs: that is the
expected saving (``simcrc.experiment.saving``).  Landings are numbered over the channels of both arms, for a policy may open one that the base has not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.terms import Terms
from simcrc.log import Reason

if TYPE_CHECKING:
    from simcrc.model.model import Model
    from simcrc.scenario.scenario import Scenario

Integers = npt.NDArray[np.int64]
ZERO = "zero."
"""Prefix of a landing on a phone channel by way of "0"."""
NOWHERE = "none"


@dataclass(frozen=True)
class Landings:
    """The landings of two arms.  `channels`: names of the channels of both, those of the base first."""

    channels: tuple[str, ...]

    @classmethod
    def of(cls, base: Scenario, policy: Scenario) -> Landings:
        """The landings of both scenarios."""
        return cls(tuple(dict.fromkeys([*base.channels, *policy.channels])))

    @property
    def names(self) -> tuple[str, ...]:
        """Channels, channels by way of "0", nowhere."""
        return (*self.channels, *(ZERO + name for name in self.channels), NOWHERE)

    def codes(self, model: Model) -> Integers:
        """The number of each channel of `model`."""
        return np.array([self.channels.index(channel.name) for channel in model.channels], dtype=np.int64)

    def land(self, contacts: dict[str, npt.NDArray[Any]], count: Integers, codes: Integers) -> tuple[Integers, npt.NDArray[np.bool_]]:
        """The landing of each need, and whether it came by "0"; `count`: contacts of each need, which stand together in `contacts`, in order."""
        first = np.cumsum(count) - count
        out = np.full(len(count), 2 * len(self.channels), dtype=np.int64)
        some = np.flatnonzero(count > 0)
        out[some] = codes.take(contacts["channel"].take(first.take(some)))
        zero = np.zeros(len(count), dtype=bool)
        several = np.flatnonzero(count > 1)
        zero[several] = contacts["reason"].take(first.take(several) + 1) == Reason.ZERO
        pressed = np.flatnonzero(zero)
        out[pressed] = len(self.channels) + codes.take(contacts["channel"].take(first.take(pressed) + 1))
        return out, zero


def unit_prices(landings: Landings, model: Model) -> npt.NDArray[np.float64]:
    """What a first contact costs by unit costs, shape (landings, services), in millionths of the currency; nan for channels that `model` has not.

    A call that presses "0" costs what the scenario's rule says: both contacts, the phone's, or the voice unit's.
    """
    terms, rule = Terms.of(model), model.scenario.costs.zero_call
    out = np.full((len(landings.names), len(model.services)), np.nan)
    codes = landings.codes(model)
    out[codes] = terms.unit_cost
    for index, channel in enumerate(model.channels):
        unit = 0 if channel.via is None else terms.unit_cost[channel.via]
        own = terms.unit_cost[index]
        out[len(landings.channels) + codes[index]] = {"both": own + unit, "phone": own, "ivr": unit}[rule]
    out[-1] = 0.0
    return out


def mean_prices(labour: Sequence[npt.NDArray[Any]], attempts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[np.float64]:
    """What a first contact costs in agents' time, shape (landings, services): the mean over the replications; nan where nobody landed."""
    below = np.sum(np.asarray(attempts), axis=0).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        out: npt.NDArray[np.float64] = np.where(below > 0, np.sum(np.asarray(labour), axis=0) / below, np.nan)
    out[-1] = 0.0
    return out
