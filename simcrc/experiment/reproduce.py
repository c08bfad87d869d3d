"""Running again what a results folder holds, from the folder alone, and comparing the digests of all files with those that its manifest keeps.

What has changed since (``simcrc.experiment.origins``) is named beside, since it says why files differ.
"""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from simcrc.experiment import manifest as manifests
from simcrc.experiment import origins, replayed, store
from simcrc.experiment.backend import Backend
from simcrc.experiment.files import sha256
from simcrc.experiment.origins import ChangedError, Note
from simcrc.experiment.resume import read, stopping_of
from simcrc.experiment.running import Running, Watch
from simcrc.words import Words

DAMAGED = Words(
    fr="{name} : endommagé ou absent (simcrc run --resume {folder} le refait)", en="{name}: damaged or missing (simcrc run --resume {folder} makes it again)"
)


@dataclass(frozen=True)
class Pair:
    """A file by its digest in the manifest and its digest when run again; None where there is no such file."""

    name: str
    before: str | None
    now: str | None

    @property
    def same(self) -> bool:
        """Whether it has the same bytes."""
        return self.before == self.now


@dataclass(frozen=True)
class Reproduced:
    """What came of running again: `files`, and `changes` since the first run, of the scenario and of versions."""

    path: Path
    files: tuple[Pair, ...]
    changes: tuple[Note, ...]

    @property
    def same(self) -> bool:
        """Whether all files have the same bytes."""
        return all(file.same for file in self.files)


def reproduce(
    path: Path | str,
    jobs: int | Backend = 1,
    output: Path | None = None,
    watch: Watch | None = None,
    data: Path | None = None,
    extension_files: Iterable[Path | str] = (),
) -> Reproduced:
    """Run again what the folder `path` holds, into `output` (a new or empty folder; else a temporary one), and compare.

    Raises StoreError when the folder holds no complete run, ChangedError when a file that it was made of is gone; the rest as ``Study.run``.
    """
    path = Path(path)
    manifest = read(path)
    if not manifest["complete"]:
        done = len(store.finished(path))
        raise store.StoreError(store.PARTIAL, path, done=done, asked=manifest["replications"], folder=shlex.quote(str(path)))
    origin = origins.of(path, manifest, data, extension_files)
    gone = [change for change in origin.changes if change.words in (origins.DATA_MISSING, origins.EXTENSION_MISSING)]
    if gone or not (path / store.SCENARIO).exists():
        raise ChangedError(path, gone or origin.changes)
    study = origin.study()
    with ExitStack() as stack:
        folder = output or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simcrc-")))
        stack.enter_context(store.claimed(folder))
        Running.of(study, folder, stopping_of(manifest), jobs, replayed.records_of(study.loaded), manifest["events"], watch).go()
        now = manifests.read(folder)["files"]
    before = manifest["files"]
    changes = [*origin.simcrc, *origin.changes, *origin.versions, *_damaged(path, before)]
    return Reproduced(path, tuple(Pair(name, before.get(name), now.get(name)) for name in dict.fromkeys([*before, *now])), tuple(changes))


def _damaged(path: Path, files: dict[str, str]) -> list[Note]:
    """The files of the folder that are no longer what its manifest says; the resolved scenario is seen to elsewhere."""
    found = []
    for name, digest in files.items():
        whole = (path / name).exists() and sha256(path / name) == digest
        if not whole and name != store.SCENARIO:
            found.append(Note(DAMAGED, {"name": path / name, "folder": shlex.quote(str(path))}))
    return found
