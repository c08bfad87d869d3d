"""How cost against wait is drawn: a mark for each arm with the interval of both figures as a cross, the front as a staircase, names where there is room.

``cost_wait`` is the picture, ``cost_wait_points`` its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simcrc.pictures.cost_wait_points import COST, Point, unit_of
from simcrc.pictures.picture import literal
from simcrc.pictures.style import GREY, INK, SERIES
from simcrc.pictures.writing import cut, numbered, scaled, titles
from simcrc.report import short
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

AXIS = Words(fr="{label} ({unit})", en="{label} ({unit})")
FRONT = Words(fr="front de Pareto : rien n'est meilleur des deux côtés", en="Pareto front: nothing is better on both sides")
FRONT_SHORT = Words(fr="front de Pareto", en="Pareto front")
BETTER = Words(fr="↙ mieux : moins cher, moins d'attente", en="↙ better: cheaper, less wait")
DOMINATED = Words(fr="{title} (dominée)", en="{title} (dominated)")
PLACES = ((1, 1), (1, -1), (-1, 1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1))
"""Where a name may stand beside its mark, the best first: to the right, above …"""


def draw(points: Sequence[Point], wait: str, figure: Figure, lang: Lang, narrow: bool) -> None:
    """Draw the points on an empty figure."""
    axes = figure.add_subplot()
    arms = [point.arm for point in points]
    unit = {name: unit_of(arms[0], name) for name in (COST, wait)}
    across, down = (max(end for point in points for end in _ends(getattr(point, which))) for which in ("wait", "cost"))
    for axis, name, most in ((axes.xaxis, wait, across), (axes.yaxis, COST, down)):
        factor, called = scaled(unit[name], most, lang)
        numbered(axis, lang, factor, most=5 if narrow else 8)
        axis.set_label_text(AXIS.say(lang, label=_capital(short.label(name, lang)), unit=called) if called else _capital(short.label(name, lang)), wrap=True)
    axes.set_title(BETTER.say(lang), loc="left", fontsize=8.5, color=GREY)
    _front(axes, [point for point in points if point.front])
    handles = [_mark(axes, point, number) for number, point in enumerate(points)]
    _limits(axes, points)
    called_ = titles(arms, lang, 26 if narrow else 34)
    names = [DOMINATED.say(lang, title=called_[p.arm.name]) if not p.front else called_[p.arm.name] for p in points]
    keys: list[Any] = [*handles, axes.lines[0]] if any(line.get_gid() == "front" for line in axes.lines) else handles
    words = [*map(literal, names), *([(FRONT_SHORT if narrow else FRONT).say(lang)] if len(keys) > len(handles) else [])]
    figure.legend(keys, words, loc="outside lower left", ncols=1 if narrow or max(map(len, words)) > 52 else 2, fontsize=8.5, handlelength=1.6)
    if not narrow:
        _names(axes, points, [literal(cut(called_[point.arm.name], 24)) for point in points])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ends(estimate: Any) -> list[float]:
    return [value for value in (estimate.mean, estimate.low, estimate.high) if value is not None]


def _front(axes: Axes, front: Sequence[Point]) -> None:
    """A staircase from the quickest to the cheapest: between two of its points stands only what one of them dominates."""
    steps = sorted({(point.wait.mean or 0.0, point.cost.mean or 0.0) for point in front})
    if len(steps) > 1:
        axes.plot([x for x, _ in steps], [y for _, y in steps], drawstyle="steps-post", color=GREY, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1, gid="front")


def _mark(axes: Axes, point: Point, number: int) -> Any:
    """A mark, filled on the front and hollow behind it, with its cross."""
    style = SERIES[number % len(SERIES)]
    assert point.wait.mean is not None
    assert point.cost.mean is not None
    bars: dict[str, Any] = {}
    for name, one in (("xerr", point.wait), ("yerr", point.cost)):
        if one.mean is not None and one.low is not None and one.high is not None:
            bars[name] = [[max(0.0, one.mean - one.low)], [max(0.0, one.high - one.mean)]]
    if bars:
        axes.errorbar(point.wait.mean, point.cost.mean, **bars, fmt="none", ecolor=style["color"], elinewidth=1.1, capsize=2.5, zorder=2)
    face = style["color"] if point.front else "white"
    (drawn,) = axes.plot(
        [point.wait.mean], [point.cost.mean], linestyle="none", marker=style["marker"], markersize=8, mfc=face, mec=style["color"], mew=1.5, zorder=3
    )
    return drawn


def _limits(axes: Axes, points: Sequence[Point]) -> None:
    """Room around the crosses; never a span so small that noise fills the picture: a hundredth of the figure at least."""
    for which, setter in (("wait", axes.set_xlim), ("cost", axes.set_ylim)):
        ends = [end for point in points for end in _ends(getattr(point, which))]
        low, high = min(ends), max(ends)
        span = max(high - low, 0.01 * abs(high), 1e-9)
        middle = (low + high) / 2
        setter(middle - 0.68 * span, middle + 0.68 * span)
        if low >= 0 and middle - 0.68 * span < 0:
            setter(0, middle + 0.68 * span)


def _names(axes: Axes, points: Sequence[Point], names: Sequence[str]) -> None:
    """A name beside each mark where it covers neither a mark, nor a cross, nor another name, nor the edge; the key has them all."""
    from matplotlib.transforms import Bbox

    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    at = [axes.transData.transform((point.wait.mean or 0.0, point.cost.mean or 0.0)) for point in points]
    size = figure.dpi / 72
    taken: list[Bbox] = [Bbox.from_extents(x - 7 * size, y - 7 * size, x + 7 * size, y + 7 * size) for x, y in at]
    taken += [box for point in points for box in _crosses(axes, point, size)]
    inside = axes.get_window_extent()
    for (x, y), name in zip(at, names, strict=True):
        for right, up in PLACES:
            text = axes.annotate(
                name,
                (x, y),
                xycoords="figure pixels",
                xytext=(9 * right, 8 * up),
                textcoords="offset points",
                ha={1: "left", -1: "right", 0: "center"}[right],
                va={1: "bottom", -1: "top", 0: "center"}[up],
                fontsize=8.5,
                color=INK,
                zorder=4,
            )
            box = text.get_window_extent()
            text.set_in_layout(False)
            if inside.x0 <= box.x0 and box.x1 <= inside.x1 and inside.y0 <= box.y0 and box.y1 <= inside.y1 and not any(box.overlaps(other) for other in taken):
                text.xy, text.xycoords = tuple(axes.transData.inverted().transform((x, y))), "data"
                taken.append(box)
                break
            text.remove()


def _crosses(axes: Axes, point: Point, size: float) -> list[Bbox]:
    """The room that the bars of a point take."""
    from matplotlib.transforms import Bbox

    out = []
    for across, one, other in ((True, point.wait, point.cost.mean), (False, point.cost, point.wait.mean)):
        if one.low is None or one.high is None or other is None:
            continue
        ends = [(one.low, other), (one.high, other)] if across else [(other, one.low), (other, one.high)]
        (x0, y0), (x1, y1) = (axes.transData.transform(end) for end in ends)
        out.append(Bbox.from_extents(x0 - 2 * size, y0 - 2 * size, x1 + 2 * size, y1 + 2 * size))
    return out
