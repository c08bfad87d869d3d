"""Needs drawn day by day: counts, instants, whose they are, replay, and what must not depend on what."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simcrc.draws import Philox
from simcrc.log import NEEDS_PER_DAY_AND_SERVICE, SERVICES
from simcrc.model.calendar import DAY, HALF_HOUR, HOUR, Calendar
from simcrc.model.citizens import ANONYMOUS
from simcrc.model.demand import Arrivals, Demand, Records, TooManyNeedsError, placed
from simcrc.scenario.scenario import Scenario

OFFICE = {"week": {"Mon-Fri": {"08:00": 2, "10:00": 5, "12:00": 3, "16:30": 0}, "Sat": {"09:00": 1, "12:00": 0}}}
POPULATION = {
    "size": 10_000,
    "segments": {
        "connected": {"share": 0.5, "language": {"fr": 0.75, "en": 0.25}},
        "offline": {"share": 0.5, "access": 0.4, "needs": 3, "language": {"fr": 1.0}},
    },
}
SERVICES_ = {
    "information": {"volume": {"per_day": 300, "profile": OFFICE, "busyness": 20, "shared": 0.5}, "complexity": 0.2, "ambiguity": 0.3},
    "address": {"volume": {"per_day": 40}, "complexity": 0.1},
}
COLUMNS = ("time", "need", "service", "number", "segment", "citizen", "online", "complex", "ambiguous", "language")


def of(make: Callable[..., Scenario], records: Records | None = None, **parts: Any) -> Demand:
    scenario = make(**({"services": SERVICES_, "population": POPULATION} | parts))
    return Demand.of(scenario, Calendar.of(scenario), records)


def days(demand: Demand, philox: Philox, count: int) -> Iterator[Arrivals]:
    for day in range(count):
        arrivals = demand.day(philox, day)
        if arrivals is not None:
            yield arrivals


def same(a: Arrivals, b: Arrivals, chosen: int | None = None) -> bool:
    keep_a, keep_b = (slice(None) if chosen is None else x.service == chosen for x in (a, b))
    return all(getattr(a, c)[keep_a].tobytes() == getattr(b, c)[keep_b].tobytes() for c in COLUMNS if c != "service" or chosen is None)


def test_sorted_with_ids_and_blocks(make: Callable[..., Scenario]) -> None:
    demand, philox = of(make, timezone="America/Toronto"), Philox(1, 0)
    for day, arrivals in enumerate(days(demand, philox, 40)):
        assert np.lexsort((arrivals.need, arrivals.time)).tolist() == list(range(len(arrivals.time)))
        first, last = demand.calendar.midnights[day : day + 2]
        assert first <= arrivals.time[0] <= arrivals.time[-1] < last
        assert np.array_equal(arrivals.need, (day * SERVICES + arrivals.service) * NEEDS_PER_DAY_AND_SERVICE + arrivals.number)
        assert [block.service for block in arrivals.blocks] == sorted(set(arrivals.service.tolist()))
        for block in arrivals.blocks:
            own = arrivals.service == block.service
            assert sorted(arrivals.number[own].tolist()) == list(range(block.size))
            assert np.array_equal(block.segments[arrivals.number[own]], arrivals.segment[own])
        assert arrivals.time.dtype == arrivals.need.dtype == arrivals.citizen.dtype == np.int64
        assert arrivals.online.dtype == arrivals.complex.dtype == arrivals.ambiguous.dtype == np.bool_


def test_the_same_day_twice_in_any_order_is_the_same_bytes(make: Callable[..., Scenario]) -> None:
    demand = of(make)
    forward = [demand.day(Philox(7, 2), day) for day in range(6)]
    philox = Philox(7, 2)
    for day in (5, 3, 0, 1, 4, 2):
        again, before = demand.day(philox, day), forward[day]
        assert again is not None
        assert before is not None
        assert same(again, before)
    other = demand.day(Philox(7, 3), 0)
    assert other is not None
    assert forward[0] is not None
    assert not same(other, forward[0])


def test_a_service_does_not_depend_on_the_others(make: Callable[..., Scenario]) -> None:
    both = of(make).day(Philox(1, 0), 2)
    alone = of(make, services={"address": SERVICES_["address"]}).day(Philox(1, 0), 2)
    busier = of(make, services=SERVICES_ | {"information": {"volume": {"per_day": 5000}}}).day(Philox(1, 0), 2)
    assert both is not None
    assert alone is not None
    assert busier is not None
    assert same(both, busier, chosen=1)
    own = both.service == 1
    for column in ("time", "number", "segment", "citizen", "online", "complex", "ambiguous", "language"):
        assert np.array_equal(getattr(both, column)[own], getattr(alone, column)), column


def test_more_demand_keeps_who_was_there(make: Callable[..., Scenario]) -> None:
    """Needs have their instants and owners by number: ten percent more adds needs and moves none."""
    base, more = (of(make, services={"a": {"volume": {"per_day": n, "profile": OFFICE}}}).day(Philox(1, 0), 0) for n in (300, 330))
    assert base is not None
    assert more is not None
    kept = np.isin(more.need, base.need)
    assert len(more.time) > len(base.time) == kept.sum()
    assert np.array_equal(more.time[kept], base.time)
    assert np.array_equal(more.citizen[kept], base.citizen)


def test_counts_are_poisson(make: Callable[..., Scenario]) -> None:
    demand, philox = of(make, services={"a": {"volume": {"per_day": 4}}}, horizon="3000 days"), Philox(3, 0)
    counts = np.zeros(3000, dtype=int)
    for arrivals in days(demand, philox, 3000):
        counts[int(arrivals.need[0]) // (SERVICES * NEEDS_PER_DAY_AND_SERVICE)] = len(arrivals.time)
    observed = np.bincount(np.minimum(counts, 11), minlength=12)
    law = stats.poisson(4)
    expected = 3000 * np.array([*law.pmf(range(11)), law.sf(10)])
    assert stats.chisquare(observed, expected).pvalue > 0.001
    assert counts.var() / counts.mean() == pytest.approx(1, abs=4 * np.sqrt(2 / 3000))


def test_instants_follow_the_profile(make: Callable[..., Scenario]) -> None:
    demand, philox = of(make, services={"a": {"volume": {"per_day": 400, "profile": OFFICE}}}), Philox(4, 0)
    observed, expected, within = np.zeros(48), np.zeros(48), []
    for day in range(70):
        arrivals = demand.day(philox, day)
        expected += demand.intensities[0].pieces(day)[1]
        if arrivals is not None:
            observed += np.bincount(demand.calendar.half_hour(arrivals.time), minlength=48)
            within.append(arrivals.time % HALF_HOUR / HALF_HOUR)
    assert not observed[expected == 0].any()
    some = expected > 0
    assert ((observed[some] - expected[some]) ** 2 / expected[some]).sum() < stats.chi2.isf(0.001, some.sum())
    assert stats.kstest(np.concatenate(within), "uniform").pvalue > 0.001


def test_busyness_spreads_the_daily_counts(make: Callable[..., Scenario]) -> None:
    demand, philox, n = of(make, services={"a": {"volume": {"per_day": 200, "busyness": 10}}}, horizon="4000 days"), Philox(5, 0), 4000
    counts = np.array([len(arrivals.time) for arrivals in days(demand, philox, n)])
    variance = 200 + 200**2 / 10
    assert counts.mean() == pytest.approx(200, abs=4 * np.sqrt(variance / n))
    law = stats.nbinom(10, 10 / 210)
    error = np.sqrt((float(law.stats("k")) + 2) / n)
    assert counts.var() / variance == pytest.approx(1, abs=4 * error)
    assert law.var() == pytest.approx(variance)


def test_busyness_is_shared_by_a_gaussian_copula(make: Callable[..., Scenario]) -> None:
    volumes = {"a": ("6", 0.6), "b": ("30", 0.6), "c": ("12", 0.0)}
    services = {name: {"volume": {"per_day": 10, "busyness": float(k), "shared": r}} for name, (k, r) in volumes.items()}
    demand, philox, n = of(make, services=services), Philox(6, 0), 5000
    factors = np.array([[factor for _, factor in demand.factors(philox, day)] for day in range(n)])
    assert factors.mean(axis=0) == pytest.approx([1, 1, 1], abs=4 * np.sqrt(1 / 6 / n))
    for column, (k, _) in enumerate(volumes.values()):
        assert stats.kstest(factors[:, column] * float(k), stats.gamma(float(k)).cdf).pvalue > 0.001
    rank = stats.spearmanr(factors).statistic
    assert rank[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.6 / 2), abs=4 / np.sqrt(n))
    assert rank[0, 2] == pytest.approx(0, abs=4 / np.sqrt(n))


def test_traits_and_owners_come_out_as_written(make: Callable[..., Scenario]) -> None:
    demand, philox = of(make), Philox(8, 0)
    every = list(days(demand, philox, 200))
    column = {c: np.concatenate([getattr(a, c) for a in every]) for c in COLUMNS}
    information = column["service"] == 0
    n = information.sum()
    assert n > 50_000

    def close(values: Any, share: float, n: int) -> bool:
        return abs(float(np.mean(values)) - share) < 4 * np.sqrt(share * (1 - share) / n)

    offline = column["segment"] == 1
    assert close(offline, 0.75, len(offline))
    assert close(column["complex"][information], 0.2, n)
    assert close(column["ambiguous"][information], 0.3, n)
    assert not column["ambiguous"][~information].any()
    assert column["online"][~offline].all()
    assert close(column["online"][offline], 0.4, offline.sum())
    assert close(column["language"][~offline] == 1, 0.25, (~offline).sum())
    assert not column["language"][offline].any()
    assert column["citizen"][~offline].max() < 5000 <= column["citizen"][offline].min()
    observed = np.bincount(column["citizen"][offline] // 500, minlength=20)[10:]
    assert stats.chisquare(observed).pvalue > 0.001
    for citizens in (column["citizen"],):  # a citizen is on line or not for life
        order = np.argsort(citizens, kind="stable")
        again = np.diff(citizens[order]) == 0
        assert again.sum() > 10_000
        assert not (np.diff(column["online"][order].astype(int))[again] != 0).any()


def test_anonymous_stream(make: Callable[..., Scenario]) -> None:
    arrivals = of(make, population=None).day(Philox(1, 0), 0)
    assert arrivals is not None
    assert set(arrivals.citizen.tolist()) == {ANONYMOUS}
    assert arrivals.online.all()
    assert not arrivals.segment.any()
    assert not arrivals.language.any()


def test_daylight_saving_days(make: Callable[..., Scenario]) -> None:
    demand = of(make, services={"a": {"volume": {"per_day": 20_000}}}, timezone="America/Toronto", start=date(2006, 3, 27), horizon="32 weeks")
    for day, missing, hours in ((date(2006, 4, 2), 2, 23), (date(2006, 10, 29), None, 25)):
        arrivals = demand.day(Philox(1, 0), demand.calendar.dates.index(day))
        assert arrivals is not None
        by_hour = np.bincount(demand.calendar.half_hour(arrivals.time) // 2, minlength=24)
        expected = np.full(24, 20_000 / hours)
        if missing is None:
            expected[1] *= 2
        else:
            expected[missing] = 0
            assert by_hour[missing] == 0
        some = expected > 0
        assert ((by_hour[some] - expected[some]) ** 2 / expected[some]).sum() < stats.chi2.isf(0.001, 24)


def test_rates_and_expected_totals(make: Callable[..., Scenario]) -> None:
    demand = of(make, warmup="2 weeks", timezone="America/Toronto")
    edges, rates = demand.rates(0)
    assert (edges[0], edges[-1]) == (demand.calendar.start, demand.calendar.end)
    assert (rates * np.diff(edges) / HOUR).sum() == pytest.approx(demand.expected(0))
    assert demand.expected(1) == pytest.approx(40 * 364)
    assert rates.max() == pytest.approx(2 * 300 * 7 * 5 / (5 * 55 + 6))


def test_replay_takes_instants_and_segments_from_the_records(make: Callable[..., Scenario]) -> None:
    times = np.sort(np.array([-5, 0, 3 * HOUR, 3 * HOUR, DAY - 1, DAY + 7, 3 * DAY, 364 * DAY], dtype=np.int64))
    segments = np.array([0, 0, 1, -1, 0, 1, 1, 0], dtype=np.int64)
    demand, philox = of(make, {1: (times, segments)}, warmup="2 days"), Philox(1, 0)
    plain = of(make, warmup="2 days").day(philox, 0)
    arrivals = demand.day(philox, 0)
    assert arrivals is not None
    assert plain is not None
    own = arrivals.service == 1
    assert arrivals.time[own].tolist() == [0, 3 * HOUR, 3 * HOUR, DAY - 1]
    assert arrivals.number[own].tolist() == [0, 1, 2, 3]
    known = arrivals.segment[own][[0, 1, 3]].tolist()
    assert known == [0, 1, 0]
    assert arrivals.segment[own][2] in (0, 1), "not known: drawn"
    assert same(arrivals, plain, chosen=0)
    assert demand.expected(1) == 2
    assert (demand.rates(1)[1] * np.diff(demand.rates(1)[0]) / HOUR).sum() == pytest.approx(2)
    assert demand.day(philox, 365 + 1) is None


def test_replay_without_segments_draws_them(make: Callable[..., Scenario]) -> None:
    times = np.arange(0, DAY, 43_200_000, dtype=np.int64)
    arrivals = of(make, {0: (times, None)}, services={"information": {}}).day(Philox(1, 0), 0)
    assert arrivals is not None
    assert np.array_equal(arrivals.time, times)
    assert arrivals.segment.mean() == pytest.approx(0.75, abs=4 * np.sqrt(0.75 * 0.25 / len(times)))
    with pytest.raises(ValueError, match="sorted"):
        of(make, {0: (times[::-1], None)})


def test_simultaneous_needs_stand_in_the_order_of_their_ids(make: Callable[..., Scenario]) -> None:
    times = np.repeat(np.arange(1, 11, dtype=np.int64) * HOUR, 100)
    arrivals = of(make, {0: (times, None), 1: (times, None)}).day(Philox(1, 0), 0)
    assert arrivals is not None
    assert np.lexsort((arrivals.need, arrivals.time)).tolist() == list(range(2000))


def test_days_without_needs(make: Callable[..., Scenario]) -> None:
    demand = of(make, services={"a": {"volume": {"per_day": 100, "profile": OFFICE}}})
    assert demand.day(Philox(1, 0), 6) is None, "a Sunday"
    assert demand.day(Philox(1, 0), -1) is None
    assert demand.day(Philox(1, 0), 364) is None


@pytest.mark.parametrize("volume", [1_010_000, 2_000_000, 1e12])
def test_more_needs_than_ids(make: Callable[..., Scenario], volume: float) -> None:
    demand = of(make, services={"a": {"volume": {"per_day": volume}}})
    with pytest.raises(TooManyNeedsError, match="2006-04-03") as caught:
        demand.day(Philox(1, 0), 0)
    assert caught.value.say("fr").startswith("a : ")
    assert caught.value.needs == pytest.approx(volume, rel=0.01)
    assert "at most 999999 a day" in caught.value.say("en")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value), "it travels between processes"


def test_placed_stays_within_its_piece() -> None:
    edges = np.array([0, 10, 20, 30, 40], dtype=np.int64)
    expected = np.array([0.0, 1.0, 3.0, 0.0])
    u = np.array([2.0**-53, 0.2499999, 0.25, 0.5, 1 - 2.0**-53])
    assert placed(u, edges, expected).tolist() == [10, 19, 20, 23, 29]


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=50).filter(lambda e: sum(e) > 1e-6), st.lists(st.floats(2.0**-53, 1 - 2.0**-53), max_size=5))
def test_nobody_comes_outside_or_where_nothing_is_expected(expected: list[float], u: list[float]) -> None:
    weights = np.array(expected)
    edges = np.arange(len(weights) + 1, dtype=np.int64) * 10
    bounds = np.cumsum(weights) / np.cumsum(weights)[-1]
    every = np.clip(np.concatenate([u, bounds, np.nextafter(bounds, 0), np.nextafter(bounds, 1)]), 2.0**-53, 1 - 2.0**-53)
    at = placed(every, edges, weights)
    assert edges[0] <= at.min() <= at.max() < edges[-1]
    assert np.all(weights[at // 10] > 0)
