"""The lines of a benchmark: those that its scenario expects (``expected``), and those that must hold of any run (``automatic``)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simcrc.bench.automatic import automatic, in_base
from simcrc.bench.evaluation import Evaluation, Margin
from simcrc.bench.expected import expected
from simcrc.bench.line import Kind, Line, Tier
from simcrc.bench.quantities import Sample

if TYPE_CHECKING:
    from simcrc.model.model import Model
    from simcrc.scenario import Loaded

__all__ = ["Evaluation", "Kind", "Line", "Margin", "Sample", "Tier", "lines"]


def lines(loaded: Loaded, model: Model, base: Model | None = None) -> list[Line]:
    """The lines of a benchmark: first those of its ``expect:``, in order, then Little's law on every station and conservation.

    `model` is compiled from the scenario of `loaded`; `base` from that of its base, for a benchmark that compares the two: the laws are then asked of both.
    Raises BenchError for an indicator that this model does not have.
    """
    laws = automatic(model)
    if base is not None:
        laws = [replace(line, base=base) for line in laws] + in_base(automatic(base), model, base)
    return [*expected(loaded, model, base), *laws]
