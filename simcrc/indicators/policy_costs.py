"""What the policies of a scenario cost in the measured period: at once and while they last.  A scenario without policies has no such figures.

No run changes them: they are worked out from what is written (``simcrc.policies.costs``).  They are no part of the unit costs of contacts or of the cost of
agents' hours, and are not added to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simcrc.indicators.expressions import By, Expression, Reals
from simcrc.indicators.formulas import Total
from simcrc.indicators.indicator import Indicator, register
from simcrc.indicators.totals import Totals
from simcrc.policies.costs import by_month
from simcrc.words import Words


@dataclass(frozen=True, eq=False)
class PolicyCosts(Expression):
    """Costs of the policies, those that are paid at once or those that run; over the whole period and by month."""

    once: bool

    def cells(self, totals: Totals, by: By) -> Reals | None:
        scenario, months = totals.axes.model.scenario, totals.axes.labels["month"]
        if not scenario.policies or by not in ((), ("month",)):
            return None
        parts = by_month(scenario, months)[0 if self.once else 1]
        values = np.asarray(parts if by else parts.sum())
        return np.broadcast_to(values, (len(totals), *values.shape))


ONCE, RUNNING = PolicyCosts(once=True), PolicyCosts(once=False)
_BY: tuple[By, ...] = ((), ("month",))
_APART = Words(fr="À part des coûts des contacts et des heures.", en="Apart from the costs of contacts and of hours.")

register(
    Indicator(
        name="policy_cost",
        label=Words(fr="coût des politiques", en="cost of policies"),
        definition=Words(
            fr=f"Coûts uniques et continus des politiques et de leurs mesures dans la période mesurée. {_APART.fr}",
            en=f"One-off and running costs of the policies and their measures in the measured period. {_APART.en}",
        ),
        unit="money",
        formula=Total(ONCE + RUNNING),
        by=_BY,
    ),
    Indicator(
        name="policy_cost_once",
        label=Words(fr="coût des politiques, une fois", en="cost of policies, once"),
        definition=Words(
            fr=f"Coûts uniques des politiques et des mesures qui commencent dans la période mesurée. {_APART.fr}",
            en=f"One-off costs of the policies and measures that begin in the measured period. {_APART.en}",
        ),
        unit="money",
        formula=Total(ONCE),
        by=_BY,
    ),
    Indicator(
        name="policy_cost_running",
        label=Words(fr="coût des politiques, en continu", en="cost of policies, running"),
        definition=Words(
            fr=f"Coût par mois × mois pendant lesquels la mesure dure dans la période mesurée (au prorata des jours). {_APART.fr}",
            en=f"Cost per month × months that the measure lasts in the measured period (by days where cut). {_APART.en}",
        ),
        unit="money",
        formula=Total(RUNNING),
        by=_BY,
    ),
)
