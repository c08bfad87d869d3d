"""The columns of the tables that set a policy beside its base: the figures and the pairs of ``simcrc fidelisation``."""

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
