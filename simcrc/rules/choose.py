"""Choosing a channel: multinomial by Gumbel-max, one draw a decision and channel name.

The constants of the choice are solved from written shares, which are the marginals of the segment although some of its citizens
are not on line (domain: choice)."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log

import numpy as np
import numpy.typing as npt


def choose(weights: Sequence[float], gumbels: Sequence[float]) -> int:
    """The index of the option chosen: the largest log weight plus Gumbel variate; options of weight 0 are never taken; -1 when
    all are.

    Opening an option with a draw of its own moves nobody between the others (McFadden 1974; Yellott 1977).
    """
    best, score = -1, -inf
    for index, weight in enumerate(weights):
        if weight > 0.0:
            value = log(weight) + gumbels[index]
            if value > score:
                best, score = index, value
    return best


def choose_many(weights: npt.NDArray[np.float64], gumbels: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """``choose`` for many citizens at once; both arrays of shape (citizens, options)."""
    with np.errstate(divide="ignore"):
        scores = np.log(weights) + gumbels
    best: npt.NDArray[np.int64] = np.argmax(scores, axis=1).astype(np.int64)
    return best


def constants(shares: Sequence[float], needs_access: Sequence[bool], access: float) -> tuple[list[float], list[float]]:
    """Weights of each channel for a citizen off line and for one on line, so that the written `shares` come out over a segment
    of which `access` is on line.

    Channels that need no access keep their proportions in both; with W the sum of their shares and E of the others, the others
    weigh together W·E/(access − E) on line and 0 off line. Shares must add up to 1 and E must not exceed `access` (checked when
    the scenario is loaded)."""
    free = sum(share for share, bound in zip(shares, needs_access, strict=True) if not bound)
    bound_share = sum(share for share, bound in zip(shares, needs_access, strict=True) if bound)
    offline = [0.0 if bound else share for share, bound in zip(shares, needs_access, strict=True)]
    if bound_share <= 0.0:
        return offline, list(offline)
    if access - bound_share <= 1e-12:  # everybody who is on line takes a channel that needs it
        return offline, [share if bound else 0.0 for share, bound in zip(shares, needs_access, strict=True)]
    factor = free / (access - bound_share)
    return offline, [share * factor if bound else share for share, bound in zip(shares, needs_access, strict=True)]
