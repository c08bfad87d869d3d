"""Preferences: what each citizen weighs when choosing the first channel of a need, compiled.

Written shares are the marginals of a segment over everybody in it: on line or not, of whatever habit, whatever the task, whatever is closed when needs arise.
``Preferences`` solves the constants of the utility so that they come out (``simcrc.rules.utility``), and finds what citizens are in the habit of at
the beginning:
habits in equilibrium with the choices that they lead to.  A scenario without determinants needs none of this: ``simcrc.model.first`` gives its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.rules.utility import probabilities, solve
from simcrc.scenario.privacy import refusing

if TYPE_CHECKING:
    from simcrc.scenario.determinants import Determinants
    from simcrc.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]

ROUNDS, STILL = 60, 1e-9
KINDS = 4
"""Sorts of needs: simple, complex, ambiguous, both (complex + 2 × ambiguous)."""


@dataclass(frozen=True, eq=False)
class Preference:
    """What citizens weigh in one era.

    `constants`: shape (services, segments, 2, channels), the third axis 0 off line and 1 on line, −inf where a channel is not feasible.  `task`:
    shape (KINDS, channels);
    `habit`: by sort of need, shape (KINDS,); `closed`, `experience`: weights.  `habits`: cumulated shares of the channels of habit at the beginning,
    shape (segments, 2, channels).  `expected`: probability that a contact settles the need, shape (services, segments, 2, channels), the third axis complexity:
    what experience is measured against.
    """

    constants: Reals
    task: Reals
    habit: Reals
    closed: float
    experience: float
    habits: Reals
    expected: Reals


@dataclass(frozen=True, eq=False)
class Mixture:
    """The citizens and circumstances over which shares are written, for one service and segment: weights, and the terms of each class without habit."""

    weights: Reals  # (classes,)
    terms: Reals  # (classes, channels)
    online: npt.NDArray[np.int64]  # (classes,)
    kind: npt.NDArray[np.int64]  # (classes,)

    def with_habits(self, habits: Reals, gain: Reals) -> tuple[Reals, Reals]:
        """Weights and terms when the channel of habit is k with the probabilities `habits`, shape (2, channels), and gains `gain` by sort of need."""
        n = self.terms.shape[1]
        weights = self.weights[:, None] * habits[self.online]
        terms = self.terms[:, None, :] + gain[self.kind][:, None, None] * np.eye(n)[None]
        kept = weights.ravel() > 0
        return weights.ravel()[kept], terms.reshape(-1, n)[kept]


def tasks(determinants: Determinants, channels: Sequence[str]) -> Reals:
    """The terms of the task by sort of need, shape (KINDS, channels)."""
    complex_, ambiguous = ([of.get(name, 0.0) for name in channels] for of in (determinants.task.complex, determinants.task.ambiguous))
    return np.array([np.zeros(len(channels)), complex_, ambiguous, np.add(complex_, ambiguous)])


def gains(determinants: Determinants) -> Reals:
    """What the channel of habit gains, by sort of need."""
    return np.array([determinants.habit.simple] + [determinants.habit.weighed] * (KINDS - 1))


def written_terms(scenario: Scenario) -> Reals:
    """The terms of the channel and of personal characteristics, shape (segments, channels)."""
    determinants, channels = scenario.choice.first.utility, list(scenario.channels)
    segments = list(scenario.population.segments) if scenario.population else ["all"]
    out = np.zeros((len(segments), len(channels)))
    if determinants is not None:
        for j, segment in enumerate(segments):
            own = determinants.personal.get(segment, {})
            out[j] = [determinants.channel.get(name, 0.0) + own.get(name, 0.0) for name in channels]
    return out


def mixture(
    scenario: Scenario, determinants: Determinants, service: str, segment: str, closed: Sequence[tuple[Sequence[bool], float]], online: float | None = None
) -> Mixture:
    """The mixture for a service and a segment; `closed`: which channels are closed when needs arise, with the share of the needs; `online`: the share
    on line, in place of the segment's.  Who refuses electronic channels for the service is as one off line."""
    channels = scenario.channels
    access = online if online is not None else scenario.population.segments[segment].access if scenario.population else 1.0
    access *= 1.0 - refusing(scenario, service, segment)
    spec, task = scenario.services[service], tasks(determinants, list(channels))
    bound = np.array([kind.needs_access for kind in channels.values()])
    rows = []
    for on_line, complex_, ambiguous, (shut, share) in product((0, 1), (0, 1), (0, 1), closed):
        weight = (access if on_line else 1 - access) * (spec.complexity if complex_ else 1 - spec.complexity)
        weight *= share * (spec.ambiguity if ambiguous else 1 - spec.ambiguity)
        if weight > 0:
            kind = complex_ + 2 * ambiguous
            terms = task[kind] + determinants.circumstances.closed * np.array(shut, dtype=np.float64)
            rows.append((weight, np.where(bound & (on_line == 0), -np.inf, terms), on_line, kind))
    weights, terms, on, kinds = zip(*rows, strict=True)
    return Mixture(np.array(weights), np.array(terms), np.array(on, dtype=np.int64), np.array(kinds, dtype=np.int64))


