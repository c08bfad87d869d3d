"""The columns of the tables that set scenarios beside each other: the figures and the pairs of ``simcrc fidelisation``, those of ``compare`` and ``sweep``."""

from __future__ import annotations

from simcrc.export.column import column as _column
from simcrc.log import REASON_WORDS
from simcrc.words import Words

FIGURES = {
    "figure": _column("mesure", "figure", "Ce qui est mesuré.", "What is measured."),
    "arm": _column(
        "bras",
        "arm",
        "base, policy (la politique), change (politique moins base) ou placebo ; vide quand aucun ne s'applique.",
        "base, policy, change (policy minus base) or placebo; empty where none applies.",
    ),
    "source": _column("d'où", "source", "Canal d'où les contacts partent.", "Channel that contacts move from."),
    "target": _column("vers", "target", "Canal où ils arrivent.", "Channel that they move to."),
}
_ARMS = {"base": Words(fr="base", en="base"), "policy": Words(fr="politique", en="policy")}
PAIRS = {
    "month": _column("mois", "month", "Mois où les besoins naissent.", "Month in which the needs start."),
    "needs": _column("besoins", "needs", "Nombre de besoins.", "How many needs.", "count"),
    **{
        f"{arm}_{name}": _column(
            f"{fr}, {words.fr}", f"{en}, {words.en}", f"{fr[0].upper()}{fr[1:]} de ces besoins.", f"{en[0].upper()}{en[1:]} of these needs.", unit
        )
        for arm, words in _ARMS.items()
        for name, fr, en, unit in (
            ("contacts", "contacts", "contacts", "count"),
            *((reason.name.lower(), f"contacts ({said['fr']})", f"contacts ({said['en']})", "count") for reason, said in REASON_WORDS.items()),
            ("resolved", "besoins réglés", "needs resolved", "count"),
            ("cost", "coût", "cost", "money"),
        )
    },
    "more": _column("plus", "more", "Besoins qui ont plus de contacts sous la politique.", "Needs with more contacts under the policy.", "count"),
    "fewer": _column("moins", "fewer", "Besoins qui en ont moins.", "Needs with fewer.", "count"),
    "identical": _column(
        "identiques", "identical", "Besoins au parcours identique jusqu'au dernier contact.", "Needs whose journey is identical to the last contact.", "count"
    ),
    "moved": _column("déplacés", "moved", "Besoins dont la première tentative se fait ailleurs.", "Needs whose first attempt landed elsewhere.", "count"),
    "more_moved": _column("déplacés, plus", "moved, more", "Ceux d'entre eux qui ont plus de contacts.", "Those of them with more contacts.", "count"),
    "fewer_moved": _column("déplacés, moins", "moved, fewer", "Ceux d'entre eux qui en ont moins.", "Those of them with fewer.", "count"),
    "electronic_base": _column(
        "électronique, base seule",
        "electronic, base only",
        "Besoins passés par un canal électronique dans la base seule.",
        "Needs that used an electronic channel in the base only.",
        "count",
    ),
    "electronic_policy": _column("électronique, politique seule", "electronic, policy only", "Sous la politique seule.", "Under the policy only.", "count"),
    "electronic_never": _column("jamais électronique", "never electronic", "Dans aucun des deux.", "In neither.", "count"),
}

COMPARED = {
    "arm": _column("variante", "variant", "Nom de la variante dans la comparaison.", "Name of the variant in the comparison."),
    "where": _column("où", "where", "Canal, point de service ou équipe ; vide pour l'ensemble.", "Channel, site or team; empty for all together."),
    "point": _column("point", "point", "Numéro du point du balayage.", "Number of the point of the sweep."),
    "value": _column("valeur", "value", "Valeur dans cette réplication.", "Value in this replication."),
    "level": _column(
        "niveau",
        "level",
        "Niveau de confiance de l'intervalle, assez haut pour que tous valent ensemble à 95 %.",
        "Confidence level of the interval, high enough for all of them to hold together at 95 %.",
    ),
    "reading": _column("lecture", "reading", "Ce que l'intervalle permet de dire de la différence.", "What the interval allows one to say of the difference."),
    "state": _column(
        "état",
        "state",
        "best : choisie ; leads : en tête, pas encore sûre ; running : en lice ; left : écartée.",
        "best: selected; leads: ahead and not yet sure; running: in the running; left: left out.",
    ),
    "policy": _column("politique", "policy", "Politique qui porte l'objectif.", "Policy that has the objective."),
    "objective": _column("objectif", "objective", "Ce que la politique vise.", "What the policy aims at."),
    "base": _column("base", "base", "Valeur dans la base.", "Value in the base."),
    "under_policy": _column("sous la politique", "under the policy", "Valeur sous la politique.", "Value under the policy."),
    "change": _column(
        "changement",
        "change",
        "Politique moins base, ou rapport moins un si relation vaut relative.",
        "Policy minus base, or ratio minus one where relation is relative.",
    ),
    "relation": _column("relation", "relation", "Le changement est relatif (relative) ou absolu (absolute).", "Whether the change is relative or absolute."),
    "days": _column("jours", "days", "Nombre de jours regardés.", "How many days are looked at.", "days"),
    "verdict": _column("verdict", "verdict", "Objectif atteint, manqué ou pas encore clair.", "Objective met, missed or not yet clear."),
}
