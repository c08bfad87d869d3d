"""The pytest plugin, used as a person uses it: a project with a scenario and tests, run by pytest; docs/testing.md does what it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import TINY
from tests.test_imports import HEAVY, loaded_after

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
INSTALLED = any(point.name == "simcrc" for point in entry_points(group="pytest11"))
PLUGIN = () if INSTALLED else ("-p", "simcrc.testing.plugin")
ALONE = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly")

TEST = """
def test_tiny(simcrc_regression):
    simcrc_regression("tiny.yaml", ["phone.asa", "fcr", "phone.offered [period=Mon 10:00]"], replications=3)
"""
STORED = "test_tiny.test_tiny.simcrc.json"

Run = Callable[..., pytest.RunResult]


@pytest.fixture(scope="module", autouse=True)
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is stored for TEST.

    Also loads, once, everything that a run loads: pytester unloads what a run in this process has loaded, and NumPy cannot be loaded twice."""
    from simcrc.testing.regression import Regression

    folder = tmp_path_factory.mktemp("loaded")
    expect = "expect: [{indicator: fcr, equals: 0.5, margin: 0.5}]\n"
    (folder / "tiny.yaml").write_text(TINY + expect, encoding="utf-8")
    regression = Regression(folder / "test_tiny.py", "test_tiny.py::test_tiny", True, str)
    regression("tiny.yaml", ["phone.asa", "fcr", "phone.offered [period=Mon 10:00]"], replications=3)
    with suppress(AssertionError):
        regression.expectations("tiny.yaml")
    return (folder / STORED).read_text(encoding="utf-8")


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("SIMCRC_LANG", "en")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]))
    (pytester.path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    (pytester.path / "test_tiny.py").write_text(TEST, encoding="utf-8")
    return pytester


@pytest.fixture
def run(project: pytest.Pytester) -> Run:
    return lambda *arguments: project.runpytest_inprocess(*PLUGIN, *ALONE, *arguments)


Store = Callable[..., None]


@pytest.fixture
def store(project: pytest.Pytester, made: str) -> Store:
    """Store figures, changed or not."""

    def write(*changes: Callable[[dict[str, Any]], None]) -> None:
        stored = json.loads(made)
        for change in changes:
            change(stored)
        (project.path / STORED).write_text(json.dumps(stored), encoding="utf-8")

    return write


def test_without_stored_figures_the_command_is_said(run: Run, project: pytest.Pytester) -> None:
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"E*{STORED}: no stored figures. To make them:", "E*pytest test_tiny.py::test_tiny --simcrc-update"])
    assert not (project.path / STORED).exists()


def test_made_then_the_same(run: Run, project: pytest.Pytester) -> None:
    made = run("--simcrc-update")
    made.assert_outcomes(passed=1)
    made.stdout.fnmatch_lines([f"Written: {STORED} (figures: 3)"])
    stored = json.loads((project.path / STORED).read_text(encoding="utf-8"))
    assert stored["seed"] == 3
    assert [len(figure["values"]) for figure in stored["figures"].values()] == [3, 3, 3]
    for arguments in ((), ("--simcrc-update",)):
        again = run(*arguments)
        again.assert_outcomes(passed=1)
        again.stdout.no_fnmatch_line("*= simcrc =*")


def test_a_scenario_that_changed(run: Run, project: pytest.Pytester, store: Store) -> None:
    store()
    (project.path / "tiny.yaml").write_text(TINY.replace("6 min", "7 min"), encoding="utf-8")
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            f"E*tiny.yaml: figures that are not those of {STORED} (same seed and fingerprint: equal to the last digit): 3",
            "E*phone.asa: * → *, +* (replication *; 3 of 3 changed)",
            "E*The scenario has changed since they were stored.",
            "E*pytest test_tiny.py::test_tiny --simcrc-update",
        ]
    )
    update = run("--simcrc-update")
    update.assert_outcomes(passed=1)
    update.stdout.fnmatch_lines([f"Written: {STORED}*", "*phone.asa: *(replication*"])
    run().assert_outcomes(passed=1)


def test_the_last_digit_counts(run: Run, store: Store) -> None:
    def nudge(stored: dict[str, Any]) -> None:
        stored["figures"]["phone.asa"]["values"][1] *= 1 + 2**-52

    store(nudge)
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*figures that are not those*: 1", "E*phone.asa: *(replication 2; 1 of 3 changed)"])


def elsewhere(stored: dict[str, Any]) -> None:
    stored["fingerprint"]["digest"] = "0" * 16
    stored["fingerprint"]["versions"]["numpy"] = "1.0"


def test_another_fingerprint_with_the_same_figures(run: Run, store: Store) -> None:
    def last_digit(stored: dict[str, Any]) -> None:
        elsewhere(stored)
        stored["figures"]["phone.asa"]["values"][1] *= 1 + 1e-9

    store(last_digit)
    result = run()
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        ["*test_tiny.py::test_tiny: stored figures made on another fingerprint (numpy 1.0 → *); equivalent by intervals: 3"],
    )


def test_another_fingerprint_with_other_figures(run: Run, store: Store) -> None:
    def drift(stored: dict[str, Any]) -> None:
        elsewhere(stored)
        values = stored["figures"]["phone.asa"]["values"]
        stored["figures"]["phone.asa"]["values"] = [1.1 * value for value in values]

    store(drift)
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["E*tiny.yaml: figures that cannot pass*another fingerprint (numpy 1.0*intervals decide: 1", "E*phone.asa: * → *, difference * to *"]
    )


