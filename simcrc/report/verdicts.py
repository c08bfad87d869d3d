"""What became of a target, an objective or a figure that was to be reached, in the same words in every command: met, not met, not yet clear.

Whether two figures are the same is another question, which ``simcrc.bench`` answers in words of its own.
"""

from __future__ import annotations

from simcrc.words import Words

COLUMN = Words(fr="Verdict", en="Verdict")
MET = Words(fr="atteint", en="met")
MISSED = Words(fr="non atteint", en="not met")
UNSURE = Words(fr="pas encore clair", en="not yet clear")

VERDICTS = {"met": MET, "missed": MISSED, "unsure": UNSURE}
"""Of targets and objectives (``simcrc.experiment.headlines``, ``objectives``)."""

FITTED = {"equivalent": MET, "different": MISSED, "inconclusive": UNSURE}
"""Of figures that were fitted: their interval lies within the margin, outside, or neither."""
