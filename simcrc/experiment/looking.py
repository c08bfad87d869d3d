"""When a run whose length depends on what it finds is looked at, and at which level its intervals are made so that they hold the truth as often as they say.

Looks are after fixed numbers of replications, each half as many again, so that neither the number of workers nor what is found can move them.  A run
stops at the first look at which every interval is narrow enough.  An interval that is taken because it is narrow holds the truth too rarely: it is narrow
where the spread of the replications happens to be underestimated.  For normal figures a mean and all the spreads before it are independent, so that the rate is

    E[2 Φ(q_N s_N / σ) − 1],   N the look at which it stops, s_N the spread there, q_N the quantile used,

and depends on the precision asked only through its ratio to σ.  At the worst ratio Student's 95 % intervals, looked at after 10, 15, 23 … replications,
hold the truth in 93.6 % of runs; where some hundred replications are needed, in 94.8 %, for the spread is well known by then.  So the intervals of a run with
looks are made at a stricter level, the stricter the fewer the replications: for one figure 96.25 % up to thirty, 95.4 % at a hundred.  Then the rate is 95.0 to
95.2 % at all ratios but those at which the first look is enough, where it is up to 96.25 %.  Several figures share the error equally (Bonferroni): all their
intervals hold at once, however they depend on one another.

Sources: Y. S. Chow and H. Robbins, "On the asymptotic theory of fixed-width sequential confidence intervals", Ann. Math. Statist. 36 (1965) 457; how far short
they fall: A. M. Law and W. D. Kelton, "Confidence intervals for steady-state simulations, II: a survey of sequential procedures", Management Sci. 28
(1982) 550; stricter quantiles in their place: D. I. Singham, "Selecting stopping rules for confidence interval procedures", ACM TOMACS 24 (2014) 18.
``benchmarks/coverage.py`` measures the rates, ``docs/experiments.md`` has them.
"""

from __future__ import annotations

from math import ceil

from simcrc.experiment.statistics import LEVEL

FIRST = 10
"""Replications before the first look.  Fewer would have to be paid for by much wider intervals: a spread of five replications is hardly known."""
GROWTH = 1.5
MOST = 100
"""The most replications, unless said."""
FEW = 30
"""Up to so many replications the level is strictest; then it comes nearer to the plain one as their number grows."""
_KEPT, _POWER = 0.75, -0.095
"""The part of an interval's error that its level may use at the first looks: 0.75 for one figure, less for the smaller errors of several.  Solved with
`FEW`, for `FIRST` and `GROWTH`, at the worst ratio of the precision asked to σ (tests solve it anew)."""


def looks(most: int, first: int = FIRST) -> tuple[int, ...]:
    """After how many replications one looks: `first`, half as many again, … and last `most`.  ValueError for counts below 1."""
    if most < 1 or first < 1:
        raise ValueError("a look needs at least one replication")
    counts = [min(first, most)]
    while counts[-1] < most:
        counts.append(min(most, ceil(GROWTH * counts[-1])))
    return tuple(counts)


def level(figures: int, replications: int, several: bool = True) -> float:
    """The level of the interval of each of `figures` figures at a look after so many `replications`, at which all of them hold with probability 95 % where
    the run stops; `several`: it is looked at more than once."""
    error = (1.0 - LEVEL) / figures
    if not several:
        return 1.0 - error
    lost = 1.0 - _KEPT * float(figures) ** _POWER
    return float(1.0 - error * (1.0 - lost * min(1.0, FEW / replications)))
