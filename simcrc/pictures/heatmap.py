"""The week as a heat map: service level (or mean wait) of the busiest live channel by half hour and weekday, beside it the staff against the need.

Agents needed are those that Erlang A asks for the target of the channel (``erlang_needed``); without a target the offered load stands in their place.
``half_hours`` has the figures, ``heatmap_drawing`` the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimates
from simcrc.pictures.erlang_needed import Needed
from simcrc.pictures.half_hours import DAYS, FULL_DAYS, NO_LIVE, NO_STAFF, Place, busiest, clock, within
from simcrc.pictures.heatmap_drawing import draw, height
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.writing import between, quoted
from simcrc.report.numbers import NONE, decimal, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.subject import Subject

Reals = npt.NDArray[np.float64]

TITLES = {
    "service_level": Words(fr="La semaine ({place}) : niveau de service et effectif", en="The week ({place}): service level and staff"),
    "asa": Words(fr="La semaine ({place}) : attente moyenne et effectif", en="The week ({place}): mean wait and staff"),
}
WORST = {
    "service_level": Words(fr="Le niveau de service est le plus bas le {when} : {value}{interval}", en="Service level is lowest on {when}: {value}{interval}"),
    "asa": Words(fr="L'attente moyenne est la plus longue le {when} : {value}{interval}", en="The mean wait is longest on {when}: {value}{interval}"),
}
BELOW = Words(
    fr=" ; {n} {n:demi-heure|demi-heures} sur {all} {n:est|sont} sous la cible de {target}{sure}",
    en="; {n} of {all} half hours {n:is|are} below the target of {target}{sure}",
)
SURE = Words(fr=", dont {n} avec tout leur intervalle", en=", {n} of them with their whole interval")
SHORT = Words(
    fr=" ; l'effectif en poste est d'au moins un demi-préposé sous le besoin dans {n} {n:demi-heure|demi-heures}, au plus fort de {most} le {when}",
    en="; staff on duty is at least half an agent short of need in {n} half {n:hour|hours}, at worst by {most} on {when}",
)
ENOUGH = Words(fr=" ; nulle part il ne manque un demi-préposé au besoin", en="; nowhere is staff half an agent short of need")
SINGLE = Words(fr=" (une seule réplication : pas d'intervalle)", en=" (a single replication: no interval)")
ALTERNATIVE = Words(
    fr=(
        "Deux grilles, une colonne par jour de la semaine et une ligne par demi-heure, de {first} à {last}. La première donne {measure} à l'endroit nommé "
        "{place}, de {low} à {high} ; la seconde, les préposés en poste moins {need}, de {least} à {most}."
    ),
    en=(
        "Two grids, a column a weekday and a row a half hour, from {first} to {last}. The first gives the {measure} at {place}, from {low} to {high}; the "
        "second, agents on duty minus {need}, from {least} to {most}."
    ),
)
MEASURES = {
    "service_level": Words(fr="le niveau de service", en="service level"),
    "asa": Words(fr="l'attente moyenne", en="mean wait"),
}
NEED = Words(fr="les préposés nécessaires selon Erlang A", en="the agents needed by Erlang A")
LOAD = Words(fr="la charge offerte, faute de cible", en="the offered load, there being no target")
CHOSEN = Words(
    fr="De {n} lieux où l'on attend un préposé, le plus occupé. ",
    en="Of {n} places where one waits for an agent, the busiest. ",
)
BASE = Words(fr="Chiffres de la base. ", en="Figures of the base. ")
SHARED = Words(
    fr="Ces préposés servent aussi {places} : ceux que ces contacts occupent sont retranchés. ",
    en="These agents also serve {places}: those whom these contacts keep busy are taken off. ",
)
BESIDE = Words(
    fr="Entre deux contacts, ces préposés font aussi du travail différé ({places}), qui n'entre pas dans le besoin. ",
    en="Between contacts these agents also work on items ({places}), which the need does not include. ",
)
HOLIDAYS = Words(fr="Congés et jours sans service sont exclus. ", en="Holidays and days without service are left out. ")


@dataclass(frozen=True, eq=False)
class Week:
    """What is drawn.  `measured`: the measure with intervals; `duty`, `need`, `balance` (their difference): agents; all of shape (7, 48), nan outside.
    `days`, `rows`: weekdays and half hours shown; `target`: the service level aimed at; `theory`: whether the need is Erlang A's."""

    place: Place
    measured: Estimates
    duty: Reals
    need: Reals
    load: Reals
    days: tuple[int, ...]
    rows: range
    target: float | None
    theory: bool

    @property
    def balance(self) -> Reals:
        """Agents on duty minus agents needed."""
        return self.duty - self.need


