"""The points of a sweep: a full grid, a Latin hypercube or Sobol' points, the same for the same seed.

A grid takes every combination of the levels of what varies.  A Latin hypercube has each of N slices of every range once; Sobol' points (scrambled) fill the
space evenly, best when N is a power of 2.  ``simcrc.experiment.vary`` says what varies.

Sources: M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21 (1979), 239–245; I. M. Sobol', USSR Comput. Math. Math. Phys. 7 (1967), 86–112; A. B.
Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences" (1995).  Both by ``scipy.stats.qmc``.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Literal, get_args

import numpy as np

from simcrc.experiment.asked import AskedError
from simcrc.experiment.vary import MOST, Axis
from simcrc.words import Words

Design = Literal["grid", "lhs", "sobol"]
DESIGNS: tuple[Design, ...] = get_args(Design)
POINTS = 16
"""Points of a Latin hypercube and of Sobol' unless their number is given."""
MANY = Words(fr="{count} points : au plus {most} ; moins de valeurs, ou --design lhs", en="{count} points: at most {most}; fewer values, or --design lhs")
NOTHING = Words(
    fr="rien ne varie : donnez au moins un --vary, par exemple teams.agents=38:50", en="nothing varies: give at least one --vary, such as teams.agents=38:50"
)


def points(axes: Sequence[Axis], design: Design = "grid", count: int | None = None, seed: int = 1) -> list[tuple[str, ...]]:
    """The values of `axes` at each point, as written.  `count`: how many points (of a grid: how many levels of each range that has no step).  Raises
    AskedError for none, or too many."""
    if not axes:
        raise AskedError.of(NOTHING)
    if design == "grid":
        levels = [axis.levels(count) for axis in axes]
        _few(prod(map(len, levels)))
        return list(product(*levels))
    number = POINTS if count is None else count
    _few(number)
    return [tuple(axis.value(float(position)) for axis, position in zip(axes, row, strict=True)) for row in _positions(len(axes), design, number, seed)]


def _positions(dimensions: int, design: Design, count: int, seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Positions from 0 to 1, shape (count, dimensions)."""
    from scipy.stats import qmc

    generator = np.random.Generator(np.random.PCG64(seed))
    sampler = (qmc.LatinHypercube if design == "lhs" else qmc.Sobol)(dimensions, seed=generator)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a number of Sobol' points that is no power of 2; the docs say so
        return np.asarray(sampler.random(count), dtype=np.float64)


def _few(count: int) -> None:
    if count > MOST:
        raise AskedError.of(MANY, count=count, most=MOST)
