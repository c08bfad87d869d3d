"""Contacts in the role of their channel, with and without the policy: both arms judged by the same roles.

    in_role        share of the contacts that are in the role of their channel; of each channel, of all channels that have a role
    out_of_role    how many are not (mean of the replications)

Over the whole measured period, as ``simcrc run`` gives them.  The roles are those of the scenario under the policy, which a policy file may write, else those
of the base; without any there are no such figures.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simcrc.experiment.contrasts import ratio_difference
from simcrc.experiment.statistics import means, ratios
from simcrc.indicators.roles import IN_ROLE, JUDGED

if TYPE_CHECKING:
    from simcrc.experiment.figures import Figures
    from simcrc.experiment.pairs import Pairs
    from simcrc.experiment.study import Study
    from simcrc.indicators.expressions import By

BREAKDOWNS: tuple[By, ...] = ((), ("channel",), ("channel", "service"), ("channel", "segment"))


def judged_alike(base: Study, policy: Study) -> tuple[Study, Study]:
    """Both studies with the roles of the channels that `policy` writes, else those of `base`."""
    roles = policy.scenario.roles or base.scenario.roles
    one, other = (
        study if study.scenario.roles == roles else replace(study, loaded=replace(study.loaded, scenario=study.scenario.model_copy(update={"roles": roles})))
        for study in (base, policy)
    )
    return one, other


def add_in_role(figures: Figures, pairs: Pairs) -> None:
    """Add all these figures."""
    for by in BREAKDOWNS:
        inside = [IN_ROLE.cells(arm.whole, by) for arm in (pairs.base, pairs.policy)]
        judged = [JUDGED.cells(arm.whole, by) for arm in (pairs.base, pairs.policy)]
        if inside[0] is None or inside[1] is None or judged[0] is None or judged[1] is None:
            return
        figures.add("in_role", "base", "share", by, ratios(inside[0], judged[0]))
        figures.add("in_role", "policy", "share", by, ratios(inside[1], judged[1]))
        figures.add("in_role", "change", "share", by, ratio_difference(inside[1], judged[1], inside[0], judged[0]))
        if len(by) > 1:
            continue
        outside = [judged[0] - inside[0], judged[1] - inside[1]]
        for arm, values in (("base", outside[0]), ("policy", outside[1]), ("change", outside[1] - outside[0])):
            figures.add("out_of_role", arm, "count", by, means(values))  # type: ignore[arg-type]
