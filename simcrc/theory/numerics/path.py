"""A queue from empty through a day of changing rates and staff, in pieces between the marks: what each piece adds to the figures.

Steps double when one and two halves agree, and are halved when they do not; places in the queue are added as they fill, rows of agents over
the staff dropped as they empty.  The equations of one step are in ``forward``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from simcrc.theory.errors import TOO_MANY, TheoryError
from simcrc.theory.numerics.forward import Flow, Layout, Vector, advance, resized, restaffed
from simcrc.theory.numerics.rational import ORDER
from simcrc.theory.steps import Steps

AGREED = 1e-11  # |one step − two halves|, summed over the states; the two halves, which are kept, err 500 times less
FULL = 1e-15  # probability of the last place followed
GONE = 1e-19  # probability of a row that is dropped
MOST_STATES = 4_000_000


@dataclass(frozen=True)
class Piece:
    """From `since` to `until`, at a constant rate of arrival and staff.  `layout` and `area`: the integrated probabilities, in the largest layout
    met; `start` and `first`: the vector at `since` and its layout; `waited`: expected wait of those who begin service in the piece, `queue`
    of those still waiting at its end."""

    since: float
    until: float
    flow: Flow
    layout: Layout
    area: Vector
    first: Layout
    start: Vector
    waited: float
    queue: float


@lru_cache(maxsize=64)
def solved(rates: Steps, agents: Steps, service: float, leaving: float, places: int | None, marks: tuple[float, ...], aged: bool = True) -> tuple[Piece, ...]:
    """The pieces from 0, where the system is empty, to the last of the `marks`; they end at each mark and change.  `aged`: whether
    the waits are wanted."""
    changes = {at for at, _ in (*rates, *agents) if at < marks[-1]}
    times = sorted({0.0, *changes, *marks})
    layout = Layout(int(_height(agents, 0.0)), 32 if places is None else min(32, places), aged=aged)
    vector = np.zeros(layout.size)
    vector[0] = 1.0
    staffed, out = dict(agents), []
    step = 0.0
    for since, until in pairwise(times):
        flow = Flow(_height(rates, since), service, leaving)
        at_once = 0.0
        if since in staffed:
            layout, vector, at_once = restaffed(layout, vector, int(staffed[since]))
        if since in changes or not step:
            step = 0.1 / (flow.arrivals + service * (layout.agents + layout.over) + leaving + 1.0 / (until - since))
        piece, layout, vector, step = _piece(since, until, flow, layout, vector, places, step, at_once)
        out.append(piece)
    return tuple(out)


def _height(steps: Steps, at: float) -> float:
    return next(height for since, height in reversed(steps) if since <= at)


def _piece(
    since: float, until: float, flow: Flow, layout: Layout, vector: Vector, places: int | None, step: float, waited: float
) -> tuple[Piece, Layout, Vector, float]:
    """Adaptive steps from `since` to `until`."""
    first, start, at = layout, vector, since
    whole, area = layout, np.zeros(layout.size)
    while at < until:
        layout, vector = _trimmed(layout, vector)
        last = step >= (until - at) * (1 - 1e-9)
        h = until - at if last else step
        if 2 * h <= step:  # as short as the halves that are kept
            (two, added), error = advance(layout, flow, vector, h), 0.0
        else:
            two, added, error = _halved(layout, flow, vector, h)
        if error > AGREED:
            step = h * max(0.2, 0.9 * (AGREED / error) ** (1 / (ORDER + 1)))
            continue
        if (places is None or layout.places < places) and float(np.sum(layout.queues(two)[:, -1])) > FULL:
            layout, vector = _grown(layout, vector, places)
            continue
        whole, area = _added(whole, area, layout, added)
        vector, at = two, until if last else at + h
        if error:
            wanted = h * min(4.0, 0.9 * (AGREED / error) ** (1 / (ORDER + 1)))
            step = max(step, wanted) if last else wanted
    if whole.places and whole.aged:
        waited += flow.service * whole.agents * float(whole.ages(area)[0, 0])
    queue = float(np.sum(layout.queues(vector) @ np.arange(layout.places + 1.0)))
    return Piece(since, until, flow, whole, area, first, start, waited, queue), layout, vector, step


def _halved(layout: Layout, flow: Flow, vector: Vector, step: float) -> tuple[Vector, Vector, float]:
    """The vector after two halves of a step, its integral, and by how much one whole step differs."""
    one, _ = advance(layout, flow, vector, step)
    half, early = advance(layout, flow, vector, step / 2)
    two, late = advance(layout, flow, half, step / 2)
    return two, early + late, max(float(np.sum(np.abs(two - one)[: layout.chances])), 1e-18)


def _trimmed(layout: Layout, vector: Vector) -> tuple[Layout, Vector]:
    over = layout.over
    rows = layout.excess(vector)
    while over and float(np.sum(np.abs(rows[over - 1]))) < GONE:
        over -= 1
    return (layout, vector) if over == layout.over else resized(layout, vector, layout.places, over)


def _grown(layout: Layout, vector: Vector, places: int | None) -> tuple[Layout, Vector]:
    more = layout.places + max(32, layout.places // 2)
    if places is not None:
        more = min(more, places)
    if (layout.over + 1) * more > MOST_STATES:
        raise TheoryError(TOO_MANY, "agents", name="(busy, queue)", value=(layout.over + 1) * more, most=MOST_STATES)
    return resized(layout, vector, more, layout.over)


def _added(whole: Layout, area: Vector, layout: Layout, more: Vector) -> tuple[Layout, Vector]:
    """The sum of two integrals, in the larger layout."""
    places, over = max(whole.places, layout.places), max(whole.over, layout.over)
    if (whole.places, whole.over) != (places, over):
        whole, area = resized(whole, area, places, over)
    if (layout.places, layout.over) != (places, over):
        layout, more = resized(layout, more, places, over)
    return whole, area + more


@dataclass(frozen=True)
class Measured:
    """What a piece adds: busy agents, agents over the staff and contacts waiting, integrated over time; arrivals expected at once in service, in
    the queue, and blocked (those who find the last place followed taken)."""

    busy: float
    over: float
    queue: float
    at_once: float
    queued: float
    blocked: float


def measured(piece: Piece) -> Measured:
    """The figures of a piece."""
    layout = piece.layout
    main, queues = layout.main(piece.area), layout.queues(piece.area)
    free, by_over = main[: layout.agents], np.sum(queues, axis=1)
    over = float(by_over @ np.arange(layout.over + 1.0))
    rate = piece.flow.arrivals
    return Measured(
        busy=float(free @ np.arange(float(layout.agents))) + layout.agents * float(np.sum(by_over)) + over,
        over=over,
        queue=float(np.sum(queues @ np.arange(layout.places + 1.0))),
        at_once=rate * float(np.sum(free)),
        queued=rate * float(np.sum(queues[:, :-1])),
        blocked=rate * float(np.sum(queues[:, -1])),
    )
