"""The citizens: which numbers a segment has, and the traits that a citizen keeps for life: whether on line, and the language (and the habit at the beginning).

Citizens of a segment have consecutive numbers.  Traits are not drawn: they are read off low-discrepancy (Weyl) sequences of the
citizen's rank within the segment.  So citizens have the same traits in every replication and under every policy, the written shares
come out all but exactly, the traits are independent, and widening access puts citizens on line without taking anyone off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.scenario.base import for_service

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario

ANONYMOUS = -1
_ACCESS = np.uint64(round((5**0.5 - 1) / 2 * 2**53) << 11)  # fractional part of the golden section, in 2**-64
_HABIT = np.uint64(round((3**0.5 - 1) * 2**52) << 12)  # of the root of three
_REFUSAL = np.uint64(round((7**0.5 - 2) * 2**53) << 11)  # of the root of seven
_LANGUAGE = np.uint64(round((2**0.5 - 1) * 2**53) << 11)  # of the root of two

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


def languages_of(scenario: Scenario) -> tuple[str, ...]:
    """The languages of the citizens, in the order in which the segments write them; ("any",) when none is written."""
    population = scenario.population
    written = dict.fromkeys(language for segment in population.segments.values() for language in segment.language or population.language) if population else {}
    return tuple(written) or ("any",)


@dataclass(frozen=True, eq=False)
class Citizens:
    """The population of a model; one segment of anonymous citizens, on line and of the first language, when the scenario has none.

    By segment: `sizes`, how many citizens, and `first`, the number of the first; `weights`, cumulated shares of the needs,
    shape (services, segments); `access`, share on line; `speaks`, cumulated shares of the languages, shape (segments,
    languages).
    """

    anonymous: bool
    sizes: Integers
    first: Integers
    weights: Reals
    access: Reals
    speaks: Reals

    @classmethod
    def of(cls, scenario: Scenario) -> Citizens:
        """The citizens of `scenario`.  ValueError when all shares, or all needs, are zero."""
        languages = languages_of(scenario)
        population = scenario.population
        if population is None:
            ones = np.ones(1)
            return cls(True, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), np.ones((len(scenario.services), 1)), ones, np.ones((1, len(languages))))
        segments = tuple(population.segments.values())
        shares = np.array([segment.share for segment in segments], dtype=np.float64)
        sizes = apportion(population.size, shares)
        needs = np.array(
            [[segment.needs * for_service(service.needs, name, 1.0) for name, segment in population.segments.items()] for service in scenario.services.values()]
        )
        weights = np.cumsum(shares * needs * (sizes > 0), axis=1)
        if np.any(weights[:, -1] <= 0):  # a population so small that all who have needs round to nobody
            weights = np.cumsum(shares * needs, axis=1)
        if np.any(weights[:, -1] <= 0):
            raise ValueError("no segment has needs")
        speaks = np.array([[(segment.language or population.language).get(language, 0.0) for language in languages] for segment in segments], dtype=np.float64)
        speaks[speaks.sum(axis=1) == 0, 0] = 1.0  # a segment without languages speaks the first
        speaks = np.cumsum(speaks, axis=1)
        return cls(
            anonymous=False,
            sizes=sizes,
            first=np.cumsum(sizes) - sizes,
            weights=weights / weights[:, -1:],
            access=np.array([segment.access for segment in segments], dtype=np.float64),
            speaks=speaks / speaks[:, -1:],
        )

    def segment(self, u: Reals, service: int = 0) -> Integers:
        """The segments of needs for `service` with uniforms `u`, by share times needs."""
        if self.weights.shape[1] == 1:
            return np.zeros(len(u), dtype=np.int64)
        return np.searchsorted(self.weights[service, :-1], u, side="right").astype(np.int64, copy=False)

    def rank(self, segment: Integers, u: Reals) -> Integers:
        """The rank within their `segment` of citizens drawn uniformly by `u`."""
        sizes = self.sizes[segment]
        return np.minimum((u * sizes).astype(np.int64), np.maximum(sizes - 1, 0))

    def number(self, segment: Integers, rank: Integers) -> Integers:
        """The citizen's number in the population; ANONYMOUS without one."""
        return np.full(len(rank), ANONYMOUS, dtype=np.int64) if self.anonymous else self.first[segment] + rank

    def online(self, segment: Integers, rank: Integers) -> npt.NDArray[np.bool_]:
        """Whether citizens are on line."""
        return _weyl(rank, _ACCESS) < self.access[segment]

    def refuses(self, rank: Integers, share: Reals) -> npt.NDArray[np.bool_]:
        """Whether citizens refuse what the `share` of their segment refuses: the same ones as for any smaller share."""
        return _weyl(rank, _REFUSAL) < share

    def habits_at(self, rank: Integers) -> Reals:
        """Where on [0, 1) the habit of citizens of these ranks is read off, independently of the other traits."""
        return _weyl(rank, _HABIT)

    def language(self, segment: Integers, rank: Integers) -> Integers:
        """The languages of citizens, as indices into ``languages_of``."""
        out = np.zeros(len(rank), dtype=np.int64)
        if self.speaks.shape[1] > 1:
            at = _weyl(rank, _LANGUAGE)
            for bound in self.speaks[:, :-1].T:
                out += at >= bound[segment]
        return out


def apportion(total: int, shares: Reals) -> Integers:
    """`total` divided by `shares` into integers that add up to it, by largest remainder; the first of equal ones goes first."""
    if shares.sum() <= 0:
        raise ValueError("all shares are zero")
    exact = shares / shares.sum() * total
    out: Integers = np.floor(exact).astype(np.int64)
    order = np.argsort(out - exact, kind="stable")
    out[order[: total - int(out.sum())]] += 1
    return out


def _weyl(rank: Integers, step: np.uint64) -> Reals:
    """The fractional parts of (rank + 1/2) steps, on [0, 1)."""
    parts = rank.astype(np.uint64) * step + (step >> np.uint64(1))
    return (parts >> np.uint64(11)).astype(np.float64) * 2.0**-53
