"""What the tables of a fidelisation effect share: its figures at hand, and how numbers, intervals and names are written in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from simcrc.experiment.figures import COLUMN_OF, Figure, Side
from simcrc.experiment.headlines import words_of
from simcrc.experiment.landing import NOWHERE, ZERO
from simcrc.experiment.statistics import Estimate
from simcrc.report import fidelisation_words as words
from simcrc.report.numbers import NONE, decimal, places_for, writer

if TYPE_CHECKING:
    from simcrc.experiment.fidelisation import Fidelisation
    from simcrc.words import Lang

MISSING = Estimate(None, None, None, 0)
ARMS: tuple[Side, Side] = ("base", "change")
"""What is printed and rounded; the figure under the policy is their sum."""
WHOLE: Mapping[str, str] = {}
Write = Callable[[float | None], str]


class Account:
    """`found` in the language `lang`."""

    def __init__(self, found: Fidelisation, lang: Lang) -> None:
        self.found, self.lang = found, lang
        self._figures: dict[tuple[str | None, ...], Figure] = {}
        for row in found.rows:
            self._figures[(row.figure, row.arm, *(getattr(row, column) for column in COLUMN_OF.values()))] = row
        base, policy = found.pairs.base.model, found.pairs.policy.model
        self.channels = words_of(policy.scenario) | words_of(base.scenario)
        self.services, self.segments = base.services, base.segments
        self._names = {name: service.name.say(lang) for name, service in base.scenario.services.items() if service.name}
        population = base.scenario.population
        self._segments = {name: segment.name.say(lang) for name, segment in population.segments.items() if segment.name} if population else {}
        self.currency = base.scenario.currency
        delta = self.one("contacts_per_need")
        half = delta.high - delta.mean if delta.high is not None and delta.mean is not None else 0.0
        self.places = min(5, max(3, places_for(half or delta.mean or 0.0, 2)))
        """Decimals of contacts per need: two digits of the half-width of their change."""

    def one(self, name: str, arm: Side | None = "change", where: Mapping[str, str] = WHOLE) -> Estimate:
        """A figure; without a value where it does not exist."""
        row = self._figures.get((name, arm, *(where.get(column) for column in COLUMN_OF.values())))
        return MISSING if row is None else row.estimate

    def all(self, name: str) -> list[Figure]:
        """Every row of a figure."""
        return [row for row in self.found.rows if row.figure == name]

    def service(self, name: str) -> str:
        """What a service is called."""
        return self._names.get(name, name)

    def segment(self, name: str) -> str:
        """What a segment is called."""
        return self._segments.get(name, name)

    def channel(self, name: str) -> str:
        """What a channel is called."""
        return self.channels.get(name, {}).get(self.lang, name)

    def landing(self, name: str) -> str:
        """What a landing is called."""
        if name == NOWHERE:
            return words.NOWHERE.say(self.lang)
        if name.startswith(ZERO):
            return words.BY_ZERO.say(self.lang, channel=self.channel(name.removeprefix(ZERO)))
        return self.channel(name)

    def number(self, value: float, places: int) -> str:
        """A number with so many decimals."""
        return decimal(value, self.lang, places)

    def signed(self, value: float | None, places: int) -> str:
        """A change with its sign."""
        if value is None:
            return NONE
        rounded = round(value, places) + 0.0
        return ("+" if rounded > 0 else "−" if rounded < 0 else "") + decimal(abs(rounded), self.lang, places)

    def share(self, value: float | None, signed: bool = False) -> str:
        """A share in percent."""
        if value is None:
            return NONE
        sign = "" if not signed or not round(100 * value, 1) else "+" if value > 0 else "−"
        return sign + writer("share", 0.0, self.lang)(abs(value) if signed else value)

    def change(self, write: Write, unit: str = "") -> Write:
        """`write` for a change: with its sign, and shares in points."""

        def signed(value: float | None) -> str:
            if value is None:
                return NONE
            if unit == "share":
                return self.signed(100 * value, 1) + "\u00a0pts"
            return ("" if write(abs(value)) == write(0.0) else "+" if value > 0 else "−") + write(abs(value))

        return signed

    def interval(self, estimate: Estimate, write: Write) -> str:
        """From where to where."""
        if estimate.low is None or estimate.high is None:
            return NONE
        return words.TO.say(self.lang, low=write(estimate.low), high=write(estimate.high))

    def within(self, estimate: Estimate, write: Write, mean: float | None = None) -> str:
        """The estimate and its interval; `mean` written in its place (rounded so that it adds up)."""
        shown = estimate.mean if mean is None else mean
        if shown is None or estimate.low is None or estimate.high is None:
            return write(shown)
        return words.WITH.say(self.lang, mean=write(shown), low=write(estimate.low), high=write(estimate.high))
