"""The words of the account of a comparison (``simcrc.report.compare``), in French and English."""

from __future__ import annotations

from simcrc.experiment.compare import Reading
from simcrc.words import Words

TITLE = Words(fr="Comparaison avec la base : {base}", en="Compared with the base: {base}")
ARM = Words(fr="{name} : {title}", en="{name}: {title}")
OVER = Words(
    fr="{n} {n:réplication|réplications}, les mêmes citoyens et la même chance pour tous (germe {seed}).",
    en="{n} {n:replication|replications}, the same citizens and the same luck for all (seed {seed}).",
)
ONE_RUN = Words(
    fr="Une seule réplication : pas d'intervalle, et rien n'est jugé ; demandez-en plusieurs avec -r.",
    en="A single replication: no intervals, and nothing is judged; ask for several with -r.",
)

SAME = Words(fr="{name} ne change rien aux indicateurs comparés.", en="{name} changes none of the indicators compared.")
NOT_JUDGED = Words(
    fr="{name} : une seule réplication, aucun écart n'est jugé.",
    en="{name}: a single replication, no difference is judged.",
)
NONE_CLEAR = Words(
    fr="{name} : aucun écart décelable avec la base sur {m} indicateurs.",
    en="{name}: no discernible difference from the base in {m} indicators.",
)
SOME_CLEAR = Words(
    fr="{name} : {n} des {m} indicateurs {n:diffère|diffèrent} de la base de façon décelable : {what}.",
    en="{name}: {n} of {m} indicators {n:differs|differ} discernibly from the base: {what}.",
)
MORE = Words(fr="et {n} {n:autre|autres}", en="and {n} more")

FIGURES = Words(fr="Indicateurs de chaque variante (intervalles à 95 %)", en="Figures of each variant (95 % intervals)")
DIFFERENCES = Words(fr="Écarts avec la base", en="Differences from the base")
TOGETHER = Words(
    fr="Écarts appariés, réplication par réplication. Intervalles simultanés : {k} comparaisons ensemble à 95 %, donc chacun à {level} (Bonferroni).",
    en="Paired differences, replication by replication. Simultaneous intervals: {k} comparisons together at 95 %, hence each at {level} (Bonferroni).",
)
ONE_TOGETHER = Words(
    fr="Écart apparié, réplication par réplication ; intervalle à 95 %.",
    en="Paired difference, replication by replication; 95 % interval.",
)
POINTS = Words(fr="Les écarts entre parts sont en points (pts).", en="Differences of shares are in points (pts).")
INDICATOR = Words(fr="Indicateur", en="Indicator")
WHERE = Words(fr="Où", en="Where")
VARIANT = Words(fr="Variante", en="Variant")
CHANGE = Words(fr="Écart", en="Difference")
INTERVAL = Words(fr="Intervalle", en="Interval")
READING = Words(fr="Lecture", en="Reading")
READINGS: dict[Reading, Words] = {
    "up": Words(fr="plus", en="more"),
    "down": Words(fr="moins", en="less"),
    "same": Words(fr="identique", en="identical"),
    "unclear": Words(fr="indécis", en="not clear"),
}

ONLY_CLEAR = Words(fr="{name} : {what}, écart décelable avec la base.", en="{name}: {what}, a discernible difference from the base.")
ONLY_NOT = Words(fr="{name} : {what}, pas d'écart décelable avec la base.", en="{name}: {what}, no discernible difference from the base.")

BEST_SURE = Words(
    fr="Meilleure variante, {figure} {sense} : {name} ({mean}). Si elle devance chacune des autres d'au moins {delta}, ce choix est juste avec une "
    "probabilité d'au moins {level} (procédure KN).",
    en="Best variant, {sense} {figure}: {name} ({mean}). If it is ahead of each of the others by at least {delta}, this choice is right with a probability "
    "of at least {level} (procedure KN).",
)
BEST_OPEN = Words(
    fr="Meilleure variante, {figure} {sense} : pas tranché après {n} réplications, le maximum permis (--max-reps). {name} mène ({mean}), sans garantie ; "
    "restent en lice : {running}. Au pire, {most} réplications trancheraient à {delta} près.",
    en="Best variant, {sense} {figure}: not decided after {n} replications, the most allowed (--max-reps). {name} leads ({mean}), without a guarantee; still "
    "in the running: {running}. At worst {most} replications would decide to within {delta}.",
)
SENSES = {
    "min": Words(fr="au plus petit", en="smallest"),
    "max": Words(fr="au plus grand", en="largest"),
}
BEST = Words(fr="Choix de la meilleure variante : {figure}", en="Selection of the best variant: {figure}")
MEAN = Words(fr="Moyenne", en="Mean")
REPLICATIONS = Words(fr="Réplications", en="Replications")
STATE = Words(fr="État", en="State")
STATES = {
    "best": Words(fr="choisie", en="selected"),
    "leads": Words(fr="mène", en="leads"),
    "running": Words(fr="en lice", en="in the running"),
    "left": Words(fr="écartée", en="out"),
}
BEST_NOTE = Words(
    fr="Moyennes des valeurs par réplication (d'un rapport aussi : pas le rapport des sommes du tableau) ; une variante écartée n'est plus simulée.",
    en="Means of the figures of replications (of a ratio too: not the ratio of sums in the table); what is out is not simulated any more.",
)
BEST_LEVEL = Words(
    fr="La garantie suppose des valeurs par réplication à peu près normales, comme le sont des moyennes de beaucoup de contacts.",
    en="The guarantee supposes figures of replications that are about normal, as means over many contacts are.",
)

OBJECTIVES = Words(fr="Objectifs de {name}", en="Objectives of {name}")

FAIL_HOLDS = Words(fr="--fail-on {text} : vrai pour {name} ({figure}{clear}).", en="--fail-on {text}: holds for {name} ({figure}{clear}).")
FAIL_NOT = Words(fr="--fail-on {text} : faux pour {name} ({figure}{clear}).", en="--fail-on {text}: does not hold for {name} ({figure}{clear}).")
FAIL_NONE = Words(
    fr="--fail-on {text} : {name} n'a pas cette valeur, rien ne peut être vérifié ; compté comme vrai.",
    en="--fail-on {text}: {name} has no such figure, nothing can be checked; counted as holding.",
)
UNCLEAR = Words(fr=" ; l'intervalle contient la limite", en="; the interval holds the limit")
