"""A staffing in words: what ``simcrc staff`` prints.  ``staffing_words`` holds the words, ``plain`` writes tables as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from simcrc.experiment.statistics import Estimate
from simcrc.report import staffing_words as words
from simcrc.report.numbers import NONE, decimal, points, writer
from simcrc.report.plain import Table, render
from simcrc.report.short import TO, label, place
from simcrc.scenario.week import HALF_HOURS, format_time

if TYPE_CHECKING:
    from simcrc.staffing.around import Effect, Point
    from simcrc.staffing.staffed import Staffed
    from simcrc.words import Lang

DAYS = {"fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def text(found: Staffed, lang: Lang) -> str:
    """The whole account."""
    account = Account(found, lang)
    parts = [
        account.head(),
        render(account.summary()),
        render(account.by_team()),
        *(render(account.schedule(k)) for k in range(len(found.crews))),
        *(render(account.by_half_hour(k)) for k, slots in enumerate(found.slots) if slots is not None),
        render(account.curve()),
        render(account.effects()),
    ]
    if found.beside:
        parts.append(render(account.beside()))
    parts.append(account.proof())
    return "\n\n".join(parts)


class Account:
    """A staffing, and how a language writes its figures."""

    def __init__(self, found: Staffed, lang: Lang) -> None:
        self.found, self.lang = found, lang
        self.hours: Callable[[float], str] = lambda value: decimal(value, lang, 1)

    def head(self) -> str:
        """Title, what is asked, over what."""
        found, lang = self.found, self.lang
        lines = [words.TITLE.say(lang, name=found.name[lang])]
        for aim, verdict in zip(found.aims, found.verdicts, strict=True):
            value = writer(aim.unit, aim.value, lang)(aim.value)
            where = place(aim.place or None, found.words, lang)
            name = label(aim.indicator, lang)
            what = f"{name} ({where})" if where else name
            lines.append(words.TARGET.say(lang, what=what, sign=aim.sign, value=value, verdict=words.VERDICTS[verdict].say(lang)))
        lines.append(words.MEANING[found.by].say(lang))
        lines.append(words.DRAWS.say(lang, n=found.replications, simulations=found.simulations))
        if found.replications == 1:
            lines.append(words.ONE.say(lang))
        return "\n".join(lines)

    def money(self, value: float | None) -> str:
        """An amount in the scenario's currency."""
        return NONE if value is None else writer(self.found.currency, abs(value), self.lang)(value)

    def interval(self, one: Estimate, unit: str) -> str:
        """``80,2 % (79,5 % à 80,9 %)``, no further than such a figure can go."""
        write = writer(unit, one.mean or 0.0, self.lang)
        if one.low is None or one.high is None:
            return write(one.mean)
        low, high = max(0.0, one.low), min(1.0, one.high) if unit == "share" else one.high
        return f"{write(one.mean)} ({TO.say(self.lang, low=write(low), high=write(high))})"

    def aims(self) -> list[str]:
        """What the columns of the targets are called."""
        return [f"{label(aim.indicator, self.lang)}{self._where(aim.place)}" for aim in self.found.aims]

    def _where(self, name: str) -> str:
        where = place(name or None, self.found.words, self.lang)
        return f", {where}" if where else ""

    def summary(self) -> Table:
        """Written, start, found, fresh."""
        found, lang = self.found, self.lang
        table = Table(words.SUMMARY.say(lang), ["", words.WEEK.say(lang), words.COST.say(lang), *self.aims(), words.MISSED[found.by].say(lang)])
        for key, point in (("before", found.before), ("start", found.start), ("found", found.found), ("fresh", found.fresh)):
            figures = [self.interval(one, aim.unit) for aim, one in zip(found.aims, point.figures, strict=True)]
            table.rows.append([words.POINTS[key].say(lang), self.hours(point.week), self.money(point.cost), *figures, decimal(point.missed, lang, 0)])
        if found.fresh.missed:
            n = max(1, round(found.weeks * found.replications))
            table.notes.append(words.CHANCE.say(lang, n=n, more=max(4, 2 * found.replications)))
        return table

    def by_team(self) -> Table:
        """Hours of an ordinary week and occupancy, written and found."""
        found, lang = self.found, self.lang
        columns = [words.TEAM.say(lang), *(each.say(lang) for each in (words.BEFORE_HOURS, words.AFTER_HOURS, words.BEFORE_BUSY, words.AFTER_BUSY))]
        table = Table(words.BY_TEAM.say(lang), columns)
        share = writer("share", 1.0, lang)
        for k, crew in enumerate(found.crews):
            hours = (found.written[k].sum() / 2.0, found.plan.agents[k].sum() / 2.0)
            busy = [share(point.occupancy[crew.name].mean) for point in (found.before, found.found)]
            table.rows.append([self.team(crew.name), *(self.hours(float(each)) for each in hours), *busy])
        return table

    def team(self, name: str) -> str:
        """What a team is called."""
        return place(f"team:{name}", self.found.words, self.lang)

    def schedule(self, crew: int) -> Table:
        """Scheduled agents of a team by half hour and weekday."""
        agents = self.found.plan.agents[crew]
        title = words.SCHEDULE.say(self.lang, team=self.team(self.found.crews[crew].name))
        return self._grid(title, (agents > 0) | self.found.crews[crew].open, lambda slot: decimal(float(agents[slot]), self.lang, 0))

    def by_half_hour(self, aim: int) -> Table:
        """The figure of a target by half hour and weekday, with the plan found."""
        found = self.found
        slots = found.slots[aim]
        assert slots is not None
        own = found.aims[aim]
        inside = ~np.isnan(slots.mean) & np.any([crew.may for crew in found.crews], axis=0)
        scale = float(np.nanmedian(slots.mean[inside])) if inside.any() else 0.0
        write = writer(own.unit, scale, self.lang)
        return self._grid(words.HALF_HOURS.say(self.lang, what=self.aims()[aim]), inside, lambda slot: write(float(slots.mean[slot])))

    def _grid(self, title: str, inside: np.ndarray[tuple[int], np.dtype[np.bool_]], cell: Callable[[int], str]) -> Table:
        """Rows are half hours, columns days; rows that say the same as the one before are left out."""
        days = [day for day in range(7) if inside[day * HALF_HOURS : (day + 1) * HALF_HOURS].any()]
        table = Table(title, ["", *(DAYS[self.lang][day] for day in days)])
        before: list[str] = []
        for half in range(HALF_HOURS):
            slots = [day * HALF_HOURS + half for day in days]
            cells = [cell(slot) if inside[slot] else "" for slot in slots]
            if any(cells) and cells != before:
                table.rows.append([format_time(30 * half), *cells])
            elif before and any(before) and not any(cells):
                table.rows.append([format_time(30 * half), *("" for _ in days)])
            before = cells
        return table

    def curve(self) -> Table:
        """Staff against targets."""
        found, lang = self.found, self.lang
        table = Table(
            words.CURVE.say(lang), [words.OF_FOUND.say(lang), words.WEEK.say(lang), words.COST.say(lang), *self.aims(), words.MISSED[found.by].say(lang)]
        )
        for point in found.curve:
            table.rows.append([self._share(point), self.hours(point.week), self.money(point.cost), *self._figures(point), decimal(point.missed, lang, 0)])
        return table

    def _share(self, point: Point) -> str:
        return writer("share", 1.0, self.lang)(float(point.label.rstrip("%")) / 100)

    def _figures(self, point: Point) -> list[str]:
        return [writer(aim.unit, one.mean or 0.0, self.lang)(one.mean) for aim, one in zip(self.found.aims, point.figures, strict=True)]

    def effects(self) -> Table:
        """One agent more or less in each team."""
        found, lang = self.found, self.lang
        table = Table(
            words.EFFECTS.say(lang),
            [words.TEAM.say(lang), words.AGENTS.say(lang), words.HOURS.say(lang), words.COST.say(lang), *self.aims(), words.BUSY.say(lang)],
        )
        table.notes.append(words.EFFECTS_NOTE.say(lang))
        for effect in found.effects:
            changes = effect.point.changes or ()
            figures = [self._changed(aim.unit, one, change) for aim, one, change in zip(found.aims, effect.point.figures, changes, strict=True)]
            busy = writer("share", 1.0, lang)(effect.point.occupancy[effect.team].mean)
            table.rows.append(
                [self.team(effect.team), self._signed(effect), self._plus(self.hours(effect.hours), effect.hours), self._cost(effect), *figures, busy]
            )
        return table

    def _signed(self, effect: Effect) -> str:
        return "+1" if effect.agents > 0 else "−1"

    def _cost(self, effect: Effect) -> str:
        return NONE if effect.cost is None else self._plus(self.money(effect.cost), effect.cost)

    def _plus(self, shown: str, value: float) -> str:
        return f"+{shown}" if value > 0 else shown.replace("-", "−")

    def _changed(self, unit: str, one: Estimate, change: Estimate) -> str:
        write = writer(unit, one.mean or 0.0, self.lang)
        moved = change.mean or 0.0
        shown = points(moved, self.lang) if unit == "share" else write(moved)
        return f"{write(one.mean)} ({self._plus(shown, moved)})"

    def beside(self) -> Table:
        """What was not aimed at."""
        lang = self.lang
        table = Table(words.BESIDE.say(lang), [words.WHERE.say(lang), words.FIGURE.say(lang), words.WRITTEN.say(lang), words.FOUND.say(lang)], left=2)
        for each in self.found.beside:
            cells = [self.interval(one, each.unit) for one in (each.before, each.after)]
            table.rows.append([place(each.place or None, self.found.words, lang), label(each.indicator, lang), *cells])
        growing = [place(each.place, self.found.words, lang) for each in self.found.beside if each.growing]
        if growing:
            table.notes.append(words.GROWING.say(lang, places=", ".join(growing)))
        return table

    def proof(self) -> str:
        """Why no agent can go, what the teams also do, and where the schedules are."""
        found, lang = self.found, self.lang
        proof = found.proof
        said = words.NOT_LEAST if not proof.complete else words.PROBED if proof.probed else words.LEAST if proof.alone else words.FLOOR
        lines = [said.say(lang, alone=proof.alone, probed=proof.probed)]
        both = [self.team(crew.name) for crew in found.crews if crew.live and crew.written]
        if both:
            lines.append(words.BLENDED.say(lang, teams=", ".join(both)))
        return "\n".join(lines)
