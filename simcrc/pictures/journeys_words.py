"""The words of the picture of journeys, in French and English."""

from __future__ import annotations

from simcrc.words import Words

TITLE = Words(fr="Les parcours, de contact en contact", en="Journeys, from contact to contact")
ABSENT = Words(
    fr="Pas de parcours à montrer : aucun besoin apparu dans la période n'a eu de contact. Une période plus longue en aurait.",
    en="No journeys to show: no need that started in the period had a contact. A longer period would have some.",
)
FINDING = Words(
    fr="Cent besoins font {contacts} contacts, dont {failure} parce qu'un contact précédent n'a pas réglé le besoin",
    en="A hundred needs make {contacts} contacts, of which {failure} because an earlier contact did not settle the need",
)
MOST = Words(fr=", le plus souvent de {source} à {target} ({size})", en=", mostly from {source} to {target} ({size})")
MOST_SAME = Words(fr=", le plus souvent de nouveau par {target} ({size})", en=", mostly again by {target} ({size})")
BESIDE = Words(fr=" ; sous {arm}, {failure}", en="; under {arm}, {failure}")
CHANGED = Words(fr=" ; sous {arm}, {failure}, soit {change}", en="; under {arm}, {failure}, that is {change}")
NOT_DISCERNIBLE = Words(
    fr=" ; sous {arm}, {failure}, sans différence décelable : {change}",
    en="; under {arm}, {failure}, without a discernible difference: {change}",
)
TO = Words(fr="{low} à {high}", en="{low} to {high}")
WITH = Words(fr="{mean} ({low} à {high})", en="{mean} ({low} to {high})")
ALTERNATIVE = Words(
    fr="Diagramme de flux en trois colonnes : d'où vient chaque contact, sur quel canal il est fait, ce qui vient après. Sur cent besoins, le premier contact "
    "est fait ainsi : {first}. Des {contacts} contacts, {followed} sont suivis d'un autre, {settled} donnent la réponse et sont les derniers, {unsettled} sont "
    "les derniers sans la donner, {open} sont en cours à l'horizon.",
    en="Flow diagram in three columns: where each contact comes from, on which channel it is made, what comes after it. Of a hundred needs, the first contact "
    "is made so: {first}. Of the {contacts} contacts, {followed} are followed by another, {settled} give the answer and are the last, {unsettled} are the last "
    "without giving it, {open} are in progress at the horizon.",
)
PART = Words(fr="{name} {size}", en="{name} {size}")
NEEDS = Words(
    fr=" À la fin, {resolved} besoins sur cent sont réglés, {given_up} abandonnés, {open} ouverts.",
    en=" In the end {resolved} of a hundred needs are resolved, {given_up} given up, {open} open.",
)
BELOW = Words(fr=" Au-dessous, à la même échelle, {arm} : {contacts} contacts.", en=" Below, at the same scale, {arm}: {contacts} contacts.")
NOTE = Words(
    fr="Largeurs : contacts pour cent besoins apparus, chaque contact compté une fois. Demande non réglée : tout contact, transferts et relances compris, "
    "qui suit un contact traité sans règlement. Un contact peut en faire naître plusieurs : ce qui « suit » n'est compté qu'une fois.",
    en="Widths: contacts for a hundred needs started, each contact counted once. Failure demand: any contact, transfers and chases included, that follows one "
    "which was handled and did not settle the need. A contact may lead to several: that something “follows” is counted once.",
)
NOTE_ARMS = Words(
    fr=" Parmi les scénarios comparés, celui dont les contacts par besoin diffèrent le plus de la base ; tous sont dans les données.",
    en=" Of the scenarios compared, the one whose contacts per need differ most from the base; all are in the data.",
)
NOTE_CHANNELS = Words(fr=" Les plus petits canaux sont réunis.", en=" The smallest channels are added together.")
START = Words(fr="Début", en="Start")
START_BRIEF = Words(fr="Premier\ncontact", en="First\ncontact")
HEADS = (
    Words(fr="D'où vient\nle contact", en="Where it\ncomes from"),
    Words(fr="Canal", en="Channel"),
    Words(fr="Ce qui\nsuit", en="What\nfollows"),
)
OTHERS = Words(fr="autres ({n})", en="others ({n})")
REST = Words(fr="{n} autres flux", en="{n} other flows")
ALL = Words(fr="Tous les contacts", en="All contacts")
COLUMNS = (
    Words(fr="De", en="From"),
    Words(fr="Ce qui se passe", en="What happens"),
    Words(fr="Vers", en="To"),
)
COUNT = Words(fr="Contacts pour 100 besoins", en="Contacts for 100 needs")
SCALE = Words(fr="Contacts pour cent besoins", en="Contacts for a hundred needs")
KINDS = {
    "first": Words(fr="premier contact", en="first contact"),
    "failure": Words(fr="demande non réglée", en="failure demand"),
    "not_reached": Words(fr="non joint, ou perdu", en="not reached, or lost"),
    "zero": Words(fr="« 0 » dans la RVI", en="0 in the IVR"),
    "after": Words(fr="relance, vérification, induit", en="chase, verification, induced"),
}
ENDS = {
    "followed": Words(fr="un autre contact suit", en="another contact follows"),
    "settled": Words(fr="répondu, rien ne suit", en="answered, nothing follows"),
    "unsettled": Words(fr="sans réponse, rien ne suit", en="not answered, nothing follows"),
    "open": Words(fr="en cours à l'horizon", en="in progress at the horizon"),
}
ENDS_BRIEF = {
    "followed": Words(fr="Un autre\nsuit", en="Another\nfollows"),
    "settled": Words(fr="Répondu,\nrien ne suit", en="Answered,\nno more"),
    "unsettled": Words(fr="Sans réponse,\nrien ne suit", en="Not answered,\nno more"),
    "open": Words(fr="En cours", en="In progress"),
}
