"""Writing files that are either whole or absent: a temporary file beside the target, flushed to the disk, then put in place in one step.

``simcrc.experiment.store`` lays out the folder; ``simcrc.experiment.tables`` writes the Parquet files through here.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

TEMPORARY = ".tmp"
"""Suffix of files that are being written; a folder that was left by a crash may hold some, and nobody reads them."""


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """The path of a temporary file that takes the place of `path` when the block ends well, and is removed when it does not."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        yield temporary
        _to_disk(temporary)
        os.replace(temporary, path)
        _to_disk(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _to_disk(path: Path) -> None:
    """Flush a file, or the entries of a folder (not every system can, for folders)."""
    folder = path.is_dir()
    if folder and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError:
        if not folder:
            raise
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Write `text` in UTF-8 with line feeds, whole or not at all."""
    with atomic(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_json(path: Path, value: Any) -> None:
    """Write `value` as indented JSON; keys keep the order in which they were put."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of the content of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
