"""What Erlang A says of a place: the agents that its target asks for, and how well a number of agents would do, half hour by half hour.

Each half hour is taken for a queue in equilibrium with the run's own arrivals, the run's own mean handle time (wrap-up included) and exponential patience with
the scenario's mean; lines, languages, skills and busy days are left out (``ASSUMES``).  ``half_hours`` has the place, ``simcrc.theory`` the formulas.
"""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
import numpy.typing as npt

from simcrc.pictures.half_hours import HALF_HOUR, SHAPE, Place
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.errors import TheoryError
from simcrc.theory.staffing import Targets, agents_for
from simcrc.words import Words

Reals = npt.NDArray[np.float64]
LEAST = 0.01  # erlangs below which there is no load to speak of
ASSUMES = Words(
    fr=(
        "Erlang A suppose chaque demi-heure en équilibre, des arrivées de Poisson au rythme moyen du passage, une durée de traitement et une patience "
        "exponentielles (moyennes : {handle} et {patience}), des préposés interchangeables qui ne servent rien d'autre et des lignes sans limite."
    ),
    en=(
        "Erlang A takes each half hour for a queue in equilibrium, Poisson arrivals at the run's mean rate, exponential handle time and patience "
        "(means: {handle} and {patience}), interchangeable agents who serve nothing else, and unlimited lines."
    ),
)
ENDLESS = Words(fr="sans fin", en="endless")


class Needed:
    """Erlang A at a place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._queues: dict[tuple[float, int], float | None] = {}

    @cached_property
    def patience(self) -> float:
        """Mean patience in seconds; infinite where some wait for ever."""
        from simcrc.staffing.erlang import mean_patience

        totals = self.place.arm.totals
        return mean_patience(totals.axes.model, totals, totals.axes.labels["station"].index(self.place.name))

    @cached_property
    def rate(self) -> Reals:
        """Contacts a second, shape (7, 48); nan where nobody came."""
        mean = self.place.arrivals.mean(axis=0)
        return np.where(self.place.inside, mean, np.nan) / HALF_HOUR

    @property
    def load(self) -> Reals:
        """Offered load in erlangs, shape (7, 48)."""
        return self.rate * self.place.handle

    @cached_property
    def targets(self) -> Targets | None:
        """What is asked of the place: its service level, else the first target of the scenario on its waits or its abandonment; None without any."""
        level, scenario = self.place.level, self.place.arm.scenario
        try:
            if level is not None and level.target:
                return Targets(service_level=min(level.target, 0.999), within=level.within / 1e6, definition=level.definition)
            from simcrc.experiment.headlines import targets_of

            for target in targets_of(scenario):
                if target["channel"] != self.place.channel or target["op"] not in ("<=", "<", ">=", ">"):
                    continue
                value, indicator = float(target["value"]), target["indicator"]
                if indicator == "service_level" and level is not None:
                    return Targets(service_level=min(value, 0.999), within=level.within / 1e6, definition=level.definition)
                if indicator == "asa":
                    return Targets(asa=value / 1e6)
                if indicator == "abandonment_ratio":
                    return Targets(abandonment=value)
        except TheoryError:
            return None
        return None

    def agents(self, rate: float) -> float:
        """The least agents that meet the target with so many contacts a second; nan without a target, and where nobody comes."""
        if self.targets is None or not rate * self.place.handle > LEAST:
            return math.nan
        try:
            return float(agents_for(rate, self.place.handle, self.targets, self.patience))
        except TheoryError:
            return math.nan

    @cached_property
    def needed(self) -> Reals:
        """Agents needed in each half hour of the week; shape (7, 48)."""
        return np.array([self.agents(rate) for rate in self.rate.ravel().tolist()]).reshape(SHAPE)

    def at(self, figure: str, rate: float, agents: float) -> float:
        """``measure`` of the place (`figure` "measure") or ``occupancy`` with so many contacts a second and `agents`, which need not be whole: between two
        whole numbers it is a straight line; nan where there is no equilibrium or nobody."""
        if not rate * self.place.handle > LEAST or not agents >= 0:
            return math.nan
        low = math.floor(agents)
        below, above = self._whole(figure, rate, low), self._whole(figure, rate, low + 1)
        share = agents - low
        if share < 1e-9 or math.isnan(above):
            return below
        return above if math.isnan(below) else below + share * (above - below)

    def _whole(self, figure: str, rate: float, agents: int) -> float:
        if agents < 1:
            return math.nan if figure == "occupancy" or self.place.level is None else 0.0
        try:
            queue = ErlangA(rate, self.place.handle, agents, self.patience)
            if figure == "occupancy":
                return queue.occupancy
            level = self.place.level
            return queue.asa if level is None else queue.service_level(level.within / 1e6, level.definition)
        except TheoryError:
            return math.nan

    def everywhere(self, figure: str, agents: Reals) -> Reals:
        """``at`` with `agents` by half hour, shape (7, 48)."""
        pairs = zip(self.rate.ravel().tolist(), agents.ravel().tolist(), strict=True)
        return np.array([self.at(figure, rate, number) for rate, number in pairs]).reshape(SHAPE)

    def overall(self, agents: Reals) -> float:
        """``measure`` over all half hours, each by its contacts; those without equilibrium or agents left out."""
        values = self.everywhere("measure", agents)
        weight = np.where(np.isnan(values), 0.0, np.nan_to_num(self.rate) * self.place.days[:, None])
        return float((np.nan_to_num(values) * weight).sum() / weight.sum()) if weight.sum() else math.nan

    def assumes(self) -> Words:
        """What the reference takes for granted, with its two means."""
        from simcrc.pictures.picture import both
        from simcrc.report.numbers import writer
        from simcrc.words import Lang

        def say(lang: Lang) -> str:
            handle, patience = (ENDLESS.say(lang) if math.isinf(value) else writer("s", value, lang)(value) for value in (self.place.handle, self.patience))
            return ASSUMES.say(lang, handle=handle, patience=patience)

        return both(say)
