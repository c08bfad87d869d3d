"""The files of the records, read in pieces so that memory does not grow with their length: CSV, text with tabs, Parquet.

A ``Piece`` holds a stretch of rows as texts (Parquet may bring instants and lengths of its own) with their line numbers.  What the file
itself does wrong – rows too long, empty ones, the header again, characters of another encoding – is counted here.
"""

from __future__ import annotations

import glob
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.calibration.mapping import Files
from simcrc.calibration.traps import Traps
from simcrc.errors import ScenarioError
from simcrc.scenario.faults import nearest
from simcrc.scenario.positions import Mark
from simcrc.scenario.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

ROWS = 200_000
"""Rows in a piece: some 200 MB of texts at most."""
SEPARATORS = (",", ";", "\t", "|")
REPLACED = "\ufffd"


@dataclass(frozen=True, eq=False)
class Piece:
    """Rows of one file: `frame`, the columns asked for; `line`, the number of each row in the file `label` (of the record, where texts hold line ends)."""

    label: str
    frame: pd.DataFrame
    line: npt.NDArray[np.int64]

    def keep(self, rows: npt.NDArray[np.bool_]) -> Piece:
        """These rows only."""
        return Piece(self.label, self.frame[rows], self.line[rows])


def expand(names: Sequence[str | Path]) -> list[Path]:
    """The files that `names` (paths or patterns such as ``calls-*.csv``) stand for, once each, in order.  Raises ScenarioError for what is not there."""
    out: list[Path] = []
    problems: list[Problem] = []
    for name in map(str, names):
        found = [name] if Path(name).exists() else sorted(glob.glob(name, recursive=True))
        if not found:
            problems.append(Mark(name).problem("file_missing"))
        for path in map(Path, found):
            if path.is_dir():
                problems.append(Mark(str(path)).problem("directory"))
            elif path not in out:
                out.append(path)
    if problems:
        raise ScenarioError(problems)
    return out


def pieces(paths: Sequence[Path], files: Files, columns: Sequence[str], traps: Traps, rows: int = ROWS) -> Iterator[Piece]:
    """All rows of `paths` with `columns`, `rows` at a time.  Raises ScenarioError for files that cannot be read and columns that are not there, of all files at
    once and before the first row."""
    problems: list[Problem] = []
    for path in paths:
        try:
            problems += _lacking(str(path), header(path, files), columns)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    for path in paths:
        with _said(str(path)):
            yield from _parquet(path, columns, traps, rows) if _format(path, files) == "parquet" else _texts(path, files, columns, traps, rows)


def header(path: Path, files: Files) -> list[str]:
    """The names of the columns of a file.  Raises ScenarioError when it cannot be read or is empty."""
    import pandas as pd

    with _said(str(path)):
        if _format(path, files) == "parquet":
            import pyarrow.parquet as pq

            return list(pq.read_schema(path).names)
        found = pd.read_csv(path, dtype=str, nrows=0, **_options(path, files))
    return [str(name).strip() for name in found.columns]


def _lacking(label: str, there: Sequence[str], columns: Sequence[str]) -> Iterator[Problem]:
    for column in columns:
        if column not in there:
            guess = nearest(column, there)
            yield Mark(label, 1, 1).problem("csv_column", (), found=", ".join(there), columns=[column], **({"suggestion": guess} if guess else {}))


