"""The table of what each group of tests took (tests/conftest.py)."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run

HERE = Path(__file__).parent


def test_each_folder_is_a_group(tmp_path: Path) -> None:
    tests = tmp_path / "tests"
    files = {"slow/inner/test_a.py": "from time import sleep\ndef test_a(): sleep(0.3)\ndef test_b(): pass\n", "quick/test_c.py": "def test_c(): pass\n"}
    files |= {"test_d.py": "def test_d(): pass\n", "conftest.py": (HERE / "conftest.py").read_text(encoding="utf-8")}
    for name, text in files.items():
        (tests / name).parent.mkdir(parents=True, exist_ok=True)
        (tests / name).write_text(text, encoding="utf-8")
    done = run([sys.executable, "-m", "pytest", "-q", "-n", "1"], cwd=tmp_path, capture_output=True, text=True, check=True)
    table = [line.split() for line in done.stdout.splitlines() if " s  " in line]
    assert sorted(row[2:] for row in table) == [["1", "tests/quick"], ["1", "tests/test_d.py"], ["2", "tests/slow"]]
    assert table[0][3] == "tests/slow"
    assert 0.3 <= float(table[0][0]) < 5
