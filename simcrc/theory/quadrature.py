"""Integrals to about the last digit: Gauss–Lobatto on panels that are halved until the halves agree with the whole.

The ends are among the nodes, so that what happens close to an edge is seen.
"""

from __future__ import annotations

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
NOISE = 500  # so many panels that do not settle differ by rounding alone


@cache
def rule() -> tuple[Floats, Floats]:
    """Nodes in [0, 1], both ends among them, and weights that add up to 1."""
    import numpy as np

    last = np.polynomial.legendre.Legendre.basis(ORDER - 1)
    slope, curve = last.deriv(), last.deriv(2)
    inner = np.sort(slope.roots().real)
    inner -= slope(inner) / curve(inner)
    nodes = np.concatenate([[-1.0], (inner - inner[::-1]) / 2.0, [1.0]])
    weights = 1.0 / (ORDER * (ORDER - 1) * last(nodes) ** 2)
    return (nodes + 1.0) / 2.0, weights / weights.sum()


def panels(function: Callable[[Floats], Floats], starts: Floats, ends: Floats) -> Floats:
    """The integral of `function` over each panel by one rule.

    `function` takes an array (panel, node); it gives one of the same shape, or several of them stacked, and so are the integrals.
    """
    nodes, weights = rule()
    widths = ends - starts
    values: Any = function(starts[:, None] + widths[:, None] * nodes)
    integrals: Floats = widths * (values @ weights)
    return integrals


def integral(function: Callable[[Floats], Floats], edges: Iterable[float]) -> Floats:
    """The integral of `function`, or of each of those stacked, from the least to the greatest of `edges`.

    Where the function is known to bend or to peak, an edge helps.
    """
    total: Floats = pieces(function, edges)[2].sum(axis=-1)
    return total


def pieces(function: Callable[[Floats], Floats], edges: Iterable[float]) -> tuple[Floats, Floats, Floats]:
    """The panels on which `function` was integrated, in order: starts, ends, integrals."""
    import numpy as np

    points = np.unique(np.asarray(list(edges), dtype=np.float64))
    starts, ends = points[:-1], points[1:]
    whole = panels(function, starts, ends)
    done: list[tuple[Floats, Floats, Floats]] = []
    settled = np.zeros(whole.shape[:-1])  # integral of the absolute value over what is done
    for halving in range(HALVINGS + 1):
        if not starts.size:
            break
        middles = starts + (ends - starts) / 2.0
        left, right = panels(function, starts, middles), panels(function, middles, ends)
        size = np.abs(left) + np.abs(right)
        good = np.abs(left + right - whole) <= CLOSE * (settled + size.sum(axis=-1))[..., None]
        good = good.reshape(-1, starts.size).all(axis=0)
        if halving == HALVINGS or np.count_nonzero(~good) > NOISE:
            good[:] = True
        settled = settled + size[..., good].sum(axis=-1)
        done.append((starts[good], ends[good], (left + right)[..., good]))
        bad = ~good
        starts, ends, whole = (
            np.concatenate([starts[bad], middles[bad]]),
            np.concatenate([middles[bad], ends[bad]]),
            np.concatenate([left[..., bad], right[..., bad]], axis=-1),
        )
    starts, ends, whole = (np.concatenate([part[column] for part in done], axis=-1) for column in range(3))
    order = np.argsort(starts)
    return starts[order], ends[order], whole[..., order]