def picture(subject: Subject) -> Picture | Absent:
    """The picture of the base of `subject`."""
    place = busiest(subject.base)
    if place is None:
        return Absent("heatmap", NO_LIVE)
    if not np.nansum(place.duty):
        return Absent("heatmap", both(lambda lang: NO_STAFF.say(lang, place=quoted(place.called(lang), lang))))
    needed = Needed(place)
    week = _week(place, needed)
    return Picture(
        name="heatmap",
        title=both(lambda lang: TITLES[place.measure].say(lang, place=place.called(lang))),
        finding=both(lambda lang: finding(week, lang)),
        alternative=both(lambda lang: _alternative(week, lang)),
        data=data(week),
        shown=lambda lang: _shown(week, lang),
        indicators=(place.measure, "offered", "agents_on_duty", "agents_busy"),
        draw=lambda figure, lang, narrow: draw(week, figure, lang, narrow),
        height=height(week),
        note=both(lambda lang: about(place, lang, len(subject.arms)) + HOLIDAYS.say(lang) + needed.assumes().say(lang)),
    )


def about(place: Place, lang: Lang, arms: int) -> str:
    """Which place it is and of which arm, and whom its agents serve beside; for the note."""
    text = BASE.say(lang) if arms > 1 else ""
    if place.others:
        text += CHOSEN.say(lang, n=place.others + 1)
    if place.rivals:
        names = [Place(place.arm, name, 0).called(lang) for name in place.rivals]
        text += SHARED.say(lang, places=", ".join(quoted(name, lang) for name in names))
    if place.beside:
        text += BESIDE.say(lang, places=", ".join(place.arm.called(name, lang) for name in place.beside))
    return text


def _week(place: Place, needed: Needed) -> Week:
    staffed = place.inside & (np.nan_to_num(place.duty.mean(axis=0)) > 0)
    inside = staffed if staffed.any() else place.inside
    duty = np.where(inside, place.duty.mean(axis=0), np.nan)
    theory = needed.targets is not None
    half_hours = np.flatnonzero(inside.any(axis=0))
    level = place.level
    return Week(
        place=place,
        measured=within(place.measured(), inside),
        duty=duty,
        need=np.where(inside, needed.needed if theory else needed.load, np.nan),
        load=np.where(inside, needed.load, np.nan),
        days=tuple(int(day) for day in np.flatnonzero(inside.any(axis=1))),
        rows=range(int(half_hours[0]), int(half_hours[-1]) + 1),
        target=level.target if level is not None and level.target else None,
        theory=theory,
    )


def _when(cell: tuple[int, int], lang: Lang) -> str:
    return f"{FULL_DAYS[lang][cell[0]]} {'à ' if lang == 'fr' else 'at '}{clock(cell[1], lang)}"


def _cell(values: Reals, lowest: bool) -> tuple[int, int]:
    at = int(np.nanargmin(values) if lowest else np.nanargmax(values))
    return at // 48, at % 48


