"""The chain of two classes of contacts and three teams: those of one class each, and those of both, for whom the first class goes first.

States: the busy of each team and the two queues.  Somebody of a class waits only while all who can serve it are busy, so that the states are a
box without queues, two boxes with one queue each, and a plane of both queues.  Solved as a sparse linear system.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simcrc.theory.errors import TOO_MANY, TheoryError

MOST_STATES = 600_000
MOST_BOX = 120_000  # without queues, when all three teams are there: elimination in three dimensions takes a minute and a gigabyte
LEFT = 1e-15  # probability of the last places followed

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Design:
    """Rates of arrival of (x, y), of one agent's `service`, of `leaving` the queue; `agents` for x alone, for both, for y alone; those of both take
    x first, or else y."""

    rates: tuple[float, float]
    service: float
    agents: tuple[int, int, int]
    leaving: float
    x_first: bool = True

    def ranked(self) -> Design:
        """The same with the class that goes first called x."""
        return self if self.x_first else Design(self.rates[::-1], self.service, self.agents[::-1], self.leaving)


@dataclass(frozen=True)
class Means:
    """Stationary: P(all who can serve it are busy) and mean queue by class, mean busy by team."""

    all_busy_x: float
    all_busy_y: float
    queue_x: float
    queue_y: float
    busy_x: float
    busy_both: float
    busy_y: float


@dataclass(frozen=True)
class States:
    """All states as columns, and the index of any: busy i of x, j of both, k of y, queues q and r of x and y."""

    agents: tuple[int, int, int]
    places: tuple[int, int]

    @property
    def offsets(self) -> tuple[int, int, int, int]:
        """Where the boxes begin: no queue, x alone waits, y alone waits, both wait; and the size in the last place."""
        (a, b, c), (m, n) = self.agents, self.places
        first = (a + 1) * (b + 1) * (c + 1)
        second = first + m * (c + 1)
        third = second + n * (a + 1)
        return first, second, third, third + m * n

    def columns(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """(i, j, k, q, r) of all states, in the order of ``index``."""
        (a, b, c), (m, n) = self.agents, self.places
        box = np.indices((a + 1, b + 1, c + 1)).reshape(3, -1)
        x = np.indices((m, c + 1)).reshape(2, -1)
        y = np.indices((n, a + 1)).reshape(2, -1)
        both = np.indices((m, n)).reshape(2, -1)
        full = np.ones_like
        i = np.concatenate([box[0], a * full(x[0]), y[1], a * full(both[0])])
        j = np.concatenate([box[1], b * full(x[0]), b * full(y[0]), b * full(both[0])])
        k = np.concatenate([box[2], x[1], c * full(y[0]), c * full(both[0])])
        q = np.concatenate([0 * box[0], x[0] + 1, 0 * y[0], both[0] + 1])
        r = np.concatenate([0 * box[0], 0 * x[0], y[0] + 1, both[1] + 1])
        return i, j, k, q, r

    def index(self, i: Ints, j: Ints, k: Ints, q: Ints, r: Ints) -> Ints:
        """The index of each state."""
        (a, b, c), n = self.agents, self.places[1]
        first, second, third, _ = self.offsets
        none = (i * (b + 1) + j) * (c + 1) + k
        x = first + (q - 1) * (c + 1) + k
        y = second + (r - 1) * (a + 1) + i
        both = third + (q - 1) * n + r - 1
        return np.where(q > 0, np.where(r > 0, both, x), np.where(r > 0, y, none))


def solve(design: Design) -> Means:
    """The stationary means; places are added to each queue until its last holds less than 1e-15."""
    ranked = design.ranked()
    box = States(ranked.agents, (0, 0)).offsets[0]
    if box > MOST_BOX and min(ranked.agents) > 0:
        raise TheoryError(TOO_MANY, "agents_both", name="(busy, busy, busy)", value=box, most=MOST_BOX)
    places = (32, 32)
    while True:
        states = States(ranked.agents, places)
        if states.offsets[-1] > MOST_STATES:
            raise TheoryError(TOO_MANY, "agents_both", name="(busy, busy, busy, queue, queue)", value=states.offsets[-1], most=MOST_STATES)
        law = stationary(ranked, states)
        i, j, k, q, r = states.columns()
        full = tuple(float(np.sum(law[queue == last])) > LEFT for queue, last in ((q, places[0]), (r, places[1])))
        if not any(full):
            break
        places = (places[0] * (2 if full[0] else 1), places[1] * (2 if full[1] else 1))
    a, b, c = ranked.agents
    busy = [float(law @ n) for n in (i, j, k)]
    x, y = (float(np.sum(law[(i == a) & (j == b)])), float(law @ q)), (float(np.sum(law[(k == c) & (j == b)])), float(law @ r))
    if not design.x_first:
        x, y, busy = y, x, busy[::-1]
    return Means(x[0], y[0], x[1], y[1], *busy)


def stationary(design: Design, states: States) -> Floats:
    """The probabilities of all states, x being the class that goes first."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.linalg import splu

    size = states.offsets[-1]
    source, target, rate = transitions(design, states)
    leaving = np.bincount(source, rate, size)
    # One state, a likely one, is given the weight 1, and the others follow from their balances.
    pivot = _likely(design, states)
    keep = np.ones(size, dtype=bool)
    keep[pivot] = False
    rank = np.cumsum(keep) - 1
    inner = keep[source] & keep[target]
    others = np.flatnonzero(keep)
    rows = np.concatenate([rank[target[inner]], rank[others]])
    columns = np.concatenate([rank[source[inner]], rank[others]])
    values = np.concatenate([-rate[inner], leaving[others]])
    right = np.zeros(size - 1)
    fed = (source == pivot) & keep[target]
    np.add.at(right, rank[target[fed]], rate[fed])
    matrix = coo_matrix((values, (rows, columns)), shape=(size - 1, size - 1)).tocsc()
    factors = splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    law = np.ones(size)
    law[others] = factors.solve(right)
    return np.asarray(law / law.sum())


