"""French words that people write where a key, a kind or a usual name is expected, each with what it is likely meant to be.

The language of scenarios is English; its planners speak French.  ``simcrc.scenario.faults.nearest`` looks here before it compares letters, and keeps only what
is known at the place, so that one word may stand for several keys.
"""

from __future__ import annotations

import unicodedata

MEANT: dict[str, tuple[str, ...]] = {
    # sections
    "nom": ("name",),
    "debut": ("start", "at"),
    "periode": ("horizon",),
    "rodage": ("warmup",),
    "fuseau": ("timezone",),
    "feries": ("holidays",),
    "devise": ("currency",),
    "germe": ("seed",),
    "graine": ("seed",),
    "pointes": ("surges",),
    "canal": ("channel", "channels"),
    "canaux": ("channels",),
    "equipe": ("team", "teams"),
    "equipes": ("teams", "team"),
    "acheminement": ("routing",),
    "choix": ("choice",),
    "cout": ("cost", "costs"),
    "couts": ("costs", "cost"),
    "cible": ("target", "targets"),
    "cibles": ("targets", "target"),
    "attendu": ("expect",),
    "ajustement": ("fit",),
    "rejeu": ("replay",),
    "reticence": ("reluctance",),
    "confidentialite": ("privacy",),
    "libre_choix": ("free_choice",),
    # policies
    "politique": ("policy", "policies"),
    "politiques": ("policies", "policy"),
    "mesure": ("measure", "measures"),
    "mesures": ("measures", "measure"),
    "objectif": ("objectives",),
    "objectifs": ("objectives",),
    "comprend": ("includes",),
    "inclut": ("includes",),
    "montee": ("ramp",),
    "rampe": ("ramp",),
    "duree": ("lasts", "duration", "handle_time"),
    "dure": ("lasts",),
    "une_fois": ("once",),
    "par_mois": ("per_month",),
    "lineaire": ("linear",),
    "cotes": ("odds",),
    "promouvoir": ("promote",),
    "promotion": ("promote",),
    "ouvrir": ("open",),
    "ouverture": ("open", "hours"),
    "fermer": ("close",),
    "fermeture": ("close",),
    "former": ("train",),
    "formation": ("train",),
    "guider": ("guide",),
    "accompagner": ("helpers",),
    "accompagnateurs": ("helpers",),
    "aidants": ("helpers",),
    "simplifier": ("simplify",),
    "integrer": ("integrate",),
    "mesurer": ("measure",),
    "elever": ("raise",),
    "acces": ("access", "give_access"),
    "effectif": ("staffing", "schedule"),
    "effectifs": ("staffing", "schedule"),
    "heures": ("hours",),
    "horaire": ("schedule", "hours"),
    "facteur": ("factor",),
    # parts
    "part": ("share",),
    "parts": ("share", "table"),
    "apres": ("after",),
    "vers": ("to",),
    "dans": ("within",),
    "lignes": ("lines",),
    "etapes": ("steps",),
    "bureaux": ("sites",),
    "bureau": ("site", "sites", "counter"),
    "prestations": ("services",),
    "clientele": ("segments", "population"),
    "langue": ("language",),
    "taille": ("size",),
    "habilete": ("skill",),
    "attente": ("wait", "patience"),
    "resout": ("resolves",),
    "relance": ("chase",),
    "suite": ("next",),
    "valeur": ("value",),
    "statut": ("status",),
    "plage": ("range",),
    "etendue": ("range",),
    # channels
    "courrier": ("mail",),
    "poste": ("mail",),
    "courriel": ("email",),
    "comptoir": ("counter",),
    "guichet": ("counter",),
    "telephone": ("phone",),
    "telecopie": ("fax",),
    "telecopieur": ("fax",),
    "rvi": ("ivr",),
    "internet": ("web",),
    "site_web": ("web",),
    # words
    "hausse": ("up",),
    "baisse": ("down",),
    "mesuree": ("measured",),
    "emprunte": ("borrowed",),
    "empruntee": ("borrowed",),
    "calibre": ("calibrated",),
    "suppose": ("assumed",),
    "supposee": ("assumed",),
}


def folded(word: object) -> str:
    """`word` in small letters, without accents, blanks and hyphens as underscores."""
    plain = unicodedata.normalize("NFKD", str(word).strip().casefold())
    return "".join("_" if char in " -" else char for char in plain if not unicodedata.combining(char))


def meant(word: object) -> tuple[str, ...]:
    """What the French `word` is likely to stand for, the likeliest first; () when it is not in the table."""
    return MEANT.get(folded(word), ())
