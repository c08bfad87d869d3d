"""Time not ready: from the end of a service until the agent takes calls again, seen only through the calls that he takes.

When his next call had to queue, he took it the moment he was ready: the gap is the time not ready.  When it did not queue he was ready and idle
before: the gap is an upper bound.  Left-censored data, hence Kaplan–Meier with time reversed.  Agents come back sooner when callers wait, so the
law is estimated apart for services that ended with and without somebody waiting.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simcrc.calibration.kaplan_meier import Curve, left_censored
from simcrc.calibration.sessions import Sessions

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def waiting_at(instant: Reals, joined: Reals, left: Reals) -> Integers:
    """How many wait at each `instant`, of those who joined the queue at `joined` and left it at `left`."""
    return np.searchsorted(np.sort(joined), instant, side="right") - np.searchsorted(np.sort(left), instant, side="right")


def not_ready(sessions: Sessions, begin: Reals, queued: Flags, joined: Reals, left: Reals) -> tuple[Curve, Curve]:
    """The time not ready after services that ended with nobody waiting, and with somebody waiting.

    `begin` and `queued`: of the calls that `sessions` were made of (start of service in seconds; had to queue); `joined`, `left`: all who queued.
    Overlapping services of one agent (negative gaps) are left out.
    """
    usable = sessions.gap >= 0
    gap, call = sessions.gap[usable], sessions.call[usable]
    waited = waiting_at(begin[call] - gap, joined, left) > 0
    return left_censored(gap[~waited], queued[call][~waited]), left_censored(gap[waited], queued[call][waited])
