"""Exporting a folder of results: which tables to which format, and where to.  Formats stand in modules of their own beside this one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from simcrc.export import csv_files, ocel, parquet_files, target, xes, xlsx
from simcrc.export.compressed import GZIP
from simcrc.export.definitions import about, accompanied
from simcrc.export.errors import ONLY_TABLES, UNKNOWN_FORMAT, ExportError
from simcrc.export.source import Source
from simcrc.export.table import Table
from simcrc.words import Lang, language

SUFFIXES = {"csv": csv_files.SUFFIX, "parquet": parquet_files.SUFFIX, "xlsx": xlsx.SUFFIX, "xes": xes.SUFFIX, "ocel": ocel.SUFFIX}
FORMATS = tuple(SUFFIXES)
IN_FOLDER = frozenset({"csv", "parquet"})
"""Formats of a file a table, in a folder."""
LOGS = frozenset({"xes", "ocel"})
"""Formats of a log of events."""


@dataclass(frozen=True)
class Exported:
    """What was written: the file or folder `path`; `counts`: rows by table, or traces, objects and events; `replications`: of how many replications."""

    path: Path
    counts: dict[str, int] = field(default_factory=dict)
    replications: int = 1


def export(
    folder: Path | str,
    to: str,
    path: Path | str | None = None,
    tables: Iterable[str] | None = None,
    replication: int | None = None,
    lang: Lang | None = None,
    force: bool = False,
) -> Exported:
    """Export the folder of results `folder` to the format `to`: csv, parquet, xlsx, xes or ocel.

    `path`: the file, or for csv and parquet the folder, which must not be there yet unless `force` (by default beside the results, with their name; a log is
    compressed when the name ends with ``.gz``).  `tables`: only these (csv, parquet, xlsx).  `replication`: only the rows of this one.  `lang`: of what
    indicators are called in the column ``label``.
    Raises ExportError and StoreError, with what is wrong; OSError when the disk is full.
    """
    if to not in FORMATS:
        raise ExportError.of(UNKNOWN_FORMAT, name=to, there=", ".join(FORMATS))
    folder = Path(folder)
    asked = None if tables is None else list(tables)
    if to in LOGS and asked is not None:
        raise ExportError.of(ONLY_TABLES, to=to)
    source = Source.open(folder)
    place = _beside(folder, to) if path is None else Path(path)
    target.check(place, folder, SUFFIXES[to], to in IN_FOLDER, force)
    count = 1 if replication is not None else len(source.replications())
    if to in LOGS:
        return Exported(place, _log(source, to, place, replication), count)
    chosen = accompanied(source, source.tables(asked, replication), lang or language())
    if to == "xlsx":
        xlsx.check_rows(chosen)
        with target.new_file(place) as temporary:
            return Exported(place, xlsx.write_xlsx(temporary, chosen, title(source, lang or language())), count)
    return Exported(place, _files(source, to, place, chosen), count)


def _beside(folder: Path, to: str) -> Path:
    """Where an export goes by default: beside the folder, and called after it."""
    whole = folder.resolve()
    name = f"{whole.name}-{to}" if to in IN_FOLDER else whole.name + SUFFIXES[to]
    return folder.parent / name if folder.name else whole.parent / name


def _files(source: Source, to: str, place: Path, tables: list[Table]) -> dict[str, int]:
    """A file a table."""
    counts = {}
    currency = str(source.manifest.get("currency", ""))
    with target.new_folder(place) as temporary:
        for table in tables:
            with target.new_file(temporary / (table.name + SUFFIXES[to])) as one:
                counts[table.name] = csv_files.write_csv(one, table) if to == "csv" else parquet_files.write_parquet(one, table, tables[0], currency)
    return counts


def _log(source: Source, to: str, place: Path, replication: int | None) -> dict[str, int]:
    """A log of events."""
    log = source.log(replication)
    compressed = place.suffix == GZIP
    with target.new_file(place) as temporary:
        if to == "ocel":
            return ocel.write_ocel(temporary, log, compressed)
        made = about(source, list(log or ())).made
        said = {} if made is None else {row["name"]: row["value"] for row in made.to_pylist()}
        return xes.write_xes(temporary, log, said | {"name": title(source, "fr")}, compressed)


def title(source: Source, lang: Lang) -> str:
    """What the run is called: the name of its scenario."""
    name = source.manifest.get("name")
    return str(name.get(lang) or "simcrc") if isinstance(name, dict) else str(name or f"simcrc {source.kind}")
