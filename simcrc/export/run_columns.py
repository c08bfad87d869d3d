"""The columns of the tables of a run: summary, indicators, needs, contacts, comparison (with records), and about.  ``docs/export.md`` shows the same."""

from __future__ import annotations

from simcrc.export.column import column as _column
from simcrc.log import REASON_WORDS

WHERE = {
    "replication": _column("réplication", "replication", "Numéro de la réplication, à partir de 1.", "Number of the replication, from 1."),
    "service": _column("service", "service", "Nom du service dans le scénario.", "Name of the service in the scenario."),
    "segment": _column("segment", "segment", "Segment du citoyen.", "Segment of the citizen."),
    "channel": _column(
        "canal",
        "channel",
        "Canal (phone), point de service (counter.quebec), équipe (team:agents) ou paire de canaux (web>phone).",
        "A channel (phone), a site of one (counter.quebec), a team (team:agents) or a pair of channels (web>phone).",
    ),
    "reason": _column("motif", "reason", "Pourquoi le contact a eu lieu.", "Why the contact was made."),
    "period": _column(
        "période",
        "period",
        "Vide : toute la période mesurée ; un mois 2006-04 ; une demi-heure de la semaine « Mon 08:30 » ; un jour 2006-04-03.",
        "Empty: the whole measured period; a month 2006-04; a half hour of the week 'Mon 08:30'; a day 2006-04-03.",
    ),
    "unit": _column("unité", "unit", "Unité de la valeur et de son intervalle.", "Unit of the value and of its interval."),
    "mean": _column("valeur", "value", "Estimation sur toutes les réplications.", "Estimate over all replications."),
    "low": _column(
        "borne inférieure",
        "lower bound",
        "Début de l'intervalle de confiance à 95 % ; vide avec une seule réplication.",
        "Start of the 95 % confidence interval; empty with one replication.",
    ),
    "high": _column(
        "borne supérieure",
        "upper bound",
        "Fin de l'intervalle de confiance à 95 % ; vide avec une seule réplication.",
        "End of the 95 % confidence interval; empty with one replication.",
    ),
    "replications": _column(
        "réplications", "replications", "Sur combien de réplications la valeur repose.", "How many replications the value rests on.", "count"
    ),
    "label": _column("libellé", "label", "Nom de l'indicateur en clair.", "Name of the indicator in words."),
    "indicator": _column("indicateur", "indicator", "Identifiant de l'indicateur, défini plus bas.", "Identifier of the indicator, defined below."),
}
OWNER = {
    "need": _column(
        "besoin",
        "need",
        "Numéro du besoin, le même dans toute simulation de la même demande.",
        "Number of the need, the same in every run of the same demand.",
    ),
    "language": _column("langue", "language", "Langue du citoyen.", "Language of the citizen."),
    "measured": _column(
        "mesuré",
        "measured",
        "Vrai : commencé dans la période mesurée ; faux : pendant la mise en régime.",
        "True: started in the measured period; false: in the warm-up.",
    ),
    "citizen_time": _column(
        "temps du citoyen",
        "citizen's time",
        "Temps passé par le citoyen sur les canaux en direct et en libre-service.",
        "Time that the citizen spent on live and self-service channels.",
        "s",
    ),
    "cost": _column("coût", "cost", "Coût unitaire, s'il est compté.", "Unit cost, if it is charged.", "money"),
    "waited": _column("attente", "wait", "Temps passé dans les files en direct.", "Time spent in live queues.", "s"),
}
NEEDS = {
    "citizen": _column(
        "citoyen", "citizen", "Numéro du citoyen dans sa réplication ; vide s'il est anonyme.", "Number of the citizen in the replication; empty if anonymous."
    ),
    "complex": _column("complexe", "complex", "Le besoin est complexe.", "The need is complex."),
    "ambiguous": _column("ambigu", "ambiguous", "Le besoin porte sur une information ambiguë.", "The need is about ambiguous information."),
    "online": _column("en ligne", "online", "Le citoyen a accès aux canaux électroniques.", "The citizen has access to electronic channels."),
    "started": _column("début", "started", "Quand le besoin naît.", "When the need arises."),
    "resolved_at": _column("réglé à", "resolved at", "Quand un contact le règle ; vide sinon.", "When a contact resolves it; empty otherwise."),
    "resolved_by": _column("réglé par", "resolved by", "Numéro du contact qui le règle.", "Number of the contact that resolves it."),
    "closed_at": _column("clos à", "closed at", "Quand il n'en reste ni contact, ni envoi, ni relance.", "When no contact, item or timer of it remains."),
    "end": _column(
        "fin", "end", "Comment il finit : réglé, abandonné ou encore ouvert à l'horizon.", "How it ends: resolved, given up or still open at the horizon."
    ),
    "contacts": _column("contacts", "contacts", "Nombre de ses contacts.", "How many contacts it took.", "count"),
    "first_channel": _column("premier canal", "first channel", "Canal de son premier contact.", "Channel of its first contact."),
    "first_mode": _column("premier mode", "first mode", "Le même, RVI et téléphone ne faisant qu'un.", "The same, voice unit and phone counted as one."),
    "resolving_channel": _column("canal du règlement", "resolving channel", "Canal du contact qui le règle.", "Channel of the contact that resolves it."),
    "channels": _column("canaux", "channels", "Nombre de canaux différents.", "How many different channels.", "count"),
    "channels_used": _column(
        "canaux employés", "channels used", "Lesquels : le bit k est le k-ième canal du scénario.", "Which ones: bit k is the k-th channel of the scenario."
    ),
    "modes": _column(
        "modes",
        "modes",
        "Nombre de modes différents, RVI et téléphone ne faisant qu'un.",
        "How many different modes, voice unit and phone counted as one.",
        "count",
    ),
    "modes_used": _column("modes employés", "modes used", "Lesquels : le bit k est le k-ième mode.", "Which ones: bit k is the k-th mode."),
    "staffed_contacts": _column(
        "contacts avec préposé", "staffed contacts", "Contacts sur des canaux qui ont des préposés.", "Contacts on channels with agents.", "count"
    ),
    **{
        f"reason_{reason.name.lower()}": _column(
            f"contacts : {words['fr']}",
            f"contacts: {words['en']}",
            "Nombre de ses contacts qui ont ce motif.",
            "How many of its contacts have this reason.",
            "count",
        )
        for reason, words in REASON_WORDS.items()
    },
}
CONTACTS = {
    "contact": _column(
        "contact",
        "contact",
        "Numéro du contact : celui du besoin fois 10 000, plus son rang.",
        "Number of the contact: that of the need times 10,000 plus its rank.",
    ),
    "number": _column("rang", "number", "Rang du contact dans son besoin, à partir de 0.", "Rank of the contact within its need, from 0.", "count"),
    "channel": _column("canal", "channel", "Canal du contact.", "Channel of the contact."),
    "station": _column(
        "point de service", "station", "Canal, ou point de service du canal (counter.quebec).", "Channel, or site of the channel (counter.quebec)."
    ),
    "caused_by": _column(
        "causé par", "caused by", "Numéro du contact dont il découle ; vide s'il n'y en a pas.", "Number of the contact that it follows from; empty if none."
    ),
    "started": _column("début", "started", "Quand le citoyen fait le contact.", "When the citizen makes the contact."),
    "received": _column(
        "reçu", "received", "Quand l'envoi parvient à l'organisation ; vide en direct.", "When the item reaches the organisation; empty for live contacts."
    ),
    "queued": _column(
        "mis en file",
        "queued",
        "Quand il commence à attendre un préposé ; vide s'il n'attend pas.",
        "When it begins to wait for an agent; empty if it does not wait.",
    ),
    "announced": _column("attente annoncée", "announced wait", "Attente annoncée à l'entrée de la file.", "Wait announced on entering the queue.", "s"),
    "service_start": _column("début du service", "service start", "Quand un préposé commence à le traiter.", "When an agent begins to serve it."),
    "service_end": _column("fin du service", "service end", "Quand le dernier préposé a fini.", "When the last agent is done."),
    "answered": _column("répondu", "answered", "Quand l'organisation a fini sa part d'un envoi.", "When the organisation finished its part of an item."),
    "ended": _column(
        "fin",
        "ended",
        "Quand le contact finit pour le citoyen ; vide s'il est en cours à l'horizon.",
        "When the contact ends for the citizen; empty if open at the horizon.",
    ),
    "outcome": _column("issue", "outcome", "Comment le contact finit.", "How the contact ends."),
    "resolved": _column("bonne réponse", "resolved", "Il a donné la réponse juste et complète.", "It gave the right and complete answer."),
    "handled": _column("traitement", "handled", "Temps passé avec les préposés.", "Time with agents.", "s"),
    "labour": _column("travail", "labour", "Coût du temps des préposés.", "Cost of the agents' time.", "money"),
    "group": _column(
        "groupe", "group", "Qui l'a servi en dernier : équipe, compétences et numéro du groupe.", "Who served it last: team, skills and number of the group."
    ),
}
COMPARISON = {
    "scope": _column("portée", "scope", "all : tout ; service ; hour : une heure du jour.", "all; a service; hour: an hour of the day."),
    "key": _column("clé", "key", "Nom du service, ou heure.", "Name of the service, or the hour."),
    **{
        f"{name}_{side}": _column(f"{fr}, {of_fr}", f"{en}, {of_en}", f"{definition_fr} ({of_fr}).", f"{definition_en} ({of_en}).", unit)
        for side, of_fr, of_en in (("recorded", "enregistré", "recorded"), ("simulated", "simulé", "simulated"))
        for name, fr, en, definition_fr, definition_en, unit in (
            ("offered", "contacts", "contacts", "Contacts servis ou abandonnés, par réplication", "Contacts served or abandoned, per replication", "count"),
            ("abandonment", "abandon", "abandonment", "Part abandonnée", "Share abandoned", "share"),
            ("queued", "en file", "queued", "Part de ceux qui ont attendu", "Share of those who queued", "share"),
            ("wait_mean", "attente moyenne", "mean wait", "Attente moyenne de ceux qui ont attendu", "Mean wait of those who queued", "s"),
            (
                "wait_p90",
                "attente, 90e centile",
                "wait, 90th percentile",
                "90e centile de l'attente de ceux qui ont attendu",
                "90th percentile of the wait of those who queued",
                "s",
            ),
        )
    },
}
ABOUT = {
    "name": _column("quoi", "what", "Ce que la ligne dit de la simulation.", "What the row says of the run."),
    "value": _column("valeur", "value", "Sa valeur.", "Its value."),
}
