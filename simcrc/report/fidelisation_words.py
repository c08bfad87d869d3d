"""The words of the account of a fidelisation effect (``simcrc.report.fidelisation``), in French and English."""

from __future__ import annotations

from simcrc.words import Words

TITLE = Words(fr="Effet de fidélisation : {policy}", en="Fidelisation effect: {policy}")
OVER = Words(fr="par rapport à : {base}", en="compared with: {base}")
COHORT = Words(
    fr="{n} {n:paire|paires} de réplications ; en moyenne {needs} besoins, les mêmes dans les deux cas, chacun suivi au moins {days} "
    "{days:jour|jours}. Intervalles à 95 %.",
    en="{n} {n:pair|pairs} of replications; on average {needs} needs, the same in both arms, each followed for at least {days} "
    "{days:day|days}. 95 % intervals.",
)
ONE_PAIR = Words(
    fr="Une seule paire : pas d'intervalle, et aucun objectif n'est jugé ; demandez-en plusieurs avec -r.",
    en="A single pair: no intervals, and no objective is judged; ask for several with -r.",
)
MOVES_UP = Words(fr="augmentent", en="rise")
MOVES_DOWN = Words(fr="diminuent", en="fall")
MOVES_NOT = Words(fr="ne changent pas", en="do not change")
MOVES_UNCLEAR = Words(fr="ne changent pas de façon décelable", en="do not change discernibly")
EFFECT = Words(fr="Les contacts par besoin {way} : {change}.", en="Contacts per need {way}: {change}.")
EFFECT_ZERO = Words(
    fr="Un appel et le « 0 » qu'il fait comptés pour un seul contact, ils {way} : {change}.",
    en='With a call and the "0" that it presses counted as one contact, they {way}: {change}.',
)
ALL = Words(fr="Ensemble", en="All")
BASE = Words(fr="Base", en="Base")
POLICY = Words(fr="Politique", en="Policy")
CHANGE = Words(fr="Écart", en="Change")
INTERVAL = Words(fr="Intervalle", en="Interval")
TO = Words(fr="{low} à {high}", en="{low} to {high}")
WITH = Words(fr="{mean} ({low} à {high})", en="{mean} ({low} to {high})")

BY_REASON = Words(fr="Contacts par besoin, par motif", en="Contacts per need, by reason")
REASON = Words(fr="Motif", en="Reason")
ZERO_AS_ONE = Words(fr="un appel et son « 0 » comptés pour un", en="a call and its 0 counted as one")
BY_SERVICE = Words(fr="Contacts par besoin, par service", en="Contacts per need, by service")
BY_SEGMENT = Words(fr="Contacts par besoin, par segment", en="Contacts per need, by segment")
SERVICE = Words(fr="Service", en="Service")
SEGMENT = Words(fr="Segment", en="Segment")
NEEDS = Words(fr="Besoins", en="Needs")
PART = Words(fr="Part de l'écart", en="Part of the change")
PART_NOTE = Words(
    fr="Part de l'écart : contacts de plus ou de moins ÷ tous les besoins ; les parts s'additionnent à l'écart de l'ensemble.",
    en="Part of the change: contacts more or fewer ÷ all needs; the parts add up to the change of all.",
)

