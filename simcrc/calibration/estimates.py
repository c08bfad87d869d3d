"""All that is estimated from the calls of a centre, each figure with its standard error.

The estimators stand one module a quantity; ``piece`` writes the figures down, ``account`` says them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simcrc.calibration import demand
from simcrc.calibration.again import Repeats, repeats
from simcrc.calibration.calls import ABANDONED, BLOCKED, SERVED, Calls, Reals
from simcrc.calibration.demand import Demand, Estimate
from simcrc.calibration.families import Fit, fit_family
from simcrc.calibration.mapping import Mapping
from simcrc.calibration.patience import Patience, patience
from simcrc.calibration.roster import Roster, roster
from simcrc.calibration.traps import Flags

LEAST = 30
"""Services; with fewer a service shares the law of all."""


@dataclass(frozen=True, eq=False)
class ServiceEstimates:
    """One service.  `work` and `patience` are None where there is too little; then those of all calls stand in.  `segments`: share of each segment."""

    name: str
    calls: int
    demand: Demand
    work: Fit | None
    patience: Patience | None
    segments: dict[str, Estimate]


@dataclass(frozen=True)
class Recorded:
    """What happened, as recorded: ratios of sums with standard errors by the jackknife over days."""

    abandonment: Estimate
    blocked: Estimate
    queued: Estimate
    wait_mean: Estimate
    wait_p90: float


@dataclass(frozen=True, eq=False)
class Estimates:
    """All of them.  `all`: of all calls together; `segments`: overall shares."""

    calls: Calls
    all: ServiceEstimates
    services: tuple[ServiceEstimates, ...]
    shared: Estimate
    segments: dict[str, float]
    repeats: Repeats | None
    roster: Roster | None
    recorded: Recorded
    voice_unit: Estimate | None


def estimate(calls: Calls, mapping: Mapping) -> Estimates:
    """Every figure that the records hold."""
    how, callers, agents, part = mapping.estimation, mapping.callers, mapping.agents, calls.part
    found = None if callers is None else repeats(calls, callers, how.points)
    counted = np.ones(len(part), dtype=np.bool_) if found is None or not found.generated else ~found.repeats
    whole, each, correlation = demand.estimate(calls, demand.count(calls, counted), how.busyness_days)
    shortest = how.shortest / 1e6

    def service(name: str, own: Flags, arriving: Demand) -> ServiceEstimates:
        works = part.work[own & (part.outcome == SERVED) & np.isfinite(part.work)]
        fit = fit_family(works, shortest) if int(((works >= shortest) & (works > 0)).sum()) >= LEAST else None
        return ServiceEstimates(name, int(own.sum()), arriving, fit, patience(calls, own & counted, how.points), _segments(calls, own))

    services = tuple(service(name, part.service == k, each[k]) for k, name in enumerate(calls.services))
    total = service("default", np.ones(len(part), dtype=np.bool_), whole)
    staff = None if agents is None else roster(calls, agents.logged_off / 1e6, how.points, agents.not_ready)
    if staff is not None:
        calls.traps.add("two_at_once", staff.overlapping, part.line, _Files(calls))
    n, sum_, squares = calls.voice_unit
    spread = np.sqrt(max(squares / n - (sum_ / n) ** 2, 0.0) / n) if n else np.nan
    return Estimates(
        calls=calls,
        all=total,
        services=services,
        shared=correlation,
        segments=_overall(calls, services),
        repeats=found,
        roster=staff,
        recorded=_recorded(calls),
        voice_unit=(sum_ / n, float(spread)) if n else None,
    )


class _Files:
    """The file of each call."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls

    def __getitem__(self, k: int) -> str:
        return self.calls.files[int(self.calls.part.source[k])]


def _segments(calls: Calls, own: Flags) -> dict[str, Estimate]:
    """The share of each segment among those whose segment is told."""
    told = calls.part.segment[own & (calls.part.segment >= 0)]
    out = {}
    for k, name in enumerate(calls.segments):
        share = float((told == k).mean()) if len(told) else 1.0 / len(calls.segments)
        out[name] = (share, float(np.sqrt(share * (1 - share) / len(told))) if len(told) else np.nan)
    return out


def _overall(calls: Calls, services: tuple[ServiceEstimates, ...]) -> dict[str, float]:
    """The share of each segment among all calls: those of the services, by their calls."""
    weights = [service.calls for service in services]
    return {name: float(np.average([service.segments[name][0] for service in services], weights=weights)) for name in calls.segments}


def _recorded(calls: Calls) -> Recorded:
    part = calls.part
    served, abandoned, blocked = (part.outcome == code for code in (SERVED, ABANDONED, BLOCKED))
    queued = part.queued & np.isfinite(part.wait)
    every = np.ones(len(part))
    waits = np.where(queued, part.wait, 0.0)
    return Recorded(
        abandonment=_ratio(calls, abandoned, served | abandoned),
        blocked=_ratio(calls, blocked, every),
        queued=_ratio(calls, part.queued, served | abandoned),
        wait_mean=_ratio(calls, waits, queued),
        wait_p90=float(np.quantile(part.wait[queued], 0.9)) if queued.any() else np.nan,
    )


def _ratio(calls: Calls, above: Reals | Flags, below: Reals | Flags) -> Estimate:
    """A ratio of sums over calls, and its standard error by leaving out one day at a time."""
    day = calls.day
    tops, bottoms = (np.bincount(day, weights=values.astype(np.float64), minlength=calls.length) for values in (above, below))
    tops, bottoms = tops[calls.recorded], bottoms[calls.recorded]
    if not bottoms.sum():
        return np.nan, np.nan
    ratio = float(tops.sum() / bottoms.sum())
    rest = bottoms.sum() - bottoms
    if len(tops) < 2 or (rest == 0).any():
        return ratio, np.nan
    leave = (tops.sum() - tops) / rest
    n = len(leave)
    return ratio, float(np.sqrt((n - 1) / n * np.sum((leave - leave.mean()) ** 2)))
