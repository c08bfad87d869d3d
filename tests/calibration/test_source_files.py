"""Files as organisations have them: separators, encodings, decimal signs, tabs, Parquet, compressed, in several parts, and broken ones."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from calibration.by_hand import HEADER, MAPPING, calls_of, files, row
from calibration.logs import MAPPING as LOG
from calibration.logs import contacts, write_log
from simcrc.calibration.calls import Calls
from simcrc.calibration.mapping_file import read_mapping
from simcrc.calibration.rows import read_calls
from simcrc.calibration.source_files import expand
from simcrc.errors import ScenarioError

ROWS = [row(k, rang=f"9:{k:02d}:00", joined=f"9:{k:02d}:00", picked=f"9:{k:02d}:30", done=f"9:{k + 5:02d}:30", talk=str(100 + k)) for k in range(9)]


def read(path: Path | list[Path], mapping: str, rows: int | None = None) -> Calls:
    paths = path if isinstance(path, list) else [path]
    table = paths[0].parent / "mapping.yaml"
    table.write_text(mapping, encoding="utf-8")
    return read_calls(paths, read_mapping(table).mapping, rows)


def same(one: Calls, two: Calls) -> None:
    for name in ("service", "outcome", "local", "arrival", "start", "queued", "wait", "work", "caller", "call"):
        assert np.array_equal(getattr(one.part, name), getattr(two.part, name), equal_nan=name in ("start", "wait", "work")), name
    assert [one.agents[k] for k in one.part.agent] == [two.agents[k] for k in two.part.agent]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_separators_and_encodings(tmp_path: Path, separator: str, encoding: str) -> None:
    usual = calls_of(tmp_path, ROWS)
    path = tmp_path / "other.csv"
    path.write_text("\n".join([HEADER, *ROWS]).replace(",", separator).replace("ann", "hélène") + "\n", encoding=encoding)
    found = read(path, MAPPING + f"files: {{encoding: {encoding.removesuffix('-sig')}}}\n")
    assert found.agents == ("hélène",)
    assert found.part.work.tolist() == usual.part.work.tolist()
    assert not list(found.traps)


def test_another_encoding_than_stated_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes("\n".join([HEADER, *ROWS, ""]).replace("ann", "hélène", 2).encode("latin-1"))
    found = read(path, MAPPING)
    (trap,) = found.traps
    assert (trap.code, trap.count, [line for _, line in trap.examples]) == ("characters", 2, [2, 3])
    assert found.traps.kept == 9


@pytest.mark.parametrize(
    ("unit", "decimal", "talk", "seconds"),
    [
        ("seconds", None, "100,5", 100.5),
        ("seconds", None, "100.5", 100.5),
        ("seconds", ",", "100,5", 100.5),
        ("seconds", ".", "100,5", None),
        ("seconds", ",", "1.005", None),
        ("milliseconds", None, "1500", 1.5),
        ("minutes", None, "1.5", 90.0),
        ("clock", None, "1:40", 100.0),
        ("clock", None, "0:01:40", 100.0),
        ("clock", None, "-0:01", None),
        ("seconds", None, "1 000", None),
    ],
)
def test_units_and_decimal_signs(tmp_path: Path, unit: str, decimal: str | None, talk: str, seconds: float | None) -> None:
    mapping = MAPPING.replace("unit: seconds", f"unit: {unit}") + ("" if decimal is None else f'files: {{decimal: "{decimal}", separator: ";"}}\n')
    lines = [line.replace(",", ";") for line in (HEADER, row(1, wait="0", talk="TALK"))]
    path = tmp_path / "calls.csv"
    path.write_text("\n".join(lines).replace("TALK", talk) + "\n", encoding="utf-8")
    (work,) = read(path, mapping).part.work
    assert np.isnan(work) if seconds is None else work == seconds


def test_parts_of_any_size_give_the_same(tmp_path: Path) -> None:
    rows = [*ROWS[:4], ROWS[4] + ",more", "", *ROWS[5:], row(3, kind="X")]
    path, _ = files(tmp_path, rows)
    whole = read(path, MAPPING)
    for size in (1, 2, 3, 5):
        parts = read(path, MAPPING, size)
        same(whole, parts)
        assert [(trap.code, trap.count, trap.examples) for trap in parts.traps] == [(trap.code, trap.count, trap.examples) for trap in whole.traps]


def test_several_files_and_patterns(tmp_path: Path) -> None:
    whole = calls_of(tmp_path, ROWS)
    (tmp_path / "part-1.csv").write_text("\n".join([HEADER, *ROWS[:5]]) + "\n", encoding="utf-8")
    with gzip.open(tmp_path / "part-2.csv.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join([HEADER, *ROWS[5:]]) + "\n")
    paths = expand([str(tmp_path / "part-*"), tmp_path / "part-1.csv"])
    assert [path.name for path in paths] == ["part-1.csv", "part-2.csv.gz"]
    same(whole, read(paths, MAPPING))


def test_a_text_with_tabs(tmp_path: Path) -> None:
    path = tmp_path / "calls.txt"
    path.write_text("\n".join([HEADER, *ROWS]).replace(",", "\t").replace("ann", "Roy, Ann; Québec") + "\n", encoding="utf-8")
    assert read(path, MAPPING).agents == ("Roy, Ann; Québec",)


def test_parquet_with_instants_of_its_own(tmp_path: Path) -> None:
    rows = contacts().head(500)
    texts = read(write_log(tmp_path / "calls.csv", rows), LOG)
    own = read(write_log(tmp_path / "calls.parquet", rows), LOG)
    same(texts, own)
    dull = rows.assign(**{name: rows[name].dt.tz_localize(None) for name in ("arrived", "queued", "answered", "ended")})  # wall-clock times
    same(texts, read(write_log(tmp_path / "dull.parquet", dull), LOG))
    lengths = rows.assign(talk=rows["ended"] - rows["answered"], waited=(rows["answered"].fillna(rows["ended"]) - rows["queued"]))
    found = read(write_log(tmp_path / "lengths.parquet", lengths), LOG + "durations: {waited: waited, handled: talk}\n")
    assert found.part.work == pytest.approx(texts.part.work)
    assert found.part.wait == pytest.approx(texts.part.wait)


def test_wall_clock_texts(tmp_path: Path) -> None:
    rows = contacts().head(500)
    offset = read(write_log(tmp_path / "calls.csv", rows), LOG)
    local = rows.assign(**{name: rows[name].dt.tz_localize(None) for name in ("arrived", "queued", "answered", "ended")})
    same(offset, read(write_log(tmp_path / "local.csv", local, "%Y-%m-%dT%H:%M:%S.%f"), LOG.replace(', format: "%Y-%m-%d %H:%M:%S.%f%z"', "")))
    several = LOG.replace('"%Y-%m-%d %H:%M:%S.%f%z"', '["%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H.%M.%S.%f"]')
    same(offset, read(write_log(tmp_path / "form.csv", local, "%Y-%m-%d %H.%M.%S.%f"), several))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "empty"),
        ("broken.csv.gz", b"this is no gzip", "file_unreadable"),
        ("broken.parquet", b"PAR1 but not really", "file_unreadable"),
        ("quote.csv", (HEADER + '\n"' + row(1) + "\n" + row(2)).encode(), "file_unreadable"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ScenarioError) as error:
        read(path, MAPPING)
    assert [problem.code for problem in error.value.problems] == [code]
    assert str(path) in error.value.say("fr")


def test_an_encoding_that_does_not_exist(tmp_path: Path) -> None:
    path, _ = files(tmp_path, ROWS)
    with pytest.raises(ScenarioError) as error:
        read(path, MAPPING + "files: {encoding: utf-7000}\n")
    assert [problem.code for problem in error.value.problems] == ["file_unreadable"]


def test_rows_longer_than_the_header(tmp_path: Path) -> None:
    """A separator at the end of every row."""
    path, _ = files(tmp_path, [f"{line}," for line in ROWS])
    found = read(path, MAPPING)
    assert found.traps.kept == 9
    assert [trap.code for trap in found.traps] == ["longer"]
    assert found.part.work.tolist() == [100.0 + k for k in range(9)]


def test_header_with_blanks(tmp_path: Path) -> None:
    path, _ = files(tmp_path, ROWS, header=HEADER.replace(",", " , "))
    assert read(path, MAPPING).traps.kept == 9


def test_a_caller_is_never_kept_as_text(tmp_path: Path) -> None:
    calls = calls_of(tmp_path, ROWS)
    assert calls.part.caller.dtype == np.uint64
    assert calls.part.call.dtype == np.uint64
    assert len(np.unique(calls.part.caller)) == 9
