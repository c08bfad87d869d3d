"""A line of a benchmark: one figure beside what it should be, with the margin within which the two are the same.

Whether a line holds is decided elsewhere, on the interval of the difference and the margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

from simcrc.bench.evaluation import Evaluation, Margin
from simcrc.bench.quantities import Quantity, Sample
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.indicators.sums import Sums
    from simcrc.model.model import Model

Tier = Literal["quick", "long"]
Kind = Literal["published", "theory", "little", "conservation"]
Bound = Literal["within", "at_least", "at_most"]
"""What is asked of a difference: to lie within the margin, or only not to fall below it, or not to rise above."""


@dataclass(frozen=True, eq=False)
class Line:
    """One figure that is known.

    `name`: unique in its benchmark (``phone.asa``, ``phone.asa [period=Mon 10:00]``).  `kind`: where the expected figure comes from; `formula`: the
    name of the figure of theory, if it is one.  `unit`: one of ``simcrc.indicators`` (times in s, h or days as the indicator has them).  `source`,
    `note`: what the scenario says of it.  `margins` by tier.  `bound`: on which sides they count.  `base`: the model of the base where each replication
    has two arms.
    """

    name: str
    kind: Kind
    unit: str
    model: Model
    measured: Quantity
    expected: Quantity
    margins: dict[Tier, Margin]
    formula: str | None = None
    source: Words | None = None
    note: Words | None = None
    bound: Bound = "within"
    base: Model | None = None

    def evaluate(self, sums: Sequence[Sums] | Sample, level: float) -> Evaluation:
        """Compare on the sums of at least 2 replications, with intervals of probability `level`; a ``Sample`` made once spares time with many lines.

        Raises BenchError, which names the line, when a figure does not exist.
        """
        sample = sums if isinstance(sums, Sample) else Sample(self.model, sums, self.base)
        measured, expected = sample.of(self.measured, self.name), sample.of(self.expected, self.name)
        difference = measured - expected
        half, wide = measured.half_width(level), difference.half_width(level)
        return Evaluation(
            measured=measured.whole,
            low=measured.whole - half,
            high=measured.whole + half,
            expected=expected.whole,
            difference_low=difference.whole - wide,
            difference_high=difference.whole + wide,
            replications=len(sample),
        )

    def margin(self, tier: Tier, expected: float) -> tuple[float, float]:
        """The bounds (−m, m) within which the difference from `expected` (``Evaluation.expected``) does not matter; infinite on the side that is free."""
        m = self.margins[tier].around(expected)
        return -inf if self.bound == "at_most" else -m, inf if self.bound == "at_least" else m