def constants_of(written: Reals, mixed: Mixture, habits: Reals, gain: Reals, bound: npt.NDArray[np.bool_]) -> Reals:
    """The constants off line and on line, shape (2, channels), with which the `written` shares come out.

    They are the same for both unless everybody on line takes a channel that needs it; then each has its own."""
    weights, terms = mixed.with_habits(habits, gain)
    on_line = float(mixed.weights[mixed.online == 1].sum())
    needing = float(written[bound].sum())
    if needing <= 0 or on_line - needing > 1e-12:
        both = solve(written, terms, weights)
        return np.stack([np.where(bound, -np.inf, both), both])
    out = []
    for online, chosen in ((0, ~bound), (1, bound)):
        share, part = np.where(chosen, written, 0.0), mixed.online == online
        if not part.any() or share.sum() <= 0:
            out.append(np.full(len(written), -np.inf))
            continue
        own = Mixture(mixed.weights[part] / mixed.weights[part].sum(), mixed.terms[part], mixed.online[part], mixed.kind[part])
        weights, terms = own.with_habits(habits, gain)
        out.append(solve(share / share.sum(), terms, weights))
    return np.stack(out)


def chosen_by(constants: Reals, mixed: Mixture, habits: Reals, gain: Reals) -> Reals:
    """The shares of the channels off line and on line, shape (2, channels), each adding up to 1 (0 where there is nobody)."""
    out = np.zeros((2, constants.shape[1]))
    for online in (0, 1):
        part = mixed.online == online
        if part.any():
            own = Mixture(mixed.weights[part] / mixed.weights[part].sum(), mixed.terms[part], mixed.online[part], mixed.kind[part])
            weights, terms = own.with_habits(habits, gain)
            out[online] = weights @ probabilities(constants[online] + terms)
    return out


def equilibrium(
    written: Reals, mixed: Sequence[Mixture], volumes: Reals, gain: Reals, bound: npt.NDArray[np.bool_], fixed: Sequence[Reals | None]
) -> tuple[list[Reals], Reals]:
    """The constants of each service of a segment, and the habits, shape (2, channels), that the choices themselves keep up.

    `written`: shares, shape (services, channels); `volumes`: the part of the segment's needs that each service has; `fixed`: constants that are written
    and not solved (a utility without shares)."""
    share = volumes @ written
    habits = np.stack([_row(np.where(bound, 0.0, share)), _row(share)])
    for _ in range(ROUNDS):
        constants = [own if own is not None else constants_of(row, mix, habits, gain, bound) for row, mix, own in zip(written, mixed, fixed, strict=True)]
        new = np.zeros_like(habits)
        for volume, own, mix in zip(volumes, constants, mixed, strict=True):
            new += volume * chosen_by(own, mix, habits, gain)
        new = np.stack([_row(new[online]) if new[online].sum() > 0 else habits[online] for online in (0, 1)])
        moved = float(np.abs(new - habits).max())
        habits = new
        if moved < STILL or not gain.any():
            break
    constants = [own if own is not None else constants_of(row, mix, habits, gain, bound) for row, mix, own in zip(written, mixed, fixed, strict=True)]
    return constants, habits


def _row(weights: Reals) -> Reals:
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(weights), 1.0 / len(weights))
