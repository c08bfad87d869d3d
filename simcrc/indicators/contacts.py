"""Counts of contacts: offered, and one for each outcome.  They add up: offered is the sum of the thirteen outcomes."""

from __future__ import annotations

import numpy as np

from simcrc.indicators.common import CONTACTS, outcomes
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Ratio, Total
from simcrc.indicators.indicator import BY_CONTACT, BY_DAY, Indicator, register
from simcrc.log import OUTCOME_WORDS, Outcome, Reason
from simcrc.words import Words

AVOIDABLE = np.isin(list(Reason), (Reason.REDIAL, Reason.SWITCH, Reason.FAILURE, Reason.RESEND, Reason.CHASE))
_RULE = Words(
    fr="Un contact appartient à la période où il arrive ; seuls comptent ceux arrivés pendant la période mesurée.",
    en="A contact belongs to the period in which it arrives; only those that arrive in the measured period count.",
)

register(
    Indicator(
        name="offered",
        label=Words(fr="contacts offerts", en="contacts offered"),
        definition=Words(fr=f"Nombre de contacts, quelle qu'en soit l'issue. {_RULE.fr}", en=f"Number of contacts, whatever their outcome. {_RULE.en}"),
        unit="count",
        formula=Total(CONTACTS, where=CONTACTS),
        by=BY_CONTACT + BY_DAY,
    ),
    *(
        Indicator(
            name=outcome.name.lower(),
            label=Words(fr=f"contacts : {OUTCOME_WORDS[outcome]['fr']}", en=f"contacts: {OUTCOME_WORDS[outcome]['en']}"),
            definition=Words(
                fr=f"Nombre de contacts dont l'issue est « {OUTCOME_WORDS[outcome]['fr'].replace('« ', '').replace(' »', '')} ». {_RULE.fr}",
                en=f"Number of contacts whose outcome is “{OUTCOME_WORDS[outcome]['en']}”. {_RULE.en}",
            ),
            unit="count",
            formula=Total(outcomes(CONTACTS, outcome), where=CONTACTS),
            by=BY_CONTACT + (BY_DAY if outcome in (Outcome.SERVED, Outcome.ABANDONED, Outcome.CONTAINED) else ()),
        )
        for outcome in Outcome
    ),
    Indicator(
        name="avoidable_share",
        label=Words(fr="part de contacts évitables", en="share of avoidable contacts"),
        definition=Words(
            fr=(
                "Contacts faits parce qu'un autre a échoué (rappel, autre canal faute d'être joint, demande non réglée, nouvel envoi, relance) "
                "÷ contacts offerts."
            ),
            en=("Contacts made because another failed (redial, other channel because not reached, failure demand, sent again, chase) ÷ contacts offered."),
        ),
        unit="share",
        formula=Ratio(Measure("avoidable", "contacts", lambda f: AVOIDABLE.take(f["reason"])), CONTACTS),
    ),
)
