"""The calls of the records as arrays: what estimation needs, in order of arrival.

``rows`` makes a ``Part`` of each piece of a file; ``gather`` puts the parts together, leaves out what lies outside the period or was seen before, and counts
it.
Callers and call ids are kept as hashes of 64 bits, never as texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from simcrc.calibration.mapping import Mapping
from simcrc.calibration.traps import Flags, Integers, Traps
from simcrc.errors import ScenarioError
from simcrc.scenario.positions import Mark
from simcrc.words import LANGS, Words

Reals = npt.NDArray[np.float64]
DAY = 86_400.0
EPOCH = date(1970, 1, 1).toordinal()
SERVED, ABANDONED, BLOCKED = 0, 1, 2
OUTCOMES = ("served", "abandoned", "blocked")
NOTHING = Words(fr="aucun appel à estimer ({detail})", en="no call to estimate from ({detail})")


@dataclass(eq=False)
class Part:
    """Calls of one stretch of rows; arrays of one length.

    `service`, `segment` (-1: not told), `outcome` (index into OUTCOMES), `agent` (-1: nobody known): indices.  `caller`, `call`: hashes, 0 for none;
    `row`: hash of all columns.  `local`: arrival in seconds of the wall clock since 1970; `arrival`: the same in UTC; `start`: of the service, UTC (nan:
    not served).  `queued`: waited, or was sent to wait; `wait`, `work`: seconds, nan where not known (0 for who did not queue, was not served).
    `source`: index into the files; `line` in it.
    """

    service: Integers
    segment: Integers
    outcome: Integers
    agent: Integers
    caller: npt.NDArray[np.uint64]
    call: npt.NDArray[np.uint64]
    row: npt.NDArray[np.uint64]
    local: Reals
    arrival: Reals
    start: Reals
    queued: Flags
    wait: Reals
    work: Reals
    source: Integers
    line: Integers

    def __len__(self) -> int:
        return len(self.service)

    @property
    def day(self) -> Integers:
        """The day of each arrival, counted as `local` is."""
        return np.floor(self.local / DAY).astype(np.int64)

    def take(self, rows: npt.NDArray[np.generic]) -> Part:
        """These rows: flags or indices."""
        return Part(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


@dataclass(frozen=True, eq=False)
class Calls:
    """All calls that sought an agent, in order of arrival; `part` holds the arrays, `local` and `arrival` of which count from midnight of `first`.

    `length`: days of the period; `recorded`: which of them have calls and are not left out.  `services`, `segments`, `agents`: names.  `self_service`: calls
    that ended in the voice unit; `voice_unit`: number, sum and sum of squares of the seconds in it.  `files`: labels.
    """

    part: Part
    first: date
    length: int
    recorded: Flags
    services: tuple[str, ...]
    segments: tuple[str, ...]
    agents: tuple[str, ...]
    self_service: int
    voice_unit: tuple[int, float, float]
    files: tuple[str, ...]
    traps: Traps

    def __len__(self) -> int:
        return len(self.part)

    @property
    def day(self) -> Integers:
        """The day of each call, 0 for `first`."""
        return self.part.day

    @property
    def half_hour(self) -> Integers:
        """The half hour of the day of each call, 0 to 47."""
        return (self.part.local % DAY // 1800).astype(np.int64)

    @property
    def weekdays(self) -> Integers:
        """The weekday of each day of the period, 0 for Monday."""
        return (self.first.weekday() + np.arange(self.length)) % 7

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.first + timedelta(days=self.length - 1)

    @property
    def missing_days(self) -> list[date]:
        """Days without calls on weekdays that have some otherwise."""
        usual = set(self.weekdays[self.recorded].tolist())
        return [self.first + timedelta(days=k) for k in range(self.length) if not self.recorded[k] and self.weekdays[k] in usual]


def gather(
    parts: Iterable[Part], mapping: Mapping, files: tuple[str, ...], traps: Traps, agents: tuple[str, ...], aside: tuple[int, tuple[int, float, float]]
) -> Calls:
    """The calls of `parts`; `aside`: calls that ended in the voice unit, and the times in it.  Raises ScenarioError when none is left."""
    whole = _once(_joined(list(parts)), files, traps)
    period = mapping.period
    if len(whole):
        first = period.first.toordinal() - EPOCH if period.first is not None else int(whole.day.min())
        last = period.last.toordinal() - EPOCH if period.last is not None else int(whole.day.max())
        without = np.array([when.toordinal() - EPOCH for when in period.without], dtype=np.int64)
        whole = _left(whole, (whole.day < first) | (whole.day > last), "outside_period", files, traps)
        whole = _left(whole, np.isin(whole.day, without), "without_day", files, traps)
        whole = _left(whole, ~_open(mapping, whole), "outside_hours", files, traps)
    if not len(whole):
        said = {lang: ", ".join(f"{trap.say(lang)} {trap.count}" for trap in traps) for lang in LANGS}
        words = Words(**{lang: NOTHING.say(lang, detail=said[lang] or "0") for lang in LANGS})
        raise ScenarioError([Mark(files[0]).problem("records", (), message=words)])
    day = whole.day
    first = int(day.min()) if period.first is None else first
    last = int(day.max()) if period.last is None else last
    traps.kept = len(whole)
    recorded = np.isin(np.arange(first, last + 1), day)
    whole.local -= first * DAY
    shift = whole.local[0] - whole.arrival[0]
    whole.arrival += shift
    whole.start += shift
    services = tuple(dict.fromkeys(mapping.services.values.values())) or (str(mapping.services.only),)
    segments = () if mapping.segments is None else tuple(dict.fromkeys(mapping.segments.values.values()))
    return Calls(whole, date.fromordinal(first + EPOCH), last - first + 1, recorded, services, segments, agents, *aside, files, traps)


def _joined(parts: list[Part]) -> Part:
    """All parts, in order of arrival; emptied one column at a time, so that the calls are never there twice."""
    order = np.argsort(np.concatenate([part.arrival for part in parts]), kind="stable")
    whole = {}
    for field in fields(Part):
        column = np.concatenate([getattr(part, field.name) for part in parts])
        for part in parts:
            setattr(part, field.name, np.empty(0, dtype=column.dtype))
        whole[field.name] = column[order]
    return Part(**whole)


def _once(whole: Part, files: tuple[str, ...], traps: Traps) -> Part:
    """Without calls whose id was seen before; identical rows are counted."""
    repeated = (whole.call != 0) & ~_first_seen(whole.call)
    whole = _left(whole, repeated, "duplicate", files, traps)
    traps.add("identical", ~_first_seen(whole.row), whole.line, _labels(whole, files))
    return whole


def _first_seen(values: npt.NDArray[np.uint64]) -> Flags:
    out = np.zeros(len(values), dtype=np.bool_)
    out[np.unique(values, return_index=True)[1]] = True
    return out


class _labels:  # noqa: N801 - stands for a list of texts
    """The file of each call, looked up only where one is shown."""

    def __init__(self, part: Part, files: tuple[str, ...]) -> None:
        self.source, self.files = part.source, files

    def __getitem__(self, k: int) -> str:
        return self.files[int(self.source[k])]


def _left(whole: Part, gone: Flags, code: str, files: tuple[str, ...], traps: Traps) -> Part:
    """`whole` without the calls that are `gone`, which are counted."""
    traps.add(code, gone, whole.line, _labels(whole, files))
    return whole.take(~gone) if gone.any() else whole


def _open(mapping: Mapping, whole: Part) -> Flags:
    """Which calls arrive in the hours of the mapping."""
    if mapping.hours.always:
        return np.ones(len(whole), dtype=np.bool_)
    table = np.zeros((7, 1440), dtype=np.bool_)
    for number, ranges in enumerate(mapping.hours.week):
        for start, end in ranges:
            table[number, start:end] = True
    weekday = (whole.day + EPOCH - 1) % 7  # the first of January of the year 1 was a Monday
    return table[weekday, (whole.local % DAY // 60).astype(np.int64)]
