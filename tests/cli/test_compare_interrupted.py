"""A comparison that is stopped, politely or not, goes on where it was and ends with the bytes of one that was not."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.cli.calls import TINY, files, simcrc, start
from tests.cli.test_interrupt import PATIENCE, descendants, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
LONG = TINY.replace("3 days", "30 days")
COMMAND = ("compare", "base.yaml", "more.yaml", "-r", "6", "--metric", "phone.asa")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stopped")
    (folder / "base.yaml").write_text(LONG, encoding="utf-8")
    (folder / "more.yaml").write_text(LONG.replace('"00:00": 3', '"00:00": 4'), encoding="utf-8")
    assert simcrc(folder, *COMMAND, "-j", "1", "-o", "whole").returncode == 0
    return folder


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill"])
def test_it_goes_on_with_the_same_command(folder: Path, how: signal.Signals) -> None:
    out = f"stopped-{how.name}"
    child = start(folder, *COMMAND, "-j", "2", "-o", out)
    until(lambda: list((folder / out).glob("runs/*/*.json")))
    os.kill(child.pid, how)
    _, said = child.communicate(timeout=PATIENCE)
    until(lambda: not descendants(child.pid), 10)
    if how is signal.SIGINT:
        assert child.returncode == 130
        assert f'of 12 runs are finished and kept in {out}; the same command with "-o {out}" goes on.' in said or "1 of 12 runs is finished" in said
    done = len(list((folder / out).glob("runs/*/*.json")))
    assert 1 <= done < 12
    again = simcrc(folder, *COMMAND, "-j", "1", "-o", out)
    assert again.returncode == 0, again.stderr
    assert files(folder / out) == files(folder / "whole")
