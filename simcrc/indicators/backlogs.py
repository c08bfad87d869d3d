"""Backlogs in which items wait for the organisation (mail, e-mail, fax): stock, ages, turnaround against the published standard.

An item is in the backlog from its receipt until the organisation has finished its part, or until it leaves otherwise (returned, withdrawn).  Items that
arrived in the warm-up and are still there count in the stock and the ages.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.common import DAY
from simcrc.indicators.expressions import DAYS, LENGTH, Measure, Pick, Stored
from simcrc.indicators.formulas import OverTime, Quantile, Ratio, Total
from simcrc.indicators.frames import Frame
from simcrc.indicators.histogram import bins
from simcrc.indicators.indicator import BY_CONTACT, Indicator, register
from simcrc.indicators.load import BY_STATION, in_time
from simcrc.words import Words

STOCK_TIME = Stored("stock_time", in_time("written_station"))
STOCK_END = Stored("stock_end", (("written_station",),))
OLDEST = Stored("oldest_end", (("written_station",),), "max")
AGES = Stored("ages", (("written_station", "band", "day"), ("written_station", "band", "month")))
"""Items present at the end of each day, by age."""


def _turned(f: Frame) -> npt.NDArray[Any]:
    return np.asarray((f["answered"] >= 0) & (f["received"] >= 0))


def _standard(f: Frame) -> npt.NDArray[Any]:
    return f.terms.standard[f["channel"], f["service"]]


def _duration(f: Frame) -> npt.NDArray[Any]:
    return np.where(_turned(f), f["answered"] - f["received"], 0)


TURNED = Measure("turned", "items", _turned)
TURNAROUND = Measure("turnaround", "items", _duration)
TURN_BINS = Measure(
    "turn_bins",
    "items",
    lambda f: np.where(_turned(f), bins(_duration(f)), -1),
    axis="bin",
    layouts=(("written_station", "service"), ("written_station", "segment"), ("written_station", "month")),
)
WITH_STANDARD = Measure("with_standard", "items", lambda f: _turned(f) & (_standard(f) >= 0))
IN_STANDARD = Measure("in_standard", "items", lambda f: _turned(f) & (_duration(f) <= _standard(f)))


_BANDS = (
    ("items_up_to_5_days", Words(fr="de 5 jours ou moins", en="of 5 days or less")),
    ("items_5_to_10_days", Words(fr="de 5 à 10 jours", en="of 5 to 10 days")),
    ("items_10_to_20_days", Words(fr="de 10 à 20 jours", en="of 10 to 20 days")),
    ("items_20_to_45_days", Words(fr="de 20 à 45 jours", en="of 20 to 45 days")),
    ("items_over_45_days", Words(fr="de plus de 45 jours", en="of more than 45 days")),
)
_BY_ITEM = tuple(by for by in BY_CONTACT if by != ("station",))

register(
    Indicator(
        name="stock",
        label=Words(fr="envois en attente, en moyenne", en="mean stock of items"),
        definition=Words(
            fr="Envois reçus et non terminés : intégrale sur le temps ÷ durée de la période.",
            en="Items received and not finished: integral over time ÷ length of the period.",
        ),
        unit="items",
        formula=OverTime(STOCK_TIME, LENGTH, where=STOCK_TIME),
        by=BY_STATION,
    ),
    Indicator(
        name="stock_end",
        label=Words(fr="envois en attente à la fin", en="stock of items at the end"),
        definition=Words(fr="Envois reçus et non terminés à l'horizon.", en="Items received and not finished at the horizon."),
        unit="items",
        formula=Total(STOCK_END, where=STOCK_TIME),
        by=((), ("channel",)),
    ),
    Indicator(
        name="oldest_item",
        label=Words(fr="âge du plus vieil envoi à la fin", en="age of the oldest item at the end"),
        definition=Words(
            fr="Âge, depuis sa réception, du plus vieil envoi non terminé à l'horizon ; moyenne des réplications.",
            en="Age since receipt of the oldest item not finished at the horizon; mean over replications.",
        ),
        unit="days",
        formula=Total(OLDEST * DAY, where=STOCK_END),
        by=((), ("channel",)),
    ),
    *(
        Indicator(
            name=name,
            label=Words(fr=f"envois {label.fr} d'âge", en=f"items {label.en} of age"),
            definition=Words(
                fr=f"Envois en attente {label.fr} à la fin de chaque jour (jours civils de 24 h depuis la réception), en moyenne des jours.",
                en=f"Items in the backlog {label.en} at the end of each day (24-hour days since receipt), mean over days.",
            ),
            unit="items",
            formula=OverTime(Pick(AGES, "band", (band,)), DAYS, where=AGES),
            by=((), ("channel",), ("month",), ("channel", "month"), ("day",), ("channel", "day")),
        )
        for band, (name, label) in enumerate(_BANDS)
    ),
    Indicator(
        name="turnaround_mean",
        label=Words(fr="délai de traitement moyen", en="mean turnaround"),
        definition=Words(
            fr=("Temps de la réception à la fin du travail de l'organisation, poste exclue, des envois arrivés dans la période et terminés à l'horizon."),
            en=("Time from receipt until the organisation has finished, post excluded, of items that arrived in the period and are finished at the horizon."),
        ),
        unit="days",
        formula=Ratio(TURNAROUND * DAY, TURNED),
        by=_BY_ITEM,
    ),
    Indicator(
        name="turnaround_p90",
        label=Words(fr="délai de traitement, 90e centile", en="turnaround, 90th percentile"),
        definition=Words(
            fr="Délai que 90 % des envois terminés ne dépassent pas ; lu dans un histogramme, à 0,5 % près ; moyenne des réplications.",
            en="Turnaround that 90 % of the finished items do not exceed; read from a histogram, within 0.5 %; mean over replications.",
        ),
        unit="days",
        formula=Quantile(TURN_BINS, 0.9, DAY),
        by=_BY_ITEM,
    ),
    Indicator(
        name="within_standard",
        label=Words(fr="part dans le délai publié", en="share within the published standard"),
        definition=Words(
            fr=("Envois terminés dans le délai publié (celui du canal pour le service, sinon celui du service) ÷ envois terminés pour lesquels il y en a un."),
            en=(
                "Items finished within the published delay (that of the channel for the service, else that of the service) ÷ items finished "
                "for which there is one."
            ),
        ),
        unit="share",
        formula=Ratio(IN_STANDARD, WITH_STANDARD),
        by=_BY_ITEM,
    ),
)
