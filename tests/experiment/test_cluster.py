"""Runs on a real Dask scheduler and workers in separate processes: the same bytes, whatever dies on the way."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

import simcrc
from simcrc.experiment import store
from simcrc.experiment.backend import Backend, BackendError, ChoiceError
from simcrc.experiment.parallel import Pool
from simcrc.experiment.resume import resume
from simcrc.experiment.running import Interrupted, UnfinishedError
from simcrc.experiment.variants import Variant, Variants
from tests.cli.calls import TINY, files, write
from tests.cli.calls import simcrc as call
from tests.experiment.clusters import DaskCluster
from tests.experiment.test_resume import same

TEXT = TINY.replace("3 days", "12 days")
COUNT = 4
EXTENSION = """
import simcrc.engine.run as engine
before = engine.simulate
def simulate(model, replication, *more):
    return before(model, replication + 100, *more)
engine.simulate = simulate
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler and two workers."""
    with DaskCluster(tmp_path_factory.mktemp("cluster")) as made:
        made.add(2)
        yield made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run in one process."""
    folder = tmp_path_factory.mktemp("whole")
    simcrc.load(write(folder, TEXT)).run(COUNT, output=folder / "out", events=True)
    return folder / "out"


def on(cluster: DaskCluster) -> Backend:
    return Backend(kind="dask", address=cluster.address)


def test_the_same_bytes(tmp_path: Path, cluster: DaskCluster, whole: Path) -> None:
    results = simcrc.load(write(tmp_path, TEXT)).run(COUNT, jobs=on(cluster), output=tmp_path / "out", events=True, order=[3, 1, 4, 2])
    assert results.manifest["run"]["backend"] == "dask"
    same(tmp_path / "out", whole)


def test_a_worker_killed_in_the_middle(tmp_path: Path, cluster: DaskCluster, whole: Path) -> None:
    victim = cluster.workers[-1]
    seen: list[int] = []

    def watch(shares: object) -> None:
        seen.append(len(store.finished(tmp_path / "out")))
        if seen[-1] >= 1:
            victim.kill()

    simcrc.load(write(tmp_path, TEXT)).run(COUNT, jobs=on(cluster), output=tmp_path / "out", events=True, watch=watch)
    assert victim.wait() != 0
    assert any(1 <= count < COUNT for count in seen), "it was killed at the end only"
    cluster.add(1)
    same(tmp_path / "out", whole)


def test_interrupted_here_resumed_there(tmp_path: Path, cluster: DaskCluster, whole: Path) -> None:
    def watch(shares: object) -> None:
        if store.finished(tmp_path / "out"):
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        simcrc.load(write(tmp_path, TEXT)).run(COUNT, jobs=on(cluster), output=tmp_path / "out", events=True, watch=watch)
    resume(tmp_path / "out", on(cluster))
    same(tmp_path / "out", whole)


def test_extensions_reach_the_workers(tmp_path: Path, cluster: DaskCluster) -> None:
    """An extension that only this machine has; it is loaded in a process apart here, since it changes all that runs after it."""
    write(tmp_path)
    (tmp_path / "shifted.py").write_text(EXTENSION)
    for name, more in (("here", ["-j", "1"]), ("there", ["--address", cluster.address])):
        done = call(tmp_path, "run", "tiny.yaml", "-r", "2", "--extension", "shifted.py", "-o", name, *more)
        assert done.returncode == 0, done.stderr
    assert files(tmp_path / "there") == files(tmp_path / "here")
    for worker in cluster.workers:  # and is not left in them
        worker.kill()
    cluster.add(2)


def test_variants(tmp_path: Path, cluster: DaskCluster) -> None:
    study = simcrc.load(write(tmp_path))
    found = []
    for name, backend in (("here", Backend()), ("there", on(cluster))):
        variants = Variants([Variant("base", study)], tmp_path / name, backend)
        variants.run(replications=[1, 2])
        found.append(files(tmp_path / name))
        assert variants.missing(None, [1, 2]) == []
    assert found[0] == found[1]


