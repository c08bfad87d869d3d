"""Satisfaction and effort: a stated function of wait, resolution, number of contacts and channel (``simcrc.scenario.money.Satisfaction``).

score of a need = channel × 2^(−waiting time ÷ wait_half) × (1 − per_extra_contact)^(contacts − 1) if it is resolved, else `unresolved`; the channel is that
which resolved it, the waiting time that in live queues over all its contacts.  Needs still open at the horizon are left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simcrc.indicators.common import ends
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Ratio
from simcrc.indicators.frames import Frame
from simcrc.indicators.indicator import BY_NEED, Indicator, register
from simcrc.log import End
from simcrc.words import Words

BILLION = 1_000_000_000  # scores are summed exactly, in billionths


def score(f: Frame) -> npt.NDArray[Any]:
    """The score of each need in billionths, 0 for open ones."""
    stated = f.axes.model.scenario.satisfaction
    extra = np.maximum(f["contacts"] - 1, 0)
    value = f.terms.score[f["resolving_channel"]] * np.exp2(-f["waited"] / max(stated.wait_half, 1)) * (1 - stated.per_extra_contact) ** extra
    value = np.where(f["resolved_at"] >= 0, value, stated.unresolved)
    return np.where(f["end"] == End.OPEN, 0, np.rint(value * BILLION)).astype(np.int64)


SCORE = Measure("satisfaction", "needs", score)
RESOLVED_CONTACTS = Measure("contacts_of_resolved", "needs", lambda f: np.where(f["end"] == End.RESOLVED, f["contacts"], 0))
SATISFACTION = Ratio(SCORE * (1 / BILLION), ends(End.RESOLVED, End.GIVEN_UP))

register(
    Indicator(
        name="satisfaction",
        label=Words(fr="satisfaction (fonction énoncée)", en="satisfaction (stated function)"),
        definition=Words(
            fr=(
                "Moyenne, sur les besoins fermés : note du canal × 2^(−attente ÷ demi-vie) × (1 − perte par contact de plus)^(contacts − 1) si "
                "réglé, sinon la note des besoins non réglés. De 0 à 1."
            ),
            en=(
                "Mean over closed needs: score of the channel × 2^(−wait ÷ half-life) × (1 − loss per extra contact)^(contacts − 1) if "
                "resolved, else the score of unresolved needs. From 0 to 1."
            ),
        ),
        unit="score",
        formula=SATISFACTION,
        by=BY_NEED,
    ),
    Indicator(
        name="effort",
        label=Words(fr="effort : contacts par besoin réglé", en="effort: contacts per need resolved"),
        definition=Words(
            fr="Contacts des besoins réglés ÷ besoins réglés (vérifications et contacts induits compris).",
            en="Contacts of needs resolved ÷ needs resolved (verifications and induced contacts included).",
        ),
        unit="contacts/need",
        formula=Ratio(RESOLVED_CONTACTS, ends(End.RESOLVED)),
        by=BY_NEED,
    ),
)
