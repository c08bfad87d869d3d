"""Roles of the channels: which share of each channel's contacts is in the role that the organisation means it for.

The roles stand in the scenario (``simcrc.scenario.roles``); without any there are no such figures.  ``simcrc.indicators.role_tables`` judges each contact.
"""

from __future__ import annotations

import numpy as np

from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Ratio, Total
from simcrc.indicators.indicator import Indicator, register
from simcrc.words import Words

JUDGED = Measure("judged", "roles", lambda f: np.ones(len(f), dtype=bool))
IN_ROLE = Measure("in_role", "roles", lambda f: f["in_role"].astype(bool))
_BY = (
    (),
    ("channel",),
    ("service",),
    ("segment",),
    ("reason",),
    ("month",),
    ("channel", "service"),
    ("channel", "segment"),
    ("channel", "reason"),
    ("channel", "month"),
)
IN_ROLE_SHARE = Ratio(IN_ROLE, JUDGED)

register(
    Indicator(
        name="in_role",
        label=Words(fr="part des contacts dans le rôle du canal", en="share of contacts in the channel's role"),
        definition=Words(
            fr=(
                "Contacts qui répondent au rôle que le scénario écrit pour leur canal (roles) ÷ contacts des canaux qui en ont un ; « simple » et « besoin "
                "d'aide » selon les définitions du scénario, les services et l'offre des canaux au jour du contact."
            ),
            en=(
                "Contacts that fall in the role that the scenario writes for their channel (roles) ÷ contacts of the channels that have one; “simple” and "
                "“needs assistance” as the scenario defines them, services and what channels offer on the day of the contact."
            ),
        ),
        unit="share",
        formula=IN_ROLE_SHARE,
        by=_BY,
    ),
    Indicator(
        name="out_of_role",
        label=Words(fr="contacts hors du rôle du canal", en="contacts out of the channel's role"),
        definition=Words(
            fr="Nombre de contacts qui ne répondent pas au rôle que le scénario écrit pour leur canal.",
            en="Number of contacts that do not fall in the role that the scenario writes for their channel.",
        ),
        unit="count",
        formula=Total(JUDGED - IN_ROLE, where=JUDGED),
        by=_BY,
    ),
)
