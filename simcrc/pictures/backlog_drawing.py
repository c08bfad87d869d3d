"""How the picture of the backlog is drawn: stacked bars by age, hatched beyond the standard, and below them the share within the standard by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.pictures import backlog_words as words
from simcrc.pictures.picture import literal
from simcrc.pictures.style import BLUE, INK, VERMILION, written
from simcrc.pictures.writing import numbered
from simcrc.words import Lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcrc.pictures.backlog_panels import Panel, Reals

SHADES = ("#DCEBF5", "#A9CFE6", "#6BAAD0", "#2F77AE", "#0B3C6A")
"""From young to old: lighter to darker, in grey as well."""


def draw_panels(
    figure: Figure,
    shown: Sequence[Panel],
    heads: Sequence[tuple[str, str]],
    daily: bool,
    lined: bool,
    same: bool,
    lang: Lang,
    narrow: bool,
) -> None:
    """Draw a panel for each of `shown`, under its name and its standard (`heads`); `daily`: bars are days; `lined`: with shares by month; `same`: all at the
    same scale."""
    across = 1 if narrow or len(shown) < 3 else 2
    down = -(-len(shown) // across)
    ratios = [3.0, 1.0] if lined else [1.0]
    grid = figure.subplots(down * len(ratios), across, squeeze=False, height_ratios=ratios * down)
    most = max(float((panel.by_day if daily else panel.by_month).sum(axis=0).max(initial=0.0)) for panel in shown)
    looks: dict[int, bool] = {}
    for k in range(down * across):
        row, column = divmod(k, across)
        axes = grid[row * len(ratios), column]
        below = grid[row * len(ratios) + 1, column] if lined else None
        if k >= len(shown):
            for each in (axes, below):
                if each is not None:
                    each.set_axis_off()
            continue
        panel = shown[k]
        _bars(axes, panel, daily, lang, looks)
        if same:
            axes.set_ylim(0.0, 1.06 * most)
        name, standard = heads[k]
        axes.set_title(literal(f"{name}\n{standard}"), loc="left", fontsize=9.0)
        axes.set_ylabel(words.ITEMS.say(lang), fontsize=8.0)
        if below is not None and not np.isfinite(panel.shares[0]).any():
            below.set_axis_off()
            below = None
        if below is not None:
            _shares(below, panel, daily, lang)
            below.set_xlim(axes.get_xlim())
        _periods((axes, below), panel, daily, narrow or across > 1)
    _legend(figure, looks, lang, narrow)


def _bars(axes: Axes, panel: Panel, daily: bool, lang: Lang, looks: dict[int, bool]) -> None:
    counts = panel.by_day if daily else panel.by_month
    places = np.arange(counts.shape[1], dtype=np.float64)
    under: Reals = np.zeros(counts.shape[1])
    for band, values in enumerate(counts):
        late = panel.late is not None and band >= panel.late
        if values.any():
            looks[band] = looks.get(band, False) or late
            axes.bar(places, values, 0.86, bottom=under, linewidth=0.0, **_look(band, late))
        if band + 1 == panel.late and counts[panel.late :].any():
            axes.step(
                np.append(places - 0.5, places[-1:] + 0.5), np.append(under + values, (under + values)[-1:]), where="post", color=VERMILION, linewidth=1.3
            )
        under = under + values
    axes.set_xlim(-0.6, len(places) - 0.4)
    axes.set_ylim(0.0, max(1.06 * float(under.max(initial=0.0)), 1e-9))
    axes.grid(visible=False, axis="x")
    axes.locator_params(axis="y", nbins=5, integer=float(under.max(initial=0.0)) > 4)
    numbered(axes.yaxis, lang)


def _look(band: int, late: bool) -> dict[str, Any]:
    return {"facecolor": SHADES[band], **({"hatch": "////", "edgecolor": VERMILION} if late else {})}


def _shares(axes: Axes, panel: Panel, daily: bool, lang: Lang) -> None:
    """The share within the standard, by month; over the days of the month where bars are days."""
    mean, low, high = panel.shares
    places = np.arange(len(mean), dtype=np.float64)
    if daily:
        firsts = [[k for k, day in enumerate(panel.days) if day.startswith(month)] for month in panel.months]
        places = np.array([np.mean(each) if each else np.nan for each in firsts])
    if np.isfinite(low).any():
        axes.fill_between(places, np.where(np.isfinite(low), low, mean), np.where(np.isfinite(high), high, mean), color=BLUE, alpha=0.2, linewidth=0.0)
    axes.plot(places, mean, color=INK, marker="o", markersize=2.5, linewidth=1.2)
    axes.set_ylim(0.0, 1.05)
    axes.set_yticks([0.0, 0.5, 1.0])
    axes.grid(visible=False, axis="x")
    axes.set_ylabel(words.SHARE.say(lang), fontsize=8.0)
    written(axes, lang, share=True)


def _periods(both: tuple[Axes, Axes | None], panel: Panel, daily: bool, few: bool) -> None:
    """Months or days along the lower axis, as many as there is room for."""
    labels = panel.days if daily else panel.months
    step = max(1, -(-len(labels) // (4 if few else 8)))
    step = next((each for each in (1, 2, 3, 4, 6, 7, 12, 14, 24, 28, 36, 48, 60) if each >= step), step)
    upper, lower = both
    for axes in (upper, lower):
        if axes is not None:
            axes.set_xticks(range(0, len(labels), step), labels[::step], fontsize=8.0)
    if lower is not None:
        upper.tick_params(labelbottom=False)


def _legend(figure: Figure, looks: dict[int, bool], lang: Lang, narrow: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    for band in sorted(looks):
        text = words.BANDS[band].say(lang) + (f" ({words.BEYOND.say(lang)})" if looks[band] else "")
        handles.append(Patch(label=text, linewidth=0.0, **_look(band, looks[band])))
    if any(looks.values()):
        handles.append(Line2D([], [], color=VERMILION, linewidth=1.3, label=words.LIMIT.say(lang)))
    if len(handles) > 0:
        figure.legend(
            handles=handles, loc="outside lower center", ncols=2 if narrow else min(4, len(handles)), fontsize=8.0, columnspacing=1.0, handlelength=1.6
        )
