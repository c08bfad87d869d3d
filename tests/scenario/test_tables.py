"""Tables in CSV files: the readers give what the same table written in YAML gives, and say where a cell is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from simcrc.errors import ScenarioError
from simcrc.scenario.tables import read_profile, read_schedule, read_shares
from simcrc.scenario.units import ByWeekday, DaySchedule


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_schedule_is_as_written_in_yaml(tmp_path: Path) -> None:
    inline = TypeAdapter(ByWeekday[DaySchedule]).validate_python({"Mon-Fri": {"08:30": 6.5, "16:00": 0}, "Sat": {"10:00": 2}})
    table = read_schedule(file(tmp_path, "weekday,time,agents\nMon-Fri,16:00,0\nSat,10:00,2\nMon-Fri,08:30,6.5\n"))
    assert {day: values for days, values in inline.items() for day in days} == {day: values for days, values in table.items() for day in days}


def test_columns_in_any_order_with_others_and_a_byte_order_mark(tmp_path: Path) -> None:
    table = read_profile(file(tmp_path, "\ufeffcalls, Weight ,time,weekday\n12, 3,08:00,Mon\n\n9,1,09:00,Mon\n"))
    assert table[(0,)][15:19] == (0.0, 3.0, 3.0, 1.0)


def test_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    assert read_profile(file(tmp_path, "weekday;time;weight\nlun;08:00;2,5\n"))[(0,)][20] == 2.5


def test_one_file_for_several_teams(tmp_path: Path) -> None:
    path = file(tmp_path, "team,weekday,time,agents\nnorth,Mon,08:00,3\nsouth,Mon,08:00,5\n")
    assert read_schedule(path, "north")[(0,)][16] == 3
    assert read_schedule(path, "south")[(0,)][16] == 5
    with pytest.raises(ScenarioError) as caught:
        read_schedule(path, "west")
    assert [problem.code for problem in caught.value.problems] == ["csv_team"]


def test_shares(tmp_path: Path) -> None:
    path = file(tmp_path, "service,segment,channel,share\n,,phone,80 %\n,,web,0.2\ntaxes,young,web,1\n")
    assert read_shares(path) == {"default": {"default": {"phone": 0.8, "web": 0.2}}, "taxes": {"young": {"web": 1.0}}}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [(1, 1, "empty")]),
        ("service,segment,channel,share\n", [(1, 1, "csv_empty")]),
        ("service,segments,channel,share\n,,web,1\n", [(1, 1, "csv_column")]),
        ("service,segment,channel,share\n,,web,0.5\n,,web,0.5\n", [(3, 3, "csv_twice")]),
        ("service,segment,channel,share\ntaxes,young,web,150 %\n,,web\n", [(2, 17, "share"), (3, 1, "csv_cells")]),
        ('service,segment,channel,share\n"a",b,web,half\n', [(2, 11, "share")]),
    ],
)
def test_wrong_cells_have_their_place(tmp_path: Path, text: str, problems: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_shares(file(tmp_path, text))
    assert [(problem.line, problem.column, problem.code) for problem in caught.value.problems] == problems


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_shares(tmp_path / "none.csv")
    assert [problem.code for problem in caught.value.problems] == ["file_unreadable"]