def transitions(design: Design, states: States) -> tuple[Ints, Ints, Floats]:
    """(from, to, rate) of all moves; those into places beyond the last are left out."""
    (a, b, c), (m, n) = design.agents, states.places
    i, j, k, q, r = columns = states.columns()
    here = states.index(*columns)
    moves: list[tuple[Ints, Ints, Floats]] = []

    def move(when: npt.NDArray[np.bool_], rates: npt.ArrayLike, *by: tuple[int, int]) -> None:
        """Where `when`, change the columns named by (column, step) at these rates."""
        to = [column[when] for column in columns]
        for which, step in by:
            to[which] = to[which] + step
        moves.append((here[when], states.index(*to), np.broadcast_to(np.asarray(rates, dtype=np.float64), here.shape)[when]))

    x, y, mu, theta = (*design.rates, design.service, design.leaving)
    both_busy, x_busy, y_busy = j == b, i == a, k == c
    move(~x_busy, x, (0, 1))
    move(x_busy & ~both_busy, x, (1, 1))
    move(x_busy & both_busy & (q < m), x, (3, 1))
    move(~y_busy, y, (2, 1))
    move(y_busy & ~both_busy, y, (1, 1))
    move(y_busy & both_busy & (r < n), y, (4, 1))
    move((q == 0) & (i > 0), mu * i, (0, -1))
    move(q > 0, mu * i + mu * j + theta * q, (3, -1))
    move((r == 0) & (k > 0), mu * k, (2, -1))
    move((q == 0) & (r == 0) & (j > 0), mu * j, (1, -1))
    move(r > 0, mu * k + theta * r + np.where(q == 0, mu * j, 0.0), (4, -1))
    source, target, rate = (np.concatenate(part) for part in zip(*moves, strict=True))
    real = rate > 0.0
    return source[real], target[real], rate[real]


def _likely(design: Design, states: States) -> int:
    """A state near the middle of the law: the agents that the load keeps busy, no queue."""
    (a, b, c), (x, y) = design.agents, (rate / design.service for rate in design.rates)
    i, k = min(a, int(x)), min(c, int(y))
    j = min(b, int(max(x - a, 0.0) + max(y - c, 0.0)))
    return int(states.index(*(np.array([value]) for value in (i, j, k, 0, 0)))[0])
