"""Little's law at every station, as the identity that it is: what the observer follows in time is, to the microsecond, the sum over
the contacts of the time that each spends there between the bounds of the measured period.

Queues of citizens, stocks of items, lines held and agents at work are checked this way; then the figures of
``simcrc.indicators.little``, whose mean wait leaves out what crosses a bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hypothesis import given

from simcrc.indicators.axes import Axes
from simcrc.indicators.little import littles_law
from simcrc.log import Kind
from simcrc.model.compile import compile
from simcrc.observe import Observer
from simcrc.scenario.scenario import Scenario
from tests.engine.small import Contact, Story, tell
from tests.properties.profiles import examples
from tests.properties.scenarios import scenarios


def spells(story: Story) -> Iterator[tuple[str, int, int, int]]:
    """What each contact adds to each level: name of the level, key, from, to."""
    axes = Axes.of(story.model)
    names = [station.name for station in story.model.stations]
    lined = {index for index, channel in enumerate(story.model.channels) if channel.lines is not None or channel.via is not None}
    lined |= {channel.via for channel in story.model.channels if channel.via is not None}
    for contact in story.contacts:
        station = names.index(contact.station)
        channel = story.model.stations[station].channel
        end = contact.ended if contact.ended >= 0 else story.model.end
        if channel in lined:
            yield "lines_time|mode", int(axes.mode_of[channel]), contact.started, end
        if axes.live[station]:
            for since, until in waits(contact, end):
                yield "queue_time|station", station, since, until
        told = {kind: time for kind, time, _ in reversed(contact.rows)}
        if Kind.RECEIVED in told:
            yield "stock_time|written_station", int(axes.rank["written_station"][station]), told[Kind.RECEIVED], told.get(Kind.ANSWERED, end)
        for since, until in services(contact, story.model.end):
            yield "service_time|station", station, since, until
    for time, _, _, _, station, spent in story.of(Kind.AGENT_FREED):
        yield "service_time|station", station, time - spent, time


def waits(contact: Contact, end: int) -> Iterator[tuple[int, int]]:
    """The spells in which a citizen waits."""
    since = None
    for kind, time, _ in contact.rows:
        if kind is Kind.QUEUED:
            since = time
        elif since is not None:
            yield since, time
            since = None
    if since is not None:
        yield since, end


def services(contact: Contact, end: int) -> Iterator[tuple[int, int]]:
    """The spells in which an agent is at work on a contact."""
    times = [time for kind, time, _ in contact.rows if kind in (Kind.SERVICE_STARTED, Kind.SERVICE_ENDED)]
    return zip(times[::2], [*times[1::2], end][: len(times[::2])], strict=True)


@examples(50)
@given(scenarios())
def test_levels_in_time_are_sums_over_contacts(scenario: Scenario) -> None:
    model = compile(scenario)
    story = tell(model)
    expected: dict[tuple[str, int], int] = defaultdict(int)
    for name, key, since, until in spells(story):
        expected[name, key] += max(0, min(until, model.end) - max(since, model.start))
    observer = Observer(model, least=100)
    for first in range(0, len(story.rows), 53):
        observer.feed(story.rows[first : first + 53])
    sums = observer.finish(model.end)
    sizes = {"station": len(model.stations), "mode": Axes.of(model).size("mode"), "written_station": Axes.of(model).size("written_station")}
    for name in ("queue_time|station", "lines_time|mode", "stock_time|written_station", "service_time|station"):
        size = sizes[name.partition("|")[2]]
        for period in ("month", "slot", "day"):
            found = sums.arrays[f"{name},{period}"].reshape(size, -1).sum(axis=1).tolist() if size else []
            assert found == [expected[name, key] for key in range(size)], f"{name},{period}"


@examples(25)
@given(scenarios())
def test_length_is_rate_times_wait_but_for_what_crosses_a_bound(scenario: Scenario) -> None:
    model = compile(scenario)
    story = tell(model)
    observer = Observer(model)
    observer.feed(story.rows)
    crossing: dict[str, int] = defaultdict(int)
    for contact in story.contacts:
        for since, until in waits(contact, contact.ended if contact.ended >= 0 else model.end):
            inside = max(0, until - max(since, model.start))
            if contact.started < model.start:
                crossing[contact.station] += inside
            elif contact.ended < 0 and contact.rows[-1][0] is Kind.QUEUED:
                crossing[contact.station] += inside  # a wait that has not ended is left out of the mean
    period = model.end - model.start
    for law in littles_law(model, [observer.finish(model.end)]):
        if law.station in {station.name for station in model.stations if not station.steps}:
            assert round(law.length * period) == round(law.product * period) + crossing[law.station]
