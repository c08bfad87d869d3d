"""The words of the picture of channel shares (``simcrc.pictures.shares``), in French and English."""

from __future__ import annotations

from simcrc.words import Words

TITLE = Words(fr="La part de chaque mode, mois par mois", en="The share of each channel, month by month")
NO_CONTACT = Words(fr="Aucun contact dans la période : cette image demande des besoins.", en="No contact in the period: this picture takes needs.")
ONE_CHANNEL = Words(
    fr="Un seul mode reçoit des contacts : sa part est toujours de 100 %. Ouvrez-en un second.",
    en="One channel alone has contacts: its share is always 100%. Open another.",
)

RISES = Words(fr="la part de {channel} passe de {was} à {now} ({change}{interval})", en="the share of {channel} goes from {was} to {now} ({change}{interval})")
UNDER = Words(
    fr="sous {arm}, la part de {channel} est de {now}, contre {was} dans la base ({change}{interval})",
    en="under {arm}, the share of {channel} is {now}, against {was} in the base ({change}{interval})",
)
INTERVAL = Words(fr=", intervalle de {interval}", en=", interval {interval}")
WHEN = {
    "years": Words(fr="Des douze premiers mois aux douze derniers", en="From the first twelve months to the last twelve"),
    "months": Words(fr="Entre {first} et {last}", en="Between {first} and {last}"),
    "last": Words(fr="Sur les douze derniers mois", en="Over the last twelve months"),
    "whole": Words(fr="Sur toute la période", en="Over the whole period"),
    "one": Words(fr="En {first}", en="In {first}"),
}
SAME = Words(fr="{when}, aucune part ne change de façon décelable", en="{when}, no share changes discernibly")
SAME_ARMS = Words(
    fr="{when}, aucune part ne diffère de la base de façon décelable : l'intervalle de chaque écart contient zéro",
    en="{when}, no share differs discernibly from the base: the interval of each difference holds zero",
)
IDENTICAL = Words(fr="{when}, chaque part est exactement celle de la base", en="{when}, each share is exactly that of the base")
LARGEST = Words(fr="{when}, {what}", en="{when}, {what}")
ALSO = Words(fr="{n} des {m} écarts sont décelables", en="{n} of {m} differences are discernible")
NOT_JUDGED = Words(fr="une seule réplication, rien n'est jugé", en="a single replication, nothing is judged")
APART = Words(fr="les variantes ne sont pas appariées, rien n'est jugé", en="the arms are not paired, nothing is judged")
SEASON = Words(fr="la saison y est pour quelque chose", en="the season has its part in it")
MOSTLY = Words(fr="{when}, {what}", en="{when}, {what}")
SHARE_IS = Words(fr="{channel} reçoit {now} des contacts", en="{channel} has {now} of the contacts")

DRAWN = Words(
    fr="{n} panneaux, un par mode ; en abscisse les mois ({first} à {last}), en ordonnée la part des contacts{bands}.",
    en="{n} panels, one a channel; months across ({first} to {last}), the share of contacts upwards{bands}.",
)
BANDS = Words(fr=", avec son intervalle à 95 %", en=", with its 95 % interval")
BESIDE = Words(fr="La base est en tirets, à côté de {names}.", en="The base is dashed, beside {names}.")
LASTS = Words(fr="{when}, dans la base : {shares}.", en="{when}, in the base: {shares}.")
EACH = Words(fr="{channel} {share}", en="{channel} {share}")
MEASURES = Words(
    fr="{n} {n:mesure commence|mesures commencent} pendant la période, {n:marquée|marquées} par un trait vertical.",
    en="{n} {n:measure starts|measures start} in the period, marked by upright lines.",
)
POLICIES = Words(
    fr="{n} mesures commencent pendant la période ; le début {m:de la politique|de chaque politique} est marqué par un trait vertical.",
    en="{n} measures start in the period; the start {m:of the policy|of each policy} is marked by an upright line.",
)

NOTE_SPAN = Words(
    fr="Tous les panneaux ont la même hauteur en points, donc les pentes se comparent ; leur bas n'est pas toujours zéro. Parts des contacts offerts ; un "
    "« 0 » compte à la RVI, puis au téléphone.",
    en="All panels have the same height in points, so slopes compare; their foot is not always zero. Shares of contacts offered; a “0” counts in the voice "
    "unit, then on the phone.",
)
NOTE_STARTS = Words(fr="Mesures : {starts}.", en="Measures: {starts}.")
NOTE_LEFT = Words(fr="{n} {n:autre commence|autres commencent} pendant la période.", en="{n} {n:other starts|others start} in the period.")
NOTE_SHORT = Words(
    fr="Sans {months} : moins de {few} jours y sont dans la période.", en="Without {months}: fewer than {few} of {n:its|their} days are in the period."
)
NOTE_CHANNELS = Words(
    fr="Les {most} modes les plus utilisés sont montrés ; {n} {n:autre est laissé|autres sont laissés} de côté.",
    en="The {most} most used channels are shown; {n} {n:other is|others are} left out.",
)
COLUMNS = {
    "channel": Words(fr="Mode", en="Channel"),
    "arm": Words(fr="Variante", en="Arm"),
    "first": Words(fr="Premier mois", en="First month"),
    "first_year": Words(fr="12 premiers mois", en="First 12 months"),
    "last": Words(fr="Dernier mois", en="Last month"),
    "last_year": Words(fr="12 derniers mois", en="Last 12 months"),
    "whole": Words(fr="Toute la période", en="Whole period"),
    "base": Words(fr="Base", en="Base"),
    "change": Words(fr="Écart", en="Difference"),
    "interval": Words(fr="Intervalle simultané", en="Simultaneous interval"),
}
