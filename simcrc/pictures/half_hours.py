"""The busiest place where citizens wait live, by half hour of the week: who came, who was on duty, how well it went.

``heatmap``, ``day`` and ``agents`` draw it; ``erlang_needed`` holds what theory says of it.  Figures come from the sums of the replications, so that several
weekdays can be put together with an interval that holds for the whole of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimates, means, ratios
from simcrc.pictures.arm import Arm
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.channels.base import ServiceLevel
    from simcrc.indicators.expressions import Expression

Reals = npt.NDArray[np.float64]
HALF_HOUR = 1800.0
SHAPE = (7, 48)
BUSY_SHARE = 0.5
"""Weekdays with at least this share of the contacts of the median one are typical."""
DAYS = {"fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
FULL_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
NO_LIVE = Words(
    fr="Personne n'attend de préposé dans ce scénario : un téléphone ou un comptoir, avec des contacts pendant la période, donnerait cette image.",
    en="Nobody waits for an agent in this scenario: a phone or a counter, with contacts in the period, would give this picture.",
)
NO_STAFF = Words(
    fr="Personne n'a été en poste pour servir {place} pendant la période : une équipe avec un horaire donnerait cette image.",
    en="Nobody was on duty to serve {place} in the period: a team with a schedule would give this picture.",
)


@dataclass(frozen=True, eq=False)
class Place:
    """A live station of an arm.  `name`: a channel, or ``channel.site``; `others`: how many live stations the arm has beside it."""

    arm: Arm
    name: str
    others: int

    @property
    def channel(self) -> str:
        """The channel that it is, or is a site of."""
        return self.name.partition(".")[0]

    def called(self, lang: Lang) -> str:
        """What people call it; a site with its channel."""
        channel, _, site = self.name.partition(".")
        if not site:
            return self.arm.called(channel, lang)
        spec = getattr(self.arm.scenario.channels[channel], "sites_", {}).get(site)
        return f"{self.arm.called(channel, lang)}, {site if spec is None or spec.name is None else spec.name.say(lang)}"

    @property
    def level(self) -> ServiceLevel | None:
        """The service level that is written for it."""
        return getattr(self.arm.scenario.channels[self.channel], "service_level", None)

    @property
    def measure(self) -> str:
        """The indicator by which it is looked at: its service level, or the mean wait where no threshold is written."""
        return "asa" if self.level is None else "service_level"

    def slots(self, of: Expression, name: str | None = None, period: str = "slot") -> Reals:
        """A sum by half hour of the week, shape (replications, 7, 48), or by day, (replications, days): here, at another station, or of a team
        (``team:name``)."""
        name, totals = name or self.name, self.arm.totals
        axis = "team" if name.startswith("team:") else "station"
        found = of.cells(totals, (axis, period))
        assert found is not None
        row = found[:, totals.axes.labels[axis].index(name)]
        return np.asarray(row.reshape(len(row), *SHAPE) if period == "slot" else row, dtype=np.float64)

    @cached_property
    def _dates(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """By day of the measured period its weekday, and whether somebody was served or gave up here."""
        from datetime import date

        from simcrc.indicators.queues import ABANDONED, SERVED

        weekday = np.array([date.fromisoformat(label).weekday() for label in self.arm.totals.axes.labels["day"]])
        return weekday, np.asarray((self.slots(SERVED + ABANDONED, period="day") > 0).any(axis=0))

    @cached_property
    def days(self) -> Reals:
        """By weekday, how many days the place worked: holidays and what was before its opening are not among them; shape (7,)."""
        weekday, worked = self._dates
        return np.bincount(weekday[worked], minlength=7).astype(np.float64)

    def per_day(self, sums: Reals) -> Reals:
        """Sums by half hour of the week as those of one working day; nan on weekdays without any; last axes (7, 48)."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(sums / np.where(self.days > 0, self.days, np.nan)[:, None], dtype=np.float64)

    def on_days(self, of: Expression, name: str) -> Reals:
        """A sum by half hour of a team or another station, on the days on which this place worked: its sums of each weekday in the proportion of these days."""
        weekday, worked = self._dates
        daily = self.slots(of, name, "day").sum(axis=0)
        inside, all_ = (np.bincount(weekday, weights=each, minlength=7) for each in (np.where(worked, daily, 0.0), daily))
        return self.slots(of, name) * (inside / np.where(all_ > 0, all_, 1.0))[:, None]

    @cached_property
    def arrivals(self) -> Reals:
        """Contacts offered in a half hour of a working day, those that found it closed left out; shape (replications, 7, 48)."""
        from simcrc.indicators.common import LIVE, outcomes
        from simcrc.log import Outcome

        return self.per_day(self.slots(LIVE) - self.slots(outcomes(LIVE, Outcome.CLOSED)))

    @cached_property
    def inside(self) -> npt.NDArray[np.bool_]:
        """The half hours of the week in which somebody came; shape (7, 48)."""
        return np.asarray(np.nan_to_num(self.arrivals).sum(axis=0) > 0)

    def serving(self, name: str) -> tuple[str, ...]:
        """The teams that serve a station."""
        return tuple(team for team, spec in self.arm.scenario.teams.items() if any(entry in (name, name.partition(".")[0]) for entry in spec.serves))

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """The teams that serve the place."""
        return self.serving(self.name)

    @cached_property
    def duty(self) -> Reals:
        """Mean agents on duty in the teams that serve it, in a half hour of a working day, less those whom other live places keep busy meanwhile; shape
        (replications, 7, 48)."""
        from simcrc.indicators.load import SERVICE_TIME
        from simcrc.indicators.staff import DUTY

        def of(team: str) -> Reals:
            return self.on_days(DUTY, f"team:{team}")

        out = np.zeros((len(self.arm.totals), *SHAPE)) + sum(of(team) for team in self.teams)
        for other in self.rivals:
            theirs = self.serving(other)
            shared, whole = (sum((of(team) for team in names), np.zeros_like(out)) for names in ([t for t in theirs if t in self.teams], theirs))
            out = out - self.on_days(SERVICE_TIME, other) * shared / np.where(whole > 0, whole, 1.0)
        return np.maximum(self.per_day(out) / 1e6 / HALF_HOUR, 0.0)

    @cached_property
    def rivals(self) -> tuple[str, ...]:
        """The other live stations that its teams serve too."""
        return tuple(name for name in live(self.arm) if name != self.name and set(self.serving(name)) & set(self.teams))

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """The channels of items that its teams work on when nobody waits."""
        waits = {name.partition(".")[0] for name in live(self.arm)}
        served = (entry.partition(".")[0] for team in self.teams for entry in self.arm.scenario.teams[team].serves)
        return tuple(dict.fromkeys(channel for channel in served if channel not in waits))

    @cached_property
    def scheduled(self) -> Reals:
        """Agents of these teams as the schedule is written, before absences and breaks; shape (7, 48)."""
        from simcrc.indicators.staff import PAID

        total = sum((self.on_days(PAID, f"team:{team}").mean(axis=0) for team in self.teams), np.zeros(SHAPE))
        return self.per_day(total) / 1e6 / HALF_HOUR

    @cached_property
    def busy(self) -> Reals:
        """Mean agents busy here, wrap-up included, in a half hour of a working day; shape (replications, 7, 48)."""
        from simcrc.indicators.load import SERVICE_TIME

        return self.per_day(self.slots(SERVICE_TIME)) / 1e6 / HALF_HOUR

    @cached_property
    def handle(self) -> float:
        """Seconds that a served contact keeps an agent, wrap-up included; nan where nobody was served."""
        from simcrc.indicators.load import SERVICE_TIME
        from simcrc.indicators.queues import SERVED

        served = self.slots(SERVED).sum()
        return float(self.slots(SERVICE_TIME).sum() / 1e6 / served) if served else float("nan")

    @cached_property
    def parts(self) -> tuple[Reals, Reals]:
        """Numerator and denominator of ``measure``, each of shape (replications, 7, 48)."""
        from simcrc.indicators.queues import ASA
        from simcrc.indicators.service_levels import SERVICE_LEVEL

        formula = ASA if self.level is None else SERVICE_LEVEL
        over, under = self.slots(formula.over), self.slots(formula.under)
        return np.where(self.inside, over, 0.0), np.where(self.inside, under, 0.0)

    def measured(self) -> Estimates:
        """``measure`` in each half hour of the week, shape (7, 48); intervals cut to what can be."""
        return clipped(ratios(*self.parts), self.measure)

    def typical(self) -> tuple[int, ...]:
        """The weekdays that are much alike: those with at least half the contacts of the median weekday."""
        each = np.nan_to_num(self.arrivals.mean(axis=0)).sum(axis=1)
        return tuple(int(day) for day in np.flatnonzero(each >= BUSY_SHARE * np.median(each[each > 0])))

    def of_typical(self, values: Reals, days: Sequence[int]) -> Estimates:
        """The mean over typical weekdays, each as often as it occurred, of figures of shape (replications, 7, 48); shape (48,)."""
        chosen = list(days)
        weight = self.days[chosen][:, None]
        return means((np.nan_to_num(values[:, chosen]) * weight).sum(axis=1) / weight.sum())

    def measured_typical(self, days: Sequence[int]) -> Estimates:
        """``measure`` by half hour of typical weekdays together; shape (48,)."""
        over, under = (part[:, list(days)].sum(axis=1) for part in self.parts)
        return clipped(ratios(over, under), self.measure)


