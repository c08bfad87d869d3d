"""``--policy``: a scenario under policies, checked, run, and run again from its results."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import simcrc as facade
from tests.cli.calls import TINY, files, simcrc, write

MORE = """\
policy: {fr: "Plus de préposés", en: "More agents"}
base: tiny.yaml
measures:
  - {at: 2024-01-09, staffing: {team: agents, factor: 2}}
"""
SHORT = MORE.replace("factor: 2", "factor: 0.5").replace("More agents", "Fewer agents").replace("Plus de préposés", "Moins de préposés")
NULL = MORE.replace("factor: 2", "factor: 1")
CLOSED = """\
policy: {fr: "Fermer le téléphone", en: "Close the phone"}
base: tiny.yaml
measures:
  - {at: 2024-01-09, close: {channel: phone}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("tiny.yaml", TINY), ("more.yaml", MORE), ("short.yaml", SHORT), ("null.yaml", NULL), ("closed.yaml", CLOSED)):
        write(tmp_path, text, name)
    return tmp_path


def test_validate_a_policy_and_a_scenario_under_policies(folder: Path) -> None:
    done = simcrc(folder, "validate", "more.yaml", "short.yaml")
    assert done.stdout == "more.yaml: valid\nshort.yaml: valid\n"
    done = simcrc(folder, "validate", "tiny.yaml", "--policy", "more.yaml", "--policy", "short.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "tiny.yaml: valid\n", "")
    done = simcrc(folder, "validate", "tiny.yaml", "--policy", "more.yaml", "--policy", "more.yaml")
    assert (done.returncode, done.stderr) == (2, 'more.yaml: the policy "more.yaml" is there already: its measures would count twice\n')
    done = simcrc(folder, "validate", "tiny.yaml", "--policy", "tiny.yaml")
    assert done.stderr == 'tiny.yaml: this is not a policy file (key "policy")\n'


def test_a_policy_that_breaks_free_choice_is_refused_with_rule_file_and_line(folder: Path) -> None:
    done = simcrc(folder, "run", "closed.yaml", "-o", "out", "--lang", "fr")
    assert done.returncode == 2
    wanted = "libre choix\u00a0: le service info n'est plus offert par un canal universel (téléphone ou courrier) (à partir du 2024-01-09)"
    assert f"closed.yaml:4:5: policies.0.measures.0: {wanted}\n" in done.stderr
    assert not (folder / "out").exists()


def test_or_said_where_the_scenario_allows_it(folder: Path) -> None:
    done = simcrc(folder, "validate", "closed.yaml", "--set", "free_choice=warn", "--lang", "fr")
    assert done.returncode == 0
    assert done.stdout == "closed.yaml\u00a0: valide\n" or done.stdout == "closed.yaml : valide\n"
    assert done.stderr.startswith("Avertissement : closed.yaml:4:5: policies.0.measures.0: libre choix")


def test_a_run_under_policies_comes_again_from_its_folder(folder: Path) -> None:
    done = simcrc(folder, "run", "tiny.yaml", "--policy", "more.yaml", "-o", "one")
    assert done.returncode == 0, done.stderr
    (command,) = re.findall(r"^Next: simcrc (.*)$", done.stdout, re.M)
    assert command == "run tiny.yaml -r 10 --policy more.yaml"
    assert simcrc(folder, "run", "more.yaml", "-o", "two").returncode == 0
    assert simcrc(folder, "run", "one/scenario.yaml", "-o", "three").returncode == 0
    assert simcrc(folder, "run", "tiny.yaml", "--policy", "null.yaml", "-o", "null").returncode == 0
    assert simcrc(folder, "run", "tiny.yaml", "-o", "base").returncode == 0
    assert files(folder / "one") == files(folder / "two") == files(folder / "three")
    digests = [json.loads((folder / name / "manifest.json").read_text(encoding="utf-8"))["digest"] for name in ("one", "two", "three", "base")]
    assert len(set(digests)) == 2
    base, null, one = (files(folder / name) for name in ("base", "null", "one"))
    assert {name for name in base if base[name] != null[name]} == {"scenario.yaml", "indicators.parquet", "summary.csv"}
    lines = (folder / "null" / "summary.csv").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("policy_cost")] == (folder / "base" / "summary.csv").read_text(encoding="utf-8").splitlines()
    assert {name for name in base if base[name] != one[name]} >= {"scenario.yaml", "summary.csv", "needs.parquet"}


def test_the_facade_takes_policies(folder: Path) -> None:
    base = facade.load(folder / "tiny.yaml").run(2)
    more = facade.load(folder / "tiny.yaml", policies=[folder / "more.yaml"]).run(2)
    assert more.value("phone.asa") < base.value("phone.asa")
    assert facade.load(folder / "more.yaml").scenario == facade.load(folder / "tiny.yaml", policies=[folder / "more.yaml"]).scenario
