"""The additive sums of one replication: whole numbers, exact, in arrays of fixed size.  They are all that is kept of a replication; every indicator
is computed from them.

Files have the form of ``numpy.savez`` (readable with ``numpy.load``), without times, so that equal sums give equal bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.members import Members

Integers = npt.NDArray[np.int64]
_DATE = (1980, 1, 1, 0, 0, 0)


def key(name: str, layout: tuple[str, ...]) -> str:
    """The key of the array of the measure `name` in `layout`."""
    return f"{name}|{','.join(layout)}"


class Sums:
    """Arrays of whole numbers by key, flat: int64 while they grow, narrower ones when read."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]] | None = None) -> None:
        self._growing: dict[str, npt.NDArray[Any]] = {}
        self.arrays: Mapping[str, npt.NDArray[Any]] = self._growing if arrays is None else arrays

    def array(self, name: str, layout: tuple[str, ...], size: int) -> Integers:
        """The array to add to, made of zeros when it is not there; of sums that were not read from a file."""
        found = self._growing.get(key(name, layout))
        if found is None:
            found = self._growing[key(name, layout)] = np.zeros(size, dtype=np.int64)
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sums) or self.arrays.keys() != other.arrays.keys():
            return False
        return all(np.array_equal(value, other.arrays[name]) for name, value in self.arrays.items())

    __hash__ = None  # type: ignore[assignment]

    def save(self, path: Path) -> None:
        """Write the file `path`."""
        with zipfile.ZipFile(path, "w") as archive:
            for name in sorted(self.arrays):
                buffer = io.BytesIO()
                np.lib.format.write_array(buffer, narrow(self.arrays[name]), version=(1, 0), allow_pickle=False)
                entry = zipfile.ZipInfo(f"{name}.npy", date_time=_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # the same bytes on every system
                archive.writestr(entry, buffer.getvalue(), compresslevel=6)

    @classmethod
    def open(cls, path: Path) -> Sums:
        """The sums of the file `path`, each array read when it is asked for."""
        return cls(Members(path))

    @classmethod
    def load(cls, path: Path) -> Sums:
        """Read the file `path`."""
        with np.load(path, allow_pickle=False) as archive:
            return cls({name: archive[name] for name in archive.files})


def narrow(values: Integers) -> npt.NDArray[Any]:
    """The same numbers in the smallest signed type that holds them: most counts are small."""
    low, high = (int(values.min()), int(values.max())) if values.size else (0, 0)
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return values.astype(kind)
    return values
