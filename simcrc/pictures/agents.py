"""Service level (or mean wait) and occupancy against the number of agents: what each half hour of the run showed, and what Erlang A expects.

Half hours differ in their arrivals, so a number of agents alone says little: agents are counted beyond the offered load (arrivals × handle time), and half
hours are put in three groups by arrivals, quiet, middling and busy, each with its own curve of Erlang A. Where ``simcrc staff`` or a sweep has left points,
their curve is drawn too. ``agents_drawing`` draws, ``agents_points`` reads such points, ``erlang_needed`` holds what the reference assumes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimate, Estimates, ratios
from simcrc.pictures.agents_drawing import draw
from simcrc.pictures.agents_points import Points, points
from simcrc.pictures.erlang_needed import Needed
from simcrc.pictures.half_hours import DAYS, NO_LIVE, NO_STAFF, Place, busiest, clipped, clock
from simcrc.pictures.heatmap import HOLIDAYS, about
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.writing import between, quoted
from simcrc.report.numbers import NONE, decimal, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.subject import Subject

Reals = npt.NDArray[np.float64]
STEPS = 33

TITLES = {
    "service_level": Words(fr="Niveau de service et occupation selon l'effectif ({place})", en="Service level and occupancy by number of agents ({place})"),
    "asa": Words(fr="Attente et occupation selon l'effectif ({place})", en="Wait and occupancy by number of agents ({place})"),
}
GROUPS = (
    Words(fr="demi-heures calmes", en="quiet half hours"),
    Words(fr="demi-heures moyennes", en="middling half hours"),
    Words(fr="demi-heures chargées", en="busy half hours"),
)
ALL = Words(fr="demi-heures", en="half hours")
OF = {
    "service_level": Words(fr="Le niveau de service mesuré est de {value}{interval}", en="The service level measured is {value}{interval}"),
    "asa": Words(fr="L'attente moyenne mesurée est de {value}{interval}", en="The mean wait measured is {value}{interval}"),
}
THEORY = Words(
    fr=" ; Erlang A, demi-heure par demi-heure, avec les mêmes arrivées et le même effectif, donne {theory}, {verdict}",
    en="; Erlang A, half hour by half hour, with the same arrivals and the same staff, gives {theory}, {verdict}",
)
LEFT_OUT = Words(fr=" ({n} {n:demi-heure|demi-heures} sans équilibre laissées de côté)", en=" ({n} half {n:hour|hours} without equilibrium left out)")
NO_THEORY = Words(fr=" ; Erlang A n'a pas d'équilibre à donner pour ces demi-heures", en="; Erlang A has no equilibrium to offer for these half hours")
VERDICTS = {
    "inside": Words(fr="ce que l'intervalle contient", en="which the interval holds"),
    "above": Words(fr="au-dessus de l'intervalle", en="above the interval"),
    "below": Words(fr="au-dessous de l'intervalle", en="below the interval"),
    "single": Words(fr="sans intervalle pour en juger (une seule réplication)", en="with no interval to judge by (a single replication)"),
}
OCCUPIED = Words(fr=" ; les préposés en poste y passent {value} de leur temps", en="; agents on duty spend {value} of their time on it")
ALTERNATIVE = Words(
    fr=(
        "Deux nuages de {n} demi-heures de la semaine : en abscisse les préposés en poste moins la charge offerte, de {least} à {most}, "
        "en ordonnée {measure}, de {low} à {high}, puis l'occupation, de {idle} à {full}. Des courbes donnent ce qu'Erlang A attend aux arrivées médianes de "
        "chaque groupe : {groups}.{points}"
    ),
    en=(
        "Two clouds of {n} half hours of the week: agents on duty minus the offered load, from {least} to {most}, against {measure}, from {low} to {high}, "
        "then against occupancy, from {idle} to {full}. Curves give what Erlang A expects at the median arrivals of each group: {groups}.{points}"
    ),
)
PER_HOUR = Words(fr="{name}, {rate}/h", en="{name}, {rate}/h")
MORE = Words(fr=" Au-dessous, les {n} points simulés de l'effectif.", en=" Below, the {n} simulated points of staff.")
MEASURES = {"service_level": Words(fr="le niveau de service", en="service level"), "asa": Words(fr="l'attente moyenne", en="mean wait")}
READ = Words(
    fr="Chaque point est une demi-heure de la semaine ; l'occupation est la part du temps des préposés en poste que ces contacts prennent. ",
    en="Each point is a half hour of the week; occupancy is the share of the time of agents on duty that these contacts take. ",
)


@dataclass(frozen=True, eq=False)
class Group:
    """Half hours with like arrivals.  `cells`: weekday and half hour; `rate`: their median contacts a second; `x`: agents beyond the load of these, at which
    `level` and `occupancy` are Erlang A's."""

    name: Words
    cells: tuple[tuple[int, int], ...]
    rate: float
    x: Reals
    level: Reals
    occupancy: Reals


