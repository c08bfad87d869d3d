"""``simcrc export``: what a person sees."""

from __future__ import annotations

import resource
import shutil
from pathlib import Path

import pytest

from tests.cli.calls import simcrc, write

FORMATS = ("csv", "parquet", "xlsx", "xes", "ocel")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export")
    write(path)
    assert simcrc(path, "run", "tiny.yaml", "--events", "-o", "out").returncode == 0
    assert simcrc(path, "run", "tiny.yaml", "-r", "1", "-o", "bare").returncode == 0
    return path


@pytest.fixture
def here(folder: Path, tmp_path: Path) -> Path:
    for name in ("out", "bare"):
        shutil.copytree(folder / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("to", FORMATS)
def test_what_was_written_is_said(here: Path, to: str) -> None:
    done = simcrc(here, "export", "out", "--to", to, "-o", "new")
    assert done.returncode == 0
    assert done.stdout.startswith("Written: new (")
    assert "traces\u00a0" in done.stdout or "objects\u00a0" in done.stdout or "contacts\u00a0" in done.stdout
    logs = to in ("xes", "ocel")
    assert done.stderr == ("This log holds 2 replications, which repeat one another; --replication 1 takes only one.\n" if logs else "")
    assert (here / "new").exists()
    again = simcrc(here, "export", "out", "--to", to, "-o", "new")
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "new: exists already; --force replaces it\n"
    assert simcrc(here, "export", "out", "--to", to, "-o", "new", "--force", "--replication", "1").stderr == ""


def test_in_french(here: Path) -> None:
    done = simcrc(here, "export", "out", "--to", "csv", "--tables", "summary, needs", "--lang", "fr")
    assert done.stdout.startswith("Écrit : out-csv (about\u00a0")
    assert "offerts" in (here / "out-csv" / "summary.csv").read_text(encoding="utf-8")
    done = simcrc(here, "export", "bare", "--to", "xes", "--lang", "fr")
    assert done.returncode == 2
    assert done.stderr == "bare : la simulation n'a pas gardé ses contacts ; relancez-la avec « simcrc run … --events »\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["out"], "Missing option '--to'"),
        (["out", "--to", "pdf"], "'pdf': one of csv, parquet, xlsx, xes, ocel is expected"),
        (["nowhere", "--to", "csv"], "nowhere: not a folder of results of simcrc; “simcrc run” writes one"),
        (["out", "--to", "csv", "--tables", "contact"], 'no table "contact"; did you mean "contacts"?'),
        (["out", "--to", "csv", "--replication", "3"], "there is no replication 3; those of the folder: 1, 2"),
        (["out", "--to", "csv", "--replication", "0"], "a whole number of at least 1 is expected"),
        (["bare", "--to", "ocel"], 'run it again with "simcrc run … --events"'),
        (["out", "--to", "xlsx", "-o", "out/a.xlsx"], "lies in the folder of results"),
    ],
)
def test_what_is_refused(folder: Path, arguments: list[str], said: str) -> None:
    done = simcrc(folder, "export", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["bare", "out", "tiny.yaml"]


@pytest.mark.parametrize("to", FORMATS)
def test_a_full_disk(here: Path, to: str) -> None:
    """A limit on the size of files stands for a disk that is full."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))

    done = simcrc(here, "export", "out", "--to", to, "-o", "new", preexec_fn=limit)
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Cannot write: File too large")
    assert "new" in done.stderr
    assert sorted(path.name for path in here.iterdir()) == ["bare", "out"]
