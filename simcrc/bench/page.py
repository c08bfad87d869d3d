"""The page of validation: what was compared with what, from which sources, with what result, and the command that does it again.

One section a family, with its picture (``simcrc.bench.figures``) and a table of its lines; then the laws of any run.  Markdown, in one language; written by
``simcrc bench run --page``.  Nothing on it depends on the occasion: the same findings give the same page.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simcrc.bench import wording
from simcrc.bench.figures import Point, alt, draw, point
from simcrc.bench.sequential import FAMILY, LONG, VERDICTS, Verdict
from simcrc.bench.trial import ORACLES
from simcrc.experiment.files import write_text
from simcrc.report.numbers import decimal, places_for
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.bench.runner import Report
    from simcrc.bench.trial import Judged, Trial

TITLE = Words(fr="Validation", en="Validation")
INTRO = Words(
    fr="Des scénarios de files, de parcours et d'équipes dont on connaît les valeurs exactes, par la théorie ou par des publications, sont simulés par le même "
    "chemin que tout autre scénario, et ce qui est simulé est comparé à ce qui est connu. Pour tout refaire, depuis la racine du dépôt :",
    en="Scenarios of queues, journeys and teams whose exact figures are known, from theory or from publications, are simulated by the same path as any other "
    "scenario, and what is simulated is compared with what is known. To do it all again, from the root of the repository:",
)
HOW = Words(
    fr="Une ligne est *équivalente* quand tout l'intervalle de l'écart entre le simulé et l'attendu tient dans la marge, *différente* quand tout "
    "l'intervalle est en dehors, *indécise* autrement. Des réplications sont ajoutées à des nombres fixés d'avance, jusqu'à ce que le verdict soit clair "
    "ou qu'un plafond soit atteint ; le risque qu'une ligne au moins ait un verdict faux est d'au plus {family} sur l'ensemble de la page (Bonferroni sur "
    "les lignes, dépense de l'erreur sur les regards). Chaque intervalle a donc une probabilité d'au moins {level} ; il est donné autour de la valeur "
    "attendue.{long}",
    en="A line is *equivalent* when the whole interval of the difference between simulated and expected lies within the margin, *different* when the "
    "whole interval lies outside it, *inconclusive* otherwise. Replications are added at counts fixed in advance, until the verdict is clear or a cap is "
    "reached; the risk that even one line has a wrong verdict is at most {family} over the whole page (Bonferroni over lines, alpha spending over looks). "
    "So each interval has a probability of at least {level}; it is given around the expected figure.{long}",
)
LONG_SAID = Words(fr=" Les marges sont celles du palier long.", en=" The margins are those of the long tier.")
QUICK_SAID = Words(
    fr=" Les marges sont celles du palier rapide, élargies pour l'intégration continue ; --long demande les vraies.",
    en=" The margins are those of the quick tier, widened for continuous integration; --long asks for the true ones.",
)
MADE = Words(
    fr="simcrc {version}, empreinte {fingerprint} ({machine}, Python {python}, NumPy {numpy}) ; germe : {seed}.",
    en="simcrc {version}, fingerprint {fingerprint} ({machine}, Python {python}, NumPy {numpy}); seed: {seed}.",
)
OWN_SEED = Words(fr="celui de chaque scénario", en="each scenario's own")
FAMILY_COLUMN = Words(fr="Famille", en="Family")
BENCHMARK = Words(fr="Banc d'essai", en="Benchmark")
SOURCE = Words(fr="Source", en="Source")
ALL = Words(fr="Ensemble", en="All")
LAWS = Words(fr="Lois de toute simulation", en="Laws of any run")
LAWS_SAID = Words(
    fr="Elles sont vérifiées sur chaque banc d'essai, quoi qu'il attende : loi de Little à chaque poste (longueur moyenne de la file = arrivées × attente "
    "moyenne), et conservation des besoins, des contacts et du temps des préposés, à l'unité près.",
    en="They are checked on every benchmark, whatever it expects: Little's law at every station (mean queue length = arrivals × mean wait), and conservation "
    "of needs, contacts and agents' time, to the last unit.",
)
LAW = {"little": Words(fr="Loi de Little", en="Little's law"), "conservation": Words(fr="Conservation", en="Conservation")}
TITLES: dict[str, Words] = {
    "erlang_a": Words(fr="Erlang A", en="Erlang A"),
    "erlang_b": Words(fr="Erlang B", en="Erlang B"),
    "erlang_c": Words(fr="Erlang C", en="Erlang C"),
    "mg1": Words(fr="M/G/1", en="M/G/1"),
    "mdc": Words(fr="M/D/c", en="M/D/c"),
    "contact_centers": Words(fr="Exemples de ContactCenters", en="Examples of ContactCenters"),
    "general_patience": Words(fr="Patience quelconque", en="General patience"),
    "infinite_servers": Words(fr="Serveurs en nombre infini", en="Infinitely many servers"),
    "time_varying": Words(fr="Débit et effectif variables", en="Rates and staff that vary"),
    "shipped": Words(fr="Scénarios livrés", en="Scenarios that ship"),
    "priorities": Words(fr="Priorités", en="Priorities"),
    "retrial": Words(fr="Rappels après blocage", en="Retrials"),
    "redials": Words(fr="Rappels et nouveaux contacts", en="Redial and reconnect"),
    "returns": Words(fr="Retours après service", en="Returns after service"),
    "journeys": Words(fr="Parcours", en="Journeys"),
    "busyness": Words(fr="Arrivées doublement stochastiques", en="Doubly stochastic arrivals"),
    "skills": Words(fr="Compétences partagées", en="Shared skills"),
    "bank": Words(fr="Un vrai centre d'appels", en="A real call centre"),
}


def write(report: Report, page: Path, lang: Lang) -> list[Path]:
    """Write the file `page` and its pictures, in a folder of its name beside it; gives the files written."""
    families: dict[str, list[Trial]] = {}
    for trial in report.trials:
        families.setdefault(trial.family, []).append(trial)
    sections, written = [], [page]
    folder = page.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    for family, trials in families.items():
        points = _points(trials)
        picture = folder / f"{_slug(family)}.svg"
        if points:
            draw(picture, title(family, lang), points, lang)
            written.append(picture)
        sections.append(_section(family, trials, picture.relative_to(page.parent).as_posix() if points else None, lang))
    write_text(page, "\n".join([*_head(report, page, lang), *_overview(families, lang), *sections, *_laws(report, lang)]).rstrip() + "\n")
    return written


def title(family: str, lang: Lang) -> str:
    """What a family is called."""
    return TITLES[family].say(lang) if family in TITLES else family.replace("_", " ").replace("/", " – ")


def command(report: Report, page: Path, lang: Lang) -> str:
    """The command that makes the page again; a page that lies elsewhere is called by its name, for nobody else has that folder."""
    ask = report.ask
    words = ["simcrc", "bench", "run", *ask.names, *(["--long"] if ask.tier == "long" else []), *([] if ask.seed is None else ["--seed", str(ask.seed)])]
    return shlex.join([*words, "--page", page.name if page.is_absolute() else page.as_posix(), "--lang", lang])


def _head(report: Report, page: Path, lang: Lang) -> list[str]:
    mark = report.fingerprint
    level = min((one.level for trial in report.trials for one in _known(trial)), default=LONG)
    said = (LONG_SAID if report.ask.tier == "long" else QUICK_SAID).say(lang)
    percent = wording.number(FAMILY, "share", 0.1, lang)
    how = HOW.say(lang, family=percent, level=_level(level, lang), long=said)
    made = {
        "version": mark["versions"]["simcrc"],
        "fingerprint": f"`{mark['digest']}`",
        "machine": mark["processor"]["machine"],
        "python": mark["versions"]["python"],
        "numpy": mark["versions"]["numpy"],
        "seed": OWN_SEED.say(lang) if report.ask.seed is None else str(report.ask.seed),
    }
    return [f"# {TITLE.say(lang)}", "", INTRO.say(lang), "", "```sh", command(report, page, lang), "```", "", how, "", MADE.say(lang, **made), ""]


def _level(level: float, lang: Lang) -> str:
    """A probability near 1 as a percentage, cut so that it is not overstated."""
    places = max(1, places_for(100 * (1 - level), 1))
    cut = int(100 * level * 10**places) / 10**places
    return decimal(cut, lang, places) + wording.percent(lang)


def _overview(families: dict[str, list[Trial]], lang: Lang) -> list[str]:
    """How many lines of each family have each verdict."""
    rows = []
    every: list[Judged] = []
    for family, trials in families.items():
        judged = [one for trial in trials for one in _known(trial)]
        every += judged
        rows.append([f"[{title(family, lang)}](#{_anchor(title(family, lang))})", *_counts(judged)])
    rows.append([f"**{ALL.say(lang)}**", *_counts(every)])
    return _table([FAMILY_COLUMN.say(lang), *(wording.SAID[verdict].say(lang) for verdict in VERDICTS)], rows)


def _counts(judged: Sequence[Judged]) -> list[str]:
    verdicts: list[Verdict] = [one.verdict for one in judged]
    return [str(verdicts.count(verdict)) for verdict in VERDICTS]


def _section(family: str, trials: Sequence[Trial], picture: str | None, lang: Lang) -> str:
    """The heading, the picture and the table of a family."""
    name = title(family, lang)
    rows = []
    for trial in trials:
        for one in _known(trial):
            line, expected, measured, interval, margin, verdict, replications = wording.row(one, lang).cells
            source = wording.source(one, lang)
            rows.append([f"`{trial.benchmark.name}`", f"`{line}`", source, expected, measured, interval, margin, verdict, replications])
    parts = [f"## {name}", ""]
    if picture:
        parts += [f"![{alt(name, _points(trials), lang)}]({picture})", ""]
    columns = (BENCHMARK, wording.LINE, SOURCE, *wording.COLUMNS[1:])
    return "\n".join([*parts, *_table([column.say(lang) for column in columns], rows)])


def _laws(report: Report, lang: Lang) -> list[str]:
    """The laws of any run, counted, and those lines that do not hold."""
    judged = [(trial, trial.judged[line.name]) for trial in report.trials for line in trial.lines if line.kind in LAW]
    if not judged:
        return []
    rows = [[LAW[kind].say(lang), *_counts([one for _, one in judged if one.line.kind == kind])] for kind in LAW]
    parts = [f"## {LAWS.say(lang)}", "", LAWS_SAID.say(lang), "", *_table(["", *(wording.SAID[verdict].say(lang) for verdict in VERDICTS)], rows)]
    wrong = [[f"`{trial.benchmark.name}`", *wording.row(one, lang).cells] for trial, one in judged if one.verdict != "equivalent"]
    return parts + (_table([BENCHMARK.say(lang), *(column.say(lang) for column in wording.COLUMNS)], wrong) if wrong else [])


def _known(trial: Trial) -> list[Judged]:
    """The lines that compare with theory and publications."""
    return [trial.judged[line.name] for line in trial.lines if line.kind in ORACLES]


def _points(trials: Sequence[Trial]) -> list[Point]:
    short = len(trials) == 1
    found = [
        point(one.line.name if short else f"{trial.benchmark.name.rpartition('/')[2]} · {one.line.name}", one) for trial in trials for one in _known(trial)
    ]
    return [one for one in found if one is not None]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of Markdown and the empty line after it."""

    def cells(row: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"

    return [cells(head), "|" + " --- |" * len(head), *(cells(row) for row in rows), ""]


def _slug(family: str) -> str:
    """A family as the name of a file."""
    return re.sub(r"[^\w-]+", "-", family)


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
