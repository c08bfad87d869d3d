"""Going on with a run: after a kill at any moment, with the same bytes; what is damaged is found; what has changed is named."""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from pathlib import Path

import pytest

import simcrc
from simcrc.experiment import store
from simcrc.experiment.origins import ChangedError, Note
from simcrc.experiment.resume import resume
from simcrc.experiment.running import Interrupted
from simcrc.experiment.store import StoreError
from simcrc.words import Words
from tests.cli.calls import TINY, files, write
from tests.experiment.killed import begun

TEXT = TINY.replace("3 days", "12 days")
COUNT = 4


def manifest(folder: Path) -> dict[str, object]:
    """The manifest without what belongs to the occasion."""
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {key: value for key, value in found.items() if key != "run"}


def same(folder: Path, other: Path) -> None:
    """All files of both have the same bytes."""
    found, expected = files(folder), files(other)
    assert found.keys() == expected.keys()
    assert [name for name in expected if expected[name] != found[name]] == []
    assert manifest(folder) == manifest(other)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that nothing interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    simcrc.load(write(folder, TEXT)).run(COUNT, output=folder / "out", events=True)
    return folder / "out"


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(whole, tmp_path / "copy")
    return tmp_path / "copy"


class StopError(Exception):
    """What ends a run in the middle, as a failure would."""


def stopped(folder: Path, after: int, error: type[BaseException] = KeyboardInterrupt) -> Path:
    """The folder of a run that ends when `after` replications are done."""

    def watch(shares: object) -> None:
        if len(store.finished(folder / "out")) == after:
            raise error

    with pytest.raises(Interrupted if error is KeyboardInterrupt else error):
        simcrc.load(write(folder, TEXT)).run(COUNT, output=folder / "out", events=True, watch=watch)
    return folder / "out"


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.parametrize(("jobs", "kills"), [(1, 7), (2, 3)])
def test_killed_at_a_random_moment(tmp_path: Path, whole: Path, jobs: int, kills: int) -> None:
    """Ten times in all, some of them while going on after the kill before."""
    scenario = write(tmp_path, TEXT)
    clock = time.perf_counter()
    child = begun(scenario, tmp_path / "timed", COUNT, jobs)
    child.join()
    lasts = time.perf_counter() - clock
    same(tmp_path / "timed", whole)
    out, chance, inside = tmp_path / "out", random.Random(), 0
    for _ in range(kills):
        going = (out / store.MANIFEST).exists()
        if not going:
            shutil.rmtree(out, ignore_errors=True)
        child = begun(scenario, out, COUNT, jobs, going)
        child.join(chance.uniform(0.1, 0.9) * lasts)
        inside += child.is_alive()
        child.kill()
        child.join()
        if chance.random() < 0.5 and (out / store.MANIFEST).exists():
            resume(out)
            same(out, whole)
            shutil.rmtree(out)
    if (out / store.MANIFEST).exists():
        resume(out)
        same(out, whole)
    assert inside, "every run had ended before it was killed"


@pytest.mark.parametrize("after", [0, 2])
def test_after_ctrl_c(tmp_path: Path, whole: Path, after: int) -> None:
    out = stopped(tmp_path, after)
    assert simcrc.Results.open(out, partial=True).partial if after else True
    with pytest.raises(StoreError, match=r"simcrc run --resume"):
        simcrc.Results.open(out)
    told: list[Note] = []
    results = resume(out, tell=told.append)
    assert f"{after} of {COUNT} replications are finished" in told[0].say("en")
    assert not results.partial
    same(out, whole)


def test_after_a_failure(tmp_path: Path, whole: Path) -> None:
    out = stopped(tmp_path, 3, StopError)
    (out / "replications" / ".0004.npz.123.tmp").write_bytes(b"half")
    resume(out, jobs=2)
    same(out, whole)


def test_a_damaged_replication_is_done_again(tmp_path: Path, whole: Path) -> None:
    out = stopped(tmp_path, 3)
    path = out / "replications" / "0002.npz"
    path.write_bytes(path.read_bytes()[:-10])
    (out / "replications" / "0003.needs.parquet").unlink()
    told: list[Note] = []
    resume(out, tell=told.append)
    assert [note.say("en").partition(": ")[2] for note in told[:2]] == [f"damaged or missing; replication {n} is done again" for n in (2, 3)]
    same(out, whole)


def test_a_complete_folder_is_checked(copy: Path, whole: Path) -> None:
    told: list[Note] = []
    resume(copy, tell=told.append)
    assert [note.say("en").partition(": ")[2] for note in told] == [f"the run is complete; {len(files(copy))} files checked, all sound"]
    same(copy, whole)


@pytest.mark.parametrize("name", ["replications/0003.npz", "indicators.parquet", "summary.csv", "needs.parquet", "contacts.parquet"])
@pytest.mark.parametrize("how", ["damaged", "missing"])
def test_a_complete_folder_is_repaired(copy: Path, whole: Path, name: str, how: str) -> None:
    if how == "missing":
        (copy / name).unlink()
    else:
        content = (copy / name).read_bytes()
        (copy / name).write_bytes(content[:50] + bytes([content[50] ^ 1]) + content[51:])
    told: list[Note] = []
    resume(copy, tell=told.append)
    assert told[0].say("en").startswith(f"{copy / name}: damaged or missing; ")
    assert told[-1].say("fr").endswith("réparé, identique à ce qu'il était")
    same(copy, whole)


