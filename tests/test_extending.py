"""docs/extending.md: its three files are written out, given to ``simcrc run --extension``, and change the results as they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCENARIO = """
simcrc: 1
name: extended
start: 2007-01-08
horizon: 1 week
services:
  info: {volume: {per_day: 400}}
channels:
  phone: {kind: phone, handle_time: {loglogistic: {median: 4 min, shape: 3}}}
  back: {kind: callback, within: 2 h, handle_time: {loglogistic: {median: 8 min, shape: 4}}}
teams:
  agents: {serves: [phone, back], schedule: {week: {Mon-Sun: {"00:00": 20}}, on_holidays: open}}
choice:
  first: {table: {default: {default: {phone: 75 %, back: 25 %}}}}
targets: ["back.long_contact_ratio <= 50 %"]
"""


@pytest.fixture
def extended(tmp_path: Path) -> Path:
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    for name, code in re.findall(r"```python file=(\S+)\n(.*?)```", text, re.S):
        (tmp_path / name).write_text(code, encoding="utf-8")
    (tmp_path / "extended.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def simcrc(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key != "SIMCRC_EXTENSIONS"} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", "simcrc", *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)


EXTENSIONS = ("--extension", "callback.py", "--extension", "loglogistic.py", "--extension", "long_contacts.py")


def test_three_files_are_enough(extended: Path) -> None:
    done = simcrc(extended, "run", "extended.yaml", "-r", "2", "-j", "2", "--json", *EXTENSIONS)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["indicators"]
    whole = [row for row in rows if row["period"] is row["service"] is row["segment"] is row["reason"] is None]
    by_channel = {(row["indicator"], row["channel"]): row["mean"] for row in whole}
    # P(X > t) of the log-logistic is 1 / (1 + (t / median)^shape)
    assert by_channel["long_contact_ratio", "phone"] == pytest.approx(1 / (1 + 2.5**3), abs=0.012)
    assert by_channel["long_contact_ratio", "back"] == pytest.approx(1 / (1 + 1.25**4), abs=0.05)
    offered = by_channel["offered", "back"] / by_channel["offered", None]
    assert offered == pytest.approx(0.25, abs=0.03)


def test_without_them_the_scenario_is_refused_with_what_is_known(extended: Path) -> None:
    done = simcrc(extended, "run", "extended.yaml", "--lang", "en")
    assert done.returncode == 2
    assert "callback" in done.stderr
    assert "loglogistic" in done.stderr
    assert "Traceback" not in done.stderr
