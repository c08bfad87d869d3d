"""A typical working day by half hour: who arrives, how many agents are needed, scheduled and on duty, and how well it goes, with bands.

Typical are the weekdays with at least half the contacts of the median one, each counted as often as it occurred; holidays are left out.  ``half_hours``
has the figures, ``erlang_needed`` the agents needed, ``day_drawing`` the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimates
from simcrc.pictures.day_drawing import draw
from simcrc.pictures.erlang_needed import Needed
from simcrc.pictures.half_hours import NO_LIVE, NO_STAFF, Place, busiest, clock, live, span, within
from simcrc.pictures.heatmap import HOLIDAYS, HOUR, LOAD, MEASURES, NEED, about
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.writing import between, quoted, titles
from simcrc.report.numbers import NONE, decimal, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.subject import Subject

Reals = npt.NDArray[np.float64]

TITLE = Words(fr="La journée type ({place}) : arrivées, effectif et service", en="The typical day ({place}): arrivals, staff and service")
ARRIVE = Words(
    fr="Un jour type ({days}), {total} contacts arrivent, surtout à {peak} ({most} en une demi-heure)",
    en="On a typical day ({days}), {total} contacts arrive, the most at {peak} ({most} in half an hour)",
)
SHORT = Words(
    fr=" ; à {at}, il manque {few} préposés sur les {need} nécessaires",
    en="; at {at}, {few} of the {need} agents needed are lacking",
)
ENOUGH = Words(fr=" ; l'effectif en poste atteint partout le besoin", en="; staff on duty reaches the need all day")
WORST = {
    "service_level": Words(fr=" ; le niveau de service est le plus bas à {at}, {value}{interval}", en="; service level is lowest at {at}, {value}{interval}"),
    "asa": Words(fr=" ; l'attente moyenne est la plus longue à {at}, {value}{interval}", en="; the mean wait is longest at {at}, {value}{interval}"),
}
TARGET = {
    True: Words(fr=", sous la cible de {target} avec tout son intervalle", en=", below the target of {target} with its whole interval"),
    None: Words(fr=", sous la cible de {target} mais l'intervalle la contient", en=", below the target of {target}, which the interval holds"),
    False: Words(fr=", la cible étant de {target}", en=", the target being {target}"),
}
ALTERNATIVE = Words(
    fr=(
        "Trois courbes de {first} à {last}, pour les jours suivants : {days}. En haut, les arrivées par demi-heure, de {low} à {high}. Au milieu, les préposés "
        "en poste (de {least} à {most}), ceux de l'horaire écrit et {need} ; en bas, {measure}, de {worst} à {best}{others}."
    ),
    en=(
        "Three charts from {first} to {last}, for these days: {days}. At the top, arrivals per half hour, from {low} to {high}. In the middle, agents on duty "
        "(from {least} to {most}), those of the written schedule, and {need}; at the bottom, {measure}, from {worst} to {best}{others}."
    ),
)
OTHERS = Words(fr=", et celui de {n} {n:autre scénario|autres scénarios}", en=", and that of {n} other {n:scenario|scenarios}")
BANDS = Words(fr="Les bandes sont des intervalles à 95 %. ", en="Bands are 95 % intervals. ")
SINGLE = Words(fr="Une seule réplication : pas de bandes. ", en="A single replication: no bands. ")


@dataclass(frozen=True, eq=False)
class Day:
    """What is drawn, by half hour: arrivals, agents on duty and the measure with intervals, of shape (48,); `scheduled`, `need`: agents; nan outside.
    `rows`: the half hours shown; `days`: the weekdays; `others`: by name of another arm its measure."""

    place: Place
    days: tuple[int, ...]
    rows: range
    arrivals: Estimates
    duty: Estimates
    measured: Estimates
    scheduled: Reals
    need: Reals
    target: float | None
    theory: bool
    others: dict[str, Estimates]

    def cut(self, values: Reals) -> Reals:
        """The half hours shown."""
        return values[self.rows.start : self.rows.stop]


def picture(subject: Subject) -> Picture | Absent:
    """The picture of the base of `subject`; of other arms it has the measure."""
    place = busiest(subject.base)
    if place is None:
        return Absent("day", NO_LIVE)
    if not np.nansum(place.duty):
        return Absent("day", both(lambda lang: NO_STAFF.say(lang, place=quoted(place.called(lang), lang))))
    needed = Needed(place)
    day = _day(place, needed, subject)
    bands = SINGLE if len(subject.base.numbers) == 1 else BANDS
    return Picture(
        name="day",
        title=both(lambda lang: TITLE.say(lang, place=place.called(lang))),
        finding=both(lambda lang: finding(day, lang)),
        alternative=both(lambda lang: _alternative(day, lang)),
        data=data(day),
        shown=lambda lang: _shown(day, lang),
        indicators=("offered", "agents_on_duty", "paid_hours", place.measure),
        draw=lambda figure, lang, narrow: draw(day, figure, lang, narrow, titles(subject.arms, lang, 22)),
        height=(6.2, 7.4),
        note=both(lambda lang: about(place, lang, len(subject.arms)) + bands.say(lang) + HOLIDAYS.say(lang) + needed.assumes().say(lang)),
    )


def _day(place: Place, needed: Needed, subject: Subject) -> Day:
    days = place.typical()
    staffed = (np.nan_to_num(place.duty.mean(axis=0)) > 0) & place.inside
    if not staffed[list(days)].any():
        staffed = place.inside
    inside = staffed[list(days)].any(axis=0)
    half_hours = np.flatnonzero(inside)
    theory = needed.targets is not None
    level = place.level
    others = {}
    for arm in subject.others:
        if place.name in live(arm):
            there = Place(arm, place.name, 0)
            if there.measure == place.measure and there.days[list(days)].sum():
                others[arm.name] = within(there.measured_typical(days), inside)
    weight = np.where(inside, 1.0, np.nan)
    return Day(
        place=place,
        days=days,
        rows=range(int(half_hours[0]), int(half_hours[-1]) + 1),
        arrivals=within(_positive(place.of_typical(place.arrivals, days)), inside),
        duty=within(_positive(place.of_typical(place.duty, days)), inside),
        measured=within(place.measured_typical(days), inside),
        scheduled=weight * _weighted(place, place.scheduled, days),
        need=weight * _weighted(place, needed.needed if theory else needed.load, days),
        target=level.target if level is not None and level.target else None,
        theory=theory,
        others=others,
    )


def _weighted(place: Place, values: Reals, days: tuple[int, ...]) -> Reals:
    """The mean over weekdays, each as often as it occurred; 0 where nobody came on one."""
    weight = place.days[list(days)]
    return np.asarray((np.nan_to_num(values[list(days)]) * weight[:, None]).sum(axis=0) / weight.sum())


def _positive(found: Estimates) -> Estimates:
    return Estimates(found.mean, np.maximum(found.low, 0.0), found.high, found.replications)


def finding(day: Day, lang: Lang) -> str:
    """How many arrive and when most, where staff is most short, where service is worst and how sure that is."""
    place, measured = day.place, day.measured
    peak = int(np.nanargmax(day.arrivals.mean))
    text = ARRIVE.say(
        lang,
        days=span(day.days, lang, full=True),
        total=decimal(float(np.nansum(day.arrivals.mean)), lang, 0),
        peak=clock(peak, lang),
        most=decimal(float(day.arrivals.mean[peak]), lang, 0),
    )
    balance = day.duty.mean - day.need
    if day.theory and np.isfinite(balance).any():
        at = int(np.nanargmin(balance))
        few = -float(balance[at])
        said = SHORT.say(lang, at=clock(at, lang), few=decimal(few, lang, 1), need=decimal(float(day.need[at]), lang, 1)) if few >= 0.5 else ENOUGH.say(lang)
        text += said
    if not np.isfinite(measured.mean).any():
        return text + "."
    share = place.measure == "service_level"
    at = int(np.nanargmin(measured.mean) if share else np.nanargmax(measured.mean))
    estimate = measured.at(at)
    write = writer("share" if share else "s", estimate.mean or 0.0, lang)
    interval = between(estimate, write, lang)
    text += WORST[place.measure].say(lang, at=clock(at, lang), value=write(estimate.mean), interval=f" ({interval})" if interval else "")
    if day.target is not None and estimate.mean is not None:
        below = estimate.mean < day.target and estimate.high is not None
        sure = False if not below else True if estimate.high is not None and estimate.high < day.target else None
        text += TARGET[sure].say(lang, target=write(day.target))
    return text + "."


def _range(values: Reals, write: object) -> tuple[str, str]:
    assert callable(write)
    return write(float(np.nanmin(values))), write(float(np.nanmax(values)))


def _alternative(day: Day, lang: Lang) -> str:
    share = day.place.measure == "service_level"
    known = day.measured.mean if np.isfinite(day.measured.mean).any() else np.zeros(1)
    write = writer("share" if share else "s", float(np.nanmedian(known)), lang)
    low, high = _range(day.arrivals.mean, lambda value: decimal(value, lang, 1))
    least, most = _range(day.duty.mean, lambda value: decimal(value, lang, 1))
    worst, best = _range(known, write)
    return ALTERNATIVE.say(
        lang,
        first=clock(day.rows[0], lang),
        last=clock(day.rows[-1] + 1, lang),
        days=span(day.days, lang),
        low=low,
        high=high,
        least=least,
        most=most,
        need=(NEED if day.theory else LOAD).say(lang),
        measure=MEASURES[day.place.measure].say(lang),
        worst=worst,
        best=best,
        others=OTHERS.say(lang, n=len(day.others)) if day.others else "",
    )


def data(day: Day) -> pd.DataFrame:
    """One row an arm and half hour: arrivals, agents on duty, scheduled and needed of the base, and the measure of each arm, with intervals."""
    import pandas as pd

    unit = "" if day.place.measure == "service_level" else "_s"
    rows = list(day.rows)
    frames = []
    for name, measured in {day.place.arm.name: day.measured, **day.others}.items():
        columns: dict[str, Reals] = {}
        if measured is day.measured:
            for label, each in (("arrivals_per_half_hour", day.arrivals), ("agents_on_duty", day.duty)):
                columns |= {label: each.mean, f"{label}_low": each.low, f"{label}_high": each.high}
            need = "agents_needed" if day.theory else "offered_load_erlangs"
            columns |= {"agents_scheduled": day.scheduled, need: day.need}
        label = f"{day.place.measure}{unit}"
        columns |= {label: measured.mean, f"{label}_low": measured.low, f"{label}_high": measured.high}
        frames.append(
            pd.DataFrame({"arm": name, "place": day.place.name, "time": [clock(row, "en") for row in rows]} | {k: v[rows] for k, v in columns.items()})
        )
    return pd.concat(frames, ignore_index=True)


COLUMNS = (
    Words(fr="Arrivées", en="Arrivals"),
    Words(fr="Nécessaires", en="Needed"),
    Words(fr="À l'horaire", en="Scheduled"),
    Words(fr="En poste", en="On duty"),
)
OF_LOAD = Words(fr="Charge offerte", en="Offered load")
SAID = {"service_level": Words(fr="Niveau de service", en="Service level"), "asa": Words(fr="Attente moyenne", en="Mean wait")}
INTERVAL = Words(fr="Intervalle à 95 %", en="95 % interval")


def _shown(day: Day, lang: Lang) -> Table:
    """A row a half hour, of the base."""
    share = day.place.measure == "service_level"
    known = day.measured.mean[np.isfinite(day.measured.mean)]
    write = writer("share" if share else "s", float(np.median(known)) if len(known) else 0.0, lang)

    def number(value: float) -> str:
        return decimal(value, lang, 1) if np.isfinite(value) else NONE

    rows = []
    for row in day.rows:
        agents = [number(float(values[row])) for values in (day.arrivals.mean, day.need, day.scheduled, day.duty.mean)]
        estimate = day.measured.at(row)
        rows.append((clock(row, lang), *agents, write(estimate.mean), between(estimate, write, lang) or NONE))
    heads = [each.say(lang) for each in COLUMNS]
    if not day.theory:
        heads[1] = OF_LOAD.say(lang)
    return Table((HOUR.say(lang), *heads, SAID[day.place.measure].say(lang), INTERVAL.say(lang)), tuple(rows), (1, 2, 3, 4, 5, 6))
