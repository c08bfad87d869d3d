"""Holding a folder in which variants are run: nobody else may write there, the same command goes on with it, and its manifest says what there is.

``simcrc.experiment.comparison_folder`` and ``sweep_folder`` say what stands in theirs; the runs are ``simcrc.experiment.variants``'.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import extensions, store, tables
from simcrc.experiment.files import TEMPORARY, sha256, write_json, write_text
from simcrc.experiment.fingerprint import fingerprint
from simcrc.experiment.manifest import Clock
from simcrc.experiment.variants import FOLDER, Variants

if TYPE_CHECKING:
    import pandas as pd


class Keeping:
    """Holds a folder while its context lasts; at its end, however it comes, the manifest is written.  `form`: what marks folders of this kind; `about`: what
    is asked.  Raises StoreError for a folder that another holds, or that has something else in it."""

    def __init__(self, folder: Path, form: str, variants: Variants, about: Mapping[str, Any]) -> None:
        self.folder, self.form, self.variants, self.about = folder, form, variants, about
        inputs = next(iter(variants.variants.values())).study.inputs() if variants.variants else {}
        self._clock = Clock(variants.backend.jobs, variants.backend.kind, inputs=inputs)
        self._stack = ExitStack()
        self._complete = False

    def __enter__(self) -> Keeping:
        self._stack.enter_context(store.claimed(self.folder, lambda path: ours(path, self.form)))
        clear(self.folder)
        (self.folder / store.REPORT).unlink(missing_ok=True)  # of an earlier command in the folder
        self._manifest()
        return self

    def __exit__(self, *raised: Any) -> None:
        with self._stack:
            clear(self.folder)
            self._manifest()

    def complete(self) -> None:
        """Say that all is done and written."""
        self._complete = True

    def _manifest(self) -> None:
        variants = self.variants
        studies = [variant.study for variant in variants.variants.values()]
        files = written(self.folder) if self._complete else []
        write_json(
            self.folder / store.MANIFEST,
            {
                "format": self.form,
                **self.about,
                "seed": variants.seed,
                "variants": {name: {"digest": each.study.digest, "runs": variants.key(name)} for name, each in variants.variants.items()},
                "data": {name: sha256(path) for study in studies for name, path in sorted(study.loaded.data_files.items())},
                "extensions": extensions.digests(studies[0].extensions),
                "complete": self._complete,
                "files": {path.relative_to(self.folder).as_posix(): sha256(path) for path in files},
                "fingerprint": fingerprint(),
                "run": {**self._clock.block(), "simulated": variants.simulated, "simulated_seconds": round(sum(variants.seconds.values()), 3)},
            },
        )


def write_table(folder: Path, name: str, table: pd.DataFrame | None) -> None:
    """Write a table as Parquet and CSV; None: there is none, and that of an earlier command in the folder goes away."""
    if table is None:
        for suffix in ("parquet", "csv"):
            (folder / f"{name}.{suffix}").unlink(missing_ok=True)
        return
    tables.write_frame(folder / f"{name}.parquet", table)
    write_text(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))


def written(folder: Path) -> list[Path]:
    """The files of a folder that were written on purpose, sorted; but the manifest, the report, and the runs, which have seals of their own."""
    kept = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != FOLDER]
    return sorted(path for path in kept if path.name not in (store.MANIFEST, store.LOCK, store.REPORT) and not path.name.endswith(TEMPORARY))


def clear(folder: Path) -> None:
    """Take away what was being written when a process died."""
    for path in folder.rglob(f".*{TEMPORARY}"):
        path.unlink(missing_ok=True)


def ours(folder: Path, form: str) -> bool:
    """Whether a folder holds work of this `form` that can be gone on with: it says so, or was left before it could say anything."""
    try:
        return bool(json.loads((folder / store.MANIFEST).read_text(encoding="utf-8"))["format"] == form)
    except FileNotFoundError:
        return all(path.name == store.LOCK or path.name.endswith(TEMPORARY) for path in folder.iterdir())
    except (OSError, ValueError, KeyError, TypeError):
        return (folder / FOLDER).is_dir()
