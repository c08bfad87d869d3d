"""The algebra of journeys against exact fractions, enumeration and its own limits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.theory import TheoryError, evaluate
from simcrc.theory.journey import Journey


def solved(start: list[Fraction], transitions: list[list[Fraction]]) -> list[Fraction]:
    """Visits v = start + v P, by elimination in fractions."""
    size = len(start)
    rows = [[Fraction(i == j) - transitions[j][i] for j in range(size)] + [start[i]] for i in range(size)]
    for i in range(size):
        pivot = next(r for r in range(i, size) if rows[r][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(size):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[-1] for row in rows]


@st.composite
def journeys(draw: st.DrawFn) -> tuple[list[Fraction], list[list[Fraction]]]:
    size = draw(st.integers(1, 5))
    weights = st.lists(st.integers(0, 20), min_size=size, max_size=size)

    def row(rest: int) -> list[Fraction]:
        parts = draw(weights)
        return [Fraction(part, sum(parts) + rest) for part in parts]

    return row(draw(st.integers(1, 5))), [row(draw(st.integers(1, 30))) for _ in range(size)]


@given(journeys())
def test_against_fractions(case: tuple[list[Fraction], list[list[Fraction]]]) -> None:
    start, transitions = case
    visits = solved(start, transitions)
    costs = tuple(float(i + 1) for i in range(len(start)))
    ends = tuple(float(1 - sum(row)) for row in transitions)
    model = Journey(tuple(map(float, start)), tuple(tuple(map(float, row)) for row in transitions), costs, ends)
    assert model.contacts_per_need == pytest.approx(float(sum(visits)), rel=1e-9, abs=1e-12)
    assert [model.visits(i) for i in range(len(start))] == pytest.approx([float(v) for v in visits], rel=1e-9, abs=1e-12)
    assert model.cost_per_need == pytest.approx(sum(c * float(v) for c, v in zip(costs, visits, strict=True)), rel=1e-9, abs=1e-12)
    assert model.resolved == pytest.approx(float(sum(start)), abs=1e-9)  # every journey that begins ends somewhere


def test_after_some_contacts_the_citizen_gives_up() -> None:
    args = {"start": (1.0,), "transitions": ((0.5,),), "resolution": (0.25,)}
    assert Journey(**args).contacts_per_need == pytest.approx(2.0)  # type: ignore[arg-type]
    assert Journey(**args, most=3).contacts_per_need == pytest.approx(1.75)  # type: ignore[arg-type]
    assert Journey(**args, most=3).resolved == pytest.approx(1.75 / 4)  # type: ignore[arg-type]
    assert Journey((1.0,), ((1.0,),), most=7).contacts_per_need == pytest.approx(7.0)


def test_names_shares_and_lists() -> None:
    arguments = {"start": [0.5, 0.5], "transitions": [[0, 0.3], [0.2, 0.1]], "costs": [1, 2], "resolution": [0.5, 0.6], "channels": ["web", "phone"]}
    model = Journey(**arguments)  # type: ignore[arg-type]
    assert model.visits("phone") == model.visits(1)
    assert model.channel_share("web") + model.channel_share("phone") == pytest.approx(1.0)
    assert model.cost_per_resolved == pytest.approx(model.cost_per_need / model.resolved)
    assert evaluate("journey.visits", arguments | {"channel": "web"}) == pytest.approx(model.visits(0))
    for channel in ("fax", 2, -1):
        with pytest.raises(TheoryError):
            model.visits(channel)


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": (0.7, 0.7)},
        {"start": ()},
        {"start": 1.0},
        {"transitions": ((0.5, 0.6), (0.0, 0.0))},
        {"transitions": ((0.5,), (0.0, 0.0))},
        {"transitions": ((0.5, 0.1),)},
        {"transitions": ((0.0, 1.0), (1.0, 0.0))},
        {"transitions": ((0.0, -0.1), (0.0, 0.0))},
        {"costs": (1.0,)},
        {"costs": (-1.0, 2.0)},
        {"resolution": (0.9, 0.9), "transitions": ((0.0, 0.5), (0.0, 0.0))},
        {"channels": ("web",)},
        {"most": 0},
    ],
)
def test_wrong_parameters(wrong: dict[str, object]) -> None:
    with pytest.raises(TheoryError):
        Journey(**({"start": (0.5, 0.5), "transitions": ((0.1, 0.2), (0.3, 0.4))} | wrong))  # type: ignore[arg-type]
