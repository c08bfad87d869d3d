"""How the heat map of ``heatmap`` is drawn: two grids, side by side or one above the other, with the figures in the cells where there is room.

Darker is worse in the first grid, also in grey; in the second a shortage is orange and hatched, a surplus blue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.pictures import style
from simcrc.pictures.half_hours import DAYS, clock
from simcrc.pictures.picture import literal
from simcrc.report.numbers import decimal
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcrc.pictures.heatmap import Reals, Week

ROOM = 26
"""Rows up to which the figures stand in the cells."""
HEADS = {
    "service_level": Words(fr="Niveau de service, %", en="Service level, %"),
    "asa": Words(fr="Attente moyenne, {unit}", en="Mean wait, {unit}"),
}
BALANCE = Words(fr="En poste − nécessaires", en="On duty − needed")
SURPLUS = Words(fr="En poste − charge offerte", en="On duty − offered load")
KEY = Words(fr="hachures : il en manque", en="hatched: too few")


def height(week: Week) -> tuple[float, float]:
    """Of the wide and of the narrow figure, in inches."""
    rows = len(week.rows)
    grid = 0.17 * rows if rows <= ROOM else 0.105 * rows
    wide = max(2.6, 0.9 + grid)
    return round(wide, 2), round(2 * wide, 2)


def draw(week: Week, figure: Figure, lang: Lang, narrow: bool) -> None:
    """Both grids."""
    one, other = figure.subplots(2, 1) if narrow else figure.subplots(1, 2)
    _level(week, one, lang)
    _balance(week, other, lang)


def _grid(week: Week, axes: Axes, values: Reals, lang: Lang, title: str, **colours: Any) -> Reals:
    """`values` as coloured cells, rows from the earliest; gives what is drawn, rows × days."""
    shown = values[list(week.days)][:, list(week.rows)].T
    axes.pcolormesh(np.ma.masked_invalid(shown), edgecolors="white", linewidth=0.8, **colours)
    axes.invert_yaxis()
    axes.grid(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.xaxis.tick_top()
    axes.set_xticks(np.arange(len(week.days)) + 0.5, [DAYS[lang][day] for day in week.days])
    step = 2 if len(week.rows) <= ROOM else 4
    hours = [(k, row) for k, row in enumerate(week.rows) if row % step == 0]
    axes.set_yticks([k for k, _ in hours], [clock(row, lang) for _, row in hours])
    axes.set_title(literal(title), loc="left", pad=8)
    return shown


def _written(axes: Axes, shown: Reals, lang: Lang, places: int, dark: np.ndarray[Any, np.dtype[np.bool_]], signed: bool = False) -> None:
    """The figures in the cells."""
    if len(shown) > ROOM:
        return
    for (row, day), value in np.ndenumerate(shown):
        if np.isfinite(value):
            number = round(float(value), places)
            text = ("+" if signed and number > 0 else "") + decimal(number, lang, places)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if signed and number < 0 else None
            axes.text(day + 0.5, row + 0.52, text, ha="center", va="center", fontsize=8, color="white" if dark[row, day] else style.INK, bbox=box)


def _whole(shown: Reals) -> bool:
    """Whether all figures are whole numbers."""
    known = shown[np.isfinite(shown)]
    return bool((np.abs(known - np.round(known)) < 0.05).all())


def _level(week: Week, axes: Axes, lang: Lang) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    share = week.place.measure == "service_level"
    most = float(np.nanmax(week.measured.mean))
    factor, unit = (100.0, "") if share else (1.0, "s") if most < 600 else (1 / 60, "min")
    colours = LinearSegmentedColormap.from_list("need", ["#F4F7FA", "#9CC3DD", "#3B7FB1", "#0B2F4E"])
    low, high = (0.0, 100.0) if share else (0.0, max(factor * most, 1e-9))
    title = HEADS[week.place.measure].say(lang, unit=unit)
    if week.target is not None:
        title += f" ({'cible' if lang == 'fr' else 'target'} {decimal(100 * week.target, lang, 0)})"
    shown = _grid(week, axes, factor * week.measured.mean, lang, title, cmap=colours.reversed() if share else colours, vmin=low, vmax=high)
    with np.errstate(invalid="ignore"):
        dark = (shown < 45) if share else (shown > 0.55 * high)
    _written(axes, shown, lang, 0 if share or high >= 10 else 1, dark)
    if len(shown) > ROOM:
        bar = axes.figure.colorbar(axes.collections[0], ax=axes, shrink=0.5, aspect=25)
        style.written(bar.ax, lang)
        bar.outline.set_visible(False)


def _balance(week: Week, axes: Axes, lang: Lang) -> None:
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    values = week.balance
    most = max(1.0, float(np.nanmax(np.abs(values)))) if np.isfinite(values).any() else 1.0
    colours = LinearSegmentedColormap.from_list("balance", [style.VERMILION, "#F6C9A6", "#FAFAFA", "#B5D6EA", style.BLUE])
    title = (BALANCE if week.theory else SURPLUS).say(lang)
    few = bool((values <= -0.5).any())
    shown = _grid(week, axes, values, lang, title, cmap=colours, vmin=-most, vmax=most)
    for row, day in zip(*np.nonzero(np.nan_to_num(shown) <= -0.5), strict=True):
        axes.add_patch(Rectangle((day, row), 1, 1, fill=False, hatch="////", edgecolor="#7A3000", linewidth=0))
    with np.errstate(invalid="ignore"):
        dark = shown > 0.75 * most
    _written(axes, shown, lang, 0 if most >= 20 or _whole(shown) else 1, dark, signed=True)
    if few:
        axes.set_xlabel(KEY.say(lang), color=style.GREY, fontsize=8)
    if len(shown) > ROOM:
        bar = axes.figure.colorbar(axes.collections[0], ax=axes, shrink=0.5, aspect=25)
        style.written(bar.ax, lang)
        bar.outline.set_visible(False)
