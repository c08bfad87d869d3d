"""How a measure comes into force: at once, evenly, along an S, or as an innovation spreads (Bass, Management Science 15, 1969).

A ramp gives the dose of a measure, from 0 to 1, some days after its start.  It moves in steps, so that a year has few eras: of a week while it lasts at most a
quarter of a year, of four weeks beyond; within a step the dose is that of its middle.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import exp
from typing import Annotated, Any

from pydantic import Field

from simcrc.scenario.base import Spec
from simcrc.scenario.faults import fault
from simcrc.scenario.units import Span

YEAR = 365.25
QUARTER = 91
FINE, COARSE = 7, 28  # days of a step


Rate = Annotated[float, Field(ge=1e-4, le=100.0)]
"""Per year.  Innovations spread with p near 0.03 and q near 0.38; far below, nobody takes them up and nothing is left to divide by."""


class Bass(Spec):
    """Diffusion of an innovation: `innovation` (p) and `imitation` (q) per year, `lasts` until all who ever will have taken it up."""

    innovation: Rate = 0.03
    imitation: Rate = 0.38
    lasts: Span


class Ramp(Spec):
    """One of `linear`, `s_curve` (both: how long it takes) and `bass`; none: at once."""

    linear: Span | None = None
    s_curve: Span | None = None
    bass: Bass | None = None

    def length(self, at: date) -> int:
        """Days until the dose is 1."""
        span = self.linear or self.s_curve or (self.bass.lasts if self.bass else None)
        return 0 if span is None else (span.after(at) - at).days

    def steps(self, at: date) -> list[date]:
        """The days on which the dose changes, the first `at`, the last the one from which it is 1."""
        length = self.length(at)
        step = FINE if length <= QUARTER else COARSE
        return [at + timedelta(days) for days in (*range(0, length, step), length)]

    def dose(self, at: date, day: date) -> float:
        """The dose on `day` of what starts `at`."""
        passed, length = (day - at).days, self.length(at)
        if passed < 0:
            return 0.0
        if passed >= length:
            return 1.0
        step = FINE if length <= QUARTER else COARSE
        middle = min((passed // step + 0.5) * step, (passed // step * step + length) / 2)
        return self._curve(middle / length, length)

    def _curve(self, part: float, length: int) -> float:
        if self.linear is not None:
            return part
        if self.s_curve is not None:
            return part * part * (3 - 2 * part)
        assert self.bass is not None
        return self._bass(part * length / YEAR) / self._bass(length / YEAR)

    def _bass(self, years: float) -> float:
        assert self.bass is not None
        p, q = self.bass.innovation, self.bass.imitation
        decay = exp(-(p + q) * years)
        return (1 - decay) / (1 + q / p * decay)


def one_ramp(value: Any) -> Any:
    """``step`` stands for no ramp; any other word or number is a fault."""
    if isinstance(value, str | int | float) and value != "step":
        guess = f"{{linear: {value}}}" if isinstance(value, str) and value[:1].isdigit() else None
        raise fault("ramp", value, **({"suggestion": guess} if guess else {}))
    return {} if value == "step" else value
