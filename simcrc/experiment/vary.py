"""What a sweep varies: ``teams.agents=38:50``, ``channels.phone.patience=2min:10min``, ``routing.contact=priority,longest_wait``.

A range is ``low:high`` or ``low:high:step``, a list ``a,b,c`` (``a;b;c`` where values hold commas); numbers carry their units (%, min …) as everywhere.
Paths are those of ``--set``, and three are shorter or mean more: a channel may be named without ``channels.``; a distribution stands for its mean; and a team
stands for its peak, the largest number of agents that its schedule has, the whole schedule scaled in proportion.  ``simcrc.experiment.design`` places points.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from simcrc.experiment.asked import AskedError
from simcrc.experiment.naming import NEAR
from simcrc.experiment.unknowns import plain, written_at
from simcrc.scenario.check_fit import place_of
from simcrc.scenario.faults import nearest
from simcrc.scenario.positions import at
from simcrc.scenario.shape import family_of
from simcrc.scenario.week import DAYS, format_time
from simcrc.scenario.written import Written
from simcrc.words import LANGS, Words

if TYPE_CHECKING:
    from simcrc.scenario import Loaded
    from simcrc.scenario.teams import Team

_TIME = re.compile(r"\d{1,2}:\d\d")
LEVELS = 5
"""Levels of a range without step on a grid, unless its ends are whole numbers without unit: then each whole number."""
MOST = 10_000
DIGITS = 6

FORM = Words(
    fr="« {text} » : CHEMIN=DÉBUT:FIN, CHEMIN=DÉBUT:FIN:PAS ou CHEMIN=A,B,C est attendu, par exemple teams.agents=38:50",
    en='"{text}": PATH=LOW:HIGH, PATH=LOW:HIGH:STEP or PATH=A,B,C is expected, such as teams.agents=38:50',
)
SORTS = Words(
    fr="« {text} » : les deux bouts et le pas d'une plage ont la même sorte d'unité",
    en='"{text}": both ends and the step of a range have the same sort of unit',
)
ORDER = Words(fr="« {text} » : le premier bout d'une plage est le plus petit", en='"{text}": the first end of a range is the smaller one')
STEP = Words(fr="« {text} » : un pas supérieur à 0 est attendu", en='"{text}": a step above 0 is expected')
MANY = Words(fr="« {text} » : plus de {most} valeurs", en='"{text}": more than {most} values')
TWICE = Words(fr="--vary {name} : ce chemin varie déjà", en="--vary {name}: this path varies already")
AGENTS = Words(fr="--vary {name} : « {value} » n'est pas un nombre de préposés", en='--vary {name}: "{value}" is not a number of agents')
NO_TEAM = Words(fr="--vary {name} : aucune équipe « {team} »{near}", en='--vary {name}: no team "{team}"{near}')
NO_PEAK = Words(
    fr="--vary {name} : l'horaire de l'équipe est vide, rien ne peut être mis à l'échelle",
    en="--vary {name}: the team's schedule is empty, nothing can be scaled",
)


@dataclass(frozen=True)
class Axis:
    """What varies, by its `name`, and how: either the `listed` values, as written, or from `low` to `high`."""

    name: str
    listed: tuple[str, ...] = ()
    low: Written | None = None
    high: Written | None = None

    @property
    def whole(self) -> bool:
        """Is it a range of whole numbers without unit?"""
        ends = (self.low, self.high)
        return all(end is not None and not end.unit and end.number.denominator == 1 for end in ends)

    def levels(self, count: int | None = None) -> tuple[str, ...]:
        """The values of a grid: those listed, each whole number, or `count` evenly spaced ones (5 unless given), both ends included."""
        if self.low is None or self.high is None:
            return self.listed
        if self.whole and count is None:
            return tuple(str(number) for number in range(int(self.low.number), int(self.high.number) + 1))
        steps = LEVELS if count is None else count
        if steps == 1 or self.low.size == self.high.size:
            return (self._between(Fraction(1, 2) if steps == 1 else Fraction(0)),)
        return tuple(dict.fromkeys(self._between(Fraction(k, steps - 1)) for k in range(steps)))

    def value(self, position: float) -> str:
        """The value at a `position` from 0 to 1 (excluded): one of those listed, a whole number, or in between."""
        if self.low is None or self.high is None:
            return self.listed[min(int(position * len(self.listed)), len(self.listed) - 1)]
        if self.whole:
            first, last = int(self.low.number), int(self.high.number)
            return str(min(first + int(position * (last - first + 1)), last))
        return self._between(Fraction(position))

    def _between(self, part: Fraction) -> str:
        """So far between the ends, in the unit of the lower one, with six significant digits."""
        assert self.low is not None
        assert self.high is not None
        low, high = (end.number * end.one for end in (self.low, self.high))
        if self.whole:
            return str(round(low + (high - low) * part))
        number = (low + (high - low) * part) / self.low.one
        digits = DIGITS - len(str(abs(int(number)))) if abs(number) >= 1 else DIGITS
        return self.low.with_size(number * self.low.one, max(0, digits)).text()


def axis(text: str) -> Axis:
    """What ``PATH=RANGE`` says.  Raises AskedError."""
    name, equals, values = (part.strip() for part in text.partition("="))
    if not equals or not name or not values:
        raise AskedError.of(FORM, text=text)
    listed = tuple(dict.fromkeys(part.strip() for part in values.split(";" if ";" in values else ",") if part.strip()))
    ends = [Written.parse(part.strip()) for part in values.split(":")]
    times = len(listed) > 1 and all(_TIME.fullmatch(part) for part in listed)
    if len(ends) in (2, 3) and None not in ends and not times and ";" not in values:
        return _range(text, name, [end for end in ends if end is not None])
    if not listed or (":" in values and len(listed) == 1):
        raise AskedError.of(FORM, text=text)
    return Axis(name, listed)


def _range(text: str, name: str, ends: list[Written]) -> Axis:
    low, high = ends[:2]
    zero = low.number == 0 and not low.unit  # 0 needs no unit
    low = low if not zero else Written(Fraction(0), high.unit, high.gap)
    if len({end.sort for end in (low, high, *ends[2:])}) > 1:
        raise AskedError.of(SORTS, text=text)
    if low.size > high.size:
        raise AskedError.of(ORDER, text=text)
    if len(ends) == 2:
        if Axis(name, (), low, high).whole and high.number - low.number >= MOST:
            raise AskedError.of(MANY, text=text, most=MOST)
        return Axis(name, (), low, high)
    step = ends[2].number * ends[2].one
    if step <= 0:
        raise AskedError.of(STEP, text=text)
    first, last = low.number * low.one, high.number * high.one
    if (last - first) / step >= MOST:
        raise AskedError.of(MANY, text=text, most=MOST)
    return Axis(name, tuple(low.with_size(first + k * step).text() for k in range(int((last - first) / step) + 1)))


Dial = Callable[[str], str]
"""Gives the assignment, as ``--set`` takes it, that puts a value in place."""


def dial(loaded: Loaded, name: str) -> Dial:
    """How to put values at the path `name` of a scenario.  Raises AskedError."""
    document = plain(loaded).tree.document
    short = name.partition(".")[0] in loaded.scenario.channels and name.partition(".")[0] not in document
    path = f"channels.{name}" if short else name
    place = place_of(document, path)
    if place is None:
        section, _, team = path.partition(".")
        if section == "teams" and "." not in team:
            guess = nearest(team, loaded.scenario.teams)
            near = Words(*(NEAR.say(lang, guess=f"teams.{guess}") if guess else "" for lang in LANGS))
            raise AskedError.of(NO_TEAM, name=name, team=team, near=near)
        return lambda value: f"{path}={value}"
    if len(place) == 2 and place[0] == "teams":
        return _peak(name, str(place[1]), loaded.scenario.teams[str(place[1])], f"{written_at(loaded, place)}.schedule")
    written = at(document, place)
    family = family_of(written)
    if family is not None and isinstance(written[family], Mapping) and "mean" in written[family]:
        place, written = (*place, family, "mean"), written[family]["mean"]
    before = Written.parse(written)
    rest = before.rest if before is not None else ""
    there = written_at(loaded, place)
    return lambda value: f"{there}={value}{'' if _has_rest(value) else rest}"


def _has_rest(value: str) -> bool:
    found = Written.parse(value)
    return found is not None and bool(found.rest)


def _peak(name: str, team: str, spec: Team, path: str) -> Dial:
    """A team's schedule scaled so that its largest number of agents is the value."""
    most = max((number for day in spec.schedule.week.values() for number in day), default=0.0)
    if not most:
        raise AskedError.of(NO_PEAK, name=name)

    def assign(value: str) -> str:
        found = Written.parse(value)
        if found is None or found.unit or found.number < 0:
            raise AskedError.of(AGENTS, name=name, value=value)
        factor = found.size / most
        week = {",".join(DAYS[day] for day in days): _changes(slots, factor) for days, slots in spec.schedule.week.items()}
        return f"{path}={json.dumps({'week': week, 'on_holidays': spec.schedule.on_holidays})}"

    return assign


def _changes(slots: tuple[float, ...], factor: float) -> dict[str, Any]:
    """Agents by the times at which they change."""
    scaled = [round(number * factor, 9) for number in slots]
    changes = [half for half in range(len(scaled)) if half == 0 or scaled[half] != scaled[half - 1]]
    return {format_time(30 * half): int(scaled[half]) if scaled[half] == int(scaled[half]) else scaled[half] for half in changes}
