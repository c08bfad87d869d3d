"""Integrals to about the last digit: Gauss–Legendre on panels that are halved until the halves agree with the whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

ORDER = 20  # nodes a panel
HALVINGS = 60  # a jump is then closer than a float can tell
CLOSE = 2e-15  # of the integral of the absolute value, a panel


@cache
def rule() -> tuple[Floats, Floats]:
    """Nodes in (0, 1) and weights that add up to 1."""
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(ORDER)
    return (nodes + 1.0) / 2.0, weights / 2.0


def panels(function: Callable[[Floats], Floats], starts: Floats, ends: Floats) -> Floats:
    """The integral of `function` over each panel by one rule; `function` takes and gives arrays of any shape."""
    nodes, weights = rule()
    widths = ends - starts
    values: Any = function(starts[:, None] + widths[:, None] * nodes)
    integrals: Floats = widths * (values @ weights)
    return integrals


def integral(function: Callable[[Floats], Floats], edges: Iterable[float]) -> float:
    """The integral of `function` from the least to the greatest of `edges`; where it is known to bend or to peak, an edge helps."""
    return math.fsum(piece for _, _, piece in pieces(function, edges))


def pieces(function: Callable[[Floats], Floats], edges: Iterable[float]) -> list[tuple[float, float, float]]:
    """The panels on which `function` was integrated, in order: start, end, integral."""
    import numpy as np

    points = np.unique(np.asarray(list(edges), dtype=np.float64))
    starts, ends = points[:-1], points[1:]
    whole = panels(function, starts, ends)
    done: list[tuple[float, float, float]] = []
    settled = 0.0  # integral of the absolute value over what is done
    for halving in range(HALVINGS + 1):
        if not starts.size:
            break
        middles = starts + (ends - starts) / 2.0
        left, right = panels(function, starts, middles), panels(function, middles, ends)
        tolerance = CLOSE * (settled + float(np.sum(np.abs(left) + np.abs(right))))
        good = np.abs(left + right - whole) <= tolerance
        if halving == HALVINGS:
            good[:] = True
        settled += float(np.sum(np.abs(left[good]) + np.abs(right[good])))
        done += zip(starts[good].tolist(), ends[good].tolist(), (left + right)[good].tolist(), strict=True)
        bad = ~good
        starts, ends, whole = (
            np.concatenate([starts[bad], middles[bad]]),
            np.concatenate([middles[bad], ends[bad]]),
            np.concatenate([left[bad], right[bad]]),
        )
    return sorted(done)
