"""The words of the picture of the fidelisation effect, in French and English; those of reasons are in ``simcrc.log``."""

from __future__ import annotations

from simcrc.words import Words

TITLE = Words(fr="L'effet de fidélisation, par motif", en="The fidelisation effect, by reason")
ALONE = Words(
    fr="Pas d'effet à montrer : il faut une politique à côté de la base (simcrc fidelisation BASE POLITIQUE, ou simcrc compare).",
    en="No effect to show: it takes a policy beside the base (simcrc fidelisation BASE POLICY, or simcrc compare).",
)
EMPTY = Words(
    fr="Pas d'effet à montrer : aucun besoin apparu dans la période n'a eu de contact. Une période plus longue en aurait.",
    en="No effect to show: no need that started in the period had a contact. A longer period would have some.",
)
UP = Words(
    fr="Sous {arm}, les contacts par besoin passent de {base} à {policy} : {change}",
    en="Under {arm}, contacts per need go from {base} to {policy}: {change}",
)
UNCLEAR = Words(
    fr="Sous {arm}, les contacts par besoin ne changent pas de façon décelable, de {base} à {policy} : {change}",
    en="Under {arm}, contacts per need do not change discernibly, from {base} to {policy}: {change}",
)
WITH = Words(fr="{mean} ({low} à {high})", en="{mean} ({low} to {high})")
MAINLY = Words(fr=" ; surtout {reason} ({change})", en="; mainly {reason} ({change})")
ALTERNATIVE = Words(
    fr="Diagramme en cascade : de {base} contacts par besoin dans la base à {policy} sous {arm}, un pas par motif, avec son intervalle. Les pas, qui "
    "s'additionnent à {change} : {steps}.",
    en="Waterfall chart: from {base} contacts per need in the base to {policy} under {arm}, one step a reason, with its interval. The steps, which add up to "
    "{change}: {steps}.",
)
STEP = Words(fr="{reason} {change}", en="{reason} {change}")
OF_PAIRS = Words(
    fr="Sur des paires : les mêmes besoins, suivis assez longtemps, avec et sans la politique (simcrc fidelisation).",
    en="On pairs: the same needs, followed long enough, with and without the policy (simcrc fidelisation).",
)
OF_PAIRED_ARMS = Words(
    fr="Écarts appariés réplication par réplication, sur les besoins apparus dans la période ; « simcrc fidelisation » suit les mêmes besoins un à un.",
    en="Differences paired replication by replication, over the needs that started in the period; “simcrc fidelisation” follows the same needs one by one.",
)
OF_ARMS = Words(
    fr="Les deux simulations ne sont pas appariées : écarts sans intervalle.",
    en="The two runs are not paired: differences without intervals.",
)
ONE = Words(fr=" Une seule réplication : pas d'intervalle.", en=" A single replication: no intervals.")
NOTE = Words(
    fr=" L'axe ne part pas de zéro : seule la longueur des pas se lit. Les nombres imprimés s'additionnent.",
    en=" The axis does not start at zero: only the lengths of steps are to be read. The numbers printed add up.",
)
NOTE_ARMS = Words(
    fr=" Des politiques comparées, celle dont l'effet est le plus grand ; les autres sont dans le tableau.",
    en=" Of the policies compared, the one with the largest effect; the others are in the table.",
)
COLUMNS = (
    Words(fr="Motif", en="Reason"),
    Words(fr="Base", en="Base"),
    Words(fr="Politique", en="Policy"),
    Words(fr="Écart", en="Change"),
    Words(fr="Intervalle", en="Interval"),
)
ARM = Words(fr="Politique", en="Policy")
WHOLE = Words(fr="Ensemble", en="All")
BASE = Words(fr="Base", en="Base")
AXIS = Words(fr="contacts par besoin", en="contacts per need")
MORE = Words(fr="de plus", en="more")
FEWER = Words(fr="de moins", en="fewer")
FAILURE = Words(fr="demande non réglée", en="failure demand")
INTERVAL = Words(fr="intervalle à 95 %", en="95% interval")
