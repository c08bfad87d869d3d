"""How values are written: numbers, shares, durations and distributions, in every notation of the language.

A ``Pen`` draws them one by one; ``organisation``, ``behaviour`` and ``scenarios`` write whole sections with it.  What it draws
first is the simplest, so that examples shrink towards plain ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Document = dict[str, Any]

SHORT = ("s", 1, 90), ("sec", 5, 60), ("ms", 1, 9_999), ("min", 1, 3)
MIDDLE = ("min", 1, 20), ("minutes", 2, 15), ("s", 30, 900), ("h", 1, 2)
LONG = ("h", 1, 30), ("heures", 2, 12), ("min", 30, 600), ("day", 1, 2), ("jours", 1, 3)
"""Units, and how many of them, by order of magnitude."""
Magnitude = Sequence[tuple[str, int, int]]
NOTATIONS: tuple[Callable[[int], Any], ...] = (
    lambda percent: percent / 100,
    lambda percent: f"{percent} %",
    lambda percent: f"{percent},0 %",
    lambda percent: f"{percent / 100}",
)
CVS = (1.0, 0.5, 0.1, 2.0, 1.3)
SOURCE = {"source": "Annexe I, p. 12", "status": "assumed"}


class Pen:
    """Writes values with `draw` of a composite strategy; `provenance`: some of them say where they come from."""

    def __init__(self, draw: Any, provenance: bool = False) -> None:
        self._draw = draw
        self._provenance = provenance

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        return int(self._draw(st.integers(low, high)))

    def one(self, options: Sequence[T]) -> T:
        """One of `options`, the first being the simplest."""
        return options[self.number(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        """True for so many in a hundred; False is the simplest."""
        return self.number(0, 99) >= 100 - percent

    def some(self, options: Sequence[T], least: int = 0) -> list[T]:
        """Some of `options`, in their order; at least `least`."""
        kept = [option for option in options if self.chance(50)]
        return kept if len(kept) >= least else list(options[:least])

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """`options` in any order."""
        return list(self._draw(st.permutations(list(options))))

    def said(self, value: Any) -> Any:
        """`value`, or a mapping that says where it comes from."""
        return {"value": value, **SOURCE} if self._provenance and self.chance(10) else value

    def share(self, low: int = 0, high: int = 100) -> Any:
        """A share between `low` and `high` in a hundred."""
        return self.said(self.one(NOTATIONS)(self.number(low, high)))

    def parts(self, n: int) -> list[int]:
        """`n` whole numbers that add up to 100."""
        cuts = sorted(self.number(0, 20) * 5 for _ in range(n - 1))
        return [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]

    def shares(self, names: Sequence[str]) -> Document:
        """Shares of `names` that add up to 100 %."""
        notation = self.one(NOTATIONS)
        return {name: notation(part) for name, part in zip(names, self.parts(len(names)), strict=True)}

    def duration(self, magnitude: Magnitude = MIDDLE) -> Any:
        """A duration with its unit, seldom zero."""
        if self.chance(4):
            return 0
        unit, low, high = self.one(magnitude)
        n = self.number(low, high)
        return f"{n}.5 {unit}" if self.chance(10) else f"{n} h {n} min" if unit == "h" and n < 10 and self.chance(20) else f"{n} {unit}"

    def law(self, magnitude: Magnitude = MIDDLE) -> Any:
        """A distribution of a duration, of any family."""
        return self.said(self.duration(magnitude)) if self.chance(40) else self._family(self.number(0, 13), magnitude)

    def _family(self, which: int, magnitude: Magnitude) -> Document:
        first = self.duration(magnitude)
        if which in (0, 1):
            return {"exponential": first if which else {"mean": first}}
        if which == 2:
            return {"deterministic": first if self.chance(50) else {"value": first}}
        if which == 3:
            return {"erlang": {"mean": first, "phases": self.number(1, 9)}}
        if which in (4, 5, 6):
            return {("lognormal", "gamma", "weibull")[which - 4]: {"mean": self.said(first), "cv": self.one(CVS)}}
        if which == 7:
            return {"hyperexponential": {"mean": first, "cv": self.one((1.0, 1.5, 3))}}
        if which == 8:
            phases = zip(self.shares("ab").values(), (first, self.duration(magnitude)), strict=True)
            return {"hyperexponential": {"phases": [{"share": share, "mean": mean} for share, mean in phases]}}
        if which == 9:
            return {"weibull": {"scale": first, "shape": self.one((1, 0.5, 2, 3.5))}}
        if which == 10:
            return {"gamma": {"mean": first, "shape": self.one((1, 0.4, 6))}}
        if which == 11:
            return {"lognormal": {"median": first, "sigma": self.one((0.5, 0, 1.1))}}
        if which == 12:
            unit, low, high = self.one(magnitude)
            bounds = sorted(self.number(low, high) for _ in range(3))
            names = ("low", "mode", "high") if self.chance(50) else ("low", "", "high")
            written = {name: f"{n} {unit}" for name, n in zip(names, bounds, strict=True) if name}
            return {"triangular" if "mode" in written else "uniform": written}
        return {"empirical": self._curve(magnitude)}

    def _curve(self, magnitude: Magnitude) -> Document:
        """Points that rise, perhaps with atoms; what the last leaves is "never", or a tail."""
        unit, low, high = self.one(magnitude)
        times = sorted(self.number(0 if self.chance(20) else low, high) for _ in range(self.number(1, 4)))
        shares = sorted(self.number(0, 100) for _ in times)
        curve: Document = {"points": [[f"{time} {unit}", f"{share} %"] for time, share in zip(times, shares, strict=True)]}
        return curve | ({"tail": {"exponential": self.duration(magnitude)}} if self.chance(30) else {})

    def by(self, names: Sequence[str], write: Callable[[], Any]) -> Any:
        """One value for all of `names`, or a mapping with one for some and a default for the others."""
        if not self.chance(30):
            return write()
        return {name: write() for name in self.some(names)} | {"default": write()}
