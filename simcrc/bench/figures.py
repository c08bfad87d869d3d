"""One picture a family: each line's difference from the exact value in units of its margin, with its interval, beside the band of ±1.

So that indicators of every unit share an axis: 0 is the exact value, the band is the margin.  Verdicts differ by shape as well as by colour (Okabe and Ito's,
which the colour-blind tell apart), so that the picture can be read in grey.  Equal findings give equal bytes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.bench.sequential import VERDICTS, Verdict
from simcrc.bench.wording import SAID
from simcrc.experiment.files import atomic
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from simcrc.bench.trial import Judged

AXIS = Words(fr="(simulé − attendu) / marge", en="(simulated − expected) / margin")
BAND = Words(fr="marge", en="margin")
ALT = Words(
    fr="{title} : écart entre le simulé et l'attendu, en marges, avec son intervalle, pour {n} lignes ; dans la bande de ±1 : {inside}.",
    en="{title}: difference between simulated and expected, in margins, with its interval, for {n} lines; within the band of ±1: {inside}.",
)
MARKS: dict[Verdict, dict[str, Any]] = {
    "equivalent": {"marker": "o", "color": "#0072B2", "markerfacecolor": "#0072B2"},
    "different": {"marker": "X", "color": "#D55E00", "markerfacecolor": "#D55E00", "markersize": 8},
    "inconclusive": {"marker": "D", "color": "#4D4D4D", "markerfacecolor": "white"},
}
EDGE = 3.0
"""Differences beyond this many margins stand at the edge, with an arrow."""
STYLE = {"svg.hashsalt": "simcrc", "svg.fonttype": "none", "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 9.0}
INCHES = 0.26
LONGEST = 52


@dataclass(frozen=True)
class Point:
    """A line on the picture: its label, and its difference and interval in margins."""

    label: str
    middle: float
    low: float
    high: float
    verdict: Verdict


def point(label: str, judged: Judged) -> Point | None:
    """A line as a point; None where there is nothing to show, or a margin of nothing."""
    found = judged.evaluation
    if found is None or not judged.margin > 0 or not math.isfinite(judged.margin):
        return None
    scaled = [value / judged.margin for value in (found.difference, found.difference_low, found.difference_high)]
    return Point(label, scaled[0], scaled[1], scaled[2], judged.verdict)


def alt(title: str, points: Sequence[Point], lang: Lang) -> str:
    """What the picture shows, for those who cannot see it."""
    inside = sum(one.low >= -1 and one.high <= 1 for one in points)
    return ALT.say(lang, title=title, n=len(points), inside=inside)


def draw(path: Path, title: str, points: Sequence[Point], lang: Lang) -> None:
    """Write the picture of `points`, from top to bottom, to the file `path` (SVG)."""
    import matplotlib

    with matplotlib.rc_context(STYLE), atomic(path) as temporary:  # type: ignore[arg-type]
        picture(title, points, lang).savefig(temporary, format="svg", metadata={"Date": None, "Creator": None, "Title": alt(title, points, lang)})


def picture(title: str, points: Sequence[Point], lang: Lang) -> Figure:
    """The picture, not yet written."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.0, 1.55 + INCHES * len(points)), layout="constrained", facecolor="white")
    figure.suptitle(title, x=0.01, horizontalalignment="left", fontsize=11)
    axes = figure.subplots()
    _frame(axes, points, lang)
    for place, one in enumerate(points):
        _one(axes, place, one)
    _legend(axes, points, lang)
    return figure


def _frame(axes: Any, points: Sequence[Point], lang: Lang) -> None:
    """Axes, band and labels."""
    wide = min(EDGE, max([1.25, *(1.08 * abs(end) for one in points for end in (one.low, one.high) if math.isfinite(end))]))
    axes.axvspan(-1, 1, color="#E3E3E3", zorder=0, linewidth=0)
    for edge in (-1, 1):
        axes.axvline(edge, color="#8A8A8A", linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    axes.axvline(0, color="black", linewidth=0.9, zorder=1)
    axes.set_xlim(-wide, wide)
    axes.set_ylim(len(points) - 0.4, -0.6)
    axes.set_yticks(range(len(points)), [_short(one.label) for one in points])
    axes.tick_params(axis="y", length=0, pad=8)
    axes.set_xlabel(AXIS.say(lang))
    axes.xaxis.set_major_formatter(lambda value, _: _tick(value, lang))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _tick(value: float, lang: Lang) -> str:
    text = f"{value:+.3g}" if value else "0"
    return text.replace("-", "−").replace(".", "," if lang == "fr" else ".")


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"


def _one(axes: Any, place: int, one: Point) -> None:
    """An interval and its middle, at the edge where they lie beyond it."""
    mark = MARKS[one.verdict]
    left, right = axes.get_xlim()
    low, high = max(one.low, left), min(one.high, right)
    if low <= high:
        axes.plot([low, high], [place, place], color=mark["color"], linewidth=1.8, solid_capstyle="butt", zorder=2)
        for end in (one.low, one.high):
            if left < end < right:
                axes.plot([end, end], [place - 0.16, place + 0.16], color=mark["color"], linewidth=1.2, zorder=2)
    if left <= one.middle <= right:
        axes.plot([one.middle], [place], linestyle="none", markeredgewidth=1.2, zorder=3, clip_on=False, **{"markersize": 5.5, **mark})
    else:
        arrow = "<" if one.middle < left else ">"
        axes.plot([left if arrow == "<" else right], [place], linestyle="none", zorder=3, clip_on=False, **{"markersize": 7, **mark, "marker": arrow})


def _legend(axes: Any, points: Sequence[Point], lang: Lang) -> None:
    """The verdicts that are there, and the band."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    there = [verdict for verdict in VERDICTS if any(one.verdict == verdict for one in points)]
    marks = [Line2D([], [], linewidth=1.8, label=SAID[verdict].say(lang), **{"markersize": 5.5, **MARKS[verdict]}) for verdict in there]
    handles = [*marks, Patch(facecolor="#E3E3E3", label=BAND.say(lang))]
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(handles), frameon=False, borderaxespad=0.2, handlelength=1.6)
