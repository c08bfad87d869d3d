"""Kaplan–Meier: the distribution of a duration of which some values are only known to be longer, or to be shorter.

Patience: who was served would have waited longer than he did (right-censored).  Time not ready: an agent who takes a call that did not
queue was ready before (left-censored).  Kaplan & Meier, JASA 53 (1958); standard errors by Greenwood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Curve:
    """An estimated distribution function at the observed durations, rising; arrays of one length.

    `time`: durations.  `share`: P(X <= time).  `standard_error` of the share.  `at_risk`: observations that it stands on.
    """

    time: Reals
    share: Reals
    standard_error: Reals
    at_risk: Reals

    def at(self, time: float) -> tuple[float, float]:
        """The share at `time`, and its standard error; (0, 0) before the first duration."""
        k = int(np.searchsorted(self.time, time, side="right")) - 1
        return (0.0, 0.0) if k < 0 else (float(self.share[k]), float(self.standard_error[k]))

    def quantile(self, share: float) -> float:
        """The least duration with a share of at least `share`; inf beyond the curve."""
        k = int(np.searchsorted(self.share, share - 1e-12))
        return float(self.time[k]) if k < len(self.time) else np.inf

    def thinned(self, most: int, least_at_risk: int = 30) -> Curve:
        """At most about `most` points, half of them evenly spread in share and half in log time, none standing on fewer than `least_at_risk` observations."""
        usable = np.flatnonzero(self.at_risk >= least_at_risk)
        if len(usable) > most:
            share, time = self.share[usable], np.log1p(self.time[usable])
            picks = [_nearest(share, most // 2), _nearest(time, most - most // 2)]
            usable = usable[np.unique(np.concatenate(picks))]
        return Curve(self.time[usable], self.share[usable], self.standard_error[usable], self.at_risk[usable])


def _nearest(rising: Reals, n: int) -> npt.NDArray[np.int64]:
    """Indices into `rising` of about `n` values evenly spread over its range, both ends among them."""
    wanted = np.linspace(rising[0], rising[-1], n)
    return np.unique(np.clip(np.searchsorted(rising, wanted - 1e-12), 0, len(rising) - 1))


def kaplan_meier(durations: Reals, observed: Flags) -> Curve:
    """The distribution of durations of which those not `observed` are only known to be longer.  ValueError without an observed one."""
    time, at_risk, events = _table(np.asarray(durations, dtype=np.float64), np.asarray(observed, dtype=np.bool_))
    survival, error = _product(at_risk, events)
    return Curve(time, 1.0 - survival, error, at_risk)


def left_censored(durations: Reals, observed: Flags) -> Curve:
    """The distribution of durations of which those not `observed` are only known to be at most as long: Kaplan–Meier with time reversed."""
    time, at_risk, events = _table(-np.asarray(durations, dtype=np.float64), np.asarray(observed, dtype=np.bool_))
    survival, error = _product(at_risk, events)  # P(X < -time), after the events at -time have been taken off
    share = np.concatenate([[1.0], survival[:-1]])
    errors = np.concatenate([[0.0], error[:-1]])
    return Curve(-time[::-1], share[::-1], errors[::-1], at_risk[::-1])


def exponential_tail(durations: Reals, observed: Flags, beyond: float) -> tuple[float, float]:
    """Mean of an exponential law for what exceeds `beyond`, and its standard error: time at risk over events.  (inf, inf) without an event."""
    late = np.asarray(durations, dtype=np.float64) > beyond
    events = int((late & observed).sum())
    if events == 0:
        return np.inf, np.inf
    mean = float((durations[late] - beyond).sum()) / events
    return mean, mean / events**0.5


def _table(durations: Reals, observed: Flags) -> tuple[Reals, Reals, Reals]:
    """Distinct observed durations, those at risk just before each, and the events at it."""
    if not observed.any():
        raise ValueError("no duration is observed")
    time, events = np.unique(durations[observed], return_counts=True)
    ordered = np.sort(durations)
    at_risk = len(ordered) - np.searchsorted(ordered, time, side="left")
    return time, at_risk.astype(np.float64), events.astype(np.float64)


def _product(at_risk: Reals, events: Reals) -> tuple[Reals, Reals]:
    """Survival after each time, and Greenwood's standard error of it (0 where nobody survives)."""
    survival: Reals = np.cumprod(1.0 - events / at_risk, dtype=np.float64)
    left = at_risk - events
    terms = np.where(left > 0, events / (at_risk * np.where(left > 0, left, 1.0)), 0.0)
    return survival, survival * np.sqrt(np.cumsum(terms))
