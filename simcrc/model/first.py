"""The first channel of a need: weights of the channels, era by era.

The constants of the choice are solved once, from the shares written in the first era; what changes later (odds, a channel
that opens or closes) acts on them, so that opening a channel moves nobody between two others.  With determinants
(``simcrc.model.preference``) citizens differ and the engine adds their own terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.errors import ScenarioError
from simcrc.model import preference as prefer
from simcrc.model.preference import Mixture, Preference
from simcrc.rules.choose import constants
from simcrc.rules.utility import probabilities
from simcrc.scenario.base import for_service
from simcrc.scenario.determinants import Determinants
from simcrc.scenario.privacy import able
from simcrc.scenario.problems import Problem
from simcrc.scenario.quantities import percent

if TYPE_CHECKING:
    from simcrc.scenario.choice import Opened
    from simcrc.scenario.determinants import Odds
    from simcrc.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]
Patterns = Callable[[str], Sequence[tuple[Sequence[bool], float]]]
"""By service: which channels are closed when its needs arise, with the share of the needs."""

FAR_OFF = 60.0  # constants between which that of a channel that opens is looked for
TINY = 1e-12
SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class First:
    """How the first channel is chosen in one era.

    `weights`: shape (services, segments, 2, channels), the third axis 0 off line, 1 on line; 0 where a channel is not
    feasible.  `preference`: what the citizens' own terms are added to, None where all of a profile choose alike.
    `diverted`: (channel taken, channel that opened) → probability of taking the latter in its place, by service and
    segment, shape (services, segments).
    """

    weights: Reals
    preference: Preference | None
    diverted: Mapping[tuple[int, int], Reals]


def written_shares(scenario: Scenario) -> Reals:
    """The written shares of the first channel, shape (services, segments, channels); zeros where none are."""
    names, segments = list(scenario.channels), list(scenario.population.segments) if scenario.population else ["all"]
    table = scenario.choice.first.table
    out = np.zeros((len(scenario.services), len(segments), len(names)))
    for i, service in enumerate(scenario.services):
        row = table.get(service, table.get("default", {}))
        for j, segment in enumerate(segments):
            shares = row.get(segment, row.get("default", {}))
            out[i, j] = [shares.get(name, 0.0) for name in names]
    return out


def offers(scenario: Scenario) -> npt.NDArray[np.bool_]:
    """Whether a channel offers a service, shape (services, channels)."""
    return np.array([[spec.offers is None or service in spec.offers for spec in scenario.channels.values()] for service in scenario.services])


class Choices:
    """Solves the constants of the first era and makes the ``First`` of each."""

    def __init__(self, scenario: Scenario, closed: Patterns) -> None:
        """`closed` is asked only where the scenario says what being closed does to a channel."""
        self.base = scenario
        self.services, self.channels = list(scenario.services), list(scenario.channels)
        self.segments = list(scenario.population.segments) if scenario.population else ["all"]
        self.bound = np.array([spec.needs_access for spec in scenario.channels.values()])
        self.determinants = scenario.choice.first.utility
        self.written = written_shares(scenario)
        weighs = self.determinants or Determinants()
        self.gain = prefer.gains(weighs)
        never = [([False] * len(self.channels), 1.0)]
        self.shut = [closed(service) if weighs.circumstances.closed else never for service in self.services]
        self.mixed = [
            [prefer.mixture(scenario, weighs, service, segment, shut) for segment in self.segments]
            for service, shut in zip(self.services, self.shut, strict=True)
        ]
        self.habits = np.zeros((len(self.segments), 2, len(self.channels)))
        self.habits[..., 0] = 1.0
        self.constants = self._plain() if self.determinants is None else self._weighed()

    def _plain(self) -> Reals:
        out = np.zeros((len(self.services), len(self.segments), 2, len(self.channels)))
        for i, j in np.ndindex(out.shape[:2]):
            out[i, j] = constants(self.written[i, j].tolist(), self.bound.tolist(), able(self.base, self.services[i], self.segments[j]))
        with np.errstate(divide="ignore"):
            return np.log(out)

    def _weighed(self) -> Reals:
        out = np.full((len(self.services), len(self.segments), 2, len(self.channels)), -np.inf)
        terms, offered = prefer.written_terms(self.base), offers(self.base)
        volumes = self._volumes()
        for j in range(len(self.segments)):
            fixed = [self._unwritten(terms[j], offered[i]) if not self.written[i, j].any() else None for i in range(len(self.services))]
            written = np.where(self.written[:, j].any(axis=1, keepdims=True), self.written[:, j], offered / offered.sum(axis=1, keepdims=True))
            try:
                solved, self.habits[j] = prefer.equilibrium(written, [row[j] for row in self.mixed], volumes[:, j], self.gain, self.bound, fixed)
            except ValueError:
                raise ScenarioError([Problem("", 0, 0, "choice.first.utility", "utility_large", {"segment": self.segments[j]})]) from None
            out[:, j] = solved
        return out

    def _unwritten(self, terms: Reals, offered: npt.NDArray[np.bool_]) -> Reals:
        """The constants where no shares are written: the terms of the channel and of the segment."""
        both = np.where(offered, terms, -np.inf)
        return np.stack([np.where(self.bound, -np.inf, both), both])

    def _volumes(self) -> Reals:
        """The part of each segment's needs that each service has, shape (services, segments)."""
        from simcrc.model.citizens import Citizens
        from simcrc.model.intensity import daily_mean

        weights = Citizens.of(self.base).weights
        by_segment = np.diff(weights, axis=1, prepend=0.0)
        daily = np.array([daily_mean(service.volume) if service.volume else 0.0 for service in self.base.services.values()])
        out = by_segment * (daily if daily.any() else np.ones(len(daily)))[:, None]
        total = out.sum(axis=0)
        return np.where(total > 0, out / np.where(total > 0, total, 1.0), 1.0 / len(out))

    def era(self, scenario: Scenario, expected: Reals) -> First:
        """How the first channel is chosen while `scenario` holds; `expected` as in ``Preference``.

        A channel that opens gets its constant first, as if nothing else were done to the choice; odds then act on all constants alike."""
        log = self.constants.copy()
        if scenario is not self.base and self.determinants is not None:
            log = log + (prefer.written_terms(scenario) - prefer.written_terms(self.base))[None, :, None, :]
        odds = log_odds(scenario.choice.odds, self.services, self.segments, self.channels)
        diverted: dict[tuple[int, int], Reals] = {}
        for opened in scenario.choice.opened:
            self._open(scenario, opened, log, odds, diverted)
        log = np.where(offers(scenario)[:, None, None, :], log + odds[:, :, None, :], -np.inf)
        weighs = scenario.choice.first.utility
        preference = None
        if weighs is not None:
            preference = Preference(
                constants=log,
                task=prefer.tasks(weighs, self.channels),
                habit=prefer.gains(weighs),
                closed=weighs.circumstances.closed,
                experience=weighs.experience,
                habits=np.cumsum(self.habits, axis=2),
                expected=expected,
            )
        return First(np.exp(log), preference, diverted)

    def _open(self, scenario: Scenario, opened: Opened, log: Reals, odds: Reals, diverted: dict[tuple[int, int], Reals]) -> None:
        """Give a channel that opens the share that it is to have, in `log` or by diverting from others."""
        to = self.channels.index(opened.channel)
        for i, service in enumerate(self.services):
            for j, segment in enumerate(self.segments):
                if opened.share <= 0 or not _meant(opened.services, service) or not _meant(opened.segments, segment) or not offers(scenario)[i, to]:
                    continue
                mixed, habits = self._mixture(scenario, i, j, opened.access.get(segment)), self.habits[j]
                if opened.draws_from is None:
                    log[i, j, :, to] = self._constant(log[i, j], mixed, habits, to, opened.share)
                else:
                    self._divert(opened, i, j, log[i, j], mixed, odds, diverted)

    def _divert(self, opened: Opened, i: int, j: int, log: Reals, mixed: Mixture, odds: Reals, diverted: dict[tuple[int, int], Reals]) -> None:
        """The probability with which those who would take a channel of `draws_from` take the one that opens."""
        to, given = self.channels.index(opened.channel), [self.channels.index(name) for name in opened.draws_from or ()]
        weights, terms, on = self._classes(mixed, self.habits[j])
        p = np.where(on[:, None] == 1, probabilities(log[1] + terms), probabilities(log[0] + terms))
        able = on == 1 if self.bound[to] else np.ones(len(on), dtype=bool)
        left = np.array([np.prod([1 - table[i, j] for (own, _), table in diverted.items() if own == channel]) for channel in given])
        source = float(((weights * able) @ p[:, given]) @ left)  # of those whom no other channel has drawn away
        if opened.share > source + SLACK:
            raise ScenarioError([_too_much(opened, self.services[i], self.segments[j], source)])
        chance = min(1.0, opened.share / source)
        factor = float(np.exp(odds[i, j, to]))
        for channel in given:
            table = diverted.setdefault((channel, to), np.zeros((len(self.services), len(self.segments))))
            table[i, j] = factor * chance / (1 - chance + factor * chance) if factor else 0.0

    def _mixture(self, scenario: Scenario, i: int, j: int, access: float | None) -> Mixture:
        """The mixture in an era, with the share `access` on line: how complex needs are may have changed; what is closed is taken as in the first."""
        if scenario is self.base and access is None:
            return self.mixed[i][j]
        weighs = scenario.choice.first.utility or Determinants()
        return prefer.mixture(scenario, weighs, self.services[i], self.segments[j], self.shut[i], access)

    def _classes(self, mixed: Mixture, habits: Reals) -> tuple[Reals, Reals, npt.NDArray[np.int64]]:
        """Weights, terms and whether on line of the classes with habits."""
        parts = []
        for online in (0, 1):
            own = mixed.online == online
            if own.any():
                weights, terms = Mixture(mixed.weights[own], mixed.terms[own], mixed.online[own], mixed.kind[own]).with_habits(habits, self.gain)
                parts.append((weights, terms, np.full(len(weights), online)))
        return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]

    def _constant(self, log: Reals, mixed: Mixture, habits: Reals, to: int, share: float) -> Reals:
        """The constants off line and on line, shape (2,), with which channel `to` gets `share` of a segment."""
        from scipy.optimize import brentq

        weights, terms, on = self._classes(mixed, habits)
        able = np.where(self.bound[to], on == 1, True)

        def excess(constant: float) -> float:
            own = log.copy()
            own[:, to] = constant
            utility = own[on] + terms
            utility[~able, to] = -np.inf
            return float(weights @ probabilities(utility)[:, to]) - share

        top = float(np.max(log[np.isfinite(log)], initial=0.0))
        if excess(top + FAR_OFF) < -TINY:
            raise ValueError(f"{self.channels[to]}: a share of {share:.3g} is more than can take it")
        found = brentq(excess, top - FAR_OFF, top + FAR_OFF, xtol=1e-14) if excess(top + FAR_OFF) > TINY else top + FAR_OFF
        return np.array([-np.inf if self.bound[to] else found, found])


