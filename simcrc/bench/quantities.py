"""What a line of a benchmark compares: figures measured on a run, figures of ``simcrc.theory``, and numbers.

A ``Quantity`` gives on a ``Sample`` (the sums of some replications) its value and its leave-one-out values (``jackknife``).  Theory whose arguments are
measured on the same run is evaluated anew for each replication left out, so that the interval of a difference counts what both sides share.  So is the
change between a base and a policy: both arms of a replication are left out together, and what they share cancels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.bench.errors import NO_BASE, NO_BREAKDOWN, NO_FIGURE, NO_VARIETY, ONE_ARM, THEORY, BenchError
from simcrc.bench.jackknife import Jackknifed, Reals, constant, mean, ratio
from simcrc.experiment.pair import part_of
from simcrc.indicators.formulas import Formula, OverTime, Ratio
from simcrc.indicators.totals import Totals
from simcrc.scenario.check_expect import evaluated

if TYPE_CHECKING:
    from simcrc.indicators.sums import Sums
    from simcrc.model.model import Model


BASE, POLICY = "base", "policy"
"""The arms of a replication, and the prefixes of their sums in one file."""


class Sample:
    """The sums of the replications on which lines are evaluated, and what was already computed of them; for many lines make one and share it.

    `base`: the model of the base where each replication has two arms, joined in one ``Sums`` as ``base`` and ``policy`` (``simcrc.experiment.pair.joined``);
    the sample is then that of the policy, and ``Sample.base`` that of the base.
    """

    def __init__(self, model: Model, sums: Sequence[Sums], base: Model | None = None) -> None:
        self.base = None if base is None else Sample(base, [part_of(each, BASE) for each in sums])
        self.totals = Totals(model, sums if base is None else [part_of(each, POLICY) for each in sums])
        self.known: dict[Quantity, Jackknifed] = {}

    def __len__(self) -> int:
        return len(self.totals)

    def of(self, quantity: Quantity, line: str) -> Jackknifed:
        """`quantity` on this sample.  Raises BenchError, which names the `line`, when it has no value."""
        if len(self) < 2:
            raise BenchError(NO_VARIETY, line=line, replications=len(self))
        if quantity not in self.known:
            self.known[quantity] = quantity.on(self, line)
        return self.known[quantity]


class Quantity:
    """Something that has a value on a sample."""

    def on(self, sample: Sample, line: str) -> Jackknifed:
        """The value on `sample`; ask ``Sample.of``, which remembers.  Raises BenchError, which names the `line`."""
        raise NotImplementedError

    def each(self, sample: Sample, line: str) -> Reals | None:
        """The figure of each replication by itself, nan where it has none; None for what is not measured."""
        return None


@dataclass(frozen=True, eq=False)
class Number(Quantity):
    """A number that stands in the scenario."""

    value: float

    def on(self, sample: Sample, line: str) -> Jackknifed:
        return constant(self.value, len(sample))


@dataclass(frozen=True, eq=False)
class Measured(Quantity):
    """The cell `index` of `formula` in the breakdown `by`, times `factor`; where an index is several, these cells together.

    A ratio takes the sums of all replications first; any other formula is the mean of one figure a replication, and every replication must have it.
    """

    formula: Formula
    by: tuple[str, ...] = ()
    index: tuple[int | tuple[int, ...], ...] = ()
    factor: float = 1.0

    def on(self, sample: Sample, line: str) -> Jackknifed:
        if isinstance(self.formula, Ratio):
            over = self._cell(self.formula.over.cells(sample.totals, self.by), line)
            under = self._cell(self.formula.under.cells(sample.totals, self.by), line)
            alone = int((under.sum() - under == 0).sum()) if under.sum() else len(under)
            if alone:
                raise BenchError(NO_FIGURE, line=line, count=int((under == 0).sum()), replications=len(sample))
            return ratio(over * self.factor, under)
        values = self._values(sample, line)
        missing = int(np.isnan(values).sum())
        if missing:
            raise BenchError(NO_FIGURE, line=line, count=missing, replications=len(sample))
        return mean(values * self.factor)

    def each(self, sample: Sample, line: str) -> Reals:
        """The figure of each replication by itself, nan where it has none."""
        if not isinstance(self.formula, Ratio):
            return self._values(sample, line) * self.factor
        over, under = (self._cell(part.cells(sample.totals, self.by), line) for part in (self.formula.over, self.formula.under))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.where(under != 0, over / under, np.nan) * self.factor, dtype=np.float64)

    def _values(self, sample: Sample, line: str) -> Reals:
        """One figure a replication."""
        if self._several and isinstance(self.formula, OverTime):
            over, under = (self._cell(each.cells(sample.totals, self.by), line) for each in (self.formula.over, self.formula.under))
            return np.asarray(over / under, dtype=np.float64)
        return self._cell(self.formula.values(sample.totals, self.by), line)

    def _cell(self, values: Reals | None, line: str) -> Reals:
        """The cell of each replication; of several, the sum of those that exist."""
        if values is None:
            raise BenchError(NO_BREAKDOWN, line=line)
        cell: Reals = values[(slice(None), *self.index)]
        return np.asarray(np.nansum(cell, axis=1), dtype=np.float64) if self._several else cell

    @property
    def _several(self) -> bool:
        return any(isinstance(each, tuple) for each in self.index)


@dataclass(frozen=True, eq=False)
class Exact(Quantity):
    """A figure ``model.figure`` of ``simcrc.theory`` times `factor`; `arguments` are values, or quantities measured on the same sample."""

    name: str
    arguments: Mapping[str, Any]
    factor: float = 1.0

    def on(self, sample: Sample, line: str) -> Jackknifed:
        inner = {name: sample.of(value, line) for name, value in self.arguments.items() if isinstance(value, Quantity)}
        whole = self._value({name: value.whole for name, value in inner.items()}, line)
        if not inner:
            return constant(whole, len(sample))
        left_out = [self._value({name: float(value.left_out[i]) for name, value in inner.items()}, line) for i in range(len(sample))]
        return Jackknifed(whole, np.array(left_out, dtype=np.float64))

    def _value(self, measured: Mapping[str, float], line: str) -> float:
        from simcrc.theory import TheoryError

        try:
            return evaluated(self.name, {**self.arguments, **measured}) * self.factor
        except TheoryError as error:
            raise BenchError(THEORY, line=line, message=error) from error


@dataclass(frozen=True, eq=False)
class Sum(Quantity):
    """The sum of several quantities."""

    parts: tuple[Quantity, ...]

    def on(self, sample: Sample, line: str) -> Jackknifed:
        found = [sample.of(part, line) for part in self.parts]
        return Jackknifed(sum(part.whole for part in found), np.sum([part.left_out for part in found], axis=0))


@dataclass(frozen=True, eq=False)
class InBase(Quantity):
    """A quantity in the base, where each replication has two arms."""

    of: Quantity

    def on(self, sample: Sample, line: str) -> Jackknifed:
        return _base(sample, line).of(self.of, line)

    def each(self, sample: Sample, line: str) -> Reals | None:
        return self.of.each(_base(sample, line), line)


@dataclass(frozen=True, eq=False)
class Change(Quantity):
    """`policy` − `base` (an ``InBase``), or where it is `relative` (`policy` − `base`) ÷ |`base`|."""

    policy: Quantity
    base: Quantity
    relative: bool

    def on(self, sample: Sample, line: str) -> Jackknifed:
        after, before = sample.of(self.policy, line), sample.of(self.base, line)
        difference = after - before
        if not self.relative:
            return difference
        if before.whole == 0 or not before.left_out.all():
            raise BenchError(NO_BASE, line=line)
        return Jackknifed(difference.whole / abs(before.whole), difference.left_out / np.abs(before.left_out))

    def each(self, sample: Sample, line: str) -> Reals | None:
        after, before = self.policy.each(sample, line), self.base.each(sample, line)
        if after is None or before is None:
            return None
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(before != 0, (after - before) / np.abs(before), np.nan) if self.relative else after - before


def _base(sample: Sample, line: str) -> Sample:
    if sample.base is None:
        raise BenchError(ONE_ARM, line=line)
    return sample.base
