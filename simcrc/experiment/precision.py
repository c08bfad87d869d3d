"""Precision asked of figures: half-widths of their intervals, in the unit of the figure or relative to it, and the rule that runs until they are reached.

``phone.asa=5%`` asks for a half-width of at most 5 % of the figure; ``phone.asa=10s``, ``fcr=0.5pts`` and ``contacts_per_need=0.01`` for one of ten seconds,
of half a point and of 0.01 in the unit of the indicator.  ``Precision`` is the stopping rule (``simcrc.experiment.stopping``); when it looks, and at which
level, stands in ``simcrc.experiment.looking``.  A ratio takes the sums of all replications first and has a jackknife interval, as everywhere
(``simcrc.experiment.metrics``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simcrc.errors import SimcrcError
from simcrc.experiment import looking, store
from simcrc.experiment.asked import unit_in_words
from simcrc.experiment.naming import UnknownFigureError
from simcrc.experiment.statistics import Estimate
from simcrc.indicators.cells import SECONDS
from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    from simcrc.experiment.metrics import Metric, Parts
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model
    from simcrc.scenario.amounts import Margin

Why = Literal["none", "interval", "zero", "wide"]
"""Why a precision was not reached: there is no such figure in these replications, or no interval of it; it is around 0 and a relative half-width means nothing;
or more replications are needed."""

FORM = Words(
    fr="{text} : une précision est attendue, par exemple phone.asa=5% (de la valeur), phone.asa=10s, fcr=0.5pts ou contacts_per_need=0.01",
    en="{text}: a precision is expected, such as phone.asa=5% (of the figure), phone.asa=10s, fcr=0.5pts or contacts_per_need=0.01",
)
POSITIVE = Words(fr="{text} : une demi-largeur supérieure à 0 est attendue", en="{text}: a half-width above 0 is expected")
NOT_TIME = Words(
    fr="{text} : {figure} n'est pas une durée (unité : {unit}) ; écrivez un % de la valeur, ou un nombre dans son unité",
    en="{text}: {figure} is not a length of time (unit: {unit}); write a % of the figure, or a number in its unit",
)
NOT_SHARE = Words(
    fr="{text} : {figure} n'est pas une part (unité : {unit}) ; écrivez un % de la valeur, ou un nombre dans son unité",
    en="{text}: {figure} is not a share (unit: {unit}); write a % of the figure, or a number in its unit",
)
TWICE = Words(fr="{text} : une précision est déjà demandée pour {figure}", en="{text}: a precision is already asked of {figure}")
MOST = Words(fr="{most} réplication au plus : il en faut au moins 2 pour un intervalle", en="at most {most} replication: an interval takes at least 2 of them")
FIRST = Words(
    fr="{first} réplications avant le premier regard : il en faut au moins {least} pour se fier à la largeur d'un intervalle",
    en="{first} replications before the first look: at least {least} are needed to trust the width of an interval",
)


ALONE = Words(fr="--max-reps (max_replications) ne va qu'avec --precision", en="--max-reps (max_replications) goes with --precision only")


class PrecisionError(SimcrcError, ValueError):
    """Precisions that cannot be asked: all that is wrong with them."""

    def __init__(self, faults: Sequence[tuple[Words, dict[str, object]] | UnknownFigureError]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)

    def say(self, lang: Lang) -> str:
        """One line a fault."""
        return "\n".join(each.say(lang) if isinstance(each, UnknownFigureError) else each[0].say(lang, **_spoken(each[1], lang)) for each in self.faults)

    def __str__(self) -> str:
        return self.say(language())


@dataclass(frozen=True)
class Goal:
    """A half-width asked of a figure: `share` of the figure, or `width` in its `unit`.  `asked`: as it was written."""

    figure: str
    asked: str
    unit: str
    share: float | None
    width: float | None

    def wanted(self, mean: float) -> float:
        """The half-width asked, in the unit of the figure, when the figure is `mean`."""
        return abs(mean) * self.share if self.share is not None else float(self.width or 0.0)


@dataclass(frozen=True)
class Reached:
    """What was reached of a goal (`share` as there): the figure and its interval, one of several that hold at once with probability 95 %; its half-width
    beside the one asked (`wanted`); `why` it was not reached, and about how many replications it would take; None where that cannot be said."""

    figure: str
    asked: str
    unit: str
    share: float | None
    mean: float | None
    low: float | None
    high: float | None
    half_width: float | None
    wanted: float | None
    replications: int
    reached: bool
    why: Why | None = None
    needed: int | None = None


class Precision:
    """Goals that all have to be reached: a ``Stopping`` rule."""

    def __init__(self, goals: Sequence[Goal], looks: Sequence[int]) -> None:
        self.goals, self._looks = tuple(goals), tuple(looks)
        self.reached: tuple[Reached, ...] | None = None
        self._parts: dict[str, Parts] = {}

    @classmethod
    def asked(cls, written: Mapping[str, str | float] | Sequence[str], model: Model, most: int | None = None, first: int | None = None) -> Precision:
        """The rule for what is `written`, by figure or as ``figure=half-width``, with at most `most` replications (``looking.MOST``) and the first look
        after `first` (``looking.FIRST``).  Raises PrecisionError."""
        most = looking.MOST if most is None else most
        faults: list[tuple[Words, dict[str, object]] | UnknownFigureError] = []
        if most < 2:
            faults.append((MOST, {"most": most}))
        if first is not None and first < min(looking.FIRST, most):
            faults.append((FIRST, {"first": first, "least": looking.FIRST}))
        goals: dict[str, Goal] = {}
        for text, figure, amount in _pairs(written):
            try:
                goal = _goal(text, figure, amount, model)
                if goal.figure in goals:
                    raise PrecisionError([(TWICE, {"text": text, "figure": goal.figure})])
                goals[goal.figure] = goal
            except UnknownFigureError as error:
                faults.append(error)
            except PrecisionError as error:
                faults += error.faults
        if not goals and not faults:
            faults.append((FORM, {"text": "--precision"}))
        if faults:
            raise PrecisionError(faults)
        return cls(list(goals.values()), looking.looks(most, looking.FIRST if first is None else first))

    @property
    def looks(self) -> Sequence[int]:
        """After how many replications it is asked."""
        return self._looks

    def level(self, replications: int) -> float:
        """The level of each interval after so many replications, at which all of them hold with probability 95 % where the run stops."""
        return looking.level(len(self.goals), replications, several=len(self._looks) > 1)

    def enough(self, model: Model, folder: Path, done: Sequence[int]) -> bool:
        """Whether every goal is reached by the replications `done`."""
        from simcrc.experiment.metrics import Metric

        wanted = [Metric(goal.figure, goal.unit) for goal in self.goals]
        self._take(wanted, model, folder, done)
        return self.look(self._parts, len(done))

    def look(self, parts: Mapping[str, Parts], replications: int) -> bool:
        """Whether every goal is reached by `parts`, the figures of so many replications by name; ``reached`` says what is."""
        level = self.level(replications)
        self.reached = tuple(reached(goal, parts[goal.figure].estimate(level), replications) for goal in self.goals)
        return all(each.reached for each in self.reached)

    def about(self) -> dict[str, Any] | None:
        """For the manifest: goals and looks, and after a look the level of each interval and what was reached."""
        from dataclasses import asdict

        out: dict[str, Any] = {"goals": [asdict(goal) for goal in self.goals], "looks": list(self._looks)}
        if self.reached is not None:
            out |= {
                "level": self.level(self.reached[0].replications),
                "reached": all(each.reached for each in self.reached),
                "figures": [asdict(each) for each in self.reached],
            }
        return out

    def _take(self, wanted: Sequence[Metric], model: Model, folder: Path, done: Sequence[int]) -> None:
        """Read the replications that were not there at the look before: a number or two of each are kept."""
        from simcrc.experiment.metrics import gathered, joined

        have = len(next(iter(self._parts.values()))) if self._parts else 0
        new = gathered(wanted, _each(model, folder, done[have:]))
        self._parts = {name: joined(self._parts[name], part) for name, part in new.items()} if self._parts else new


def from_manifest(precision: Mapping[str, Any]) -> Precision:
    """The rule anew from what ``Precision.about`` left in a manifest."""
    return Precision([Goal(**goal) for goal in precision["goals"]], precision["looks"])


def reached(goal: Goal, found: Estimate, replications: int) -> Reached:
    """What the estimate `found` over so many `replications` makes of a goal."""
    about = (goal.figure, goal.asked, goal.unit, goal.share)
    if found.mean is None:
        return Reached(*about, None, None, None, None, goal.width, replications, False, "none")
    if found.low is None or found.high is None:
        return Reached(*about, found.mean, None, None, None, goal.wanted(found.mean), replications, False, "interval")
    half, wanted = (found.high - found.low) / 2, goal.wanted(found.mean)
    low = max(found.low, 0.0) if found.mean >= 0 else found.low  # an interval of t knows no bounds
    high = min(found.high, 1.0) if goal.unit in ("share", "score") and found.mean <= 1 else found.high
    if goal.share is not None and found.low <= 0.0 <= found.high:
        return Reached(*about, found.mean, low, high, half, wanted, replications, False, "zero")
    if half <= wanted:
        return Reached(*about, found.mean, low, high, half, wanted, replications, True)
    return Reached(*about, found.mean, low, high, half, wanted, replications, False, "wide", math.ceil(replications * (half / wanted) ** 2))


def _spoken(fields: Mapping[str, object], lang: Lang) -> dict[str, object]:
    return {key: value.say(lang) if isinstance(value, Words) else value for key, value in fields.items()}


def _pairs(written: Mapping[str, str | float] | Sequence[str]) -> Iterator[tuple[str, str, str | float]]:
    """Each as it was written, its figure and its half-width."""
    if isinstance(written, Mapping):
        for figure, amount in written.items():
            yield f"{figure}={amount}", figure, amount
        return
    for text in written:
        figure, _, amount = text.partition("=")
        yield text, figure.strip(), amount.strip()


def _goal(text: str, figure: str, amount: str | float, model: Model) -> Goal:
    from simcrc.experiment.metrics import metrics

    metric = metrics([figure], [model])[0]
    margin = _margin(text, amount)
    about: dict[str, object] = {"text": text, "figure": figure, "unit": unit_in_words(metric.unit)}
    if margin.unit == "time" and metric.unit not in SECONDS:
        raise PrecisionError([(NOT_TIME, about)])
    if margin.unit == "share" and metric.unit != "share":
        raise PrecisionError([(NOT_SHARE, about)])
    if margin.unit == "relative":
        return Goal(figure, str(amount), metric.unit, margin.value, None)
    return Goal(figure, str(amount), metric.unit, None, margin.value / (SECONDS[metric.unit] if margin.unit == "time" else 1.0))


def _margin(text: str, amount: str | float) -> Margin:
    from simcrc.scenario.amounts import Margin
    from simcrc.scenario.quantities import exact

    value: Any = amount
    if isinstance(amount, str):
        with suppress(ValueError, OverflowError):
            value = float(exact(amount.strip()))  # a bare number, decimal comma allowed
    try:
        margin = Margin.parse(value)
    except ValueError:
        raise PrecisionError([(FORM, {"text": text})]) from None
    if not 0.0 < margin.value < math.inf:
        raise PrecisionError([(POSITIVE, {"text": text})])
    return margin


def _each(model: Model, folder: Path, numbers: Iterable[int]) -> Iterator[Totals]:
    from simcrc.indicators.sums import Sums
    from simcrc.indicators.totals import Totals

    for number in numbers:
        yield Totals(model, [Sums.load(store.sums_file(folder, number))])
