"""How many channels a need uses, and which: the figures that surveys of citizens ask for.

Needs that started in the measured period and had a contact.  The voice unit and the phone behind it count as one mode; the indicators named `_apart` count
every channel by itself.  By channel, a figure is printed under the name of the mode (the phone for the voice unit).
"""

from __future__ import annotations

from simcrc.indicators.expressions import Across, Measure, Pick
from simcrc.indicators.formulas import Ratio
from simcrc.indicators.indicator import BY_NEED, Indicator, register
from simcrc.indicators.journeys import WITH_CONTACT
from simcrc.words import Words

MODES = Measure("modes", "needs", lambda f: f["modes"].clip(max=3), axis="number")
APART = Measure("channels", "needs", lambda f: f["channels"].clip(max=3), axis="number")
USES = Measure("uses", "uses", lambda f: f["modes"].clip(max=3), axis="number")
LATER = Measure("used_later", "uses", lambda f: f["mode"] != f["first_mode"])

_BY = (("mode",), ("mode", "service"), ("mode", "segment"), ("mode", "month"))
_COUNTS = (
    ("one", 1, Words(fr="un seul canal", en="one channel")),
    ("two", 2, Words(fr="deux canaux", en="two channels")),
    ("three_plus", 3, Words(fr="trois canaux ou plus", en="three channels or more")),
)

for _name, _number, _words in _COUNTS:
    register(
        Indicator(
            name=f"used_{_name}",
            label=Words(fr=f"part de besoins : {_words.fr}", en=f"share of needs: {_words.en}"),
            definition=Words(
                fr=f"Besoins qui ont utilisé {_words.fr} ÷ besoins qui ont eu un contact ; RVI et téléphone comptés comme un seul canal.",
                en=f"Needs that used {_words.en} ÷ needs that had a contact; IVR and phone counted as one.",
            ),
            unit="share",
            formula=Ratio(Pick(MODES, "number", (_number,)), WITH_CONTACT),
            by=BY_NEED,
        ),
        Indicator(
            name=f"used_{_name}_apart",
            label=Words(fr=f"part de besoins : {_words.fr}, RVI à part", en=f"share of needs: {_words.en}, IVR apart"),
            definition=Words(
                fr=f"Besoins qui ont utilisé {_words.fr} ÷ besoins qui ont eu un contact ; RVI et téléphone comptés séparément.",
                en=f"Needs that used {_words.en} ÷ needs that had a contact; IVR and phone counted apart.",
            ),
            unit="share",
            formula=Ratio(Pick(APART, "number", (_number,)), WITH_CONTACT),
            by=BY_NEED,
        ),
        Indicator(
            name=f"used_in_{_name}",
            label=Words(fr=f"part qui utilise ce canal, parmi les besoins à {_words.fr}", en=f"share that uses this channel, among needs with {_words.en}"),
            definition=Words(
                fr=f"Besoins qui ont utilisé ce canal ÷ besoins qui ont utilisé {_words.fr} ; au-delà d'un canal les parts dépassent 100 % ensemble.",
                en=f"Needs that used this channel ÷ needs that used {_words.en}; beyond one channel the shares together exceed 100 %.",
            ),
            unit="share",
            formula=Ratio(Pick(USES, "number", (_number,)), Across(Pick(MODES, "number", (_number,)), ("mode",))),
            by=_BY,
        ),
    )

register(
    Indicator(
        name="used_several",
        label=Words(fr="part de besoins : plus d'un canal", en="share of needs: more than one channel"),
        definition=Words(
            fr="Besoins qui ont utilisé plus d'un canal ÷ besoins qui ont eu un contact ; RVI et téléphone comptés comme un seul canal.",
            en="Needs that used more than one channel ÷ needs that had a contact; IVR and phone counted as one.",
        ),
        unit="share",
        formula=Ratio(Pick(MODES, "number", (2, 3)), WITH_CONTACT),
        by=BY_NEED,
    ),
    Indicator(
        name="used",
        label=Words(fr="part qui utilise ce canal", en="share that uses this channel"),
        definition=Words(fr="Besoins qui ont utilisé ce canal ÷ besoins qui ont eu un contact.", en="Needs that used this channel ÷ needs that had a contact."),
        unit="share",
        formula=Ratio(USES, Across(WITH_CONTACT, ("mode",))),
        by=_BY,
    ),
    Indicator(
        name="used_later",
        label=Words(fr="part venue d'ailleurs", en="share that came from elsewhere"),
        definition=Words(
            fr="Parmi les besoins qui ont utilisé ce canal, ceux dont le premier contact était ailleurs (pour le téléphone : se dépanner).",
            en="Among the needs that used this channel, those whose first contact was elsewhere (for the phone: to get unstuck).",
        ),
        unit="share",
        formula=Ratio(LATER, USES),
        by=_BY,
    ),
)
