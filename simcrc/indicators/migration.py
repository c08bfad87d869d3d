"""Migration: which channels are used, how far self-service is taken up and replaces agents, and who never uses an electronic channel."""

from __future__ import annotations

import numpy as np

from simcrc.indicators.common import CONTACTS, NEEDS
from simcrc.indicators.expressions import Across, Measure, Stored, Weighted
from simcrc.indicators.formulas import Ratio
from simcrc.indicators.frames import Frame
from simcrc.indicators.indicator import BY_NEED, Indicator, register
from simcrc.indicators.journeys import WITH_CONTACT
from simcrc.words import Words

FIRST = Measure("first_channel", "needs", lambda f: f["first_channel"], axis="channel")
DEFLECTED = Measure("deflected", "needs", lambda f: (f["resolved_at"] >= 0) & (f["contacts"] > 0) & (f["staffed_contacts"] == 0))
NEVER = Measure("never_electronic", "needs", lambda f: (f["channels_used"] & _electronic(f)) == 0 if _electronic(f) else np.zeros(len(f), dtype=bool))
CITIZENS, CITIZENS_NEVER = Stored("citizens", (("segment",),)), Stored("citizens_never_electronic", (("segment",),))


def _electronic(f: Frame) -> int:
    """The bits of the channels for which one has to be on line."""
    return int((1 << np.flatnonzero(f.axes.electronic)).sum())


_BY_CHANNEL = (
    ("channel",),
    ("channel", "service"),
    ("channel", "segment"),
    ("channel", "service", "segment"),
    ("channel", "month"),
    ("channel", "segment", "month"),
)
_ON_SELF_SERVICE = Weighted(CONTACTS, ("channel",), lambda totals: totals.axes.self_service.astype(np.float64))
_FIRST_SELF_SERVICE = Weighted(FIRST, ("channel",), lambda totals: totals.axes.self_service.astype(np.float64))

SELF_SERVICE_SHARE = Ratio(_ON_SELF_SERVICE, CONTACTS)
DEFLECTION = Ratio(DEFLECTED, NEEDS)
NEVER_ELECTRONIC = Ratio(NEVER, Weighted(NEEDS, (), lambda totals: np.asarray(totals.axes.electronic.any(), dtype=np.float64)))
NEVER_MIGRATE = Ratio(CITIZENS_NEVER, CITIZENS)

register(
    Indicator(
        name="channel_share",
        label=Words(fr="part des contacts", en="share of contacts"),
        definition=Words(
            fr="Contacts offerts à ce canal ÷ contacts offerts à tous ; un « 0 » compte à la RVI puis au téléphone.",
            en="Contacts offered to this channel ÷ contacts offered to all; a “0” counts in the IVR, then on the phone.",
        ),
        unit="share",
        formula=Ratio(CONTACTS, Across(CONTACTS, ("channel",))),
        by=(*_BY_CHANNEL, ("channel", "reason"), ("channel", "slot")),
    ),
    Indicator(
        name="first_channel_share",
        label=Words(fr="part des premiers choix", en="share of first choices"),
        definition=Words(
            fr="Besoins dont le premier contact est sur ce canal ÷ besoins qui ont eu un contact.",
            en="Needs whose first contact is on this channel ÷ needs that had a contact.",
        ),
        unit="share",
        formula=Ratio(FIRST, Across(FIRST, ("channel",))),
        by=_BY_CHANNEL,
    ),
    Indicator(
        name="self_service_share",
        label=Words(fr="part du libre-service", en="share of self-service"),
        definition=Words(
            fr="Contacts offerts aux canaux de libre-service (site Web, RVI) ÷ contacts offerts.",
            en="Contacts offered to self-service channels (Web, IVR) ÷ contacts offered.",
        ),
        unit="share",
        formula=SELF_SERVICE_SHARE,
        by=((), ("service",), ("segment",), ("reason",), ("month",), ("slot",)),
    ),
    Indicator(
        name="take_up",
        label=Words(fr="adoption du libre-service", en="take-up of self-service"),
        definition=Words(
            fr="Besoins dont le premier contact est en libre-service ÷ besoins qui ont eu un contact.",
            en="Needs whose first contact is in self-service ÷ needs that had a contact.",
        ),
        unit="share",
        formula=Ratio(_FIRST_SELF_SERVICE, WITH_CONTACT),
        by=BY_NEED,
    ),
    Indicator(
        name="deflection",
        label=Words(fr="besoins réglés sans préposé", en="needs resolved without an agent"),
        definition=Words(
            fr="Besoins réglés sans aucun contact sur un canal avec préposés (téléphone, comptoir, écrits) ÷ besoins apparus.",
            en="Needs resolved without any contact on a channel with agents (phone, counter, written) ÷ needs started.",
        ),
        unit="share",
        formula=DEFLECTION,
        by=BY_NEED,
    ),
    Indicator(
        name="never_electronic",
        label=Words(fr="besoins sans canal électronique", en="needs without an electronic channel"),
        definition=Words(
            fr="Besoins dont aucun contact n'est sur un canal qui demande d'être en ligne (site Web, courriel) ÷ besoins apparus.",
            en="Needs none of whose contacts is on a channel that asks for being on line (Web, e-mail) ÷ needs started.",
        ),
        unit="share",
        formula=NEVER_ELECTRONIC,
        by=BY_NEED,
    ),
    Indicator(
        name="never_electronic_citizens",
        label=Words(fr="citoyens sans canal électronique", en="citizens without an electronic channel"),
        definition=Words(
            fr="Citoyens qui n'ont utilisé aucun canal électronique pour leurs besoins de la période ÷ citoyens qui ont eu un besoin : ils ne migrent pas.",
            en="Citizens who used no electronic channel for their needs of the period ÷ citizens who had a need: they do not migrate.",
        ),
        unit="share",
        formula=NEVER_MIGRATE,
        by=((), ("segment",)),
    ),
)
