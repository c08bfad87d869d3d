"""How the picture of journeys is drawn: three columns of nodes with ribbons between them, as wide as the contacts that they stand for.

Drawn by hand with patches: where a contact comes from, its channel, what follows.  ``journeys_counts`` holds what is drawn, ``journeys`` the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcrc.pictures.picture import literal
from simcrc.pictures.style import FAILURE, GREEN, GREY, INK, ORANGE, PALE, SKY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS: dict[str, dict[str, Any]] = {
    "first": {"facecolor": PALE},
    "failure": {"facecolor": FAILURE, "hatch": "///", "edgecolor": "white"},
    "not_reached": {"facecolor": ORANGE, "hatch": "...", "edgecolor": "white"},
    "zero": {"facecolor": SKY},
    "after": {"facecolor": GREEN, "hatch": "\\\\\\", "edgecolor": "white"},
    "followed": {"facecolor": GREY},
    "settled": {"facecolor": "#BBD9EC"},
    "unsettled": {"facecolor": INK},
    "open": {"facecolor": "#F4EFB8", "hatch": "---", "edgecolor": GREY},
}
"""How ribbons look, by what they stand for."""
GAP = 0.035
"""Between nodes, of the height."""
BAR = 0.022


@dataclass(frozen=True)
class Node:
    """A node: its column, what is written beside it, and where it stands (set by ``placed``)."""

    column: int
    text: str
    size: float
    top: float = 0.0


@dataclass(frozen=True)
class Ribbon:
    """From a node to another, by their names; `look` one of ``LOOKS``."""

    source: str
    target: str
    size: float
    look: str


def draw(axes: Axes, nodes: dict[str, Node], ribbons: Iterable[Ribbon], whole: float, narrow: bool, heads: Sequence[str]) -> None:
    """Draw on `axes`; ribbons go out of a node and into one in the order in which they are given.  `whole`: contacts that fill the height; `heads`: over
    the columns."""
    axes.set_axis_off()
    axes.set(xlim=(0.0, 1.0), ylim=(1.0, -0.1))
    columns = (0.245, 0.53, 0.765) if narrow else (0.23, 0.52, 0.82)
    most = max(sum(node.column == column for node in nodes.values()) for column in range(3))
    scale = (1.0 - GAP * (most - 1)) / whole
    set_ = placed(nodes, scale)
    left, right = {name: node.top for name, node in set_.items()}, {name: node.top for name, node in set_.items()}
    for ribbon in ribbons:
        _ribbon(axes, ribbon, columns[set_[ribbon.source].column] + BAR / 2, columns[set_[ribbon.target].column] - BAR / 2, right, left, scale)
    for column in range(3):
        here = [node for node in set_.values() if node.column == column]
        axes.text(columns[column], -0.03, heads[column], ha="center", va="bottom", fontsize=8.0, color=GREY, linespacing=1.1)
        _bars(axes, here, columns[column], scale)
        _texts(axes, here, columns[column], scale, narrow)


def placed(nodes: dict[str, Node], scale: float) -> dict[str, Node]:
    """The nodes with their tops: each column in the order given, in the middle of the height."""
    out: dict[str, Node] = {}
    for column in range(3):
        here = {name: node for name, node in nodes.items() if node.column == column}
        at = (1.0 - sum(node.size for node in here.values()) * scale - GAP * (len(here) - 1)) / 2
        for name, node in here.items():
            out[name] = Node(column, node.text, node.size, at)
            at += node.size * scale + GAP
    return out


def _ribbon(axes: Axes, ribbon: Ribbon, x: float, to: float, right: dict[str, float], left: dict[str, float], scale: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    thick, a, b, half = ribbon.size * scale, right[ribbon.source], left[ribbon.target], (x + to) / 2
    right[ribbon.source] += thick
    left[ribbon.target] += thick
    curve, line, move = Path.CURVE4, Path.LINETO, Path.MOVETO
    points = [(x, a), (half, a), (half, b), (to, b), (to, b + thick), (half, b + thick), (half, a + thick), (x, a + thick), (x, a)]
    codes = [move, curve, curve, curve, line, curve, curve, curve, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), zorder=2.0 - ribbon.size / 1000.0, **({"linewidth": 0.0} | LOOKS[ribbon.look])))  # thin ones above


def _bars(axes: Axes, here: list[Node], x: float, scale: float) -> None:
    from matplotlib.patches import Rectangle

    for node in here:
        axes.add_patch(Rectangle((x - BAR / 2, node.top), BAR, max(node.size * scale, 0.002), facecolor=INK, linewidth=0.0, zorder=3))


def _texts(axes: Axes, here: list[Node], x: float, scale: float, narrow: bool) -> None:
    """What nodes are called, apart from each other: to the outside of the outer columns, over the ribbons in the middle."""
    inches = axes.figure.get_size_inches()[1] * axes.get_position().height  # type: ignore[union-attr]
    lines = [node.text.count("\n") + 1 for node in here]
    heights = [0.145 * count / max(inches, 1.0) for count in lines]
    middles = apart([node.top + node.size * scale / 2 for node in here], heights)
    column = here[0].column if here else 0
    where: dict[int, tuple[float, str]] = {0: (x - BAR, "right"), 1: (x + BAR, "left"), 2: (x + BAR, "left")}
    at, align = where[column]
    box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.82, "linewidth": 0.0} if column == 1 else None
    for node, y in zip(here, middles, strict=True):
        middle = node.top + node.size * scale / 2
        if column != 1 and abs(y - middle) > 0.4 * heights[0]:  # pushed aside by its neighbours
            axes.plot([x, at], [middle, y], color=GREY, linewidth=0.6, zorder=4)
        axes.text(at, y, literal(node.text), ha=align, va="center", fontsize=8.0 if narrow else 8.5, color=INK, bbox=box, linespacing=1.1, zorder=5)


def apart(wanted: list[float], heights: list[float]) -> list[float]:
    """Places in ascending order, as near to those `wanted` as they can be without touching; within 0 and 1 where there is room."""
    out: list[float] = []
    edge = 0.0
    for middle, height in zip(wanted, heights, strict=True):
        out.append(max(middle, edge + height / 2))
        edge = out[-1] + height / 2
    edge = max(1.0, sum(heights))
    for k in reversed(range(len(out))):
        out[k] = min(out[k], edge - heights[k] / 2)
        edge = out[k] - heights[k] / 2
    return out


def keys(looks: Iterable[str], said: Callable[[str], str]) -> list[Any]:
    """What the ribbons stand for, for a legend."""
    from matplotlib.patches import Patch

    return [Patch(label=literal(said(look)), **({"linewidth": 0.0} | LOOKS[look])) for look in looks]
