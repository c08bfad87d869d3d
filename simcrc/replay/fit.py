"""What the records bring, laid over a compiled model: the work and the patience of each replayed contact, and the roster by date.

The model stays what an engine expects: a demand whose blocks of draws have some columns given, and a staff whose
headcounts on some dates are those of the roster.  ``simcrc.replay.read`` makes the records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.draws import FAR, Purpose, Quantity
from simcrc.model.demand import Arrivals, Demand
from simcrc.model.staffing import Staffing, TeamStaff, whole
from simcrc.model.stages import Queue, Stage
from simcrc.replay.columns import Integers, Reals
from simcrc.replay.table import Slots

if TYPE_CHECKING:
    from simcrc.blocks import Block
    from simcrc.distributions import Distribution
    from simcrc.draws import Philox
    from simcrc.model.era import Era
    from simcrc.model.model import Channel, Model
    from simcrc.replay.read import Content, Records

HALVINGS = 60
PATIENCE_UID = 1 << 22  # beyond the uids of channels, teams and eras


def fit(model: Model, records: Records) -> Model:
    """`model` with what `records` bring."""
    if any((content.patience >= 0).any() for content in records.content.values()):
        model = patient(model)
    stages = [stage for era in model.eras for channel in era.channels for stage in channel.stages if isinstance(stage, Queue)]
    factors = {stage.handle.uid: (stage.handle, stage.complex_handle) for stage in stages}
    patience = {stage.patience.uid: stage.patience for stage in stages if stage.patience is not None}
    demand = ReplayedDemand(
        **_fields(model.demand),
        content=records.content,
        work=tuple(factors.values()),
        patience=tuple(patience.values()),
    )
    staffing = ReplayedStaffing(**_fields(model.staffing), roster=records.roster) if records.roster else model.staffing
    return replace(model, demand=demand, staffing=staffing)


def patient(model: Model) -> Model:
    """`model` in which every queue asks for a patience, "for ever" where the scenario writes none, so that a recorded one can be given."""
    never = ((None,) * len(model.segments),) * len(model.services)

    def stage_of(stage: Stage, uid: int) -> Stage:
        if not isinstance(stage, Queue) or stage.patience is not None:
            return stage
        return replace(stage, patience=Quantity(PATIENCE_UID + uid, Purpose.PATIENCE, never))

    def channels_of(era: Era) -> tuple[Channel, ...]:
        return tuple(replace(channel, stages=tuple(stage_of(stage, index) for stage in channel.stages)) for index, channel in enumerate(era.channels))

    return replace(model, eras=tuple(replace(era, channels=channels_of(era)) for era in model.eras))


def _fields(part: Demand | Staffing) -> dict[str, Any]:
    return {field.name: getattr(part, field.name) for field in fields(part)}


@dataclass(frozen=True, eq=False)
class ReplayedDemand(Demand):
    """A demand whose replayed contacts bring `content` (by service index) for the quantities `work` (each with the factor of complex needs) and
    `patience` of the staffed channels."""

    content: Mapping[int, Content]
    work: tuple[tuple[Quantity, float], ...]
    patience: tuple[Quantity, ...]

    def day(self, philox: Philox, day: int) -> Arrivals | None:
        arrivals = super().day(philox, day)
        if arrivals is None:
            return None
        low, high = self.calendar.midnights[day], self.calendar.midnights[day + 1]
        for block in arrivals.blocks:
            content = self.content.get(block.service)
            if content is None:
                continue
            first, last = np.searchsorted(self.records[block.service][0], (low, high))
            rows = slice(int(first), int(last))
            complex = np.zeros(block.size, dtype=np.bool_)
            own = arrivals.service == block.service
            complex[arrivals.number[own]] = arrivals.complex[own]
            for quantity, factor in self.work:
                exact = unscaled(content.work[rows], np.where(complex, factor, 1.0))
                _give(block, quantity, Purpose.WORK, exact, np.zeros(block.size, dtype=np.int64))
            for quantity in self.patience:
                _give(block, quantity, Purpose.PATIENCE, content.patience[rows], content.bore[rows])
        return arrivals


def unscaled(work: Integers, factor: Reals) -> Integers:
    """What the engine, which multiplies the work of complex needs by `factor`, makes `work` of again (to half a factor of a microsecond);
    UNKNOWN stays."""
    known = work >= 0
    return np.where(known & (factor > 0), np.rint(work / np.where(factor > 0, factor, 1.0)), work).astype(np.int64)


def _give(block: Block, quantity: Quantity, purpose: Purpose, exact: Integers, at_least: Integers) -> None:
    """Set the first draw of `quantity`: `exact` where it is known, else drawn, from what lies beyond `at_least` where that is positive."""
    if not ((exact >= 0).any() or (at_least > 0).any()):
        return
    u = block.uniforms(purpose)
    laws = quantity.laws[block.service]
    for segment in np.unique(block.segments):
        law = laws[segment]
        rows = (block.segments == segment) & (exact < 0) & (at_least > 0)
        if law is not None and rows.any():
            u[rows] = beyond(law, u[rows], at_least[rows])
    drawn = quantity.variates(u, block.service, block.segments)
    # A law may have no mass beyond what was borne (a curve that ends before): then the citizen waits on.
    drawn = np.where((at_least > 0) & (drawn <= at_least), FAR, drawn)
    block.preset(quantity, np.where(exact >= 0, exact, drawn))


def beyond(law: Distribution, u: Reals, bound: Integers) -> Reals:
    """Uniforms whose quantiles follow `law` given that it exceeds `bound` (microseconds, one each)."""
    low, high = np.zeros(len(u)), np.ones(len(u))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        under = law.quantile(np.clip(middle, 2.0**-60, 1 - 2.0**-53)) <= bound
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    out: Reals = np.clip(low + u * (1.0 - low), 2.0**-60, 1 - 2.0**-53)
    return out


@dataclass(frozen=True, eq=False)
class ReplayedStaffing(Staffing):
    """A staff with the headcounts of `roster` on the dates that it has: (team, date) → agents by part of the day."""

    roster: Mapping[tuple[str, date], Slots]

    def _day(self, team: TeamStaff, philox: Philox, day: int) -> list[tuple[int, int, float]]:
        slots = self.roster.get((team.name, self.calendar.dates[day]))
        if slots is None:
            return super()._day(team, philox, day)
        midnight, out = self.calendar.midnights[day], list[tuple[int, int, float]]()
        for first, last, number in whole(slots):
            out += [(max(start, midnight), number, float(last - first)) for start, end in self.calendar.spans(day, first, last) if end > midnight]
        return sorted(out)
