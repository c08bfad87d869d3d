"""The Kolmogorov forward equations of a queue with exponential service and patience while rate and agents stay: one step of any length.

A state is (busy, queue).  While nobody is over the staff it is one number, the contacts present: the row `main`.  After the staff has fallen
from b to c, those busy above c end the contact in hand and are not replaced: a row of queues for each number of agents over the staff, which
empties into the row below.  Beside the probabilities go the `ages`: for each place in the queue, counted from its head, the expected time that the
one who holds it has waited so far, from which comes the wait of those who are served.  All rows are tridiagonal, and the rows above feed those
below: a shifted system is solved row by row.  The schedule of changes is in ``path``; one contact followed through it in ``tagged``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.theory.numerics.rational import poles

Vector = npt.NDArray[np.float64]
Shifted = npt.NDArray[Any]


@dataclass(frozen=True)
class Layout:
    """Where things are in a vector: `agents` staffed, `places` in the queue that are followed, rows for up to `over` agents over the staff; the
    ages only where they are wanted (`aged`)."""

    agents: int
    places: int
    over: int = 0
    aged: bool = True

    @property
    def chances(self) -> int:
        """How many of the numbers are probabilities: the first."""
        return self.agents + self.places + 1 + self.over * (self.places + 1)

    @property
    def size(self) -> int:
        return self.chances + self.aged * (self.over + 1) * self.places

    def main(self, vector: Shifted) -> Shifted:
        """Probabilities by contacts present, shape (agents + places + 1,)."""
        return vector[: self.agents + self.places + 1]

    def excess(self, vector: Shifted) -> Shifted:
        """Probabilities with 1, 2, … agents over the staff, by queue: shape (over, places + 1)."""
        first = self.agents + self.places + 1
        return vector[first : first + self.over * (self.places + 1)].reshape(self.over, self.places + 1)

    def ages(self, vector: Shifted) -> Shifted:
        """Expected wait so far by agents over the staff and place in the queue: shape (over + 1, places), or (0, places)."""
        return vector[self.chances :].reshape(self.aged * (self.over + 1), self.places)

    def queues(self, vector: Shifted) -> Shifted:
        """Probabilities with all staff busy, by agents over the staff and queue: shape (over + 1, places + 1)."""
        return np.vstack([self.main(vector)[self.agents :][None, :], self.excess(vector)])


@dataclass(frozen=True)
class Flow:
    """What happens while nothing is changed: rates of arrival, of one agent's service, of one waiting contact's patience."""

    arrivals: float
    service: float
    leaving: float


def tridiagonal(lower: Shifted, diagonal: Shifted, upper: Shifted, right: Shifted) -> Shifted:
    """Solution of a tridiagonal system."""
    from scipy.linalg import lapack

    if diagonal.size < 2:
        return np.asarray(right / diagonal)
    gtsv = lapack.zgtsv if np.iscomplexobj(diagonal) else lapack.dgtsv
    return np.asarray(gtsv(lower, diagonal, upper, right)[3])


def row(shift: complex, up: Vector, down: Vector, out: float | Vector, right: Shifted) -> Shifted:
    """(shift − Q') x = right for a birth-death row: rates up (n − 1,), down (n − 1,) from states 1 …, and `out` of the row from all (or each)."""
    diagonal = np.full(down.size + 1, shift if shift.imag else shift.real) + out
    diagonal[:-1] += up
    diagonal[1:] += down
    kind = diagonal.dtype
    return tridiagonal((-up).astype(kind), diagonal, (-down).astype(kind), right.astype(kind))


def shifted(layout: Layout, flow: Flow, shift: complex, step: float, start: Vector) -> Shifted:
    """(shift − step · generator) x = start."""
    agents, places, over = layout.agents, layout.places, layout.over
    x = np.empty(layout.size, dtype=np.float64 if shift.imag == 0.0 else np.complex128)
    leaving = step * flow.leaving * np.arange(1.0, places + 1.0)
    arriving = np.full(places, step * flow.arrivals)
    excess, from_excess = layout.excess(x), layout.excess(start)
    fed: Shifted | float = 0.0
    for e in range(over - 1, -1, -1):
        ends = step * flow.service * (agents + 1 + e)
        excess[e] = row(shift, arriving, leaving, ends, from_excess[e] + fed)
        fed = ends * excess[e]
    right = layout.main(start).astype(x.dtype)
    right[agents:] += fed
    down = np.concatenate([step * flow.service * np.arange(1.0, agents + 1.0), step * flow.service * agents + leaving])
    layout.main(x)[:] = row(shift, np.full(agents + places, step * flow.arrivals), down, 0.0, right)
    if places and layout.aged:
        behind = np.cumsum(layout.queues(x)[:, :0:-1], axis=1)[:, ::-1]  # P(somebody holds the place), the source of the ages
        layout.ages(x)[:] = waiting(layout, flow, shift, step, layout.ages(start) + step * behind)
    return x


def waiting(layout: Layout, flow: Flow, shift: complex, step: float, right: Shifted) -> Shifted:
    """(shift − step · generator) x = right for who waits: rows by agents over the staff, columns by how many wait before him.  He moves up when one
    of those is served or gives up, and leaves the rows when he is served or gives up."""
    x = np.empty(right.shape, dtype=np.float64 if shift.imag == 0.0 else np.complex128)
    still = np.zeros(layout.places - 1)
    leaving = step * flow.leaving * np.arange(1.0, layout.places)
    fed: Shifted | float = 0.0
    for e in range(right.shape[0] - 1, 0, -1):
        ends = step * flow.service * (layout.agents + e)
        x[e] = row(shift, still, leaving, ends + step * flow.leaving, right[e] + fed)
        fed = ends * x[e]
    served = step * flow.service * layout.agents
    # From the head he is served, at the rate at which the others move up.
    out = np.full(layout.places, step * flow.leaving)
    out[0] += served
    x[0] = row(shift, still, leaving + served, out, right[0] + fed)
    return x


def advance(layout: Layout, flow: Flow, start: Vector, step: float) -> tuple[Vector, Vector]:
    """The vector a `step` later, and its integral over the step."""
    later, area = np.zeros(layout.size), np.zeros(layout.size)
    for pole, weight in poles():
        x = shifted(layout, flow, pole, step, start)
        later += (weight * x).real
        area += (step * weight / pole * x).real
    return later, area


def restaffed(layout: Layout, vector: Vector, agents: int) -> tuple[Layout, Vector, float]:
    """The vector with `agents` from now on, and the wait of those whom new agents take at once.  Who is over the staff ends the contact in hand."""
    top = layout.agents + layout.over
    new = replace(layout, agents=agents, over=max(top - agents, 0))
    out = np.zeros(new.size)
    main, excess, ages = new.main(out), new.excess(out), new.ages(out)
    waited = 0.0
    old = layout.main(vector)
    few = min(layout.agents, agents + 1)  # so few contacts that nobody waits, before or after
    main[:few] += old[:few]
    for busy in range(few, layout.agents):
        excess[busy - agents - 1, 0] += old[busy]
    for e, queue in enumerate(layout.queues(vector)):
        busy = layout.agents + e
        if busy > agents:
            excess[busy - agents - 1] += queue
        else:
            main[busy : busy + layout.places + 1] += queue
    for e, age in enumerate(layout.ages(vector)):
        busy = layout.agents + e
        if busy > agents:
            ages[busy - agents] += age
        else:
            taken = min(agents - busy, layout.places)
            waited += float(np.sum(age[:taken]))
            ages[0, : layout.places - taken] += age[taken:]
    return new, out, waited


def resized(layout: Layout, vector: Vector, places: int, over: int) -> tuple[Layout, Vector]:
    """The same with more places, or fewer rows: what the rows held goes to the highest that is left."""
    new = replace(layout, places=places, over=over)
    out = np.zeros(new.size)
    keep = layout.places + 1
    new.main(out)[: layout.agents + keep] = layout.main(vector)
    for e, queue in enumerate(layout.excess(vector)):
        if over:
            new.excess(out)[min(e, over - 1), :keep] += queue
        else:
            new.main(out)[new.agents : new.agents + keep] += queue
    for e, age in enumerate(layout.ages(vector)):
        new.ages(out)[min(e, over), : layout.places] += age
    return new, out
