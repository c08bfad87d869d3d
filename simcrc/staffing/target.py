"""Targets of a staffing: ``phone.service_level >= 80 %``, ``counter.asa <= 10 min``, ``team:agents.occupancy <= 85 %``.

Written as the ``targets:`` of a scenario are, in the units of the indicator, and pointed at as in ``Results.estimate``.  A target is one that more staff
brings nearer: the share that abandons at most, not at least.  ``judge`` measures them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.experiment.headlines import SIGNS, UNIT_OF_TIME
from simcrc.experiment.naming import UnknownFigureError, unknown
from simcrc.staffing.errors import TargetError, Trouble
from simcrc.words import Words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from simcrc.indicators.axes import Axes
    from simcrc.scenario import Scenario

TEAM = "team:"
RISES = ("service_level", "served_over_", "served_or_", "within_standard")
"""How the names of indicators begin that more staff raises …"""
FALLS = ("asa", "wait_", "abandonment", "blocking", "queued_ratio", "queue_length", "occupancy", "turnaround", "stock", "oldest_item", "items_over")
"""… and of those that it lowers.  Of others the sign of the target is taken at its word."""
PAID = ("paid_hours", "fte", "duty_hours", "agents_on_duty", "staff_cost")
"""What only counts the staff itself."""

FORM = Words(
    fr="« {text} » : un indicateur, >= ou <=, et une valeur sont attendus, par exemple « phone.service_level>=80% » ou « counter.asa<=10min »",
    en='"{text}": an indicator, >= or <=, and a value are expected, such as "phone.service_level>=80%" or "counter.asa<=10min"',
)
UNIT = Words(
    fr="« {text} » : {indicator} se donne en {unit}, par exemple « {example} »", en='"{text}": {indicator} is given as {unit}, for example "{example}"'
)
AGAINST = Words(
    fr="« {text} » : moins de personnel y mène, sans limite ; écrivez {name} {sign} …", en='"{text}": less staff reaches it, without end; write {name} {sign} …'
)
COUNTS = Words(fr="« {text} » : {indicator} compte le personnel lui-même", en='"{text}": {indicator} counts the staff itself')
TWICE = Words(fr="« {text} » : {name} a déjà une cible", en='"{text}": {name} has a target already')
NONE = Words(
    fr="aucune cible : donnez --target, par exemple --target « phone.service_level>=80% » (le scénario n'en a pas)",
    en='no target: give --target, such as --target "phone.service_level>=80%" (the scenario has none)',
)
KINDS = {
    "share": Words(fr="part, en % ou de 0 à 1", en="a share, in % or from 0 to 1"),
    "time": Words(fr="durée avec son unité", en="a duration with its unit"),
    "number": Words(fr="nombre", en="a number"),
}
EXAMPLES = {"share": "80%", "time": "10min", "number": "5"}


@dataclass(frozen=True)
class Aim:
    """A target: the `indicator` at `place` ("" for the whole organisation) is to be `op` `value`, in the indicator's `unit`.  `text`: as written."""

    text: str
    place: str
    indicator: str
    op: str
    value: float
    unit: str

    @property
    def name(self) -> str:
        """``phone.asa``."""
        return f"{self.place}.{self.indicator}" if self.place else self.indicator

    @property
    def upward(self) -> bool:
        """Whether the figure is to be large."""
        return self.op in (">=", ">")

    @property
    def sign(self) -> str:
        """≥, ≤, > or <."""
        return SIGNS[self.op]

    def met(self, figures: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Whether `figures` (any shape) reach the target; nan does not."""
        import numpy as np

        slack = 1e-12 * max(1.0, abs(self.value))  # a sum of shares may fall short of a round number by rounding
        with np.errstate(invalid="ignore"):
            if self.op == ">":
                return np.asarray(figures > self.value)
            if self.op == "<":
                return np.asarray(figures < self.value)
            return np.asarray(figures >= self.value - slack if self.upward else figures <= self.value + slack)


def aims(texts: Sequence[str], scenario: Scenario, axes: Axes) -> tuple[Aim, ...]:
    """The targets written as `texts`, else those of the `scenario`.  Raises TargetError with all that is wrong, also when there is none."""
    written = list(texts) or _of_scenario(scenario)
    if not written:
        raise TargetError([(NONE, {})])
    found: dict[str, Aim] = {}
    troubles: list[Trouble] = []
    for text in written:
        try:
            aim = _aim(text, axes)
        except UnknownFigureError as error:
            troubles.append(error)
        except TargetError as error:
            troubles += error.troubles
        else:
            if aim.name in found:
                troubles.append((TWICE, {"text": text, "name": aim.name}))
            found.setdefault(aim.name, aim)
    if troubles:
        raise TargetError(troubles)
    return tuple(found.values())


def _known(axes: Axes) -> dict[str, set[str]]:
    """The indicators of each channel, site and team, and those of the whole organisation under ""."""
    from simcrc.indicators import indicators
    from simcrc.indicators.cells import Where, breakdown, index

    places = ("", *axes.labels["channel"], *(name for name in axes.labels["station"] if "." in name), *axes.labels["team"])
    known: dict[str, set[str]] = {place: set() for place in places}
    for place in places:
        where = Where(channel=place or None)
        for name, indicator in indicators().items():
            by = breakdown(indicator, where)
            if by is not None and index(axes, by, where) is not None:
                known[place].add(name)
    return known


def _of_scenario(scenario: Scenario) -> list[str]:
    """The targets of a scenario that more staff brings nearer."""
    from simcrc.experiment.headlines import targets_of

    out = []
    for target in targets_of(scenario):
        indicator, op = target["indicator"], target["op"]
        if _direction(indicator) == (op in (">=", ">")):
            place = f"{target['channel']}." if target["channel"] else ""
            value = f"{target['value'] / 1e6!r} s" if target["unit"] == "time" else repr(target["value"])
            out.append(f"{place}{indicator} {op} {value}")
    return out


def _direction(indicator: str) -> bool | None:
    """Whether more staff raises it; None when nobody knows."""
    return True if indicator.startswith(RISES) else False if indicator.startswith(FALLS) else None


def _aim(text: str, axes: Axes) -> Aim:
    """One target.  Raises TargetError, UnknownFigureError."""
    from simcrc.indicators import indicators
    from simcrc.scenario.texts import Target

    stripped = text.strip()
    team = stripped.startswith(TEAM)
    try:
        target = Target.parse(stripped.removeprefix(TEAM))
    except ValueError:
        raise TargetError([(FORM, {"text": text})]) from None
    place = (TEAM if team else "") + (target.channel or "")
    name = f"{place}.{target.indicator}" if place else target.indicator
    known = _known(axes)
    if target.indicator not in known.get(place, ()):
        raise unknown(name, known)
    unit = indicators()[target.indicator].unit
    kind = "share" if unit == "share" else "time" if unit in UNIT_OF_TIME else "number"
    value = target.value / UNIT_OF_TIME[unit] if target.unit == "time" and kind == "time" else target.value
    plain = kind == "share" and target.unit == "number" and 0.0 <= value <= 1.0
    if target.unit != kind and not plain:
        example = f"{name}{target.op}{EXAMPLES[kind]}"
        raise TargetError([(UNIT, {"text": text, "indicator": target.indicator, "unit": KINDS[kind], "example": example})])
    if target.indicator in PAID:
        raise TargetError([(COUNTS, {"text": text, "indicator": target.indicator})])
    direction = _direction(target.indicator)
    if direction is not None and direction != (target.op in (">=", ">")):
        raise TargetError([(AGAINST, {"text": text, "name": name, "sign": ">=" if direction else "<="})])
    return Aim(text, place, target.indicator, target.op, value, unit)