def test_what_a_crash_leaves_after_the_end_is_taken_away(copy: Path, whole: Path) -> None:
    (copy / "replications" / "0001.json").write_text('{"files": {}}')
    (copy / "replications" / "0001.needs.parquet").write_bytes(b"x")
    (copy / ".summary.csv.99.tmp").write_bytes(b"x")
    resume(copy)
    same(copy, whole)


def edited(folder: Path, change: object) -> None:
    path = folder / "manifest.json"
    found = json.loads(path.read_text())
    change(found)  # type: ignore[operator]
    path.write_text(json.dumps(found))


def test_another_version_is_refused_and_named(copy: Path) -> None:
    (copy / "summary.csv").unlink()
    edited(copy, lambda found: found["fingerprint"]["versions"].update(simcrc="0.0.9"))
    with pytest.raises(ChangedError, match=rf"simcrc: 0\.0\.9 then, {simcrc.__version__} now"):
        resume(copy)


def test_another_library_is_told(copy: Path) -> None:
    (copy / "summary.csv").unlink()
    edited(copy, lambda found: (found["fingerprint"]["versions"].update(numpy="1.0"), found["fingerprint"]["processor"]["features"].append("AVX9")))
    told: list[Note] = []
    resume(copy, tell=told.append)
    said = "\n".join(note.say("en") for note in told)
    assert "numpy: 1.0 then" in said
    assert "processor (instructions): AVX9 then, – now" in said


def test_a_changed_scenario_is_refused(copy: Path) -> None:
    (copy / "summary.csv").unlink()
    with (copy / "scenario.yaml").open("a") as stream:
        stream.write("# a remark\n")
    with pytest.raises(ChangedError, match=r"scenario\.yaml has changed"):
        resume(copy)


DATA = TEXT.replace('schedule: {week: {Mon-Sun: {"00:00": 3}}, on_holidays: open}', "schedule: {file: data/agents.csv, on_holidays: open}")
AGENTS = "weekday,time,agents\nMon-Sun,00:00,3\n"
EXTENSION = "import simcrc.experiment\n"


def test_data_and_extensions(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    table, extension = tmp_path / "data" / "agents.csv", tmp_path / "more.py"
    table.write_text(AGENTS)
    extension.write_text(EXTENSION)
    write(tmp_path, DATA)
    study = simcrc.load(tmp_path / "tiny.yaml", extensions=[extension])
    study.run(2, output=tmp_path / "out")
    before = files(tmp_path / "out")
    (tmp_path / "tiny.yaml").unlink()  # the folder holds it, resolved
    (tmp_path / "out" / "summary.csv").unlink()
    resume(tmp_path / "out")
    assert files(tmp_path / "out") == before

    (tmp_path / "out" / "summary.csv").unlink()
    table.write_text(AGENTS.replace(",3", ",4"))
    extension.write_text("x = 1\n")
    with pytest.raises(ChangedError) as raised:
        resume(tmp_path / "out")
    assert [change.say("en").partition(" (")[0] for change in raised.value.changes] == ["the data file data/agents.csv", "the extension more.py"]
    table.unlink()
    extension.rename(tmp_path / "elsewhere.py")
    with pytest.raises(ChangedError, match=r"(?s)data/agents\.csv is not there.*--data.*more\.py is not there.*--extension"):
        resume(tmp_path / "out")
    table.write_text(AGENTS)
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "more.py").write_text(EXTENSION)
    resume(tmp_path / "out", extension_files=[tmp_path / "moved" / "more.py"])
    assert files(tmp_path / "out") == before


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    refused: list[str] = []

    def watch(shares: object) -> None:
        if not refused:
            with pytest.raises(StoreError) as raised:
                resume(tmp_path / "out")
            refused.append(raised.value.say("en"))

    simcrc.load(write(tmp_path)).run(1, output=tmp_path / "out", watch=watch)
    assert "another run is writing to this folder" in refused[0]


@pytest.mark.parametrize("content", [None, "{", '{"format": 1, "complete": true}'])
def test_a_folder_of_something_else(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(StoreError):
        resume(tmp_path)
    assert not (tmp_path / store.LOCK).exists()


def test_precision_is_kept(tmp_path: Path) -> None:
    study = simcrc.load(write(tmp_path))
    asked = {"contacts_per_need": "2%"}
    study.run(precision=asked, max_replications=30, output=tmp_path / "whole")

    def watch(shares: object) -> None:
        if len(store.finished(tmp_path / "out")) == 2:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        study.run(precision=asked, max_replications=30, output=tmp_path / "out", watch=watch)
    results = resume(tmp_path / "out", jobs=2)
    assert results.precision
    same(tmp_path / "out", tmp_path / "whole")


def test_notes_speak_both_languages() -> None:
    inner = Note(Words(fr="un", en="one"))
    assert Note(Words(fr="{what} !", en="{what}!"), {"what": inner}).say("fr") == "un !"
