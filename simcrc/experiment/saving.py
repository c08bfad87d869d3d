"""What a policy is expected to save, what it does save over the cohort, and what the fidelisation effect eats of it.

    saving_expected   needs whose first contact lands elsewhere × the difference of unit costs: what a planner multiplies out
    saving_obtained   costs of all contacts of the needs in the base − the same under the policy: what is measured
    saving_lost       expected − obtained
    saving_eaten      1 − obtained ÷ expected, by Fieller; there is none where the interval of the expected saving holds 0

Both by the method that the scenario names (``costs.method``): unit costs per contact, or agents' time at its hourly cost, in which a first contact costs its
mean in the base.  A "0" call costs what ``costs.zero_call`` says.  What the policy itself costs stands apart (``policy_cost_once``, ``policy_cost_running``),
and so do the hours of agents paid (``agent_cost``): less work is no saving in cash unless staffing changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcrc.experiment.cohort import ATTEMPT_LABOUR, ATTEMPTS, BY_LANDING
from simcrc.experiment.contrasts import fieller
from simcrc.experiment.landing import mean_prices, unit_prices
from simcrc.experiment.statistics import Estimate, means
from simcrc.indicators.common import MONEY
from simcrc.indicators.expressions import By
from simcrc.indicators.money import AGENT_COST, LABOUR, NEED_COST
from simcrc.indicators.sums import key
from simcrc.policies.costs import policy_cost

if TYPE_CHECKING:
    from simcrc.experiment.figures import Figures
    from simcrc.experiment.pairs import Arm, Pairs, Reals

BREAKDOWNS: tuple[By, ...] = ((), ("service",), ("segment",))


def add_saving(figures: Figures, pairs: Pairs) -> None:
    """Add all these figures."""
    currency = pairs.base.model.scenario.currency
    expected, obtained = expected_saving(pairs), obtained_saving(pairs)
    for by in BREAKDOWNS:
        parts = [_summed(values, by) for values in (expected, obtained)]
        for name, values in (("saving_expected", parts[0]), ("saving_obtained", parts[1]), ("saving_lost", parts[0] - parts[1])):
            figures.add(name, "change", currency, by, means(values))
        for index in np.ndindex(*parts[0].shape[1:]):
            found = eaten(*(part[(slice(None), *index)] for part in parts))
            if found is not None:
                figures.at("saving_eaten", "change", "share", by, index, found)
    once, running = policy_cost(pairs.policy.model.scenario, pairs.base.model.scenario)
    figures.add("policy_cost_once", "change", currency, (), Estimate(once, None, None, len(expected)))
    figures.add("policy_cost_running", "change", currency, (), Estimate(running, None, None, len(expected)))
    paid = [AGENT_COST.cells(arm.whole, ()) for arm in (pairs.base, pairs.policy)]
    if paid[0] is not None and paid[1] is not None and (paid[0].any() or paid[1].any()):
        for name, values in (("base", paid[0]), ("policy", paid[1]), ("change", paid[1] - paid[0])):
            figures.add("agent_cost", name, currency, (), means(values))  # type: ignore[arg-type]


def _summed(values: Reals, by: By) -> Reals:
    """Values by service and segment, summed over what `by` does not ask for."""
    gone = tuple(k + 1 for k, axis in enumerate(("service", "segment")) if axis not in by)
    return np.asarray(values.sum(axis=gone), dtype=np.float64)


def expected_saving(pairs: Pairs) -> Reals:
    """By replication, service and segment, in the currency: moves × difference of prices.

    Prices are those of the base; those under the policy for landings that the base has not.
    """
    arms = (pairs.base, pairs.policy)
    method = pairs.base.model.scenario.costs.method
    prices = [unit_prices(pairs.landings, arm.model) if method == "per_contact" else _labour_prices(arm) for arm in arms]
    price = np.where(np.isnan(prices[0]), prices[1], prices[0])
    price = np.where(np.isnan(price), 0.0, price).T  # nobody lands there in either arm
    difference = price[:, :, None] - price[:, None, :]
    return np.asarray(np.einsum("rsgft,sft->rsg", pairs.moves().astype(np.float64), difference) * MONEY, dtype=np.float64)


def _labour_prices(arm: Arm) -> Reals:
    parts = [[sums.arrays[key(name, BY_LANDING)] for sums in arm.cohort_sums] for name in (ATTEMPT_LABOUR, ATTEMPTS)]
    shape = (-1, len(arm.model.services))
    return mean_prices(*([values.reshape(shape) for values in part] for part in parts))


def obtained_saving(pairs: Pairs) -> Reals:
    """By replication, service and segment, in the currency: costs in the base minus costs under the policy."""
    of = NEED_COST if pairs.base.model.scenario.costs.method == "per_contact" else LABOUR
    base, policy = (arm.over_cohort(of, ("service", "segment")) for arm in (pairs.base, pairs.policy))
    return (base - policy) * MONEY


def eaten(expected: Reals, obtained: Reals) -> Estimate | None:
    """The part of the expected saving that is not obtained, with Fieller's interval; None where the expected saving may be 0."""
    found = fieller(obtained, expected)
    if found is None or found.mean is None or found.low is None or found.high is None:
        return None
    return Estimate(1 - found.mean, 1 - found.high, 1 - found.low, found.replications)
