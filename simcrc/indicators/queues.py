"""Queues in which citizens wait for an agent (phone, counter): waits, abandonment, blocking; ``service_levels`` stands beside.

Only contacts on channels with such a queue count.  The wait lasts from entering the queue to the start of service, or to
leaving; who is served at once has waited 0; a wait that has not ended at the horizon is left out of the waits (not of the
counts).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.common import LIVE, SECOND, outcomes
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import DailyMean, Quantile, Ratio, Total
from simcrc.indicators.frames import Frame
from simcrc.indicators.histogram import bins
from simcrc.indicators.indicator import BY_CONTACT, BY_DAY, Indicator, register
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


WAITS = Measure("waited", "live", lambda f: np.where(queued(f), f["waited"], 0))
QUEUED = Measure("queued", "live", queued)
SERVED_WAITS = Measure("waited_served", "live", lambda f: np.where(_served(f), f["waited"], 0))
SERVED = outcomes(LIVE, Outcome.SERVED)
ABANDONED = outcomes(LIVE, Outcome.ABANDONED)
CALLS = Measure("calls", "calls", lambda f: f["outcome"] != Outcome.OPTED_OUT)  # a "0" call counts once, on the phone
BLOCKED = Measure("calls_blocked", "calls", lambda f: f["outcome"] == Outcome.BLOCKED)
LONGEST = Measure("waited_longest", "live", lambda f: np.where(queued(f), f["waited"], 0), reduce="max")
WAIT_BINS = Measure("wait_bins", "live", lambda f: np.where(queued(f), bins(f["waited"]), -1), axis="bin", layouts=HISTOGRAM)

MAIN = BY_CONTACT + BY_DAY

ASA = Ratio(SERVED_WAITS * SECOND, SERVED)
WAIT_MEAN = Ratio(WAITS * SECOND, QUEUED)
ABANDONMENT = Ratio(ABANDONED, LIVE)

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
                fr=f"Attente que {percent} % ne dépassent pas, sur {_QUEUED.fr} ; lue dans un histogramme, à 0,5 % près ; moyenne des réplications.",
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
            fr=f"La plus longue attente, sur {_QUEUED.fr} ; moyenne des réplications.", en=f"The longest wait, over {_QUEUED.en}; mean over replications."
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
            fr=(
                "Moyenne des taux d'abandon des jours où quelqu'un a été servi ou a abandonné, chaque jour comptant autant ; "
                "à ne pas confondre avec le rapport des sommes."
            ),
            en=(
                "Mean of the abandonment ratios of the days on which somebody was served or abandoned, every day counting the same; "
                "not to be confused with the ratio of sums."
            ),
        ),
        unit="share",
        formula=DailyMean(ABANDONED, LIVE, where=SERVED + ABANDONED),
        by=((), ("channel",), ("station",)),
    ),
    Indicator(
        name="abandonment_of_answered",
        label=Words(fr="abandons sur servis et abandons", en="abandoned over served and abandoned"),
        definition=Words(
            fr="Contacts qui ont quitté la file avant d'être servis ÷ (servis + ceux-là) : ni bloqués, ni fermés, ni refus d'attendre.",
            en="Contacts that left the queue before service ÷ (served + these): neither blocked, nor closed, nor balked.",
        ),
        unit="share",
        formula=Ratio(ABANDONED, SERVED + ABANDONED),
    ),
    Indicator(
        name="blocking_ratio",
        label=Words(fr="taux de blocage", en="blocking ratio"),
        definition=Words(
            fr=(
                "Contacts qui n'ont trouvé ni ligne, ni accès, ni place ÷ contacts offerts aux canaux où cela se peut ; la RVI et le téléphone derrière elle "
                "font un numéro, et un « 0 » n'est pas un second appel."
            ),
            en=(
                "Contacts that found no line, port or place ÷ contacts offered to the channels where that can be; the voice unit and the phone behind it are "
                "one number, and a “0” is not a second call."
            ),
        ),
        unit="share",
        formula=Ratio(BLOCKED, CALLS),
    ),
)
