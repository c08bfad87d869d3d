"""How far each piece of work is: one number each in a small file that every worker can write and the parent reads.

A file costs less than a queue between processes, needs no thread, and survives the death of a worker.
"""

from __future__ import annotations

import os
import struct
import tempfile
from pathlib import Path

CELL = struct.Struct("<d")


class Board:
    """Shares done, 0 to 1, of `count` pieces of work (replications, say) numbered from 1.  Used as a context: the file goes away at the end."""

    def __init__(self, count: int) -> None:
        handle, name = tempfile.mkstemp(prefix="simcrc-progress-")
        os.write(handle, bytes(CELL.size * count))
        os.close(handle)
        self.path = Path(name)

    def __enter__(self) -> Board:
        return self

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)

    def shares(self) -> list[float]:
        """The share done of each, in order."""
        return [share for (share,) in CELL.iter_unpack(self.path.read_bytes())]


def note(path: Path, number: int, share: float) -> None:
    """Write the share done of piece number `number`; never an error, since progress is only shown."""
    try:
        with path.open("r+b") as stream:
            stream.seek(CELL.size * (number - 1))
            stream.write(CELL.pack(share))
    except OSError:
        return
