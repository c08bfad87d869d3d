"""From a plan that meets its targets in each half hour down to one that just does: each half hour by itself, many at a time.

A half hour whose staff is lowered shows what it lacks in itself and in those that follow, where its queue is served.  So of each three half hours of a day
one is lowered at a time, the others stay as they are known to do, and what is missed in it or in the two after it is its doing: a step that fails is halved
and tried again, one that holds stays.  One simulation so moves a third of the week (the iterations of Feldman, Mandelbaum, Massey and Whitt 2008 move all of
it, towards an even delay; a target in each half hour needs no more staff than this one leaves).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simcrc.scenario.week import HALF_HOURS
from simcrc.staffing.crews import Crew, Group
from simcrc.staffing.judge import Look
from simcrc.staffing.plan import SLOTS, Plan
from simcrc.staffing.trials import SpentError, Trials

Integers = npt.NDArray[np.int64]
TURNS = 3  # of the half hours of a day one in so many is lowered at a time
ROUNDS = 12


def descend(trials: Trials, crews: tuple[Crew, ...], groups: tuple[Group, ...], plan: Plan, look: Look, aimed: Plan) -> tuple[Plan, Look]:
    """A plan below `plan`, which meets its targets in each half hour; the first steps go halfway to `aimed`.  The best so far when
    the simulations are spent."""
    crew_rows = [k for k, crew in enumerate(crews) if crew.shape is None]
    floor = np.array([np.where(crew.may, crew.floor, 0) for crew in crews])
    step = np.maximum((plan.agents - aimed.agents + 1) // 2, 1)
    step[[k for k in range(len(crews)) if k not in crew_rows]] = 0
    step[~np.array([crew.seen for crew in crews])] = 0
    order = sorted(crew_rows, key=lambda k: -(crews[k].rate or 1.0))
    best = (plan, look)
    agents = plan.agents.copy()
    try:
        for _ in range(ROUNDS):
            if not (step > 0).any():
                break
            for k in order:
                for turn in range(TURNS):
                    _turn(trials, k, turn, agents, step, floor, groups, plan)
        final = plan.with_agents(agents)
        seen = trials.look(final)
        best = (final, seen) if seen.all_met else _mended(trials, plan, agents, seen, best)
    except SpentError:
        pass
    return best


def _turn(trials: Trials, crew: int, turn: int, agents: Integers, step: Integers, floor: Integers, groups: tuple[Group, ...], plan: Plan) -> None:
    """Lower the half hours of a turn; `agents` and `step` of those change."""
    chosen = np.flatnonzero((np.arange(SLOTS) % HALF_HOURS % TURNS == turn) & (step[crew] > 0) & (agents[crew] > floor[crew]))
    step[crew, (np.arange(SLOTS) % HALF_HOURS % TURNS == turn) & (agents[crew] <= floor[crew])] = 0
    if not len(chosen):
        return
    tried = agents.copy()
    tried[crew, chosen] = np.maximum(agents[crew, chosen] - step[crew, chosen], floor[crew, chosen])
    missed = missed_slots(trials.look(plan.with_agents(tried)), groups, crew)
    for slot in chosen:
        end = min(int(slot) + TURNS, (int(slot) // HALF_HOURS + 1) * HALF_HOURS)
        if missed[slot:end].any():
            step[crew, slot] //= 2
        else:
            agents[crew, slot] = tried[crew, slot]


def missed_slots(look: Look, groups: tuple[Group, ...], crew: int) -> npt.NDArray[np.bool_]:
    """The half hours in which some target of a crew is missed."""
    out = np.zeros(SLOTS, dtype=bool)
    for group in groups:
        if crew in group.crews:
            for aim in group.aims:
                out |= ~look.met[aim]
    return out


def _mended(trials: Trials, plan: Plan, agents: Integers, look: Look, best: tuple[Plan, Look]) -> tuple[Plan, Look]:
    """What the turns left may miss somewhere, when they are put together: go back towards `plan` in those half hours and the one before, until it holds."""
    upper = plan.agents
    for _ in range(ROUNDS):
        missed = np.any([~each for each in look.met], axis=0)
        near = missed | np.roll(missed, -1)
        agents = np.where(near, np.minimum(upper, np.maximum(agents + 1, (agents + upper) // 2)), agents)
        other = plan.with_agents(agents)
        look = trials.look(other)
        if look.all_met:
            return other, look
    return best
