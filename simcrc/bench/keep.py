"""Replications that are finished, kept on disk, so that an interrupted check goes on where it stopped.

They may be used again only where they would come out the same: the folder of a benchmark is named after a digest of its scenario (without ``expect:`` and
``fit:``, which a run ignores), its data files, the seed, the sources of simcrc that a run passes through, the extensions and the fingerprint.  What was
not used for a month is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import extensions
from simcrc.experiment.files import sha256
from simcrc.experiment.fingerprint import fingerprint

if TYPE_CHECKING:
    from simcrc.scenario import Loaded

ASIDE = frozenset({"bench", "benchmarks", "cli", "report", "scenarios", "testing", "theory"})
"""Rooms of the package that no run passes through: what they hold may change without touching what was simulated."""
FOLDER = "bench"
MONTH = 30 * 86_400.0
DIGITS = 32


def default_folder() -> Path:
    """Where replications are kept unless told otherwise: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("simcrc", appauthor=False) / FOLDER


@cache
def sources() -> str:
    """Digest of the Python files of simcrc that a run passes through."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package)
        if name.parts[0] not in ASIDE:
            digest.update(f"{name.as_posix()} {sha256(path)}\n".encode())
    return digest.hexdigest()


def document(loaded: Loaded) -> Mapping[str, Any]:
    """The resolved document of a benchmark without what a run ignores, and without the seed, which is told apart."""
    return {name: value for name, value in loaded.document.items() if name not in ("expect", "fit", "seed")}


def scenario_digest(loaded: Loaded, base: Loaded | None = None) -> str:
    """Digest of what is simulated: the document and the bytes of its data files, whatever is expected of it and with whatever seed; of `base` too, where
    both are."""
    digest = hashlib.sha256(json.dumps(document(loaded), ensure_ascii=False, separators=(",", ":"), default=str).encode())
    for name, path in sorted(loaded.data_files.items()):
        digest.update(f"\n{name} {sha256(path)}".encode())
    if base is not None:
        digest.update(f"\nbase {scenario_digest(base)}".encode())
    return digest.hexdigest()


def key(loaded: Loaded, seed: int, loads: Sequence[Path] = (), base: Loaded | None = None) -> str:
    """Name of the folder in which the replications of a benchmark are kept, with those of its `base` where it has two arms."""
    parts = [scenario_digest(loaded, base), seed, sources(), extensions.digests(loads), fingerprint()["digest"]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:DIGITS]


def sums_file(folder: Path, replication: int) -> Path:
    """Where the sums of a replication (from 1) are kept."""
    return folder / f"{replication:04d}.npz"


def open_folder(root: Path, name: str) -> Path:
    """The folder `name` under `root`, made if it is not there, and marked as in use.  Raises OSError."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    folder.touch()
    return folder


def prune(root: Path, age: float = MONTH) -> None:
    """Throw away the folders under `root` that were last used more than `age` seconds ago; only such as this module makes."""
    limit = time.time() - age
    with suppress(OSError):
        for folder in root.iterdir():
            ours = len(folder.name) == DIGITS and set(folder.name) <= set("0123456789abcdef")
            if ours and folder.is_dir() and folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
