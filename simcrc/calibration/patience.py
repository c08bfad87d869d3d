"""How long callers wait before they leave: the Kaplan–Meier curve of those who waited, its tail, and the family that fits best.

Who was served would have waited longer than he did (right-censored), so the mean of the waits of those who abandoned is far too short.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simcrc.calibration.calls import ABANDONED, Calls
from simcrc.calibration.censored import SECOND, Censored, fit_censored
from simcrc.calibration.demand import Estimate
from simcrc.calibration.kaplan_meier import Curve, exponential_tail, kaplan_meier
from simcrc.calibration.traps import Flags

LEAST = 10
"""Callers who abandoned after a second or more; with fewer a service shares the patience of all."""


@dataclass(frozen=True, eq=False)
class Patience:
    """`curve`: the whole Kaplan–Meier curve, seconds; `points`: some of its points, as the piece writes them; `tail`: mean of an exponential law beyond the
    last of them; `family`: what fits best; `waited`, `abandoned`: how many callers it stands on."""

    curve: Curve
    points: Curve
    tail: Estimate
    family: Censored
    waited: int
    abandoned: int


def patience(calls: Calls, own: Flags, points: int) -> Patience | None:
    """The patience of the calls `own`; None where too few abandoned for a curve."""
    part = calls.part
    queued = own & part.queued & np.isfinite(part.wait)
    wait, left = part.wait[queued], part.outcome[queued] == ABANDONED
    if int((left & (wait >= SECOND)).sum()) < LEAST:
        return None
    whole = kaplan_meier(wait, left)
    curve = whole.thinned(points)
    if len(curve.time) < 2:
        curve = whole.thinned(points, 1)
    return Patience(whole, curve, exponential_tail(wait, left, float(curve.time[-1])), fit_censored(wait, left), len(wait), int(left.sum()))
