"""One waiting contact followed through changes of staff: is he served, or has he given up, by a deadline?

Those who come after him do not matter.  Nobody over the staff and no change before the deadline: closed forms; else the rows of ``forward.waiting``
in steps, as in ``path``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from simcrc.theory.numerics.forward import Flow, Layout, Vector, waiting
from simcrc.theory.numerics.path import AGREED, solved
from simcrc.theory.numerics.rational import ORDER, poles
from simcrc.theory.steps import Steps

NODES = 12  # arrivals followed in a stretch from which a change of staff is in reach


def in_time(flow: Flow, agents: int, ahead: Vector, within: float) -> tuple[Vector, Vector]:
    """P(served within) and P(given up within) for each number of contacts `ahead`, all `agents` busy until one of them is served.

    The wait without his own patience is a sum of exponentials of rates cµ, cµ + θ, …, cµ + jθ, so that Y = exp(−θ wait) has the law
    Beta(cµ/θ, j + 1), and P(served within) = E[Y; Y ≥ exp(−θ within)]; without patience the wait has an Erlang law.
    """
    from scipy import special

    capacity = agents * flow.service
    if flow.leaving == 0.0:
        return np.asarray(special.gammainc(ahead + 1.0, capacity * within)), np.zeros_like(ahead)
    if capacity == 0.0:
        return np.zeros_like(ahead), np.full_like(ahead, -np.expm1(-flow.leaving * within))
    first, gone = capacity / flow.leaving, -np.expm1(-flow.leaving * within)
    served = first / (first + ahead + 1.0) * special.betainc(ahead + 1.0, first + 1.0, gone)
    still = np.exp(-flow.leaving * within) * special.betainc(first, ahead + 1.0, np.exp(-flow.leaving * within))
    return np.asarray(served), np.asarray(np.maximum(1.0 - still - served, 0.0))


def arrivals_in_time(
    rates: Steps, agents: Steps, service: float, leaving: float, places: int | None, within: float, since: float, until: float
) -> tuple[float, float]:
    """Expected numbers of the arrivals from `since` to `until` who are served, and who give up, within a time.

    Where no change of staff is in reach the integrated probabilities do; elsewhere the arrivals of Gauss and Legendre's instants are followed.
    """
    changes = [(at, int(staffed)) for (_, before), (at, staffed) in pairwise(agents) if staffed != before]
    edges = {at for at, _ in (*rates, *agents)} | {at - within for at, _ in changes}
    stretches = list(pairwise(sorted({since, until, *(at for at in edges if since < at < until)})))
    near = [stretch for stretch in stretches if any(stretch[0] < at < stretch[1] + within for at, _ in changes)]
    x, weights = np.polynomial.legendre.leggauss(NODES)
    nodes = {float(first + (last - first) * 0.5 * (1.0 + u)): float(w * 0.5 * (last - first)) for first, last in near for u, w in zip(x, weights, strict=True)}
    marks = tuple(sorted({*(edge for stretch in stretches for edge in stretch if edge > 0.0), *nodes}))
    served = gone = 0.0
    for piece in solved(rates, agents, service, leaving, places, marks, aged=False):
        rate = piece.flow.arrivals
        if piece.since < since or rate == 0.0:
            continue
        in_reach = any(first <= piece.since < last for first, last in near)
        if in_reach and piece.since not in nodes:
            continue
        layout, vector, weight = (piece.first, piece.start, nodes[piece.since]) if in_reach else (piece.layout, piece.area, 1.0)
        ahead = [(at - piece.since, staffed) for at, staffed in changes if at > piece.since] if in_reach else []
        soon, late = followed(piece.flow, layout, layout.queues(vector)[:, :-1], ahead, within)
        served += rate * weight * (soon + float(np.sum(layout.main(vector)[: layout.agents])))
        gone += rate * weight * late
    return served, gone


def followed(flow: Flow, layout: Layout, rows: Vector, changes: Sequence[tuple[float, int]], within: float) -> tuple[float, float]:
    """P(served) and P(given up) `within`.  `rows`: his probabilities by agents over the staff and contacts before him, shape (over + 1, places);
    `changes`: (time from now, agents from then on) in order."""
    served = gone = 0.0
    if not layout.places or within == 0.0:
        return served, gone
    times = [0.0, *(at for at, _ in changes if 0.0 < at < within), within]
    staffed = dict(changes)
    for since, until in pairwise(times):
        if since in staffed:
            layout, rows, at_once = _restaffed(layout, rows, staffed[since])
            served += at_once
        if rows.shape[0] == 1:
            soon, late = in_time(flow, layout.agents, np.arange(float(layout.places)), until - since)
            served, gone = served + float(rows[0] @ soon), gone + float(rows[0] @ late)
            if until == within:
                return served, gone
        rows, area = _moved(flow, layout, rows, until - since)
        if rows.shape[0] > 1:
            served += flow.service * layout.agents * float(area[0, 0])
            gone += flow.leaving * float(np.sum(area))
    if within in staffed:
        served += _restaffed(layout, rows, staffed[within])[2]
    return served, gone


def _restaffed(layout: Layout, rows: Vector, agents: int) -> tuple[Layout, Vector, float]:
    """New agents take those at the head at once; who is over the staff ends the contact in hand."""
    top = layout.agents + rows.shape[0] - 1
    out = np.zeros((max(top - agents, 0) + 1, layout.places))
    served = 0.0
    for e, row in enumerate(rows):
        seats = agents - layout.agents - e
        if seats < 0:
            out[-seats] += row
        else:
            taken = min(seats, layout.places)
            served += float(np.sum(row[:taken]))
            out[0, : layout.places - taken] += row[taken:]
    return Layout(agents, layout.places, out.shape[0] - 1), out, served


def _moved(flow: Flow, layout: Layout, rows: Vector, time: float) -> tuple[Vector, Vector]:
    """The rows after `time`, and their integral."""
    at, area = 0.0, np.zeros_like(rows)
    step = 1.0 / (flow.service * (layout.agents + layout.over) + flow.leaving + 1.0 / time)
    agreed = AGREED * max(float(np.sum(rows)), 1e-30)
    while at < time:
        last = step >= (time - at) * (1 - 1e-9)
        h = time - at if last else step
        one = _step(flow, layout, rows, h)[0]
        half, early = _step(flow, layout, rows, h / 2)
        two, late = _step(flow, layout, half, h / 2)
        error = float(np.sum(np.abs(two - one)))
        if error > agreed:
            step = h * max(0.2, 0.9 * (agreed / error) ** (1 / (ORDER + 1)))
            continue
        rows, at, area = two, time if last else at + h, area + early + late
        step = h * min(4.0, 0.9 * (agreed / max(error, 1e-7 * agreed)) ** (1 / (ORDER + 1)))
    return rows, area


def _step(flow: Flow, layout: Layout, rows: Vector, step: float) -> tuple[Vector, Vector]:
    later, area = np.zeros_like(rows), np.zeros_like(rows)
    for pole, weight in poles():
        x = waiting(layout, flow, pole, step, rows)
        later += (weight * x).real
        area += (step * weight / pole * x).real
    return later, area
