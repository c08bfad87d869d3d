"""The observer against a slow reading of random logs; and what must not matter: how the log comes in chunks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from simcrc.indicators.axes import BANDS, Axes
from simcrc.log import CONTACTS_PER_NEED, End, Kind, Outcome
from simcrc.observe import Observer
from tests.observe.logs import AGENTS, DAY, IVR, MAIL, MINUTE, PHONE, Log, random_log
from tests.observe.reference import HALF_HOUR, largest, nights, overlap, read

SEEDS = range(8)


def tables(log: Log, chunk: int = 97, least: int = 500) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The tables of contacts and needs, all batches together."""
    parts: tuple[list[dict[str, np.ndarray]], list[dict[str, np.ndarray]]] = ([], [])
    log.sums(chunk, on_contacts=parts[0].append, on_needs=parts[1].append, least=least)
    contacts, needs = ({name: np.concatenate([part[name] for part in table]) for name in table[0]} for table in parts)
    return contacts, needs


@pytest.mark.parametrize("seed", SEEDS)
def test_contacts_are_those_of_the_log(seed: int) -> None:
    log = random_log(seed)
    contacts, _ = tables(log)
    expected = read(log)
    horizon = log.model.end
    assert sorted(contacts["contact"].tolist()) == sorted(expected)
    for i, id in enumerate(contacts["contact"].tolist()):
        own = expected[id]
        waiting = own.waiting(horizon)
        assert contacts["outcome"][i] == own.outcome
        assert contacts["station"][i] == own.station
        assert contacts["service"][i] == own.service
        assert contacts["waited"][i] == (waiting[1] - waiting[0] if waiting else 0)
        assert contacts["ended"][i] == (-1 if own.outcome == Outcome.IN_PROGRESS else own.ended(horizon))
        assert contacts["citizen_time"][i] == (0 if own.station == MAIL else own.ended(horizon) - own.started)
        begins, ends = ([row[0] for row in own.rows if row[1] == kind] for kind in (Kind.SERVICE_STARTED, Kind.SERVICE_ENDED))
        assert contacts["handled"][i] == sum(ends) + horizon * (len(begins) - len(ends)) - sum(begins)


@pytest.mark.parametrize("seed", SEEDS)
def test_needs_add_up_their_contacts(seed: int) -> None:
    log = random_log(seed)
    contacts, needs = tables(log)
    for i, id in enumerate(needs["need"].tolist()):
        own = np.flatnonzero(contacts["need"] == id)
        own = own[np.argsort(contacts["number"][own])]
        assert needs["contacts"][i] == len(own)
        assert needs["waited"][i] == contacts["waited"][own].sum()
        assert needs["cost"][i] == contacts["cost"][own].sum()
        assert needs["channels"][i] == len(set(contacts["channel"][own].tolist()))
        modes = {PHONE if channel == IVR else channel for channel in contacts["channel"][own].tolist()}
        assert needs["modes"][i] == len(modes)
        assert needs["first_channel"][i] == (contacts["channel"][own[0]] if len(own) else -1)
        if needs["resolved_at"][i] >= 0:
            assert needs["end"][i] == End.RESOLVED
            assert needs["resolving_channel"][i] == contacts["channel"][own[contacts["contact"][own] == needs["resolved_by"][i]]][0]


@pytest.mark.parametrize("seed", SEEDS)
def test_queues_lines_and_stock_in_time(seed: int) -> None:
    log = random_log(seed)
    sums, axes = log.sums(211, least=400), Axes.of(log.model)
    contacts = list(read(log).values())
    end = log.model.end
    bins = [k for k in range(len(axes.slot)) if axes.slot[k] >= 0]
    queue = sums.arrays["queue_time|station,slot"].reshape(-1, 336)
    stock = sums.arrays["stock_time|written_station,day"]
    for station in (PHONE, PHONE + 1, PHONE + 2):
        waits = [wait for contact in contacts if contact.station == station and (wait := contact.waiting(end))]
        expected = np.zeros(336, dtype=np.int64)
        for k in bins:
            expected[axes.slot[k]] += sum(overlap(wait, k * HALF_HOUR, (k + 1) * HALF_HOUR) for wait in waits)
        assert (queue[station] == expected).all()
        assert sums.arrays["queue_most|station"][station] == largest(waits, log.model.start, end)
    kept = [interval for contact in contacts if (interval := contact.stocked(end))]
    midnights = [log.model.start, *nights(log)]
    assert stock.tolist() == [sum(overlap(interval, a, b) for interval in kept) for a, b in pairwise(midnights)]
    calls = [(contact.started, contact.ended(end)) for contact in contacts if contact.station in (IVR, PHONE)]
    mode = axes.labels["mode"].index("phone")
    assert sums.arrays["lines_time|mode,month"].reshape(len(axes.labels["mode"]), -1)[mode].sum() == sum(overlap(call, log.model.start, end) for call in calls)
    assert sums.arrays["lines_most|mode"][mode] == largest(calls, log.model.start, end)


