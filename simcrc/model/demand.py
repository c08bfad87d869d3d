"""The needs of each day: how many, when, whose, and of what sort; drawn by address, so that a day comes out the same whatever was drawn before.

Needs of a service arise as a Poisson process with the intensity of ``simcrc.model.intensity``, times a Gamma factor per day
(busyness) that services may share; or their instants come from records (replay).  Whose they are is said by
``simcrc.model.citizens``.  A ``Demand`` is asked day by day and keeps nothing, so memory is bounded by a day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.blocks import Block
from simcrc.draws import Philox, Purpose, day_uniforms
from simcrc.errors import SimulationError
from simcrc.log import NEEDS_PER_DAY_AND_SERVICE, SERVICES
from simcrc.model.calendar import HOUR, Calendar
from simcrc.model.citizens import Citizens, languages_of
from simcrc.model.counts import gamma_factor, poisson
from simcrc.model.intensity import Intensity
from simcrc.scenario.privacy import refusing
from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario

__all__ = ["Arrivals", "Demand", "Records", "languages_of"]

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Records = Mapping[int, tuple[Integers, Integers | None]]
"""Replay: service → sorted instants and the segment of each (-1 where it is not known, None if none is)."""

Columns = tuple[Integers, Integers, Integers, Integers, Integers, Integers, Flags, Flags, Flags, Flags, Integers, Block]

TOO_MANY = Words(
    fr="{service} : {needs} besoins le {day} ; un service en a au plus {most} par jour : partagez-le en plusieurs services, ou réduisez son volume",
    en="{service}: {needs} needs on {day}; a service has at most {most} a day: split it into several services, or lower its volume",
)


class TooManyNeedsError(SimulationError):
    """A service has more needs in a day than their ids can tell apart."""

    def __init__(self, service: str, needs: int, day: str) -> None:
        super().__init__(service, needs, day)  # its arguments are what travels between processes
        self.service, self.needs, self.day = service, needs, day

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return TOO_MANY.say(lang, service=self.service, needs=self.needs, day=self.day, most=NEEDS_PER_DAY_AND_SERVICE - 1)

    def __str__(self) -> str:
        return self.say(language())


@dataclass(slots=True, eq=False)
class Arrivals:
    """The needs of one day, sorted by (time, need); arrays of one length n, shape (n,).

    `time`: instant, int64.  `need`: need id, int64.  `service`, `segment`, `language`: indices, int64.  `number`: row in the block of
    its service, int64.  `citizen`: number in the population, -1 for an anonymous one, int64.  `online`: can take electronic
    channels; `wary`: on line, but refuses them for this need; `complex`, `ambiguous`: bool.
    `blocks`: the draws of the needs, one block for each service that has any, in the order of the services.
    """

    time: Integers
    need: Integers
    service: Integers
    number: Integers
    segment: Integers
    citizen: Integers
    online: Flags
    wary: Flags
    complex: Flags
    ambiguous: Flags
    language: Integers
    blocks: list[Block]


@dataclass(frozen=True, eq=False)
class Traits:
    """Whose needs are and of what sort: the citizens, and by service the shares that are complex and ambiguous; `refusing`, shape (services, segments): who
    on line refuses electronic channels, None where nobody does."""

    citizens: Citizens
    complexity: tuple[float, ...]
    ambiguity: tuple[float, ...]
    refusing: Reals | None

    @classmethod
    def of(cls, scenario: Scenario) -> Traits:
        """What `scenario` says of them."""
        services = scenario.services.values()
        segments = scenario.population.segments if scenario.population else {}
        shares = np.array([[refusing(scenario, service, segment) for segment in segments] for service in scenario.services])
        return cls(
            Citizens.of(scenario),
            tuple(service.complexity for service in services),
            tuple(service.ambiguity for service in services),
            shares if shares.any() else None,
        )


@dataclass(frozen=True, eq=False)
class Demand:
    """The needs of a model, for any replication.

    By service: `services` (names), `intensities`, `busyness` (shape of the daily Gamma factor, None for none), `shared` (its
    correlation).  `records`: the services that are replayed.  `traits`: whose the needs are and of what sort; `later`: what they are from a
    day on, the last first.
    """

    calendar: Calendar
    traits: Traits
    services: tuple[str, ...]
    intensities: tuple[Intensity, ...]
    busyness: tuple[float | None, ...]
    shared: tuple[float, ...]
    records: Records
    later: tuple[tuple[int, Traits], ...]

    @classmethod
    def of(cls, scenario: Scenario, calendar: Calendar, records: Records | None = None, later: Sequence[tuple[int, Scenario]] = ()) -> Demand:
        """The demand of `scenario`; `later`: what is written in place of it from a day on.

        ValueError for factors or shares that are all zero, and for records out of order."""
        for times, segments in (records or {}).values():
            if np.any(np.diff(times) < 0) or (segments is not None and len(segments) != len(times)):
                raise ValueError("records must be sorted by time, with one segment each")
        volumes = [service.volume for service in scenario.services.values()]
        return cls(
            calendar=calendar,
            traits=Traits.of(scenario),
            services=tuple(scenario.services),
            intensities=tuple(Intensity.of(scenario, calendar, name) for name in scenario.services),
            busyness=tuple(volume.busyness if volume else None for volume in volumes),
            shared=tuple(volume.shared if volume else 0.0 for volume in volumes),
            records=dict(records or {}),
            later=tuple((day, Traits.of(other)) for day, other in reversed(later)),
        )

    def traits_on(self, day: int) -> Traits:
        """The traits of the needs of a day."""
        return next((traits for first, traits in self.later if first <= day), self.traits)

    @property
    def citizens(self) -> Citizens:
        """The citizens at the beginning."""
        return self.traits.citizens

    def day(self, philox: Philox, day: int) -> Arrivals | None:
        """All needs that arise on local day `day`; None on a day without any and outside the calendar.

        Raises TooManyNeedsError when a service has more needs in a day than their ids can tell apart.
        """
        if not 0 <= day < len(self.calendar.dates):
            return None
        factors = self.factors(philox, day)
        found = [self._needs(philox, day, service, *factors[service]) for service in range(len(self.services))]
        parts = [part for part in found if part is not None]
        if not parts:
            return None
        columns: list[Any] = [np.concatenate([part[k] for part in parts]) for k in range(11)]
        # Needs stand in the order of their ids: a stable sort keeps it among simultaneous ones.
        order = np.argsort(columns[0], kind="stable")
        columns = [column[order] for column in columns]
        columns.append([part[11] for part in parts])
        return Arrivals(*columns)

    def factors(self, philox: Philox, day: int) -> list[tuple[float, float]]:
        """For each service the uniform that counts the needs of the day, and the Gamma factor of the day."""
        from scipy.special import ndtri

        draws = day_uniforms(philox, day, (*self.services, ""))
        out = []
        for u, shape, shared in zip(draws[:-1], self.busyness, self.shared, strict=True):
            factor = 1.0
            if shape is not None:
                # Gaussian copula: services with shares a and b of the common variate have normal scores of correlation sqrt(a b).
                factor = gamma_factor(sqrt(shared) * float(ndtri(draws[-1, 1])) + sqrt(1 - shared) * float(ndtri(u[1])), shape)
            out.append((float(u[0]), factor))
        return out

    def rates(self, service: int) -> tuple[Integers, Reals]:
        """The expected needs per hour of `service` over the measured period: edges, shape (n + 1,), and rates, shape (n,)."""
        parts = [self._pieces(day, service) for day in self._measured()]
        edges = np.append(np.concatenate([edges[:-1] for edges, _ in parts]), self.calendar.end)
        return edges, np.concatenate([expected for _, expected in parts]) / np.diff(edges) * HOUR

    def expected(self, service: int) -> float:
        """The expected needs of `service` in the measured period."""
        return float(sum(self._pieces(day, service)[1].sum() for day in self._measured()))

    def _measured(self) -> range:
        return range(self.calendar.midnights.index(self.calendar.start), len(self.calendar.dates))

    def _pieces(self, day: int, service: int) -> tuple[Integers, Reals]:
        edges, expected = self.intensities[service].pieces(day)
        if service in self.records:
            expected = np.diff(np.searchsorted(self.records[service][0], edges)).astype(np.float64)
        return edges, expected

    def _needs(self, philox: Philox, day: int, service: int, u: float, factor: float) -> Columns | None:
        """The columns of ``Arrivals`` for the needs of one service, by number, and their block; None without any."""
        time, segment = self._replayed(day, service) if service in self.records else (None, None)
        edges, expected = self.intensities[service].pieces(day)
        name, mean = self.services[service], float(expected.sum()) * factor
        if time is None and mean > 2 * NEEDS_PER_DAY_AND_SERVICE:  # far above what can be: nothing to draw
            raise TooManyNeedsError(name, round(mean), self.calendar.dates[day].isoformat())
        n = poisson(u, mean) if time is None else len(time)
        if n == 0:
            return None
        if n >= NEEDS_PER_DAY_AND_SERVICE:
            raise TooManyNeedsError(name, n, self.calendar.dates[day].isoformat())
        block = Block(philox, day, name, service, n)
        if time is None:
            time = placed(block.uniforms(Purpose.INSTANT), edges, expected)
        traits = self.traits_on(day)
        citizens = traits.citizens
        drawn = citizens.segment(block.uniforms(Purpose.SEGMENT), service)
        segment = drawn if segment is None else np.where(segment < 0, drawn, segment)
        rank = citizens.rank(segment, block.uniforms(Purpose.CITIZEN))
        block.segments[:] = segment
        number = np.arange(n, dtype=np.int64)
        online = citizens.online(segment, rank)
        wary = np.zeros(n, dtype=np.bool_) if traits.refusing is None else online & citizens.refuses(rank, traits.refusing[service, segment])
        return (
            time,
            number + (day * SERVICES + service) * NEEDS_PER_DAY_AND_SERVICE,
            np.full(n, service, dtype=np.int64),
            number,
            segment,
            citizens.number(segment, rank),
            online & ~wary,
            wary,
            block.uniforms(Purpose.COMPLEX) < traits.complexity[service],
            block.uniforms(Purpose.AMBIGUOUS) < traits.ambiguity[service] if traits.ambiguity[service] else np.zeros(n, dtype=np.bool_),
            citizens.language(segment, rank),
            block,
        )

    def _replayed(self, day: int, service: int) -> tuple[Integers, Integers | None]:
        """Instants, and segments if they are known, of the records of the day."""
        times, segments = self.records[service]
        low, high = np.searchsorted(times, self.calendar.midnights[day : day + 2])
        return times[low:high].astype(np.int64), None if segments is None else segments[low:high]


def placed(u: Reals, edges: Integers, expected: Reals) -> Integers:
    """Instants at the uniforms `u` of the distribution that has the weights `expected` between `edges`, even within each piece."""
    sums = np.cumsum(expected)
    at = u * sums[-1]
    piece = np.minimum(np.searchsorted(sums, at, side="right"), np.flatnonzero(expected)[-1])
    # Rounding must not carry a need over the edge of its piece.
    passed = (at - (sums - expected)[piece]) / expected[piece]
    widths = np.diff(edges)[piece]
    out: Integers = edges[piece] + np.clip((passed * widths).astype(np.int64), 0, widths - 1)
    return out
