"""Policies of all sorts over scenarios of all sorts: nothing is dropped, needs stay the same, nothing happens before, the divide holds."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from simcrc.engine.run import simulate
from simcrc.log import CONTACTS_PER_NEED, Kind
from simcrc.model.compile import compile
from simcrc.observe import Observer
from simcrc.policies.timeline import base_of, timeline
from simcrc.scenario.scenario import Scenario
from tests.properties.change import changing
from tests.properties.profiles import examples


def log(scenario: Scenario) -> np.ndarray:
    """The log of a replication, with conservation checked."""
    model = compile(scenario)
    chunks: list[np.ndarray] = []
    observer = Observer(model, least=50)

    def sink(rows: np.ndarray) -> None:
        chunks.append(rows)
        observer.feed(rows)

    simulate(model, 0, sink)
    observer.finish(model.end)
    return np.concatenate(chunks) if chunks else np.zeros((0, 6), dtype=np.int64)


@examples(60)
@given(changing())
def test_nothing_is_dropped_and_needs_stay_the_same(scenario: Scenario) -> None:
    policy, base = log(scenario), log(base_of(scenario))
    one, other = (rows[rows[:, 1] == Kind.NEED_STARTED][:, [0, 2, 3, 4]] for rows in (base, policy))
    assert np.array_equal(one, other)
    model = compile(scenario)
    changes = [day for day, _ in timeline(scenario)]
    first = model.calendar.midnights[max(0, (changes[0] - model.calendar.dates[0]).days)] if changes else model.end + 1
    assert np.array_equal(base[base[:, 0] < first], policy[policy[:, 0] < first])


@examples(60)
@given(changing())
def test_who_is_off_line_never_meets_a_channel_that_needs_it(scenario: Scenario) -> None:
    model, rows = compile(scenario), log(scenario)
    began = rows[rows[:, 1] == Kind.NEED_STARTED]
    offline = set(began[began[:, 5] >> 2 & 1 == 0, 2].tolist())
    bound = [number for number, station in enumerate(model.stations) if model.channels[station.channel].needs_access]
    contacts = rows[(rows[:, 1] == Kind.CONTACT_STARTED) & np.isin(rows[:, 3], bound), 2] // CONTACTS_PER_NEED
    assert not offline & set(contacts.tolist())


@examples(60)
@given(changing())
def test_what_is_written_at_any_time_is_a_scenario(scenario: Scenario) -> None:
    for _, own in timeline(scenario):
        for channel in own.channels.values():
            shares = [*channel.resolution.values(), *getattr(channel, "completion", {}).values(), *getattr(channel, "incomplete", {}).values()]
            assert all(0 <= share <= 1 for share in shares)
            assert set(channel.offers or {}) <= set(own.services)
        for service in own.services.values():
            assert 0 <= service.complexity <= 1
            assert 0 <= service.ambiguity <= 1
        for segment in own.population.segments.values() if own.population else ():
            assert 0 <= segment.access <= 1
            assert 0 <= segment.skill <= 1
    for era in compile(scenario).eras:
        assert np.all(np.isfinite(era.first.weights))
        assert np.all(era.first.weights >= 0)
        assert all(np.all((table >= 0) & (table <= 1)) for table in era.first.diverted.values())
