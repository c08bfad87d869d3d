"""The results folder: its name, its lock, and where everything stands in it.

    manifest.json             what was run, with which versions; its `run` block alone may differ between two equal runs
    scenario.yaml             the scenario as resolved: `extends`, `--set` and defaults written out
    indicators.parquet        every indicator of every period
    summary.csv               those of the whole run
    needs.parquet             one row a need, with the replication
    contacts.parquet          one row a contact, only when the events were asked for
    comparison.parquet        simulated beside recorded, when the scenario replays; comparison.fr.txt, comparison.en.txt: as text
    overload.json             stations to which more work comes than their staff can do (``simcrc.experiment.overload``)
    warmup.json               advice on the warm-up (``simcrc.experiment.warmup``)
    report.html               the report, by ``simcrc run``; no result: neither the manifest nor ``simcrc reproduce`` knows it
    replications/0001.npz     the sums of each replication, from which indicators are computed again without simulating

While a run goes on the rows of a replication stand in ``replications/0001.needs.parquet``, and ``replications/0001.json`` seals all that the replication has
written (``simcrc.experiment.seal``); the end of the run joins the rows and takes the seals away.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from simcrc.errors import SimcrcError
from simcrc.words import Lang, Words

LOCK = ".lock"
MANIFEST = "manifest.json"
SCENARIO = "scenario.yaml"
INDICATORS = "indicators.parquet"
SUMMARY = "summary.csv"
NEEDS = "needs.parquet"
CONTACTS = "contacts.parquet"
COMPARISON = "comparison.parquet"
COMPARISON_TEXT = "comparison.{lang}.txt"
OVERLOAD = "overload.json"
WARMUP = "warmup.json"
REPORT = "report.html"
REPLICATIONS = "replications"

NOT_EMPTY = Words(fr="{path} : le dossier n'est pas vide ; choisissez-en un autre avec -o", en="{path}: the folder is not empty; choose another with -o")
NOT_FOLDER = Words(fr="{path} : ce n'est pas un dossier ; choisissez-en un avec -o", en="{path}: not a folder; choose one with -o")
IN_USE = Words(
    fr="{path} : une autre simulation écrit dans ce dossier ; attendez qu'elle se termine, ou choisissez-en un autre avec -o",
    en="{path}: another run is writing to this folder; wait until it ends, or choose another with -o",
)
NOT_WRITABLE = Words(
    fr="{path} : impossible d'y écrire ({error}) ; choisissez un autre dossier avec -o",
    en="{path}: cannot write there ({error}); choose another folder with -o",
)
NOT_RESULTS = Words(
    fr="{path} : pas un dossier de résultats de simcrc ; « simcrc run » en écrit un", en="{path}: not a folder of results of simcrc; “simcrc run” writes one"
)
NOT_A_RUN = Words(fr="{path} : ce dossier n'est pas celui d'un « simcrc run »", en="{path}: not the folder of a “simcrc run”")
PARTIAL = Words(
    fr="{path} : simulation interrompue, {done} réplications sur {asked} ; pour reprendre : simcrc run --resume {folder}",
    en="{path}: the run was interrupted, {done} of {asked} replications; to go on: simcrc run --resume {folder}",
)

DAMAGED = Words(
    fr="{path} : fichier abîmé ; pour le refaire, à l'identique : simcrc run --resume {folder}",
    en="{path}: the file is damaged; to have it made again, the same: simcrc run --resume {folder}",
)


class StoreError(SimcrcError):
    """The results folder cannot be used as asked."""

    def __init__(self, words: Words, path: Path, **fields: object) -> None:
        super().__init__(words.say("en", path=path, **fields))
        self.path = path
        self._words, self._fields = words, fields

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return self._words.say(lang, path=self.path, **self._fields)


def sums_file(folder: Path, replication: int) -> Path:
    """Where the sums of a replication are kept."""
    return folder / REPLICATIONS / f"{replication:04d}.npz"


def rows_file(folder: Path, replication: int, table: str) -> Path:
    """Where the rows of one replication wait to be joined; `table` is NEEDS or CONTACTS."""
    return folder / REPLICATIONS / f"{replication:04d}.{table}"


def seal_file(folder: Path, replication: int) -> Path:
    """Where the seal of a replication is, while the run goes on."""
    return sums_file(folder, replication).with_suffix(".json")


def finished(folder: Path) -> list[int]:
    """The replications that have a seal in the folder of a run that goes on, or was interrupted."""
    return sorted(int(path.stem) for path in (folder / REPLICATIONS).glob("*.json") if path.stem.isdecimal())


def default_name(stem: str, digest: str, seed: int, replications: int) -> str:
    """Name of a folder that says what is in it: scenario, its digest, seed, replications."""
    slug = re.sub(r"\W+", "-", stem).strip("-") or "scenario"
    return f"{slug}-{digest[:8]}-s{seed}-r{replications}"


def fresh(parent: Path, name: str) -> Path:
    """Make and return the first free of parent/name, parent/name-2, …  Making is what claims it: two runs never get the same.  Raises StoreError."""
    count = 1
    while True:
        path = parent / (name if count == 1 else f"{name}-{count}")
        try:
            parent.mkdir(parents=True, exist_ok=True)
            path.mkdir()
        except FileExistsError:
            if not parent.is_dir():
                raise StoreError(NOT_FOLDER, parent) from None
            count += 1
        except OSError as error:
            raise StoreError(NOT_WRITABLE, path, error=error.strerror) from error
        else:
            return path


@contextmanager
def claimed(path: Path, ours: Callable[[Path], bool] | None = None) -> Iterator[Path]:
    """Hold the folder `path`, made if it is not there, which must be in nobody else's use, and empty unless `ours` says that one can go on with what it holds.
    Raises StoreError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = (path / LOCK).open("a+b")
    except (FileExistsError, NotADirectoryError):
        raise StoreError(NOT_FOLDER, path) from None
    except OSError as error:
        raise StoreError(NOT_WRITABLE, path, error=error.strerror) from error
    with handle:
        try:
            _lock(handle)
        except OSError:
            raise StoreError(IN_USE, path) from None
        try:
            if any(entry.name != LOCK for entry in path.iterdir()) and not (ours and ours(path)):
                raise StoreError(NOT_EMPTY, path)
            if ours is None:
                (path / REPLICATIONS).mkdir()
            yield path
        finally:
            if os.name == "nt":
                handle.close()
            with suppress(OSError):
                (path / LOCK).unlink()


def _lock(handle: IO[bytes]) -> None:
    """Lock an open file without waiting; the system lets go of it when the process ends, however it ends."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
