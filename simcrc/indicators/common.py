"""Measures that several families share: contacts by outcome, needs by end, durations in units for people."""

from __future__ import annotations

from simcrc.indicators.expressions import Expression, Measure, Pick
from simcrc.log import End, Outcome

SECOND = 1e-6
HOUR = 1 / 3.6e9
DAY = 1 / 86.4e9
MONEY = 1e-6  # amounts are counted in millionths of the currency

CONTACTS = Measure("contacts", "contacts", lambda f: f["outcome"], axis="outcome")
"""Measured contacts, by outcome along an axis of its own."""
LIVE = Measure("live", "live", lambda f: f["outcome"], axis="outcome")
"""Those on channels where citizens wait for an agent."""
NEEDS = Measure("needs", "needs", lambda f: f["end"], axis="end")
"""Needs that started in the measured period, by end."""
OF_NEEDS = Measure("of_needs", "of_needs", lambda f: f["outcome"] >= 0)
"""The contacts of these needs."""


def outcomes(of: Expression, *which: Outcome) -> Expression:
    """The part of `of` with these outcomes."""
    return Pick(of, "outcome", tuple(which))


def ends(*which: End) -> Expression:
    """Needs with these ends."""
    return Pick(NEEDS, "end", tuple(which))
