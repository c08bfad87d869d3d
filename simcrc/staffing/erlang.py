"""The plan of Erlang A for the modified offered load, half hour by half hour: what theory alone would staff, and where the search begins.

Each half hour is taken for a queue in equilibrium at its own load (the pointwise stationary approximation, at the load that ample staff carries instead of the
calls: Jennings, Mandelbaum, Massey and Whitt 1996; Green, Kolesar and Whitt 2007), with exponential patience of the scenario's mean.  Of targets on which
Erlang A has no word, or of backlogs, it is load + √load / 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from simcrc.staffing.judge import cell_of
from simcrc.staffing.load import Family, Loads, Reals, averaged
from simcrc.staffing.plan import SLOTS, Plan
from simcrc.staffing.target import Aim

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model
    from simcrc.theory.staffing import Targets

DEFAULT_BETA = 0.5
LEAST = 0.01  # erlangs below which a half hour has no load to speak of


def start(model: Model, totals: Totals, family: Family, aims: Sequence[Aim]) -> tuple[Plan, Reals]:
    """The plan of Erlang A, and by group the β that comes nearest to it: the mean over half hours, weighted by load."""
    slots = np.full((len(family.groups), SLOTS), DEFAULT_BETA)
    for number, group in enumerate(family.groups):
        found = [beta for aim in group.aims if (beta := betas(model, totals, family, aims[aim])) is not None]
        if found:
            slots[number] = np.max(found, axis=0)
    weight = np.array([family.loads.teams[list(group.crews)].sum(axis=0) for group in family.groups])
    mean = (slots * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), LEAST)
    return family.of_slots(slots), np.where(weight.sum(axis=1) > 0, mean, DEFAULT_BETA)


def betas(model: Model, totals: Totals, family: Family, aim: Aim) -> Reals | None:
    """By half hour the β of Erlang A for one target at its fullest station, shape (336,); None for what Erlang A has no word on."""
    from simcrc.theory.errors import TheoryError
    from simcrc.theory.staffing import agents_for

    loads = family.loads
    station = _station(model, totals, loads, aim)
    targets = None if station is None else _targets(model, station, aim)
    if station is None or targets is None or loads.handle[station] <= 0:
        return None
    handle, patience = float(loads.handle[station]), mean_patience(model, totals, station)
    may = np.any([crew.may for crew in family.crews if station in crew.live], axis=0)

    @cache
    def agents(load: float) -> float:
        try:
            return float(agents_for(load / handle, handle, targets, patience))
        except TheoryError:
            return load + DEFAULT_BETA * float(np.sqrt(load))

    load = averaged(loads.stations[station], cell_of(family.block), may)
    return np.array([(agents(each) - each) / np.sqrt(each) if each >= LEAST else DEFAULT_BETA for each in load.tolist()])


def _station(model: Model, totals: Totals, loads: Loads, aim: Aim) -> int | None:
    """The fullest live station of the place; None when it has none."""
    names = [station.name for station in model.stations]
    own = [k for k, name in enumerate(names) if totals.axes.live[k] and (not aim.place or aim.place in (name, name.partition(".")[0]))]
    return max(own, key=lambda k: float(loads.stations[k].max()), default=None)


def mean_patience(model: Model, totals: Totals, station: int) -> float:
    """Mean patience at a station: a segment's own before the service's, weighted by who comes; infinite when some who come wait for ever."""
    from simcrc.indicators.common import LIVE
    from simcrc.scenario.base import for_service

    scenario = model.scenario
    spec = scenario.channels[model.channels[model.stations[station].channel].name]
    counts = LIVE.cells(totals, ("station", "service", "segment"))
    if counts is None:
        return float("inf")
    weight = counts.sum(axis=0)[station]
    segments = scenario.population.segments if scenario.population else {}
    total = 0.0
    for s, service in enumerate(model.services):
        written = for_service(getattr(spec, "patience", {}), service, None)
        for g, segment in enumerate(model.segments):
            law = getattr(segments.get(segment), "patience", None) or written
            if weight[s, g]:
                if law is None:
                    return float("inf")
                total += float(weight[s, g]) * law.mean / 1e6
    return total / float(weight.sum()) if weight.sum() and total > 0 else float("inf")


def _targets(model: Model, station: int, aim: Aim) -> Targets | None:
    """The target in the words of ``simcrc.theory``; None where it has none."""
    from simcrc.indicators.terms import DEFINITIONS
    from simcrc.theory.errors import TheoryError
    from simcrc.theory.staffing import Targets as Wanted

    level = getattr(model.scenario.channels[model.channels[model.stations[station].channel].name], "service_level", None)
    try:
        if aim.indicator in ("service_level", *DEFINITIONS) and level is not None:
            definition = level.definition if aim.indicator == "service_level" else aim.indicator
            return Wanted(service_level=min(aim.value, 0.999), within=level.within / 1e6, definition=definition)
        most = max(aim.value, 1e-4)
        makes = {
            "asa": lambda: Wanted(asa=most),
            "abandonment_ratio": lambda: Wanted(abandonment=most),
            "queued_ratio": lambda: Wanted(p_wait=most),
            "occupancy": lambda: Wanted(occupancy=most),
        }
        return makes[aim.indicator]() if aim.indicator in makes else None
    except TheoryError:
        return None
