"""The fidelisation effect in figures: how many more contacts a need takes under the policy, why, for whom, and how many needs gained and lost.

All over the cohort, with one denominator, the needs, which are the same in both arms; counts are whole numbers, so parts add up to the whole exactly.

    contacts_per_need      base, policy, change; by service, segment, both, month, reason, reason and service, reason and segment
    contacts_zero_as_one   the same, a call and the "0" that it presses counted as one contact; of all, by service and by segment
    contribution           change of contacts of a service, a segment or both ÷ all needs: adds up to the change
    contribution_moved     of the needs whose first contact landed elsewhere, and
    contribution_unmoved   of the others, which feel the policy through queues, answers and memory
    needs                  how many (mean of the replications)
    needs_more, _fewer     share of needs with more and with fewer contacts; needs_net: more minus fewer; placebo: of the null measure
    needs_identical        share of needs whose journeys are the same to the last contact
    needs_moved            share of needs whose first contact landed elsewhere; moves: how many, from where to where
    never_electronic       share of needs without an electronic channel in either arm, by segment; of citizens: never_electronic_citizens
    narrower               how many times narrower the interval of the change is than with independent runs of the same length
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcrc.experiment.contrasts import narrower
from simcrc.experiment.statistics import Estimate, means, ratios
from simcrc.indicators.common import OF_NEEDS
from simcrc.indicators.expressions import By
from simcrc.indicators.journeys import CONTACTS_MADE
from simcrc.log import Reason

if TYPE_CHECKING:
    from simcrc.experiment.figures import Figures
    from simcrc.experiment.pairs import Pairs, Reals

CONTACTS = "contacts/need"
BY_NEEDS: tuple[By, ...] = ((), ("service",), ("segment",), ("service", "segment"), ("month",))
BY_REASON: tuple[By, ...] = (("reason",), ("reason", "service"), ("reason", "segment"))
SHARES = ("needs_more", "needs_fewer", "needs_identical", "needs_moved", "needs_more_moved", "needs_fewer_moved")
ELECTRONIC = {"electronic_never": "never_electronic", "electronic_base": "electronic_in_base_only", "electronic_policy": "electronic_under_policy_only"}


def add_effect(figures: Figures, pairs: Pairs) -> None:
    """Add all these figures."""
    for by in BY_NEEDS:
        _contacts(figures, pairs, by)
    for by in BY_REASON:
        _reasons(figures, pairs, by)
    for by in BY_NEEDS[:3]:
        _zero_as_one(figures, pairs, by)
    whole = pairs.needs()
    for by in BY_NEEDS[1:]:
        figures.add("contribution", "change", CONTACTS, by, ratios(pairs.count("change", by), _spread(whole, by, pairs)))
    moved = pairs.count("change_moved")
    figures.add("contribution_moved", "change", CONTACTS, (), ratios(moved, whole))
    figures.add("contribution_unmoved", "change", CONTACTS, (), ratios(pairs.count("change") - moved, whole))
    _shares(figures, pairs)
    _moves(figures, pairs)
    _electronic(figures, pairs)
    made = [arm.over_cohort(CONTACTS_MADE, ()) for arm in (pairs.base, pairs.policy)]
    factor = narrower(pairs.count("change"), made[0], made[1], whole)
    figures.add("narrower", None, "count", (), Estimate(factor, None, None, len(whole)))


def _contacts(figures: Figures, pairs: Pairs, by: By) -> None:
    needs = pairs.needs(by)
    figures.add("needs", None, "count", by, means(needs))
    for name, arm in (("base", pairs.base), ("policy", pairs.policy)):
        figures.add("contacts_per_need", name, CONTACTS, by, ratios(arm.over_cohort(CONTACTS_MADE, by), needs))  # type: ignore[arg-type]
    figures.add("contacts_per_need", "change", CONTACTS, by, ratios(pairs.count("change", by), needs))


def _reasons(figures: Figures, pairs: Pairs, by: By) -> None:
    """Contacts of each reason over all needs (of the service, of the segment)."""
    needs = np.broadcast_to(pairs.needs(by[1:])[:, None], pairs.base.over_cohort(OF_NEEDS, by).shape)
    made = [arm.over_cohort(OF_NEEDS, by) for arm in (pairs.base, pairs.policy)]
    there = (made[0] + made[1]).sum(axis=0) > 0
    for name, values in (("base", made[0]), ("policy", made[1]), ("change", made[1] - made[0])):
        figures.add("contacts_per_need", name, CONTACTS, by, ratios(values, np.where(there, needs, 0.0)))  # type: ignore[arg-type]


def _zero_as_one(figures: Figures, pairs: Pairs, by: By) -> None:
    needs = pairs.needs(by)
    made = [arm.over_cohort(CONTACTS_MADE, by) - arm.over_cohort(OF_NEEDS, ("reason", *by))[:, Reason.ZERO] for arm in (pairs.base, pairs.policy)]
    for name, values in (("base", made[0]), ("policy", made[1]), ("change", made[1] - made[0])):
        figures.add("contacts_zero_as_one", name, CONTACTS, by, ratios(values, needs))  # type: ignore[arg-type]


def _spread(whole: Reals, by: By, pairs: Pairs) -> Reals:
    """All needs, in every cell of `by` that has any."""
    cells = pairs.needs(by)
    return np.where(cells.sum(axis=0) > 0, whole.reshape(-1, *(1,) * len(by)), 0.0)


def _shares(figures: Figures, pairs: Pairs) -> None:
    for by in ((), ("service",), ("segment",)):
        needs = pairs.needs(by)
        for name in SHARES:
            figures.add(name, None, "share", by, ratios(pairs.count(name.removeprefix("needs_"), by), needs))
        figures.add("needs_net", "change", "share", by, ratios(pairs.count("more", by) - pairs.count("fewer", by), needs))
    count = float(pairs.placebo_needs)
    for name in ("more", "fewer", "identical"):
        figures.add(f"needs_{name}", "placebo", "share", (), Estimate(pairs.placebo_count(name) / count, None, None, 1))


def _moves(figures: Figures, pairs: Pairs) -> None:
    """Where first contacts land instead, by service too."""
    moves = pairs.moves().sum(axis=2).astype(np.float64)
    moves[..., range(moves.shape[-1]), range(moves.shape[-1])] = 0.0
    for by, values in ((("from", "to"), moves.sum(axis=1)), (("service", "from", "to"), moves)):
        figures.add("moves", None, "count", by, means(np.where((values > 0).any(axis=0), values, np.nan)))


def _electronic(figures: Figures, pairs: Pairs) -> None:
    by: By
    for by in ((), ("segment",)):
        for name, figure in ELECTRONIC.items():
            figures.add(figure, None, "share", by, ratios(pairs.count(name, by), pairs.needs(by)))
    never, citizens = pairs.citizens("citizens_never"), pairs.citizens("citizens")
    if citizens.any():
        figures.add("never_electronic_citizens", None, "share", (), ratios(never.sum(axis=1), citizens.sum(axis=1)))
        figures.add("never_electronic_citizens", None, "share", ("segment",), ratios(never, citizens))
