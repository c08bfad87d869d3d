"""The words of ``simcrc.report.staffing``, in French and English."""

from __future__ import annotations

from simcrc.words import Words

TITLE = Words(fr="Effectif : {name}", en="Staffing: {name}")
TARGET = Words(fr="Cible : {what} {sign} {value} – {verdict}", en="Target: {what} {sign} {value} – {verdict}")
VERDICTS = {
    "met": Words(fr="atteinte, aussi sur d'autres tirages", en="met, on other draws as well"),
    "missed": Words(fr="atteinte sur les tirages de la recherche, manquée sur d'autres", en="met on the draws of the search, missed on others"),
    "unsure": Words(fr="atteinte sur les tirages de la recherche, incertaine sur d'autres", en="met on the draws of the search, not sure on others"),
}
MEANING = {
    "week": Words(fr="La cible vaut pour toute la période.", en="The target holds for the whole period."),
    "day": Words(fr="La cible vaut pour chaque jour de la semaine.", en="The target holds on each weekday."),
    "half-hour": Words(fr="La cible vaut pour chaque demi-heure ouverte de la semaine.", en="The target holds in each open half hour of the week."),
}
DRAWS = Words(
    fr="{n} réplications pour la recherche, autant d'autres pour la vérification ; {simulations} simulations en tout.",
    en="{n} replications for the search, as many others for the check; {simulations} simulations in all.",
)
ONE = Words(fr="Une seule réplication : pas d'intervalle.", en="A single replication: no intervals.")
SUMMARY = Words(fr="En bref", en="In short")
WEEK = Words(fr="Heures/semaine", en="Hours/week")
COST = Words(fr="Coût de la période", en="Cost of the period")
MISSED = {
    "week": Words(fr="Cibles manquées", en="Targets missed"),
    "day": Words(fr="Jours manqués", en="Days missed"),
    "half-hour": Words(fr="Demi-heures manquées", en="Half hours missed"),
}
POINTS = {
    "before": Words(fr="Horaires écrits", en="Schedules as written"),
    "start": Words(fr="Charge et Erlang A", en="Load and Erlang A"),
    "found": Words(fr="Trouvé", en="Found"),
    "fresh": Words(fr="Trouvé, autres tirages", en="Found, other draws"),
}
CHANCE = Words(
    fr=(
        "Sur d'autres tirages la cible est manquée en moyenne : l'horaire épouse un peu le hasard de la recherche (chaque demi-heure de la semaine {n} fois) ; "
        "donnez-lui plus de réplications, par exemple -r {more}, ou une période plus longue."
    ),
    en=(
        "On other draws the target is missed on average: the schedule fits the luck of the search a little (each half hour of the week {n} times); "
        "give it more replications, such as -r {more}, or a longer period."
    ),
)
BY_TEAM = Words(fr="Par équipe", en="By team")
TEAM = Words(fr="Équipe", en="Team")
BEFORE_HOURS = Words(fr="Heures/semaine écrites", en="Hours/week written")
AFTER_HOURS = Words(fr="trouvées", en="found")
BEFORE_BUSY = Words(fr="Occupation écrite", en="Occupancy written")
AFTER_BUSY = Words(fr="trouvée", en="found")
SCHEDULE = Words(fr="{team} : préposés prévus à l'horaire", en="{team}: scheduled agents")
HALF_HOURS = Words(fr="{what}, par demi-heure", en="{what}, by half hour")
CURVE = Words(fr="La courbe : plus ou moins de personnel partout", en="The curve: more or less staff everywhere")
OF_FOUND = Words(fr="Part de l'effectif trouvé", en="Share of the staff found")
EFFECTS = Words(fr="Un préposé de plus ou de moins", en="One agent more or less")
EFFECTS_NOTE = Words(
    fr="À toutes les demi-heures où l'équipe a du personnel ; heures et coût de la période ; entre parenthèses, l'écart sur les mêmes tirages.",
    en="In all half hours in which the team has staff; hours and cost of the period; in brackets the change on the same draws.",
)
AGENTS = Words(fr="Préposés", en="Agents")
HOURS = Words(fr="Heures", en="Hours")
BUSY = Words(fr="Occupation de l'équipe", en="Occupancy of the team")
BESIDE = Words(fr="Ce qui n'était pas visé", en="What was not aimed at")
WHERE = Words(fr="Où", en="Where")
FIGURE = Words(fr="Indicateur", en="Indicator")
WRITTEN = Words(fr="Horaires écrits", en="Schedules as written")
FOUND = Words(fr="Trouvé", en="Found")
GROWING = Words(
    fr="Le stock croît : {places}. Personne ne l'a visé ; ajoutez une cible, par exemple « mail.within_standard>=90% ».",
    en='The stock grows: {places}. Nobody aimed at it; add a target, such as "mail.within_standard>=90%".',
)
LEAST = Words(
    fr="Aucun préposé ne peut partir : {alone:le seul retrait possible, simulé, manque|chacun des {alone} retraits possibles, simulé seul, manque} une cible, "
    "sur les tirages de la recherche.",
    en="No agent can go: {alone:the one removal that is possible, simulated, misses|each of the {alone} possible removals, simulated alone, misses} a target, "
    "on the draws of the search.",
)
FLOOR = Words(
    fr="Aucun préposé ne peut partir : partout, l'effectif est déjà au minimum.",
    en="No agent can go: staff is at its minimum everywhere.",
)
PROBED = Words(
    fr="Aucun retrait essayé ne tient : {alone} {alone:retrait simulé seul manque|retraits simulés un à un manquent} une cible. {probed} "
    "{probed:autre n'a été jugé que par une sonde|autres n'ont été jugés que par des sondes}, qui en retirent plusieurs à la fois : ce n'est pas une preuve. "
    "--prove simule chacun seul.",
    en="No removal that was tried holds: {alone} {alone:removal simulated alone misses|removals simulated one by one miss} a target. {probed} "
    "{probed:other was judged by a probe only|others were judged by probes only}, which take several away at once: that is no proof. "
    "--prove simulates each alone.",
)
NOT_LEAST = Words(
    fr="La recherche a épuisé ses simulations (--max-runs) : les cibles sont atteintes, mais un préposé de moins suffirait peut-être quelque part.",
    en="The search has spent its simulations (--max-runs): the targets are met, but one agent less might do somewhere.",
)
BLENDED = Words(
    fr="{teams} : sert aussi bien des citoyens qui attendent que des envois ; l'effectif trouvé fait les deux, et les envois passent après.",
    en="{teams}: serves both citizens who wait and items; the staff found does both, and items come after.",
)
