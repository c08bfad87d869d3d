"""Queues in which citizens wait for an agent (phone, counter): waits, service levels, abandonment, blocking.

Only contacts on channels with such a queue count.  The wait lasts from entering the queue to the start of service, or to leaving; who is served at
once has waited
0; a wait that has not ended at the horizon is left out of the waits (not of the counts).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.common import LIVE, SECOND, outcomes
from simcrc.indicators.expressions import Expression, Measure
from simcrc.indicators.formulas import DailyMean, Quantile, Ratio, Total
from simcrc.indicators.frames import Frame
from simcrc.indicators.histogram import bins
from simcrc.indicators.indicator import BY_CONTACT, BY_DAY, Indicator, register
from simcrc.indicators.terms import DEFINITIONS
from simcrc.log import Outcome
from simcrc.words import Words

Column = npt.NDArray[Any]
HISTOGRAM = (("live_station", "service"), ("live_station", "segment"), ("live_station", "reason"), ("live_station", "month"), ("live_station", "slot"))


def queued(f: Frame) -> Column:
    """Contacts that waited, and whose wait is over; an announcement that made them turn back at once (balked) is no wait."""
    waits = f["queued"] >= 0
    waiting = (f["outcome"] == Outcome.IN_PROGRESS) & (f["service_start"] < 0)
    return np.asarray(waits & (f["outcome"] != Outcome.BALKED) & ~waiting)


def _served(f: Frame) -> Column:
    return np.asarray(f["outcome"] == Outcome.SERVED)


def _early(f: Frame, outcome: Outcome) -> Column:
    return np.asarray((f["outcome"] == outcome) & (f["waited"] <= f.terms.within[f["station"]]))


def _level(f: Frame) -> tuple[Column, Column]:
    """Numerator and denominator of each contact's service level, by the definition that its channel names."""
    definition = f.terms.definition[f["station"]]
    served, abandoned = _early(f, Outcome.SERVED), _early(f, Outcome.ABANDONED)
    over = served | (abandoned & (definition == 3))
    under = np.where(definition == 1, _served(f), np.where(definition == 2, ~abandoned, True))
    return over, under


WAITS = Measure("waited", "live", lambda f: np.where(queued(f), f["waited"], 0))
QUEUED = Measure("queued", "live", queued)
SERVED_WAITS = Measure("waited_served", "live", lambda f: np.where(_served(f), f["waited"], 0))
SERVED = outcomes(LIVE, Outcome.SERVED)
ABANDONED = outcomes(LIVE, Outcome.ABANDONED)
LONGEST = Measure("waited_longest", "live", lambda f: np.where(queued(f), f["waited"], 0), reduce="max")
WAIT_BINS = Measure("wait_bins", "live", lambda f: np.where(queued(f), bins(f["waited"]), -1), axis="bin", layouts=HISTOGRAM)

TIMED = Measure("timed", "timed", lambda f: f["outcome"], axis="outcome")
SERVED_WITHIN = Measure("served_within", "timed", lambda f: _early(f, Outcome.SERVED))
ABANDONED_WITHIN = Measure("abandoned_within", "timed", lambda f: _early(f, Outcome.ABANDONED))
LEVEL_OVER = Measure("level_over", "timed", lambda f: _level(f)[0])
LEVEL_UNDER = Measure("level_under", "timed", lambda f: _level(f)[1])

MAIN = BY_CONTACT + BY_DAY

ASA = Ratio(SERVED_WAITS * SECOND, SERVED)
WAIT_MEAN = Ratio(WAITS * SECOND, QUEUED)
ABANDONMENT = Ratio(ABANDONED, LIVE)
SERVICE_LEVEL = Ratio(LEVEL_OVER, LEVEL_UNDER)

_QUEUED = Words(fr="les contacts qui ont attendu en file (refus d'attendre exclus)", en="contacts that waited in the queue (balked excluded)")

