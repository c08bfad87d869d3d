"""Going on with a run that was interrupted, by whatever: Ctrl-C, ``kill -9``, a full disk, a power cut.  It ends with the same bytes as if nothing had been.

A replication counts as done when it has a seal and all its files are as they were sealed; what is damaged is found by its digest and done again.  A run that is
complete is checked file by file, and repaired.  What the run is made of must not have changed (``simcrc.experiment.origins``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simcrc.experiment import manifest as manifests
from simcrc.experiment import origins, replayed, store, summing
from simcrc.experiment.backend import Backend
from simcrc.experiment.files import TEMPORARY, sha256
from simcrc.experiment.manifest import Clock
from simcrc.experiment.origins import ChangedError, Note
from simcrc.experiment.replicate import files_of
from simcrc.experiment.results import Results
from simcrc.experiment.running import Running, Watch
from simcrc.experiment.seal import sealed
from simcrc.experiment.stopping import Count, Stopping
from simcrc.words import LANGS, Words

Tell = Callable[[Note], None]

THERE = Words(
    fr="{path} : {done} {done:réplication|réplications} sur {asked} {done:est terminée|sont terminées} ; la simulation continue",
    en="{path}: {done} of {asked} replications {done:is|are} finished; going on",
)
COMPLETE = Words(
    fr="{path} : la simulation est complète ; {files} fichiers vérifiés, tous intacts", en="{path}: the run is complete; {files} files checked, all sound"
)
DAMAGED = Words(fr="{name} : endommagé ou absent ; la réplication {number} est refaite", en="{name}: damaged or missing; replication {number} is done again")
ALL_AGAIN = Words(fr="{name} : endommagé ou absent ; toutes les réplications sont refaites", en="{name}: damaged or missing; all replications are done again")
SUMMED_AGAIN = Words(fr="{name} : endommagé ou absent ; recalculé à partir des réplications", en="{name}: damaged or missing; made again from the replications")
REPAIRED = Words(fr="{path} : réparé, identique à ce qu'il était", en="{path}: repaired, the same as it was")
DIFFERENT = Words(
    fr="{name} : refait, mais différent de ce qu'il était (voir les versions, simcrc reproduce)",
    en="{name}: made again, but different from what it was (see the versions, simcrc reproduce)",
)
OTHER_MACHINE = Words(
    fr="{what} ; les dernières décimales peuvent différer de celles d'une simulation non interrompue",
    en="{what}; the last digits may differ from those of a run without interruption",
)
JOINED = {store.NEEDS, store.CONTACTS, store.COMPARISON, *(store.COMPARISON_TEXT.format(lang=lang) for lang in LANGS)}
"""Tables made of the rows of all replications, which are not kept apart."""


@dataclass(frozen=True)
class Left:
    """What is sound in a folder: the replications `done`, how long they took, whether the joined tables have to be made, and digests that must come out."""

    done: list[int]
    seconds: dict[int, float]
    rows: bool = True
    before: Mapping[str, str] | None = None


def resume(
    path: Path | str,
    jobs: int | Backend = 1,
    watch: Watch | None = None,
    data: Path | None = None,
    extension_files: Iterable[Path | str] = (),
    tell: Tell = lambda note: None,
) -> Results:
    """Go on with the run in the folder `path` to its end, and give its Results.

    `data`, `extension_files`: where records and extensions are now, when they were moved since; `tell` is called with what is found.
    Raises StoreError when the folder holds no run or is in use, ChangedError when what it is made of has changed; the rest as ``Study.run``.
    """
    path = Path(path)
    read(path)
    with store.claimed(path, ours=lambda folder: (folder / store.MANIFEST).exists()):
        manifest = read(path)
        left = _complete(path, manifest, tell) if manifest["complete"] else _interrupted(path, manifest, tell)
        if left is not None:
            running = _running(path, manifest, left, jobs, watch, data, extension_files, tell)
            running.go()
            _checked(path, left, tell)
        _swept(path)
    return Results.open(path)


def read(path: Path) -> dict[str, Any]:
    """The manifest of a run.  Raises StoreError for a folder of something else."""
    manifest = manifests.read(path)
    if "events" not in manifest or "channels" not in manifest:
        raise store.StoreError(store.NOT_A_RUN, path)
    return manifest


def _running(
    path: Path, manifest: Mapping[str, Any], left: Left, jobs: int | Backend, watch: Watch | None, data: Path | None, files: Iterable[Path | str], tell: Tell
) -> Running:
    """The run as it was, with what is left of it."""
    origin = origins.of(path, manifest, data, files)
    if origin.changes or origin.simcrc:
        raise ChangedError(path, [*origin.simcrc, *origin.changes])
    for change in origin.versions:
        tell(Note(OTHER_MACHINE, {"what": change}))
    study = origin.study()
    backend = Backend.of(jobs).at_most(manifest["replications"] - len(left.done))
    run = manifest["run"]
    earlier = [*run.get("earlier", ()), {name: run[name] for name in ("started", "seconds", "workers", "backend", "command")}]
    clock = Clock(workers=backend.jobs, backend=backend.kind, seconds=dict(left.seconds), inputs=study.inputs(), earlier=earlier)
    records = replayed.records_of(study.loaded)
    return Running(study, path, stopping_of(manifest), backend, clock, records, manifest["events"], watch, list(left.done), left.rows)


def stopping_of(manifest: Mapping[str, Any]) -> Stopping:
    """The rule by which a run stops."""
    if "precision" not in manifest:
        return Count(manifest["replications"])
    from simcrc.experiment.precision import from_manifest

    return from_manifest(manifest["precision"])


def _interrupted(path: Path, manifest: Mapping[str, Any], tell: Tell) -> Left:
    """Sound replications of a run that was interrupted; what is left of others is taken away."""
    seconds = {}
    for number in range(1, manifest["replications"] + 1):
        record = store.seal_file(path, number)
        held = sealed(record)
        if held is not None:
            seconds[number] = held.get("seconds", 0.0)
            continue
        if record.exists() or number in manifest["done"]:
            tell(Note(DAMAGED, {"name": store.sums_file(path, number), "number": number}))
        for file in (record, *files_of(path, number)):
            file.unlink(missing_ok=True)
    tell(Note(THERE, {"path": path, "done": len(seconds), "asked": manifest["replications"]}))
    return Left(sorted(seconds), seconds)


def _complete(path: Path, manifest: Mapping[str, Any], tell: Tell) -> Left | None:
    """Check a run that is complete: None when all is sound."""
    files: dict[str, str] = manifest["files"]
    damaged = [name for name, digest in files.items() if not _sound(path / name, digest)]
    if not damaged:
        tell(Note(COMPLETE, {"path": path, "files": len(files)}))
        return None
    rows = any(name in JOINED for name in damaged)
    bad = set()
    for name in damaged:
        if name.startswith(store.REPLICATIONS):
            bad.add(int(Path(name).stem))
            tell(Note(DAMAGED, {"name": path / name, "number": int(Path(name).stem)}))
        elif name != store.SCENARIO:  # which cannot be made again, and will be said
            tell(Note(ALL_AGAIN if name in JOINED else SUMMED_AGAIN, {"name": path / name}))
    done = [] if rows else [number for number in manifest["done"] if number not in bad]
    seconds = {int(number): taken for number, taken in manifest["run"]["replication_seconds"].items() if int(number) in done}
    return Left(done, seconds, rows, files)


def _sound(path: Path, digest: str) -> bool:
    try:
        return sha256(path) == digest
    except OSError:
        return False


def _checked(path: Path, left: Left, tell: Tell) -> None:
    """Whether what was made again is what it was."""
    if left.before is None:
        return
    now = manifests.read(path)["files"]
    different = [name for name, digest in left.before.items() if now.get(name) != digest]
    for name in different:
        tell(Note(DIFFERENT, {"name": path / name}))
    if not different:
        tell(Note(REPAIRED, {"path": path}))


def _swept(path: Path) -> None:
    """Take away what a crash may have left."""
    summing.clear(path, store.finished(path))
    for folder in (path, path / store.REPLICATIONS):
        for file in folder.glob(f".*{TEMPORARY}"):
            file.unlink(missing_ok=True)
