"""What the records bring reaches the engine: instants, work, patience, the roster by date; and time not ready when somebody waits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from replay.small import SCENARIO, records
from simcrc.distributions.empirical import Empirical
from simcrc.distributions.exponential import Exponential
from simcrc.draws import Philox
from simcrc.engine.run import simulate
from simcrc.log import Kind, Outcome, Rows
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.replay.fit import beyond

SECOND = 1_000_000
ROWS = [
    "04/03/2024,9:00:00,9:00:00,H,1,done,-,0,1000",
    "04/03/2024,9:00:00,9:00:10,H,1,done,-,0,1000",
    "04/03/2024,9:00:00,9:00:20,S,1,done,-,0,1000",
    "04/03/2024,9:00:00,9:01:00,H,1,hung,9:01:00,30,0",
    "04/03/2024,9:00:00,9:02:00,H,1,done,9:02:00,900,50",
    "05/03/2024,9:00:00,9:00:00,S,1,done,-,0,77",
]


def log_of(model: Model, replication: int = 0) -> Rows:
    chunks: list[Rows] = []
    simulate(model, replication, chunks.append)
    return np.concatenate(chunks)


def rows_of(log: Rows, kind: Kind) -> Rows:
    return log[log[:, 1] == kind]


def test_the_log_shows_what_was_brought(tmp_path: Path) -> None:
    loaded, found, _ = records(tmp_path, ROWS)
    for replication in range(3):
        log = log_of(compile(loaded.scenario, found), replication)
        started, ended = rows_of(log, Kind.SERVICE_STARTED), rows_of(log, Kind.SERVICE_ENDED)
        begun = dict(zip(started[:, 2].tolist(), started[:, 0].tolist(), strict=True))
        assert sorted((row[0] - begun[row[2]]) // SECOND for row in ended.tolist()) == [50, 77, 1000, 1000, 1000]
        outcomes = rows_of(log, Kind.CONTACT_ENDED)
        gone = outcomes[outcomes[:, 4] == Outcome.ABANDONED]
        assert [row[0] for row in gone.tolist()] == [(9 * 3600 + 90) * SECOND]  # all three agents busy: it leaves after its 30 s
        assert (outcomes[:, 4] == Outcome.SERVED).sum() == 5  # who waited 900 s waits longer than 120 s here too


def test_nothing_is_brought_when_it_is_not_asked(tmp_path: Path) -> None:
    loaded, found, _ = records(tmp_path, ROWS, SCENARIO.replace("[work, patience]", "[]"))
    log = log_of(compile(loaded.scenario, found))
    started, ended = rows_of(log, Kind.SERVICE_STARTED), rows_of(log, Kind.SERVICE_ENDED)
    begun = dict(zip(started[:, 2].tolist(), started[:, 0].tolist(), strict=True))
    assert all((row[0] - begun[row[2]]) % SECOND for row in ended.tolist())  # drawn, to the microsecond
    assert sorted(rows_of(log, Kind.NEED_STARTED)[:, 0].tolist()) == sorted(found.frame["time"].tolist())


def test_recorded_patience_needs_no_law_of_patience(tmp_path: Path) -> None:
    loaded, found, _ = records(tmp_path, ROWS, SCENARIO.replace("    patience: {exponential: 2 min}\n", ""))
    outcomes = rows_of(log_of(compile(loaded.scenario, found)), Kind.CONTACT_ENDED)
    gone = outcomes[outcomes[:, 4] == Outcome.ABANDONED]
    assert [row[0] for row in gone.tolist()] == [(9 * 3600 + 90) * SECOND]
    assert (outcomes[:, 4] == Outcome.SERVED).sum() == 5


def test_recorded_work_of_complex_needs_is_as_recorded(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("sales: {}", "sales: {complexity: 100 %}").replace("help: {}", "help: {complexity: 100 %}")
    scenario = scenario.replace("patience: {exponential: 2 min}", "patience: 30 days\n    complex: {handle_time: 1.7}")
    loaded, found, _ = records(tmp_path, ROWS, scenario)
    log = log_of(compile(loaded.scenario, found))
    started, ended = rows_of(log, Kind.SERVICE_STARTED), rows_of(log, Kind.SERVICE_ENDED)
    begun = dict(zip(started[:, 2].tolist(), started[:, 0].tolist(), strict=True))
    spans = [row[0] - begun[row[2]] for row in ended.tolist()]
    assert sorted(round(span / SECOND) for span in spans) == [50, 77, 1000, 1000, 1000]
    assert all(abs(span - round(span / SECOND) * SECOND) <= 1 for span in spans)


def test_the_roster_goes_before_the_schedule(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("date,time,agents\n2024-03-05,08:00,2\n2024-03-05,17:30,0\n", encoding="utf-8")
    loaded, found, calendar = records(tmp_path, ROWS, SCENARIO + "  roster: roster.csv\n")
    model = compile(loaded.scenario, found)
    changes = list(model.staffing.changes(Philox(model.seed, 0)))
    hour, first, second = 3600 * SECOND, calendar.midnights[1], calendar.midnights[2]
    agents = [(instant, n) for instant, _, n in changes if n or instant]
    assert agents == [(0, 3), (first, 0), (first + 8 * hour, 2), (first + 17 * hour + hour // 2, 0), (second, 3)]


def test_a_roster_may_change_at_any_minute(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("date,time,agents\n2024-03-04,08:10,2\n2024-03-04,08:25,5\n2024-03-04,09:45,0\n", encoding="utf-8")
    loaded, found, _ = records(tmp_path, ROWS, SCENARIO + "  roster: roster.csv\n")
    staffed = rows_of(log_of(compile(loaded.scenario, found)), Kind.STAFFED)
    first = [(row[0] // (60 * SECOND), row[3]) for row in staffed.tolist() if row[0] < 86_400 * SECOND]
    assert first == [(0, 0), (490, 2), (505, 5), (585, 0)]


def test_what_lies_beyond_a_bound() -> None:
    law = Exponential(mean=100 * SECOND)
    u = (np.arange(20_000) + 0.5) / 20_000
    bound = np.full(len(u), 70 * SECOND)
    values = law.quantile(beyond(law, u, bound))
    assert values.min() > 70 * SECOND
    assert values.mean() == pytest.approx(170 * SECOND, rel=0.002)  # no memory


def test_beyond_the_end_of_a_curve_one_waits_on() -> None:
    law = Empirical(points=((10 * SECOND, 0.5), (20 * SECOND, 0.8)))
    u = np.array([0.1, 0.5, 0.9])
    assert np.all(np.isinf(law.quantile(beyond(law, u, np.full(3, 25 * SECOND)))))


@pytest.mark.parametrize(("second", "taken"), [("9:00:30", 63), ("9:02:30", 150)])
def test_time_not_ready_depends_on_who_waits(tmp_path: Path, second: str, taken: int) -> None:
    """One agent.  Not ready 3 s when somebody waits at the end of the call, 20 s when nobody does."""
    scenario = SCENARIO.replace("{week: {Mon-Sun: 3}}", "{week: {Mon-Sun: 1}}, not_ready: 20 s, not_ready_waiting: 3 s")
    rows = ["04/03/2024,9:00:00,9:00:00,H,1,done,-,0,60", f"04/03/2024,9:00:00,{second},H,1,done,{second},500,10"]
    loaded, found, _ = records(tmp_path, rows, scenario)
    log = log_of(compile(loaded.scenario, found))
    started = sorted(rows_of(log, Kind.SERVICE_STARTED)[:, 0].tolist())
    assert [instant // SECOND - 9 * 3600 for instant in started] == [0, taken]
    freed = rows_of(log, Kind.AGENT_FREED)[:, 5] // SECOND
    assert freed.tolist() == [3 if taken == 63 else 20, 20]
