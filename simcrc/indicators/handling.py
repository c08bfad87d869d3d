"""Handling: how long agents are with a contact, on any channel with agents."""

from __future__ import annotations

from simcrc.indicators.common import SECOND
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Ratio
from simcrc.indicators.indicator import Indicator, register
from simcrc.words import Words

HANDLED = Measure("handled", "contacts", lambda f: f["handled"])
WORKED_ON = Measure("worked_on", "contacts", lambda f: f["service_start"] >= 0)

register(
    Indicator(
        name="handle_time",
        label=Words(fr="durée moyenne de service", en="mean handle time"),
        definition=Words(
            fr="Temps de service de toutes les étapes (sans le travail après contact) ÷ contacts dont le service a commencé.",
            en="Service time of all steps (without wrap-up) ÷ contacts whose service has begun.",
        ),
        unit="s",
        formula=Ratio(HANDLED * SECOND, WORKED_ON),
    ),
)
