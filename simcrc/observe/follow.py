"""What is followed in time, batch by batch: queues, backlogs, lines, agents; and how many contacts and needs start on each day.

A citizen is in the queue from QUEUED to SERVICE_STARTED or CONTACT_ENDED; an item in the backlog from RECEIVED to ANSWERED
or CONTACT_ENDED; a line is held from CONTACT_STARTED to CONTACT_ENDED of the voice unit and the phone behind it; an agent
is busy from SERVICE_STARTED to SERVICE_ENDED and for the wrap-up that AGENT_FREED tells of afterwards.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simcrc.indicators.axes import Axes
from simcrc.indicators.sums import Sums
from simcrc.log import Kind
from simcrc.model.calendar import HALF_HOUR
from simcrc.observe.batch import Batch
from simcrc.observe.broken import BrokenLogError
from simcrc.observe.contacts import NOTHING, Table
from simcrc.observe.levels import Levels, Peaks

Integers = npt.NDArray[np.int64]
Steps = tuple[Integers, Integers, Integers, Integers]
"""Index in the batch (order of time), time, key, step."""


class Follow:
    """Follows one replication; what it finds goes into `sums`."""

    def __init__(self, axes: Axes, sums: Sums) -> None:
        self.axes = axes
        model = axes.model
        self._team_of = np.array([group.team for group in model.groups], dtype=np.int64)
        lined = {index for index, channel in enumerate(model.channels) if channel.lines is not None or channel.via is not None}
        lined |= {channel.via for channel in model.channels if channel.via is not None}
        self._line_of = np.array([axes.mode_of[c] if c in lined else -1 for c in axes.channel_of], dtype=np.int64)
        self.queue = Levels("queue_time", "station", axes, sums, run=True)
        self.stock = Levels("stock_time", "written_station", axes, sums, run=True)
        self.lines = Levels("lines_time", "mode", axes, sums)
        self.served = Levels("service_time", "station", axes, sums)
        self.busy = Levels("busy_time", "team", axes, sums)
        self.duty = Levels("duty_time", "team", axes, sums)
        self.overtime = Levels("overtime", "team", axes, sums)
        self.queue_most = Peaks("queue_most", "station", axes, sums)
        self.lines_most = Peaks("lines_most", "mode", axes, sums)
        days = axes.size("run_day")
        self._started = sums.array("started", ("station", "run_day"), axes.size("station") * days)
        self._needs = sums.array("needs_started", ("run_day",), days)
        self._on_duty = np.zeros(len(model.groups), dtype=np.int64)
        self._stock_end = sums.array("stock_end", ("written_station",), axes.size("written_station"))

    def add(self, batch: Batch, raw: Table, until: int) -> None:
        """Follow the new rows of a batch, the last of which is at `until`."""
        queue, lines = self._queue(batch, raw), self._lines(batch)
        self.queue.add(*_unordered(queue), until)
        self.queue_most.add(*_ordered(queue, len(batch.all)))
        self.lines.add(*_unordered(lines), until)
        self.lines_most.add(*_ordered(lines, len(batch.all)))
        self.stock.add(*_unordered(self._stock(batch, raw)), until)
        self._agents(batch, until)
        self._starts(batch)
        for levels in (self.queue, self.stock, self.lines, self.busy):
            if (levels.level < 0).any():
                raise BrokenLogError("negative", what=levels.name, count=int(-levels.level.min()))

    def finish(self, end: int) -> None:
        """Everything lasts until `end`."""
        nothing = np.zeros(0, dtype=np.int64)
        for levels in (self.queue, self.stock, self.lines, self.served, self.busy, self.duty, self.overtime):
            levels.add(nothing, nothing, nothing, end)
        self.queue_most.finish(end)
        self.lines_most.finish(end)
        self._stock_end[:] = self.stock.level

    def _queue(self, batch: Batch, raw: Table) -> list[Steps]:
        live = self.axes.live
        queued = (raw["queued"] != NOTHING) & live.take(raw["station"])
        unserved = queued & (raw["service_start"] == NOTHING)
        return [
            _steps(batch, Kind.QUEUED, 1, live.take(batch.rows(Kind.QUEUED)[:, 3])),
            _steps(batch, Kind.SERVICE_STARTED, -1, queued.take(batch.contact(Kind.SERVICE_STARTED))),
            _steps(batch, Kind.CONTACT_ENDED, -1, unserved.take(batch.contact(Kind.CONTACT_ENDED))),
        ]

    def _stock(self, batch: Batch, raw: Table) -> list[Steps]:
        unanswered = (raw["received"] != NOTHING) & (raw["answered"] == NOTHING)
        steps = [
            _steps(batch, Kind.RECEIVED, 1),
            _steps(batch, Kind.ANSWERED, -1),
            _steps(batch, Kind.CONTACT_ENDED, -1, unanswered.take(batch.contact(Kind.CONTACT_ENDED))),
        ]
        rank = self.axes.rank["written_station"]
        return [(index, times, rank.take(keys), step) for index, times, keys, step in steps]

    def _lines(self, batch: Batch) -> list[Steps]:
        out = []
        for kind, step in ((Kind.CONTACT_STARTED, 1), (Kind.CONTACT_ENDED, -1)):
            key = self._line_of.take(batch.rows(kind)[:, 3])
            index, times, stations, steps = _steps(batch, kind, step, key >= 0)
            out.append((index, times, self._line_of.take(stations), steps))
        return out

    def _starts(self, batch: Batch) -> None:
        """Count the contacts and needs that started on each day of the run."""
        rows = batch.rows(Kind.CONTACT_STARTED)[batch.fresh(Kind.CONTACT_STARTED)]
        np.add.at(self._started, rows[:, 3] * len(self._needs) + self.axes.run_day.take(rows[:, 0] // HALF_HOUR), 1)
        rows = batch.rows(Kind.NEED_STARTED)[batch.fresh(Kind.NEED_STARTED)]
        np.add.at(self._needs, self.axes.run_day.take(rows[:, 0] // HALF_HOUR), 1)

    def _agents(self, batch: Batch, until: int) -> None:
        work = []
        for kind, step in ((Kind.SERVICE_STARTED, 1), (Kind.SERVICE_ENDED, -1)):
            rows = batch.rows(kind)[batch.fresh(kind)]
            work.append((rows[:, 0], rows[:, 3], rows[:, 5], np.full(len(rows), step)))
        freed = batch.rows(Kind.AGENT_FREED)[batch.fresh(Kind.AGENT_FREED)]
        for back, step in ((freed[:, 5], 1), (0, -1)):  # wrap-up is told when it is over
            work.append((freed[:, 0] - back, freed[:, 4], freed[:, 2], np.full(len(freed), step)))
        times, stations, groups, steps = (np.concatenate(column) for column in zip(*work, strict=True))
        self.served.add(times, stations, steps, until)
        self.busy.add(times, self._team_of.take(groups), steps, until)
        left = batch.rows(Kind.AGENT_LEFT)[batch.fresh(Kind.AGENT_LEFT)]
        teams = self._team_of.take(left[:, 2])
        when = np.concatenate([left[:, 0] - left[:, 3], left[:, 0]])
        self.overtime.add(when, np.tile(teams, 2), np.repeat([1, -1], len(left)), until)
        self._staffed(batch, until)

    def _staffed(self, batch: Batch, until: int) -> None:
        rows = batch.rows(Kind.STAFFED)[batch.fresh(Kind.STAFFED)]
        rows = rows[np.argsort(rows[:, 2], kind="stable")]
        group, now = rows[:, 2], rows[:, 3]
        begins = np.diff(group, prepend=-1) != 0
        before = np.where(begins, self._on_duty.take(group), np.roll(now, 1)) if len(rows) else now
        self._on_duty[group] = now
        self.duty.add(rows[:, 0], self._team_of.take(group), now - before, until)


def _steps(batch: Batch, kind: Kind, step: int, where: npt.NDArray[np.bool_] | None = None) -> Steps:
    """Steps at the new rows of a kind, by station, where `where` holds (a flag a row of the kind)."""
    fresh = batch.fresh(kind)
    rows, order = batch.rows(kind)[fresh], batch.order(kind)[fresh]
    if where is not None:
        chosen = np.flatnonzero(where[fresh])
        rows, order = rows.take(chosen, axis=0), order.take(chosen)
    return order, rows[:, 0], rows[:, 3], np.full(len(rows), step, dtype=np.int64)


def _unordered(parts: list[Steps]) -> tuple[Integers, Integers, Integers]:
    _, times, keys, steps = (np.concatenate(column) for column in zip(*parts, strict=True))
    return times, keys, steps


def _ordered(parts: list[Steps], rows: int) -> tuple[Integers, Integers, Integers]:
    """The steps in the order of time: they are put at the places of their rows, which needs no sorting."""
    index, times, keys, steps = (np.concatenate(column) for column in zip(*parts, strict=True))
    place = np.full(rows, -1, dtype=np.int64)
    place[index] = np.arange(len(index))
    order = place[place >= 0]
    return times.take(order), keys.take(order), steps.take(order)
