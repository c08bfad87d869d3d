"""Every trap of real records is met, counted, shown with its lines, and does to the figures what is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from calibration.by_hand import HEADER, MAPPING, calls_of, row
from simcrc.calibration.calls import ABANDONED, BLOCKED, SERVED, Calls
from simcrc.calibration.traps import MOMENTS, TRAPS
from simcrc.errors import ScenarioError


def met(calls: Calls) -> dict[tuple[str, str], tuple[int, list[int]]]:
    """Code and detail → rows and the lines of the first."""
    return {(trap.code, trap.detail): (trap.count, [line for _, line in trap.examples]) for trap in calls.traps}


def test_a_clean_row_meets_none(tmp_path: Path) -> None:
    calls = calls_of(tmp_path, [row(1), row(2, rang="10:00:00", joined="10:00:00", picked="10:00:30", done="10:05:30")])
    assert met(calls) == {}
    assert (calls.traps.rows, calls.traps.kept) == (2, 2)
    assert calls.part.wait.tolist() == [30.0, 30.0]
    assert calls.part.work.tolist() == [300.0, 300.0]
    assert calls.part.start.tolist() == [9 * 3600 + 30, 10 * 3600 + 30]


def test_rows_that_are_left_out(tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, outcome="ghost"),
        "," * (HEADER.count(",")),
        HEADER,
        row(3) + ",more",
        row(4, kind="X"),
        row(5, kind="Y"),
        row(6, outcome="unit"),
        row(7, outcome="what"),
        row(8, rang="-"),
        row(9, rang="nine"),
        row(10, day="31/02/2024"),
        row(11, rang="24:10:00"),
        row(1, rang="9:30:00", joined="9:30:00", picked="9:30:30", done="9:35:30"),
        row(12, day="04/02/2024"),
        row(13, day="06/03/2024"),
        row(14, day="03/03/2024"),
    ]
    mapping = MAPPING + 'period: {first: 2024-03-01, last: 2024-03-31, without: [2024-03-06]}\nhours: "Mon-Fri 08:00-20:00"\n'
    calls = calls_of(tmp_path, rows, mapping)
    assert met(calls) == {
        ("drop", "outcome=ghost"): (1, [3]),
        ("blank", ""): (1, [4]),
        ("header", ""): (1, [5]),
        ("cells", ""): (1, [6]),
        ("no_service", "kind=X"): (1, [7]),
        ("no_service", "kind=Y"): (1, [8]),
        ("self_service", ""): (1, [9]),
        ("no_outcome", ""): (1, [10]),
        ("no_arrival", ""): (1, [11]),
        ("bad_arrival", ""): (3, [12, 13, 14]),
        ("duplicate", ""): (1, [15]),
        ("outside_period", ""): (1, [16]),
        ("without_day", ""): (1, [17]),
        ("outside_hours", ""): (1, [18]),
        ("unsorted", ""): (2, [16, 18]),
    }
    assert (calls.traps.rows, calls.traps.kept, calls.self_service) == (len(rows), 1, 1)
    assert sum(trap.count for trap in calls.traps if trap.left_out) + calls.traps.kept == calls.traps.rows
    assert (str(calls.first), calls.length) == ("2024-03-01", 31)


def test_times_that_cannot_be_read_or_run_back(tmp_path: Path) -> None:
    rows = [
        row(1, picked="later", done="-"),
        row(2, picked="8:59:59"),
        row(3, picked="8:50:00", done="8:55:00"),
        row(4, rang="23:59:50", joined="23:59:50", picked="0:00:20", done="0:05:20"),
        row(5, picked="9:75:00"),
    ]
    calls = calls_of(tmp_path, rows)
    assert met(calls) == {
        ("bad_time", "answered"): (2, [2, 6]),
        ("midnight", "answered"): (1, [5]),
        ("midnight", "ended"): (1, [5]),
        ("jitter", "answered"): (1, [3]),
        ("runs_back", "answered"): (1, [4]),
        ("no_start", ""): (2, [2, 6]),
        ("unsorted", ""): (1, [6]),
    }
    by_line = dict(zip(calls.part.line.tolist(), calls.part.start.tolist(), strict=True))
    assert by_line == {2: 32_430.0, 3: 32_399.0, 4: 31_800.0, 5: 86_420.0, 6: 32_430.0}


def test_years_that_cannot_be(tmp_path: Path) -> None:
    calls = calls_of(tmp_path, [row(1), *[row(2 + k, day=f"01/01/{year}") for k, year in enumerate(("0001", "1900", "2250", "9999"))]])
    assert met(calls) == {("bad_arrival", ""): (4, [3, 4, 5])}
    assert calls.traps.kept == 1


def test_lengths_that_cannot_be(tmp_path: Path) -> None:
    rows = [
        row(1, talk="-5"),
        row(2, talk="x"),
        row(3, talk="90000"),
        row(4, wait="-1"),
        row(5, talk="0"),
        row(6, talk="4"),
        row(7, outcome="hung", talk="12", picked="-", agent="-"),
        row(8, agent="-"),
        row(9, caller="0"),
    ]
    calls = calls_of(tmp_path, rows)
    assert met(calls) == {
        ("bad_length", "handled"): (1, [3]),
        ("negative", "handled"): (1, [2]),
        ("negative", "waited"): (1, [5]),
        ("long", "handled"): (1, [4]),
        ("wait_unknown", ""): (1, [5]),
        ("work_unknown", ""): (3, [2, 3, 4]),
        ("zero", ""): (1, [6]),
        ("short", ""): (1, [7]),
        ("worked_on", ""): (1, [8]),
        ("no_agent", ""): (1, [9]),
        ("no_caller", ""): (1, [10]),
    }
    assert np.isnan(calls.part.work).tolist() == [True, True, True, *[False] * 6]
    assert calls.part.outcome[6] == ABANDONED
    assert calls.part.work[6] == 0


def test_order_and_identical_rows(tmp_path: Path) -> None:
    same = "call: id\n"
    rows = [row(1, rang="10:00:00", joined="-"), row(2, rang="9:00:00"), row(2, rang="9:00:00")]
    calls = calls_of(tmp_path, rows, MAPPING.replace(same, ""))
    assert met(calls)["identical", ""] == (1, [4])
    assert met(calls)["unsorted", ""][0] == 1
    assert calls.part.local.tolist() == sorted(calls.part.local.tolist())
    assert calls.traps.kept == 3


def test_clocks_forward_and_back(tmp_path: Path) -> None:
    """10 March 2024, 2 to 3 h, is not there; 3 November, 1 to 2 h, is there twice.  Lengths are those that really passed."""
    mapping = MAPPING.replace("durations: {unit: seconds, waited: wait, handled: talk}\n", "")
    forward = [
        row(1, day="10/03/2024", rang="1:59:50", joined="1:59:50", picked="3:00:10", done="3:05:10"),
        row(2, day="10/03/2024", rang="2:30:00", joined="-", picked="3:30:00", done="3:31:00"),
    ]
    calls = calls_of(tmp_path, forward, mapping)
    assert calls.part.wait.tolist() == [20.0, 0.0]
    assert calls.part.work.tolist() == [300.0, 60.0]
    assert met(calls) == {("gap", "arrived"): (1, [3])}
    back = [
        row(1, day="03/11/2024", rang="0:59:50", joined="0:59:50", picked="1:00:10", done="2:00:10"),
        row(2, day="03/11/2024", rang="1:59:50", joined="1:59:50", picked="1:00:10", done="1:05:10"),
        row(3, day="03/11/2024", rang="5:00:00", joined="-", picked="5:00:00", done="5:05:00"),
    ]
    calls = calls_of(tmp_path, back, mapping)
    assert calls.part.wait.tolist() == [20.0, 20.0, 0.0]
    assert calls.part.work.tolist() == [7200.0, 300.0, 300.0]
    assert met(calls)["overlap", "arrived"] == (1, [3])
    assert met(calls)["overlap", "answered"] == (2, [2, 3])


def test_outcomes_in_order_and_without_conditions(tmp_path: Path) -> None:
    rows = [row(1), row(2, outcome="busy", joined="-", picked="-"), row(3, outcome="hung", picked="-"), row(4, outcome="ok", joined="-", wait="0")]
    calls = calls_of(tmp_path, rows)
    assert calls.part.outcome.tolist() == [SERVED, BLOCKED, ABANDONED, SERVED]
    assert calls.part.queued.tolist() == [True, False, True, False]
    bare = "\n".join(line for line in MAPPING.splitlines() if not line.startswith("outcomes")) + "\n"
    calls = calls_of(tmp_path, rows, bare)
    assert calls.part.outcome.tolist() == [SERVED, ABANDONED, ABANDONED, SERVED]


def test_nothing_left(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as error:
        calls_of(tmp_path, [row(1, kind="X"), row(2, rang="-")])
    (problem,) = error.value.problems
    assert "kind=X" in problem.say("en")
    assert "calls.csv" in problem.say("fr")


def test_every_trap_has_words() -> None:
    for code, words in TRAPS.items():
        assert words.fr != words.en, code
        assert ("{detail}" in words.fr) == ("{detail}" in words.en)
    assert all(words.fr for words in MOMENTS.values())
