"""Staff: hours paid and on duty, occupancy, overtime, full-time equivalents.  By team: the team stands in the column of the channel, as ``team:name``.

On duty is what the log says: agents present, shrinkage, breaks and absences taken off.  Hours paid are those of the written schedule, before shrinkage and
breaks; holidays on which the team does not work are not in it.
"""

from __future__ import annotations

import numpy as np

from simcrc.indicators.axes import Axes
from simcrc.indicators.common import HOUR
from simcrc.indicators.expressions import LENGTH, Given, Reals, Stored
from simcrc.indicators.formulas import OverTime, Ratio, Total
from simcrc.indicators.indicator import BY_TEAM, Indicator, register
from simcrc.indicators.load import in_time
from simcrc.model.calendar import HALF_HOUR, by_weekday
from simcrc.words import Words

FULL_TIME = 35.0
"""Hours a week of a full-time equivalent: 35, the week of Québec's public service (status: assumed)."""

DUTY = Stored("duty_time", in_time("team"))
BUSY = Stored("busy_time", in_time("team"))
OVERTIME = Stored("overtime", in_time("team"))
_WEEK = 7 * 24.0


def _paid(axes: Axes, period: str) -> Reals:
    """Microseconds of the written schedules by team and period; each day as it is written in its era."""
    model, calendar = axes.model, axes.model.calendar
    inside = np.flatnonzero(axes.slot >= 0)
    day = calendar.day(inside * HALF_HOUR)
    free = np.array(calendar.is_holiday)[day]
    of_era = np.searchsorted([era.day for era in model.eras], day, side="right") - 1
    code = getattr(axes, period)[inside]
    out = np.zeros(axes.shape(("team", period)))
    for number, era in enumerate(model.eras):
        for team, name in enumerate(model.teams):
            schedule = era.scenario.teams[name].schedule
            week = np.array(by_weekday(schedule.week, (0.0,) * 48), dtype=np.float64).reshape(-1)
            agents = np.where(of_era == number, week[axes.slot[inside]], 0.0)
            if schedule.on_holidays == "closed":
                agents = np.where(free, 0.0, agents)
            out[team] += np.bincount(code, weights=agents * HALF_HOUR, minlength=axes.size(period))
    return out


PAID = Given("team", ("month", "slot", "day"), _paid)
BY_LONG = ((), ("team",))


register(
    Indicator(
        name="paid_hours",
        label=Words(fr="heures payées", en="hours paid"),
        definition=Words(
            fr="Heures de l'horaire écrit, avant soustraction des absences, pauses et temps improductif.",
            en="Hours of the written schedule, before shrinkage, breaks and absences.",
        ),
        unit="h",
        formula=Total(PAID * HOUR, where=PAID),
        by=BY_TEAM,
    ),
    Indicator(
        name="duty_hours",
        label=Words(fr="heures de présence en poste", en="hours on duty"),
        definition=Words(
            fr="Préposés en poste, intégrés sur le temps ; temps supplémentaire non compris.", en="Agents on duty, integrated over time; overtime not included."
        ),
        unit="h",
        formula=Total(DUTY * HOUR, where=DUTY),
        by=BY_TEAM,
    ),
    Indicator(
        name="busy_hours",
        label=Words(fr="heures occupées", en="hours busy"),
        definition=Words(
            fr="Temps avec un citoyen ou sur un envoi, et temps de conclusion et non disponible qui suit, temps supplémentaire compris.",
            en="Time with a citizen or on an item, and the wrap-up and not-ready time that follows, overtime included.",
        ),
        unit="h",
        formula=Total(BUSY * HOUR, where=BUSY),
        by=BY_TEAM,
    ),
    Indicator(
        name="overtime_hours",
        label=Words(fr="heures supplémentaires", en="overtime hours"),
        definition=Words(
            fr="Temps passé après la fin du quart à finir le contact en cours.", en="Time spent after the end of a shift to finish the contact in hand."
        ),
        unit="h",
        formula=Total(OVERTIME * HOUR, where=DUTY + OVERTIME),
        by=BY_TEAM,
    ),
    Indicator(
        name="occupancy",
        label=Words(fr="taux d'occupation", en="occupancy"),
        definition=Words(
            fr="(Heures occupées − heures supplémentaires) ÷ heures de présence en poste.",
            en="(Hours busy − overtime hours) ÷ hours on duty.",
        ),
        unit="share",
        formula=Ratio(BUSY - OVERTIME, DUTY),
        by=BY_TEAM,
    ),
    Indicator(
        name="agents_on_duty",
        label=Words(fr="préposés en poste, en moyenne", en="mean agents on duty"),
        definition=Words(fr="Heures de présence en poste ÷ durée de la période.", en="Hours on duty ÷ length of the period."),
        unit="agents",
        formula=OverTime(DUTY, LENGTH, where=DUTY),
        by=BY_TEAM,
    ),
    Indicator(
        name="fte",
        label=Words(fr="équivalents temps complet (ETC)", en="full-time equivalents (FTE)"),
        definition=Words(
            fr="(Heures payées + heures supplémentaires) ÷ heures d'une personne à 35 heures par semaine sur la période (hypothèse).",
            en="(Hours paid + overtime hours) ÷ hours of one person at 35 hours a week over the period (assumed).",
        ),
        unit="FTE",
        formula=OverTime(PAID + OVERTIME, LENGTH * (FULL_TIME / _WEEK), where=PAID),
        by=BY_LONG,
    ),
)
