"""How differences are drawn: a forest, a row for each metric, a panel for each arm, all on one axis around the base; arrows for what is off the axis.

``differences`` is the picture, ``differences_rows`` has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.pictures.differences_rows import Reading, Row, Rows
from simcrc.pictures.picture import literal
from simcrc.pictures.style import BLUE, GREY, INK, ORANGE
from simcrc.pictures.writing import cut, numbered, titles, weight, wrapped
from simcrc.report import short
from simcrc.report.changes import change_writer
from simcrc.report.numbers import decimal
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcrc.experiment.metrics import Metric
    from simcrc.pictures.arm import Arm

AXIS = Words(fr="Écart avec la base, en % de sa valeur", en="Difference from the base, as % of its figure")
STYLES: dict[str, dict[str, Any]] = {
    "better": {"marker": "o", "color": BLUE, "mfc": BLUE},
    "worse": {"marker": "D", "color": ORANGE, "mfc": ORANGE},
    "changed": {"marker": "s", "color": INK, "mfc": INK},
    "unclear": {"marker": "o", "color": GREY, "mfc": "white"},
}
WORDS = {
    "better": Words(fr="mieux", en="better"),
    "worse": Words(fr="moins bien", en="worse"),
    "changed": Words(fr="changé, ni mieux ni moins bien en soi", en="changed, in itself neither better nor worse"),
    "unclear": Words(fr="indécis : l'intervalle contient zéro", en="not clear: the interval holds zero"),
}
NOT_JUDGED = Words(fr="non jugé : une seule réplication", en="not judged: a single replication")
AT_PLACE = Words(fr="{label}, {place}", en="{label}, {place}")
COLUMNS = 2
"""Panels side by side, wide."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """What is drawn."""

    arms: tuple[Arm, ...]
    found: Rows

    @property
    def metrics(self) -> list[Metric]:
        """The metrics that have a relative difference in some arm."""
        there = {row.metric.name for row in self.found.rows if row.relative is not None}
        return [metric for metric in self.found.metrics if metric.name in there]

    def columns(self, narrow: bool) -> int:
        """Panels side by side."""
        return 1 if narrow else min(COLUMNS, len(self.arms) - 1)

    def height(self, narrow: bool) -> float:
        """Inches."""
        panels = -(-(len(self.arms) - 1) // self.columns(narrow))
        return panels * (len(self.metrics) * (0.34 if narrow else 0.31) + 0.36) + 0.55 + 0.2 * (4 if narrow else 2) + 0.15 * panels

    def named(self, metric: Metric, lang: Lang) -> str:
        """What a metric is called, with its place."""
        label = short.label(metric.indicator, lang)
        place = next((said for arm in self.arms if (said := arm.called(metric.place, lang)) != metric.place), metric.place) if metric.place else ""
        return AT_PLACE.say(lang, label=label, place=place) if place else label


def kind(reading: Reading) -> str:
    """How a reading is drawn."""
    return reading if reading in ("better", "worse") else "changed" if reading in ("more", "less") else "unclear"


def draw(what: Drawing, figure: Figure, lang: Lang, narrow: bool) -> None:
    """Draw the panels on an empty figure."""
    columns = what.columns(narrow)
    others = what.arms[1:]
    panels = figure.subplots(-(-len(others) // columns), columns, sharex=True, sharey=True, squeeze=False)
    flat = panels.ravel().tolist()
    for spare in flat[len(others) :]:
        spare.set_visible(False)
    limit = reach([row for row in what.found.rows if row.relative is not None])
    names = what.metrics
    called = titles(what.arms, lang, 46 if narrow else 62)
    wide = 24 if narrow else 72 if columns == 1 else 32
    single = columns == 1 and not narrow
    for number, (axes, arm) in enumerate(zip(flat, others, strict=False)):
        axes.axvline(0, color=INK, linewidth=1.0, zorder=1)
        for row in what.found.of(arm.name):
            if row.relative is not None:
                _row(axes, row, [metric.name for metric in names].index(row.metric.name), limit, lang)
                if single:
                    _absolute(axes, row, [metric.name for metric in names].index(row.metric.name), lang)
        axes.set_title(literal(wrapped(called[arm.name], wide)), loc="left", fontsize=9, fontweight=weight(called[arm.name]))
        axes.grid(visible=False, axis="y")
        axes.set_xlim(-1.12 * limit[0], 1.12 * limit[1])
        axes.tick_params(labelsize=8, labelbottom=number + columns >= len(others))
        numbered(axes.xaxis, lang, 100.0, "\u00a0%" if lang == "fr" else "%", signed=True, most=3 if narrow else 5 if columns > 1 else 7)
    room = 24 if narrow else 32
    flat[0].set_yticks(range(len(names)), [literal(wrapped(_capital(what.named(metric, lang)), room)) for metric in names], fontsize=8)
    flat[0].set_ylim(len(names) - 0.5, -0.5)
    for axes in flat[max(0, len(others) - columns) : len(others)]:
        axes.set_xlabel(wrapped(AXIS.say(lang), 26 if narrow else 60), fontsize=8.5)
    _key(figure, what, lang, narrow)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def reach(rows: Sequence[Row]) -> tuple[float, float]:
    """How far the axis goes to either side: to the ends of all intervals, but no more than four times what three quarters of them need, and a hundredth at
    least."""
    sides = []
    for sign in (-1, 1):
        ends = [max(0.0, sign * end) for row in rows if row.relative for end in (row.relative.mean, row.relative.low, row.relative.high) if end is not None]
        sides.append(max(ends, default=0.0))
    size = [max(abs(end) for end in (row.relative.mean, row.relative.low, row.relative.high) if end is not None) for row in rows if row.relative]
    most = max(4 * float(np.quantile(size, 0.75)), 0.01) if size else 0.01
    both = min(max(*sides, 0.01), most)
    return max(min(sides[0], most), 0.25 * both), max(min(sides[1], most), 0.25 * both)


def _row(axes: Axes, row: Row, at: int, limit: tuple[float, float], lang: Lang) -> None:
    """One difference with its interval; an arrow and the figure where it is off the axis."""
    relative = row.relative
    assert relative is not None
    mean = relative.mean or 0.0
    style = dict(STYLES[kind(row.reading)])
    left, right = -limit[0], limit[1]
    if relative.low is not None and relative.high is not None:
        ends = max(relative.low, 1.1 * left), min(relative.high, 1.1 * right)
        if ends[0] < ends[1]:
            axes.plot(ends, [at, at], color=style["color"], linewidth=1.6, solid_capstyle="butt", zorder=2)
    if left <= mean <= right:
        axes.plot([mean], [at], linestyle="none", markersize=6, mew=1.3, mec=style["color"], zorder=3, marker=style["marker"], mfc=style["mfc"])
        return
    up = mean > 0
    edge = right if up else left
    axes.plot([edge], [at], linestyle="none", marker=">" if up else "<", markersize=7, color=style["color"], zorder=3)
    said = ("+" if up else "") + decimal(100 * mean, lang, 0) + ("\u00a0%" if lang == "fr" else "%")
    axes.annotate(said, (edge, at), xytext=(-7 if up else 7, 0), textcoords="offset points", ha="right" if up else "left", va="center", fontsize=8, color=INK,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6}, zorder=4)  # fmt: skip


def _absolute(axes: Axes, row: Row, at: int, lang: Lang) -> None:
    """At the right of a single panel the difference in its own unit."""
    ends = [abs(end) for end in (row.absolute.mean, row.absolute.low, row.absolute.high) if end]
    said = change_writer(row.metric.unit, max(ends, default=0.0), lang)(row.absolute.mean)
    axes.annotate(said, (1.0, at), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5, color=INK)


def _key(figure: Figure, what: Drawing, lang: Lang, narrow: bool) -> None:
    """What the marks mean: those that there are."""
    from matplotlib.lines import Line2D

    there = {kind(row.reading) for row in what.found.rows if row.relative is not None}
    judged = any(row.absolute.low is not None for row in what.found.rows)
    marks, words = [], []
    for name, style in STYLES.items():
        if name in there:
            line = Line2D(
                [], [], linestyle="-", linewidth=1.6, color=style["color"], marker=style["marker"], mfc=style["mfc"], mec=style["color"], markersize=6
            )
            marks.append(line)
            words.append(cut((WORDS[name] if judged or name != "unclear" else NOT_JUDGED).say(lang), 60))
    figure.legend(marks, words, loc="outside lower left", ncols=1 if narrow else 2, fontsize=8.5, handlelength=2.2)
