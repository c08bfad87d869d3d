"""The words of the picture of the backlog, in French and English."""

from __future__ import annotations

from simcrc.words import Words

TITLE = Words(fr="Les envois en attente, par âge", en="The backlog, by age")
ABSENT = Words(
    fr="Pas d'envois en attente : aucun canal par écrit (courrier, courriel, télécopie) dans ce scénario.",
    en="No backlog: no written channel (mail, e-mail, fax) in this scenario.",
)
EMPTY = Words(
    fr="Pas d'âges à montrer : aucun envoi n'attendait à la fin d'un jour de la période.",
    en="No ages to show: no item was waiting at the end of any day of the period.",
)
UNREAD = Words(
    fr="Pas d'âges à montrer : ces résultats n'ont pas les chiffres par mois. Une simulation menée à son terme les aurait.",
    en="No ages to show: these results have no figures by month. A run that is finished would have them.",
)
WITHIN = Words(
    fr="{channel} : {share} des envois terminés l'ont été dans le délai publié ({standard}) ; il en attend {items} en moyenne à la fin du jour, dont {old}.",
    en="{channel}: {share} of the items finished were so within the published standard ({standard}); on average {items} wait at the end of a day, of which "
    "{old}.",
)
WITHOUT = Words(
    fr="{channel} : il attend en moyenne {items} envois à la fin du jour, dont {old} ; aucun délai publié ne s'y applique.",
    en="{channel}: on average {items} items wait at the end of a day, of which {old}; no published standard applies.",
)
LATE = Words(fr="{n} depuis plus de {days} jours", en="{n} for more than {days} days")
CHANGED = Words(fr=" Sous {arm}, la part dans le délai change de {change}.", en=" Under {arm}, the share within the standard changes by {change}.")
NOT_DISCERNIBLE = Words(
    fr=" Sous {arm}, elle ne change pas de façon décelable : {change}.",
    en=" Under {arm}, it does not change discernibly: {change}.",
)
ALTERNATIVE = Words(
    fr="Barres empilées, une par {period}, {n} {n:panneau|panneaux} : envois en attente à la fin du jour selon leur âge, les plus jeunes en bas ; ceux qui ont "
    "dépassé le plus long délai publié sont hachurés. En moyenne, {parts}.",
    en="Stacked bars, one a {period}, {n} {n:panel|panels}: items waiting at the end of the day by age, the youngest at the bottom; those beyond the longest "
    "published standard are hatched. On average, {parts}.",
)
LINE = Words(fr=" Une ligne, dessous, donne la part dans le délai, mois par mois.", en=" A line below gives the share within the standard, month by month.")
PANEL = Words(fr="{name} : {items} envois, {end} à la fin", en="{name}: {items} items, {end} at the end")
MONTH = Words(fr="mois", en="month")
DAY = Words(fr="jour", en="day")
STANDARD = Words(fr="délai publié : {days}", en="published standard: {days}")
STANDARDS = Words(fr=" Délai publié : {days}.", en=" Published standard: {days}.")
NO_STANDARD = Words(fr="aucun délai publié", en="no published standard")
DAYS = Words(fr="{n} jours", en="{n} days")
RANGE = Words(fr="de {low} à {high} jours selon le service", en="{low} to {high} days by service")
BANDS = (
    Words(fr="moins de 5 jours", en="under 5 days"),
    Words(fr="5 à 10", en="5 to 10"),
    Words(fr="10 à 20", en="10 to 20"),
    Words(fr="20 à 45", en="20 to 45"),
    Words(fr="45 et plus", en="45 and more"),
)
BEYOND = Words(fr="hors délai", en="beyond the standard")
LIMIT = Words(fr="au-dessus : hors délai", en="above: beyond the standard")
ITEMS = Words(fr="envois en attente", en="items waiting")
SHARE = Words(fr="dans le délai", en="within standard")
NOTE = Words(
    fr="Âges en jours civils depuis la réception, comptés à la fin de chaque jour. La part dans le délai est celle des envois arrivés dans le mois et terminés "
    "depuis ; ceux qui attendent encore n'y sont pas.",
    en="Ages in calendar days since receipt, counted at the end of each day. The share within the standard is that of items that arrived in the month and are "
    "finished since; those still waiting are not in it.",
)
NOTE_LEFT = Words(
    fr=" Le tableau a aussi {n} {n:panneau qui n'est pas dessiné|panneaux qui ne sont pas dessinés}.",
    en=" The table also has {n} {n:panel that is|panels that are} not drawn.",
)
COLUMNS = (
    Words(fr="Scénario", en="Scenario"),
    Words(fr="Canal", en="Channel"),
    Words(fr="Période", en="Period"),
)
ALL = Words(fr="toute la période", en="whole period")
