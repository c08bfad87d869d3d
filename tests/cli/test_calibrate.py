"""``simcrc calibrate``: the example of docs/calibrate.md, both languages, JSON, and what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.calls import ROOT, simcrc

HEADER = "at;answer;end;who;caller"
MAPPING = """\
calibrate: 1
timezone: America/Toronto
times: {arrived: at, answered: answer, ended: end, format: "%d/%m/%Y %H:%M:%S"}
services: {only: calls}
callers: {column: caller}
agents: {column: who}
"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Calls by hand, ten an hour on two weeks of weekdays; some abandon, one cannot be read."""
    lines = [HEADER]
    for day in (4, 5, 6, 7, 8, 11, 12, 13, 14, 15):
        for k in range(40):
            at = 9 * 3600 + 360 * k
            waits, talks = 5 + 7 * k % 60, 100 + 37 * k % 300
            left = k % 5 == 0
            times = [f"{day:02d}/03/2024 {s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in (at, at + waits, at + waits + talks)]
            lines.append(f"{times[0]};{'' if left else times[1]};{times[1] if left else times[2]};{'' if left else f'a{k % 2}'};c{day}{k}")
    lines.insert(7, "31/02/2024 10:00:00;;;;x")
    (tmp_path / "calls.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def test_the_account(records: Path) -> None:
    done = simcrc(records, "calibrate", "calls.csv", "--map", "mapping.yaml", "--lang", "en")
    assert done.returncode == 0, done.stderr
    for words in ("401 rows read, 400 calls kept", "calls.csv:8", "calls a day", "28.6", "What the records do not tell", "Nothing is written"):
        assert words in done.stdout, words
    assert sorted(path.name for path in records.iterdir()) == ["calls.csv", "mapping.yaml"]


def test_the_account_in_french(records: Path) -> None:
    done = simcrc(records, "calibrate", "calls.csv", "--map", "mapping.yaml", "--lang", "fr")
    assert done.returncode == 0, done.stderr
    for words in ("401 lignes lues, 400 appels gardés", "appels par jour", "28,6", "Ce que les relevés ne disent pas", "Rien n'est écrit\u00a0;"):
        assert words in done.stdout, words


def test_numbers_for_programs(records: Path) -> None:
    done = simcrc(records, "calibrate", "calls.csv", "--map", "mapping.yaml", "--json", "-o", "piece.yaml")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["calls"] == 400
    assert found["services"]["calls"]["per_day"]["value"] == pytest.approx(200 / 7)
    assert found["traps"][0]["first"] == ["calls.csv:8"]
    assert found["recorded"]["abandonment"]["value"] == pytest.approx(0.2)
    assert len(found["agents"]["logged_on"]) == 7
    assert (records / "piece" / "roster_by_date.csv").is_file()
    assert simcrc(records, "validate", "piece.yaml").returncode == 0


def test_nothing_is_overwritten(records: Path) -> None:
    (records / "piece.yaml").write_text("mine", encoding="utf-8")
    done = simcrc(records, "calibrate", "calls.csv", "--map", "mapping.yaml", "-o", "piece.yaml", "--lang", "en")
    assert done.returncode == 2
    assert "piece.yaml: exists already" in done.stderr
    assert (records / "piece.yaml").read_text(encoding="utf-8") == "mine"
    done = simcrc(records, "calibrate", "calls.csv", "--map", "mapping.yaml", "-o", "piece.yaml", "--overwrite", "--png", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert (records / "piece" / "handle_calls.png").is_file()


def test_all_that_is_wrong_at_once(records: Path) -> None:
    (records / "mapping.yaml").write_text(MAPPING.replace("arrived: at", "arived: at").replace("Toronto", "Montral"), encoding="utf-8")
    done = simcrc(records, "calibrate", "calls.csv", "none.csv", "--map", "mapping.yaml", "--lang", "en")
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["mapping.yaml:2:11:", "mapping.yaml:3:1:", "mapping.yaml:3:9:", "none.csv:"]
    assert "arrived" in lines[2]


def test_usage(records: Path) -> None:
    assert simcrc(records, "calibrate", "calls.csv").returncode == 2
    assert simcrc(records, "calibrate", "--map", "mapping.yaml").returncode == 2
    assert "RELEVÉS" in simcrc(records, "calibrate", "--help", "--lang", "fr").stdout


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    """The commands and the mapping of docs/calibrate.md, as they stand there, and the figures that it quotes."""
    page = (ROOT / "docs" / "calibrate.md").read_text(encoding="utf-8")
    mapping = re.search(r"```yaml\n(# mapping\.yaml.*?)```", page, re.DOTALL)
    assert mapping is not None
    (tmp_path / "mapping.yaml").write_text(mapping[1], encoding="utf-8")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "smallest.yaml").write_bytes((ROOT / "scenarios" / "smallest.yaml").read_bytes())
    commands = re.search(r"```sh\n(simcrc run .*?)```", page, re.DOTALL)
    assert commands is not None
    shown = re.search(r"```text\n(.*?)```", page, re.DOTALL)
    assert shown is not None
    printed = ""
    for line in commands[1].splitlines():
        done = simcrc(tmp_path, *line.split("#")[0].split()[1:], timeout=600)
        assert done.returncode == 0, done.stderr
        printed += done.stdout
    numbers = re.findall(r"\d[\d,.]*\d", shown[1])
    assert len(numbers) > 20
    assert [number for number in numbers if number not in printed] == []
