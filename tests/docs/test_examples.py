"""The commands and the Python of the pages for newcomers run as they stand: README.md, docs/README.fr.md, the tutorial, setting up.

What would take minutes is shortened by what ``SHORTER`` adds, which is said in docs/testing.md.  Blocks marked ``norun`` change the machine (installing) and
are not run; the two lines of README.md's first block are run by .ci/run.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

import simcrc as package
from tests.cli.calls import ROOT, simcrc

PAGES = ("README.md", "docs/README.fr.md", "docs/tutorial.md", "docs/setting-up.md")
FIRST = "python -m pip install"
REGIE = ["-r", "1", "--set", "horizon=1 day", "--set", "warmup=0 days", "-o", "regie-out", "--no-report"]
BRIEF = ["--set", "horizon=3 days", "--no-report"]
SHORTER = {  # a command that begins so gets these options too, for the time it takes
    "simcrc run scenarios/regie/depart.yaml": REGIE,
    "simcrc fidelisation scenarios/portal": ["-r", "2", "--set", "horizon=4 weeks", "--set", "warmup=0 days", "-o", "pairs"],
    "simcrc run m": BRIEF,
    "simcrc compare my-centre": ["-r", "2", "--set", "horizon=3 days"],
}
BY_CI = ("simcrc bench check",)
"""Minutes long, and run by .ci/run in a part of its own."""


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def lines(page: str) -> list[str]:
    return [line for block in blocks(page, "sh") for line in block.splitlines()]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the commands are given: the scenarios beside, as in a copy of the project."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_run_in_order(place: Path, page: str) -> None:
    commands = [line for line in lines(page) if not line.startswith((FIRST, *BY_CI))]
    if page == "docs/README.fr.md":
        commands = [line for line in commands if line not in lines("README.md")]  # the same in both, and run there
    assert commands
    for command in commands:
        words = shlex.split(command)
        if words[0] == "sed":
            subprocess.run(words, cwd=place, check=True)
            continue
        assert words[0] == "simcrc", command
        more = next((options for begin, options in SHORTER.items() if command.startswith(begin)), [])
        shutil.rmtree(place / "regie-out", ignore_errors=True)
        done = simcrc(place, *words[1:], *more)
        assert done.returncode == 0, (command, done.stderr)


def test_the_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = blocks("README.md", "python")
    (french,) = blocks("docs/README.fr.md", "python")
    assert set(re.sub("#.*", "", french).splitlines()) <= set(re.sub("#.*", "", code).splitlines())
    names: dict[str, object] = {}
    exec(code.replace("replications=10", "replications=2"), names)
    assert isinstance(names["results"], package.Results)
