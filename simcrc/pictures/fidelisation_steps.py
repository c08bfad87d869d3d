"""The figures of the picture of the fidelisation effect: contacts per need by reason, in the base, under a policy, and what it changes.

From the figures of ``simcrc fidelisation`` where a subject has them; else from the sums of both arms, paired replication by replication.  ``fidelisation``
makes the picture, ``fidelisation_drawing`` draws it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simcrc.experiment.contrasts import ratio_difference
from simcrc.experiment.statistics import Estimate, Estimates, ratios
from simcrc.indicators.common import NEEDS, OF_NEEDS
from simcrc.log import Reason
from simcrc.pictures.arm import NOTHING
from simcrc.report.adding_up import adding_up
from simcrc.report.numbers import places_for

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.indicators.totals import Reals
    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject

Source = Literal["pairs", "paired", "apart"]
"""Needs followed in pairs; arms paired by replication; arms that are not paired."""


@dataclass(frozen=True)
class Step:
    """A reason, or (`reason` None) all together: contacts per need in the base, under the policy, and the change."""

    reason: Reason | None
    base: Estimate
    policy: Estimate
    change: Estimate


@dataclass(frozen=True, eq=False)
class Effect:
    """What an arm changes: `steps` by reason, those that neither arm has left out, and the `whole`."""

    arm: Arm
    steps: tuple[Step, ...]
    whole: Step
    source: Source

    @property
    def size(self) -> float:
        """The change of contacts per need."""
        return self.whole.change.mean or 0.0

    @property
    def places(self) -> int:
        """Decimals: two digits of the half-width of the change, as in the account of ``simcrc fidelisation``."""
        change = self.whole.change
        half = change.high - change.mean if change.high is not None and change.mean is not None else 0.0
        return min(5, max(3, places_for(half or change.mean or 0.0, 2)))

    def printed(self) -> tuple[list[float], list[float]]:
        """Base and change by step, rounded so that they add up to their wholes as printed; the figure under the policy is their sum."""
        return (
            adding_up([step.base.mean or 0.0 for step in self.steps], self.places),
            adding_up([step.change.mean or 0.0 for step in self.steps], self.places),
        )


def effects(subject: Subject) -> list[Effect]:
    """The effect of every arm but the base that has one."""
    found = []
    for arm in subject.others:
        figures = subject.effects.get(arm.name)
        made = None if figures is None else _of_pairs(arm, figures)
        made = made or _of_arms(subject, arm)
        if made is not None:
            found.append(made)
    return found


def _of_pairs(arm: Arm, figures: pd.DataFrame) -> Effect | None:
    """From the figures of ``simcrc fidelisation``; None where they have none of these."""
    axes = ["channel", "service", "segment", "period", "source", "target"]
    rows = figures[(figures["figure"] == "contacts_per_need") & figures[axes].isna().all(axis=1)]
    found: dict[tuple[str | None, str], Estimate] = {}
    for reason, side, mean, low, high, n in rows[["reason", "arm", "mean", "low", "high", "replications"]].itertuples(index=False, name=None):
        found[reason if isinstance(reason, str) else None, side] = Estimate(_known(mean), _known(low), _known(high), int(n))

    def step(reason: Reason | None) -> Step:
        name = None if reason is None else reason.name.lower()
        base, policy, change = (found.get((name, side), NOTHING) for side in ("base", "policy", "change"))
        return Step(reason, base, policy, change)

    steps = tuple(step(reason) for reason in Reason if (reason.name.lower(), "change") in found)
    whole = step(None)
    return None if not steps or whole.change.mean is None else Effect(arm, steps, whole, "pairs")


def _of_arms(subject: Subject, arm: Arm) -> Effect | None:
    """From the sums of both arms, over the needs of the whole period."""
    over, under = _counts(subject.base), _counts(arm)
    if over is None or under is None:
        return None
    (base, base_needs), (policy, needs) = over, under
    paired = subject.paired and subject.base.numbers == arm.numbers
    before, after = ratios(base, base_needs), ratios(policy, needs)
    if paired:
        change = ratio_difference(policy, needs, base, base_needs)
    else:
        none = np.full(len(Reason) + 1, np.nan)
        change = Estimates(after.mean - before.mean, none, none, np.minimum(before.replications, after.replications))
    if not np.isfinite(change.mean[-1]) or not base.sum() + policy.sum() > 0:
        return None
    there = base.sum(axis=0) + policy.sum(axis=0) > 0
    steps = tuple(Step(reason, before.at(reason), after.at(reason), change.at(reason)) for reason in Reason if there[reason])
    at = len(Reason)
    return Effect(arm, steps, Step(None, before.at(at), after.at(at), change.at(at)), "paired" if paired else "apart")


def _counts(arm: Arm) -> tuple[Reals, Reals] | None:
    """Contacts of the needs of an arm by reason, all of them last, and the needs, spread alike; shape (replications, reasons + 1)."""
    by, needs = OF_NEEDS.cells(arm.totals, ("reason",)), NEEDS.cells(arm.totals, ())
    if by is None or needs is None:
        return None
    counts = np.concatenate([by, by.sum(axis=1, keepdims=True)], axis=1)
    return counts, np.broadcast_to(needs[:, None], counts.shape)


def _known(value: float) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
