"""The progress bar: in a terminal only, with share and time left, without colours when they are not wanted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calls import COMMAND, SLOW, environment, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")


def in_terminal(folder: Path, *arguments: str, **env: str) -> tuple[str, str]:
    """What ``simcrc arguments…`` writes to stdout (a pipe) and to stderr (a terminal)."""
    import pty

    master, slave = pty.openpty()
    child = subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, env=environment(TERM="xterm-256color", COLUMNS="100", **env), stdout=subprocess.PIPE, stderr=slave
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        shown += part
    os.close(master)
    out, _ = child.communicate(timeout=120)
    assert child.returncode == 0
    return out.decode(), shown.decode()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_share_and_time_left_within_long_replications(tmp_path: Path, workers: str) -> None:
    write(tmp_path, SLOW)
    out, shown = in_terminal(tmp_path, "run", "tiny.yaml", "-j", workers, "-o", "out", "--lang", "fr")
    assert "\x1b" not in out
    assert "Simulation" in shown
    assert "réplication 1" in shown
    assert "reste" in shown
    assert len({share for share in re.findall(r"(\d+)%", shown) if 0 < int(share) < 100}) >= 4
    assert re.search(r"\d:\d\d", shown)


def test_no_colour(tmp_path: Path) -> None:
    write(tmp_path, SLOW)
    colour = r"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|38;|9[0-7])[0-9;]*m"
    assert re.search(colour, in_terminal(tmp_path, "run", "tiny.yaml", "-r", "1", "-o", "a")[1])
    assert not re.search(colour, in_terminal(tmp_path, "run", "tiny.yaml", "-r", "1", "-o", "b", NO_COLOR="1")[1])