register(
    Indicator(
        name="asa",
        label=Words(fr="délai moyen de réponse", en="average speed of answer"),
        definition=Words(
            fr="Attente totale des contacts servis ÷ contacts servis, ceux servis sans attendre compris.",
            en="Total wait of contacts served ÷ contacts served, those served at once included.",
        ),
        unit="s",
        formula=ASA,
        by=MAIN,
    ),
    Indicator(
        name="wait_mean",
        label=Words(fr="attente moyenne de ceux qui ont attendu", en="mean wait of those who queued"),
        definition=Words(fr=f"Attente totale ÷ nombre, sur {_QUEUED.fr}, servis ou non.", en=f"Total wait ÷ number, over {_QUEUED.en}, served or not."),
        unit="s",
        formula=WAIT_MEAN,
        by=MAIN,
    ),
    Indicator(
        name="wait_all",
        label=Words(fr="attente moyenne de tous", en="mean wait of all"),
        definition=Words(
            fr="Attente totale ÷ contacts offerts aux canaux avec file ; qui n'a pas attendu compte pour 0. C'est l'attente de la loi de Little.",
            en="Total wait ÷ contacts offered to channels with a queue; who did not wait counts 0. It is the wait of Little's law.",
        ),
        unit="s",
        formula=Ratio(WAITS * SECOND, LIVE),
        by=MAIN,
    ),
    *(
        Indicator(
            name=f"wait_p{percent}",
            label=Words(fr=f"attente, {percent}e centile", en=f"wait, {percent}th percentile"),
            definition=Words(
                fr=f"Attente que {percent} % ne dépassent pas, sur {_QUEUED.fr} ; lue dans un histogramme, à 0,5 % près ; moyenne des répétitions.",
                en=f"Wait that {percent} % do not exceed, over {_QUEUED.en}; read from a histogram, within 0.5 %; mean over replications.",
            ),
            unit="s",
            formula=Quantile(WAIT_BINS, percent / 100, SECOND),
        )
        for percent in (50, 90, 95)
    ),
    Indicator(
        name="wait_max",
        label=Words(fr="attente la plus longue", en="longest wait"),
        definition=Words(
            fr=f"La plus longue attente, sur {_QUEUED.fr} ; moyenne des répétitions.", en=f"The longest wait, over {_QUEUED.en}; mean over replications."
        ),
        unit="s",
        formula=Total(LONGEST * SECOND, where=QUEUED),
    ),
    Indicator(
        name="queued_ratio",
        label=Words(fr="part qui a attendu", en="share that queued"),
        definition=Words(fr=f"Nombre, sur {_QUEUED.fr} ÷ contacts offerts à ces canaux.", en=f"Number of {_QUEUED.en} ÷ contacts offered to these channels."),
        unit="share",
        formula=Ratio(QUEUED, LIVE),
    ),
    Indicator(
        name="abandonment_ratio",
        label=Words(fr="taux d'abandon", en="abandonment ratio"),
        definition=Words(
            fr="Contacts qui ont quitté la file avant d'être servis ÷ contacts offerts (bloqués et fermés compris).",
            en="Contacts that left the queue before service ÷ contacts offered (blocked and closed ones included).",
        ),
        unit="share",
        formula=ABANDONMENT,
        by=MAIN,
    ),
    Indicator(
        name="abandonment_ratio_daily",
        label=Words(fr="taux d'abandon, moyenne des jours", en="abandonment ratio, mean of days"),
        definition=Words(
            fr="Moyenne des taux d'abandon de chaque jour, chaque jour comptant autant ; à ne pas confondre avec le rapport des sommes.",
            en="Mean of the abandonment ratios of each day, every day counting the same; not to be confused with the ratio of sums.",
        ),
        unit="share",
        formula=DailyMean(ABANDONED, LIVE),
        by=((), ("channel",), ("station",)),
    ),
    Indicator(
        name="blocking_ratio",
        label=Words(fr="taux de blocage", en="blocking ratio"),
        definition=Words(
            fr="Contacts qui n'ont trouvé ni ligne ni place ÷ contacts offerts.", en="Contacts that found no line or no place ÷ contacts offered."
        ),
        unit="share",
        formula=Ratio(outcomes(LIVE, Outcome.BLOCKED), LIVE),
    ),
)


def _service_level(name: str, label: Words, formula: Words, over: Expression, under: Expression) -> Indicator:
    return Indicator(
        name=name,
        label=label,
        definition=Words(
            fr=f"{formula.fr}, T étant le seuil du canal ; canaux sans seuil exclus.",
            en=f"{formula.en}, T being the channel's threshold; channels without one are left out.",
        ),
        unit="share",
        formula=Ratio(over, under),
        by=MAIN if name == "service_level" else BY_CONTACT,
    )


_T = outcomes(TIMED, Outcome.SERVED)
register(
    _service_level(
        "service_level",
        Words(fr="niveau de service", en="service level"),
        Words(fr="Selon la définition que le canal a choisie parmi les quatre", en="By the definition, of the four, that the channel names"),
        LEVEL_OVER,
        LEVEL_UNDER,
    ),
    _service_level(
        DEFINITIONS[0],
        Words(fr="niveau de service : servis à temps sur offerts", en="service level: served in time over offered"),
        Words(fr="Servis en T ou moins ÷ offerts", en="Served within T ÷ offered"),
        SERVED_WITHIN,
        TIMED,
    ),
    _service_level(
        DEFINITIONS[1],
        Words(fr="niveau de service : servis à temps sur servis", en="service level: served in time over answered"),
        Words(fr="Servis en T ou moins ÷ servis", en="Served within T ÷ served"),
        SERVED_WITHIN,
        _T,
    ),
    _service_level(
        DEFINITIONS[2],
        Words(
            fr="niveau de service : servis à temps sur offerts moins abandons précoces", en="service level: served in time over offered minus early abandons"
        ),
        Words(fr="Servis en T ou moins ÷ (offerts − abandons en T ou moins)", en="Served within T ÷ (offered − abandoned within T)"),
        SERVED_WITHIN,
        TIMED - ABANDONED_WITHIN,
    ),
    _service_level(
        DEFINITIONS[3],
        Words(fr="niveau de service : servis ou partis à temps sur offerts", en="service level: served or abandoned in time over offered"),
        Words(fr="(Servis en T ou moins + abandons en T ou moins) ÷ offerts", en="(Served within T + abandoned within T) ÷ offered"),
        SERVED_WITHIN + ABANDONED_WITHIN,
        TIMED,
    ),
    Indicator(
        name="service_level_daily",
        label=Words(fr="niveau de service, moyenne des jours", en="service level, mean of days"),
        definition=Words(
            fr="Moyenne des niveaux de service de chaque jour (définition du canal), chaque jour comptant autant.",
            en="Mean of the service levels of each day (the channel's definition), every day counting the same.",
        ),
        unit="share",
        formula=DailyMean(LEVEL_OVER, LEVEL_UNDER),
        by=((), ("channel",), ("station",)),
    ),
)
