"""The figures that a test names: ``phone.asa``, ``team:agents.occupancy``, ``phone.offered [service=calls, period=Mon 10:00]``; one value a replication.

Named as in ``Results.estimate``, the part in brackets as the benchmarks write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from simcrc.bench.exact import Figure
from simcrc.errors import SimcrcError
from simcrc.experiment.naming import unknown
from simcrc.indicators import indicators
from simcrc.indicators.cells import Where, breakdown, index
from simcrc.indicators.totals import Totals
from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes
    from simcrc.indicators.sums import Sums
    from simcrc.model.model import Model

PARTS = ("service", "segment", "reason", "period")
_WRITTEN = re.compile(r"\s*([^\s\[\]]+)\s*(?:\[(.*)\])?\s*")
_NAME = Words(
    fr="« {name} » : un nom de figure est attendu, comme « phone.asa » ou « phone.offered [service=calls, period=Mon 10:00] »",
    en='"{name}": the name of a figure is expected, such as "phone.asa" or "phone.offered [service=calls, period=Mon 10:00]"',
)


class NameOfFigureError(SimcrcError, ValueError):
    """What a test wrote is not the name of a figure."""

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return _NAME.say(lang, name=self.args[0])

    def __str__(self) -> str:
        return self.say(language())


def named(model: Model, sums: Sequence[Sums], names: Iterable[str]) -> dict[str, Figure]:
    """The figures `names` on the replications whose `sums` are given, by name; None where a replication does not have it.

    Raises NameOfFigureError and UnknownFigureError.
    """
    totals = Totals(model, sums)
    return {name: _figure(totals, name) for name in sorted(set(names))}


def _figure(totals: Totals, name: str) -> Figure:
    figure, where = _parsed(name)
    indicator = indicators().get(figure.rpartition(".")[2])
    by = None if indicator is None else breakdown(indicator, where)
    at = None if by is None else index(totals.axes, by, where)
    values = None if indicator is None or by is None or at is None else indicator.formula.values(totals, by)
    if indicator is None or at is None or values is None:
        raise unknown(figure, _known(totals.axes), name)
    cells = values[(slice(None), *at)]  # type: ignore[arg-type]
    return Figure(indicator.unit, tuple(None if value != value else float(value) for value in cells))


def _parsed(name: str) -> tuple[str, Where]:
    """The name without its brackets, and the part that is meant."""
    match = _WRITTEN.fullmatch(name)
    if not match:
        raise NameOfFigureError(name)
    parts: dict[str, str] = {}
    for part in (match[2] or "").split(",") if match[2] else ():
        key, _, value = (piece.strip() for piece in part.partition("="))
        if key not in PARTS or key in parts or not value:
            raise NameOfFigureError(name)
        parts[key] = value
    return match[1], Where(match[1].rpartition(".")[0] or None, **parts)


def _known(axes: Axes) -> dict[str, set[str]]:
    """The indicators of each place of the model, those of all together under ""."""
    places = ["", *(label for axis in ("channel", "station", "team") for label in axes.labels[axis])]
    return {place: {name for name, one in indicators().items() if breakdown(one, Where(place or None)) is not None} for place in places}