def live(arm: Arm) -> tuple[str, ...]:
    """The stations of an arm where citizens wait for an agent."""
    return arm.totals.axes.labels["live_station"]


def busiest(arm: Arm) -> Place | None:
    """The place with most contacts of the live channel with most; None when no live channel has any."""
    from simcrc.indicators.common import LIVE

    names = live(arm)
    counts = LIVE.cells(arm.totals, ("station",)) if names else None
    if counts is None or not counts.sum():
        return None
    labels = arm.totals.axes.labels["station"]
    offered = {name: float(counts[:, labels.index(name)].sum()) for name in names}
    channels: dict[str, float] = {}
    for name, count in offered.items():
        channels[name.partition(".")[0]] = channels.get(name.partition(".")[0], 0.0) + count
    first = max(channels, key=lambda name: channels[name])
    name = max((name for name in names if name.partition(".")[0] == first), key=lambda each: offered[each])
    place = Place(arm, name, len(names) - 1)
    return place if place.days.sum() else None


def within(found: Estimates, inside: npt.NDArray[np.bool_]) -> Estimates:
    """`found`, nan where it is not `inside`."""
    mean, low, high = (np.where(inside, part, np.nan) for part in (found.mean, found.low, found.high))
    return Estimates(mean, low, high, found.replications)


def clipped(found: Estimates, measure: str) -> Estimates:
    """`found` with intervals within what the indicator can be."""
    top = np.inf if measure == "asa" else 1.0
    return Estimates(found.mean, np.maximum(found.low, 0.0), np.minimum(found.high, top), found.replications)


def clock(half_hour: int, lang: Lang) -> str:
    """``8 h 30``, ``08:30``: the beginning of a half hour."""
    hour, minute = half_hour // 2, half_hour % 2 * 30
    return f"{hour}\u00a0h" + (f"\u00a0{minute:02d}" if minute else "") if lang == "fr" else f"{hour:02d}:{minute:02d}"


def span(days: Sequence[int], lang: Lang, full: bool = False) -> str:
    """``lun–ven``, or the days one by one; a week that begins on Sunday is one span too."""
    names = (FULL_DAYS if full else DAYS)[lang]
    first = next((day for day in days if (day - 1) % 7 not in days), days[0])
    run = [(first + k) % 7 for k in range(len(days))]
    if len(days) > 2 and set(run) == set(days):
        to = (" au " if lang == "fr" else " to ") if full else "–"
        return f"{names[run[0]]}{to}{names[run[-1]]}"
    return ", ".join(names[day] for day in days)
