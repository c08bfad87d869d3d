"""How full things are: queue length, lines and agents busy.  Followed in time by the observer, second by second, nights and holidays included.

The largest value is taken at the end of each instant, when all simultaneous events have happened.
"""

from __future__ import annotations

from simcrc.indicators.common import LIVE
from simcrc.indicators.expressions import LENGTH, Expression, Stored
from simcrc.indicators.formulas import OverTime, Total
from simcrc.indicators.frames import Layout
from simcrc.indicators.indicator import BY_DAY, Indicator, Unit, register
from simcrc.words import Words


def in_time(axis: str) -> tuple[Layout, ...]:
    """The layouts of a quantity followed in time, kept by `axis`."""
    return ((axis, "month"), (axis, "slot"), (axis, "day"))


QUEUE_TIME = Stored("queue_time", in_time("station"))
QUEUE_MOST = Stored("queue_most", (("station",),), "max")
LINES_TIME = Stored("lines_time", in_time("mode"))
LINES_MOST = Stored("lines_most", (("mode",),), "max")
SERVICE_TIME = Stored("service_time", in_time("station"))

BY_STATION = ((), ("channel",), ("station",), ("month",), ("channel", "month"), ("slot",), ("channel", "slot"), *BY_DAY)
BY_MODE = (("mode",), ("mode", "month"), ("mode", "slot"))


def _mean(name: str, label: Words, of: Words, time: Expression, where: Expression, unit: Unit, by: tuple[tuple[str, ...], ...]) -> Indicator:
    definition = Words(fr=f"{of.fr} : intégrale sur le temps ÷ durée de la période.", en=f"{of.en}: integral over time ÷ length of the period.")
    return Indicator(name=name, label=label, definition=definition, unit=unit, formula=OverTime(time, LENGTH, where=where), by=by)


register(
    _mean(
        "queue_length",
        Words(fr="longueur moyenne de la file", en="mean queue length"),
        Words(fr="Citoyens qui attendent un préposé", en="Citizens waiting for an agent"),
        QUEUE_TIME,
        LIVE,
        "contacts",
        BY_STATION,
    ),
    Indicator(
        name="queue_length_max",
        label=Words(fr="file la plus longue", en="longest queue"),
        definition=Words(
            fr="Plus grand nombre de citoyens en attente au même instant, à une station ; moyenne des réplications.",
            en="Largest number of citizens waiting at one instant, at one station; mean over replications.",
        ),
        unit="contacts",
        formula=Total(QUEUE_MOST, where=LIVE),
        by=((), ("channel",), ("station",)),
    ),
    _mean(
        "lines_busy",
        Words(fr="lignes occupées en moyenne", en="mean lines busy"),
        Words(
            fr="Lignes tenues, de la première sonnerie à la fin de l'appel, RVI comprise",
            en="Lines held, from the first ring to the end of the call, IVR included",
        ),
        LINES_TIME,
        LINES_TIME,
        "lines",
        BY_MODE,
    ),
    Indicator(
        name="lines_busy_max",
        label=Words(fr="lignes occupées au plus", en="most lines busy"),
        definition=Words(
            fr="Plus grand nombre de lignes tenues au même instant ; moyenne des réplications.",
            en="Largest number of lines held at one instant; mean over replications.",
        ),
        unit="lines",
        formula=Total(LINES_MOST, where=LINES_MOST),
        by=(("mode",),),
    ),
    _mean(
        "agents_busy",
        Words(fr="préposés occupés en moyenne", en="mean agents busy"),
        Words(
            fr="Préposés avec un citoyen, sur un envoi, ou à conclure (travail après contact et temps non disponible)",
            en="Agents with a citizen, on an item, or finishing (wrap-up and not-ready time)",
        ),
        SERVICE_TIME,
        SERVICE_TIME,
        "agents",
        BY_STATION,
    ),
)
