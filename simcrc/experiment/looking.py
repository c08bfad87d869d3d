"""When a run whose length depends on what it finds is looked at, and at which level its intervals are made so that they hold the truth as often as they say.

Looks are after fixed numbers of replications, each half as many again, so that neither the number of workers nor what is found can move them.  A run
stops at the first look at which every interval is narrow enough.  An interval that is taken because it is narrow holds the truth too rarely: it is narrow
where the spread of the replications happens to be underestimated.  For normal figures a mean and all the spreads before it are independent, so that the rate is

    E[2 Φ(q_N s_N / σ) − 1],   N the look at which it stops, s_N the spread there, q_N the quantile used,

and depends on the precision asked only through its ratio to σ.  At the worst ratio Student's 95 % intervals, looked at after 10, 15, 23 … replications,
hold the truth in 93.6 % of runs.  So the intervals of a run with looks are made at a stricter level, 96.2 % for one figure, at which the worst is 95 % and
the best, when the first look is enough, 96.2 %.  Several figures share the error equally (Bonferroni): all their intervals hold at once, however they
depend on one another.

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
_KEPT, _POWER = 0.75, -0.095
"""The part of an interval's error that its level may use when it is looked at again and again: 0.75 for one figure, less for the smaller errors of several.
Solved for `FIRST` and `GROWTH` at the worst ratio of the precision asked to σ (tests solve it anew)."""


def looks(most: int, first: int = FIRST) -> tuple[int, ...]:
    """After how many replications one looks: `first`, half as many again, … and last `most`.  ValueError for counts below 1."""
    if most < 1 or first < 1:
        raise ValueError("a look needs at least one replication")
    counts = [min(first, most)]
    while counts[-1] < most:
        counts.append(min(most, ceil(GROWTH * counts[-1])))
    return tuple(counts)


def level(figures: int, several: bool = True) -> float:
    """The level of the interval of each of `figures` figures, all of which shall hold with probability 95 %; `several`: looked at more than once."""
    error = (1.0 - LEVEL) / figures
    return 1.0 - error * (_KEPT * float(figures) ** _POWER if several else 1.0)
