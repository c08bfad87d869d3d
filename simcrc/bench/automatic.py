"""Lines that hold of any run, whatever its scenario expects: Little's law at every station, conservation of needs, contacts and agents' time.

Little's law: the mean queue length, followed in time, is the rate of arrivals times their mean wait, taken contact by contact; on a run the two differ
only by waits that cross a bound of the measured period.  In a backlog, where items wait for weeks, what lies outside the period is cut off item by item,
and the two are equal.  Conservation holds to the last unit, each side being counted from another table; that every need
and contact of the log is in the tables once is checked when a run is observed (``simcrc.observe``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.bench.evaluation import Margin
from simcrc.bench.line import Kind, Line
from simcrc.bench.quantities import Measured, Quantity, Sum
from simcrc.indicators.axes import Axes
from simcrc.indicators.backlogs import DWELT, STOCK_TIME
from simcrc.indicators.common import HOUR, NEEDS, OF_NEEDS, ends
from simcrc.indicators.expressions import LENGTH, Expression
from simcrc.indicators.formulas import OverTime, Total
from simcrc.indicators.journeys import CONTACTS_MADE, SOLVED
from simcrc.indicators.load import QUEUE_TIME, SERVICE_TIME
from simcrc.indicators.queues import WAITS
from simcrc.indicators.staff import BUSY
from simcrc.log import End
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.model.model import Model

EDGES = Margin(absolute=0.001, relative=0.01)
"""Waits that cross a bound of the measured period."""
NOTHING = Margin(relative=1e-12)
"""Rounding of sums of whole numbers beyond 2⁵³."""


def automatic(model: Model) -> list[Line]:
    """Little's law for each station where citizens or items wait, then conservation."""
    axes = Axes.of(model)
    queues = [_queue(axes, number) for number, live in enumerate(axes.live) if live]
    backlogs = [_backlog(axes, number) for number, written in enumerate(axes.written) if written]
    return [*queues, *backlogs, *_conserved(model)]


def _queue(axes: Axes, number: int) -> Line:
    note = Words(fr="loi de Little : longueur moyenne de la file = arrivées × attente moyenne", en="Little's law: mean queue length = arrivals × mean wait")
    return _little(axes, number, "contacts", QUEUE_TIME, WAITS, EDGES, note)


def _backlog(axes: Axes, number: int) -> Line:
    note = Words(
        fr="loi de Little : stock moyen = temps passé en attente, envoi par envoi ÷ durée",
        en="Little's law: mean stock = time spent in the backlog, item by item ÷ length",
    )
    return _little(axes, number, "items", STOCK_TIME, DWELT, NOTHING, note)


def _little(axes: Axes, number: int, unit: str, area: Expression, times: Expression, margin: Margin, note: Words) -> Line:
    """The mean of a number that was followed in time beside the times of those that were counted in it."""
    measured, expected = (Measured(OverTime(each, LENGTH), ("station",), (number,)) for each in (area, times))
    return _line(axes.model, "little", f"little {axes.labels['station'][number]}", unit, measured, expected, margin, note)


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
    return [_line(model, "conservation", name, unit, measured, expected, NOTHING, note) for name, unit, measured, expected, note in pairs]


def _total(of: Expression) -> Quantity:
    return Measured(Total(of))


def _line(model: Model, kind: Kind, name: str, unit: str, measured: Quantity, expected: Quantity, margin: Margin, note: Words) -> Line:
    return Line(name, kind, unit, model, measured, expected, {"quick": margin, "long": margin}, note=note)