def test_a_figure_that_was_not_stored(run: Run, project: pytest.Pytester, store: Store) -> None:
    store(elsewhere)
    (project.path / "test_tiny.py").write_text(TEST.replace('"fcr"', '"contacts_per_need"'), encoding="utf-8")
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*fcr: *: inconclusive", "E*contacts_per_need: not stored yet"])


def test_another_seed_is_another_sample(run: Run, project: pytest.Pytester, store: Store) -> None:
    (project.path / "test_tiny.py").write_text(TEST.replace("replications=3", "replications=3, margin=9.0"), encoding="utf-8")
    store(lambda stored: stored.update(seed=4))
    result = run()
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*stored figures of another seed; equivalent by intervals: 3"])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('simcrc_regression("tiny.yaml", ["phone.asaa"])', 'phone.asaa: no indicator "asaa"; did you mean "phone.asa"?'),
        ('simcrc_regression("tiny.yaml", ["phon.asa"])', 'phon.asa: no channel or team "phon"; did you mean "phone.asa"?'),
        ('simcrc_regression("tiny.yaml", ["phone.needs_started"])', 'phone.needs_started: the indicator does not exist*did you mean "needs_started"?'),
        ('simcrc_regression("tiny.yaml", ["phone.asa [day=3]"])', '"phone.asa [[]day=3[]]": the name of a figure is expected*'),
        ('simcrc_regression("none.yaml")', "*none.yaml*"),
        ('simcrc_regression("tiny.yaml", margin="1 min")', "*margin='1 min'*"),
        ('simcrc_regression.expectations("tiny.yaml")', "*tiny.yaml: this scenario has no expect block"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(run: Run, project: pytest.Pytester, call: str, words: str) -> None:
    (project.path / "test_tiny.py").write_text(f"def test_tiny(simcrc_regression):\n    {call}\n", encoding="utf-8")
    result = run("--simcrc-update")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"E*{words}"])
    assert "/simcrc/" not in result.stdout.str(), "the frames of simcrc are nobody's concern"
    assert not list(project.path.glob("*.json"))


def test_a_file_that_cannot_be_read(run: Run, project: pytest.Pytester) -> None:
    (project.path / STORED).write_text("{", encoding="utf-8")
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"E*{STORED}: stored figures that cannot be read"])
    run("--simcrc-update").assert_outcomes(passed=1)
    run().assert_outcomes(passed=1)


NAMES = """
import pytest, simcrc

class TestTiny:
    @pytest.mark.parametrize("value", ["a/b", "a b", "a"])
    def test_tiny(self, simcrc_regression, value):
        study = simcrc.load("tiny.yaml")
        simcrc_regression(study, ["fcr"], replications=1)
        simcrc_regression(study, ["fcr"], replications=1)
        simcrc_regression(study, ["fcr"], replications=1, name="third")
"""


def test_each_call_has_a_file_of_its_own(run: Run, project: pytest.Pytester) -> None:
    (project.path / "test_tiny.py").write_text(NAMES, encoding="utf-8")
    run("--simcrc-update").assert_outcomes(passed=3)
    names = sorted(path.name for path in project.path.glob("*.simcrc.json"))
    assert len(names) == 9
    assert {name for name in names if "-a-b-" not in name} == {f"test_tiny.TestTiny.test_tiny-a{end}.simcrc.json" for end in ("", ".2", ".third")}
    run().assert_outcomes(passed=3)


def test_in_french_and_over_workers(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMCRC_LANG", "fr")
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider", "-n", "1", "--simcrc-update"]
    done = subprocess.run(command, cwd=project.path, capture_output=True, text=True, check=True)
    assert f"Écrit : {STORED} (valeurs : 3)" in done.stdout


def test_the_document_does_what_it_says(run: Run, project: pytest.Pytester) -> None:
    text = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w+ file=(\S+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert [name for name, _ in blocks] == ["test_centre.py", "test_queue.py", "queue.yaml"]
    for name, block in blocks:
        (project.path / name).write_text(block, encoding="utf-8")
    smallest = (ROOT / "scenarios" / "smallest.yaml").read_text(encoding="utf-8")
    (project.path / "centre.yaml").write_text(smallest.replace("horizon: 4 weeks", "horizon: 1 week"), encoding="utf-8")
    run("test_centre.py", "--simcrc-update").assert_outcomes(passed=2)
    assert (project.path / "test_centre.test_centre.simcrc.json").exists()
    run("test_centre.py", "test_queue.py").assert_outcomes(passed=3)
    queue = project.path / "queue.yaml"
    queue.write_text(queue.read_text(encoding="utf-8").replace("83.33 %", "88.33 %"), encoding="utf-8")
    wrong = run("test_queue.py")
    wrong.assert_outcomes(failed=1)
    wrong.stdout.fnmatch_lines(["E*queue.yaml: not all that is expected is there", "E*team:agents.occupancy: expected 88.33%, simulated 83.*: different"])


def test_pytest_does_not_wait_for_simcrc() -> None:

    assert not (loaded_after("import pytest, simcrc.testing.plugin") - loaded_after("import pytest")) & HEAVY
