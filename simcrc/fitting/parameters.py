"""The parameters of a calibration: where each stands, how it is written, and the scale from 0 (its lower bound) to 1 (its upper) on which it is moved.

Between its bounds a parameter is moved in itself (linear), in its logarithm, or in the logarithm of its odds, so that equal steps mean equally much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from simcrc.scenario.check_fit import place_of
from simcrc.scenario.positions import Place, Tree, at
from simcrc.scenario.provenance import Stripped
from simcrc.scenario.written import Written

if TYPE_CHECKING:
    from simcrc.scenario import Loaded
    from simcrc.scenario.fit import Parameter, Scale

DIGITS = 9
"""Behind the decimal point, of values that are tried."""
FINE = 1000
"""Values that are written back are rounded to this part of what their bounds are apart, or to `SURE` of their standard error where that is coarser."""
SURE = 0.25


@dataclass(frozen=True)
class Moved:
    """A number that is calibrated.

    `name`: its path; `place` of it and of the share that it draws from (`rest_place`) in the document without provenance; `start` and `rest`: what is written
    there; `low`, `high`: its bounds; `scale`: in what it moves.
    """

    name: str
    place: Place
    start: Written
    low: float
    high: float
    scale: Scale
    rest_name: str | None = None
    rest_place: Place | None = None
    rest: Written | None = None

    @classmethod
    def of(cls, parameter: Parameter, document: Any) -> Moved:
        """The parameter in a plain document that was checked."""
        place, start = _found(document, parameter.path)
        low, high = (bound.size for bound in parameter.within)
        scale = parameter.scale or default_scale(start, low, high)
        if parameter.draws_from is None:
            return cls(parameter.path, place, start, low, high, scale)
        rest_place, rest = _found(document, parameter.draws_from)
        return cls(parameter.path, place, start, low, high, scale, parameter.draws_from, rest_place, rest)

    def size(self, position: float) -> float:
        """The value at `position`, from 0 to 1."""
        low, high = _to(self.scale, self.low), _to(self.scale, self.high)
        return min(self.high, max(self.low, _from(self.scale, low + position * (high - low))))

    @property
    def position(self) -> float:
        """Where the value stands that is written."""
        low, high = _to(self.scale, self.low), _to(self.scale, self.high)
        return (_to(self.scale, self.start.size) - low) / (high - low)

    def slope(self, position: float) -> float:
        """How fast the value grows with the position."""
        step = 1e-5
        return (self.size(min(1.0, position + step)) - self.size(max(0.0, position - step))) / (min(1.0, position + step) - max(0.0, position - step))

    def rounded(self, position: float, error: float | None) -> Written:
        """The value at `position` with sensible digits, and within its bounds; `error`: its standard error, if it is known."""
        one = float(self.start.one)
        finest = max((self.high - self.low) / FINE, SURE * error if error is not None and math.isfinite(error) else 0.0) / one
        digits = max(0, math.ceil(-math.log10(finest)))
        found = self.start.with_size(self.size(position), digits)
        if found.size < self.low or found.size > self.high:
            unit, bound = Fraction(1, 10**digits), self.low if found.size < self.low else self.high
            whole = Fraction(repr(bound)) / self.start.one / unit
            found = self.start.with_size((math.ceil(whole) if found.size < self.low else math.floor(whole)) * unit * self.start.one)
        return found


def default_scale(start: Written, low: float, high: float) -> Scale:
    """Shares move in their odds, durations in their logarithm, other numbers in themselves; on a scale that a bound does not allow nothing moves."""
    if start.sort == "time":
        return "log" if low > 0 else "linear"
    return "logit" if start.unit and low > 0 and high < 1 else "linear"


def parameters_of(loaded: Loaded) -> list[Moved]:
    """The parameters of the ``fit:`` of a scenario, in order."""
    fit = loaded.scenario.fit
    document = Stripped(Tree(loaded.document)).tree.document
    return [Moved.of(parameter, document) for parameter in (fit.parameters if fit else ())]


def written(parameters: Sequence[Moved], values: Sequence[Written]) -> dict[str, Written]:
    """What stands at each path when the parameters have these `values`: theirs, and what is left of the shares from which they draw."""
    out: dict[str, Written] = {}
    for parameter, value in zip(parameters, values, strict=True):
        out[parameter.name] = value
        if parameter.rest_name is not None and parameter.rest is not None:
            rest = out.get(parameter.rest_name, parameter.rest)
            left = rest.number * rest.one - (value.number * value.one - parameter.start.number * parameter.start.one)
            out[parameter.rest_name] = rest.with_size(max(Fraction(0), left))
    return out


def assignments(parameters: Sequence[Moved], positions: Sequence[float]) -> list[str]:
    """The same as ``--set`` takes them, for values at `positions`."""
    values = [parameter.start.with_size(parameter.size(float(position)), DIGITS) for parameter, position in zip(parameters, positions, strict=True)]
    return as_set(written(parameters, values))


def as_set(values: dict[str, Written]) -> list[str]:
    """Assignments for ``--set``."""
    return [f"{name}={value.text()}" for name, value in values.items()]


def _found(document: Any, name: str) -> tuple[Place, Written]:
    place = place_of(document, name)
    value = None if place is None else Written.parse(at(document, place))
    if place is None or value is None:
        raise KeyError(name)  # simcrc.scenario.check_fit has seen to it that it is there
    return place, value


def _to(scale: Scale, value: float) -> float:
    if scale == "log":
        return math.log(value)
    return math.log(value / (1 - value)) if scale == "logit" else value


def _from(scale: Scale, value: float) -> float:
    if scale == "log":
        return math.exp(value)
    return 1 / (1 + math.exp(-value)) if scale == "logit" else value