@dataclass(frozen=True, eq=False)
class Cloud:
    """What is drawn.

    By half hour of the week: `duty` (agents), `load` (erlangs), `measured` and `busy` (occupancy) with intervals, and what Erlang A gives at each: `level`,
    `occupancy`.  `whole`: the measure over the run; `theory`: the same by Erlang A.
    """

    place: Place
    duty: Reals
    load: Reals
    measured: Estimates
    busy: Estimates
    level: Reals
    occupancy: Reals
    groups: tuple[Group, ...]
    whole: Estimate
    busy_whole: float
    theory: float
    points: Points | None

    @property
    def cells(self) -> list[tuple[int, int]]:
        """The half hours drawn, in the order of the week."""
        return sorted(cell for group in self.groups for cell in group.cells)


def picture(subject: Subject) -> Picture | Absent:
    """The picture of the base of `subject`."""
    place = busiest(subject.base)
    if place is None:
        return Absent("agents", NO_LIVE)
    staffed = place.inside & (np.nan_to_num(place.duty.mean(axis=0)) > 0) & np.isfinite(place.measured().mean)
    if not staffed.any() or math.isnan(place.handle):
        return Absent("agents", both(lambda lang: NO_STAFF.say(lang, place=quoted(place.called(lang), lang))))
    needed = Needed(place)
    cloud = _cloud(place, needed, staffed, points(subject.staffing, place))
    more = 1.9 if cloud.points is not None else 1.0
    return Picture(
        name="agents",
        title=both(lambda lang: TITLES[place.measure].say(lang, place=place.called(lang))),
        finding=both(lambda lang: finding(cloud, lang)),
        alternative=both(lambda lang: _alternative(cloud, lang)),
        data=data(cloud),
        shown=lambda lang: _shown(cloud, lang),
        indicators=(place.measure, "agents_on_duty", "agents_busy", "occupancy"),
        draw=lambda figure, lang, narrow: draw(cloud, figure, lang, narrow),
        height=(round(3.9 * more, 1), round(6.6 * more, 1)),
        note=both(lambda lang: about(place, lang, len(subject.arms)) + READ.say(lang) + HOLIDAYS.say(lang) + needed.assumes().say(lang)),
    )


def _cloud(place: Place, needed: Needed, staffed: npt.NDArray[np.bool_], extra: Points | None) -> Cloud:
    duty = np.where(staffed, place.duty.mean(axis=0), np.nan)
    occupied = ratios(np.where(staffed, np.nan_to_num(place.busy), 0.0), np.where(staffed, np.nan_to_num(place.duty), 0.0))
    weight = place.days[:, None]
    over, under = (np.where(staffed, part, 0.0).sum(axis=(1, 2)) for part in place.parts)
    whole = clipped(ratios(over, under), place.measure).at()
    busy, on_duty = (float((np.where(staffed, np.nan_to_num(part.mean(axis=0)), 0.0) * weight).sum()) for part in (place.busy, place.duty))
    return Cloud(
        place=place,
        duty=duty,
        load=needed.load,
        measured=place.measured(),
        busy=Estimates(occupied.mean, np.maximum(occupied.low, 0.0), occupied.high, occupied.replications),
        level=needed.everywhere("measure", duty),
        occupancy=needed.everywhere("occupancy", duty),
        groups=_groups(needed, staffed, duty),
        whole=whole,
        busy_whole=busy / on_duty,
        theory=needed.overall(duty),
        points=extra,
    )


