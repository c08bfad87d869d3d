"""How the typical day of ``day`` is drawn: arrivals, agents and service one above the other, on one axis of hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.pictures import style
from simcrc.pictures.half_hours import clock
from simcrc.pictures.picture import literal
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcrc.experiment.statistics import Estimates
    from simcrc.pictures.day import Day, Reals

ARRIVALS = Words(fr="Arrivées par demi-heure", en="Arrivals per half hour")
AGENTS = Words(fr="Préposés", en="Agents")
LEVEL = {
    "service_level": Words(fr="Niveau de service", en="Service level"),
    "asa": Words(fr="Attente moyenne ({unit})", en="Mean wait ({unit})"),
}
NEEDED = Words(fr="nécessaires (Erlang A)", en="needed (Erlang A)")
OFFERED = Words(fr="charge offerte", en="offered load")
DUTY = Words(fr="en poste", en="on duty")
SCHEDULED = Words(fr="à l'horaire", en="scheduled")
TARGET = Words(fr="cible", en="target")


def draw(day: Day, figure: Figure, lang: Lang, narrow: bool, names: dict[str, str]) -> None:
    """The three charts."""
    panels = figure.subplots(3, 1, sharex=True, gridspec_kw={"height_ratios": (2, 3, 3)})
    edges = np.arange(day.rows.start, day.rows.stop + 1, dtype=np.float64)
    _arrivals(day, panels[0], lang, edges)
    _agents(day, panels[1], lang, edges, narrow)
    _level(day, panels[2], lang, names, narrow)
    room = len(day.rows)
    step = next((step for step in (2, 4, 6, 8, 12) if room / step <= (5 if narrow else 11)), 12)
    ticks = [row for row in range(day.rows.start, day.rows.stop + 1) if row % step == 0]
    panels[2].set_xticks(ticks, [clock(row, lang) for row in ticks])
    panels[2].set_xlim(edges[0], edges[-1])


def _head(axes: Axes, text: str) -> None:
    axes.set_title(literal(text), loc="left")


def _stairs(axes: Axes, values: Reals, edges: Reals, **how: Any) -> None:
    axes.stairs(values, edges, baseline=None, **how)


def _band(axes: Axes, found: Estimates, day: Day, colour: str, steps: bool = True) -> None:
    low, high = day.cut(found.low), day.cut(found.high)
    if not np.isfinite(low).any():
        return
    x = np.arange(day.rows.start, day.rows.stop, dtype=np.float64)
    if steps:
        axes.fill_between(np.append(x, x[-1] + 1), np.append(low, low[-1]), np.append(high, high[-1]), step="post", color=colour, alpha=0.22, linewidth=0)
    else:
        axes.fill_between(x + 0.5, low, high, color=colour, alpha=0.22, linewidth=0)


def _arrivals(day: Day, axes: Axes, lang: Lang, edges: Reals) -> None:
    axes.stairs(day.cut(day.arrivals.mean), edges, fill=True, color=style.PALE)
    _stairs(axes, day.cut(day.arrivals.mean), edges, color=style.INK, linewidth=1.2)
    _band(axes, day.arrivals, day, style.INK)
    axes.set_ylim(bottom=0)
    style.written(axes, lang)
    _head(axes, ARRIVALS.say(lang))


def _agents(day: Day, axes: Axes, lang: Lang, edges: Reals, narrow: bool) -> None:
    need, duty, scheduled = day.cut(day.need), day.cut(day.duty.mean), day.cut(day.scheduled)
    short = np.where(np.nan_to_num(need - duty) > 0, need - duty, 0.0)
    axes.bar(edges[:-1], short, 1.0, np.nan_to_num(duty), align="edge", facecolor="none", edgecolor=style.VERMILION, hatch="////", linewidth=0)
    _stairs(axes, need, edges, color=style.VERMILION, linestyle="--", linewidth=1.6, label=(NEEDED if day.theory else OFFERED).say(lang))
    if np.nanmax(np.abs(scheduled - duty)) > 0.05:
        _stairs(axes, scheduled, edges, color=style.GREY, linestyle=":", linewidth=1.4, label=SCHEDULED.say(lang))
    _stairs(axes, duty, edges, color=style.BLUE, linewidth=2.0, label=DUTY.say(lang))
    _band(axes, day.duty, day, style.BLUE)
    top = np.nanmax(np.concatenate([need, duty, scheduled]))
    axes.set_ylim(0, 1.32 * max(top, 1.0))
    axes.legend(loc="upper right", ncols=2 if narrow else 3, fontsize=8, borderaxespad=0.2, handlelength=2.4, columnspacing=1.2)
    style.written(axes, lang)
    _head(axes, AGENTS.say(lang))


def _level(day: Day, axes: Axes, lang: Lang, names: dict[str, str], narrow: bool) -> None:
    share = day.place.measure == "service_level"
    drawn = {day.place.arm.name: day.measured, **day.others}
    known = np.concatenate([day.cut(found.mean) for found in drawn.values()])
    most = float(np.nanmax(known)) if np.isfinite(known).any() else 1.0
    factor, unit = (1.0, "") if share else (1.0, "s") if most < 600 else (1 / 60, "min")
    x = np.arange(day.rows.start, day.rows.stop) + 0.5
    for number, (name, found) in enumerate(drawn.items()):
        look = style.SERIES[number % len(style.SERIES)]
        scaled = type(found)(factor * found.mean, factor * found.low, factor * found.high, found.replications)
        if number == 0:
            _band(axes, scaled, day, style.INK, steps=False)
        label = literal(names.get(name, name)) if day.others else None
        axes.plot(x, day.cut(scaled.mean), **look, markersize=3.5, linewidth=1.4, label=label)
    if day.target is not None:
        axes.axhline(day.target, color=style.GREY, linewidth=1.0, linestyle=(0, (6, 3)))
        axes.annotate(TARGET.say(lang), (1, day.target), xycoords=("axes fraction", "data"), xytext=(-2, 2), textcoords="offset points", ha="right", fontsize=8,
                      color=style.GREY)  # fmt: skip
    if share:
        axes.set_ylim(0, 1.03)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0])
    else:
        axes.set_ylim(0, 1.08 * factor * max(most, 1e-9))
    style.written(axes, lang, share=share)
    _head(axes, LEVEL[day.place.measure].say(lang, unit=unit))
    if day.others:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2 if narrow else 4, fontsize=8, handlelength=3.2)
