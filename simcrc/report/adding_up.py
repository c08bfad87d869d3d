"""Rounding so that what is printed adds up: parts are rounded down and the largest remainders take what is missing to the rounded whole."""

from __future__ import annotations

import math
from collections.abc import Sequence


def adding_up(parts: Sequence[float], places: int, whole: float | None = None) -> list[float]:
    """`parts` rounded to `places` decimals, each by less than one unit of the last, so that they add up to `whole` (their sum) rounded to as many.

    Of equal remainders the first goes first; parts that are exactly 0 stay 0 as long as others can take what is missing.
    """
    scale = 10.0**places
    exact = [part * scale for part in parts]
    rounded = [math.floor(value) for value in exact]
    missing = round((math.fsum(parts) if whole is None else whole) * scale) - sum(rounded)
    order = sorted(range(len(parts)), key=lambda k: (parts[k] == 0, rounded[k] - exact[k], k))
    for k in order[:missing]:
        rounded[k] += 1
    return [value / scale for value in rounded]
