"""Self-service (Web, voice unit): containment, completion, leaving by "0"."""

from __future__ import annotations

from simcrc.indicators.common import outcomes
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Ratio
from simcrc.indicators.indicator import Indicator, register
from simcrc.log import Outcome
from simcrc.words import Words

SELF = Measure("self_service", "self_service", lambda f: f["outcome"], axis="outcome")
CONTAINED = outcomes(SELF, Outcome.CONTAINED)
TRIED = outcomes(SELF, Outcome.CONTAINED, Outcome.FAILED)
ENDED = outcomes(SELF, Outcome.CONTAINED, Outcome.FAILED, Outcome.OPTED_OUT)

COMPLETION = Ratio(CONTAINED, TRIED)
CONTAINMENT = Ratio(CONTAINED, SELF)

register(
    Indicator(
        name="containment",
        label=Words(fr="part aboutie en libre-service", en="containment"),
        definition=Words(
            fr="Contacts aboutis en libre-service ÷ contacts offerts aux canaux de libre-service (bloqués, fermés et « 0 » compris).",
            en="Contacts contained in self-service ÷ contacts offered to self-service channels (blocked, closed and “0” included).",
        ),
        unit="share",
        formula=CONTAINMENT,
    ),
    Indicator(
        name="completion",
        label=Words(fr="part menée à terme", en="completion"),
        definition=Words(
            fr="Contacts aboutis ÷ (aboutis + échecs) : ceux qui ont essayé ; les « 0 » n'y sont pas.",
            en="Contacts contained ÷ (contained + failed): those that tried; “0” calls are not among them.",
        ),
        unit="share",
        formula=COMPLETION,
    ),
    Indicator(
        name="opt_out",
        label=Words(fr="part qui fait le « 0 »", en="opt-out"),
        definition=Words(
            fr="Contacts qui font le « 0 » ÷ contacts terminés en libre-service (aboutis, échecs et « 0 »).",
            en="Contacts that press “0” ÷ contacts that ended in self-service (contained, failed and “0”).",
        ),
        unit="share",
        formula=Ratio(outcomes(SELF, Outcome.OPTED_OUT), ENDED),
    ),
)
