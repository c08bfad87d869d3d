"""How pictures look: sizes, letters, colours that the colour-blind tell apart, and axes that speak the language of the reader.

Colours are Okabe and Ito's (2008); where two series meet they differ by line or by hatching as well, so that a picture can be read in grey.  Equal figures
give equal bytes: nothing of a picture depends on the hour or on the order of a set.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from simcrc.words import Lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE: dict[str, Any] = {
    "svg.hashsalt": "simcrc",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.0,
    "axes.titlesize": 10.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
}
WIDE, NARROW = 7.6, 3.6
"""Inches."""
INK, GREY, PALE = "#1B1B1B", "#6B6B6B", "#D5D5D5"
BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, YELLOW = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442"
SERIES: tuple[dict[str, Any], ...] = (
    {"color": INK, "linestyle": "-", "marker": "o"},
    {"color": BLUE, "linestyle": "--", "marker": "s"},
    {"color": VERMILION, "linestyle": "-.", "marker": "^"},
    {"color": GREEN, "linestyle": ":", "marker": "D"},
    {"color": PURPLE, "linestyle": (0, (5, 1, 1, 1, 1, 1)), "marker": "v"},
    {"color": ORANGE, "linestyle": (0, (3, 1)), "marker": "P"},
    {"color": SKY, "linestyle": (0, (1, 1)), "marker": "X"},
)
"""Lines, the base first: each by colour, dashes and mark."""
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---", "ooo", "+++")
FAILURE = VERMILION
"""The colour of failure demand, everywhere."""


@contextmanager
def styled() -> Iterator[None]:
    """Drawing and saving happen within."""
    import matplotlib

    with matplotlib.rc_context(STYLE):  # type: ignore[arg-type]
        yield


def blank(height: float, narrow: bool) -> Figure:
    """An empty figure; it belongs to no window."""
    from matplotlib.figure import Figure

    return Figure(figsize=(NARROW if narrow else WIDE, height), layout="constrained", facecolor="white")


def save(figure: Figure, to: Path | str | IO[bytes], kind: str, about: str = "") -> None:
    """Write a figure as svg, png or pdf; equal figures give equal bytes.  `about`: a text kept in the file's own description."""
    metadata: dict[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": None, **({"Title": about} if about else {})},
        "png": {"Software": None, "Description": about.encode("ascii", "replace").decode()},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": about},
    }
    with styled():
        figure.savefig(to, format=kind, metadata=metadata[kind], dpi=150)


def written(axes: Axes, lang: Lang, x: bool = False, y: bool = True, share: bool = False) -> None:
    """Numbers along an axis as the language writes them; `share`: as percentages."""
    from simcrc.report.numbers import decimal

    def say(value: float, _: object) -> str:
        scaled = 100 * value if share else value
        places = 0 if abs(scaled) >= 10 or scaled == int(scaled) else 1 if abs(scaled) >= 1 else 2
        return decimal(scaled, lang, places) + (("\u00a0%" if lang == "fr" else "%") if share else "")

    for axis, wanted in ((axes.xaxis, x), (axes.yaxis, y)):
        if wanted:
            axis.set_major_formatter(say)
