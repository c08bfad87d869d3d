"""When something is open: sorted, disjoint intervals of instants.  ``simcrc.model.calendar`` makes them from written hours; engines ask them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.draws import FAR

Interval = tuple[int, int]
"""A half-open interval of instants [start, end), in microseconds since the origin."""


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """Open intervals [starts[i], ends[i]), sorted and disjoint, touching ones merged.  `always`: open at every instant (then one interval from -FAR to FAR).

    Each question costs one bisection, O(log number of intervals).
    """

    always: bool
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, intervals: Iterable[Interval], outages: Iterable[Interval] = ()) -> Opening:
        """The union of `intervals`, in any order, less the `outages`."""
        open_ = _without(_merged(intervals), _merged(outages))
        return cls(open_ == [(-FAR, FAR)], [a for a, _ in open_], [b for _, b in open_])

    def is_open(self, t: int) -> bool:
        """Whether instant `t` is in an open interval."""
        if self.always:
            return True
        i = bisect_right(self.starts, t) - 1
        return i >= 0 and t < self.ends[i]

    def are_open(self, times: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Whether each of the instants `times`, sorted, is in an open interval; shape (n,).  Costs by how far apart the first and the last are."""
        if self.always or not len(times):
            return np.ones(len(times), dtype=bool)
        first = max(bisect_right(self.starts, int(times[0])) - 1, 0)
        last = bisect_right(self.starts, int(times[-1]))
        starts, ends = (np.array(bounds[first:last], dtype=np.int64) for bounds in (self.starts, self.ends))
        place = np.searchsorted(starts, times, side="right") - 1
        return (place >= 0) & (times < np.append(ends, 0)[place])

    def next_open(self, t: int) -> int:
        """The first open instant at or after `t`: `t` itself when open, FAR when it never opens again."""
        if self.always:
            return t
        i = bisect_right(self.starts, t) - 1
        if i >= 0 and t < self.ends[i]:
            return t
        return self.starts[i + 1] if i + 1 < len(self.starts) else FAR

    def closes_at(self, t: int) -> int:
        """The end of the open interval that holds `t`; `t` itself when it is closed, FAR when it never closes."""
        if self.always:
            return FAR
        i = bisect_right(self.starts, t) - 1
        return self.ends[i] if i >= 0 and t < self.ends[i] else t

    def open_time(self, a: int, b: int) -> int:
        """Microseconds open within [a, b)."""
        if self.always:
            return max(0, b - a)
        total = 0
        i = max(0, bisect_right(self.starts, a) - 1)
        while i < len(self.starts) and self.starts[i] < b:
            total += max(0, min(b, self.ends[i]) - max(a, self.starts[i]))
            i += 1
        return total


def _merged(intervals: Iterable[Interval]) -> list[Interval]:
    out: list[Interval] = []
    for a, b in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def _without(intervals: list[Interval], holes: list[Interval]) -> list[Interval]:
    """`intervals` less `holes`, both merged; one pass over each."""
    out: list[Interval] = []
    k = 0
    for a, b in intervals:
        while k < len(holes) and holes[k][1] <= a:
            k += 1
        j, at = k, a
        while j < len(holes) and holes[j][0] < b:
            if at < holes[j][0]:
                out.append((at, holes[j][0]))
            at = max(at, holes[j][1])
            j += 1
        if at < b:
            out.append((at, b))
    return out