@pytest.mark.parametrize("seed", SEEDS)
def test_ages_of_items_at_midnight(seed: int) -> None:
    log = random_log(seed)
    ages = log.sums(333, least=700).arrays["ages|written_station,band,day"].reshape(len(BANDS), -1)
    intervals = [interval for contact in read(log).values() if (interval := contact.stocked(log.model.end))]
    open_ended = {
        contact.stocked(log.model.end) for contact in read(log).values() if contact.last(Kind.CONTACT_ENDED) is None and contact.first(Kind.ANSWERED) is None
    }
    for day, midnight in enumerate(nights(log)):
        there = [(a, b) for a, b in intervals if a <= midnight and (midnight < b or (a, b) in open_ended)]
        for band, (low, high) in enumerate(BANDS):
            limits = (low * DAY if low else -1, high * DAY if high else 10**18)
            assert ages[band, day] == sum(limits[0] < midnight - a <= limits[1] for a, _ in there), (day, band)


@pytest.mark.parametrize("seed", SEEDS)
def test_agents_busy_and_on_duty(seed: int) -> None:
    log = random_log(seed)
    sums, start, end = log.sums(101, least=300), log.model.start, log.model.end
    expected = 0
    for contact in read(log).values():
        begins, ends = ([row[0] for row in contact.rows if row[1] == kind and row[5] == AGENTS] for kind in (Kind.SERVICE_STARTED, Kind.SERVICE_ENDED))
        expected += sum(overlap((a, b), start, end) for a, b in zip(begins, ends + [end] * (len(begins) - len(ends)), strict=True))
    rows = log.array().tolist()
    freed = [(time - c, time) for time, kind, group, _, _, c in rows if kind == Kind.AGENT_FREED and group == AGENTS]
    expected += sum(overlap(interval, start, end) for interval in freed)
    assert sums.arrays["busy_time|team,month"].reshape(2, -1)[AGENTS].sum() == expected
    duty = [(time, a) for time, kind, group, a, _, _ in rows if kind == Kind.STAFFED and group == AGENTS]
    spans = zip(duty, [time for time, _ in duty[1:]] + [end], strict=True)
    assert sums.arrays["duty_time|team,month"].reshape(2, -1)[AGENTS].sum() == sum(a * overlap((time, after), start, end) for (time, a), after in spans)
    left = [(time - a, time) for time, kind, group, a, _, _ in rows if kind == Kind.AGENT_LEFT and group == AGENTS]
    assert sums.arrays["overtime|team,month"].reshape(2, -1)[AGENTS].sum() == sum(overlap(interval, start, end) for interval in left)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("chunk", "least"), [(1, 50), (61, 1), (1000, 100_000)])
def test_chunks_do_not_matter(seed: int, chunk: int, least: int) -> None:
    log = random_log(seed, 120)
    whole = log.sums()
    assert log.sums(chunk, least=least) == whole


def test_what_is_carried_is_what_is_open() -> None:
    log = random_log(1, 2000)
    observer = Observer(log.model, least=1)
    rows = log.array()
    need = np.where(rows[:, 1] < Kind.CONTACT_STARTED, rows[:, 2], rows[:, 2] // CONTACTS_PER_NEED)
    need[rows[:, 1] > Kind.ANSWERED] = -1
    batches = 0
    for start in range(0, len(rows), 3000):
        observer.feed(rows[start : start + 3000])
        seen = rows[: start + 3000]
        closed = seen[seen[:, 1] == Kind.NEED_CLOSED, 2]
        ours = need[: len(seen)]
        expected = seen[(ours >= 0) & ~np.isin(ours, closed)]
        if not observer._waiting:  # rows may wait until there are as many as are carried
            batches += 1
            assert np.array_equal(observer._open, expected)
    assert batches >= 4


def test_a_log_without_rows() -> None:
    log = Log()
    sums = log.sums()
    assert all(not array.any() for array in sums.arrays.values())


def test_places_when_ids_are_far_apart() -> None:
    log = Log()
    first = log.need(log.start, 0)
    far = log.need(log.start + DAY, 900_000)
    for need, time in ((first, log.start), (far, log.start + DAY)):
        id = log.call(time, need, 0, PHONE, 0, MINUTE)
        log.resolve(time + MINUTE, need, id)
        log.close(time + MINUTE, need, End.RESOLVED)
    contacts, _ = tables(log)
    assert sorted(contacts["need"].tolist()) == [first, far]
