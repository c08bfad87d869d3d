"""The pairs of a fidelisation effect as the subject of pictures, from what is in memory; ``simcrc.pictures.folders`` reads the same from a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.pictures.folders import BASE, title_of
from simcrc.pictures.subject import Subject
from simcrc.pictures.tabulated import Tabulated

if TYPE_CHECKING:
    from simcrc.experiment.fidelisation import Fidelisation
    from simcrc.experiment.pairs import Arm
    from simcrc.scenario import Scenario


def of_pairs(found: Fidelisation) -> Subject:
    """The subject of an effect: the base, the policy, and the figures of the effect."""
    pairs = found.pairs
    base = _arm(BASE, pairs.base, None, pairs.numbers)
    policy = _arm("policy", pairs.policy, pairs.base.model.scenario, pairs.numbers)
    return Subject((base, policy), True, {"policy": found.figures})


def _arm(name: str, arm: Arm, base: Scenario | None, numbers: tuple[int, ...]) -> Tabulated:
    from simcrc.experiment.headlines import words_of
    from simcrc.indicators.tabulate import table

    scenario = arm.model.scenario
    return Tabulated(
        name=name,
        title=title_of(scenario, base),
        scenario=scenario,
        words=words_of(scenario),
        numbers=numbers,
        load_frame=lambda: table(arm.whole),
        load_totals=lambda: arm.whole,
    )
