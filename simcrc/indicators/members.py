"""The arrays of a file of sums, read one by one when they are asked for: hundreds of replications are tabulated in the memory of a few.

``Sums.open`` gives sums that stand on them, ``Sums.load`` reads all at once.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_HEADER = struct.Struct("<26xHH")  # of a member of a zip file: all but the lengths of its name and of its extra field
_START = struct.Struct("<8xH")  # of an array: all but the length of its header
_SUFFIX = ".npy"


class Members(Mapping[str, npt.NDArray[Any]]):
    """The arrays of the file `path` (of ``Sums.save``) by name; they cannot be written to.  Raises what ``zipfile`` does for a file that is none."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
        self._path = path
        self._order = _numbered(tuple(entry.filename.removesuffix(_SUFFIX) for entry in entries))  # shared by files with the same arrays
        self._places = np.array([(entry.header_offset, entry.compress_size, entry.compress_type) for entry in entries], dtype=np.int64).reshape(-1, 3)

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        offset, size, method = self._places[self._order[name]].tolist()
        with self._path.open("rb", buffering=0) as stream:
            stream.seek(offset)
            named, extra = _HEADER.unpack(stream.read(_HEADER.size))
            stream.seek(named + extra, io.SEEK_CUR)
            content = stream.read(size)
        if method == zipfile.ZIP_DEFLATED:
            content = zlib.decompress(content, wbits=-zlib.MAX_WBITS)
        start = _START.unpack_from(content)[0] + _START.size
        kind, shape = _described(content[:start])
        return np.frombuffer(content, kind, offset=start).reshape(shape)

    def __contains__(self, name: object) -> bool:
        return name in self._order

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)


@cache
def _described(header: bytes) -> tuple[np.dtype[Any], tuple[int, ...]]:
    """Type and shape of an array, of the header that NumPy writes before it; there are few, and NumPy takes its time to read one."""
    stream = io.BytesIO(header)
    np.lib.format.read_magic(stream)
    shape, _, kind = np.lib.format.read_array_header_1_0(stream)
    return kind, shape


@cache
def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}