def log_odds(written: Sequence[Odds], services: Sequence[str], segments: Sequence[str], channels: Sequence[str], after: str | None = None) -> Reals:
    """The sum of the logarithms of the odds on each channel, shape (services, segments, channels): of those that always act, and of those that act
    after a contact on `after`."""
    out = np.zeros((len(services), len(segments), len(channels)))
    for odds in written:
        if odds.after is not None and odds.after != after:
            continue
        chosen = np.ix_(
            [i for i, service in enumerate(services) if _meant(odds.services, service)],
            [j for j, segment in enumerate(segments) if _meant(odds.segments, segment)],
            [channels.index(odds.channel)],
        )
        with np.errstate(divide="ignore"):
            out[chosen] += np.log(odds.factor)
    return out


def settles(scenario: Scenario, service: str, segment: str, complex_: int, channel: str) -> float:
    """The probability that a contact on `channel` settles a need, as written: what experience is measured against."""
    spec = scenario.channels[channel]
    found = for_service(spec.resolution, service, 1.0) * (spec.complex.resolution if complex_ else 1.0)
    completion = getattr(spec, "completion", None)
    if completion:
        found *= for_service(completion, service, 1.0) * (spec.complex.completion if complex_ else 1.0)
        if spec.needs_access and scenario.population:
            found *= scenario.population.segments[segment].skill
    return float(found * (1.0 - for_service(getattr(spec, "incomplete", {}), service, 0.0)))


def _too_much(opened: Opened, service: str, segment: str, source: float) -> Problem:
    """What is wrong when more is drawn from channels than they have."""
    shares = {"share": percent(opened.share), "source": percent(source)}
    return Problem("", 0, 0, "choice.opened", "draws_too_much", {"found": opened.channel, "service": service, "segment": segment, **shares})


def _meant(names: Sequence[str] | None, name: str) -> bool:
    return names is None or name in names