WHO = Words(fr="Qui y gagne, qui y perd", en="Who gains, who loses")
WHO_COLUMNS = (
    Words(fr="Besoins", en="Needs"),
    Words(fr="Part", en="Share"),
    Words(fr="Intervalle", en="Interval"),
    Words(fr="Placebo", en="Placebo"),
)
SHARES = {
    "needs_more": Words(fr="avec plus de contacts", en="with more contacts"),
    "needs_fewer": Words(fr="avec moins de contacts", en="with fewer contacts"),
    "needs_net": Words(fr="net (plus − moins)", en="net (more − fewer)"),
    "needs_identical": Words(fr="identiques jusqu'au dernier contact", en="identical to the last contact"),
    "needs_moved": Words(fr="dont le premier contact aboutit ailleurs", en="whose first contact lands elsewhere"),
    "needs_more_moved": Words(fr="  ailleurs et avec plus de contacts", en="  elsewhere and with more contacts"),
    "needs_fewer_moved": Words(fr="  ailleurs et avec moins de contacts", en="  elsewhere and with fewer contacts"),
}
PLACEBO_SAME = Words(
    fr="Placebo : une mesure nulle, posée sur une réplication, laisse chaque parcours identique ; rien de ce qui précède n'est du bruit d'appariement.",
    en="Placebo: a null measure, laid over one replication, leaves every journey identical; nothing above is noise of the pairing.",
)
PLACEBO_STRETCH = Words(
    fr="Placebo : une mesure nulle, posée sur les {days} premiers jours d'une réplication ({needs} besoins), laisse chaque parcours "
    "identique ; rien de ce "
    "qui précède n'est du bruit d'appariement.",
    en="Placebo: a null measure, laid over the first {days} days of one replication ({needs} needs), leaves every journey identical; "
    "nothing above is noise of "
    "the pairing.",
)
PLACEBO_DIFFERS = Words(
    fr="Placebo : une mesure nulle change des parcours ; les paires portent du bruit.", en="Placebo: a null measure changes journeys; the pairs carry noise."
)
MOVED_PARTS = Words(
    fr="De l'écart, {moved} contact par besoin vient de ceux qui se présentent ailleurs, {unmoved} des autres (files, réponses, mémoire).",
    en="Of the change, {moved} contacts per need come from those who turn elsewhere, {unmoved} from the others (queues, answers, memory).",
)
NARROWER = Words(
    fr="L'appariement rend l'intervalle de l'écart {factor} fois plus étroit que des simulations indépendantes de même longueur.",
    en="Pairing makes the interval of the change {factor} times narrower than independent runs of the same length.",
)

MOVES = Words(fr="Où aboutit le premier contact : déplacements", en="Where first contacts land: moves")
FROM = Words(fr="De", en="From")
TO_CHANNEL = Words(fr="À", en="To")
BY_ZERO = Words(fr="{channel} par le « 0 »", en="{channel} by way of 0")
NOWHERE = Words(fr="aucun contact", en="no contact")
OTHERS = Words(fr="autres ({n})", en="others ({n})")
NO_MOVES = Words(fr="Personne ne se présente ailleurs pour son premier contact.", en="Nobody turns elsewhere for a first contact.")

SAVING = Words(fr="Économie attendue et obtenue ({method})", en="Saving expected and obtained ({method})")
METHODS = {
    "per_contact": Words(fr="coûts unitaires des contacts", en="unit costs of contacts"),
    "agent_hours": Words(fr="temps des préposés à leur coût horaire", en="agents' time at its hourly cost"),
}
SAVING_COLUMNS = (
    Words(fr="Attendue", en="Expected"),
    Words(fr="Obtenue", en="Obtained"),
    Words(fr="Mangée", en="Eaten"),
    Words(fr="Part mangée", en="Part eaten"),
)
SAVING_NOTES = (
    Words(
        fr="Attendue : besoins dont le premier contact se déplace × différence des coûts unitaires. Obtenue : mesurée sur tous les contacts des mêmes besoins.",
        en="Expected: needs whose first contact moves × difference of unit costs. Obtained: measured over all contacts of the same needs.",
    ),
    Words(
        fr="La part mangée (intervalle de Fieller) n'existe pas là où l'économie attendue peut être nulle ; négative, la politique rend plus qu'attendu.",
        en="There is no part eaten (Fieller's interval) where the expected saving may be 0; negative, the policy gives more than expected.",
    ),
)
ZERO_RULES = {
    "both": Words(fr="Un appel qui fait le « 0 » coûte la RVI et le téléphone.", en='A call that presses "0" costs the IVR and the phone.'),
    "phone": Words(fr="Un appel qui fait le « 0 » coûte le téléphone seul.", en='A call that presses "0" costs the phone only.'),
    "ivr": Words(fr="Un appel qui fait le « 0 » coûte la RVI seule.", en='A call that presses "0" costs the IVR only.'),
}
POLICY_COST = Words(
    fr="La politique elle-même coûte, dans la période mesurée, {once} une fois et {running} en continu ; rien de cela n'est déduit ci-dessus.",
    en="The policy itself costs, in the measured period, {once} once and {running} running; none of this is deducted above.",
)
CASH = Words(
    fr="Une économie en argent demande un changement de l'effectif : moins de contacts ne fait pas moins d'heures payées.",
    en="A saving in cash needs a change of staffing: fewer contacts are not fewer hours paid.",
)
CASH_UNKNOWN = Words(
    fr="La politique change l'effectif, dont seul vient une économie en argent, mais le scénario n'en écrit pas le coût horaire (cost_per_hour).",
    en="The policy changes staffing, from which alone a saving in cash comes, but the scenario does not write its hourly cost (cost_per_hour).",
)
CASH_STAFF = Words(
    fr="La politique change l'effectif, dont seul vient une économie en argent ; coût des heures payées : {change}.",
    en="The policy changes staffing, from which alone a saving in cash comes; cost of the hours paid: {change}.",
)

