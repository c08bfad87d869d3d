"""Where an export goes: a file, or a folder with a file a table; whole or not at all, and never over something else unless that is asked.

A file is written beside its place and put there in one step (``simcrc.experiment.files.atomic``); a folder likewise.  With `force` a file is replaced; a folder
only if nothing is in it but what an export of the same format left.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simcrc.experiment.files import TEMPORARY, atomic
from simcrc.export.errors import EXISTS, FOREIGN, INSIDE, IS_FILE, IS_FOLDER, NOT_WRITABLE, ExportError

FULL = {errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""What the disk, not the person, is the cause of: these errors stay what they are, and say the place."""


def check(path: Path, results: Path, suffix: str, folder: bool, force: bool) -> None:
    """Look whether an export of the folder `results` may go to `path`.  Raises ExportError."""
    try:
        if results.resolve() in (path.resolve(), *path.resolve().parents):
            raise ExportError.of(INSIDE, path=path)
        if not os.path.lexists(path):
            return
        if path.is_dir() != folder:
            raise ExportError.of(IS_FILE if folder else IS_FOLDER, path=path)
        if not folder:
            if not force:
                raise ExportError.of(EXISTS, path=path)
            return
        inside = {entry.name: entry.is_file() for entry in sorted(path.iterdir())}
    except (OSError, ValueError) as error:
        raise ExportError.of(NOT_WRITABLE, path=path, error=_said(error)) from error
    if inside and not force:
        raise ExportError.of(EXISTS, path=path)
    foreign = [name for name, is_file in inside.items() if not is_file or not name.endswith(suffix) or name.startswith(".")]
    if foreign:
        raise ExportError.of(FOREIGN, path=path, name=foreign[0])


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """The path of a file that takes the place of `path` when the block ends well.  Raises ExportError; OSError, with the place, when the disk is full."""
    with _in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic(path) as temporary:
            yield temporary


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder that takes the place of `path`, likewise; the files in it are written by ``new_file``."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    with _in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(temporary, ignore_errors=True)
        try:
            temporary.mkdir()
            yield temporary
            _take_place(temporary, path)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _take_place(temporary: Path, path: Path) -> None:
    if not path.exists():
        temporary.rename(path)
        return
    old = temporary.with_name(f"{temporary.name}.old")
    path.rename(old)
    try:
        temporary.rename(path)
    except OSError:
        old.rename(path)
        raise
    shutil.rmtree(old)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise OSError(error.errno, _said(error), str(path)) from error
        raise ExportError.of(NOT_WRITABLE, path=path, error=_said(error)) from error


def _said(error: OSError | ValueError) -> str:
    return (os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "") or str(error)
