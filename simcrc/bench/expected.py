"""The lines of the ``expect:`` of a scenario: names become cells of a formula, everything is brought to the unit of the indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcrc.bench.errors import NO_BREAKDOWN, ONE_ARM, BenchError
from simcrc.bench.evaluation import Margin
from simcrc.bench.line import Bound, Line, Tier
from simcrc.bench.quantities import Change, Exact, InBase, Measured, Number, Quantity
from simcrc.indicators import indicators
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


def expected(loaded: Loaded, model: Model, base: Model | None = None) -> list[Line]:
    """One line a figure, in order; `base`: the model of the base, where some are about it or about the change from it.

    Raises BenchError for a cell that the model does not have, and where a base is wanting.
    """
    expect = loaded.scenario.expect
    if expect is None:
        return []
    axes = Arms(Axes.of(model), None if base is None else Axes.of(base))
    found: list[Line] = []
    for number, figure in enumerate(expect.figures):
        source, note = _said(loaded, number)
        found.append(_line(figure, axes, [line.name for line in found], source, note))
    return found


@dataclass(frozen=True)
class Arms:
    """The axes of the policy, or of the only arm, and those of the base."""

    policy: Axes
    base: Axes | None


def _line(figure: Figure, axes: Arms, taken: list[str], source: Words | None, note: Words | None) -> Line:
    indicator = indicators()[figure.which.name]
    times = taken.count(figure.name) + sum(name.startswith(f"{figure.name} (") for name in taken)
    name = f"{figure.name} ({times + 1})" if times else figure.name
    relative = figure.change == "relative"
    target, formula = _target(figure, "share" if relative else indicator.unit, axes, name)
    unit = "share" if relative else indicator.unit.replace("money", axes.policy.model.scenario.currency)
    bound: Bound = "at_least" if figure.at_least is not None else "at_most" if figure.at_most is not None else "within"
    return Line(
        name=name,
        kind="published" if formula is None else "theory",
        unit=f"{unit}/{figure.per}" if figure.per and not relative else unit,
        model=axes.policy.model,
        measured=_measured(figure.which, axes, name),
        expected=target,
        margins={tier: _margin(figure.allowed(tier), "share" if relative else indicator.unit) for tier in TIERS},
        formula=formula,
        source=source,
        note=note,
        bound=bound,
        base=None if axes.base is None else axes.base.model,
    )


def _target(figure: Figure, unit: str, axes: Arms, name: str) -> tuple[Quantity, str | None]:
    """What the figure should be, in the `unit` of what is measured, and the name of the figure of theory."""
    seconds = SECONDS.get(unit, 1.0)
    if figure.theory is None:
        amount = figure.given or Amount(0.0, "number")  # one of them is there: simcrc.scenario.check_expect
        return (_measured(amount, axes, name) if isinstance(amount, Which) else Number(amount.value / seconds)), None
    ((theory, arguments),) = figure.theory.items()
    return Exact(theory, _arguments(arguments, axes, name), 1 / seconds), theory


def _arguments(arguments: Mapping[str, Any], axes: Arms, name: str) -> dict[str, Any]:
    """The arguments of theory; those measured on the run in seconds, as all times of theory."""
    found = dict(arguments)
    for key, value in arguments.items():
        if isinstance(value, Which):
            found[key] = _measured(value, axes, name, 1.0 if value.change == "relative" else SECONDS.get(indicators()[value.name].unit, 1.0))
    return found


def _measured(which: Which, axes: Arms, name: str, factor: float = 1.0) -> Quantity:
    """The figure that is meant, in the arm that is meant, or its change from the base to the policy."""
    if which.change is None and which.arm != "base":
        return _cell(which, axes.policy, name, factor)
    if axes.base is None:
        raise BenchError(ONE_ARM, line=name)
    before = InBase(_cell(which, axes.base, name, factor))
    return before if which.change is None else Change(_cell(which, axes.policy, name, factor), before, which.change == "relative")


def _cell(which: Which, axes: Axes, name: str, factor: float) -> Measured:
    indicator = indicators()[which.name]
    where = Where(which.place, which.service, which.segment, which.reason, which.period)
    by = breakdown(indicator, where)
    at = None if by is None else cells(axes, by, where)
    if by is None or at is None:
        raise BenchError(NO_BREAKDOWN, line=name)
    if which.per is not None:
        factor *= PER[which.per] * 1e6 / (axes.model.end - axes.model.start)
    return Measured(indicator.formula, by, at, factor)


def _margin(margins: Iterable[Written], unit: str) -> Margin:
    """The margins as one, in the `unit` of what is measured."""
    absolute = [margin.value / (SECONDS[unit] if margin.unit == "time" else 1.0) for margin in margins if margin.unit != "relative"]
    relative = [margin.value for margin in margins if margin.unit == "relative"]
    return Margin(max(absolute, default=0.0), max(relative, default=0.0))


def _said(loaded: Loaded, number: int) -> tuple[Words | None, Words | None]:
    """Source and note of a figure: those of its amount, else its own, else those of the block."""
    path = figure_path(loaded.document, number)
    said = [loaded.provenance[place] for place in ((*path, "equals"), path, ("expect",)) if place in loaded.provenance]
    source = next((each.source for each in said if each.source is not None), None)
    note = next((each.note for each in said if each.note is not None), None)
    return (None if source is None else as_text(source)), (None if note is None else as_text(note))
