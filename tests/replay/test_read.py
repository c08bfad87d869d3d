"""Reading records: every row is kept, left out or repaired, and counted by cause."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from replay.small import HEADER, SCENARIO, centre, records
from simcrc.errors import ScenarioError
from simcrc.model.calendar import Calendar
from simcrc.replay.columns import UNKNOWN, clock, duration, spread
from simcrc.replay.read import from_local, read

SECOND = 1_000_000
DAY = 86_400 * SECOND


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> int:
    return day * DAY + (hour * 3600 + minute * 60 + second) * SECOND


def test_instants_services_and_segments(tmp_path: Path) -> None:
    rows = [
        "05/03/2024,9:00:00,9:00:30,H,2,done,9:00:30,12,100",
        "04/03/2024,10:15:00,10:15:20,S,1,done,10:15:20,5,60",
        "04/03/2024,8:00:00,-,S,2,done,8:00:00,3,61",
    ]
    _, found, _ = records(tmp_path, rows)
    times, segments = found[0]
    assert times.tolist() == [at(0, 8), at(0, 10, 15, 20)]  # the first clock that is not missing
    assert segments is not None
    assert segments.tolist() == [1, 0]
    assert found[1][0].tolist() == [at(1, 9, 0, 30)]
    assert found.counts == {"read": 3, "kept": 3}
    assert found.frame["time"].is_monotonic_increasing


def test_every_row_left_out_is_counted_by_cause(tmp_path: Path) -> None:
    rows = [
        "04/03/2024,9:00:00,9:00:30,H,2,ghost,9:00:30,12,100",
        "04/03/2024,9:00:00,9:00:30,H,2,hung,-,0,0",
        "04/03/2024,9:00:00,9:00:30,X,2,done,9:00:30,12,100",
        "04/03/2024,eight,nine,H,2,done,9:00:30,12,100",
        "32/03/2024,9:00:00,9:00:30,H,2,done,9:00:30,12,100",
        "01/03/2024,9:00:00,9:00:30,H,2,done,9:00:30,12,100",
        "04/03/2024,9:00:00,9:00:30,H,2,other,9:00:30,?,100",
        "04/03/2024,9:00:00,9:00:30,H,2,done,9:00:30,12,-5",
    ]
    _, found, _ = records(tmp_path, rows)
    assert found.counts == {
        "read": 8,
        "drop: outcome=ghost": 1,
        "drop: outcome=hung, joined=missing": 1,
        "no service: kind=X": 1,
        "left not readable": 1,
        "entered not readable": 1,
        "time not readable": 2,
        "outside the period": 1,
        "neither served nor abandoned": 1,
        "wait not readable": 1,
        "work not readable (drawn)": 1,
        "kept": 2,
    }


def test_a_call_may_cross_midnight_and_a_clock_may_run_back(tmp_path: Path) -> None:
    rows = [
        "04/03/2024,23:59:50,0:00:05,H,1,done,0:00:05,12,100",
        "05/03/2024,9:00:50,9:00:05,H,1,done,9:00:05,12,100",
    ]
    _, found, _ = records(tmp_path, rows)
    assert found[1][0].tolist() == [at(1, 0, 0, 5), at(1, 9, 0, 5)]
    assert found.counts["crossed midnight"] == 1
    assert found.counts["clock runs back (kept)"] == 1


def test_untold_segments_are_given_in_proportion(tmp_path: Path) -> None:
    rows = [f"04/03/2024,9:00:00,9:{k:02d}:00,H,1,done,-,0,100" for k in range(40)]
    _, found, _ = records(tmp_path, rows)
    segments = found[1][1]
    assert segments is not None
    assert segments.sum() == 10
    assert found.counts["segment not told (given in proportion)"] == 40


def test_what_is_brought(tmp_path: Path) -> None:
    rows = [
        "04/03/2024,9:00:00,9:00:00,H,1,done,9:00:00,12,100",
        "04/03/2024,9:00:00,9:01:00,H,1,hung,9:01:00,30,0",
        "04/03/2024,9:00:00,9:02:00,H,1,done,-,0,200",
    ]
    _, found, _ = records(tmp_path, rows)
    content = found.content[1]
    assert content.work.tolist() == [100 * SECOND, UNKNOWN, 200 * SECOND]
    assert content.patience.tolist() == [UNKNOWN, 30 * SECOND, UNKNOWN]
    assert content.bore.tolist() == [12 * SECOND, 0, 0]
    assert found.frame["queued"].tolist() == [True, True, False]
    assert found.frame["abandoned"].tolist() == [False, True, False]
    assert found.frame["waited"].tolist() == [12.0, 30.0, 0.0]


def test_one_column_may_hold_date_and_time(tmp_path: Path) -> None:
    scenario = SCENARIO.replace('{date: day, format: "%d/%m/%Y", clock: [left, entered], not_before: entered}', '{instant: day, format: "%Y-%m-%d %H:%M:%S"}')
    _, found, _ = records(tmp_path, ["2024-03-04 09:00:30,-,-,H,2,done,9,12,100", "soon,-,-,H,2,done,9,12,100"], scenario)
    assert found[1][0].tolist() == [at(0, 9, 0, 30)]
    assert found.counts["time not readable"] == 1


INSTANT = SCENARIO.replace('{date: day, format: "%d/%m/%Y", clock: [left, entered], not_before: entered}', '{instant: day, format: "%Y-%m-%dT%H:%M:%S%z"}')


def test_times_with_an_offset_are_instants(tmp_path: Path) -> None:
    rows = [f"2024-03-04T{text},-,-,H,2,done,9,12,100" for text in ("09:00:30-05:00", "16:00:00+0100", "04:59:59Z", "10:00:00")]
    _, found, _ = records(tmp_path, rows, INSTANT)
    assert found[1][0].tolist() == [at(0, 9, 0, 30), at(0, 10)]
    assert (found.counts["outside the period"], found.counts["time not readable"]) == (1, 1)


def test_a_form_of_date_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as error:
        centre(tmp_path, [], INSTANT.replace("%Y-%m-%dT%H:%M:%S%z", "%s"))
    assert [problem.code for problem in error.value.problems] == ["strptime"]


def test_records_of_which_nothing_can_be_used(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as error:
        records(tmp_path, ["soon,9:00:00,9:00:30,H,2,done,9:00:30,12,100"])
    (problem,) = error.value.problems
    assert problem.code == "replay_empty"
    assert "time not readable: 1" in problem.say("en")


def test_without_a_column_of_those_who_queued_the_wait_tells(tmp_path: Path) -> None:
    rows = [f"04/03/2024,9:00:00,9:0{i}:30,H,2,done,-,{wait},100" for i, wait in enumerate(("0", "12", "-"))]
    _, found, _ = records(tmp_path, rows, SCENARIO.replace("queued: joined, ", ""))
    assert found.frame["queued"].tolist() == [False, True, False]
    assert found.frame["waited"].tolist() == [0.0, 12.0, 0.0]
    assert "wait not readable" not in found.counts


def test_a_roster_with_semicolons_and_the_mark_of_a_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes("\ufeffdate;time;agents\n2024-03-04;08:00;2\n".encode())
    _, found, calendar = records(tmp_path, ["04/03/2024,9:00:00,9:00:30,H,2,done,9:00:30,12,100"], SCENARIO + "  roster: roster.csv\n")
    assert [agents for _, _, agents in found.roster["agents", calendar.dates[0]]] == [0.0] * 16 + [2.0] * 32


def test_a_roster_by_date(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("date,time,agents\n2024-03-04,08:00,2\n2024-03-04,16:30,0\n2024-03-06,00:00,1\n", encoding="utf-8")
    _, found, calendar = records(tmp_path, ["04/03/2024,9:00:00,9:00:30,H,2,done,9:00:30,12,100"], SCENARIO + "  roster: roster.csv\n")
    first = found.roster["agents", calendar.dates[0]]
    assert [agents for _, _, agents in first] == [0.0] * 16 + [2.0] * 17 + [0.0] * 15
    assert set(found.roster) == {("agents", calendar.dates[0]), ("agents", calendar.dates[2])}


@pytest.mark.parametrize("row", ["2024-03-04,08:60,2", "soon,08:00,2", "2024-03-04,08:00,-1", "2024-03-04,08:00,nan", "2024-03-04,24:00,1"])
def test_a_roster_row_that_cannot_be_read_is_said_with_its_line(tmp_path: Path, row: str) -> None:
    (tmp_path / "roster.csv").write_text(f"date,time,agents\n2024-03-04,08:00,2\n{row}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        records(tmp_path, ["04/03/2024,9:00:00,9:00:30,H,2,done,9:00:30,12,100"], SCENARIO + "  roster: roster.csv\n")
    (problem,) = error.value.problems
    assert (problem.line, problem.code) == (3, "csv_roster")
    assert row in problem.say("fr")
    assert row in problem.say("en")


def test_missing_columns_are_all_said(tmp_path: Path) -> None:
    loaded, data = centre(tmp_path, [])
    (data / "calls.csv").write_text("day,entered,left,kinds,class,outcome,joined,wait\n1,2,3,4,5,6,7,8\n", encoding="utf-8")
    assert loaded.scenario.replay is not None
    with pytest.raises(ScenarioError) as error:
        read(loaded.scenario.replay, loaded.scenario, tmp_path, data, Calendar.of(loaded.scenario))
    said = error.value.say("en")
    assert len(error.value.problems) == 2
    assert 'did you mean "kinds"' in said
    assert "talk" in said


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (HEADER.encode() + b"\n", "csv_empty"), (HEADER.encode() + b"\n\xe9,1,1,1,1,1,1,1,1\n", "file_unreadable")]
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, code: str) -> None:
    loaded, data = centre(tmp_path, [])
    (data / "calls.csv").write_bytes(content)
    assert loaded.scenario.replay is not None
    with pytest.raises(ScenarioError) as error:
        read(loaded.scenario.replay, loaded.scenario, tmp_path, data, Calendar.of(loaded.scenario))
    assert [problem.code for problem in error.value.problems] == [code]


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    loaded, data = centre(tmp_path, [])
    (data / "calls.csv").unlink()
    assert loaded.scenario.replay is not None
    with pytest.raises(ScenarioError) as error:
        read(loaded.scenario.replay, loaded.scenario, tmp_path, data, Calendar.of(loaded.scenario))
    assert [problem.code for problem in error.value.problems] == ["file_missing"]


def test_local_times_when_clocks_change() -> None:
    """America/Toronto, 10 March 2024: 02:00 becomes 03:00; 3 November: 02:00 becomes 01:00."""
    from datetime import date, datetime

    for first in (date(2024, 3, 9), date(2024, 11, 2)):
        calendar = Calendar.between(first, first, date(first.year, first.month, first.day + 3), "America/Toronto")
        times = [(day, hour, 15) for day in range(3) for hour in (0, 1, 4, 12, 23)]
        local = np.array([at(*time) for time in times], dtype=np.int64)
        expected = [calendar.instant(datetime(first.year, first.month, first.day + day, hour, minute)) for day, hour, minute in times]
        assert from_local(local, calendar).tolist() == expected


def test_clock_and_duration_texts() -> None:
    import pandas as pd

    assert clock(pd.Series(["0:00:00", "7:05:09", "23:59", "25:00:00", "x", "", "1:2:3"])).tolist() == [
        0,
        at(0, 7, 5, 9),
        at(0, 23, 59),
        at(1, 1),
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
    ]
    assert duration(pd.Series(["1.5", "-1", "x"]), "minutes").tolist() == [90 * SECOND, UNKNOWN, UNKNOWN]
    assert duration(pd.Series(["0:01:30", "1:30", "75:00"]), "clock").tolist() == [90 * SECOND, 90 * SECOND, 4500 * SECOND]
    assert duration(pd.Series(["1,5", "1,2,3"]), "seconds").tolist() == [1_500_000, UNKNOWN]


def test_clocks_of_twelve_hours() -> None:
    import pandas as pd

    texts = ["12:00 AM", "12:30:00 p.m.", "8:15:30 am", "1:05 PM", "13:00 PM", "0:10 AM"]
    assert clock(pd.Series(texts)).tolist() == [0, at(0, 12, 30), at(0, 8, 15, 30), at(0, 13, 5), UNKNOWN, UNKNOWN]


def test_spread_keeps_every_prefix_in_proportion() -> None:
    given = spread([0.2, 0.3, 0.5], 1000)
    for n in (10, 100, 333, 1000):
        counts = np.bincount(given[:n], minlength=3)
        assert np.abs(counts - n * np.array([0.2, 0.3, 0.5])).max() <= 1.0
