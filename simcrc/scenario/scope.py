"""What the cross-reference checks share: the scenario, its document with places, the names that may be meant, and the list
of problems.

A part of the scenario may have been taken out because it is wrong (``simcrc.scenario.validate``); nothing is said about
what depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from simcrc.scenario.faults import suggestion
from simcrc.scenario.positions import Place, Tree, at
from simcrc.scenario.problems import Problem
from simcrc.scenario.quantities import percent
from simcrc.scenario.scenario import Scenario

TOLERANCE = 1e-6


class Scope:
    """`scenario`: what could be read.  `tree`: the plain document.  `doubtful`: places that are wrong and were replaced or
    taken out.  `moved`: the period is not the one that the file was written for (``--set horizon=…``)."""

    def __init__(self, scenario: Scenario, tree: Tree, doubtful: set[Place], moved: bool = False) -> None:
        self.moved = moved
        self.scenario = scenario
        self.tree = tree
        self.doubtful = doubtful
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.services = self.keys("services")
        self.channels = self.keys("channels")
        self.segments = self.keys("population", "segments")

    def keys(self, *path: str | int) -> list[str]:
        """The keys written at `path`, those of wrong parts included; [] where no mapping is."""
        try:
            value = at(self.tree.document, path)
        except KeyError:
            return []
        return [str(key) for key in value] if isinstance(value, dict) else []

    def written(self, path: Place) -> bool:
        """Does `path` stand in the document?"""
        try:
            at(self.tree.document, path)
        except KeyError:
            return False
        return True

    def gone(self, path: Place) -> bool:
        """Is the value at `path`, or something that it stands in, wrong?"""
        return any(path[:length] in self.doubtful for length in range(len(path) + 1))

    def sure(self, *paths: Place) -> bool:
        """Are these places and all that stands in them well formed?"""
        return not any(self.gone(path) or any(place[: len(path)] == path for place in self.doubtful) for path in paths)

    def say(self, code: str, path: Place, *, key: bool = False, **ctx: Any) -> None:
        """Add a problem, unless the place is wrong anyway."""
        if not self.gone(path):
            self.problems.append(self.tree.mark(path, key=key).problem(code, path, **ctx))

    def known(self, code: str, name: str, names: Iterable[str], path: Place, *, key: bool = False) -> bool:
        """Is `name` one of `names`?  Said otherwise, with the nearest."""
        names = list(names)
        if name in names:
            return True
        self.say(code, path, key=key, found=name, known=names, **suggestion(name, names))
        return False

    def sums_to_one(self, shares: Mapping[Any, float], path: Place) -> None:
        """The shares written at `path` must add up to 100 %."""
        total = math.fsum(shares.values())
        if abs(total - 1) > TOLERANCE and self.sure(path):
            self.say("sum", path, key=True, total=percent(total))

    def offered(self, channel: str, service: str) -> bool:
        """Does `channel` offer `service`?  A channel that could not be read offers everything."""
        spec = self.scenario.channels.get(channel)
        return spec is None or spec.offers is None or service in spec.offers or not self.sure(("channels", channel, "offers"))
