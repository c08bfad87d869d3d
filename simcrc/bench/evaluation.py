"""What comes of comparing a figure with what it should be: the two, their difference with its interval, and the margin that is allowed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Margin:
    """The widest of an absolute margin, in the unit of the line, and of one relative to the expected figure."""

    absolute: float = 0.0
    relative: float = 0.0

    def around(self, expected: float) -> float:
        """How far from `expected` a figure may lie."""
        return max(self.absolute, self.relative * abs(expected))


@dataclass(frozen=True)
class Evaluation:
    """A line on `replications` replications, in the unit of the line.

    `measured` with its interval `low` … `high`; `expected`; `difference_low` … `difference_high`: the interval of measured − expected, which
    counts what is random in `expected` too (theory of measured figures, Little's law).  All intervals are those of the level that was asked.
    """

    measured: float
    low: float
    high: float
    expected: float
    difference_low: float
    difference_high: float
    replications: int

    @property
    def difference(self) -> float:
        """Measured − expected."""
        return self.measured - self.expected

    @property
    def half_width(self) -> float:
        """Half the interval of the difference."""
        return (self.difference_high - self.difference_low) / 2
