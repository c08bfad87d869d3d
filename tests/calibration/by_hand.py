"""Records written by hand in a test, and what is made of them."""

from __future__ import annotations

from pathlib import Path

from simcrc.calibration.calibrate import Calibrated, calibrate
from simcrc.calibration.calls import Calls
from simcrc.calibration.mapping_file import read_mapping
from simcrc.calibration.rows import read_calls

HEADER = "id,day,rang,joined,picked,done,kind,outcome,wait,talk,agent,caller"
MAPPING = """\
calibrate: 1
timezone: America/Toronto
missing: ["-"]
drop: [{outcome: ghost}]
call: id
times: {date: day, format: "%d/%m/%Y", arrived: rang, queued: joined, answered: picked, ended: done}
durations: {unit: seconds, waited: wait, handled: talk}
outcomes: {self_service: {outcome: unit}, blocked: {outcome: busy}, served: {outcome: ok}, abandoned: {outcome: hung}}
services: {column: kind, values: {S: sales, H: help}}
callers: {column: caller, missing: ["0"]}
agents: {column: agent}
estimation: {shortest: 10 s, longest: 2 h}
"""


def row(number: int, **cells: str) -> str:
    """A call that is served after 30 s, but for `cells`."""
    usual = {
        "id": f"c{number}",
        "day": "04/03/2024",
        "rang": "9:00:00",
        "joined": "9:00:00",
        "picked": "9:00:30",
        "done": "9:05:30",
        "kind": "S",
        "outcome": "ok",
    }
    usual |= {"wait": "30", "talk": "300", "agent": "ann", "caller": f"p{number}"}
    return ",".join((usual | cells)[name] for name in HEADER.split(","))


def files(folder: Path, rows: list[str], mapping: str = MAPPING, header: str = HEADER, name: str = "calls.csv") -> tuple[Path, Path]:
    """The records and the mapping, written."""
    path, table = folder / name, folder / "mapping.yaml"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    table.write_text(mapping, encoding="utf-8")
    return path, table


def calls_of(folder: Path, rows: list[str], mapping: str = MAPPING, header: str = HEADER) -> Calls:
    """What is read of `rows`."""
    path, table = files(folder, rows, mapping, header)
    return read_calls([path], read_mapping(table).mapping)


def calibrated(folder: Path, rows: list[str], mapping: str = MAPPING, header: str = HEADER) -> Calibrated:
    """The whole way."""
    path, table = files(folder, rows, mapping, header)
    return calibrate(path, table)