@pytest.mark.parametrize("command", [("compare", "tiny.yaml", "more.yaml"), ("sweep", "tiny.yaml", "--vary", "teams.agents=3,4")], ids=["compare", "sweep"])
def test_commands_on_several_scenarios(tmp_path: Path, cluster: DaskCluster, command: tuple[str, ...]) -> None:
    write(tmp_path)
    write(tmp_path, TINY.replace('"00:00": 3', '"00:00": 4'), "more.yaml")
    found = []
    for name, more in (("here", ("-j", "1")), ("there", ("--backend", "dask", "--address", cluster.address))):
        done = call(tmp_path, *command, "-r", "2", "-o", name, *more)
        assert done.returncode == 0, done.stderr
        found.append((files(tmp_path / name), done.stdout.replace("there", "here")))
    assert any(name.endswith(".npz") for name in found[0][0])
    assert found[0] == found[1]


def test_small_work_and_its_errors(cluster: DaskCluster) -> None:
    assert sorted(Pool(abs, on(cluster)).results([-1, 2, -3])) == [1, 2, 3]
    with pytest.raises(ValueError, match="invalid literal"):
        list(Pool(int, on(cluster)).results(["x"]))
    assert list(Pool(abs, on(cluster)).results([])) == []


def test_another_version_is_refused(cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    there = simcrc.__version__
    monkeypatch.setattr(simcrc, "__version__", "9.9")
    with pytest.raises(BackendError, match=rf"worker tcp://\S+ has simcrc {re.escape(there)}, and this machine simcrc 9\.9"):
        list(Pool(abs, on(cluster)).results([1]))


def test_a_worker_without_simcrc_is_refused(tmp_path: Path) -> None:
    with DaskCluster(tmp_path) as bare:
        with pytest.raises(BackendError, match="the scheduler has no workers"):
            list(Pool(abs, on(bare)).results([1]))
        hidden = tmp_path / "nothing" / "simcrc.py"  # stands before one that may be installed
        hidden.parent.mkdir()
        hidden.write_text("raise ModuleNotFoundError(\"No module named 'simcrc'\")\n", encoding="utf-8")
        bare.add(1, pythonpath=hidden.parent)
        with pytest.raises(BackendError, match=r"has no simcrc \(No module named 'simcrc'\)") as raised:
            list(Pool(abs, on(bare)).results([1]))
        assert "n'a pas simcrc" in raised.value.say("fr")


def test_a_scheduler_that_dies(tmp_path: Path) -> None:
    with DaskCluster(tmp_path) as lost:
        lost.add(1)

        def watch(shares: object) -> None:
            if store.finished(tmp_path / "out") and lost.scheduler:
                lost.scheduler.kill()

        with pytest.raises(UnfinishedError) as raised:
            simcrc.load(write(tmp_path, TEXT)).run(20, jobs=on(lost), output=tmp_path / "out", watch=watch)
        assert "--resume" in raised.value.say("fr")
        assert isinstance(raised.value.cause, BackendError)
        assert "the Dask cluster was lost on the way" in str(raised.value.cause)


def test_a_dead_address_is_4_in_one_line(tmp_path: Path) -> None:
    write(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        done = call(tmp_path, "run", "tiny.yaml", "--backend", "dask", "--address", address, "-o", "out")
    assert (done.returncode, done.stdout) == (4, "")
    assert re.fullmatch(rf"{address}: no Dask scheduler answers at this address \(.*\)\. Check --address, .*\n", done.stderr), done.stderr
    assert call(tmp_path, "run", "--resume", "out", "-j", "1").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--backend dask: the address of the scheduler is missing"),
        (["--address", "nonsense"], "nonsense: no Dask scheduler answers"),
        (["--backend", "loky", "--address", "tcp://x:1"], "--address tcp://x:1: an address goes with --backend dask only"),
        (["--backend", "ray"], "--backend ray: loky or dask is expected"),
    ],
)
def test_a_backend_that_makes_no_sense(tmp_path: Path, arguments: list[str], said: str) -> None:
    write(tmp_path)
    done = call(tmp_path, "run", "tiny.yaml", "-o", "out", *(arguments if "--backend" in arguments else ["--backend", "dask", *arguments]))
    assert done.returncode == (4 if "nonsense" in said else 2)
    assert said in done.stderr


def test_a_number_is_a_number_of_processes() -> None:
    assert Backend.of(3) == Backend(3)
    assert Backend.of(Backend(2)).at_most(1).here
    assert not Backend(kind="dask", address="tcp://x:1").at_most(1).here
    with pytest.raises(ChoiceError):
        Backend(kind="dask")
