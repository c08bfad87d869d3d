"""The search from the theory's plan to one that meets the targets: β by bisection, for each group of teams, on each weekday where targets hold there.

All groups and days are tried in the same simulation: they lean on each other only through those who come back, so that what each has found is put together
and repaired where it does not hold.  Where several teams share a target, each in turn then gives up what the others can make good.  Half hours lean on each
other too much for that: one β for all of them is found first, then ``descend`` lowers each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.staffing.judge import Look, Period, cell_of, cells_in
from simcrc.staffing.load import Family
from simcrc.staffing.plan import Plan
from simcrc.staffing.trials import Trials

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
ROUNDS, REPAIRS = 20, 24
NEAR = 0.01  # the plans on both sides of a cell's β are alike when they differ by one agent, or this share
TURNS = 6  # halvings for each team in turn
FIRST_STEP = 0.5


def held(look: Look, family: Family, period: Period) -> Flags:
    """By group and cell of the search whether all its targets are met there; `period`: the cells of `look`."""
    fine = cell_of(period)
    coarse = cell_of(family.period)
    into = np.zeros(cells_in(period), dtype=np.int64)
    into[fine] = coarse  # each cell of the targets lies in one of the search
    out = np.ones(family.shape, dtype=bool)
    for number, group in enumerate(family.groups):
        for aim in group.aims:
            met = look.met[aim]
            missed = np.bincount(into[: len(met)], weights=~met, minlength=out.shape[1]) > 0
            out[number] &= ~missed
    return out


@dataclass(eq=False)
class Bracket:
    """β known to be too small (`low`) and to do (`high`), by group and cell, nan where not known yet; `step`: how far to go where only one side is known."""

    low: Reals
    high: Reals
    step: Reals

    @classmethod
    def unknown(cls, shape: tuple[int, int], step: float) -> Bracket:
        """Nothing known."""
        return cls(np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, step))

    def learn(self, beta: Reals, ok: Flags) -> None:
        """What a simulation with `beta` showed.  Where it contradicts what was known, because a neighbour changed, the newer counts."""
        self.high = np.where(ok, np.fmin(self.high, beta), np.where(self.high <= beta, np.nan, self.high))
        self.low = np.where(~ok, np.fmax(self.low, beta), np.where(self.low >= beta, np.nan, self.low))

    def next(self, beta: Reals) -> Reals:
        """Where to try: the middle of what is known on both sides, else a step beyond, twice as long each time."""
        open_ = np.isnan(self.low) | np.isnan(self.high)
        middle = (self.low + self.high) / 2
        out = np.where(np.isnan(self.high), np.fmax(self.low, beta) + self.step, np.where(np.isnan(self.low), np.fmin(self.high, beta) - self.step, middle))
        self.step = np.where(open_, 2 * self.step, FIRST_STEP)
        return out


def find(trials: Trials, family: Family, start: Reals, period: Period, step: float = FIRST_STEP) -> tuple[Reals, Plan, Look]:
    """β by group and cell, its plan and how it does: every target met in every cell.  Raises SpentError; NotFoundError when no β does."""
    beta = np.array(start, dtype=np.float64)
    bracket = Bracket.unknown(family.shape, step)
    for _ in range(ROUNDS):
        bracket.learn(beta, held(trials.look(family.plan(beta)), family, period))
        settled = _settled(family, bracket)
        if settled.all():
            break
        beta = np.where(settled, bracket.high, bracket.next(beta))
    beta = np.where(np.isnan(bracket.high), beta, bracket.high)
    return repaired(trials, family, beta, period)


def _settled(family: Family, bracket: Bracket) -> Flags:
    """The cells in which the plans on both sides are alike; and those whose least plan will do."""
    known = ~np.isnan(bracket.high)
    high = np.where(known, bracket.high, 0.0)
    low = np.where(np.isnan(bracket.low), -1e9, bracket.low)
    above, below = family.plan(high).agents, family.plan(np.where(known, np.minimum(low, high), 0.0)).agents
    cell, out = cell_of(family.period), np.zeros(family.shape, dtype=bool)
    for number, group in enumerate(family.groups):
        rows = list(group.crews)
        most = np.bincount(cell, weights=above[rows].sum(axis=0), minlength=out.shape[1])
        apart = most - np.bincount(cell, weights=below[rows].sum(axis=0), minlength=out.shape[1])
        out[number] = known[number] & (apart <= np.maximum(1.0, NEAR * most))
    return out


class NotFoundError(Exception):
    """No plan of the family meets the targets."""


def repaired(trials: Trials, family: Family, beta: Reals, period: Period) -> tuple[Reals, Plan, Look]:
    """Raise β where a target is missed, by about one agent at a time, and more and more, until none is.  Raises NotFoundError, SpentError."""
    size = _one_agent(family)
    for number in range(REPAIRS):
        plan = family.plan(beta)
        look = trials.look(plan)
        ok = held(look, family, period)
        if ok.all():
            return beta, plan, look
        beta = np.where(ok, beta, beta + size * 2.0 ** (number // 4))
    raise NotFoundError


def _one_agent(family: Family) -> Reals:
    """The β that is worth one agent of a group in the fullest half hour of each cell."""
    cell, out = cell_of(family.period), np.zeros(family.shape)
    for number, group in enumerate(family.groups):
        load = family.loads.teams[list(group.crews)].max(axis=0)
        np.maximum.at(out[number], cell, load)
    return np.asarray(1.0 / np.sqrt(np.maximum(out, 0.25)))


def shared_out(trials: Trials, family: Family, beta: Reals, period: Period) -> tuple[Plan, Look]:
    """Let each team of a group in turn, the dearest first, go as far below the common β as the targets allow.  Raises SpentError."""
    offsets = np.zeros(len(family.crews))
    plan = family.plan(beta)
    look = trials.look(plan)
    for group in family.groups:
        if len(group.crews) < 2:
            continue
        for k in sorted(group.crews, key=lambda each: -(family.crews[each].rate or 1.0)):
            low, high = -4.0, 0.0
            for _ in range(TURNS):
                middle = (low + high) / 2
                tried = offsets.copy()
                tried[k] = middle
                other = family.plan(beta, tried)
                seen = trials.look(other)
                if seen.all_met:
                    high, offsets, plan, look = middle, tried, other, seen
                else:
                    low = middle
    return plan, look