def finding(week: Week, lang: Lang) -> str:
    """The worst half hour with its interval, how many miss the target, and where staff is short."""
    measured, measure = week.measured, week.place.measure
    worst = _cell(measured.mean, measure == "service_level")
    estimate = measured.at(*worst)
    write = writer("share" if measure == "service_level" else "s", estimate.mean or 0.0, lang)
    interval = between(estimate, write, lang)
    single = len(week.place.arm.numbers) == 1
    text = WORST[measure].say(
        lang, when=_when(worst, lang), value=write(estimate.mean), interval=f" ({interval})" if interval else SINGLE.say(lang) if single else ""
    )
    if week.target is not None:
        below = int((measured.mean < week.target).sum())
        sure = "" if single or not below else SURE.say(lang, n=int((measured.high < week.target).sum()))
        text += BELOW.say(lang, n=below, all=int(np.isfinite(measured.mean).sum()), target=write(week.target), sure=sure)
    if week.theory and np.isfinite(week.balance).any():
        short = int((week.balance <= -0.5).sum())
        at = _cell(week.balance, True)
        text += SHORT.say(lang, n=short, most=decimal(-float(week.balance[at]), lang, 1), when=_when(at, lang)) if short else ENOUGH.say(lang)
    return text + "."


def _alternative(week: Week, lang: Lang) -> str:
    values, measure = week.measured.mean, week.place.measure
    write = writer("share" if measure == "service_level" else "s", float(np.nanmedian(values)), lang)
    balance = week.balance if np.isfinite(week.balance).any() else np.zeros(1)
    return ALTERNATIVE.say(
        lang,
        first=clock(week.rows[0], lang),
        last=clock(week.rows[-1] + 1, lang),
        measure=MEASURES[measure].say(lang),
        place=quoted(week.place.called(lang), lang),
        low=write(float(np.nanmin(values))),
        high=write(float(np.nanmax(values))),
        need=(NEED if week.theory else LOAD).say(lang),
        least=decimal(float(np.nanmin(balance)), lang, 1),
        most=decimal(float(np.nanmax(balance)), lang, 1),
    )


def data(week: Week) -> pd.DataFrame:
    """One row a half hour of the week: weekday, time, arrivals, the measure with its interval, agents on duty and needed, offered load in erlangs."""
    import pandas as pd

    place, measure = week.place, week.place.measure
    unit = "" if measure == "service_level" else "_s"
    cells = [(day, row) for day in week.days for row in week.rows if np.isfinite(week.duty[day, row])]
    arrivals = place.arrivals.mean(axis=0)
    needed = week.need if week.theory else np.full_like(week.need, np.nan)
    columns = {
        "arrivals_per_half_hour": arrivals,
        f"{measure}{unit}": week.measured.mean,
        f"{measure}{unit}_low": week.measured.low,
        f"{measure}{unit}_high": week.measured.high,
        "agents_on_duty": week.duty,
        "agents_needed": needed,
        "offered_load_erlangs": week.load,
        "balance_agents": week.balance,
    }
    about = {"place": place.name, "weekday": [DAYS["en"][day] for day, _ in cells], "time": [clock(row, "en") for _, row in cells]}
    return pd.DataFrame(about | {name: [float(values[cell]) for cell in cells] for name, values in columns.items()})


HOUR = Words(fr="Heure", en="Time")


def _shown(week: Week, lang: Lang) -> Table:
    """Rows are half hours, columns weekdays: the measure, and the balance of staff in parentheses."""
    measure = week.place.measure
    write = writer("share" if measure == "service_level" else "s", float(np.nanmedian(week.measured.mean)), lang)

    def cell(day: int, row: int) -> str:
        value, balance = float(week.measured.mean[day, row]), float(week.balance[day, row])
        if not np.isfinite(week.duty[day, row]):
            return ""
        sign = "+" if round(balance, 1) > 0 else ""
        return write(value) + (f" ({sign}{decimal(balance, lang, 1)})" if np.isfinite(balance) else f" ({NONE})")

    rows = tuple((clock(row, lang), *(cell(day, row) for day in week.days)) for row in week.rows)
    return Table((HOUR.say(lang), *(DAYS[lang][day] for day in week.days)), rows, tuple(range(1, len(week.days) + 1)))
