"""Sequential equivalence tests: at which counts of replications one looks, at which level, and what an interval says of a margin.

A line of a benchmark asks whether a difference (measured less expected) lies within a margin.  At each look its confidence interval is set against
the margin: wholly within, equivalent; wholly outside, different; else inconclusive, and more replications are made until the cap.  Looks are at fixed counts,
doubled each time, so that neither the number of workers nor what is found can move them.

The family-wise error, the probability that any line at all gets a wrong verdict, is at most ``FAMILY``.  It is divided in equal parts over the lines
of the run (Bonferroni, so lines may depend on one another: they share their random numbers), and a line's part is spent over its looks in proportion to the
replications that each adds (alpha spending, linear in the information).  The interval at a look has level one less what that look spends, with Student's t.
A verdict is wrong only where an interval misses the truth, so that all intervals at which lines stopped hold at once with probability 1 − ``FAMILY``.
No use is made of the correlation between looks: the test is a little conservative, and does not lean on normality across them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

FAMILY = 0.01
"""Error over all that a run judges by intervals: ``LINES`` of it for the lines, ``STORED`` for stored figures on another fingerprint or seed."""
STORED = 0.001
LINES = FAMILY - STORED
LONG = 0.999
"""The least level of an interval in the long tier."""

Verdict = Literal["equivalent", "different", "inconclusive"]
VERDICTS: tuple[Verdict, ...] = ("equivalent", "different", "inconclusive")


def looks(first: int, most: int) -> tuple[int, ...]:
    """Counts of replications at which one looks: `first`, twice as many, … up to `most`, which is the last look.

    Where doubling would leave a last step of less than half of what is there, that look is left out.  ValueError for counts below 1.
    """
    if first < 1 or most < 1:
        raise ValueError("a look needs at least one replication")
    counts = [min(first, most)]
    while counts[-1] < most:
        counts.append(most if 3 * counts[-1] > most else 2 * counts[-1])
    return tuple(counts)


def spent(counts: Sequence[int], error: float) -> tuple[float, ...]:
    """What each look spends of `error`, in proportion to the replications that it adds; adds up to `error`."""
    before = (0, *counts[:-1])
    return tuple(error * (now - then) / counts[-1] for now, then in zip(counts, before, strict=True))


def levels(counts: Sequence[int], lines: int, error: float = LINES, least: float = 0.0) -> tuple[float, ...]:
    """Confidence level of a line's interval at each look, when the run has `lines` lines; never below `least`."""
    return tuple(max(least, 1.0 - part) for part in spent(counts, error / max(1, lines)))


def verdict(low: float, high: float, least: float, most: float) -> Verdict:
    """What the interval `low` … `high` of a difference says of the margin `least` … `most`; an interval that does not exist (nan) says nothing."""
    if least <= low and high <= most:
        return "equivalent"
    if high < least or most < low:
        return "different"
    return "inconclusive"


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on a run: different if any line is, else inconclusive if any is."""
    if "different" in verdicts:
        return "different"
    return "inconclusive" if "inconclusive" in verdicts else "equivalent"
