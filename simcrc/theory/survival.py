"""A law of patience by its survival function alone: its integral is tabulated as far as it is asked for.  Laws by name stand in ``patience``."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from simcrc.theory.patience import Patience
from simcrc.theory.quadrature import panels, pieces

if TYPE_CHECKING:
    from simcrc.theory.quadrature import Floats


class Survival(Patience):
    """A law by its survival function, which takes and gives arrays of any shape; integrated numerically.

    `scale`: the order of size of the patience.
    """

    def __init__(self, survival: Callable[[Floats], Floats], scale: float) -> None:
        self._survival, self._scale = survival, scale
        self._table: tuple[Floats, Floats, Floats] | None = None

    def survival(self, v: Floats) -> Floats:
        import numpy as np

        return np.asarray(self._survival(v), dtype=np.float64)

    def kept(self, v: Floats) -> Floats:
        import numpy as np

        starts, ends, sums = self._reaching(float(np.max(v)))
        flat = np.ravel(v)
        place = np.searchsorted(starts, flat, side="right") - 1
        part = panels(self.survival, starts[place], np.minimum(flat, ends[place]))
        return np.asarray((sums[place] + part).reshape(np.shape(v)))

    def _reaching(self, end: float) -> tuple[Floats, Floats, Floats]:
        """Panels from 0 to `end` or beyond: starts, ends, and the integral up to each start."""
        import numpy as np

        if self._table is None or self._table[1][-1] < end:
            steps = 2 + max(0, math.ceil(math.log2(max(end, self._scale) / self._scale)))
            starts, ends, sums = pieces(self.survival, [0.0, *(self._scale * 2.0**k for k in range(-10, steps))])
            self._table = starts, ends, np.concatenate([[0.0], np.cumsum(sums)[:-1]])
        return self._table

    @property
    def edges(self) -> tuple[float, ...]:
        return tuple(self._scale * 2.0**k for k in range(-10, 11))