SERVED = Words(fr="Comment chaque segment est servi", en="How each segment is served")
SERVED_ALL = Words(fr="Comment les citoyens sont servis", en="How citizens are served")
FIGURE = Words(fr="Mesure", en="Figure")
SERVED_NAMES = {
    "wait_mean": Words(fr="attente en file", en="wait in queues"),
    "completion": Words(fr="libre-service mené à terme", en="self-service completed"),
    "resolved_ratio": Words(fr="besoins réglés", en="needs resolved"),
    "satisfaction": Words(fr="satisfaction (énoncée)", en="satisfaction (stated)"),
    "contacts_per_need": Words(fr="contacts par besoin", en="contacts per need"),
    "cost_per_need": Words(fr="coût par besoin", en="cost per need"),
}
GAP = Words(fr="écart entre segments", en="gap between segments")
BEST = Words(
    fr="sous la politique, le mieux : {best} ; le moins bien : {worst}",
    en="under the policy, best: {best}; worst: {worst}",
)
GAP_NOTE = Words(
    fr="L'écart entre segments (le plus grand moins le plus petit, par réplication) n'est jamais nul par hasard : il se lit à côté de celui de la base.",
    en="The gap between segments (largest minus smallest, by replication) is never nil by chance: read it beside that of the base.",
)

NEVER = Words(fr="Qui ne migre jamais", en="Who never migrates")
NEVER_COLUMNS = (
    Words(fr="Besoins sans canal électronique", en="Needs without electronic channel"),
    Words(fr="Citoyens", en="Citizens"),
    Words(fr="Y passent", en="Take it up"),
    Words(fr="En sortent", en="Leave it"),
)
NEVER_NOTE = Words(
    fr="Sans canal électronique ({channels}) ni dans la base ni sous la politique ; « y passent » : sous la politique seulement.",
    en="Without an electronic channel ({channels}) in the base or under the policy; “take it up”: under the policy only.",
)

OBJECTIVES = Words(fr="Objectifs de la politique", en="Objectives of the policy")
OBJECTIVE = Words(fr="Objectif", en="Objective")
AIM = Words(fr="Visé", en="Aim")
SHARE_OF = Words(fr="part des contacts : {channels}{services}", en="share of contacts: {channels}{services}")
VOLUME_OF = Words(fr="contacts : {channels}{services}", en="contacts: {channels}{services}")
FOR_SERVICES = Words(fr=" ({services})", en=" ({services})")
AIMS = {
    "up": Words(fr="hausse", en="up"),
    "down": Words(fr="baisse", en="down"),
    "not_up": Words(fr="pas de hausse", en="no rise"),
}
AT_LEAST = Words(fr="{aim} d'au moins {least}", en="{aim} by at least {least}")
AT_MOST = Words(fr="{aim} de plus de {least}", en="{aim} by more than {least}")
LAST_DAYS = Words(
    fr="Comparés sur les derniers jours de la période : {days}.",
    en="Compared over the last days of the period: {days}.",
)
