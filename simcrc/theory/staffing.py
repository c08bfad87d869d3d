"""How many agents or lines a target takes, by the exact formulas of ``erlang_c``, ``erlang_a`` and ``erlang_b``."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.erlang_b import MOST_SERVERS
from simcrc.theory.errors import TheoryError, not_negative, positive, share
from simcrc.theory.waiting import DEFINITIONS, UNKNOWN
from simcrc.words import Words

NO_TARGET = Words(fr="aucune cible : donner au moins {known}", en="no target: give at least one of {known}")
NO_THRESHOLD = Words(fr="service_level et within vont ensemble", en="service_level and within go together")
NEVER = Words(fr="{name} : {value} ne s'atteint jamais tout à fait", en="{name}: {value} is never quite reached")
TOO_MANY = Words(fr="plus de {most} préposés ou lignes seraient nécessaires", en="more than {most} agents or lines would be needed")


@dataclass(frozen=True)
class Targets:
    """What the staff must reach; None: not asked.

    `service_level` at least, within the time `within`, by `definition`; at most: `asa` (mean wait of the served), `p_wait` (share who are not
    served at once), `occupancy`, `abandonment`, `blocking` (shares).
    """

    service_level: float | None = None
    within: float | None = None
    definition: str = DEFINITIONS[0]
    asa: float | None = None
    p_wait: float | None = None
    occupancy: float | None = None
    abandonment: float | None = None
    blocking: float | None = None

    def __post_init__(self) -> None:
        caps = {name: getattr(self, name) for name in ("asa", "p_wait", "occupancy", "abandonment", "blocking")}
        if self.service_level is None and not any(cap is not None for cap in caps.values()):
            raise TheoryError(NO_TARGET, known="service_level, " + ", ".join(caps))
        if (self.service_level is None) != (self.within is None):
            raise TheoryError(NO_THRESHOLD, "within")
        if self.definition not in DEFINITIONS:
            raise TheoryError(UNKNOWN, "definition", value=str(self.definition), known=", ".join(DEFINITIONS))
        if self.within is not None and self.service_level is not None:
            not_negative("within", self.within)
            if share("service_level", self.service_level) == 1.0:
                raise TheoryError(NEVER, "service_level", name="service_level", value=1.0)
        for name, cap in caps.items():
            if cap is not None and (not_negative(name, cap) if name == "asa" else share(name, cap)) == 0.0:
                raise TheoryError(NEVER, name, name=name, value=0.0)

    def met(self, queue: ErlangA) -> bool:
        """Whether `queue` meets them all."""
        caps: tuple[tuple[float | None, Callable[[], float]], ...] = (
            (self.occupancy, lambda: queue.occupancy),
            (self.blocking, lambda: queue.p_blocked),
            (self.p_wait, lambda: queue.p_wait + queue.p_blocked),
            (self.abandonment, lambda: queue.abandonment),
            (self.asa, lambda: queue.asa),
        )
        if not all(cap is None or value() <= cap for cap, value in caps):
            return False
        return self.service_level is None or self.within is None or queue.service_level(self.within, self.definition) >= self.service_level


def agents_for(arrival_rate: float, handle_time: float, targets: Targets, patience: float = math.inf, places: int | None = None) -> int:
    """The least number of agents that meets all the `targets`, from Erlang C (endless patience) or Erlang A with waiting `places`.

    All times in one unit.  Raises TheoryError: wrong parameters or targets, none that can be met by a million agents.
    """
    load = positive("arrival_rate", arrival_rate) * positive("handle_time", handle_time)
    carried_by_all = math.isinf(positive("patience", patience, endless=True)) and places is None

    def enough(agents: int) -> bool:
        return targets.met(ErlangA(arrival_rate, handle_time, agents, patience, places))

    least = max(1, math.floor(load) + 1 if carried_by_all else 1)
    return _least(enough, least, start=max(least, round(load)))


def lines_for(load: float, blocking: float) -> int:
    """The least number of lines on which `load` erlangs lose at most the share `blocking` (Erlang B)."""
    positive("load", load)
    if share("blocking", blocking) == 0.0:
        raise TheoryError(NEVER, "blocking", name="blocking", value=0.0)
    inverse, lines = 1.0, 0
    while inverse * blocking < 1.0:
        lines += 1
        if lines > MOST_SERVERS:
            raise TheoryError(TOO_MANY, most=MOST_SERVERS)
        inverse = 1.0 + inverse * (lines / load)
    return lines


def _least(enough: Callable[[int], bool], least: int, start: int) -> int:
    """The least number from `least` on that is enough, searched from about `start`: what is enough stays so with one more."""
    if start > MOST_SERVERS:
        raise TheoryError(TOO_MANY, most=MOST_SERVERS)
    low, high, step = least - 1, start, max(1, math.isqrt(start))
    while not enough(high):  # low is never enough, high will be
        if high >= MOST_SERVERS:
            raise TheoryError(TOO_MANY, most=MOST_SERVERS)
        low, high, step = high, min(MOST_SERVERS, high + step), 2 * step
    step = max(1, math.isqrt(start))
    while high - low > step and enough(high - step):
        high, step = high - step, 2 * step
    low = max(low, high - step)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
