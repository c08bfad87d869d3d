"""The method part of a report: what was run, how figures were made, which definitions were used, what precision was reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simcrc.experiment.headlines import targets_of
from simcrc.pages.blocks import Block, Section, bullets, details, rows
from simcrc.pages.figures import interval, said, tops
from simcrc.report import precision as precisions
from simcrc.report.numbers import decimal, writer
from simcrc.report.short import label, place
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.folders import Opened
    from simcrc.scenario import Scenario

TITLE = Words(fr="Méthode", en="Method")
RUNS = Words(
    fr="{n} {n:réplication indépendante|réplications indépendantes} du {start} sur {span}, {warmup} ; germe {seed}.",
    en="{n} independent {n:replication|replications} from {start} over {span}, {warmup}; seed {seed}.",
)
PAIRED = Words(
    fr="Les scénarios sont comparés par paires : mêmes citoyens, mêmes besoins, mêmes nombres au hasard, réplication par réplication.",
    en="Scenarios are compared in pairs: the same citizens, the same needs, the same random numbers, replication by replication.",
)
INTERVALS = Words(
    fr="Intervalles à 95 % : Student sur les réplications pour les moyennes ; pour les rapports, sommes d'abord, puis jackknife sur les réplications. "
    "Ceux des tuiles valent chacun pour soi ; celui du verdict vaut pour toutes les politiques ensemble (Bonferroni).",
    en="95% intervals: Student's t over the replications for means; for ratios, sums first, then the jackknife over replications. Those of the tiles hold "
    "each for itself; that of the verdict holds for all policies together (Bonferroni).",
)
ONCE = Words(fr="Une seule réplication : aucun intervalle.", en="A single replication: no intervals.")
NO_WARMUP = Words(fr="sans rodage", en="without warm-up")
WARMUP = Words(fr="après {span} de rodage, hors des chiffres", en="after {span} of warm-up, left out of the figures")
SETTLED = Words(
    fr="Rodage jugé par MSER-5 (White 1997) : {settled} {settled:série stable|séries stables} sur {all}, {short} trop {short:courte|courtes}, {unjudged} non "
    "{unjudged:jugée|jugées} (période trop brève).",
    en="Warm-up judged by MSER-5 (White 1997): {settled} of {all} series settled, {short} too short, {unjudged} not judged (period too brief).",
)
LEVELS = Words(fr="Niveau de service ({where}) : {definition}, délai {within}.", en="Service level ({where}): {definition}, within {within}.")
DEFINITIONS = Words(fr="Définitions des chiffres de tête", en="Definitions of the figures on top")
DEFINED = (Words(fr="Indicateur", en="Indicator"), Words(fr="Définition", en="Definition"), Words(fr="Nom", en="Name"))
PRECISION = Words(fr="Précision obtenue", en="Precision reached")
REACHED = (
    Words(fr="Indicateur", en="Indicator"),
    Words(fr="Où", en="Where"),
    Words(fr="Estimation", en="Estimate"),
    Words(fr="Intervalle à 95 %", en="95% interval"),
    Words(fr="Demi-largeur", en="Half-width"),
)
HALF = Words(fr="± {share}", en="±{share}")
ASKED = Words(fr="Une précision était demandée : elle est {state}.", en="A precision was asked: it is {state}.")
STATES = {True: Words(fr="atteinte", en="reached"), False: Words(fr="non atteinte", en="not reached")}
TARGETS = Words(fr="Cibles écrites dans le scénario : {count}.", en="Targets written in the scenario: {count}.")
SEE = Words(
    fr="Ce que l'outil ne sait pas : voir la liste STRESS-DES et les limites dans la documentation.",
    en="What the tool does not know: see the STRESS-DES checklist, and the limits in the documentation.",
)


def section(opened: Opened, lang: Lang) -> Section:
    """The part of the report, without the checklist."""
    subject = opened.subject
    base, origin = subject.base, opened.origins[subject.base.name]
    lines = [run_line(opened, lang)]
    lines += [PAIRED.say(lang)] if subject.others and subject.paired else []
    lines.append((INTERVALS if len(base.numbers) > 1 else ONCE).say(lang))
    states = [each.state for each in origin.warmup]
    if states:
        short, unjudged = sum(state in ("short", "unsettled") for state in states), states.count("unjudged")
        lines.append(SETTLED.say(lang, settled=len(states) - short - unjudged, all=len(states), short=short, unjudged=unjudged))
    lines += service_levels(base.scenario, base.words, lang)
    lines.append(TARGETS.say(lang, count=len(targets_of(base.scenario))))
    if origin.precision:
        lines.append(ASKED.say(lang, state=STATES[all(each.reached for each in origin.precision)].say(lang)))
        lines += [sentence for each in origin.precision if (sentence := precisions.sentence(each, lang))]
    lines.append(SEE.say(lang))
    return Section("method", TITLE.say(lang), (bullets(lines), details(PRECISION.say(lang), _precision(opened, lang)), _definitions(opened, lang)))


def run_line(opened: Opened, lang: Lang) -> str:
    """What was run."""
    base = opened.subject.base
    scenario = base.scenario
    warmup = WARMUP.say(lang, span=span(scenario.warmup.n, scenario.warmup.unit, lang)) if scenario.warmup.n else NO_WARMUP.say(lang)
    fields = {"start": day(scenario, lang), "span": span(scenario.horizon.n, scenario.horizon.unit, lang)}
    return RUNS.say(lang, n=len(base.numbers), warmup=warmup, seed=scenario.seed, **fields)


UNITS = {
    "days": Words(fr="{n} {n:jour|jours}", en="{n} {n:day|days}"),
    "weeks": Words(fr="{n} {n:semaine|semaines}", en="{n} {n:week|weeks}"),
    "months": Words(fr="{n} mois", en="{n} {n:month|months}"),
    "years": Words(fr="{n} {n:an|ans}", en="{n} {n:year|years}"),
}


def span(count: int, unit: str, lang: Lang) -> str:
    """``4 ans``."""
    return UNITS[unit].say(lang, n=count) if unit in UNITS else f"{count} {unit}"


def day(scenario: Scenario, lang: Lang) -> str:
    """The first day, as the language writes it."""
    from babel.dates import format_date

    from simcrc.report.numbers import LOCALE

    return format_date(scenario.start, "long", locale=LOCALE[lang])


def service_levels(scenario: Scenario, words: Mapping[str, Mapping[str, str]], lang: Lang) -> list[str]:
    """Which definition of the service level each channel uses."""
    from simcrc.indicators import indicators

    known = indicators()
    out = []
    for name, spec in scenario.channels.items():
        level = getattr(spec, "service_level", None)
        if level is None:
            continue
        found = known[level.definition]
        within = writer("s", level.within / 1e6, lang)(level.within / 1e6)
        out.append(LEVELS.say(lang, where=place(name, words, lang), definition=found.definition.say(lang).rstrip("."), within=within))
    return out


def _precision(opened: Opened, lang: Lang) -> Block:
    base = opened.subject.base
    cells = []
    for top in tops(opened.subject):
        estimate = top.of(base)
        half = ""
        if estimate.low is not None and estimate.high is not None and estimate.mean:
            share = (estimate.high - estimate.low) / 2 / abs(estimate.mean)
            half = HALF.say(lang, share=decimal(100 * share, lang, 1) + ("\u00a0%" if lang == "fr" else "%"))
        cells.append(
            (label(top.indicator, lang), place(top.place or None, base.words, lang), said(estimate, top.unit, lang), interval(estimate, top.unit, lang), half)
        )
    return rows(PRECISION.say(lang), [column.say(lang) for column in REACHED], cells, (2, 3, 4))


def _definitions(opened: Opened, lang: Lang) -> Block:
    from simcrc.pages.drawn import definitions

    cells = definitions(tuple(top.indicator for top in tops(opened.subject)), lang)
    return details(DEFINITIONS.say(lang), rows(DEFINITIONS.say(lang), [column.say(lang) for column in DEFINED], cells))
