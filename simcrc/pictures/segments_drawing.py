"""How segments are drawn: a panel for each figure; a row for each segment with a mark for each of up to two arms, or, of more arms, a row for each arm from the
best to the worst served.  ``segments`` is the picture, ``segments_figures`` has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcrc.pictures.picture import literal
from simcrc.pictures.segments_figures import Measure
from simcrc.pictures.style import GREY, PALE, SERIES
from simcrc.pictures.writing import between, cut, numbered, scaled, titles, wrapped
from simcrc.report.changes import Write
from simcrc.report.numbers import NONE, points, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcrc.pictures.arm import Arm

AXIS = Words(fr="{label} ({unit})", en="{label} ({unit})")
ALL = Words(fr="ensemble (base)", en="all (base)")
ALL_OF_ONE = Words(fr="ensemble", en="all")
MARKS = ("●", "■")
"""Those of the first two arms, in text."""
GAP = Words(fr="écart {gap}", en="gap {gap}")
ROWS = 2
"""Up to so many arms segments are the rows."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """What is drawn."""

    arms: tuple[Arm, ...]
    segments: tuple[str, ...]
    measures: tuple[Measure, ...]

    @property
    def by_segment(self) -> bool:
        """Whether rows are segments."""
        return len(self.arms) <= ROWS

    def columns(self, narrow: bool) -> int:
        """Panels side by side."""
        return 1 if narrow else min(2, len(self.measures))

    def height(self, narrow: bool) -> float:
        """Inches."""
        rows = len(self.segments) * (0.31 + 0.05 * (len(self.arms) - 1)) if self.by_segment else 0.33 * len(self.arms)
        panels = -(-len(self.measures) // self.columns(narrow))
        keys = self.keys
        legend = 0.2 * (keys if narrow else -(-keys // 3))
        return panels * (rows + 0.62 + (0.16 * len(self.arms) if self.by_segment else 0.0)) + legend + 0.15

    @property
    def keys(self) -> int:
        """Entries of the key."""
        return len(self.arms) + 1 if self.by_segment else len(self.segments)


def draw(what: Drawing, figure: Figure, lang: Lang, narrow: bool) -> None:
    """Draw the panels on an empty figure."""
    columns = what.columns(narrow)
    rows = -(-len(what.measures) // columns)
    panels = figure.subplots(rows, columns, sharey=True, squeeze=False)
    flat = [panels[k // columns][k % columns] for k in range(rows * columns)]
    for spare in flat[len(what.measures) :]:
        spare.set_visible(False)
    handles: list[tuple[Any, str]] = []
    for axes, measure in zip(flat, what.measures, strict=False):
        factor, unit = scaled(measure.unit, _largest(measure), lang)
        called = measure.label.say(lang)
        numbered(axes.xaxis, lang, factor)
        said = AXIS.say(lang, label=called, unit=unit) if unit else called
        axes.set_title(said, loc="left", fontsize=9, fontweight="bold", pad=5 + 11.5 * len(what.arms) if what.by_segment else 5)
        if what.by_segment:
            _gaps(axes, what, measure, lang)
        axes.grid(visible=False, axis="y")
        axes.tick_params(labelsize=8.5)
        handles = (_by_segment if what.by_segment else _by_arm)(axes, what, measure, lang)
    _rows(flat[0], what, lang, narrow)
    marks, words = [mark for mark, _ in handles], [literal(text) for _, text in handles]
    figure.legend(marks, words, loc="outside lower left", ncols=1 if narrow else 3, fontsize=8.5, handlelength=1.8)


def _gaps(axes: Axes, what: Drawing, measure: Measure, lang: Lang) -> None:
    """Below the title the gap of each arm with its interval."""
    write = gap_writer(measure, lang)
    for index, arm in enumerate(what.arms):
        gap = measure.gap[arm.name]
        held = between(gap, write, lang)
        said = GAP.say(lang, gap=write(gap.mean)) + (f" ({held})" if held else "")
        mark = MARKS[index] + "\u2002" if len(what.arms) > 1 else ""
        up = 3 + 11 * (len(what.arms) - 1 - index)
        axes.annotate(
            literal(mark + said), (0.0, 1.0), xycoords="axes fraction", xytext=(0, up), textcoords="offset points", va="bottom", fontsize=8,
            color=SERIES[index]["color"] if len(what.arms) > 1 else GREY,
        )  # fmt: skip


def gap_writer(measure: Measure, lang: Lang) -> Write:
    """How gaps are written: of shares in points, else as the figures."""
    if measure.unit == "share":
        return lambda value: NONE if value is None else points(value, lang)
    return writer(measure.unit, _largest(measure), lang)


def _largest(measure: Measure) -> float:
    return max((abs(one.mean) for one in measure.each.values() if one.mean is not None), default=0.0)


def _rows(axes: Axes, what: Drawing, lang: Lang, narrow: bool) -> None:
    """The names of the rows, the first on top."""
    room = 17 if narrow else 24
    if what.by_segment:
        names = [what.arms[0].called(f"segment:{segment}", lang) for segment in what.segments]
    else:
        called = titles(what.arms, lang, 2 * room - 4)
        names = [called[arm.name] for arm in what.arms]
    axes.set_yticks(range(len(names)), [literal(wrapped(name, room)) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)


def _by_segment(axes: Axes, what: Drawing, measure: Measure, lang: Lang) -> list[tuple[Any, str]]:
    """A row a segment, a mark an arm, with intervals; an upright line where all of the base stand."""
    out: list[tuple[Any, str]] = []
    called = titles(what.arms, lang, 40)
    for index, arm in enumerate(what.arms):
        style = SERIES[index]
        shift = (index - (len(what.arms) - 1) / 2) * 0.3
        for row, segment in enumerate(what.segments):
            one = measure.each[arm.name, segment]
            if one.mean is None:
                continue
            if one.low is not None and one.high is not None:
                axes.plot([one.low, one.high], [row + shift] * 2, color=style["color"], linewidth=1.4, solid_capstyle="butt")
            axes.plot([one.mean], [row + shift], linestyle="none", marker=style["marker"], color=style["color"], markersize=5)
        out.append((_mark(style, filled=True), called[arm.name] if len(what.arms) > 1 else ""))
    whole = measure.whole[what.arms[0].name].mean
    if whole is not None:
        axes.axvline(whole, color=GREY, linewidth=1.0, linestyle=(0, (4, 2)), zorder=1)
    line = _line(GREY, (0, (4, 2)))
    return [*(pair for pair in out if pair[1]), (line, (ALL if len(what.arms) > 1 else ALL_OF_ONE).say(lang))]


def _by_arm(axes: Axes, what: Drawing, measure: Measure, lang: Lang) -> list[tuple[Any, str]]:
    """A row an arm: a bar from the least to the most, and the mark of each segment on it."""
    for row, arm in enumerate(what.arms):
        found = [(k, one.mean) for k, segment in enumerate(what.segments) if (one := measure.each[arm.name, segment]).mean is not None]
        if found:
            values = [mean for _, mean in found if mean is not None]
            axes.plot([min(values), max(values)], [row, row], color=PALE, linewidth=6, solid_capstyle="round", zorder=1)
        for k, mean in found:
            axes.plot([mean], [row], linestyle="none", markersize=5.5, zorder=3, **_segment(k))
    names = [cut(what.arms[0].called(f"segment:{segment}", lang), 40) for segment in what.segments]
    return [(_mark(SERIES[0], filled=True, own=_segment(k)), name) for k, name in enumerate(names)]


def _segment(number: int) -> dict[str, Any]:
    """How a segment is marked: the first seven filled, those after hollow."""
    style = SERIES[number % len(SERIES)]
    filled = number < len(SERIES)
    return {"marker": style["marker"], "mfc": style["color"] if filled else "white", "mec": style["color"], "mew": 1.2}


def _mark(style: dict[str, Any], filled: bool, own: dict[str, Any] | None = None) -> Any:
    from matplotlib.lines import Line2D

    kept = own or {"marker": style["marker"], "mfc": style["color"] if filled else "white", "mec": style["color"]}
    return Line2D([], [], linestyle="none", markersize=5.5, **kept)


def _line(color: str, dashes: Any) -> Any:
    from matplotlib.lines import Line2D

    return Line2D([], [], color=color, linestyle=dashes, linewidth=1.0)
