"""A pair: one replication of the same citizens with the same needs and the same random numbers, with and without a policy.

``one_arm`` runs an arm, ``beside`` matches the needs of two by id and counts what they differ by.  ``simcrc.experiment.cohort`` observes an arm,
``simcrc.experiment.task`` is the work on one replication, ``simcrc.experiment.pairs`` runs and holds all replications.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.errors import SimulationError
from simcrc.experiment.cohort import Cohort, Side
from simcrc.experiment.landing import Landings
from simcrc.indicators.common import OF_NEEDS
from simcrc.indicators.sums import Sums, key
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from datetime import date

    from simcrc.scenario import Scenario

PARTS = ("base", "policy", "cohort_base", "cohort_policy", "pairs", "placebo")
CELL = ("service", "segment", "month")
MOVES = ("service", "segment", "from", "to")
COUNTS = ("more", "fewer", "identical", "moved", "more_moved", "fewer_moved", "electronic_base", "electronic_policy", "electronic_never")
"""Counts of needs by service, segment and month of their start: those with more and with fewer contacts under the policy, those whose journeys are identical
to the last contact, those whose first contact landed elsewhere and how many of these have more and fewer contacts, those that used an electronic channel in
the base only, under the policy only, and in neither arm."""

DIFFERENT = Words(
    fr="les besoins des deux scénarios ne sont pas les mêmes (réplication {replication}) : rien ne peut être apparié",
    en="the needs of the two scenarios are not the same (replication {replication}): nothing can be paired",
)
NONE = Words(
    fr="aucun besoin n'apparaît assez tôt pour être suivi (réplication {replication}) ; allongez l'horizon ou raccourcissez le suivi (--follow-up)",
    en="no need starts early enough to be followed (replication {replication}); lengthen the horizon or shorten the follow-up (--follow-up)",
)
BROKEN = Words(
    fr="la décomposition par motif ne s'additionne pas (réplication {replication})", en="the split by reason does not add up (replication {replication})"
)


class PairsError(SimulationError):
    """Two arms that cannot be set beside each other."""

    def __init__(self, words: Words, replication: int) -> None:
        super().__init__(words, replication)
        self._words, self._replication = words, replication

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return self._words.say(lang, replication=self._replication)

    def __str__(self) -> str:
        return self.say("en")


def one_arm(
    scenario: Scenario,
    records: Any,
    landings: Landings,
    follow_up: int,
    replication: int,
    progress: Callable[[float], None] | None = None,
    later: Sequence[tuple[date, Scenario]] | None = None,
) -> tuple[Sums, Side]:
    """The ordinary sums of one replication (from 1) of `scenario`, and its cohort; `later` as in ``simcrc.model.compile``."""
    from simcrc.engine.run import simulate
    from simcrc.model.compile import compile
    from simcrc.observe import Observer

    model = compile(scenario, records, later)
    cohort = Cohort(model, landings, model.end - follow_up)
    observer = Observer(model, on_needs=cohort.needs, on_contacts=cohort.contacts)
    simulate(model, replication - 1, observer.feed, progress)  # engines count from 0
    return observer.finish(model.end), cohort.finish()


def beside(base: Side, other: Side, landings: Landings, replication: int) -> Sums:
    """What the needs of two arms that have the same needs differ by.

    Arrays by ``CELL``: one for each of COUNTS; ``change`` and ``change_moved``, contacts under the policy minus contacts in the base, over all needs and over
    those that landed elsewhere.  By service, segment, landing in the base and under the policy: ``moves``.  By segment: ``citizens`` and
    ``citizens_never``, citizens who had needs, and those of them who used no electronic channel in either arm.
    """
    if base.check != other.check or not np.array_equal(base.need, other.need):
        raise PairsError(DIFFERENT, replication)
    if not len(base.need):
        raise PairsError(NONE, replication)
    change = other.contacts.astype(np.int64) - base.contacts.astype(np.int64)
    moved = base.landing != other.landing
    flags = {
        "more": change > 0,
        "fewer": change < 0,
        "identical": base.signature == other.signature,
        "moved": moved,
        "more_moved": moved & (change > 0),
        "fewer_moved": moved & (change < 0),
        "electronic_base": base.electronic & ~other.electronic,
        "electronic_policy": ~base.electronic & other.electronic,
        "electronic_never": ~base.electronic & ~other.electronic,
    }
    out = Sums()
    axes = base.sizes
    cells = int(np.prod(axes))
    for name in COUNTS:
        out.array(name, CELL, cells)[:] = np.bincount(base.cell[flags[name]], minlength=cells)
    for name, chosen in (("change", slice(None)), ("change_moved", moved)):
        np.add.at(out.array(name, CELL, cells), base.cell[chosen], change[chosen])
    count, months = len(landings.names), axes[2]
    code = (base.cell.astype(np.int64) // months * count + base.landing) * count + other.landing
    size = axes[0] * axes[1] * count * count
    out.array("moves", MOVES, size)[:] = np.bincount(code, minlength=size)
    _citizens(out, base, other)
    if not np.array_equal(_by_reason(other) - _by_reason(base), out.array("change", CELL, cells)):
        raise PairsError(BROKEN, replication)
    return out


def _by_reason(side: Side) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The contacts of each cell, added up over their reasons."""
    flat = side.sums.arrays[key(OF_NEEDS.name, ("reason", *CELL))]
    return np.asarray(flat.reshape(-1, int(np.prod(side.sizes))).sum(axis=0), dtype=np.int64)


def _citizens(out: Sums, base: Side, other: Side) -> None:
    """Citizens by segment: how many had a need of the cohort, and how many of these never used an electronic channel."""
    never = base.seen & ~base.online & ~other.online
    for name, chosen in (("citizens", base.seen), ("citizens_never", never)):
        bounds = np.cumsum(np.concatenate([[0], chosen])).take(base.first_citizens)
        out.array(name, ("segment",), base.sizes[1])[:] = np.diff(bounds) if len(chosen) else 0


def joined(parts: dict[str, Sums]) -> Sums:
    """Several sums as one, their arrays named ``part.name``."""
    return Sums({f"{part}.{name}": values for part, sums in parts.items() for name, values in sums.arrays.items()})


def part_of(sums: Sums, part: str) -> Sums:
    """One part of what ``joined`` made."""
    return Sums({name.partition(".")[2]: values for name, values in sums.arrays.items() if name.startswith(f"{part}.")})
