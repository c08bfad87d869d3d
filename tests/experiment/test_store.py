"""The results folder: names, claims, whole files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simcrc.experiment import store
from simcrc.experiment.files import TEMPORARY, atomic, write_text
from simcrc.experiment.store import StoreError

HOLD = "import sys, pathlib; from simcrc.experiment.store import claimed\nwith claimed(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def interrupted(target: Path, text: str, error: type[BaseException]) -> None:
    with atomic(target) as temporary:
        temporary.write_text(text)
        raise error


def test_a_file_is_whole_or_absent(tmp_path: Path) -> None:
    target = tmp_path / "résultat.txt"
    with pytest.raises(RuntimeError):
        interrupted(target, "half", RuntimeError)
    assert list(tmp_path.iterdir()) == []
    write_text(target, "é\n")
    assert target.read_bytes() == "é\n".encode()
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(TEMPORARY)]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a"
    write_text(target, "old")
    with pytest.raises(KeyboardInterrupt):
        interrupted(target, "new", KeyboardInterrupt)
    assert target.read_text() == "old"


def test_default_names_are_fresh(tmp_path: Path) -> None:
    name = store.default_name("Départ général (2006)", "0123456789abcdef", 7, 2)
    assert name == "Départ-général-2006-01234567-s7-r2"
    made = [store.fresh(tmp_path / "results", name) for _ in range(3)]
    assert [path.name for path in made] == [name, f"{name}-2", f"{name}-3"]


def test_a_folder_with_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="not empty") as raised, store.claimed(tmp_path):
        pass
    assert "-o" in raised.value.say("fr")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    for path in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(StoreError, match="not a folder"), store.claimed(path):
            pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_read_only_parent_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="cannot write"), store.claimed(tmp_path / "out"):
            pass
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a place where nobody may write")
def test_a_place_where_nobody_may_write_is_refused() -> None:
    for use in (store.claimed, lambda path: store.fresh(path, "name")):
        with pytest.raises(StoreError, match="cannot write"):
            use(Path("/proc/simcrc-results")).__enter__()  # type: ignore[operator]


def test_two_runs_cannot_share_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="another run"), store.claimed(folder):
            pass
    finally:
        other.kill()
        other.communicate()


def test_the_lock_goes_away(tmp_path: Path) -> None:
    with store.claimed(tmp_path / "out") as folder:
        assert (folder / store.LOCK).exists()
    assert [path.name for path in folder.iterdir()] == [store.REPLICATIONS]