def _groups(needed: Needed, staffed: npt.NDArray[np.bool_], duty: Reals) -> tuple[Group, ...]:
    """Three groups by arrivals, as many half hours in each; one group where there are fewer than nine."""
    cells = [(int(day), int(row)) for day, row in zip(*np.nonzero(staffed), strict=True)]
    cells.sort(key=lambda cell: (float(needed.rate[cell]), cell))
    parts = [cells] if len(cells) < 9 else [list(part) for part in _thirds(cells)]
    names = (ALL,) if len(parts) == 1 else GROUPS
    made = []
    for name, part in zip(names, parts, strict=True):
        rate = float(np.median([needed.rate[cell] for cell in part]))
        load = rate * needed.place.handle
        beyond = [float(duty[cell] - needed.load[cell]) for cell in part]
        room = min(3.0, max(1.0, 0.12 * (max(beyond) - min(beyond))))
        x = np.unique(np.round(np.linspace(max(1.0 - load, min(beyond) - room), max(max(beyond), 1.0 - load) + room, STEPS), 6))
        curves = [np.array([needed.at(figure, rate, load + float(number)) for number in x]) for figure in ("measure", "occupancy")]
        made.append(Group(name, tuple(part), rate, x, *curves))
    return tuple(made)


def _thirds(cells: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    edges = [round(len(cells) * k / 3) for k in range(4)]
    return [cells[one:other] for one, other in pairwise(edges)]


def verdict(whole: Estimate, theory: float) -> str:
    """Where the figure of theory lies: inside the interval, above, below; ``single`` without one."""
    if whole.low is None or whole.high is None:
        return "single"
    return "below" if theory < whole.low else "above" if theory > whole.high else "inside"


def finding(cloud: Cloud, lang: Lang) -> str:
    """What was measured over the run, and where Erlang A lies to its interval."""
    measure = cloud.place.measure
    write, share = writer("share" if measure == "service_level" else "s", cloud.whole.mean or 0.0, lang), writer("share", 1.0, lang)
    interval = between(cloud.whole, write, lang)
    text = OF[measure].say(lang, value=write(cloud.whole.mean), interval=f" ({interval})" if interval else "")
    if math.isnan(cloud.theory):
        text += NO_THEORY.say(lang)
    else:
        missing = sum(math.isnan(float(cloud.level[cell])) for cell in cloud.cells)
        text += THEORY.say(lang, theory=write(cloud.theory), verdict=VERDICTS[verdict(cloud.whole, cloud.theory)].say(lang))
        text += LEFT_OUT.say(lang, n=missing) if missing else ""
    return text + OCCUPIED.say(lang, value=share(cloud.busy_whole)) + "."


def _alternative(cloud: Cloud, lang: Lang) -> str:
    measure, cells = cloud.place.measure, cloud.cells
    write, share = writer("share" if measure == "service_level" else "s", cloud.whole.mean or 0.0, lang), writer("share", 1.0, lang)
    level, busy, beyond = ([float(values[cell]) for cell in cells] for values in (cloud.measured.mean, cloud.busy.mean, cloud.duty - cloud.load))
    groups = [PER_HOUR.say(lang, name=group.name.say(lang), rate=decimal(3600 * group.rate, lang, 0)) for group in cloud.groups]
    return ALTERNATIVE.say(
        lang,
        n=len(cells),
        least=decimal(min(beyond), lang, 1),
        most=decimal(max(beyond), lang, 1),
        measure=MEASURES[measure].say(lang),
        low=write(min(level)),
        high=write(max(level)),
        idle=share(min(busy)),
        full=share(max(busy)),
        groups=" ; ".join(groups) if lang == "fr" else "; ".join(groups),
        points=MORE.say(lang, n=len(cloud.points.x)) if cloud.points is not None else "",
    )


def data(cloud: Cloud) -> pd.DataFrame:
    """One row a half hour: weekday, time, group, contacts an hour, agents on duty, measured and of Erlang A; then those of the points of staff."""
    import pandas as pd

    unit = "" if cloud.place.measure == "service_level" else "_s"
    name = f"{cloud.place.measure}{unit}"
    group_of = {cell: group.name.en for group in cloud.groups for cell in group.cells}
    arrivals = 2.0 * cloud.place.arrivals.mean(axis=0)
    rows: list[dict[str, object]] = []
    for cell in cloud.cells:
        rows.append(
            {
                "source": "run",
                "weekday": DAYS["en"][cell[0]],
                "time": clock(cell[1], "en"),
                "group": group_of[cell],
                "arrivals_per_hour": float(arrivals[cell]),
                "agents_on_duty": float(cloud.duty[cell]),
                "offered_load_erlangs": float(cloud.load[cell]),
                name: float(cloud.measured.mean[cell]),
                f"{name}_low": float(cloud.measured.low[cell]),
                f"{name}_high": float(cloud.measured.high[cell]),
                "occupancy": float(cloud.busy.mean[cell]),
                "occupancy_low": float(cloud.busy.low[cell]),
                "occupancy_high": float(cloud.busy.high[cell]),
                f"erlang_a_{name}": float(cloud.level[cell]),
                "erlang_a_occupancy": float(cloud.occupancy[cell]),
            }
        )
    frame = pd.DataFrame(rows)
    return frame if cloud.points is None else pd.concat([frame, cloud.points.data(name)], ignore_index=True)


HEADS = (
    Words(fr="Groupe", en="Group"),
    Words(fr="Préposés en poste", en="Agents on duty"),
    Words(fr="Demi-heures", en="Half hours"),
    Words(fr="Contacts par heure", en="Contacts an hour"),
)
SAID = {"service_level": Words(fr="Niveau de service", en="Service level"), "asa": Words(fr="Attente moyenne", en="Mean wait")}
OCCUPANCY = Words(fr="Occupation", en="Occupancy")
BY_ERLANG = Words(fr="{what} (Erlang A)", en="{what} (Erlang A)")


def _shown(cloud: Cloud, lang: Lang) -> Table:
    """A row a group and a range of agents: means over its half hours, weighted by their contacts (occupancy by agents)."""
    measure = cloud.place.measure
    write, share = writer("share" if measure == "service_level" else "s", cloud.whole.mean or 0.0, lang), writer("share", 1.0, lang)
    arrivals = cloud.place.arrivals.mean(axis=0)
    what, busy = SAID[measure].say(lang), OCCUPANCY.say(lang)
    rows = []
    for group in cloud.groups:
        ordered = sorted(group.cells, key=lambda cell: float(cloud.duty[cell]))
        parts = [list(part) for part in np.array_split(np.array(ordered), min(6, len(ordered)))]
        for part in parts:
            cells = [(int(day), int(row)) for day, row in part]

            def mean(values: Reals, weight: Reals, cells: list[tuple[int, int]] = cells) -> float | None:
                known = [cell for cell in cells if np.isfinite(values[cell])]
                total = sum(float(weight[cell]) for cell in known)
                return sum(float(values[cell] * weight[cell]) for cell in known) / total if total else None

            duty = [float(cloud.duty[cell]) for cell in cells]
            low, high = decimal(min(duty), lang, 1), decimal(max(duty), lang, 1)
            rows.append(
                (
                    group.name.say(lang),
                    low if low == high else f"{low}–{high}",
                    decimal(len(cells), lang, 0),
                    decimal(2.0 * float(np.mean([arrivals[cell] for cell in cells])), lang, 0),
                    write(mean(cloud.measured.mean, arrivals)),
                    write(mean(cloud.level, arrivals)),
                    share(mean(cloud.busy.mean, cloud.duty)),
                    share(mean(cloud.occupancy, cloud.duty)),
                )
            )
    heads = (what, BY_ERLANG.say(lang, what=what), busy, BY_ERLANG.say(lang, what=busy))
    extra = () if cloud.points is None else tuple((text, *cells, NONE, *more, NONE) for text, cells, more in cloud.points.rows(lang, write, share))
    return Table((*(head.say(lang) for head in HEADS), *heads), (*rows, *extra), (1, 2, 3, 4, 5, 6, 7))
