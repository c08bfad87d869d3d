"""The folder that is exported: which tables it has, and whether it is whole.

A folder of ``simcrc run`` has the tables summary, indicators, needs and, with ``--events``, contacts; comparison where records were replayed.  Folders of other
commands (fidelisation, compare, sweep, staff …) have the tables that their commands wrote at the top, by the names of the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import store
from simcrc.experiment.files import sha256
from simcrc.export.errors import (
    ALL_TOGETHER,
    CHANGED,
    DAMAGED,
    MISSING,
    NEAR,
    NO_CONTACTS,
    NO_REPLICATION,
    NO_TABLE,
    NO_TABLES,
    NOT_A_RUN,
    PARTIAL,
    UNREADABLE,
    ExportError,
)
from simcrc.export.table import REPLICATION, Table
from simcrc.words import Words

if TYPE_CHECKING:
    import pyarrow as pa

RUN = "run"
COMMANDS = {"comparison": "compare"}
"""Commands whose folders are marked with another word."""
SUMMARY, INDICATORS, NEEDS, CONTACTS, COMPARISON = "summary", "indicators", "needs", "contacts", "comparison"
RUN_TABLES = (SUMMARY, INDICATORS, NEEDS, CONTACTS, COMPARISON)
FILES = {SUMMARY: store.INDICATORS, INDICATORS: store.INDICATORS, NEEDS: store.NEEDS, CONTACTS: store.CONTACTS, COMPARISON: store.COMPARISON}


@dataclass(frozen=True)
class Source:
    """A folder of results.  `kind`: the command that wrote it; `manifest`: what it says of itself."""

    path: Path
    kind: str
    manifest: dict[str, Any]

    @classmethod
    def open(cls, path: Path) -> Source:
        """The folder, if it is one of whole results.  Raises StoreError, ExportError."""
        from simcrc.experiment.results import Results

        manifest = _manifest(path)
        form = manifest.get("format")
        if isinstance(form, str):
            if not manifest.get("complete", True):
                raise ExportError.of(PARTIAL, path=path)
            kind = form.partition(" ")[0]
            return cls(path, COMMANDS.get(kind, kind), manifest)
        return cls(path, RUN, Results.open(path).manifest)

    def names(self) -> tuple[str, ...]:
        """The tables that are there, the shortest first."""
        if self.kind == RUN:
            there = set(self.manifest["files"])
            return tuple(name for name in RUN_TABLES if FILES[name] in there)
        names = [name for name in self.manifest.get("files", {}) if "/" not in name and Path(name).suffix in (".csv", ".parquet")]
        return tuple(dict.fromkeys(Path(name).stem for name in sorted(names, key=lambda name: (Path(name).suffix != ".csv", name))))

    def tables(self, asked: Iterable[str] | None = None, replication: int | None = None) -> list[Table]:
        """The tables `asked` (else all), of one `replication` if given: then, unless asked for, those without replications are left out.

        Raises ExportError with all that is wrong with what is asked, and for files that are missing or not as they were written.
        """
        there = self.names()
        names = list(dict.fromkeys(there if asked is None else asked))
        faults = [fault for name in names if (fault := self._unknown(name, there))]
        if replication is not None and replication not in self.replications():
            faults.append((NO_REPLICATION, {"number": replication, "there": _listed(self.replications())}))
        if faults:
            raise ExportError(*faults)
        self.check(names)
        found = [self._table(name) for name in names]
        if replication is not None:
            together = [table.name for table in found if REPLICATION not in table.schema.names]
            if asked is not None and together:
                raise ExportError(*[(ALL_TOGETHER, dict[str, object](name=name)) for name in together])
            found = [Table(table.name, table.path, self._part(table, replication), replication) for table in found if table.name not in together]
        if not found:
            raise ExportError.of(NO_TABLES, path=self.path)
        return found

    def replications(self) -> list[int]:
        """The numbers of the replications."""
        done = self.manifest.get("done")
        return list(done) if done else list(range(1, int(self.manifest.get("replications", 1)) + 1))

    def log(self, replication: int | None = None) -> tuple[Table, Table] | None:
        """Needs and contacts, for a log of events; None when there are none at all.  Raises ExportError when the run did not keep its contacts."""
        if self.kind != RUN:
            raise ExportError.of(NOT_A_RUN, path=self.path, kind=self.kind)
        if not self.manifest["events"]:
            raise ExportError.of(NO_CONTACTS, path=self.path)
        if CONTACTS not in self.names():
            return None
        needs, contacts = self.tables((NEEDS, CONTACTS), replication)
        return needs, contacts

    def check(self, names: Iterable[str]) -> None:
        """Look whether the files of these tables are as they were written.  Raises ExportError."""
        written = self.manifest.get("files", {})
        faults: list[tuple[Words, dict[str, object]]] = []
        for name in dict.fromkeys(self._file(name) for name in names):
            why = _wrong(self.path / name, written[name])
            if why is not None:
                faults.append((DAMAGED, {"path": self.path / name, "why": why}))
        if faults:
            raise ExportError(*faults)

    def _file(self, name: str) -> str:
        if self.kind == RUN:
            return FILES[name]
        return f"{name}.parquet" if f"{name}.parquet" in self.manifest["files"] else f"{name}.csv"

    def _table(self, name: str) -> Table:
        path = self.path / self._file(name)
        if path.suffix == ".csv":
            return Table(name, made=_read_csv(path))
        if name == SUMMARY and self.kind == RUN:
            return Table(name, made=_whole_run(Table(name, path)))
        return Table(name, path)

    def _part(self, table: Table, replication: int) -> pa.Table | None:
        """The rows of one replication of a table in memory."""
        if table.made is None:
            return None
        import pyarrow.compute as pc

        return table.made.filter(pc.equal(table.made[REPLICATION], replication))

    def _unknown(self, name: str, there: tuple[str, ...]) -> tuple[Words, dict[str, object]] | None:
        from simcrc.scenario.faults import nearest

        if name in there:
            return None
        if name == CONTACTS and self.kind == RUN and not self.manifest["events"]:
            return NO_CONTACTS, {"path": self.path}
        guess = nearest(name, there)
        near = Words(fr=NEAR.say("fr", guess=guess), en=NEAR.say("en", guess=guess)) if guess else Words(fr="", en="")
        return NO_TABLE, {"name": name, "near": near, "there": ", ".join(there)}


def _manifest(path: Path) -> dict[str, Any]:
    """What the folder says of itself, of whatever command."""
    try:
        manifest = json.loads((path / store.MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise store.StoreError(store.NOT_RESULTS, path) from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int | str):
        raise store.StoreError(store.NOT_RESULTS, path)
    return manifest


def _wrong(path: Path, digest: str) -> Words | None:
    try:
        return None if sha256(path) == digest else CHANGED
    except FileNotFoundError:
        return MISSING
    except OSError:
        return UNREADABLE


def _whole_run(indicators: Table) -> pa.Table:
    """The rows of the table of indicators that are about the whole run."""
    import pyarrow as pa
    import pyarrow.compute as pc

    batches: Iterator[pa.RecordBatch] = (batch.filter(pc.is_null(batch.column("period"))) for batch in indicators.batches())
    table = pa.Table.from_batches(batches, schema=indicators.schema)
    return table.drop_columns(["period"])


def _read_csv(path: Path) -> pa.Table:
    """A table that a command wrote as CSV; an empty cell is null."""
    import pyarrow as pa
    from pyarrow import csv

    try:
        return csv.read_csv(path, convert_options=csv.ConvertOptions(strings_can_be_null=True))
    except (OSError, pa.ArrowException) as error:
        raise ExportError.of(DAMAGED, path=path, why=UNREADABLE) from error


def _listed(numbers: list[int]) -> str:
    """``1–5``, or ``1, 2, 5``."""
    whole = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
    return f"{numbers[0]}–{numbers[-1]}" if whole else ", ".join(map(str, numbers))
