"""The folder of a comparison: held while it is made, gone on with when the same command is given again.

manifest.json             what was compared, with which versions; its `run` block alone may differ between two equal comparisons
scenarios/NAME.yaml       each contender as resolved
figures, differences, best, objectives   .csv and .parquet: the tables of ``simcrc.experiment.comparison_tables`` (the last two where there are any)
replications.parquet      each metric of each contender in each replication
comparison.fr.txt, .en.txt   the account that the command prints
runs/KEY/0001.npz         the sums of each run, with its seal (``simcrc.experiment.variants``)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import comparison_tables, extensions, store, tables
from simcrc.experiment.files import TEMPORARY, sha256, write_json, write_text
from simcrc.experiment.fingerprint import fingerprint
from simcrc.experiment.manifest import Clock
from simcrc.experiment.metrics import Metric
from simcrc.experiment.variants import FOLDER, Variants
from simcrc.words import LANGS

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.compare import Comparison

FORMAT = "comparison 1"
SCENARIOS, ACCOUNT = "scenarios", "comparison.{lang}.txt"


class Keeping:
    """Holds the folder of a comparison while it is made; what is there at the end, however it comes, stands in the manifest."""

    def __init__(self, folder: Path, variants: Variants, count: int, jobs: int, metrics: Sequence[Metric]) -> None:
        self.folder, self.variants, self.count = folder, variants, count
        self.clock = Clock(workers=jobs)
        self.metrics = [metric.name for metric in metrics]
        self._stack = ExitStack()
        self._found: Comparison | None = None

    def __enter__(self) -> Keeping:
        self._stack.enter_context(store.claimed(self.folder, lambda path: ours(path, FORMAT)))
        self._manifest()
        return self

    def __exit__(self, *raised: Any) -> None:
        with self._stack:
            self._manifest()

    def save(self, found: Comparison) -> None:
        """Write the tables and the account."""
        from simcrc.scenario import dump

        (self.folder / SCENARIOS).mkdir(exist_ok=True)
        for path in (self.folder / SCENARIOS).glob("*.yaml"):
            path.unlink()  # of an earlier comparison in this folder
        for variant in self.variants.variants.values():
            write_text(self.folder / SCENARIOS / f"{variant.name}.yaml", dump(variant.study.loaded.document))
        write_table(self.folder, "figures", found.figures)
        write_table(self.folder, "differences", found.differences)
        write_table(self.folder, "best", found.best if found.selection else None)
        write_table(self.folder, "objectives", found.objectives if found.judged else None)
        tables.write_frame(self.folder / "replications.parquet", comparison_tables.replications(found))
        for lang in LANGS:
            write_text(self.folder / ACCOUNT.format(lang=lang), found.text(lang) + "\n")
        self._found = found

    def _manifest(self) -> None:
        variants, found = self.variants, self._found
        about: dict[str, Any] = {
            "format": FORMAT,
            "arms": {name: {"digest": each.study.digest, "runs": variants.key(name)} for name, each in variants.variants.items()},
            "seed": variants.seed,
            "replications": self.count,
            "metrics": self.metrics,
            "data": {name: sha256(path) for each in variants.variants.values() for name, path in sorted(each.study.loaded.data_files.items())},
            "extensions": extensions.digests(next(iter(variants.variants.values())).study.extensions),
            "complete": found is not None,
        }
        if found is not None and found.selection is not None:
            best = found.selection
            about["best"] = {"indicator": best.aim.metric.name, "sense": best.aim.sense, "delta": best.aim.delta, "cap": best.cap}
        files = written(self.folder) if found is not None else []
        digests = {path.relative_to(self.folder).as_posix(): sha256(path) for path in files}
        write_json(self.folder / store.MANIFEST, {**about, "files": digests, "fingerprint": fingerprint(), "run": self.clock.block()})


def write_table(folder: Path, name: str, table: pd.DataFrame | None) -> None:
    """Write a table as Parquet and CSV; None: there is none, and one of an earlier comparison in the folder goes away."""
    if table is None:
        for suffix in ("parquet", "csv"):
            (folder / f"{name}.{suffix}").unlink(missing_ok=True)
        return
    tables.write_frame(folder / f"{name}.parquet", table)
    write_text(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))


def written(folder: Path) -> list[Path]:
    """The files of a folder that were written on purpose, but the manifest and the runs, which have seals of their own; sorted."""
    kept = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != FOLDER]
    return sorted(path for path in kept if path.name not in (store.MANIFEST, store.LOCK) and not path.name.endswith(TEMPORARY))


def ours(folder: Path, form: str) -> bool:
    """Whether a folder holds work of this `form` that can be gone on with: it says so, or was left before it could say anything."""
    try:
        return bool(json.loads((folder / store.MANIFEST).read_text(encoding="utf-8"))["format"] == form)
    except FileNotFoundError:
        return all(path.name == store.LOCK or path.name.endswith(TEMPORARY) for path in folder.iterdir())
    except (OSError, ValueError, KeyError, TypeError):
        return (folder / FOLDER).is_dir()
