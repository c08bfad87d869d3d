"""One replication: needs arise, their journeys run, the log goes to a sink in chunks."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat

import numpy as np
import numpy.typing as npt

from simcrc.blocks import Block
from simcrc.draws import Decision, about
from simcrc.engine.choosing import Terms, terms
from simcrc.engine.events import Steps, live
from simcrc.engine.journey import journey
from simcrc.engine.order import ARRIVAL, STAFF
from simcrc.engine.world import Channel, Need, World
from simcrc.log import WIDTH, Rows
from simcrc.model.demand import Arrivals
from simcrc.model.era import Era, era_of_day
from simcrc.model.model import Model
from simcrc.rules.choose import choose_many

PIECE = 4_000 * WIDTH  # numbers of the log that are handed on together: few enough to stay in the processor's cache
MEMORY = 150_000  # needs whose draws are kept at hand; older blocks forget theirs

Sink = Callable[[Rows], None]
Progress = Callable[[float], None]


def simulate(model: Model, replication: int, sink: Sink, progress: Progress | None = None) -> None:
    """Run `replication` (numbered from 0) of `model` from the beginning of its warm-up to its horizon.

    `sink` gets the log in chunks of shape (n, 6), in order of time; `progress` the share of simulated time done, once a
    simulated day."""
    rows: list[int] = []
    world = World(model, replication, rows.extend)
    source = Source(world, rows, sink, progress)
    world.next_need = source.schedule
    live(world.env, world.desk.roster(model.staffing.changes(world.philox)), 0, STAFF)
    source.schedule()
    collecting = gc.isenabled()
    gc.disable()  # what is done with is freed by its count of references (a test looks for cycles); the collector only looks at what waits
    try:
        world.env.run_to(model.end)
        world.close()
        source.hand_on()
    finally:
        if collecting:
            gc.enable()
    if progress is not None:
        progress(1.0)


class Source:
    """Needs in order of arrival, each starting the next; hands the log on when a chunk is full."""

    def __init__(self, world: World, rows: list[int], sink: Sink, progress: Progress | None) -> None:
        self.world = world
        self.rows = rows
        self.sink = sink
        self.progress = progress
        self.needs = self._needs()

    def schedule(self) -> None:
        """Let the next need begin at its instant."""
        if len(self.rows) >= PIECE:
            self.hand_on()
        for life, at, need in self.needs:
            live(self.world.env, life, at - self.world.env.now, ARRIVAL | need)
            return

    def hand_on(self) -> None:
        """Give the sink what the log holds."""
        if self.rows:
            self.sink(np.fromiter(self.rows, np.int64, len(self.rows)).reshape(-1, WIDTH))
            self.rows.clear()

    def _needs(self) -> Iterator[tuple[Steps, int, int]]:
        world, model = self.world, self.world.model
        old: deque[list[Block]] = deque()
        kept = 0
        days = len(model.calendar.dates)
        for day in range(days):
            if self.progress is not None:
                self.progress(day / days)
            arrivals = model.demand.day(world.philox, day)
            if arrivals is None:
                continue
            old.append(arrivals.blocks)
            kept += len(arrivals.time)
            while kept > MEMORY and len(old) > 1:
                for block in old.popleft():
                    kept -= block.size
                    block.forget()
            yield from self._day(day, arrivals)

    def _day(self, day: int, arrivals: Arrivals) -> Iterator[tuple[Steps, int, int]]:
        world = self.world
        a = arrivals
        segments = world.segments
        blocks: dict[int, Block] = {block.service: block for block in a.blocks}
        era = era_of_day(world.model.eras, day)
        channels = [*world.channels, None]  # the last for those who choose when their need arises, or have no choice
        preference = era.first.preference
        firsts = first_channels(world, a, era) if preference is None else np.full(len(a.time), -1, dtype=np.int64)
        own: Iterable[Terms | None] = repeat(None, len(a.time)) if preference is None else terms(world, a, era, preference)
        columns = (a.time, a.need, a.service, a.number, a.segment, a.citizen, a.complex, a.ambiguous, a.online, a.wary, a.language, firsts)
        for at, id, service, row, segment, citizen, complex, ambiguous, online, wary, language, first, term in zip(
            *(column.tolist() for column in columns), own, strict=True
        ):
            need = Need(id, blocks[service], row, service, segment, service * segments + segment, int(complex), int(ambiguous), int(online), language, citizen)
            if wary:
                need.wary = 1
            if term is not None:
                need.terms = term
            yield journey(world, need, channels[first]), at, id


def first_channels(world: World, arrivals: Arrivals, era: Era) -> npt.NDArray[np.int64]:
    """The first channel of each need of a day, as an index, -1 where none is feasible; drawn for all of them at once."""
    a = arrivals
    weights = era.first.weights[a.service, a.segment, a.online.astype(np.int64)]
    gumbels = np.zeros_like(weights)
    for block in a.blocks:
        own = a.service == block.service
        for channel in used(world, block.service, era):
            gumbels[own, channel.index] = block.gumbels(about(Decision.CHANNEL, channel.code))[a.number[own]]
    return np.where(weights.any(axis=1), choose_many(weights, gumbels), -1)


def used(world: World, service: int, era: Era) -> list[Channel]:
    """The channels that are anybody's first choice for `service`."""
    return [channel for channel in world.channels if era.first.weights[service, ..., channel.index].any()]
