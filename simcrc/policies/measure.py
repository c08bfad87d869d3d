"""Measure: know the clientele better (orientation 1).  Nothing changes for citizens or staff; numbers that were assumed become measured, at a cost.

``simcrc.scenario.check_policies`` checks that the numbers are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.policies.base import Measure, measure_kind
from simcrc.scenario.base import Spec
from simcrc.scenario.units import Share, Text
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


class Learnt(Spec):
    """A number that will be known: its `path` in the scenario, and to which `precision` (half-width over value)."""

    path: str
    precision: Share


@measure_kind("measure", Words(fr="mesurer", en="measure"))
class Measurement(Measure):
    """`how` it is measured, and what is `learnt`."""

    how: Text
    learnt: tuple[Learnt, ...]

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        return scenario
