"""Ctrl-C: at once, with what was finished kept and said, and no process left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simcrc import Results, SimcrcError
from tests.cli.calls import ENDLESS, SLOW, start, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
PATIENCE = 30  # seconds for a run that would never end; on an idle machine it stops in a quarter of one


def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for `condition`."""
    for _ in range(int(seconds * 20)):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def descendants(group: int) -> list[str]:
    """The processes of the session of `group` that are alive."""
    out = subprocess.run(["ps", "-s", str(group), "-o", "pid=,stat=,args="], capture_output=True, text=True, check=False).stdout
    return [line for line in out.splitlines() if line.split()[1][0] != "Z"]


def stop(child: subprocess.Popen[str], send: Callable[[], None], partial: bool = False) -> str:
    """What a run says that is stopped by `send`, and, where there are any, shows of its `partial` results.  TimeoutExpired when it goes on."""
    send()
    out, said = child.communicate(timeout=PATIENCE)
    assert ("PARTIAL RESULTS" in out) if partial else out == ""
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("whole_group", [False, True], ids=["process", "terminal"])
def test_it_ends_and_leaves_no_process(tmp_path: Path, workers: str, whole_group: bool) -> None:
    write(tmp_path, ENDLESS)
    child = start(tmp_path, "run", "tiny.yaml", "-j", workers, "-r", "2", "-o", "out")
    until(lambda: (tmp_path / "out" / "scenario.yaml").exists())
    time.sleep(1.5)
    said = stop(child, lambda: os.killpg(child.pid, signal.SIGINT) if whole_group else child.send_signal(signal.SIGINT))
    assert child.returncode == 130
    assert said == "Interrupted: 0 of 2 replications are finished and kept in out\nTo go on: simcrc run --resume out\n"
    until(lambda: not descendants(child.pid), 5)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (manifest["complete"], manifest["done"]) == (False, [])
    assert sorted(path.name for path in (tmp_path / "out").rglob("*") if path.is_file()) == ["manifest.json", "scenario.yaml"]


def test_what_is_finished_is_kept(tmp_path: Path) -> None:
    write(tmp_path, SLOW)
    child = start(tmp_path, "run", "tiny.yaml", "-j", "1", "-r", "50", "-o", "out")
    first = tmp_path / "out" / "replications" / "0001.npz"
    until(first.with_suffix(".json").exists)
    time.sleep(0.3)
    said = stop(child, lambda: child.send_signal(signal.SIGINT), partial=True)
    assert child.returncode == 130
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["complete"] is False
    done = manifest["done"]
    assert 1 <= len(done) < 50
    assert said.startswith(f"Interrupted: {len(done)} of 50 ")
    assert [path.name for path in sorted(first.parent.glob("*.npz"))] == [f"{number:04d}.npz" for number in done]
    assert not list((tmp_path / "out").rglob("*.tmp"))
    with pytest.raises(SimcrcError, match=r"interrupted.*simcrc run --resume"):
        Results.open(tmp_path / "out")
    partial = Results.open(tmp_path / "out", partial=True)
    assert (partial.partial, partial.replications, partial.asked) == (True, len(done), 50)
    assert partial.value("phone.asa") is not None
    assert "PARTIAL RESULTS" in partial._repr_html_() or "RÉSULTATS PARTIELS" in partial._repr_html_()


def test_a_polite_kill_is_an_interruption(tmp_path: Path) -> None:
    write(tmp_path, ENDLESS)
    child = start(tmp_path, "run", "tiny.yaml", "-j", "1", "-o", "out")
    until(lambda: (tmp_path / "out" / "scenario.yaml").exists())
    time.sleep(0.5)
    stop(child, child.terminate)
    assert child.returncode == 130


def test_workers_whose_parent_is_killed_end(tmp_path: Path) -> None:
    write(tmp_path, ENDLESS)
    child = start(tmp_path, "run", "tiny.yaml", "-j", "2", "-r", "2", "-o", "out")
    until(lambda: len(descendants(child.pid)) >= 3)
    time.sleep(3)
    child.kill()
    child.communicate(timeout=PATIENCE)
    until(lambda: not descendants(child.pid), 20)
