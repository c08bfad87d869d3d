"""exp(z) as a fraction of polynomials: a step of a linear differential equation as a few solutions of shifted systems.

The Padé approximant of degrees [4/5] agrees with exp to order 9 and vanishes at −∞ (it is the Radau IIA method of five stages); its poles lie in
the right half-plane, so that each shifted generator is diagonally dominant and the steps are stable however long.
"""

from __future__ import annotations

from functools import cache
from math import factorial

import numpy as np

DEGREE = 5
ORDER = 2 * DEGREE - 1


@cache
def poles() -> tuple[tuple[complex, complex], ...]:
    """(pole, weight) of exp(z) ≈ Σ weight / (pole − z): the real one, then one of each conjugate pair with twice its weight, of which the
    real part is to be taken."""
    up, down = DEGREE - 1, DEGREE
    whole = factorial(up + down)
    above = [factorial(up + down - j) * factorial(up) / (whole * factorial(j) * factorial(up - j)) for j in range(up + 1)]
    below = [(-1) ** j * factorial(up + down - j) * factorial(down) / (whole * factorial(j) * factorial(down - j)) for j in range(down + 1)]
    p, q = np.polynomial.Polynomial(above), np.polynomial.Polynomial(below)
    slope = q.deriv()
    found = np.asarray(q.roots(), dtype=np.complex128)
    for _ in range(3):  # Newton: to the last digit
        found = found - q(found) / slope(found)
    out = []
    for pole in sorted(found, key=lambda z: (abs(z.imag), z.imag)):
        weight = -p(pole) / slope(pole)
        if abs(pole.imag) < 1e-9:
            out.append((complex(pole.real), complex(weight.real)))
        elif pole.imag > 0:
            out.append((complex(pole), complex(2.0 * weight)))
    return tuple(out)
