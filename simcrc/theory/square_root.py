"""Square-root staffing: so many agents above the load, β√load, and what the limits of Halfin and Whitt (1981, nobody gives up) and of Garnett,
Mandelbaum and Reiman (2002, exponential patience) then say.  Approximations for many agents; the exact answers stand in ``erlang_c``,
``erlang_a`` and ``staffing``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simcrc.theory.errors import TheoryError, finite, positive
from simcrc.theory.registry import model
from simcrc.words import Words

FAR = 100.0  # from here on the hazard of the normal law less its argument is a short series

SLACK = Words(
    fr="beta : {beta} ; un nombre positif est attendu quand personne n'abandonne", en="beta: {beta}; a positive number is expected when nobody gives up"
)
NO_AGENTS = Words(fr="beta : {beta} ; aucun préposé pour {load} erlangs", en="beta: {beta}; no agents for {load} erlangs")
INSIDE = Words(
    fr="p_wait : {value} ; une part plus grande que 0 et plus petite que 1 est attendue", en="p_wait: {value}; a share above 0 and below 1 is expected"
)


@model("square_root")
@dataclass(frozen=True)
class SquareRoot:
    """Staffing by the square root of the offered `load` (erlangs).

    In its figures `beta` is the quality of service, and `patience_ratio` mean patience ÷ mean handle time (default: nobody gives up).
    """

    load: float

    def __post_init__(self) -> None:
        positive("load", self.load)

    def agents(self, beta: float) -> float:
        """load + β√load, not rounded."""
        number = self.load + finite("beta", beta) * math.sqrt(self.load)
        if number <= 0.0:
            raise TheoryError(NO_AGENTS, "beta", beta=float(beta), load=float(self.load))
        return number

    def p_wait(self, beta: float, patience_ratio: float = math.inf) -> float:
        """Limit of the share who wait."""
        _check(beta, patience_ratio)
        root = math.sqrt(patience_ratio)
        free = beta if math.isinf(root) else _hazard(beta * root) / root
        busy = _hazard(-beta)
        return busy / (busy + free)

    def abandonment(self, beta: float, patience_ratio: float = math.inf) -> float:
        """Limit of the share who give up, to the order of 1/√agents."""
        waiting = self.p_wait(beta, patience_ratio)
        if math.isinf(patience_ratio):
            return 0.0
        root = math.sqrt(patience_ratio)
        return min(1.0, waiting * _above(beta * root) / root / math.sqrt(self.agents(beta)))

    def beta_for(self, p_wait: float, patience_ratio: float = math.inf) -> float:
        """The β at which the share `p_wait` waits, in the limit."""
        if not 0.0 < finite("p_wait", p_wait) < 1.0:
            raise TheoryError(INSIDE, "p_wait", value=float(p_wait))
        positive("patience_ratio", patience_ratio, endless=True)
        low, high = 0.0 if math.isinf(patience_ratio) else -1.0, 40.0
        while math.isfinite(patience_ratio) and self.p_wait(low, patience_ratio) < p_wait:
            low *= 2.0
        for _ in range(200):
            middle = (low + high) / 2.0
            if middle in (low, high):
                break
            low, high = (middle, high) if self.p_wait(middle, patience_ratio) > p_wait else (low, middle)
        return (low + high) / 2.0


def _check(beta: float, patience_ratio: float) -> None:
    finite("beta", beta)
    if math.isinf(positive("patience_ratio", patience_ratio, endless=True)) and beta <= 0.0:
        raise TheoryError(SLACK, "beta", beta=float(beta))


def _hazard(x: float) -> float:
    """φ(x) ÷ (1 − Φ(x))."""
    from scipy.special import erfcx

    return math.sqrt(2.0 / math.pi) / float(erfcx(x / math.sqrt(2.0)))


def _above(x: float) -> float:
    """The hazard less x."""
    if x < FAR:
        return _hazard(x) - x
    y = 1.0 / (x * x)
    return (1.0 - y * (2.0 - y * (10.0 - y * (74.0 - y * 706.0)))) / x
