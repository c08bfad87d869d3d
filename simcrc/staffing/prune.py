"""Taking agents away while the targets hold, until no single one can go.

What can go is one agent in one block: a half hour of the week, a weekday, or the whole week of a team.  What each removal would cost the targets is
measured by probes: one simulation takes an agent away in every eighth half hour of each day, and what the targets lose in the four hours that follow, on
the same random numbers, is the price of that removal (the half hours of a day lean on each other only nearby: Green, Kolesar and Whitt 2007).  The cheapest
removals that fit together are tried at once, fewer when they do not hold, and in the end one at a time.

A price is no proof: it was taken while other agents were away as well, and often at a plan that still had more.  So in the end every removal is simulated
alone from the plan that is left, the cheapest first, again and again until none holds.  Where that would take many more simulations than the search itself
the rest stays priced only, and is counted apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from simcrc.scenario.week import HALF_HOURS
from simcrc.staffing.crews import Crew
from simcrc.staffing.judge import Look, Period, cell_of
from simcrc.staffing.load import shaped
from simcrc.staffing.plan import Plan
from simcrc.staffing.trials import SpentError, Trials

Reals = npt.NDArray[np.float64]
APART = 8  # half hours between two removals of a probe
TOUCH = 3  # half hours between two that are tried at once
ALONE = 8  # removals that are simulated alone at a time, and at the least in the end
PROOF = 2  # times what the search took is what the proof may take, unless it is asked for whatever it takes
MANY = 0.1  # when more than this share of the removals were made, prices are taken again
CLOSE = 2.0  # a removal whose price is below this many times what there is to spare is close


@dataclass(frozen=True)
class Unit:
    """What can go: one agent of the crew number `crew` in the block number `block`."""

    crew: int
    block: int


@dataclass(eq=False)
class Pruned:
    """The plan that is left.  `alone`: removals from it that were simulated by themselves, and fail; `probed`: those that a probe alone speaks against;
    `complete`: there are no others."""

    plan: Plan
    look: Look
    alone: set[Unit] = field(default_factory=set)
    probed: set[Unit] = field(default_factory=set)
    complete: bool = False


@dataclass(eq=False)
class Pruner:
    """Takes agents away from the plan of `crews`; `block`: in what pieces, `period`: the cells of the targets; `prove`: simulate each removal that is
    left alone, whatever that takes."""

    trials: Trials
    crews: tuple[Crew, ...]
    block: Period
    period: Period
    prove: bool = False
    _limit: int | None = None

    def prune(self, plan: Plan, look: Look) -> Pruned:
        """The least plan found from `plan`, which meets the targets."""
        out = Pruned(plan, look)
        try:
            while self._round(out):
                pass
            out.complete = True
        except SpentError:
            out.complete = False
        return out

    def _round(self, out: Pruned) -> bool:
        """Take away what can go, as far as prices taken at one plan tell; whether so much went that they should be taken again."""
        prices = self.prices(out.plan, out.look, self.units(out.plan)) if self.block == "half-hour" else None
        known = set(self.units(out.plan))
        gone: set[Unit] = set()
        failed: set[Unit] = set()
        while True:
            order = self._order([unit for unit in self.units(out.plan) if unit in known], prices, out.look)
            went = [] if prices is None else self._together(out, self._fitting([unit for unit in order if unit not in failed | gone], prices, out.look))
            if not went:
                near = [unit for unit in order if unit not in failed and self._close(unit, prices, out.look)][:ALONE] or order[
                    :ALONE
                ]  # at the least the cheapest
                fine = self._alone(out, near)
                failed |= set(near) - set(fine)
                if not fine:
                    if all(unit in failed or not self._close(unit, prices, out.look) for unit in order):
                        return len(gone) > MANY * len(known) or self._sealed(out, order, prices is not None)
                    continue
                went = self._together(out, fine) or self._together(out, fine[:1])
            gone |= set(went)

    def _sealed(self, out: Pruned, order: list[Unit], priced: bool) -> bool:
        """The last word on the plan that is left: each removal alone, until none holds.  False: there is nothing to go on with."""
        while fine := self._provable(out, order, priced):
            self._together(out, fine)
            there = set(self.units(out.plan))
            order = [unit for unit in order if unit in there]
        out.alone = {unit for unit in order if self.trials.known(self.without(out.plan, [unit]))}
        out.probed = set(order) - out.alone
        return False

    def _provable(self, out: Pruned, order: list[Unit], priced: bool) -> list[Unit]:
        """Which of the removals hold, each simulated alone; where they have prices, only as many as the proof may take."""
        trials = self.trials
        if self._limit is None:
            self._limit = trials.most if self.prove else min(trials.most, (1 + PROOF) * trials.asked)
        fine = []
        for first in range(0, len(order), ALONE):
            batch = order[first : first + ALONE]
            wanted = len(trials.replications) * sum(not trials.known(self.without(out.plan, [unit])) for unit in batch)
            if priced and trials.asked + wanted > self._limit:
                break
            fine += self._alone(out, batch)
        return fine

    def _order(self, units: list[Unit], prices: dict[Unit, Reals] | None, look: Look) -> list[Unit]:
        """What is tried first: what takes least of what there is to spare, for each unit of cost; without prices, where most agents are paid."""
        if prices is None:
            return sorted(units, key=lambda unit: (-(self.crews[unit.crew].rate or 1.0), unit.crew, unit.block))
        spare = self._spare(look)
        return sorted(units, key=lambda unit: (float(self._strain(prices[unit], spare)) / (self.crews[unit.crew].rate or 1.0), unit.crew, unit.block))

    def _close(self, unit: Unit, prices: dict[Unit, Reals] | None, look: Look) -> bool:
        """Whether a probe leaves open that the unit can go."""
        return prices is None or bool((prices[unit] <= CLOSE * np.maximum(self._spare(look), 0.0) + 1e-9).all())

    def _together(self, out: Pruned, batch: list[Unit]) -> list[Unit]:
        """Remove the batch, or its cheaper half, or half of that; what went."""
        while batch:
            plan = self.without(out.plan, batch)
            look = self.trials.look(plan)
            if look.all_met:
                out.plan, out.look = plan, look
                return batch
            batch = batch[: len(batch) // 2]
        return []

    def _alone(self, out: Pruned, units: Sequence[Unit]) -> list[Unit]:
        """Which of the removals hold, each simulated alone."""
        looks = self.trials.looks([self.without(out.plan, [unit]) for unit in units])
        return [unit for unit, look in zip(units, looks, strict=True) if look.all_met]

    def units(self, plan: Plan) -> list[Unit]:
        """Every agent that may go, one a block."""
        out = []
        for k, crew in enumerate(self.crews):
            block = cell_of("week" if crew.shape is not None else self.block)
            more = crew.seen & (plan.agents[k] > (crew.floor if crew.shape is None else 0))
            out += [Unit(k, int(b)) for b in np.unique(block[more])]
        return out

    def without(self, plan: Plan, units: Sequence[Unit]) -> Plan:
        """`plan` without these agents."""
        agents = plan.agents.copy()
        for unit in units:
            crew = self.crews[unit.crew]
            if crew.shape is not None:
                agents[unit.crew] = shaped(crew, max(0, int(agents[unit.crew].max()) - 1))
            else:
                inside = cell_of(self.block) == unit.block
                agents[unit.crew] = np.where(inside, np.maximum(agents[unit.crew] - 1, np.where(crew.may, crew.floor, 0)), agents[unit.crew])
        return plan.with_agents(agents)

    def prices(self, plan: Plan, look: Look, units: Sequence[Unit]) -> dict[Unit, Reals] | None:
        """What each removal takes from each target in each cell, as one array; None where targets are no ratios of sums, or a
        team has no half hours of its own."""
        if any(each is None for each in look.margins) or any(self.crews[unit.crew].shape is not None for unit in units):
            return None
        probes: list[list[Unit]] = []
        for k in range(len(self.crews)):
            for shift in range(APART):
                probe = [unit for unit in units if unit.crew == k and unit.block % HALF_HOURS % APART == shift]
                if probe:
                    probes.append(probe)
        looks = self.trials.looks([self.without(plan, probe) for probe in probes])
        out: dict[Unit, Reals] = {}
        for probe, seen in zip(probes, looks, strict=True):
            for unit in probe:
                day = unit.block // HALF_HOURS
                window = slice(unit.block, min(unit.block + APART, (day + 1) * HALF_HOURS))
                out[unit] = self._price(look, seen, window)
        return out

    def _price(self, before: Look, after: Look, window: slice) -> Reals:
        """What was lost in the half hours `window`, added up by cell; the cells of all targets one after the other."""
        cell = cell_of(self.period)
        parts = []
        for old, new in zip(before.margins, after.margins, strict=True):
            assert old is not None
            assert new is not None
            lost = np.zeros(len(old))
            lost[window] = (old - new)[window]
            parts.append(np.bincount(cell, weights=lost, minlength=int(cell.max()) + 1))
        return np.concatenate(parts)

    def _spare(self, look: Look) -> Reals:
        """How far beyond the targets the cells are, likewise; endless where a cell does not count."""
        judge = self.trials.judge
        assert judge is not None
        cell = cell_of(self.period)
        parts = []
        for margins, counted in zip(look.margins, judge.counted, strict=True):
            assert margins is not None
            parts.append(np.where(counted, np.bincount(cell, weights=margins, minlength=len(counted)), np.inf))
        return np.concatenate(parts)

    @staticmethod
    def _strain(price: Reals, spare: Reals) -> np.float64:
        """How much of what there is to spare a removal takes, where it takes most."""
        finite = np.isfinite(spare)
        return np.float64(np.max(price[finite] / np.maximum(spare[finite], 1e-9), initial=-np.inf))

    def _fitting(self, order: Sequence[Unit], prices: dict[Unit, Reals], look: Look) -> list[Unit]:
        """The cheapest removals that fit into what there is to spare, all together, and are so far apart that their prices add up."""
        left, out = self._spare(look).copy(), list[Unit]()
        for unit in order:
            after = left - np.maximum(prices[unit], 0.0)
            day, place = divmod(unit.block, HALF_HOURS)
            if (after >= 0).all() and all(day != other.block // HALF_HOURS or abs(place - other.block % HALF_HOURS) >= TOUCH for other in out):
                left = after
                out.append(unit)
        return out
