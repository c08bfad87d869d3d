"""Disks that fill up, folders that cannot be written, files that are gone or damaged: one clear message each, and what was done is kept."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calls import COMMAND, TINY, environment, files, simcrc, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
BUSY = TINY.replace("3 days", "12 days")


def limited(size: int) -> None:
    """Files of this process and its children cannot grow beyond `size` bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def run_limited(folder: Path, size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=300, preexec_fn=lambda: limited(size)
    )


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The folder of a run that nothing disturbed."""
    write(tmp_path, BUSY)
    assert simcrc(tmp_path, "run", "tiny.yaml", "-r", "3", "-j", "1", "--events", "-o", "whole").returncode == 0
    return tmp_path / "whole"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_disk_that_fills_up_at_the_end(tmp_path: Path, whole: Path, workers: str) -> None:
    """The rows of each replication can be written, the joined table cannot."""
    limit = max(path.stat().st_size for path in whole.rglob("*.parquet")) - 1_000
    done = run_limited(tmp_path, limit, "run", "tiny.yaml", "-r", "3", "-j", workers, "--events", "-o", "out")
    assert (done.returncode, done.stdout) == (4, "")
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert lines[0].startswith("Cannot write: File too large")
    assert lines[1:] == ["3 of 3 replications are finished and kept in out", "To go on: simcrc run --resume out"]
    assert not list((tmp_path / "out").rglob("*.tmp"))
    again = simcrc(tmp_path, "run", "--resume", "out")
    assert again.returncode == 0, again.stderr
    assert files(tmp_path / "out") == files(whole)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 kB, where one may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", place], capture_output=True, check=False).returncode
    ):
        pytest.skip("may not mount a disk here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk(tmp_path: Path, small_disk: Path) -> None:
    write(tmp_path, BUSY)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-r", "8", "-j", "1", "--events", "-o", "disk/out")
    assert (done.returncode, done.stdout) == (4, "")
    lines = done.stderr.splitlines()
    assert lines[0].startswith("Cannot write: No space left on device")
    assert lines[2] == "To go on: simcrc run --resume disk/out"
    shutil.copytree(small_disk / "out", tmp_path / "moved")
    again = simcrc(tmp_path, "run", "--resume", "moved")
    assert again.returncode == 0, again.stderr
    simcrc(tmp_path, "run", "tiny.yaml", "-r", "8", "--events", "-o", "whole")
    assert files(tmp_path / "moved") == files(tmp_path / "whole")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_became_read_only(tmp_path: Path, whole: Path) -> None:
    whole.chmod(0o500)
    try:
        done = simcrc(tmp_path, "run", "--resume", "whole")
        assert done.returncode in (2, 4)
        assert len(done.stderr.splitlines()) == 1
        assert "cannot write there" in done.stderr
    finally:
        whole.chmod(0o700)


def test_a_damaged_file_is_told(tmp_path: Path, whole: Path) -> None:
    before = files(whole)
    (whole / "replications" / "0002.npz").write_bytes(b"no archive")
    (whole / "indicators.parquet").write_bytes(b"no table")
    done = simcrc(tmp_path, "run", "--resume", "whole")
    assert done.returncode == 0
    assert done.stderr.splitlines()[:2] == [
        "whole/indicators.parquet: damaged or missing; made again from the replications",
        "whole/replications/0002.npz: damaged or missing; replication 2 is done again",
    ]
    assert done.stderr.splitlines()[-1] == "whole: repaired, the same as it was"
    assert files(whole) == before


def test_what_resume_refuses(tmp_path: Path, whole: Path) -> None:
    both = simcrc(tmp_path, "run", "tiny.yaml", "--resume", "whole", "-r", "3")
    assert both.returncode == 2
    assert both.stderr == "--resume whole: the folder says itself what to simulate; leave out tiny.yaml, -r\n"
    assert "il manque un FICHIER" in simcrc(tmp_path, "run", "--lang", "fr").stderr
    absent = simcrc(tmp_path, "run", "--resume", "absent")
    assert (absent.returncode, absent.stderr) == (2, "absent: not a folder of results of simcrc; “simcrc run” writes one\n")
    assert not (tmp_path / "absent").exists()


def test_missing_data_is_2(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "agents.csv").write_text("weekday,time,agents\nMon-Sun,00:00,3\n")
    write(tmp_path, TINY.replace('schedule: {week: {Mon-Sun: {"00:00": 3}}, on_holidays: open}', "schedule: {file: data/agents.csv, on_holidays: open}"))
    assert simcrc(tmp_path, "run", "tiny.yaml", "-r", "1", "-o", "out").returncode == 0
    (tmp_path / "data" / "agents.csv").unlink()
    (tmp_path / "out" / "summary.csv").unlink()
    done = simcrc(tmp_path, "run", "--resume", "out")
    assert done.returncode == 2
    assert "the data file data/agents.csv is not there" in done.stderr
    assert simcrc(tmp_path, "reproduce", "out").returncode == 2
    assert simcrc(tmp_path, "run", "tiny.yaml").returncode == 2
