"""A function from its Laplace transform, when the transform is singular on the negative real axis only."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable

NODES = 24  # the error falls as 3.89 to the power of −NODES: 7e-15, where rounding takes over


def invert(transform: Callable[[complex], complex], at: float) -> float:
    """The function whose Laplace transform is `transform`, at the instant `at` > 0.

    Midpoint rule on Talbot's cotangent contour with the parameters of Weideman (2006), as in Trefethen, Weideman and Schmelzer (2006).
    Relative to the largest value of the function the error is about 1e-13.
    """
    total = 0.0
    for k in range(NODES // 2):
        angle = (2 * k + 1) * math.pi / NODES
        turned = 0.6407 * angle
        z = NODES * complex(-0.6122 + 0.5017 * angle / math.tan(turned), 0.2645 * angle)
        slope = NODES * complex(0.5017 / math.tan(turned) - 0.5017 * turned / math.sin(turned) ** 2, 0.2645)
        total += (cmath.exp(z) * transform(z / at) * slope).imag  # the other half of the contour is the conjugate
    return 2.0 * total / (NODES * at)
