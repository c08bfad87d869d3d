"""The lines of the ``expect:`` of a scenario: names become cells of a formula, everything is brought to the unit of the indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from simcrc.bench.errors import NO_BREAKDOWN, BenchError
from simcrc.bench.evaluation import Margin
from simcrc.bench.line import Line, Tier
from simcrc.bench.quantities import Exact, Measured, Number, Quantity
from simcrc.indicators import Indicator, indicators
from simcrc.indicators.axes import Axes
from simcrc.indicators.cells import SECONDS, Where, breakdown, cells
from simcrc.scenario.amounts import Amount
from simcrc.scenario.amounts import Margin as Written
from simcrc.scenario.arguments import PER, Which
from simcrc.scenario.expect import figure_path
from simcrc.scenario.texts import as_text
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.model.model import Model
    from simcrc.scenario import Loaded
    from simcrc.scenario.expect import Figure

TIERS: tuple[Tier, ...] = ("quick", "long")


def expected(loaded: Loaded, model: Model) -> list[Line]:
    """One line a figure, in order.  Raises BenchError for a cell that the model does not have."""
    expect = loaded.scenario.expect
    if expect is None:
        return []
    axes = Axes.of(model)
    found: list[Line] = []
    for number, figure in enumerate(expect.figures):
        source, note = _said(loaded, number)
        found.append(_line(figure, axes, [line.name for line in found], source, note))
    return found


def _line(figure: Figure, axes: Axes, taken: list[str], source: Words | None, note: Words | None) -> Line:
    indicator = indicators()[figure.which.name]
    times = taken.count(figure.name) + sum(name.startswith(f"{figure.name} (") for name in taken)
    name = f"{figure.name} ({times + 1})" if times else figure.name
    target, formula = _target(figure, indicator, axes, name)
    unit = indicator.unit.replace("money", axes.model.scenario.currency)
    return Line(
        name=name,
        kind="published" if formula is None else "theory",
        unit=f"{unit}/{figure.per}" if figure.per else unit,
        model=axes.model,
        measured=_measured(figure.which, axes, name),
        expected=target,
        margins={tier: _margin(figure.allowed(tier), indicator) for tier in TIERS},
        formula=formula,
        source=source,
        note=note,
    )


def _target(figure: Figure, indicator: Indicator, axes: Axes, name: str) -> tuple[Quantity, str | None]:
    """What the figure should be, in the unit of the indicator, and the name of the figure of theory."""
    seconds = SECONDS.get(indicator.unit, 1.0)
    if figure.theory is None:
        amount = figure.equals or Amount(0.0, "number")  # one of the two is there: simcrc.scenario.check_expect
        return Number(amount.value / seconds), None
    ((theory, arguments),) = figure.theory.items()
    return Exact(theory, _arguments(arguments, axes, name), 1 / seconds), theory


def _arguments(arguments: Mapping[str, Any], axes: Axes, name: str) -> dict[str, Any]:
    """The arguments of theory; those measured on the run in seconds, as all times of theory."""
    found = dict(arguments)
    for key, value in arguments.items():
        if isinstance(value, Which):
            found[key] = _measured(value, axes, name, SECONDS.get(indicators()[value.name].unit, 1.0))
    return found


def _measured(which: Which, axes: Axes, name: str, factor: float = 1.0) -> Measured:
    indicator = indicators()[which.name]
    where = Where(which.place, which.service, which.segment, which.reason, which.period)
    by = breakdown(indicator, where)
    at = None if by is None else cells(axes, by, where)
    if by is None or at is None:
        raise BenchError(NO_BREAKDOWN, line=name)
    if which.per is not None:
        factor *= PER[which.per] * 1e6 / (axes.model.end - axes.model.start)
    return Measured(indicator.formula, by, at, factor)


def _margin(margins: Iterable[Written], indicator: Indicator) -> Margin:
    """The margins as one, in the unit of the indicator."""
    absolute = [margin.value / (SECONDS[indicator.unit] if margin.unit == "time" else 1.0) for margin in margins if margin.unit != "relative"]
    relative = [margin.value for margin in margins if margin.unit == "relative"]
    return Margin(max(absolute, default=0.0), max(relative, default=0.0))


def _said(loaded: Loaded, number: int) -> tuple[Words | None, Words | None]:
    """Source and note of a figure: those of its amount, else its own, else those of the block."""
    path = figure_path(loaded.document, number)
    said = [loaded.provenance[place] for place in ((*path, "equals"), path, ("expect",)) if place in loaded.provenance]
    source = next((each.source for each in said if each.source is not None), None)
    note = next((each.note for each in said if each.note is not None), None)
    return (None if source is None else as_text(source)), (None if note is None else as_text(note))
