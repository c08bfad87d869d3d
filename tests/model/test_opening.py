"""Intervals of opening: merging, outages, edges; held against a plain search."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simcrc.draws import FAR
from simcrc.model.opening import Opening

INTERVALS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(INTERVALS, INTERVALS, st.integers(-3, 65), st.integers(-3, 65))
def test_agrees_with_a_plain_search(intervals: list[tuple[int, int]], outages: list[tuple[int, int]], a: int, b: int) -> None:
    minutes = {t for s, e in intervals for t in range(s, e)} - {t for s, e in outages for t in range(s, e)}
    opening = Opening.of(intervals, outages)
    assert opening.is_open(a) == (a in minutes)
    assert opening.next_open(a) == min((t for t in minutes if t >= a), default=FAR)
    assert opening.closes_at(a) == next(t for t in range(a, 100) if t not in minutes)
    assert opening.open_time(a, b) == sum(a <= t < b for t in minutes)
    assert not opening.always


@given(INTERVALS, INTERVALS)
def test_intervals_are_sorted_disjoint_and_apart(intervals: list[tuple[int, int]], outages: list[tuple[int, int]]) -> None:
    opening = Opening.of(intervals, outages)
    edges = [edge for pair in zip(opening.starts, opening.ends, strict=True) for edge in pair]
    assert edges == sorted(set(edges))


def test_edges_are_half_open() -> None:
    opening = Opening.of([(10, 20), (20, 30), (40, 50)])
    assert (opening.starts, opening.ends) == ([10, 40], [30, 50])
    assert [opening.is_open(t) for t in (9, 10, 29, 30, 40, 49, 50)] == [False, True, True, False, True, True, False]
    assert [opening.next_open(t) for t in (9, 10, 30, 50)] == [10, 10, 40, FAR]
    assert [opening.closes_at(t) for t in (10, 29, 30, 40)] == [30, 30, 30, 50]


def test_always_open() -> None:
    opening = Opening.of([(-FAR, FAR)])
    assert opening.always
    assert (opening.is_open(7), opening.next_open(7), opening.closes_at(7), opening.open_time(3, 10)) == (True, 7, FAR, 7)
    assert opening.open_time(10, 3) == 0


def test_always_open_but_for_an_outage() -> None:
    opening = Opening.of([(-FAR, FAR)], [(10, 20)])
    assert not opening.always
    assert [opening.next_open(t) for t in (5, 10, 19, 20)] == [5, 20, 20, 20]
    assert opening.closes_at(5) == 10
    assert opening.closes_at(20) == FAR
    assert opening.open_time(0, 30) == 20


@given(INTERVALS, st.lists(st.integers(-3, 65), max_size=12))
def test_many_instants_are_answered_as_each(intervals: list[tuple[int, int]], times: list[int]) -> None:
    opening = Opening.of(intervals)
    asked = np.array(sorted(times), dtype=np.int64)
    assert opening.are_open(asked).tolist() == [opening.is_open(t) for t in sorted(times)]
    assert Opening.of([(-FAR, FAR)]).are_open(asked).all()
