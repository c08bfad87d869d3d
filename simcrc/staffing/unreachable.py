"""A target that no staff reaches: which, how far it gets with more agents than anybody needs, and what is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simcrc.errors import SimcrcError
from simcrc.log import Outcome
from simcrc.scenario.week import DAYS, HALF_HOURS, format_time
from simcrc.staffing.judge import Judge, Look, Period
from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals

REACHED = Words(
    fr="« {aim} » ne s'atteint avec aucun effectif : {best} au mieux{where}, l'effectif étant surabondant{why}",
    en='"{aim}" is reached with no staff: {best} at best{where}, with ample staff{why}',
)
CELLS = Words(fr=" ({where}, et {n} autres cas)", en=" ({where}, and {n} others)")
CELL = Words(fr=" ({where})", en=" ({where})")
WHY = Words(fr=" ; {parts}", en="; {parts}")
PART = Words(fr="{share} de contacts {what}", en="{share} of contacts {what}")
OUTCOMES = {
    Outcome.BLOCKED: Words(fr="bloqués (lignes)", en="blocked (lines)"),
    Outcome.CLOSED: Words(fr="hors des heures d'ouverture", en="outside opening hours"),
    Outcome.ABANDONED: Words(fr="abandonnés", en="abandoned"),
    Outcome.BALKED: Words(fr="qui ont refusé d'attendre", en="that balked"),
    Outcome.DISMISSED: Words(fr="renvoyés à la fermeture", en="dismissed at closing"),
}


@dataclass(frozen=True)
class Best:
    """How far a target gets: the figure in the cell that is worst, and by outcome the share of contacts that were not served there all the same."""

    aim: str
    figure: float
    unit: str
    cell: int | None
    cells: int
    period: Period
    lost: tuple[tuple[int, float], ...]


class UnreachableError(SimcrcError):
    """Targets that even ample staff misses.  `best`: one a target."""

    def __init__(self, best: Sequence[Best]) -> None:
        super().__init__(tuple(best))
        self.best = tuple(best)

    def say(self, lang: Lang) -> str:
        """One line a target."""
        return "\n".join(_line(each, lang) for each in self.best)

    def __str__(self) -> str:
        return self.say(language())


def unreachable(judge: Judge, look: Look, totals: Totals) -> UnreachableError | None:
    """What is wrong when `look`, at ample staff with `totals`, misses targets; None when it meets them."""
    best = []
    for aim, met, estimates in zip(judge.aims, look.met, look.estimates, strict=True):
        missed = np.flatnonzero(~met)
        if not len(missed):
            continue
        figures = np.where(np.isnan(estimates.mean[missed]), -np.inf if aim.upward else np.inf, estimates.mean[missed])
        worst = int(missed[np.argmin(figures) if aim.upward else np.argmax(figures)])
        cell = None if judge.period == "week" else worst
        best.append(Best(aim.text, float(estimates.mean[worst]), aim.unit, cell, len(missed), judge.period, _lost(aim.place, totals)))
    return UnreachableError(best) if best else None


def _lost(place: str, totals: Totals) -> tuple[tuple[int, float], ...]:
    """By outcome the share of the live contacts of a place that were not served."""
    from simcrc.indicators.common import LIVE
    from simcrc.indicators.expressions import Pick

    axes = totals.axes
    names = axes.labels["station"]
    rows = [k for k, name in enumerate(names) if axes.live[k] and (not place or name == place or name.partition(".")[0] == place)]
    whole = LIVE.cells(totals, ("station",))
    if not rows or whole is None or not whole[:, rows].sum():
        return ()
    out = []
    for outcome in OUTCOMES:
        part = Pick(LIVE, "outcome", (int(outcome),)).cells(totals, ("station",))
        share = 0.0 if part is None else float(part[:, rows].sum() / whole[:, rows].sum())
        if share >= 0.0005:
            out.append((int(outcome), share))
    return tuple(sorted(out, key=lambda each: -each[1]))


def _line(best: Best, lang: Lang) -> str:
    from simcrc.report.numbers import writer

    share = writer("share", 1.0, lang)
    figure = writer(best.unit, best.figure, lang)(best.figure)
    where = ""
    if best.cell is not None:
        name = cell_name(best.cell, best.period, lang)
        where = (CELLS if best.cells > 1 else CELL).say(lang, where=name, n=best.cells - 1)
    parts = ", ".join(PART.say(lang, share=share(value), what=OUTCOMES[Outcome(outcome)].say(lang)) for outcome, value in best.lost)
    return REACHED.say(lang, aim=best.aim, best=figure, where=where, why=WHY.say(lang, parts=parts) if parts else "")


def cell_name(cell: int, period: Period, lang: Lang) -> str:
    """``lun 08:30``, ``Mon``."""
    french = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
    day = cell if period == "day" else cell // HALF_HOURS
    name = french[day] if lang == "fr" else DAYS[day]
    return name if period == "day" else f"{name} {format_time(30 * (cell % HALF_HOURS))}"
