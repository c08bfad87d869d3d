"""How the picture of the fidelisation effect is drawn: a waterfall that lies on its side, from the base down to the policy, one step a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcrc.pictures import fidelisation_words as words
from simcrc.pictures.picture import literal
from simcrc.pictures.style import BLUE, FAILURE, GREY, INK, ORANGE
from simcrc.words import Lang

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LOOKS: dict[str, dict[str, Any]] = {
    "more": {"facecolor": ORANGE},
    "fewer": {"facecolor": BLUE, "hatch": "\\\\\\", "edgecolor": "white"},
    "failure": {"facecolor": FAILURE, "hatch": "///", "edgecolor": "white"},
}


@dataclass(frozen=True)
class Bar:
    """A step: its name, what is written beside it, its change, its interval (None: there is none), and how it looks."""

    name: str
    text: str
    change: float
    interval: tuple[float, float] | None
    look: str


def draw_waterfall(figure: Figure, ends: tuple[tuple[str, str], tuple[str, str]], start: float, bars: Sequence[Bar], lang: Lang, narrow: bool) -> None:
    """Draw: `ends` are name and figure of the base and of the policy, `start` is where the base stands."""
    from simcrc.pictures.writing import numbered

    axes = figure.subplots()
    at, low, high = start, start, start
    last = len(bars) + 1
    axes.plot([start, start], [-0.35, 1.0], color=INK, linewidth=1.0, linestyle=":")
    for row, bar in enumerate(bars, 1):
        axes.barh(row, bar.change, 0.56, left=at, linewidth=0.0, zorder=2, **LOOKS[bar.look])
        at += bar.change
        if bar.interval is not None:
            before = at - bar.change
            axes.plot([before + bar.interval[0], before + bar.interval[1]], [row, row], color=INK, linewidth=1.2, marker="|", markersize=6, zorder=3)
            low, high = min(low, before + bar.interval[0]), max(high, before + bar.interval[1])
        axes.plot([at, at], [row - 0.28, row + 1.0], color=GREY, linewidth=0.8, zorder=1)
        low, high = min(low, at), max(high, at)
    for row, x, marker in ((0, start, "o"), (last, at, "D")):
        axes.plot([x], [row], color=INK, marker=marker, markersize=8, zorder=4)
    room = (high - low) or max(abs(start) * 0.02, 1e-3)
    axes.set_xlim(low - 0.08 * room, high + 0.08 * room)
    axes.set_ylim(last + 0.6, -0.6)
    names, texts = [ends[0][0], *(bar.name for bar in bars), ends[1][0]], [ends[0][1], *(bar.text for bar in bars), ends[1][1]]
    axes.set_yticks(range(last + 1), [literal(name) for name in names])
    for row in (0, last):
        axes.get_yticklabels()[row].set_fontweight("bold")
    axes.tick_params(axis="y", length=0)
    right = axes.secondary_yaxis("right")
    right.set_yticks(range(last + 1), texts)
    right.tick_params(length=0)
    right.spines["right"].set_visible(False)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(words.AXIS.say(lang))
    axes.locator_params(axis="x", nbins=3 if narrow else 7)
    numbered(axes.xaxis, lang)
    for labels in (axes.get_yticklabels(), right.get_yticklabels(), axes.get_xticklabels()):
        for label in labels:
            label.set_fontsize(8.0 if narrow else 9.0)
    _legend(figure, bars, lang, narrow)


def _legend(figure: Figure, bars: Sequence[Bar], lang: Lang, narrow: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    said = {"failure": words.FAILURE, "more": words.MORE, "fewer": words.FEWER}
    handles: list[Any] = [Patch(label=said[look].say(lang), linewidth=0.0, **LOOKS[look]) for look in said if any(bar.look == look for bar in bars)]
    if any(bar.interval is not None for bar in bars):
        handles.append(Line2D([], [], color=INK, linewidth=1.2, marker="|", markersize=6, label=words.INTERVAL.say(lang)))
    figure.legend(handles=handles, loc="outside lower center", ncols=2 if narrow else len(handles), fontsize=8.0)
