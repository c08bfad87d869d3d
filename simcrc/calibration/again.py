"""Calls again: with what probability a caller who abandoned, was blocked or was served calls again, and after how long.

Only calls that tell their caller count.  From the end of a call to the beginning of the caller's next, censored at the end of the records: Kaplan–Meier,
standard errors by Greenwood.  That the next call is about the same matter, the records do not tell; calls that would have come anyway are among them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.calibration.calls import ABANDONED, BLOCKED, DAY, SERVED, Calls, Reals
from simcrc.calibration.kaplan_meier import Curve, kaplan_meier
from simcrc.calibration.mapping import Callers
from simcrc.calibration.traps import Flags, Integers

HORIZONS = (600.0, 3600.0, 86_400.0)
"""Ten minutes, an hour, a day: what the account tells."""
LEAST = 5
"""Fewer calls again are not written as a law."""


@dataclass(frozen=True, eq=False)
class Again:
    """Calls again after one outcome.

    `calls`: of known callers with the outcome.  `again`: how many were followed within `within` seconds.  `share`: of those, and its standard error.
    `by`: the same within each of HORIZONS.  `delay`: law of the time before, given that they call again (None for fewer than LEAST); `mean`: of it.
    """

    outcome: int
    calls: int
    again: int
    within: float
    share: tuple[float, float]
    by: tuple[tuple[float, float], ...]
    delay: Curve | None
    mean: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Repeats:
    """What callers do after each outcome, and which calls are calls again.

    `known`: share of all calls that tell their caller.  `repeats`: flag a call.  `generated`: whether the piece has citizens call again.  `hurry`: how many
    times as fast callers leave the queue when they call again after an abandonment as at first, None where too few did.
    """

    known: float
    repeats: Flags
    generated: bool
    after: dict[int, Again]
    hurry: tuple[float, float] | None

    @property
    def keep(self) -> bool:
        """Whether callers are as impatient the second time: they leave faster then, by more than twice the standard error."""
        return self.hurry is not None and self.hurry[0] > 1 and self.hurry[0] - 1 > 2 * self.hurry[1]


def repeats(calls: Calls, spec: Callers, points: int) -> Repeats:
    """Calls again as `spec` wants them counted; their delays in laws of at most `points` points."""
    part, within = calls.part, spec.within / 1e6
    known = part.caller != 0
    gap, following = _gaps(calls, spec.same_service)
    limit = float(calls.length) * DAY
    repeated = np.zeros(len(part), dtype=np.bool_)
    repeated[following[(following >= 0) & (gap <= within)]] = True
    after = {}
    for outcome in (ABANDONED, BLOCKED, SERVED):
        own = known & (part.outcome == outcome)
        if own.any():
            censored = np.maximum(limit - _ends(calls), 0.0)
            observed = following[own] >= 0
            after[outcome] = _after(outcome, np.where(observed, gap[own], censored[own]), observed, within, points)
    share = float(known.mean())
    second = np.zeros(len(part), dtype=np.bool_)
    second[following[(following >= 0) & (gap <= within) & (part.outcome == ABANDONED)]] = True
    generated = share >= spec.least if spec.generated is None else spec.generated
    return Repeats(share, repeated, generated, after, _hurry(calls, ~repeated & known, second))


def _hurry(calls: Calls, first: Flags, second: Flags) -> tuple[float, float] | None:
    """The rate of leaving the queue (abandonments over time waited) of `second` calls over that of `first` ones; standard error by the delta method."""
    part = calls.part
    waited = part.queued & np.isfinite(part.wait)
    (left, time), (early, before) = ((int((part.outcome[rows] == ABANDONED).sum()), float(part.wait[rows].sum())) for rows in (waited & second, waited & first))
    if min(left, early) < LEAST or time <= 0 or before <= 0:
        return None
    ratio = left / time / (early / before)
    return ratio, ratio * float(np.sqrt(1 / left + 1 / early))


def _ends(calls: Calls) -> Reals:
    """When each call ended: of those who were not served, arrival and wait."""
    part = calls.part
    wait, work = (np.where(np.isnan(values), 0.0, values) for values in (part.wait, part.work))
    return np.where(np.isnan(part.start), part.arrival + wait, part.start + work)


def _gaps(calls: Calls, same_service: bool) -> tuple[Reals, Integers]:
    """Of each call the time until the caller's next (inf: none) and the index of that (-1: none)."""
    part = calls.part
    service = part.service if same_service else np.zeros(len(part), dtype=np.int64)
    order = np.lexsort((np.arange(len(part)), service, part.caller))
    caller = part.caller[order]
    same = (caller[1:] == caller[:-1]) & (service[order][1:] == service[order][:-1]) & (caller[1:] != 0)
    gap, following = np.full(len(part), np.inf), np.full(len(part), -1, dtype=np.int64)
    here, then = order[:-1][same], order[1:][same]
    # to the millisecond: who calls again after a day to the second is within a day, whatever the last digit of the sum
    gap[here] = np.round(np.maximum(part.arrival[then] - _ends(calls)[here], 0.0), 3)
    following[here] = then
    return gap, following


def _after(outcome: int, durations: Reals, observed: Flags, within: float, points: int) -> Again:
    count = int((observed & (durations <= within)).sum())
    if not observed.any():
        return Again(outcome, len(durations), 0, within, (0.0, 0.0), ((0.0, 0.0),) * len(HORIZONS), None, (np.nan, np.nan))
    curve = kaplan_meier(durations, observed)
    share = curve.at(within)
    delays = durations[observed & (durations <= within)]
    mean = (float(delays.mean()), float(delays.std(ddof=1) / np.sqrt(count))) if count > 1 else (np.nan, np.nan)
    law = _delay(curve, within, share[0], count, points) if count >= LEAST and share[0] > 0 else None
    return Again(outcome, len(durations), count, within, share, tuple(curve.at(horizon) for horizon in HORIZONS), law, mean)


def _delay(curve: Curve, within: float, share: float, count: int, points: int) -> Curve:
    """The law of the delay given that it is at most `within`: the curve up to there, over its height; standard errors of a share of `count`."""
    inside = curve.time <= within
    part = np.minimum(curve.share[inside] / share, 1.0)
    error: npt.NDArray[np.float64] = np.sqrt(part * (1 - part) / count)
    thin = Curve(curve.time[inside], part, error, np.full(int(inside.sum()), float(count))).thinned(points, 1)
    # nobody calls again before the first who did
    return Curve(
        *(np.insert(values, 0, start) for values, start in ((thin.time, thin.time[0]), (thin.share, 0), (thin.standard_error, 0), (thin.at_risk, count)))
    )