class _said:  # noqa: N801 - used as a statement
    """Says what goes wrong with the file `label` as a ScenarioError."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if error is None or not isinstance(error, Exception) or isinstance(error, ScenarioError):
            return
        import pandas as pd

        if isinstance(error, FileNotFoundError):
            raise ScenarioError([Mark(self.label).problem("file_missing")]) from None
        if isinstance(error, pd.errors.EmptyDataError):
            raise ScenarioError([Mark(self.label).problem("empty")]) from None
        if isinstance(error, OSError | EOFError | ValueError | LookupError):  # those of pandas and pyarrow are ValueErrors, an unknown encoding a LookupError
            detail = " ".join(str(getattr(error, "strerror", None) or error).split())
            raise ScenarioError([Mark(self.label).problem("file_unreadable", detail=detail)]) from None


def _format(path: Path, files: Files) -> str:
    if files.format is not None:
        return files.format
    name = re.sub(r"\.(gz|bz2|xz|zip)$", "", path.name.lower())
    return "parquet" if name.endswith((".parquet", ".pq")) else "txt" if name.endswith((".txt", ".tsv", ".tab")) else "csv"


def _options(path: Path, files: Files) -> dict[str, Any]:
    """How pandas is to read a file of texts."""
    encoding = files.encoding.lower().replace("_", "-")
    encoding = "utf-8-sig" if encoding in ("utf-8", "utf8") else files.encoding  # spreadsheets put a mark at the beginning
    separator = files.separator or _separator(path, encoding, _format(path, files))
    return {"sep": separator, "encoding": encoding, "encoding_errors": "replace", "keep_default_na": False, "index_col": False}


def _separator(path: Path, encoding: str, form: str) -> str:
    """The separator that the header has most of; of a .txt, tabs when there is any."""
    import pandas as pd

    lines = pd.read_csv(path, sep="\x01", nrows=1, header=None, dtype=str, encoding=encoding, encoding_errors="replace", keep_default_na=False)
    text = str(lines.iat[0, 0]) if len(lines) else ""
    if form == "txt" and "\t" in text:
        return "\t"
    return max(SEPARATORS, key=text.count)


def _texts(path: Path, files: Files, columns: Sequence[str], traps: Traps, rows: int) -> Iterator[Piece]:
    """The pieces of a file of texts."""
    import pandas as pd

    label, line, skipped = str(path), 2, list[int]()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", pd.errors.ParserWarning)
        reader = pd.read_csv(path, dtype=str, chunksize=rows, skip_blank_lines=False, on_bad_lines="warn", **_options(path, files))
        with reader:
            for frame in reader:
                skipped += [int(found) for note in caught for found in re.findall(r"Skipping line (\d+)", str(note.message))]
                if any("Length of header" in str(note.message) for note in caught):
                    traps.count("longer", 1, [(label, 2)])
                caught.clear()
                frame.columns = [str(name).strip() for name in frame.columns]
                numbers = _numbers(line, len(frame), skipped)
                line = int(numbers[-1]) + 1 if len(numbers) else line
                yield _cleaned(Piece(label, frame[list(columns)], numbers), frame, traps)
    traps.rows += len(skipped)
    traps.count("cells", len(skipped), [(label, number) for number in skipped])


def _numbers(first: int, count: int, skipped: Sequence[int]) -> npt.NDArray[np.int64]:
    """Line numbers of `count` rows from `first` on, without the skipped ones."""
    out = np.arange(first, first + count + len(skipped), dtype=np.int64)
    return out[~np.isin(out, skipped)][:count]


def _cleaned(piece: Piece, whole: pd.DataFrame, traps: Traps) -> Piece:
    """The piece without empty rows and headers."""
    frame = piece.frame
    traps.rows += len(frame)
    filled = frame.fillna("")
    blank = (whole.isna() | (whole == "")).all(axis=1).to_numpy()
    heading = np.logical_and.reduce([(filled[name].str.strip() == name).to_numpy() for name in filled.columns])
    traps.add("blank", blank, piece.line, piece.label)
    traps.add("header", heading, piece.line, piece.label)
    strange = np.logical_or.reduce([filled[name].str.contains(REPLACED, regex=False).to_numpy(dtype=bool) for name in filled.columns])
    traps.add("characters", strange & ~blank, piece.line, piece.label)
    return Piece(piece.label, filled, piece.line).keep(~blank & ~heading)


def _parquet(path: Path, columns: Sequence[str], traps: Traps, rows: int) -> Iterator[Piece]:
    """The pieces of a Parquet file: texts, but for instants and lengths, which stay what they are."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = 1
    for batch in pq.ParquetFile(path).iter_batches(batch_size=rows, columns=list(columns)):
        made = {}
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            if pa.types.is_dictionary(column.type):
                column = column.dictionary_decode()
            if pa.types.is_timestamp(column.type) or pa.types.is_duration(column.type) or pa.types.is_date(column.type):
                made[name] = pd.to_datetime(column.to_pandas()) if pa.types.is_date(column.type) else column.to_pandas()
            else:
                made[name] = column.cast(pa.string()).fill_null("").to_pandas()
        frame = pd.DataFrame(made)
        traps.rows += len(frame)
        yield Piece(str(path), frame, np.arange(row, row + len(frame), dtype=np.int64))
        row += len(frame)
