"""Journeys: how many contacts a need takes, why, how it ends, and when.

Needs that started in the measured period, with all their contacts, whenever they were made.  A need belongs to the month, slot and day in which it started.
By channel and by reason the contacts are those of that channel or reason and the needs are all needs, so that the parts add up to the whole.
"""

from __future__ import annotations

from simcrc.indicators.common import HOUR, NEEDS, OF_NEEDS, ends
from simcrc.indicators.expressions import Across, FirstOf, Measure
from simcrc.indicators.formulas import Quantile, Ratio, Total
from simcrc.indicators.histogram import bins
from simcrc.indicators.indicator import BY_NEED, Indicator, register
from simcrc.log import END_WORDS, End
from simcrc.words import Words

WITH_CONTACT = Measure("needs_with_contact", "needs", lambda f: f["contacts"] > 0)
CONTACTS_MADE = Measure("contacts_of_needs", "needs", lambda f: f["contacts"])
AT_ONCE = Measure(
    "resolved_at_once",
    "needs",
    lambda f: (f["resolved_at"] >= 0) & (f["contacts"] > 0) & (f["contacts"] == f["reason_first"] + f["reason_zero"]),
)
SOLVED = Measure("solved", "resolved", lambda f: f["resolved_at"] >= 0)
SOLVING = Measure("solving", "resolved", lambda f: f["resolved_at"] - f["started"])
SOLVE_BINS = Measure(
    "solve_bins",
    "resolved",
    lambda f: bins(f["resolved_at"] - f["started"]),
    axis="bin",
    layouts=(("channel", "service"), ("channel", "segment"), ("service", "segment"), ("month",)),
)

FCR = Ratio(AT_ONCE, WITH_CONTACT)
RESOLVED = Ratio(ends(End.RESOLVED), NEEDS)
CONTACTS_PER_NEED = Ratio(CONTACTS_MADE, NEEDS)
TIME_TO_RESOLUTION = Ratio(SOLVING * HOUR, SOLVED)
BY_PARTS = (
    ("channel",),
    ("channel", "service"),
    ("channel", "segment"),
    ("channel", "service", "segment"),
    ("channel", "month"),
    ("channel", "segment", "month"),
    ("reason",),
    ("reason", "service"),
    ("reason", "segment"),
    ("reason", "month"),
)
BY_SOLVED = (
    (),
    ("channel",),
    ("service",),
    ("segment",),
    ("channel", "service"),
    ("channel", "segment"),
    ("service", "segment"),
    ("month",),
    ("channel", "month"),
)


ALL_NEEDS = Across(NEEDS, ("channel", "reason"))

register(
    Indicator(
        name="needs_started",
        label=Words(fr="besoins apparus", en="needs started"),
        definition=Words(fr="Nombre de besoins apparus dans la période mesurée.", en="Number of needs that started in the measured period."),
        unit="count",
        formula=Total(NEEDS, where=NEEDS),
        by=BY_NEED,
    ),
    *(
        Indicator(
            name=f"needs_{end.name.lower()}",
            label=Words(fr=f"besoins : {END_WORDS[end]['fr']}", en=f"needs: {END_WORDS[end]['en']}"),
            definition=Words(
                fr=(f"Besoins apparus dans la période mesurée dont la fin est « {END_WORDS[end]['fr']} ». Les trois fins s'additionnent aux besoins apparus."),
                en=f"Needs that started in the measured period whose end is “{END_WORDS[end]['en']}”. The three ends add up to the needs started.",
            ),
            unit="count",
            formula=Total(ends(end), where=NEEDS),
            by=BY_NEED,
        )
        for end in End
    ),
    Indicator(
        name="resolved_ratio",
        label=Words(fr="part de besoins réglés", en="share of needs resolved"),
        definition=Words(
            fr="Besoins réglés ÷ besoins apparus (ceux encore ouverts compris).", en="Needs resolved ÷ needs started (those still open included)."
        ),
        unit="share",
        formula=RESOLVED,
        by=BY_NEED,
    ),
    Indicator(
        name="contacts_per_need",
        label=Words(fr="contacts par besoin", en="contacts per need"),
        definition=Words(
            fr=(
                "Contacts des besoins apparus dans la période ÷ ces besoins, un besoin sans contact comptant pour zéro ; par canal et par "
                "motif, les parts s'additionnent au tout."
            ),
            en=(
                "Contacts of the needs that started in the period ÷ these needs, a need without contact counting zero; by channel and by "
                "reason the parts add up to the whole."
            ),
        ),
        unit="contacts/need",
        formula=Ratio(FirstOf((CONTACTS_MADE, OF_NEEDS)), ALL_NEEDS),
        by=BY_NEED + BY_PARTS,
    ),
    Indicator(
        name="fcr",
        label=Words(fr="règlement au premier contact", en="first-contact resolution"),
        definition=Words(
            fr=(
                "Besoins réglés par le premier contact et sans autre contact, avant ou après ÷ besoins qui ont eu un contact. Un « 0 » dans la "
                "RVI et l'appel qui suit font un seul contact ; un transfert en fait deux."
            ),
            en=(
                "Needs resolved by the first contact without any other, before or after ÷ needs that had a contact. A “0” in the IVR and the "
                "call that follows are one contact; a transfer makes two."
            ),
        ),
        unit="share",
        formula=FCR,
        by=BY_NEED,
    ),
    Indicator(
        name="time_to_resolution",
        label=Words(fr="temps de règlement moyen", en="mean time to resolution"),
        definition=Words(
            fr="De la naissance du besoin au premier contact qui le règle, sur les besoins réglés ; par canal : celui qui l'a réglé.",
            en="From the start of the need to the first contact that resolves it, over needs resolved; by channel: the one that resolved it.",
        ),
        unit="h",
        formula=TIME_TO_RESOLUTION,
        by=(*BY_SOLVED, ("slot",), ("day",)),
    ),
    *(
        Indicator(
            name=f"time_to_resolution_p{percent}",
            label=Words(fr=f"temps de règlement, {percent}e centile", en=f"time to resolution, {percent}th percentile"),
            definition=Words(
                fr=f"Temps que {percent} % des besoins réglés ne dépassent pas ; lu dans un histogramme, à 0,5 % près ; moyenne des réplications.",
                en=f"Time that {percent} % of the needs resolved do not exceed; read from a histogram, within 0.5 %; mean over replications.",
            ),
            unit="h",
            formula=Quantile(SOLVE_BINS, percent / 100, HOUR),
            by=BY_SOLVED,
        )
        for percent in (50, 90)
    ),
)
