"""How ``agents`` is drawn: points of half hours and curves of Erlang A, service and occupancy side by side or one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.pictures import style
from simcrc.pictures.agents_points import KINDS
from simcrc.pictures.picture import literal
from simcrc.pictures.writing import cut
from simcrc.report.numbers import decimal
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcrc.experiment.statistics import Estimates
    from simcrc.pictures.agents import Cloud, Reals
    from simcrc.pictures.agents_points import Points

LOOKS: tuple[dict[str, Any], ...] = (
    {"color": style.SKY, "marker": "o", "linestyle": ":"},
    {"color": style.BLUE, "marker": "s", "linestyle": "--"},
    {"color": style.VERMILION, "marker": "^", "linestyle": "-"},
)
MARKS = {"written": ("X", style.GREY), "erlang_a": ("D", style.GREEN), "found": ("*", style.VERMILION)}
BEYOND = Words(fr="Préposés en poste − charge offerte", en="Agents on duty − offered load")
LEVEL = {
    "service_level": Words(fr="Niveau de service", en="Service level"),
    "asa": Words(fr="Attente moyenne ({unit})", en="Mean wait ({unit})"),
}
OCCUPANCY = Words(fr="Occupation", en="Occupancy")
KEY = Words(fr="{name} ({rate}/h)", en="{name} ({rate}/h)")
FRAME = 1.2
"""How far to the left of no spare agents the frame reaches, in the most agents on duty."""
OUTSIDE = Words(fr="← {n} hors du cadre", en="← {n} outside the frame")
READ = Words(fr="points : mesuré ; courbes : Erlang A", en="points: measured; curves: Erlang A")
SIMULATED = Words(fr="Effectif simulé : {what}", en="Simulated staff: {what}")


def draw(cloud: Cloud, figure: Figure, lang: Lang, narrow: bool) -> None:
    """All panels."""
    rows = 1 if cloud.points is None else 2
    panels = figure.subplots(2 * rows, 1).reshape(rows, 2) if narrow else figure.subplots(rows, 2, squeeze=False)
    factor, unit = _unit(cloud)
    for axes, values, curves in ((panels[0, 0], cloud.measured, "level"), (panels[0, 1], cloud.busy, "occupancy")):
        first = curves == "level"
        _cloud(cloud, axes, values, curves, factor if first else 1.0)
        axes.set_xlabel(BEYOND.say(lang))
        _dress(cloud, axes, lang, first, LEVEL[cloud.place.measure].say(lang, unit=unit) if first else OCCUPANCY.say(lang))
        style.written(axes, lang, x=True, y=False)
        axes.axvline(0, color=style.GREY, linewidth=0.8)
        _framed(cloud, axes, lang)
    if cloud.points is not None:
        for axes, first in ((panels[1, 0], True), (panels[1, 1], False)):
            what = LEVEL[cloud.place.measure].say(lang, unit=unit) if first else OCCUPANCY.say(lang)
            _points(cloud.points, axes, lang, first, factor if first else 1.0)
            _dress(cloud, axes, lang, first, SIMULATED.say(lang, what=what[0].lower() + what[1:]))
            style.written(axes, lang, x=True, y=False)
            axes.set_xlabel(literal(cut(cloud.points.axis(lang), 44)))
    handles, labels = panels[0, 0].get_legend_handles_labels()
    named = [KEY.say(lang, name=group.name.say(lang), rate=decimal(3600 * group.rate, lang, 0)) for group in cloud.groups]
    figure.legend(handles, named[: len(labels)], loc="outside lower center", ncols=1 if narrow else 3, fontsize=8, title=READ.say(lang), title_fontsize=8)


def _framed(cloud: Cloud, axes: Axes, lang: Lang) -> None:
    """Half hours with many times the load that their agents can carry are left outside the frame, and counted, so that the others can be read."""
    beyond = np.array([cloud.duty[cell] - cloud.load[cell] for cell in cloud.cells])
    least = -FRAME * max(float(cloud.duty[cell]) for cell in cloud.cells)
    outside = int((beyond < least).sum())
    if outside:
        axes.set_xlim(left=least)
        text = OUTSIDE.say(lang, n=outside)
        axes.annotate(text, (0, 0), xycoords="axes fraction", xytext=(4, 4), textcoords="offset points", fontsize=8, color=style.GREY)


def _unit(cloud: Cloud) -> tuple[float, str]:
    if cloud.place.measure == "service_level":
        return 1.0, ""
    most = max(float(cloud.measured.mean[cell]) for cell in cloud.cells)
    return (1.0, "s") if most < 600 else (1 / 60, "min")


def _cloud(cloud: Cloud, axes: Axes, values: Estimates, curves: str, factor: float) -> None:
    looks = LOOKS[-len(cloud.groups) :]
    for group, look in zip(cloud.groups, looks, strict=True):
        cells = sorted(group.cells)
        x = np.array([cloud.duty[cell] - cloud.load[cell] for cell in cells])
        y, low, high = (factor * np.array([part[cell] for cell in cells]) for part in (values.mean, values.low, values.high))
        if np.isfinite(low).any():
            axes.vlines(x, low, high, color=look["color"], alpha=0.25, linewidth=1.0)
        axes.plot(group.x, factor * getattr(group, curves), color=look["color"], linestyle=look["linestyle"], linewidth=1.5)
        axes.plot(x, y, linestyle="", marker=look["marker"], color=look["color"], markersize=4, markeredgecolor="white", markeredgewidth=0.4)
        axes.plot([], [], **look, markersize=4, linewidth=1.5, label=group.name.en)


def _points(points: Points, axes: Axes, lang: Lang, first: bool, factor: float) -> None:
    values: Reals = factor * (points.level if first else points.busy)
    if np.isfinite(values[1]).any():
        axes.fill_between(points.x, values[1], values[2], color=style.INK, alpha=0.18, linewidth=0)
    axes.plot(points.x, values[0], color=style.INK, marker="o", markersize=3.5, linewidth=1.4)
    for kind, (x, level, busy) in points.marked.items():
        marker, colour = MARKS[kind]
        axes.plot([x], [factor * level if first else busy], linestyle="", marker=marker, color=colour, markersize=8, label=KINDS[kind].say(lang))
    if points.marked and first:
        axes.legend(loc="best", fontsize=8)


def _dress(cloud: Cloud, axes: Axes, lang: Lang, first: bool, title: str) -> None:
    """Title, axis of shares or of waits, the target."""
    axes.set_title(literal(title), loc="left")
    share = not first or cloud.place.measure == "service_level"
    if share:
        axes.set_ylim(0, 1.03 if first else max(1.03, 1.05 * float(np.nanmax([cloud.busy.mean[cell] for cell in cloud.cells]))))
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0])
        level = cloud.place.level
        if first and level is not None and level.target:
            axes.axhline(level.target, color=style.GREY, linewidth=1.0, linestyle=(0, (6, 3)))
    else:
        axes.set_ylim(bottom=0)
    style.written(axes, lang, share=share)
