"""The STRESS-DES checklist (Monks et al. 2019, Journal of Simulation 13(1), 55–67), filled in with what simcrc knows, with lines for what the author must
write."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simcrc.experiment.headlines import targets_of
from simcrc.pages.blocks import Block, Section, blank, text
from simcrc.pages.method import run_line
from simcrc.report.short import label, place
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.folders import Opened
    from simcrc.scenario import Scenario

TITLE = Words(fr="Liste STRESS-DES", en="STRESS-DES checklist")
LEAD = Words(
    fr="D'après Monks et coll. (2019). Ce que simcrc sait est écrit ; ce que l'auteur de l'étude doit dire est laissé en blanc.",
    en="After Monks et al. (2019). What simcrc knows is filled in; what the author of the study has to say is left blank.",
)
PARTS = {
    "1": Words(fr="Objectifs", en="Objectives"),
    "2": Words(fr="Logique", en="Logic"),
    "3": Words(fr="Données", en="Data"),
    "4": Words(fr="Expérimentation", en="Experimentation"),
    "5": Words(fr="Réalisation", en="Implementation"),
    "6": Words(fr="Accès au code", en="Code access"),
}
ITEMS: dict[str, Words] = {
    "1.1": Words(fr="But du modèle", en="Purpose of the model"),
    "1.2": Words(fr="Sorties du modèle", en="Model outputs"),
    "1.3": Words(fr="Buts des expériences", en="Experimentation aims"),
    "2.1": Words(fr="Schéma du modèle de base", en="Base model overview diagram"),
    "2.2": Words(fr="Logique du modèle de base", en="Base model logic"),
    "2.3": Words(fr="Logique des scénarios", en="Scenario logic"),
    "2.4": Words(fr="Algorithmes", en="Algorithms"),
    "2.5": Words(fr="Composants", en="Components"),
    "3.1": Words(fr="Sources des données", en="Data sources"),
    "3.2": Words(fr="Traitement préalable", en="Pre-processing"),
    "3.3": Words(fr="Paramètres d'entrée", en="Input parameters"),
    "3.4": Words(fr="Hypothèses", en="Assumptions"),
    "4.1": Words(fr="Conditions initiales", en="Initialisation"),
    "4.2": Words(fr="Durée", en="Run length"),
    "4.3": Words(fr="Estimation", en="Estimation approach"),
    "5.1": Words(fr="Logiciel et langage", en="Software and programming language"),
    "5.2": Words(fr="Tirages au hasard", en="Random sampling"),
    "5.3": Words(fr="Exécution du modèle", en="Model execution"),
    "5.4": Words(fr="Système", en="System specification"),
    "6.1": Words(fr="Partage du modèle", en="Computer model sharing statement"),
}
WRITE = {
    "1.1": Words(fr="pourquoi ce modèle, pour quelle décision", en="why this model, for which decision"),
    "2.1": Words(fr="un schéma de l'organisation et de ses canaux", en="a diagram of the organisation and its channels"),
    "3.2": Words(fr="comment les données ont été nettoyées et agrégées", en="how the data were cleaned and aggregated"),
    "6.1": Words(fr="où se trouvent le scénario et les données, et qui peut y accéder", en="where scenario and data are, and who has access"),
}
"""What only the author knows."""
OUTPUTS = Words(
    fr="Chiffres de cette page, définis sous chaque image ; tous les indicateurs : simcrc indicators. {targets} {targets:cible|cibles} : {names}.",
    en="The figures of this page, defined below each picture; all indicators: simcrc indicators. {targets} {targets:target|targets}: {names}.",
)
NONE = Words(fr="aucune", en="none")
AIMS = Words(fr="Comparer {n} {n:scénario|scénarios} : {names}.", en="Compare {n} {n:scenario|scenarios}: {names}.")
ONE = Words(fr="Décrire « {name} » sous les règles écrites.", en="Describe “{name}” under the rules as written.")
LOGIC = Words(
    fr="Des besoins naissent chez des citoyens ; chacun choisit un canal, attend, est servi, et recommence, change de canal ou renonce selon ce qui lui arrive "
    "(documentation : meaning.md).",
    en="Needs arise with citizens; each chooses a channel, waits, is served, and comes again, changes channels or gives up as things turn out (documentation: "
    "meaning.md).",
)
SCENARIOS = Words(
    fr="{n} {n:politique datée|politiques datées} : {names} ; une politique change le scénario, jamais le moteur.",
    en="{n} dated {n:policy|policies}: {names}; a policy changes the scenario, never the engine.",
)
NO_POLICY = Words(fr="Aucune politique n'est posée sur le scénario.", en="No policy is laid over the scenario.")
ALGORITHMS = Words(
    fr="Choix du canal par Gumbel-max (logit), acheminement et reprises par les règles du scénario ; événements simultanés dans un ordre écrit.",
    en="Choice of the channel by Gumbel-max (logit), routing and repeats by the rules of the scenario; simultaneous events in one written order.",
)
COMPONENTS = Words(
    fr="Entités : besoins de {services} {services:service|services}, {segments} {segments:segment|segments}. Ressources : équipes {teams}. "
    "Files et arriérés : {channels}. Entrées : naissance d'un besoin ; sorties : besoin résolu, abandonné ou ouvert à l'horizon.",
    en="Entities: needs of {services} {services:service|services}, {segments} {segments:segment|segments}. Resources: teams {teams}. Queues and backlogs: "
    "{channels}. Entry: a need arises; exit: a need is resolved, given up or open at the horizon.",
)
SOURCES = Words(fr="Sources écrites dans le scénario : {names}.", en="Sources written in the scenario: {names}.")
NO_SOURCES = Words(fr="Le scénario n'écrit aucune source.", en="The scenario writes no source.")
PARAMETERS = Words(
    fr="Tous dans scenario.yaml (ou scenarios/, base.yaml) du dossier de résultats, avec leur unité.",
    en="All in scenario.yaml (or scenarios/, base.yaml) of the folder of results, with their units.",
)
ASSUMED = Words(fr="Voir la partie « Hypothèses » de cette page.", en='See the part "Assumptions" of this page.')
INITIAL = Words(
    fr="Files et arriérés vides au début du rodage, mémoire des citoyens à l'équilibre ; le rodage est hors des chiffres.",
    en="Queues and backlogs empty at the start of the warm-up, citizens' memory at equilibrium; the warm-up is left out of the figures.",
)
ESTIMATION = Words(
    fr="Réplications indépendantes, intervalles à 95 % ; écarts par paires sur nombres au hasard communs.",
    en="Independent replications, 95% intervals; paired differences on common random numbers.",
)
SOFTWARE = Words(fr="simcrc {simcrc}, SimPy {simpy}, Python {python}.", en="simcrc {simcrc}, SimPy {simpy}, Python {python}.")
SAMPLING = Words(
    fr="Générateur Philox de NumPy, adressé par germe, réplication, besoin et usage ; lois par inversion. Germe {seed}.",
    en="NumPy's Philox generator, addressed by seed, replication, need and purpose; laws by inversion. Seed {seed}.",
)
EXECUTION = Words(
    fr="Événements discrets, temps en microsecondes entières ; mêmes octets pour tout nombre de processus.",
    en="Discrete events, time in whole microseconds; the same bytes for any number of processes.",
)
SYSTEM = Words(fr="{machine}, {libc}.", en="{machine}, {libc}.")
LICENCE = Words(fr="simcrc : licence MIT.", en="simcrc: MIT licence.")
MOST = 12


def section(opened: Opened, lang: Lang) -> Section:
    """The checklist, part by part."""
    parts = []
    for number, words in PARTS.items():
        items = [_item(code, opened, lang) for code in ITEMS if code.startswith(f"{number}.")]
        parts.append(Section(f"stress-{number}", f"{number}. {words.say(lang)}", tuple(block for item in items for block in item)))
    return Section("stress", TITLE.say(lang), (text(LEAD.say(lang)),), tuple(parts))


def _item(code: str, opened: Opened, lang: Lang) -> list[Block]:
    title = f"{code} {ITEMS[code].say(lang)}"
    colon = "\u00a0: " if lang == "fr" else ": "
    known = _KNOWN.get(code)
    out = [text(f"{title}{colon}{known(opened, lang)}")] if known else []
    if code in WRITE:
        out.append(blank(f"{title}{colon}{WRITE[code].say(lang)}"))
    return out


def _several(names: list[str]) -> str:
    return ", ".join(names[:MOST]) + (f", … (+{len(names) - MOST})" if len(names) > MOST else "")


def _outputs(opened: Opened, lang: Lang) -> str:
    base = opened.subject.base
    aims = targets_of(base.scenario)
    names = [f"{label(aim['indicator'], lang)} {place(aim['channel'], base.words, lang)}".strip() for aim in aims]
    return OUTPUTS.say(lang, targets=len(aims), names=_several(names) or NONE.say(lang))


def _aims(opened: Opened, lang: Lang) -> str:
    names = [arm.title.say(lang) for arm in opened.subject.arms]
    return ONE.say(lang, name=names[0]) if len(names) == 1 else AIMS.say(lang, n=len(names), names=_several(names))


def _scenarios(opened: Opened, lang: Lang) -> str:
    names = list(dict.fromkeys(policy.name.say(lang) for arm in opened.subject.arms for policy in arm.scenario.policies))
    return SCENARIOS.say(lang, n=len(names), names=_several(names)) if names else NO_POLICY.say(lang)


def _components(opened: Opened, lang: Lang) -> str:
    base = opened.subject.base
    scenario: Scenario = base.scenario
    teams = [place(f"team:{name}", base.words, lang) for name in scenario.teams]
    channels = [place(name, base.words, lang) for name in scenario.channels]
    segments = len(scenario.population.segments) if scenario.population else 0
    return COMPONENTS.say(lang, services=len(scenario.services), segments=segments, teams=_several(teams) or NONE.say(lang), channels=_several(channels))


def _sources(opened: Opened, lang: Lang) -> str:
    found: dict[str, None] = {}
    for origin in opened.origins.values():
        for said in origin.loaded.provenance.values():
            source = said.source.get(lang) if isinstance(said.source, dict) else said.source
            if source:
                found[str(source)] = None
    return SOURCES.say(lang, names=" ; ".join(list(found)[:MOST]) + (" ; …" if len(found) > MOST else "")) if found else NO_SOURCES.say(lang)


def _software(opened: Opened, lang: Lang) -> str:
    versions = opened.origins[opened.subject.base.name].manifest["fingerprint"]["versions"]
    return SOFTWARE.say(lang, **{name: versions.get(name, "–") for name in ("simcrc", "simpy", "python")})


def _system(opened: Opened, lang: Lang) -> str:
    processor = opened.origins[opened.subject.base.name].manifest["fingerprint"]["processor"]
    return SYSTEM.say(lang, machine=processor["machine"], libc=processor["libc"] or "–")


_KNOWN: dict[str, Callable[[Opened, Lang], str]] = {
    "1.2": _outputs,
    "1.3": _aims,
    "2.2": lambda opened, lang: LOGIC.say(lang),
    "2.3": _scenarios,
    "2.4": lambda opened, lang: ALGORITHMS.say(lang),
    "2.5": _components,
    "3.1": _sources,
    "3.3": lambda opened, lang: PARAMETERS.say(lang),
    "3.4": lambda opened, lang: ASSUMED.say(lang),
    "4.1": lambda opened, lang: INITIAL.say(lang),
    "4.2": run_line,
    "4.3": lambda opened, lang: ESTIMATION.say(lang),
    "5.1": _software,
    "5.2": lambda opened, lang: SAMPLING.say(lang, seed=opened.subject.base.scenario.seed),
    "5.3": lambda opened, lang: EXECUTION.say(lang),
    "5.4": _system,
    "6.1": lambda opened, lang: LICENCE.say(lang),
}
