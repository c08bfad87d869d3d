"""Random numbers by address.

A draw is a function of (seed, replication, need, thread, ordinal within the thread, purpose, and for choices the channel's
name), never of the order in which events happen (domain: addresses of draws). The generator is the counter-based Philox
4x64-10: its key is (seed, replication), its counter (number of the need in its day and service ÷ 4, day and service, thread and
ordinal, sort of draw), and the remainder picks one of the four words that it gives.  The sort of draw is a purpose, or a
decision and a channel name.  Because needs of one day and service stand at consecutive positions, a whole block is drawn by one
call of NumPy.

``simcrc.blocks`` draws whole days of needs at once and keeps what it has drawn.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simcrc.distributions import Distribution

MASK = (1 << 64) - 1
FAR = 1 << 62  # "never": later than any horizon


class Purpose(IntEnum):
    """What a draw is for."""

    WORK = 0  # duration of self-service, handle time
    PATIENCE = 1
    RESULT = 2  # "0", completion; incomplete item
    RESOLVED = 3
    DELAY = 4  # before the next contact
    LOST = 5
    THERE = 6  # transport to the organisation
    BACK = 7  # transport of the answer
    VERIFY = 8
    VERIFY_AFTER = 9
    INDUCE = 10
    INDUCE_AFTER = 11
    CHASE_AFTER = 12
    CHASE_RESOLVES = 13
    WRAP_UP = 14
    SPREAD = 15  # after the opening of a closed channel
    SITE = 16
    CORRECTION = 17
    BALK = 18
    TRANSFER = 19
    OPT_OUT_AFTER = 20
    NOT_READY = 21
    TRIES = 22  # calls although the agents are away
    HABIT = 23  # the channel of a contact becomes the habit
    STEP = 24  # handle time of step k of a backlog: STEP + k, to 63
    INSTANT = 64  # of the need itself: thread 0, ordinal 0
    SEGMENT = 65
    CITIZEN = 66
    COMPLEX = 67
    AMBIGUOUS = 68
    ONLINE = 69
    LANGUAGE = 70
    COUNT = 72  # of the day, at number 0 of the service's day
    BUSYNESS = 73
    ABSENCE = 76  # of the day, at number 0 of the team's day
    ASKS = 80  # which phase of an electronic service the need asks for
    REKEYED = 81  # staff key in again what another channel knows
    REKEYING = 82
    GUIDED = 83  # an agent shows the citizen another channel


class Decision(IntEnum):
    """Choices among channels, each with a draw for every channel name."""

    CHANNEL = 0  # first and next channel
    CHASE = 1
    AFTER = 2  # verification, induced
    REROUTE = 3  # another channel because the chosen one is closed
    DIVERT = 4  # a channel that opened, in place of one that it draws from


def about(decision: Decision | int, code: int) -> int:
    """The sort of draw of a `decision` about the channel with name code `code`."""
    return 1 << 40 | decision << 32 | code


def name_code(name: str) -> int:
    """A stable 32-bit number for a name, so that addresses do not move when something is added."""
    return zlib.crc32(name.encode())


class Philox:
    """The generator of one replication, positioned at will."""

    def __init__(self, seed: int, replication: int) -> None:
        self.hot: set[tuple[int, int, int]] = set()  # what blocks have found worth drawing in columns: service, place, sort
        self._bits = np.random.Philox(key=0)
        self._counter = np.zeros(4, dtype=np.uint64)
        self._state: Any = {
            "bit_generator": "Philox",
            "state": {"counter": self._counter, "key": np.array([seed & MASK, replication & MASK], dtype=np.uint64)},
            "buffer": np.zeros(4, dtype=np.uint64),
            "buffer_pos": 4,
            "has_uint32": 0,
            "uinteger": 0,
        }

    def words(self, day_service: int, place: int, sort: int, n: int) -> npt.NDArray[np.uint64]:
        """The random words of needs 0 to n − 1 of a day and service, shape (n,)."""
        # NumPy's Philox steps its counter before it computes: what follows position k are the words of counter k + 1.
        counter = self._counter
        counter[0], counter[1], counter[2], counter[3] = 0, day_service, place, sort
        self._bits.state = self._state
        return self._bits.random_raw(n)

    def word(self, number: int, day_service: int, place: int, sort: int) -> int:
        """The random word of need `number`."""
        counter = self._counter
        counter[0], counter[1], counter[2], counter[3] = number >> 2, day_service, place, sort
        self._bits.state = self._state
        return int(self._bits.random_raw(4)[number & 3])


def unit(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
    """Uniform variates on the open interval (0, 1) from random words, 52 bits each."""
    return ((words >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


@dataclass(frozen=True, eq=False)
class Quantity:
    """Something drawn for a contact: its purpose and its law by service and segment.  `uid` is unique in a model."""

    uid: int
    purpose: int
    laws: tuple[tuple[Distribution | None, ...], ...]  # [service][segment]; None: never (infinite)

    def variates(self, u: npt.NDArray[np.float64], service: int, segments: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Microseconds, rounded, for uniforms `u` of needs of `service` in `segments`."""
        laws = self.laws[service]
        if all(law is laws[0] for law in laws):
            return _microseconds(laws[0], u)
        out = np.empty(len(u), dtype=np.int64)
        for law in {id(law): law for law in laws}.values():
            chosen = np.array([own is law for own in laws]).take(segments)
            out[chosen] = _microseconds(law, u[chosen])
        return out


def _microseconds(law: Distribution | None, u: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    if law is None:
        return np.full(len(u), FAR, dtype=np.int64)
    return np.minimum(np.maximum(np.rint(law.quantile(u)), 0.0), FAR).astype(np.int64)


def branch(place: int, kind: int) -> int:
    """The place at which the thread begins that branches off at `place` (thread << 32 | ordinal).

    Its number is made of those of its parent, the ordinal and the kind, 1 to 3.
    """
    return ((place >> 32) << 18 | (place & 65535) << 2 | kind) << 32 & MASK


def gumbel(u: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Standard Gumbel variates from uniforms."""
    return -np.log(-np.log(u))


def day_uniforms(philox: Philox, day: int, names: Sequence[str]) -> npt.NDArray[np.float64]:
    """For each name (a service, or "" for what services share) the uniforms of the day: columns COUNT and BUSYNESS; shape
    (len(names), 2)."""
    return np.array([[day_uniform(philox, day, name, purpose) for purpose in (Purpose.COUNT, Purpose.BUSYNESS)] for name in names])


def day_uniform(philox: Philox, day: int, name: str, purpose: int) -> float:
    """The uniform of a day for `purpose`, of the service or team called `name`."""
    return float(unit(philox.words(day << 32 | name_code(name), 0, purpose, 1))[0])
