"""The cohort of one arm in one replication: the needs that start early enough to be followed, as sums and as a few bytes a need.

``Cohort`` takes the tables of the observer batch by batch.  It keeps the additive sums of the measures that a comparison of needs asks for (``measures``),
and for each need what is compared with the same need in the other arm: how many contacts, where the first contact landed, whether an electronic channel was
used, and a signature of all its contacts.  That is some twenty bytes a need; ``simcrc.experiment.pair`` sets two arms beside each
other, and sums only are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.draws import name_code
from simcrc.experiment.landing import Landings
from simcrc.indicators.accumulate import Accumulator
from simcrc.indicators.axes import Axes
from simcrc.indicators.common import CONTACTS, NEEDS, OF_NEEDS
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Formula
from simcrc.indicators.frames import frames
from simcrc.indicators.journeys import CONTACTS_PER_NEED, RESOLVED
from simcrc.indicators.money import LABOUR, NEED_COST
from simcrc.indicators.queues import WAIT_MEAN
from simcrc.indicators.satisfaction import SATISFACTION
from simcrc.indicators.self_service import COMPLETION
from simcrc.indicators.sums import Sums
from simcrc.indicators.terms import Terms
from simcrc.model.calendar import HALF_HOUR
from simcrc.observe.contacts import Table

if TYPE_CHECKING:
    from simcrc.model.model import Model

FORMULAS: tuple[Formula, ...] = (CONTACTS_PER_NEED, RESOLVED, WAIT_MEAN, COMPLETION, SATISFACTION)
ATTEMPTS, ATTEMPT_LABOUR = "first_attempts", "first_attempt_labour"
BY_LANDING = ("landing", "service")
COLUMNS = (
    *("number", "channel", "station", "service", "segment", "reason", "started", "queued", "service_start", "service_end", "ended", "outcome", "resolved"),
    *("waited", "handled", "labour", "citizen_time", "cost"),
)
"""Columns of the table of contacts that are looked at."""
COLUMNS_KEPT: dict[str, type[np.generic]] = {
    "need": np.int64,
    "cell": np.int32,
    "contacts": np.uint8,
    "landing": np.int8,
    "electronic": np.bool_,
    "signature": np.uint64,
}
"""What is kept of each need, and in which type."""
COLUMNS_SAVED = (*COLUMNS_KEPT, "seen", "online", "first_citizens")
COHORT, NUMBERS = "cohort.npz", "numbers.npy"
WHEN = ("started", "queued", "service_start", "service_end", "ended")
_ODD = tuple(np.uint64(value) for value in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))  # of the SplitMix64 generator

Words64 = npt.NDArray[np.uint64]


def measures() -> tuple[Measure, ...]:
    """The measures that are summed over the cohort, each once."""
    parts: Iterable[object] = (NEEDS, OF_NEEDS, CONTACTS, NEED_COST, LABOUR, *(part for formula in FORMULAS for part in formula.parts()))
    found = {part.name: part for part in parts if isinstance(part, Measure)}
    return tuple(found[name] for name in sorted(found))


@dataclass(frozen=True, eq=False)
class Side:
    """The cohort of one arm: `sums` over it, and its needs sorted by id, arrays of one length.

    `need`: id, int64.  `cell`: (service · segments + segment) · months + month of its start, int32.  `contacts`: how many, uint8.  `landing`: int8.
    `electronic`: whether a channel was used for which one has to be on line.  `signature`: of all contacts, uint64; equal for journeys that are equal to the
    last contact.  `check`: of ids, instants, segments and citizens of all needs; equal for equal needs.  `seen`, `online`: by citizen, whether the citizen
    had a need, and whether one that used an electronic channel (empty for an anonymous stream).  `first_citizens`: number of the first citizen of each
    segment, and of the one after the last.  `sizes`: how many services, segments and months there are.
    """

    sums: Sums
    check: int
    need: npt.NDArray[np.int64]
    cell: npt.NDArray[np.int32]
    contacts: npt.NDArray[np.uint8]
    landing: npt.NDArray[np.int8]
    electronic: npt.NDArray[np.bool_]
    signature: Words64
    seen: npt.NDArray[np.bool_]
    online: npt.NDArray[np.bool_]
    first_citizens: npt.NDArray[np.int64]
    sizes: tuple[int, int, int]

    def save(self, folder: Path) -> None:
        """Write everything to `folder`, which is made: a file a column, so that they can be read without holding them in memory."""
        folder.mkdir()
        self.sums.save(folder / COHORT)
        for name in COLUMNS_SAVED:
            np.save(folder / f"{name}.npy", getattr(self, name))
        np.save(folder / NUMBERS, np.array([self.check, *self.sizes], dtype=np.uint64))

    @classmethod
    def load(cls, folder: Path) -> Side:
        """What ``save`` wrote; the columns are mapped from their files."""
        check, *sizes = np.load(folder / NUMBERS).tolist()
        columns = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in COLUMNS_SAVED}
        return cls(sums=Sums.load(folder / COHORT), check=check, sizes=(sizes[0], sizes[1], sizes[2]), **columns)


class Cohort:
    """Sinks for the tables of an observer: ``needs``, then ``contacts`` of the same batch; ``finish`` gives the Side.

    The cohort is the needs that start from the beginning of the measured period to `until`, not included.
    """

    def __init__(self, model: Model, landings: Landings, until: int) -> None:
        self._model, self._landings, self._until = model, landings, until
        self._axes, self._terms = Axes.of(model), Terms.of(model)
        self._measures = measures()
        self._accumulator = Accumulator(self._axes, self._terms, self._measures)
        self._codes = landings.codes(model)
        self._stations = np.array([name_code(station.name) for station in model.stations], dtype=np.int64)
        specs = model.scenario.channels
        self._electronic = sum(1 << index for index, channel in enumerate(model.channels) if specs[channel.name].needs_access)
        citizens = model.demand.citizens
        size = 0 if citizens.anonymous else int(citizens.sizes.sum())
        self._seen, self._online = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        self._first_citizens = np.append(citizens.first, size)
        self._check = 0
        self._parts: list[dict[str, npt.NDArray[Any]]] = []
        self._waiting: Table | None = None

    def needs(self, table: Table) -> None:
        """The needs of a batch; their contacts follow, unless there are none."""
        self._flush()
        self._waiting = table

    def contacts(self, table: Table) -> None:
        """The contacts of the needs just given, in the order of their needs."""
        needs, self._waiting = self._waiting, None
        assert needs is not None
        self._add(needs, table)

    def _flush(self) -> None:
        needs, self._waiting = self._waiting, None
        if needs is not None:
            self._add(needs, {name: np.zeros(0, dtype=np.int64) for name in COLUMNS})

    def _add(self, needs: Table, contacts: Table) -> None:
        self._check += _sum(_exogenous(needs))
        member = needs["measured"] & (needs["started"] < self._until)
        row = np.repeat(np.arange(len(member)), needs["contacts"])
        needs = needs | {"measured": member}
        contacts = contacts | {"measured": member.take(row), "need_row": row}
        made = frames(contacts, needs, self._axes, self._terms)
        for measure in self._measures:
            self._accumulator.measure(measure, made[measure.frame])
        signature = np.zeros(len(member), dtype=np.uint64)
        np.add.at(signature, row, self._signatures(contacts))
        landing, zero = self._landings.land(contacts, needs["contacts"], self._codes)
        self._first_attempts(needs, contacts, member, landing, zero)
        electronic = needs["channels_used"] & self._electronic != 0
        chosen = np.flatnonzero(member)
        month = self._axes.month.take(needs["started"].take(chosen) // HALF_HOUR)
        cell = (needs["service"] * self._axes.size("segment") + needs["segment"]).take(chosen) * self._axes.size("month") + month
        if len(self._seen):
            citizen = needs["citizen"].take(chosen)
            self._seen[citizen] = True
            self._online[citizen[electronic.take(chosen)]] = True
        whole = {"need": needs["need"], "contacts": needs["contacts"], "landing": landing, "electronic": electronic, "signature": signature}
        kept = {name: values.take(chosen) for name, values in whole.items()} | {"cell": cell}
        self._parts.append({name: kept[name].astype(kind) for name, kind in COLUMNS_KEPT.items()})

    def _signatures(self, contacts: Table) -> Words64:
        """A word for each contact, of what, where, when and how it ended."""
        small = (
            self._stations.take(contacts["station"]) << 24
            | contacts["number"] << 16
            | contacts["reason"] << 8
            | contacts["outcome"] << 1
            | contacts["resolved"]
        )
        out = _mix(np.zeros(len(small), dtype=np.uint64), small)
        for name in WHEN:
            out = _mix(out, contacts[name])
        return _mix(out, contacts["cost"])

    def _first_attempts(self, needs: Table, contacts: Table, member: npt.NDArray[np.bool_], landing: Any, zero: Any) -> None:
        """Count first contacts and the agents' time that they cost, by landing and service."""
        size = len(self._landings.names) * self._axes.size("service")
        count = needs["contacts"]
        first = np.cumsum(count) - count
        some = np.flatnonzero(member & (count > 0))
        code = landing.take(some) * self._axes.size("service") + needs["service"].take(some)
        labour = contacts["labour"].take(first.take(some))
        pressed = np.flatnonzero(zero.take(some))
        labour[pressed] += contacts["labour"].take(first.take(some.take(pressed)) + 1)
        np.add.at(self._accumulator.sums.array(ATTEMPTS, BY_LANDING, size), code, 1)
        np.add.at(self._accumulator.sums.array(ATTEMPT_LABOUR, BY_LANDING, size), code, labour)

    def finish(self) -> Side:
        """What was found."""
        self._flush()
        columns: dict[str, npt.NDArray[Any]] = {
            name: np.concatenate([np.zeros(0, dtype=kind), *(part.pop(name) for part in self._parts)]) for name, kind in COLUMNS_KEPT.items()
        }
        order = np.argsort(columns["need"], kind="stable")
        return Side(
            sums=self._accumulator.sums,
            check=self._check % (1 << 64),
            **{name: columns.pop(name).take(order) for name in COLUMNS_KEPT},
            seen=self._seen,
            online=self._online,
            first_citizens=self._first_citizens,
            sizes=(self._axes.size("service"), self._axes.size("segment"), self._axes.size("month")),
        )


def _exogenous(needs: Table) -> Words64:
    out = np.zeros(len(needs["need"]), dtype=np.uint64)
    for name in ("need", "started", "segment", "citizen"):
        out = _mix(out, needs[name])
    return out


def _mix(state: Words64, values: npt.NDArray[Any]) -> Words64:
    """`state` with `values` stirred in, as SplitMix64 does; wraps around."""
    out = (state + values.astype(np.int64).view(np.uint64)) * _ODD[0] + _ODD[2]
    out = (out ^ (out >> np.uint64(29))) * _ODD[1]
    return np.asarray(out ^ (out >> np.uint64(32)), dtype=np.uint64)


def _sum(values: Words64) -> int:
    return int(values.sum(dtype=np.uint64)) if len(values) else 0
