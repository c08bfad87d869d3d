"""How the shares of the channels are drawn: a panel a channel, months across, all panels of the same height in points of a percentage so that slopes compare.

The base is dashed beside the other arms; bands are intervals; upright lines are the starts of measures, numbered, with a key below.  ``shares`` is the picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.pictures.picture import literal
from simcrc.pictures.shares_figures import Mark
from simcrc.pictures.style import GREY, INK, SERIES
from simcrc.pictures.writing import cut, numbered, titles, weight
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcrc.pictures.arm import Arm

Reals = npt.NDArray[np.float64]
KEY = Words(fr="{day}\u00a0: {name}", en="{day}: {name}")
MORE = Words(fr="… et {n} {n:autre|autres}, dans la note", en="… and {n} more, in the note")
MOST_KEYS = 18
"""Lines of the key of measures."""
LETTERS = (54, 44)
"""Of a line of the key, wide (two columns) and narrow."""
APART = (26, 18)
"""Into how many stretches the months are cut, wide and narrow: measures that start in the same one share a number."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """What is drawn: by arm and channel the shares by month, shape (3, months)."""

    arms: tuple[Arm, ...]
    channels: tuple[str, ...]
    months: tuple[str, ...]
    shares: Mapping[tuple[str, str], Reals]
    marks: tuple[Mark, ...]

    def columns(self, narrow: bool) -> int:
        """Panels side by side."""
        return 1 if narrow else min(3, len(self.channels))

    def rows(self, narrow: bool) -> int:
        """Panels above one another."""
        return -(-len(self.channels) // self.columns(narrow))

    def height(self, narrow: bool) -> float:
        """Inches: the panels, the key of the arms, the key of the measures."""
        lines = len(self.key("fr", narrow))
        lines = lines if narrow else -(-lines // 2)
        legend = 0.0 if len(self.arms) == 1 else 0.2 * (len(self.arms) if narrow else -(-len(self.arms) // 2))
        return (1.25 if narrow else 1.55) * self.rows(narrow) + 0.45 + 0.17 * lines + legend

    def key(self, lang: Lang, narrow: bool) -> list[str]:
        """The key of the measures, a line each: the first of a group has its number."""
        out: list[str] = []
        apart = len({mark.arms for mark in self.marks}) > 1
        called = titles(self.arms, lang, 14)
        for number, group in enumerate(groups(self.marks, len(self.months), narrow), 1):
            for mark in group:
                before = f"{number}." if mark is group[0] else "\u2003"
                whose = f" [{', '.join(called[arm] for arm in mark.arms)}]" if apart and len(mark.arms) < len(self.arms) else ""
                text = KEY.say(lang, day=day_of(mark, lang), name=" ".join(mark.name.say(lang).split()))
                out.append(before + "\u2002" + cut(text, max(24, LETTERS[narrow] - len(whose))) + whose)
        if len(out) <= MOST_KEYS:
            return out
        return [*out[: MOST_KEYS - 1], MORE.say(lang, n=len(out) - MOST_KEYS + 1)]


def day_of(mark: Mark, lang: Lang) -> str:
    """The day on which a measure starts."""
    from babel.dates import format_date

    return str(format_date(mark.day, "d MMM y" if lang == "fr" else "MMM d, y", locale="fr_CA" if lang == "fr" else "en_CA"))


def groups(marks: Sequence[Mark], months: int, narrow: bool) -> list[list[Mark]]:
    """Measures that start too close together to be numbered apart, together."""
    out: list[list[Mark]] = []
    for mark in marks:
        if out and mark.at - out[-1][0].at < months / APART[narrow]:
            out[-1].append(mark)
        else:
            out.append([mark])
    return out


def draw(what: Drawing, figure: Figure, lang: Lang, narrow: bool) -> None:
    """Draw the panels on an empty figure."""
    columns, rows = what.columns(narrow), what.rows(narrow)
    panels = figure.subplots(rows, columns, sharex=True, squeeze=False)
    flat = [panels[k // columns][k % columns] for k in range(rows * columns)]
    for spare in flat[len(what.channels) :]:
        spare.set_visible(False)
    reach = _reach(what)
    handles: list[Any] = []
    for number, (axes, channel) in enumerate(zip(flat, what.channels, strict=False)):
        handles = [_line(axes, what, arm, channel, index) for index, arm in enumerate(what.arms)]
        _frame(axes, what, channel, reach, lang)
        _starts(axes, what, narrow, named=number < columns)
        below = number + columns >= len(what.channels)
        axes.tick_params(labelbottom=below, labelsize=8)
        _months(axes, what.months, lang, narrow)
    if len(what.arms) > 1:
        called = titles(what.arms, lang, 34 if narrow else 44)
        figure.legend(
            handles, [literal(called[arm.name]) for arm in what.arms], loc="outside upper left", ncols=1 if narrow else 2, fontsize=8.5, handlelength=2.8
        )
    key = what.key(lang, narrow)
    if key:
        from matplotlib.lines import Line2D

        blank = [Line2D([], [], linestyle="none") for _ in key]
        figure.legend(
            blank, list(map(literal, key)), loc="outside lower left", ncols=1 if narrow else 2, fontsize=8, labelcolor=INK,
            handlelength=0, handletextpad=0, labelspacing=0.3, borderaxespad=0.2, columnspacing=1.5,
        )  # fmt: skip


def _reach(what: Drawing) -> float:
    """The span of every panel: the widest that one needs, and two points at least."""
    spans = []
    for channel in what.channels:
        low, high = _ends(what, channel)
        spans.append(high - low)
    return max(0.02, 1.12 * max(spans))


def _ends(what: Drawing, channel: str) -> tuple[float, float]:
    values = np.concatenate([what.shares[arm.name, channel].ravel() for arm in what.arms])
    values = values[np.isfinite(values)]
    return (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)


def _line(axes: Axes, what: Drawing, arm: Arm, channel: str, index: int) -> Any:
    """The line of an arm with its band; a mark with a bar where there is one month."""
    style = SERIES[index % len(SERIES)]
    dashes = "-" if len(what.arms) == 1 else "--" if index == 0 else "-" if index == 1 else style["linestyle"]
    middle, low, high = what.shares[arm.name, channel]
    at = np.arange(len(what.months)) + 0.5
    few = len(what.months) <= 14
    color = INK if index == 0 else style["color"]
    if len(what.months) == 1:
        at = at + (index - (len(what.arms) - 1) / 2) * 0.12
        if np.isfinite(low).all():
            axes.vlines(at, low, high, color=color, linewidth=1.4)
    else:
        axes.fill_between(at, low, high, color=color, alpha=0.16, linewidth=0)
    (line,) = axes.plot(at, middle, color=color, linestyle=dashes, linewidth=1.5, marker=style["marker"] if few else "", markersize=3.5)
    return line


def _frame(axes: Axes, what: Drawing, channel: str, reach: float, lang: Lang) -> None:
    """Title and span."""
    low, high = _ends(what, channel)
    bottom = max(0.0, (low + high) / 2 - reach / 2)
    axes.set_ylim(bottom - (0.02 * reach if bottom == 0.0 else 0.0), bottom + reach)
    axes.set_xlim(0, len(what.months))
    name = next((said for arm in what.arms if (said := arm.called(channel, lang)) != channel), channel)
    axes.set_title(literal(cut(name, 34)), loc="left", fontsize=9, fontweight=weight(name), pad=15 if what.marks else 5)
    numbered(axes.yaxis, lang, 100.0, "\u00a0%" if lang == "fr" else "%", most=4)


def _starts(axes: Axes, what: Drawing, narrow: bool, named: bool) -> None:
    """An upright line at each start, numbered above the first panels."""
    for number, group in enumerate(groups(what.marks, len(what.months), narrow), 1):
        for mark in group:
            axes.axvline(mark.at, color=GREY, linewidth=0.8, linestyle=(0, (1, 1.5)), zorder=1)
        if named:
            axes.annotate(
                str(number), (group[0].at, 1.0), xycoords=axes.get_xaxis_transform(), xytext=(0, 2), textcoords="offset points",
                ha="center", va="bottom", fontsize=8, color=INK,
            )  # fmt: skip


def _months(axes: Axes, months: Sequence[str], lang: Lang, narrow: bool) -> None:
    """Years where there are two or more, else months by their names."""
    from datetime import date

    from babel.dates import format_date

    first = [date(int(label[:4]), int(label[5:7]), 1) for label in months]
    if len(months) > 20:
        ticks = [k for k, day in enumerate(first) if day.month == 1]
        axes.set_xticks(ticks, [str(first[k].year) for k in ticks])
        return
    step = max(1, -(-len(months) // (7 if narrow else 3)))
    ticks = list(range(0, len(months), step))
    locale = "fr_CA" if lang == "fr" else "en_CA"
    words = [str(format_date(first[k], "MMM y" if k == 0 else "MMM", locale=locale)) for k in ticks]
    axes.set_xticks([k + 0.5 for k in ticks], words)
