"""Lines that hold of any run, whatever its scenario expects: Little's law at every station, conservation of needs, contacts and agents' time.

Little's law: the mean number waiting, followed in time, is the rate of arrivals times their mean wait, taken one by one.  Waits that cross a bound of the
measured period are cut there, so that the two are equal on every run and not only in the long run (``simcrc.indicators.dwelling``).  Conservation holds to
the last unit too, each side being counted from another table; that every need and contact of the log is in the tables once is checked when a run is
observed (``simcrc.observe``).  A benchmark that compares a policy with its base has these lines for both arms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simcrc.bench.evaluation import Margin
from simcrc.bench.line import Kind, Line
from simcrc.bench.quantities import InBase, Measured, Quantity, Sum
from simcrc.indicators.axes import Axes
from simcrc.indicators.backlogs import STOCK_TIME
from simcrc.indicators.common import HOUR, NEEDS, OF_NEEDS, ends
from simcrc.indicators.dwelling import IN_BACKLOG, IN_QUEUE
from simcrc.indicators.expressions import LENGTH, Expression
from simcrc.indicators.formulas import OverTime, Total
from simcrc.indicators.journeys import CONTACTS_MADE, SOLVED
from simcrc.indicators.load import QUEUE_TIME, SERVICE_TIME
from simcrc.indicators.staff import BUSY
from simcrc.log import End
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.model.model import Model

NOTHING = Margin(relative=1e-12)
"""Rounding of sums of whole numbers beyond 2⁵³."""
QUEUE = Words(
    fr="loi de Little : longueur moyenne de la file = attentes, contact par contact ÷ durée",
    en="Little's law: mean queue length = waits, contact by contact ÷ length",
)
BACKLOG = Words(fr="loi de Little : stock moyen = attentes, envoi par envoi ÷ durée", en="Little's law: mean stock = waits, item by item ÷ length")


def automatic(model: Model) -> list[Line]:
    """Little's law for each station where citizens or items wait, then conservation."""
    axes = Axes.of(model)
    queues = [_little(axes, number, "contacts", QUEUE_TIME, IN_QUEUE, QUEUE) for number, live in enumerate(axes.live) if live]
    backlogs = [_little(axes, number, "items", STOCK_TIME, IN_BACKLOG, BACKLOG) for number, written in enumerate(axes.written) if written]
    return [*queues, *backlogs, *_conserved(model)]


def in_base(lines: Sequence[Line], model: Model, base: Model) -> list[Line]:
    """These `lines` of the base, asked of replications of two arms."""
    return [
        replace(line, name=f"{line.name} [arm=base]", model=model, base=base, measured=InBase(line.measured), expected=InBase(line.expected)) for line in lines
    ]


def _little(axes: Axes, number: int, unit: str, area: Expression, times: Expression, note: Words) -> Line:
    """The mean of a number that was followed in time beside the times of those that were counted in it."""
    measured, expected = (Measured(OverTime(each, LENGTH), ("station",), (number,)) for each in (area, times))
    return _line(axes.model, "little", f"little {axes.labels['station'][number]}", unit, measured, expected, note)


def _conserved(model: Model) -> list[Line]:
    needs = (_total(SOLVED), _total(ends(End.GIVEN_UP)), _total(ends(End.OPEN)))
    pairs: tuple[tuple[str, str, Quantity, Quantity, Words], ...] = (
        (
            "conservation needs",
            "count",
            _total(NEEDS),
            Sum(needs),
            Words(
                fr="besoins apparus = ceux qui ont un instant de règlement + abandonnés + encore ouverts",
                en="needs started = those with an instant of resolution + given up + open",
            ),
        ),
        (
            "conservation contacts",
            "count",
            _total(OF_NEEDS),
            _total(CONTACTS_MADE),
            Words(
                fr="contacts de la table des contacts = somme des contacts de chaque besoin", en="contacts in their table = sum of the contacts of each need"
            ),
        ),
        (
            "conservation agents",
            "h",
            _total(BUSY * HOUR),
            _total(SERVICE_TIME * HOUR),
            Words(fr="temps occupé des équipes = temps de service des stations", en="time that teams are busy = time of service at stations"),
        ),
    )
    return [_line(model, "conservation", name, unit, measured, expected, note) for name, unit, measured, expected, note in pairs]


def _total(of: Expression) -> Quantity:
    return Measured(Total(of))


def _line(model: Model, kind: Kind, name: str, unit: str, measured: Quantity, expected: Quantity, note: Words) -> Line:
    return Line(name, kind, unit, model, measured, expected, {"quick": NOTHING, "long": NOTHING}, note=note)
