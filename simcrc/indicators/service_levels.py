"""Service levels: the share served in time, by the four definitions in use, each under its own name, and by the one that the channel names.

Only contacts on channels with a written service level count; T is its threshold.  Offered are all contacts on the channel, blocked and closed ones included;
the wait of who is served at once is 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.common import outcomes
from simcrc.indicators.expressions import Expression, Measure
from simcrc.indicators.formulas import DailyMean, Ratio
from simcrc.indicators.frames import Frame
from simcrc.indicators.indicator import BY_CONTACT, BY_DAY, Indicator, register
from simcrc.indicators.terms import DEFINITIONS
from simcrc.log import Outcome
from simcrc.words import Words

Column = npt.NDArray[Any]


def _early(f: Frame, outcome: Outcome) -> Column:
    return np.asarray((f["outcome"] == outcome) & (f["waited"] <= f.terms.within[f["station"]]))


def _level(f: Frame) -> tuple[Column, Column]:
    """Numerator and denominator of each contact's service level, by the definition that its channel names."""
    definition = f.terms.definition[f["station"]]
    served, abandoned = _early(f, Outcome.SERVED), _early(f, Outcome.ABANDONED)
    over = served | (abandoned & (definition == 3))
    under = np.where(definition == 1, f["outcome"] == Outcome.SERVED, np.where(definition == 2, ~abandoned, True))
    return over, under


TIMED = Measure("timed", "timed", lambda f: f["outcome"], axis="outcome")
SERVED_WITHIN = Measure("served_within", "timed", lambda f: _early(f, Outcome.SERVED))
ABANDONED_WITHIN = Measure("abandoned_within", "timed", lambda f: _early(f, Outcome.ABANDONED))
LEVEL_OVER = Measure("level_over", "timed", lambda f: _level(f)[0])
LEVEL_UNDER = Measure("level_under", "timed", lambda f: _level(f)[1])

SERVICE_LEVEL = Ratio(LEVEL_OVER, LEVEL_UNDER)


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
        by=BY_CONTACT + BY_DAY if name == "service_level" else BY_CONTACT,
    )


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
        outcomes(TIMED, Outcome.SERVED),
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
            fr="Moyenne des niveaux de service (définition du canal) des jours où quelqu'un a été servi ou a abandonné, chaque jour comptant autant.",
            en="Mean of the service levels (the channel's definition) of the days on which somebody was served or abandoned, every day counting the same.",
        ),
        unit="share",
        formula=DailyMean(LEVEL_OVER, LEVEL_UNDER, where=outcomes(TIMED, Outcome.SERVED, Outcome.ABANDONED)),
        by=((), ("channel",), ("station",)),
    ),
)
