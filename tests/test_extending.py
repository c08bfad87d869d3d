"""docs/extending.md: its four files are written out, given to ``simcrc run --extension``, and change the results as they say."""

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


LETTERS = """
simcrc: 1
name: letters
start: 2007-01-08
horizon: 4 weeks
services: {form: {volume: {per_day: 50}}}
channels:
  phone: {kind: phone, handle_time: 4 min}
  mail: {kind: mail, transport: 3 days, reply: 3 days, steps: {process: {handle_time: 10 min}}}
teams:
  agents: {serves: [phone, mail], schedule: {week: {Mon-Sun: {"00:00": 20}}, on_holidays: open}}
choice:
  first: {table: {default: {default: {mail: 100 %}}}}
  chase: {mail: {to: phone, after: {exponential: 4 days}}}
"""
POLICY = """
policy: {fr: "Accusés de réception", en: "Acknowledgements"}
base: letters.yaml
measures:
  - {at: 2007-01-08, acknowledge: {channel: CHANNEL, later: 1000}}
"""

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


def chases(folder: Path, *arguments: str) -> float:
    done = simcrc(folder, "run", *arguments, "-r", "2", "-j", "2", "--json", "--extension", "acknowledge.py")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["indicators"]
    whole = [row for row in rows if row["indicator"] == "offered" and row["channel"] is None and row["period"] is row["service"] is row["segment"] is None]
    return sum(row["mean"] for row in whole if row["reason"] == "chase")


def test_a_kind_of_measure_is_one_file(extended: Path) -> None:
    (extended / "letters.yaml").write_text(LETTERS, encoding="utf-8")
    (extended / "policy.yaml").write_text(POLICY.replace("CHANNEL", "mail"), encoding="utf-8")
    assert chases(extended, "letters.yaml") > 500
    assert chases(extended, "letters.yaml", "--policy", "policy.yaml") < 20
    (extended / "wrong.yaml").write_text(POLICY.replace("CHANNEL", "phone"), encoding="utf-8")
    done = simcrc(extended, "validate", "wrong.yaml", "--lang", "fr", "--extension", "acknowledge.py")
    assert done.stderr == "wrong.yaml:5:45: policies.0.measures.0.acknowledge.channel: personne ne relance\n"
    without = simcrc(extended, "validate", "policy.yaml", "--lang", "en")
    assert without.returncode == 2
    assert 'found "acknowledge", expected a kind of measure' in without.stderr
