"""What must not depend on anything it does not name: draws on the path they are made by, the log on memory, needs on other
services."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from simcrc.blocks import Block
from simcrc.distributions.lognormal import Lognormal
from simcrc.draws import Decision, Philox, Purpose, Quantity, about
from simcrc.engine import run as engine_run
from simcrc.model.compile import compile
from simcrc.scenario.scenario import Scenario
from tests.engine.small import tell


def block() -> Block:
    return Block(Philox(7, 3), 12, "info", 0, 500)


@pytest.mark.parametrize("place", [0, 1, 7, 9, 1 << 32, 9 << 33])
def test_columns_and_single_draws_are_the_same_numbers(place: int) -> None:
    quantity = Quantity(1, Purpose.WORK, ((Lognormal(mean=300_000_000, cv=1.3),),))
    columns, single = block(), block()
    single.forget()
    for row in (0, 1, 17, 499):
        assert columns.duration(quantity, row, place) == single.duration(quantity, row, place)
        assert columns.uniform(Purpose.RESOLVED, row, place) == single.uniform(Purpose.RESOLVED, row, place)
        assert columns.gumbel(about(Decision.CHASE, 99), row, place) == single.gumbel(about(Decision.CHASE, 99), row, place)


def test_every_address_is_a_draw_of_its_own() -> None:
    draws = [block().uniform(purpose, row, place) for purpose in range(20) for row in range(20) for place in (0, 1, 5, 1 << 32, 3 << 32)]
    assert len(set(draws)) == len(draws)
    assert abs(np.mean(draws) - 0.5) < 4 * 0.2887 / np.sqrt(len(draws))


def test_philox_is_the_published_generator() -> None:
    """Salmon et al. 2011: ten rounds of Philox 4x64, in plain integers."""

    def philox(counter: list[int], key: list[int]) -> list[int]:
        c, k, mask = list(counter), list(key), (1 << 64) - 1
        for _ in range(10):
            high, low = 0xD2E7470EE14C6C93 * c[0], 0xCA5A826395121157 * c[2]
            c = [(low >> 64) ^ c[1] ^ k[0], low & mask, (high >> 64) ^ c[3] ^ k[1], high & mask]
            k = [(k[0] + 0x9E3779B97F4A7C15) & mask, (k[1] + 0xBB67AE8584CAA73B) & mask]
        return c

    generator = Philox(7, 3)
    assert [generator.word(number, 5, 6, 9) for number in range(164, 168)] == philox([42, 5, 6, 9], [7, 3])
    assert generator.words(5, 6, 9, 168)[164:].tolist() == philox([42, 5, 6, 9], [7, 3])


def small_year() -> Scenario:
    return Scenario.model_validate(
        {
            "simcrc": 1,
            "name": "all sorts",
            "start": "2007-01-08",
            "horizon": "4 weeks",
            "seed": 5,
            "services": {"a": {"volume": {"per_day": 120}, "ambiguity": 0.3}, "b": {"volume": {"per_day": 60}, "complexity": 0.4}},
            "population": {
                "size": 5000,
                "segments": {"x": {"share": 0.6, "access": 0.8}, "y": {"share": 0.4, "access": 0.1, "patience": {"exponential": {"mean": "2 min"}}}},
            },
            "channels": {
                "web": {"kind": "web", "completion": 0.6},
                "ivr": {"kind": "ivr", "opt_out": 0.5, "completion": 0.8},
                "phone": {
                    "kind": "phone",
                    "via": "ivr",
                    "lines": 6,
                    "hours": "Mon-Fri 08:30-16:30",
                    "handle_time": {"gamma": {"mean": "8 min", "cv": 0.8}},
                    "resolution": 0.7,
                },
                "mail": {
                    "kind": "mail",
                    "incomplete": 0.2,
                    "lost": 0.05,
                    "steps": {"scan": {"handle_time": "2 min"}, "process": {"handle_time": {"exponential": {"mean": "15 min"}}}},
                },
            },
            "teams": {
                "agents": {"serves": ["phone"], "schedule": {"week": {"Mon-Fri": {"08:30": 3, "16:30": 0}}}, "absence": 0.1},
                "clerks": {"serves": ["mail", "phone"], "schedule": {"week": {"Mon-Fri": {"08:00": 2, "16:00": 0}}}},
            },
            "choice": {
                "first": {"table": {"default": {"x": {"web": 0.4, "phone": 0.5, "mail": 0.1}, "y": {"phone": 0.7, "mail": 0.3}}}},
                "next": {
                    "web.failed": {"phone": 0.6, "mail": 0.1, "give_up": 0.3},
                    "ivr.failed": {"phone": 1.0},
                    "phone.abandoned": {"redial": "60 % after 20 min", "give_up": 0.4},
                    "phone.closed": {"redial": "80 % after 12 h", "give_up": 0.2},
                    "phone.blocked": {"redial": "90 % after 5 min", "give_up": 0.1},
                    "phone.unresolved": {"phone": {"share": 0.7, "after": {"exponential": {"mean": "2 days"}}}, "mail": 0.3},
                },
                "chase": {"mail": {"to": {"phone": 1.0}, "after": {"weibull": {"scale": "8 days", "shape": 2}}, "resolves": 0.1}},
                "verify": {"web": {"to": "phone", "probability": 0.5, "when": "ambiguous", "after": {"exponential": {"mean": "1 day"}}}},
                "induced": {"web": {"to": "phone", "probability": 0.05}},
            },
        }
    )


def test_forgetting_columns_and_the_size_of_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    model = compile(small_year())
    rows = tell(model).rows
    monkeypatch.setattr(engine_run, "MEMORY", 0)
    monkeypatch.setattr(engine_run, "PIECE", 600)
    assert np.array_equal(rows, tell(compile(small_year())).rows)
    assert len(rows) > 10_000


def test_replications_differ_and_repeat() -> None:
    model = compile(small_year())
    first, second, again = tell(model, 0).rows, tell(model, 1).rows, tell(model, 0).rows
    assert np.array_equal(first, again)
    assert first.shape != second.shape or not np.array_equal(first, second)


def test_more_of_one_service_leaves_the_needs_of_the_other_alone() -> None:
    def needs(per_day: int) -> np.ndarray:
        doc = small_year()
        volume = doc.services["a"].volume.model_copy(update={"per_day": float(per_day)})
        services = doc.services | {"a": doc.services["a"].model_copy(update={"volume": volume})}
        rows = tell(compile(doc.model_copy(update={"services": services}))).rows
        rows = rows[rows[:, 1] == 1]
        return rows[(rows[:, 2] // 1_000_000) % 100 == 1]

    assert np.array_equal(needs(120), needs(200))


def test_a_replication_leaves_nothing_to_the_collector_of_cycles() -> None:
    """The engine runs with the collector off: what grows with the number of contacts must not be in cycles."""
    model = compile(small_year())
    gc.collect()
    gc.disable()
    try:
        contacts = sum(int(row[1] == 10) for row in tell(model).rows)
        found = gc.collect()
    finally:
        gc.enable()
    assert contacts > 5_000
    assert found < 1_000
